"""HTML templates to accessible PDF's (PDF/UA-1, Dutch), with our own fonts and nothing from outside.

WeasyPrint is loaded at the first PDF, or at the start of a worker with ``warm_up``: it costs a second and native
libraries that a process without PDF's need not have.  One stylesheet and one font configuration serve a whole process,
one document at a time: they are not safe to share between threads.
"""

import functools
import importlib
import itertools
import mimetypes
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

#: Relative addresses in a template ('img/logo.svg') are resolved against this; it exists nowhere but here.
BASIS = "https://portaal.invalid/static/"
STYLESHEET = "pdf/rapport.css"
FONTCONFIG = "pdf/fonts.conf"
FONT = "vendor/fonts/pdf/SourceSans3-Regular.ttf"


class PdfError(Exception):
    """A PDF can not be made on this machine, or a template asks for something it may not have."""


def _own_file(path: str) -> str:
    found = finders.find(path)
    if not found or isinstance(found, list):
        raise PdfError(f"static/{path} is missing: run 'npm ci && npm run build'")
    return str(found)


def read_static(url: str) -> tuple[bytes, str]:
    """The content and the kind of one of our own static files.  Every other address is refused with ``PdfError``."""
    parts = urlsplit(url)
    if not url.startswith(BASIS):
        prefix = urlsplit(BASIS).netloc
        if parts.scheme != "https" or parts.netloc != prefix or not parts.path.startswith(settings.STATIC_URL):
            raise PdfError("a PDF may only use our own static files")
        path = unquote(parts.path.removeprefix(settings.STATIC_URL))
    else:
        path = unquote(parts.path.removeprefix(urlsplit(BASIS).path))
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    found = finders.find(path)
    if found and not isinstance(found, list):
        return Path(found).read_bytes(), kind
    if staticfiles_storage.exists(path):  # a name with a hash, as {% static %} gives it in production
        with staticfiles_storage.open(path) as file:
            return file.read(), kind
    raise PdfError(f"static file {path} does not exist")


@dataclass(frozen=True)
class _Engine:
    """WeasyPrint as this process uses it."""

    library: Any
    fonts: Any
    stylesheet: Any
    fetcher: Any


_lock = threading.Lock()
_engine: _Engine | None = None


def _start() -> _Engine:
    _own_file(FONT)
    # Read by fontconfig, in C, when the first font is asked for.
    os.environ["FONTCONFIG_FILE"] = _own_file(FONTCONFIG)
    library = importlib.import_module("weasyprint")
    urls = importlib.import_module("weasyprint.urls")
    text = importlib.import_module("weasyprint.text.fonts")

    def fetch(url: str) -> Any:
        content, kind = read_static(url)
        return urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    fonts = text.FontConfiguration()
    stylesheet = library.CSS(filename=_own_file(STYLESHEET), font_config=fonts, url_fetcher=fetch)
    return _Engine(library, fonts, stylesheet, fetch)


def _get_engine() -> _Engine:
    global _engine
    if _engine is None:
        _engine = _start()
    return _engine


def warm_up() -> None:
    """Load the library, the fonts and the stylesheet, and make one small PDF: for the start of a worker."""
    with _lock:
        _write(_get_engine(), "<!doctype html><html lang=nl><title>Start</title><p>Start</p>", "Start")


@functools.cache
def _glyphs() -> frozenset[int]:
    """The characters that our font has."""
    with importlib.import_module("fontTools.ttLib").TTFont(_own_file(FONT), lazy=True) as font:
        return frozenset(font.getBestCmap())


def not_printable(tekst: str) -> str:
    """The characters of ``tekst`` that come out of a PDF as an empty box, each once: emoji, other scripts."""
    known = _glyphs()
    return "".join(dict.fromkeys(sign for sign in tekst if sign.isprintable() and ord(sign) not in known))


def render_pdf(template: str, context: Mapping[str, Any], *, titel: str) -> bytes:
    """Render ``template`` (that extends ``reports/basis.html``) to a tagged PDF with ``titel`` as its title.

    Raises ``PdfError`` when the shipped fonts are missing, or when the page names a file that is not one of our own.
    """
    html = render_to_string(template, {**context, "titel": titel})
    with _lock:
        return _write(_get_engine(), html, titel)


def measure(
    template: str, context: Mapping[str, Any], *, titel: str, onderdelen: Sequence[str]
) -> tuple[int, dict[str, float]]:
    """How many pages ``render_pdf`` would make, and how long each part is (in CSS pixels, over the pages together).

    ``onderdelen`` are the ids of the parts in the order of the page; a part runs up to where the next one begins, so
    the last id is the end marker and has no length.  A part that is not in the page is absent.
    """
    html = render_to_string(template, {**context, "titel": titel})
    with _lock:
        engine = _get_engine()
        document = engine.library.HTML(string=html, base_url=BASIS, url_fetcher=engine.fetcher)
        pages = document.render(stylesheets=[engine.stylesheet], font_config=engine.fonts).pages
    tops: dict[str, float] = {}
    for number, page in enumerate(pages):
        for name, rectangle in page.anchors.items():
            tops.setdefault(name, number * page.height + rectangle[1])
    placed = [name for name in onderdelen if name in tops]
    return len(pages), {name: tops[after] - tops[name] for name, after in itertools.pairwise(placed)}


def _write(engine: _Engine, html: str, titel: str) -> bytes:
    if not titel.strip():
        raise ValueError("a PDF needs a title")
    document = engine.library.HTML(string=html, base_url=BASIS, url_fetcher=engine.fetcher)
    return document.write_pdf(
        stylesheets=[engine.stylesheet], font_config=engine.fonts, pdf_variant="pdf/ua-1", custom_metadata=False
    )
