"""Whatever is stored encrypted is written again by ``herversleutel``: no column, file or token is left behind.

The example data, with one of everything that people add to it, is moved to a new key.  Then the whole database and the
whole file store are searched for what only the old key opens.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from swv_portal.access.models import User
from swv_portal.common import crypto
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services.crypto_stores import stores
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld.laden import load
from tests.architecture.sources import sources, text_of, tree_of

OUD, NIEUW = (Fernet.generate_key().decode() for _ in range(2))
#: How whatever Fernet makes begins (the version and the first bytes of the time), and what it consists of.
TOKEN = re.compile(r"gAAAAA[A-Za-z0-9_-]{90,}={0,2}")
#: Who encrypts by hand, and where it is stored, so that ``crypto_stores`` finds it.
VERSLEUTELT = {
    "swv_portal/jobs/services/documents.py": "a file: every FileField",
    "swv_portal/access/adapters.py": "a text inside JSON: declared in access/apps.py",
}


def _encrypts(path: Path) -> bool:
    """Does this file make something encrypted itself, or by Fernet of its own?"""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and "encrypt" in {alias.name for alias in node.names}:
            return True  # ours, or that of the second factor
        if isinstance(node, ast.ImportFrom) and node.module == "swv_portal.common.crypto":
            if "box" in {alias.name for alias in node.names}:
                return True
        elif isinstance(node, ast.ImportFrom | ast.Import) and "cryptography" in ast.unparse(node):
            return True
    return ".encrypt(" in text_of(path)


def test_only_known_places_encrypt() -> None:
    found = {str(path) for path in sources() if str(path) != "swv_portal/common/crypto.py" and _encrypts(path)}
    # The key of the demo is made by hand; nothing is encrypted there.
    assert found - {"swv_portal/local/paths.py"} == set(VERSLEUTELT), "say how herversleutel finds what is stored here"


def test_every_kind_of_encrypted_column_is_found() -> None:
    """A new kind of field is found by its base; a field that decrypts without that base would be left behind."""
    kinds = {
        each
        for each in vars(crypto).values()
        if isinstance(each, type) and issubclass(each, models.Field) and each.__module__ == crypto.__name__
    }
    assert kinds
    assert all(issubclass(kind, crypto.Encrypted) for kind in kinds)
    names = {store.naam for store in stores()}
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if type(field).__module__ == crypto.__name__:
                assert model._meta.label_lower in names, field


def _old_in_database() -> Iterator[str]:
    """Columns of the whole database that hold a token which the new key does not open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type IN"
            " ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea')"
        )
        for table, column, kind in cursor.fetchall():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'SELECT {text} FROM "{table}" WHERE {text} LIKE %s', ["%gAAAAA%"])
            for (value,) in cursor.fetchall():
                yield from (f"{table}.{column}" for token in TOKEN.findall(value) if not _opens(token.encode()))


def _opens(token: bytes) -> bool:
    try:
        Fernet(NIEUW).decrypt(token)
    except InvalidToken:
        return False
    return True


@pytest.mark.django_db
def test_nothing_is_left_that_only_the_old_key_opens(settings: Any, own_folder: Path) -> None:
    settings.ENCRYPTION_KEYS = [OUD]
    load(date.today())  # noqa: DTZ011
    user = User.objects.first()
    store_document(soort="proef", onderwerp=user, naam="x.pdf", inhoud=b"%PDF-", content_type="application/pdf")
    enqueue("mail", geheim={"aan": "iemand@school.example"})
    # As the library makes them: a secret that it keeps at another key, in a later version, is left behind below.
    TOTP.activate(user, "GEHEIM")
    backup = RecoveryCodes.activate(user)
    codes = backup.generate_codes()
    before = set(_old_in_database())
    assert {"ondersteuning_leerling.voornamen", "jobs_job.geheim", "mfa_authenticator.data"} <= before
    files = [each for each in own_folder.rglob("*") if each.is_file()]
    assert files

    settings.ENCRYPTION_KEYS = [NIEUW, OUD]
    call_command("herversleutel", verbosity=0)
    assert set(_old_in_database()) == set()
    # The old files stay until the night; each has a new one beside it.
    new = [each for each in own_folder.rglob("*") if each.is_file() and each not in files]
    assert len(new) == len(files)
    assert all(_opens(each.read_bytes()) for each in new)
    settings.ENCRYPTION_KEYS = [NIEUW]
    backup.instance.refresh_from_db()
    assert backup.generate_codes() == codes


@pytest.mark.django_db
def test_a_place_that_was_not_declared_is_found(settings: Any) -> None:
    """The search of the whole database is what fails for a new place: it goes by looks, and knows no list."""
    settings.ENCRYPTION_KEYS = [OUD]
    Aanbod.objects.create(soort="proef", gegevens={"ergens": [crypto.encrypt(b"tekst").decode()]})
    settings.ENCRYPTION_KEYS = [NIEUW, OUD]
    call_command("herversleutel", verbosity=0)
    assert set(_old_in_database()) == {"jobs_aanbod.gegevens"}


def test_what_a_token_looks_like_is_what_fernet_makes() -> None:
    """The shortest and a long one: otherwise what is left behind would not be seen."""
    for content in (b"", b"x" * 100_000):
        assert TOKEN.fullmatch(Fernet(OUD).encrypt(content).decode())
