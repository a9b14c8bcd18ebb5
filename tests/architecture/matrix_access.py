"""Who gets the addresses of ``access``, those of allauth included."""

from tests.architecture.matrix import IEDEREEN, Adres, Plek, Wereld


def bouw(plek: Plek, wereld: Wereld) -> None:
    """Nothing of ``access`` belongs to a place."""


BEIDE = ("GET", "POST")
FORMULIER = Adres(IEDEREEN, methoden=BEIDE)
OPEN_FORMULIER = Adres(open=True, methoden=BEIDE)
ONBEKEND = "x" * 43

ADRESSEN = {
    "access:link_gestopt": Adres(open=True),
    "access:link_stoppen": Adres(open=True, methoden=("POST",)),
    "access:link": Adres(open=True, methoden=BEIDE, args=lambda plek: {"token": ONBEKEND}),
    "access:uitnodiging": Adres(open=True, methoden=BEIDE, args=lambda plek: {"token": ONBEKEND}),
    "access:account": FORMULIER,
    "access:logboek": Adres(IEDEREEN),
    "access:logboek_bestand": Adres(IEDEREEN, args=lambda plek: {"formaat": "csv"}),
    "account_login": OPEN_FORMULIER,
    "account_logout": OPEN_FORMULIER,
    "account_inactive": Adres(open=True),
    "account_signup": OPEN_FORMULIER,
    "account_reauthenticate": FORMULIER,
    "account_change_password": FORMULIER,
    "account_set_password": FORMULIER,
    "account_reset_password": OPEN_FORMULIER,
    "account_reset_password_done": Adres(open=True),
    "account_reset_password_from_key": Adres(
        open=True, methoden=BEIDE, args=lambda plek: {"uidb36": "1", "key": "geen-sleutel"}
    ),
    "account_reset_password_from_key_done": Adres(open=True),
    "mfa_index": Adres(IEDEREEN),
    "mfa_authenticate": OPEN_FORMULIER,
    "mfa_reauthenticate": FORMULIER,
    "mfa_activate_totp": FORMULIER,
    "mfa_deactivate_totp": Adres(methoden=BEIDE, anders=404),  # nobody here has one to switch off
    "mfa_view_recovery_codes": Adres(anders=404),  # nor codes to look at
    "mfa_generate_recovery_codes": FORMULIER,
    "mfa_download_recovery_codes": Adres(anders=404),
    "mfa_list_webauthn": Adres(IEDEREEN),
    "mfa_add_webauthn": FORMULIER,
    "mfa_reauthenticate_webauthn": FORMULIER,
    "mfa_edit_webauthn": Adres(IEDEREEN, args=lambda plek: {"pk": 1}, methoden=BEIDE),
    "mfa_remove_webauthn": Adres(IEDEREEN, args=lambda plek: {"pk": 1}, methoden=BEIDE),
    "mfa_login_webauthn": OPEN_FORMULIER,
    "socialaccount_login_cancelled": Adres(open=True),
    "socialaccount_login_error": Adres(open=True),
    "socialaccount_signup": OPEN_FORMULIER,
    "socialaccount_connections": FORMULIER,
}
