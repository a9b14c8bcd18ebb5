"""What goes to the browser: light, and nothing from others."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

FIRST_VIEW = [
    "vendor/portaal.css",
    "js/portaal.js",
    "vendor/fonts/source-sans-3-400.woff2",
    "vendor/fonts/source-sans-3-600.woff2",
    "img/favicon.svg",
]


@pytest.fixture
def static(project) -> Path:
    return project / "static"


def test_a_page_with_everything_it_may_load_stays_small(static):
    weights = {name: (static / name).stat().st_size for name in [*FIRST_VIEW, "vendor/htmx.min.js"]}
    without_htmx = sum(size for name, size in weights.items() if "htmx" not in name)
    assert without_htmx <= 75_000, weights  # leaves 45 kB for the page itself on a first view of 120 kB
    assert len(weights) + 1 <= 8


def test_the_stylesheet_asks_for_nothing_but_our_own_fonts(static):
    css = (static / "vendor/portaal.css").read_text()
    assert set(re.findall(r'url\("(?!data:)([^"]+)"', css)) == {
        "../vendor/fonts/source-sans-3-400.woff2",
        "../vendor/fonts/source-sans-3-600.woff2",
    }
    assert "@import" not in css


def test_every_custom_property_that_is_read_exists(static):
    css = (static / "vendor/portaal.css").read_text()
    read = set(re.findall(r"var\((--[\w-]+)\)", css))
    written = set(re.findall(r"(--[\w-]+)\s*:", css))
    assert read - written - {"--bs-body-text-align"} == set()


def test_the_build_holds_no_address_of_a_registry(project):
    lock = json.loads((project / "package-lock.json").read_text())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_templates_hold_no_inline_style_script_or_handler(project):
    wrong = []
    for path in sorted((project / "templates").rglob("*.html")):
        if path.parent.name == "reports":
            continue
        text = path.read_text()
        if re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)|(src|href)=\"https?://", text):
            wrong.append(str(path.relative_to(project)))
    assert wrong == []


def test_every_class_in_a_template_exists_in_the_stylesheet(project):
    """A class of Bootstrap that is not in the keep list, or a slip of the pen, would silently do nothing."""
    sheets = [
        project / "static/vendor/portaal.css",
        *(project / "static").glob("*/a4.css"),
        *(project / "static").glob("*/brief.css"),
    ]
    known = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", "".join(sheet.read_text() for sheet in sheets)))
    unknown = set()
    for path in sorted((project / "templates").rglob("*.html")):
        if path.parent.name == "reports":
            continue
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text(), flags=re.DOTALL)
        names = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
        unknown |= {f"{path.relative_to(project)}: {name}" for name in names - known if not name.endswith("-")}
    assert unknown == set()


def test_every_template_can_be_read(project):
    names = [str(path.relative_to(project / "templates")) for path in (project / "templates").rglob("*.html")]
    assert names
    for name in names:
        get_template(name)
