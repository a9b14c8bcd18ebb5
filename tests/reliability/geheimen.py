"""Looking for what may stand nowhere, in every shape in which a text can lie in a dump, a log or a mail."""

import base64
import hashlib
import html
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote, quote_plus

from swv_portal.common.dates import lange_datum

#: What is searched without regard to capitals must be long enough not to turn up by chance.
KORTSTE = 8
_HASHES = ("md5", "sha1", "sha256", "sha512")
#: A hash that was cut off is looked for by its beginning.
_HASHDEEL = 24


def _zonder_accenten(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _leesbaar(text: str) -> Iterator[bytes]:
    """The text as somebody could read it back, in small letters: codings, escapes, and without accents."""
    for each in {text, _zonder_accenten(text), unicodedata.normalize("NFD", text)}:
        for form in (each, each.lower(), each.upper()):
            yield form.encode().lower()
            yield form.encode("utf-16-le").lower()
            yield form.encode("latin-1", "replace").lower()
            yield quote(form).lower().encode()
            yield quote_plus(form).lower().encode()
            yield json.dumps(form).strip('"').lower().encode()
            yield html.escape(form).encode().lower()
            yield form.encode().hex().encode()


def _base64(content: bytes) -> Iterator[bytes]:
    """The content as it lies inside something longer that was coded, at each of the three places it can begin."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + content)
        first, last = -(-before * 8 // 6), (before + len(content)) * 8 // 6
        yield whole[first:last]
        yield whole[first:last].replace(b"+", b"-").replace(b"/", b"_")


def _hashes(text: str) -> Iterator[bytes]:
    """A hash without a key: who has a list of names finds the name that belongs to it."""
    for each in {text, text.lower(), text.upper(), _zonder_accenten(text).lower(), text.replace(" ", "")}:
        for name in _HASHES:
            digest = hashlib.new(name, each.encode(), usedforsecurity=False)
            yield digest.hexdigest()[:_HASHDEEL].encode()
            yield base64.b64encode(digest.digest())[:_HASHDEEL].lower()


def datumvormen(day: date) -> list[str]:
    """A date as people and machines write it."""
    short = f"{day.day}-{day.month}-{day.year}"
    return [day.isoformat(), f"{day:%d-%m-%Y}", short, f"{day:%d/%m/%Y}", lange_datum(day)]


def naamvormen(first: str, last: str) -> list[str]:
    """A name as it is written, turned round, and its parts."""
    return [last, first, f"{first} {last}", f"{last}, {first}", f"{last} {first}"]


def gevonden(geheimen: Iterable[str], plekken: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Which secrets stand where: (secret, place)."""
    small = {name: content.lower() for name, content in plekken.items()}
    found = set()
    for text in geheimen:
        if len(text) < KORTSTE:
            raise ValueError("too short to be looked for")
        readable = {*_leesbaar(text), *_hashes(text)}
        coded = {each for form in (text, text.lower(), text.upper()) for each in _base64(form.encode())}
        for name, content in plekken.items():
            if any(each in small[name] for each in readable) or any(each in content for each in coded):
                found.add((text, name))
    return found
