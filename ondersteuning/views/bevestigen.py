"""Steps of a procedure on a screen: the buttons of a page, and the page on which one step is confirmed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from swv_portal.common.screens import Gegeven
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Knop:
    """A button: where it leads, or why it can not be pressed yet."""

    label: str
    url: str
    weigering: Refusal | None = None
    gevaarlijk: bool = False
    hoofd: bool = False


@dataclass(frozen=True)
class Bevestiging:
    """A step that is confirmed on a page of its own: what happens, and what it asks for.

    ``vraag`` is the label of a text that is given, ``verplicht`` or not; ``formulier`` a form of its own, for what is
    asked otherwise.  ``gebeurd``: it happened already, and is only recorded here.
    """

    kop: str
    uitleg: tuple[str, ...]
    gelukt: str
    vraag: str = ""
    gevaarlijk: bool = False
    knop: str = ""
    formulier: Callable[..., Any] | None = None
    verplicht: bool = True
    gebeurd: bool = False

    def maak_formulier(self, request: HttpRequest, begin: Mapping[str, Any]) -> Any:
        kind: Callable[..., Any] = self.formulier or (ToelichtingForm if self.vraag else VersieForm)
        words = {"label": self.vraag, "verplicht": self.verplicht} if self.vraag else {}
        return kind(request.POST or None, initial=dict(begin), **words)


@dataclass(frozen=True, kw_only=True)
class Dienststap(Bevestiging):
    """The same with the service that takes the step, for a table of steps."""

    doe: Callable[..., Any]


@dataclass(frozen=True)
class Betreft:
    """What a step is about: how the procedure is called, its page, and what stands beside the form.

    ``oordeel`` is what the rules make of this step now; ``let_op`` (a head and a sentence) what cannot be undone.
    """

    procedure: str
    kenmerk: str
    pad: str
    kort: str = ""
    regels: Sequence[Gegeven] = ()
    oordeel: str = ""
    let_op: tuple[str, str] | None = None


def bevestig(
    request: HttpRequest,
    stap: Bevestiging,
    betreft: Betreft,
    *,
    begin: Mapping[str, Any],
    mag: Callable[[], bool],
    doe: Callable[[Any], Any],
    daarna: Callable[[], str] | None = None,
) -> HttpResponse:
    """Show what the step does, and take it when it is confirmed.  ``begin``: what its form opens with, a ``versie``.

    ``mag``: can this person take it now (otherwise back to its page)?  ``doe`` calls the service with the valid form;
    ``daarna`` says where one comes out, when that is another page.
    """
    form = stap.maak_formulier(request, begin)
    if request.method == "POST" and form.is_valid():
        answer = doe(form)
        if not isinstance(answer, Refusal):
            messages.success(request, stap.gelukt)
            return redirect(daarna() if daarna else betreft.pad)
        if answer.code == "rol" and request.user.is_authenticated:
            raise PermissionDenied
        form.weiger(answer)
    elif request.method != "POST" and not mag():
        return redirect(betreft.pad)
    context = {"stap": stap, "betreft": betreft, "form": form}
    return render(request, "ondersteuning/bevestigen.html", context, status=422 if form.is_bound else 200)
