"""Files to and from a browser: the answer that is saved as a file, and how large one may be, in words."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_NIET_IN_NAAM = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]')


def bestand_antwoord(naam: str, inhoud: bytes | str, content_type: str) -> HttpResponse:
    """A file to save as ``naam`` (RFC 6266), that is not shown, guessed at, or kept in a cache."""
    response = HttpResponse(inhoud, content_type=content_type)
    name = _NIET_IN_NAAM.sub("-", naam).strip() or "bestand"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def grootte(aantal: int) -> str:
    """``25 MB`` or ``200 kB``, rounded down: what a limit of ``aantal`` bytes is called."""
    mega = 1024 * 1024
    return f"{aantal // mega} MB" if aantal >= mega else f"{aantal // 1000} kB"
