"""After a new key: a file is written beside the old one, which somebody may just be reading."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from swv_portal.jobs.models import Document
from swv_portal.jobs.services.cleanup import WEES_NA, remove_orphan_files
from swv_portal.jobs.services.crypto_stores import Stock
from swv_portal.jobs.services.documents import read_document
from swv_portal.start.services.herversleutel import herversleutel
from tests.start.versleuteld import NIEUW, OUD, VREEMD, command, document

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
