"""After a new key: of what stands in a JSON column only that is ours which was declared, whatever it looks like."""

from collections.abc import Callable

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from swv_portal.common.crypto import encrypt
from swv_portal.jobs.models import Aanbod
from tests.factories.kernen import PersoonFactory
from tests.start.versleuteld import NIEUW, OUD, VREEMD, command, refused, second_factor

pytestmark = pytest.mark.django_db
#: What somebody types to look like one of ours.
GETYPT = "gAAAAA" + "A" * 120


def test_a_text_that_looks_like_one_of_ours_does_not_stop_the_command(keys: Callable[..., None]) -> None:
    factor = second_factor()
    passkey = Authenticator.objects.create(user=PersoonFactory(), type="webauthn", data={"name": GETYPT})
    offered = Aanbod.objects.create(soort="financien.begroting", gegevens={"bron": GETYPT})
    keys(NIEUW, OUD)
    assert "Klaar" in command()
    assert "mfa.authenticator, in json: 1 bekeken, 0 met een oude sleutel" in command(controleer=True)
    passkey.refresh_from_db()
    offered.refresh_from_db()
    assert (passkey.data, offered.gegevens) == ({"name": GETYPT}, {"bron": GETYPT})
    keys(NIEUW)
    assert get_adapter().decrypt(Authenticator.objects.get(pk=factor.pk).data["secret"]) == "GEHEIM"


def test_a_list_is_renewed_and_what_stands_beside_it_stays(keys: Callable[..., None]) -> None:
    data = {"migrated_codes": [encrypt(code).decode() for code in (b"12", b"34")], "seed": None, "viewed_at": 1.25}
    row = Authenticator.objects.create(user=PersoonFactory(), type="recovery_codes", data=data)
    keys(NIEUW, OUD)
    assert "mfa.authenticator, in json: 1 bekeken, 1 vernieuwd" in command()
    keys(NIEUW)
    row.refresh_from_db()
    assert list(map(get_adapter().decrypt, row.data.pop("migrated_codes"))) == ["12", "34"]
    assert row.data == {"seed": None, "viewed_at": 1.25}


def test_a_secret_that_no_key_fits_is_named(keys: Callable[..., None]) -> None:
    keys(VREEMD)
    factor = second_factor()
    keys(NIEUW, OUD)
    error, said = refused()
    assert error == "1 waarde of bestand is met geen van de sleutels te lezen. Haal geen sleutel weg."
    assert f"Niet te lezen: mfa.authenticator {factor.pk}, data\n" in said
