"""After a new key everything is written again with it, while the portal runs; then the old key is not needed."""

import io
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ondersteuning.models import Leerling
from ondersteuning.queries import zoek
from swv_portal.common import crypto_stores
from swv_portal.common.crypto import Unreadable, decrypt, renewed
from swv_portal.common.crypto_stores import Telling
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.cleanup import WEES_NA, remove_orphan_files
from swv_portal.jobs.services.documents import read_document, store_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.start.services.herversleutel import alles, herversleutel
from tests.factories.kernen import PersoonFactory
from tests.factories.ondersteuning import AanvraagFactory, LeerlingFactory

pytestmark = pytest.mark.django_db
OUD, NIEUW, VREEMD = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Files of this test only; what is made before the key is replaced is made with ``OUD``."""
    settings.MEDIA_ROOT = str(tmp_path / "bestanden")
    settings.ENCRYPTION_KEYS = [OUD]
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def keys(settings: Any) -> Callable[..., None]:
    def use(*keys: str) -> None:
        settings.ENCRYPTION_KEYS = list(keys)

    return use


def command(**options: Any) -> str:
    out = io.StringIO()
    call_command("herversleutel", stdout=out, stderr=out, **options)
    return out.getvalue()


def document(inhoud: bytes = b"%PDF- verslag") -> Document:
    user = PersoonFactory()
    return store_document(soort="proef", onderwerp=user, naam="x.pdf", inhoud=inhoud, content_type="application/pdf")


def second_factor(secret: str = "GEHEIM") -> Authenticator:
    data = {"secret": get_adapter().encrypt(secret), "aantal": 3, "woorden": ["één", None, True]}
    row: Authenticator = Authenticator.objects.create(user=PersoonFactory(), type="totp", data=data)
    return row


def counted() -> Telling:
    return sum((found.telling for found in herversleutel(schrijf=False)), Telling())


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
    with pytest.raises(CommandError, match="6 hebben nog een oude sleutel nodig"):
        command(controleer=True)
    said = command()
    assert "ondersteuning.leerling: 3 bekeken, 3 vernieuwd" in said
    assert "jobs.document, bestanden: 1 bekeken, 1 vernieuwd" in said
    assert "mfa.authenticator, in json: 1 bekeken, 1 vernieuwd" in said
    assert "Klaar" in said
    keys(NIEUW)
    assert readable(), "without the old key too"
    assert "3 bekeken, 0 met een oude sleutel" in command(controleer=True)
    assert "vernieuwd" in command()
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
    monkeypatch.setattr(crypto_stores, "PARTIJ", 2)
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
    again = sum((found.telling for found in herversleutel(schrijf=True)), Telling())
    assert again.vernieuwd == left, "the second time only what was left"
    keys(NIEUW)
    assert counted().af


def test_what_no_key_fits_is_named_and_does_not_hold_up_the_others(keys: Callable[..., None], own_folder: Path) -> None:
    keys(VREEMD)
    lost, lost_paper = LeerlingFactory(achternaam=""), document()
    keys(OUD)
    pupil, gone = LeerlingFactory(), document()
    default_storage.delete(str(gone.bestand.name))
    keys(NIEUW, OUD)
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"met geen van de sleutels te lezen. Haal geen sleutel weg"):
        call_command("herversleutel", stdout=out, stderr=out)
    for name in (
        f"ondersteuning.leerling {lost.pk}, voornamen",
        f"jobs.document {lost_paper.pk}, bestand",
        f"jobs.document {gone.pk}, bestand",
    ):
        assert f"Niet te lezen: {name}" in out.getvalue()
    keys(NIEUW)
    assert Leerling.objects.get(pk=pupil.pk).achternaam == pupil.achternaam


def test_a_document_whose_virus_was_wiped_has_nothing_to_renew(keys: Callable[..., None]) -> None:
    paper = document()
    default_storage.delete(str(paper.bestand.name))
    Document.objects.filter(pk=paper.pk).update(bestand="", staat="geweerd")
    keys(NIEUW, OUD)
    assert "Klaar" in command()


def test_the_new_file_stays_and_the_old_one_goes_at_night(keys: Callable[..., None], own_folder: Path) -> None:
    paper = document()
    for first, second in ((NIEUW, OUD), (VREEMD, NIEUW)):
        keys(first, second)
        assert "bestanden: 1 bekeken, 1 vernieuwd" in command()
        stored = [each for each in own_folder.rglob("*") if each.is_file()]
        assert len(stored) == 2, "who is just reading the old one still can"
        for each in stored:
            long_ago = each.stat().st_mtime - WEES_NA.total_seconds() - 60
            os.utime(each, (long_ago, long_ago))
        assert remove_orphan_files() == 1
        keys(first)
        assert read_document(Document.objects.get(pk=paper.pk)) == b"%PDF- verslag"


@pytest.mark.parametrize("meanwhile", ["deleted", "replaced"])
def test_a_file_that_changed_meanwhile_is_left_alone(
    keys: Callable[..., None], own_folder: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    paper = document()
    keys(NIEUW, OUD)
    save = default_storage.save

    def slow(name: str, content: Any, max_length: int | None = None) -> str:
        stored = str(save(name, content, max_length=max_length))
        rows = Document.objects.filter(pk=paper.pk)
        if meanwhile == "deleted":
            rows.delete()
        else:
            rows.update(bestand="documenten/00/anders")
        return stored

    monkeypatch.setattr(Document._meta.get_field("bestand").storage, "save", slow)
    found = next(found for found in herversleutel(schrijf=True) if found.naam == "jobs.document, bestanden")
    assert found.telling == Telling(bekeken=1)
    assert [each.name for each in own_folder.rglob("*") if each.is_file()] == [paper.sleutel.hex]


def test_a_new_secret_key_hides_pupils_until_their_search_keys_are_made_anew(
    keys: Callable[..., None], settings: Any, bereik_als: Any
) -> None:
    application = AanvraagFactory()
    pupil = application.leerling
    bereik = bereik_als(Rol.SWV_MEDEWERKER)

    def found() -> list[str]:
        return [hit.titel for hit in zoek(bereik, "kanariepiet")]

    before, double = found(), pupil.dubbelsleutel
    assert len(before) == 1
    settings.SECRET_KEY = "een nieuwe sleutel " + "y" * 50
    assert found() == []
    with pytest.raises(CommandError, match="1 heeft nog een oude sleutel nodig"):
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
    names = [store.naam for store in alles()]
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


# ---- while people are at work ---------------------------------------------------------------------------------------
@pytest.fixture
def holds() -> Iterator[Callable[[int, Signal], Any]]:
    """Somebody who is changing a pupil, and commits when told."""
    with ThreadPoolExecutor(1) as pool:

        def begin(pk: int, done: Signal) -> Any:
            held = Signal()

            def work() -> None:
                try:
                    with transaction.atomic():
                        pupil = Leerling.objects.select_for_update().get(pk=pk)
                        held.set()
                        done.wait(20)
                        pupil.achternaam = "Intussen Gewijzigd"
                        pupil.save()
                finally:
                    connection.close()

            future = pool.submit(work)
            assert held.wait(20)
            return future

        yield begin


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_changing_is_waited_for_and_not_overwritten(
    keys: Callable[..., None], holds: Callable[[int, Signal], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, free = LeerlingFactory(), LeerlingFactory()
    keys(NIEUW, OUD)
    done = Signal()
    future = holds(busy.pk, done)
    renew, order = crypto_stores._Columns._renew, []

    def seen(self: Any, row: Any) -> Telling:
        order.append((self.label, row.pk))
        done.set()  # the free one was not held up
        return renew(self, row)

    monkeypatch.setattr(crypto_stores._Columns, "_renew", seen)
    assert "ondersteuning.leerling: 6 bekeken" in command()
    future.result()
    assert order == [("ondersteuning.leerling", free.pk), ("ondersteuning.leerling", busy.pk)]
    keys(NIEUW)
    assert Leerling.objects.get(pk=busy.pk).achternaam == "Intussen Gewijzigd"
    assert Leerling.objects.get(pk=free.pk).achternaam == free.achternaam


@pytest.mark.django_db(transaction=True)
def test_what_stays_held_is_not_called_done(
    keys: Callable[..., None], holds: Callable[[int, Signal], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = LeerlingFactory()
    LeerlingFactory()
    keys(NIEUW, OUD)
    monkeypatch.setattr(crypto_stores, "WACHT_OP_RIJ", 0.2)
    done = Signal()
    future = holds(busy.pk, done)
    with pytest.raises(
        CommandError, match=r"1 heeft nog een oude sleutel nodig\. Iemand was ermee bezig\. Start opnieuw"
    ):
        command()
    done.set()
    future.result()
    assert "Klaar" in command()
    keys(NIEUW)
    assert decrypt(Fernet(NIEUW).encrypt(b"x")) == b"x"
    assert Leerling.objects.get(pk=busy.pk).achternaam == "Intussen Gewijzigd"
