"""The SWV decides on an objection: fill in, check with the letter at hand, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ondersteuning.domain.bezwaar import (
    BEZWAAR,
    EERDER_BESLUIT,
    GEVOLGNAMEN,
    UITKOMSTNAMEN,
    Gevolg,
    bevoegd,
    te_kiezen_gevolgen,
)
from ondersteuning.forms.bezwaar import BeslisForm
from ondersteuning.models import Bezwaar
from ondersteuning.queries.bezwaar import bezwaarpagina, briefontvangers, let_op_bij_beslissen, stand_van_bezwaar
from ondersteuning.reports.bezwaarbrief import maak_bezwaarvoorbeeld
from ondersteuning.services.bezwaar_beslissing import beslis_op_bezwaar
from swv_portal.access.requests import actor_van
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.workflow import Refusal


def beslis(request: HttpRequest, row: Bezwaar) -> HttpResponse:
    """First POST: check everything once more, with a preview of the letter; with ``bevestigd``: decide."""
    facts = stand_van_bezwaar(row, actor=actor_van(request), vandaag=timezone.localdate())
    refusal = bevoegd(facts)
    if refusal is not None and request.method != "POST":
        messages.error(request, refusal.zin)
        return redirect("ondersteuning:bezwaar", pk=row.pk)
    possible = te_kiezen_gevolgen(row.aanvraag.staat, row.tegen, geldt=facts.geldt)
    form = BeslisForm(
        request.POST or None,
        # Nothing is chosen beforehand, but what there is no choice in.
        initial={"versie": row.versie, "gevolg": str(possible[0]) if len(possible) == 1 else None},
        label="Motivering",
        hulp="Komt in de brief aan de ouders en de scholen.",
        gevolgen=[str(each) for each in possible],
    )
    checked = False
    if request.method == "POST" and _klopt(request, row, form):
        if "voorbeeld" in request.POST:
            return _voorbeeld(row, form)
        if "bevestigd" in request.POST:
            answer = beslis_op_bezwaar(
                actor=actor_van(request),
                pk=row.pk,
                versie=form.versie_van_formulier,
                vandaag=timezone.localdate(),
                **_gekozen(form),
            )
            if not isinstance(answer, Refusal):
                messages.success(request, "De beslissing is vastgelegd. De brief wordt gemaakt en verstuurd.")
                return redirect("ondersteuning:bezwaar", pk=row.pk)
            form.weiger(answer)
        checked = not form.errors and "wijzig" not in request.POST
    context: dict[str, Any] = {"bezwaar": row, "form": form, "eerder": "" if facts.geldt else EERDER_BESLUIT}
    if not checked:
        context["pagina"] = bezwaarpagina(row, vandaag=timezone.localdate())
    else:
        chosen = _gekozen(form)
        context |= {
            "uitkomst": UITKOMSTNAMEN[chosen["uitkomst"]],
            "gevolg": GEVOLGNAMEN[chosen["gevolg"]],
            "opnieuw": chosen["gevolg"] == Gevolg.OPNIEUW,
            "ontvangers": briefontvangers(row),
            "let_op": let_op_bij_beslissen(row, vandaag=timezone.localdate()),
        }
    template = "ondersteuning/bezwaar_controleren.html" if checked else "ondersteuning/bezwaar_beslissen.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _klopt(request: HttpRequest, row: Bezwaar, form: BeslisForm) -> bool:
    """Put what the rules say of it on the form; the service looks again when the decision is taken."""
    if not form.is_valid():
        return False
    actor = actor_van(request)
    facts = stand_van_bezwaar(row, actor=actor, vandaag=timezone.localdate(), **_gekozen(form))
    step = BEZWAAR.decide("beslis", row.staat, actor.bereik.rollen_bij(), facts)
    if isinstance(step, Refusal):
        form.weiger(step)
    return form.is_valid()


def _gekozen(form: BeslisForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("uitkomst", "gevolg", "toelichting")}


def _voorbeeld(row: Bezwaar, form: BeslisForm) -> HttpResponse:
    """The letter as it would be, of what was filled in; nothing is stored."""
    chosen = _gekozen(form)
    name, pdf = maak_bezwaarvoorbeeld(
        row.pk,
        uitkomst=chosen["uitkomst"],
        gevolg=chosen["gevolg"],
        motivering=chosen["toelichting"],
        dag=timezone.localdate(),
    )
    return bestand_antwoord(name, pdf, "application/pdf")
