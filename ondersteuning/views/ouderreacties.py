"""A parent, by personal link, says of one part of the application what is not right in it."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.forms.sectiereactie import SectiereactieForm
from ondersteuning.models import Sectiereactie
from ondersteuning.queries.persoonlijk import Persoonlijk, deel_voor
from ondersteuning.services.partijen import LINK_OUDER
from ondersteuning.services.sectiereacties import reageer
from ondersteuning.views.persoonlijk import laad
from swv_portal.access.requests import met_link
from swv_portal.common.workflow import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_OUDER)
def deel(request: HttpRequest, sectie: str) -> HttpResponse:
    """One part of the application with the own words beside it."""
    page = laad(request, OUDER)
    part = deel_voor(page, sectie)
    if part is None and request.method != "POST" and not page.leesbaar:
        return redirect("ondersteuning:ouder")
    if part is None and page.leesbaar:
        raise Http404
    form = SectiereactieForm(request.POST or None, initial=_begin(page, sectie))
    if request.method == "POST" and form.is_valid():
        answer = reageer(
            actor=request.actor,  # type: ignore[attr-defined]
            partij_pk=page.partij.pk,
            sectie=sectie,
            versie=form.versie_van_formulier,
            tekst=form.cleaned_data["tekst"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            done = "Wij hebben uw reactie bewaard." if answer.tekst else "Uw reactie is weggehaald."
            messages.success(request, done)
            return redirect("ondersteuning:ouder")
        form.weiger(answer)
    elif request.method != "POST" and not page.reageert:
        return redirect("ondersteuning:ouder")
    context = {"pagina": page, "sectie": part, "form": form}
    status = (409 if form.has_error(NON_FIELD_ERRORS, "verouderd") else 422) if form.errors else 200
    return render(request, "ondersteuning/ouder_deel.html", context, status=status)


def _begin(page: Persoonlijk, sectie: str) -> dict[str, object]:
    """What this parent wrote here before, as long as it counts, with the version of it."""
    row = Sectiereactie.objects.filter(partij=page.partij, sectie=sectie).first() or Sectiereactie()
    return {"tekst": "" if row.vervallen_op else row.tekst, "versie": row.versie}
