"""What the tests of a new key share: three keys, something of every kind that is encrypted, and the command."""

import io
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from swv_portal.jobs.models import Document
from swv_portal.jobs.services.crypto_stores import Stock
from swv_portal.jobs.services.documents import store_document
from swv_portal.start.services.herversleutel import herversleutel
from tests.factories.kernen import PersoonFactory

OUD, NIEUW, VREEMD = (Fernet.generate_key().decode() for _ in range(3))


def command(**options: Any) -> str:
    out = io.StringIO()
    call_command("herversleutel", stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(**options: Any) -> tuple[str, str]:
    """What the command ended with, and what it said before that."""
    out = io.StringIO()
    with pytest.raises(CommandError) as stop:
        call_command("herversleutel", stdout=out, stderr=out, **options)
    return str(stop.value), out.getvalue()


def document(inhoud: bytes = b"%PDF- verslag") -> Document:
    user = PersoonFactory()
    return store_document(soort="proef", onderwerp=user, naam="x.pdf", inhoud=inhoud, content_type="application/pdf")


def second_factor(secret: str = "GEHEIM") -> Authenticator:
    data = {"secret": get_adapter().encrypt(secret), "aantal": 3, "woorden": ["één", None, True]}
    row: Authenticator = Authenticator.objects.create(user=PersoonFactory(), type="totp", data=data)
    return row


def counted() -> Stock:
    return sum((found.stock for found in herversleutel(schrijf=False)), Stock())
