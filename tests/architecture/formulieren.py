"""The forms without a one-time key: why sending one of them twice does no harm.  And who sends forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor

VERSIE = "changes a row, with the version the form was opened on"
STAAT = "takes a step that can be taken once, from a row that is locked"
ZELFDE = "sending it again sets what is set already, or finds what is there"
AANBOD = "a file that waits: confirming it twice is refused, one too many is let go of at night"
TOEGANG = "logging in and one's own account; what it makes replaces what was there"

ANDERS = {
    "access:account": ZELFDE,
    "access:link": TOEGANG,
    "access:link_stoppen": TOEGANG,
    "access:uitnodiging": "an invitation works once",
    "account_login": TOEGANG,
    "account_logout": TOEGANG,
    "account_signup": "closed",
    "account_reauthenticate": TOEGANG,
    "account_change_password": TOEGANG,
    "account_set_password": TOEGANG,
    "account_reset_password": TOEGANG,
    "account_reset_password_from_key": TOEGANG,
    "mfa_authenticate": TOEGANG,
    "mfa_reauthenticate": TOEGANG,
    "mfa_activate_totp": TOEGANG,
    "mfa_deactivate_totp": TOEGANG,
    "mfa_generate_recovery_codes": TOEGANG,
    "mfa_add_webauthn": "the answer of a passkey counts once",
    "mfa_reauthenticate_webauthn": TOEGANG,
    "mfa_edit_webauthn": TOEGANG,
    "mfa_remove_webauthn": TOEGANG,
    "mfa_login_webauthn": TOEGANG,
    "socialaccount_signup": "closed",
    "socialaccount_connections": TOEGANG,
    "start:zoeken": "only reads",
    "jobs:alle_opnieuw": STAAT,
    "jobs:stap": STAAT,
    "kernen:kern_wijzigen": VERSIE,
    "kernen:kern_budget": ZELFDE,
    "kernen:kernplan_beginnen": ZELFDE,
    "kernen:school_wijzigen": VERSIE,
    "kernen:imports": AANBOD,
    "kernen:import": AANBOD,
    "kernen:bestuur_wijzigen": VERSIE,
    "kernen:kernplan_stap": VERSIE,
    "kernen:kernplan_controleren": VERSIE,
    "kernen:kernplan_actie": VERSIE,
    "kernen:kernplan_opmerking": VERSIE,
    "kernen:sessie": VERSIE,
    "kernen:sessies_plannen": ZELFDE,
    "kernen:thema": VERSIE,
    "kernen:tarief": VERSIE,
    "kernen:persoon_account": STAAT,
    "kernen:rol_intrekken": ZELFDE,
    "kernen:instellingen": VERSIE,
    "ondersteuning:stap": VERSIE,
    "ondersteuning:stap_zetten": VERSIE,
    "ondersteuning:link_intrekken": ZELFDE,
    "ondersteuning:advies": VERSIE,
    "ondersteuning:plaats": VERSIE,
    "ondersteuning:besluit": VERSIE,
    "ondersteuning:aanvulling": VERSIE,
    "ondersteuning:ouder": STAAT,
    "ondersteuning:deskundige": STAAT,
    "ondersteuning:plaatsingen_importeren": AANBOD,
    "ondersteuning:plaatsingen_voorbeeld": AANBOD,
    "ondersteuning:instellingen": VERSIE,
    "ondersteuning:capaciteit_bijwerken": VERSIE,
    "sociale_kaart:wijzigen": VERSIE,
    "sociale_kaart:stap": VERSIE,
    "financien:tarief": VERSIE,
    "financien:tarieven_inlezen": AANBOD,
    "financien:tarieven_voorbeeld": AANBOD,
    "financien:begroting_inlezen": AANBOD,
    "financien:begroting_voorbeeld": AANBOD,
    "financien:begroting_stap": VERSIE,
    "financien:begin_jaar": ZELFDE,
    "financien:budgetjaar": VERSIE,
    "financien:volume": VERSIE,
    "financien:budgetjaar_stap": VERSIE,
    "financien:beschikkingen_opnieuw": STAAT,
    "evaluatie:stap": VERSIE,
    "evaluatie:inlezen": AANBOD,
    "evaluatie:voorbeeld": AANBOD,
}

Als = Callable[..., Client]


def actor_van_client(client: Any) -> Actor:
    return Actor(bereik=bereik_voor(client.user.pk, date.today()), user_id=client.user.pk)  # noqa: DTZ011
