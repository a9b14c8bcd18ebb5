"""After a new key everything is written again with it; then the old key is not needed."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from ondersteuning.models import Leerling
from ondersteuning.queries import zoek
from swv_portal.common.crypto import Unreadable, renewed
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services import crypto_stores
from swv_portal.jobs.services.crypto_stores import Stock
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.start.services.herversleutel import every_store, herversleutel
from tests.factories.ondersteuning import AanvraagFactory, LeerlingFactory
from tests.start.versleuteld import NIEUW, OUD, VREEMD, command, counted, document, second_factor

pytestmark = pytest.mark.django_db


def test_after_the_command_the_old_key_is_not_needed(keys: Callable[..., None]) -> None:
    pupil, job, paper, factor = LeerlingFactory(), enqueue("mail", geheim={"aan": "é"}), document(), second_factor()

    def readable() -> bool:
        read = Leerling.objects.get(pk=pupil.pk)
        assert (read.voornamen, read.geboortedatum) == (pupil.voornamen, pupil.geboortedatum)
        assert Job.objects.get(pk=job.pk).geheim == {"aan": "é"}
        assert read_document(Document.objects.get(pk=paper.pk)) == b"%PDF- verslag"
        data = Authenticator.objects.get(pk=factor.pk).data
        assert (data["aantal"], data["woorden"]) == (3, ["één", None, True])
        return bool(get_adapter().decrypt(data["secret"]) == "GEHEIM")

    keys(NIEUW, OUD)
    assert readable(), "with both keys everything is read"
    with pytest.raises(CommandError, match="6 waarden of bestanden hebben nog een oude sleutel nodig"):
        command(controleer=True)
    said = command()
    assert "ondersteuning.leerling: 3 bekeken, 3 vernieuwd" in said
    assert "jobs.document, bestanden: 1 bekeken, 1 vernieuwd" in said
    assert "mfa.authenticator, in json: 1 bekeken, 1 vernieuwd" in said
    assert "Klaar" in said
    keys(NIEUW)
    assert readable(), "without the old key too"
    assert "3 bekeken, 0 met een oude sleutel" in command(controleer=True)
    assert "3 bekeken, 0 vernieuwd" in command()
    assert counted().af


def test_looking_changes_nothing(keys: Callable[..., None]) -> None:
    pupil, paper = LeerlingFactory(), document()
    keys(NIEUW, OUD)
    assert counted().oud == 4
    keys(OUD)
    assert Leerling.objects.get(pk=pupil.pk).voornamen == pupil.voornamen
    assert read_document(Document.objects.get(pk=paper.pk)) == b"%PDF- verslag"
    assert counted().af


def test_what_was_broken_off_halfway_goes_on_where_it_was(
    keys: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pupils = LeerlingFactory.create_batch(7)
    document()
    keys(NIEUW, OUD)
    monkeypatch.setattr(crypto_stores, "BATCH", 2)
    done, real = [], crypto_stores.renewed

    def some(token: bytes) -> bytes | None:
        done.append(token)
        if len(done) > 20:
            raise KeyboardInterrupt
        return real(token)

    with monkeypatch.context() as broken:
        broken.setattr(crypto_stores, "renewed", some)
        with pytest.raises(KeyboardInterrupt):
            command()
    left = counted().oud
    assert 0 < left < 22, "some are done, and are kept"
    keys(NIEUW, OUD)
    assert [each.voornamen for each in Leerling.objects.order_by("pk")] == [each.voornamen for each in pupils]
    again = sum((found.stock for found in herversleutel(schrijf=True)), Stock())
    assert again.vernieuwd == left, "the second time only what was left"
    keys(NIEUW)
    assert counted().af


def test_what_no_key_fits_is_named_and_does_not_hold_up_the_others(keys: Callable[..., None]) -> None:
    keys(VREEMD)
    lost, lost_paper = LeerlingFactory(achternaam=""), document()
    keys(OUD)
    pupil = LeerlingFactory()
    keys(NIEUW, OUD)
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"met geen van de sleutels te lezen. Haal geen sleutel weg"):
        call_command("herversleutel", stdout=out, stderr=out)
    for name in (
        f"ondersteuning.leerling {lost.pk}, voornamen",
        f"jobs.document {lost_paper.pk}, bestand",
    ):
        assert f"Niet te lezen: {name}" in out.getvalue()
    keys(NIEUW)
    assert Leerling.objects.get(pk=pupil.pk).achternaam == pupil.achternaam


def test_a_new_secret_key_hides_pupils_until_their_search_keys_are_made_anew(
    keys: Callable[..., None], settings: Any, bereik_als: Any
) -> None:
    application = AanvraagFactory()
    pupil = application.leerling
    bereik = bereik_als(Rol.SWV_MEDEWERKER)

    def found() -> list[str]:
        return [hit.titel for hit in zoek(bereik, "kanariepiet")]

    before, double = found(), pupil.dubbelsleutel
    assert len(before) == 2  # the dossier and its application
    settings.SECRET_KEY = "een nieuwe sleutel " + "y" * 50
    assert found() == []
    with pytest.raises(CommandError, match="1 waarde of bestand heeft nog een oude sleutel nodig"):
        command(controleer=True)
    assert "zoeken op naam: 1 bekeken, 1 vernieuwd" in command()
    assert found() == before
    pupil.refresh_from_db()
    assert pupil.dubbelsleutel not in {"", double}
    assert "Klaar" in command(controleer=True)


def test_a_pupil_without_a_birth_date_has_search_keys_too(keys: Callable[..., None], settings: Any) -> None:
    LeerlingFactory(geboortedatum="", dubbelsleutel="")
    settings.SECRET_KEY = "een nieuwe sleutel " + "y" * 50
    assert "zoeken op naam: 1 bekeken, 1 vernieuwd" in command()
    assert Leerling.objects.get().dubbelsleutel == ""


def test_every_place_is_looked_at_once() -> None:
    names = [store.naam for store in every_store()]
    assert len(names) == len(set(names))
    assert {"access.persoonlijkelink", "jobs.job", "jobs.document, bestanden", "mfa.authenticator, in json"} <= set(
        names
    )


def test_renewed_tells_old_from_new(keys: Callable[..., None]) -> None:
    old = Fernet(OUD).encrypt(b"tekst")
    assert renewed(old) is None
    keys(NIEUW, OUD)
    new = renewed(old)
    assert new is not None
    assert Fernet(NIEUW).decrypt(new) == b"tekst"
    assert Fernet(NIEUW).extract_timestamp(new) == Fernet(OUD).extract_timestamp(old), "and not when it was written"
    keys(NIEUW)
    with pytest.raises(Unreadable):
        renewed(old)
