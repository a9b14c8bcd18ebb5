"""The hidden one-time key of a form that makes something, as a page draws it."""

import re
import uuid

from django.http import HttpResponse

_VELD = re.compile(r'name="formuliersleutel" value="([0-9a-f]{32})"')


def nieuwe_sleutel() -> dict[str, str]:
    """A key of a form that was just opened."""
    return {"formuliersleutel": uuid.uuid4().hex}


def sleutel_uit(page: HttpResponse) -> dict[str, str]:
    """The key that a page holds; it must hold one."""
    found = _VELD.search(page.content.decode())
    assert found is not None, "this page has no form with a one-time key"
    return {"formuliersleutel": found[1]}
