"""The subject of a mail stands in the open: it is a verb and a reference, never a name.

Read from the code itself: every call of ``enqueue_mail`` names its subject as a text, and what is filled in there is a
number or a reference.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import sources, tree_of

#: Nothing whose name says that it may hold a person.
PERSOON = re.compile(
    r"leerling|kind\b|roepnaam|voornaam|achternaam|volledige_naam|geboorte|ouder_?naam|initialen", re.I
)


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("enqueue_mail"):
            yield node


def _filled_in(subject: ast.expr) -> list[str]:
    """What a text gets filled in, as code."""
    return [ast.unparse(part.value) for part in ast.walk(subject) if isinstance(part, ast.FormattedValue)]


def wrong_subject(call: ast.Call) -> str | None:
    """Why the subject of this call may not be so, or ``None``."""
    subject = next((each.value for each in call.keywords if each.arg == "onderwerp"), None)
    if subject is None:
        return "has no subject by name"
    found = [code for code in _filled_in(subject) if PERSOON.search(code)]
    if isinstance(subject, ast.Attribute) and PERSOON.search(ast.unparse(subject)):
        found.append(ast.unparse(subject))
    return f"puts {', '.join(found)} in the subject" if found else None


def test_no_subject_holds_a_person() -> None:
    calls = [(path, call) for path in sources() for call in _calls(path)]
    assert len(calls) >= 3
    wrong = [f"{path}:{call.lineno} {why}" for path, call in calls if (why := wrong_subject(call))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("enqueue_mail(onderwerp=f'Bekijk aanvraag {aanvraag.nummer}')", True),
        ("enqueue_mail(onderwerp='Bekijk uw aanvraag')", True),
        ("enqueue_mail(onderwerp=f'Aanvraag van {aanvraag.leerling.naam}')", False),
        ("enqueue_mail(onderwerp=leerling.naam)", False),
        ("mail.enqueue_mail(onderwerp=f'{roepnaam}: teken')", False),
        ("enqueue_mail('x')", False),
    ],
)
def test_the_check_itself(code: str, good: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert (wrong_subject(call) is None) is good


def test_every_mail_has_its_template() -> None:
    """A mail without one would fail in the worker, five times, and nobody would hear it."""
    missing = []
    for path in sources():
        for call in _calls(path):
            name = next((each.value for each in call.keywords if each.arg == "sjabloon"), None)
            if isinstance(name, ast.Constant) and not Path(f"templates/mail/{name.value}.txt").exists():
                missing.append(f"{path}:{call.lineno} templates/mail/{name.value}.txt")
    assert not missing, "\n".join(missing)
