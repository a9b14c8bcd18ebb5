"""Storing files: encrypted, read back, and deleted with the transaction."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from swv_portal.common.crypto import Unreadable
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import (
    content_of,
    delete_document,
    delete_documents_of,
    documents_of,
    read_document,
)
from tests.jobs.documents import store

pytestmark = pytest.mark.usefixtures("own_folder")


def test_a_file_is_stored_encrypted_under_a_name_that_says_nothing(user, tmp_path):
    document = store(user, inhoud=b"%PDF- Jan Jansen heeft dyslexie")
    (stored,) = [each for each in (tmp_path / "bestanden").rglob("*") if each.is_file()]
    assert b"Jansen" not in stored.read_bytes()
    assert stored.name == document.sleutel.hex
    assert stored.stat().st_mode & 0o077 == 0
    assert read_document(Document.objects.get()) == b"%PDF- Jan Jansen heeft dyslexie"
    assert document.grootte == len(b"%PDF- Jan Jansen heeft dyslexie")


def test_a_file_that_was_changed_is_unreadable(user):
    document = store(user)
    name = str(document.bestand.name)
    default_storage.delete(name)
    default_storage.save(name, SimpleUploadedFile("x", b"iets anders"))
    with pytest.raises(Unreadable):
        read_document(document)


def test_deleting_takes_the_file_when_the_transaction_commits(user, django_capture_on_commit_callbacks):
    document = store(user)
    name = str(document.bestand.name)
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)
    assert not Document.objects.exists()


def test_documents_of_a_row(user, django_assert_num_queries):
    first, second = store(user), store(user, soort="anders")
    with django_assert_num_queries(1):
        assert list(documents_of(user)) == [second, first]
    assert list(documents_of(user, "proef")) == [first]
    assert delete_documents_of("access.user", [user.pk]) == 2


def test_the_content_of_an_infected_file_is_not_there(user):
    store(user, inhoud=b"oud")
    store(user, inhoud=b"virus", staat="geweerd")
    assert content_of(user, "proef") == b"oud"
    assert content_of(user, "anders") is None


def test_a_rolled_back_transaction_leaves_a_file_without_a_row(user):
    with transaction.atomic():
        document = store(user)
        transaction.set_rollback(True)
    assert not Document.objects.exists()
    assert default_storage.exists(str(document.bestand.name))  # the nightly clean-up takes it
