from django.apps import AppConfig

from swv_portal.common.crypto import tokens_in_json


class AccessConfig(AppConfig):
    name = "swv_portal.access"
    label = "access"

    def ready(self) -> None:
        # What ``MfaAdapter`` encrypts: of the app, and of the backup codes.  A passkey has a name that somebody typed.
        tokens_in_json("mfa.authenticator", "data", "secret", "seed", "migrated_codes")
