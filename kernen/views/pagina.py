"""What the views of this app share: a page with one form, and the answer of a service."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from swv_portal.access.requests import to_result
from swv_portal.common.forms import weiger
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import Once


def getal_uit(text: str) -> int | None:
    """A whole number from an address (a year, a key); ``None`` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def formulier(
    request: HttpRequest,
    form: Form,
    *,
    titel: str,
    terug: str,
    knop: str = "Opslaan",
    intro: str = "",
) -> HttpResponse:
    """A page with one form; with errors it is answered with 422."""
    context = {"form": form, "titel": titel, "terug": terug, "knop": knop, "intro": intro}
    return render(request, "kernen/formulier.html", context, status=422 if form.errors else 200)


def gemaakt_of_geweigerd(
    request: HttpRequest, form: Form, outcome: Once[Any] | Refusal, gelukt: str = ""
) -> HttpResponseRedirect | None:
    """Go to what the form made, now or when it was sent before; else put the refusal on the form."""
    if isinstance(outcome, Refusal):
        weiger(form, outcome)
        return None
    return to_result(request, outcome.pad, gelukt, eerder=outcome.eerder)


def gelukt_of_geweigerd(form: Form, result: Any, url: str) -> HttpResponseRedirect | None:
    """Go to ``url`` when the service did it; else put the refusal on the form (which keeps what was typed)."""
    if isinstance(result, Refusal):
        weiger(form, result)
        return None
    return HttpResponseRedirect(url)
