"""After a new key: a file is written beside the old one, which somebody may just be reading."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError

from swv_portal.jobs.models import Document
from swv_portal.jobs.services.cleanup import WEES_NA, remove_orphan_files
from swv_portal.jobs.services.crypto_stores import Stock
from swv_portal.jobs.services.documents import read_document
from swv_portal.start.services.herversleutel import herversleutel
from tests.start.versleuteld import NIEUW, OUD, VREEMD, command, document, refused

pytestmark = pytest.mark.django_db


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
    assert found.stock == Stock(bekeken=1)
    assert [each.name for each in own_folder.rglob("*") if each.is_file()] == [paper.sleutel.hex]


def test_a_file_that_is_gone_or_empty_is_named_and_needs_no_key(keys: Callable[..., None], own_folder: Path) -> None:
    gone, empty, paper = document(), document(), document()
    default_storage.delete(str(gone.bestand.name))
    (own_folder / str(empty.bestand.name)).write_bytes(b"")
    keys(NIEUW, OUD)
    with pytest.raises(CommandError, match=r"^1 waarde of bestand heeft nog een oude sleutel nodig\. Start zonder"):
        command(controleer=True)
    for options in ({}, {"controleer": True}):
        said = command(**options)
        assert f"Weg: jobs.document {gone.pk}, bestand\n" in said
        assert f"Weg: jobs.document {empty.pk}, bestand (leeg)\n" in said
        assert "Niet te lezen" not in said
        assert "Klaar: niets heeft nog een oude sleutel nodig.\n2 bestanden zijn weg of leeg. Staan ze in een" in said
    keys(NIEUW)
    assert read_document(Document.objects.get(pk=paper.pk)) == b"%PDF- verslag"


def test_a_store_without_any_of_its_files_does_not_say_that_a_key_can_go(
    keys: Callable[..., None], own_folder: Path
) -> None:
    papers = [document(), document()]
    own_folder.rename(own_folder.with_name("losgekoppeld"))
    keys(NIEUW, OUD)
    with pytest.raises(CommandError, match=r"^Geen enkel bestand is gevonden\."):
        command(controleer=True)
    Document.objects.filter(pk=papers[0].pk).delete()
    assert "1 bestand is weg of leeg." in command(controleer=True), "one that is lost is no store that is lost"


@pytest.mark.parametrize(("what", "options"), [("open", {"controleer": True}), ("open", {}), ("save", {})])
def test_a_file_that_the_disk_refuses_is_one_sentence(
    keys: Callable[..., None], monkeypatch: pytest.MonkeyPatch, what: str, options: dict[str, bool]
) -> None:
    paper = document()
    keys(NIEUW, OUD)

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied", "/geheim/pad")

    with monkeypatch.context() as broken:
        broken.setattr(Document._meta.get_field("bestand").storage, what, refuse)
        error, said = refused(**options)
    assert error == "1 bestand was niet te openen of te schrijven. Herstel dat en start opnieuw."
    assert f"Lukt niet: jobs.document {paper.pk}, bestand: Permission denied\n" in said
    assert "Klaar" not in said
    assert "Klaar" in command()


def test_of_many_places_some_are_named_and_the_others_counted(keys: Callable[..., None]) -> None:
    keys(VREEMD)
    for _ in range(22):
        document()
    keys(NIEUW, OUD)
    _, said = refused()
    assert said.count("Niet te lezen: jobs.document") == 20
    assert "Niet te lezen: en nog 2\n" in said
