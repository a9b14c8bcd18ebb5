"""Screens of jobs: the list for staff, one job, and how far a job or a group is (asked by htmx every two seconds)."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_ROLLEN
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.opdracht import OPDRACHT
from swv_portal.jobs.models import Job
from swv_portal.jobs.queries import Voortgang, group_progress, job_progress, lists
from swv_portal.jobs.registry import job_kinds
from swv_portal.jobs.services.manage import retry_dead, retry_job, stop_job

STAF = tuple(sorted(SWV_ROLLEN))
_SLEUTEL = re.compile(r"[a-z0-9-]{1,40}")
STAPPEN = {"opnieuw": retry_job, "stoppen": stop_job}
GEDAAN = {"opnieuw": "De opdracht wordt opnieuw geprobeerd.", "stoppen": "De opdracht is gestopt."}


@require_safe
@voor_rollen(*STAF)
def opdrachten(request: HttpRequest) -> HttpResponse:
    """What is going on and what went wrong, for everybody at the SWV."""
    staat, soort = request.GET.get("staat", ""), request.GET.get("soort", "")
    staat = staat if staat in lists.KEUZES else ""
    soort = soort if soort in job_kinds() else ""
    found = lists.job_list(bereik_van(request), staat=staat, soort=soort, plek=Plek.uit(request.GET))
    context = {
        "lijst": found,
        "staat": staat,
        "soort": soort,
        "staten": lists.KEUZE_LABELS.items(),
        "soorten": lists.soort_choices(),
    }
    return render(request, "jobs/opdrachten.html", context)


@require_POST
@voor_rollen(*STAF)
def alle_opnieuw(request: HttpRequest) -> HttpResponse:
    """Try every dead job of one kind again."""
    done = retry_dead(actor=actor_van(request), soort=request.POST.get("soort", "").replace("\x00", ""))
    if isinstance(done, Refusal):
        messages.error(request, done.zin)
    else:
        wat = "1 opdracht wordt" if done == 1 else f"{done} opdrachten worden"
        messages.success(request, f"{wat} opnieuw geprobeerd.")
    return redirect("jobs:opdrachten")


@require_safe
@login_required
@never_cache
def opdracht(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: for its requester, and for everybody at the SWV."""
    job = get_object_or_404(_jobs(request).select_related("aanvrager"), pk=pk)
    bereik = bereik_van(request)
    staff = bereik.heeft(*SWV_ROLLEN)
    context = {
        "job": job,
        "gegevens": lists.job_facts(job, staff=staff),
        "regels": tijdlijn(job) if staff else [],
        "opties": OPDRACHT.options(job.staat, bereik.rollen, job),
        "actie_url": reverse("jobs:stap", args=[job.pk]),
        "staff": staff,
        **_progress_of_job(request, job),
    }
    return render(request, "jobs/opdracht.html", context)


@require_POST
@login_required
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again, or stop."""
    naam = request.POST.get("stap", "")
    get_object_or_404(_jobs(request), pk=pk)
    if naam not in STAPPEN:
        raise Http404
    done = STAPPEN[naam](actor=actor_van(request), pk=pk)
    if isinstance(done, Refusal):
        messages.error(request, done.zin)
    else:
        messages.success(request, GEDAAN[naam])
    return redirect("jobs:opdracht", pk=pk)


@require_safe
@login_required
@never_cache
def voortgang(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one job is."""
    return _render_progress(request, _progress_of_job(request, get_object_or_404(_jobs(request), pk=pk)))


@require_safe
@login_required
@never_cache
def groep(request: HttpRequest, groep: uuid.UUID) -> HttpResponse:
    """How far a group of jobs is."""
    job = _jobs(request).filter(groep=groep).order_by("-klaar_op", "-id").first()
    if job is None:
        raise Http404
    url = reverse("jobs:groep", args=[groep])
    return _render_progress(request, _progress(request, job, group_progress(groep), url))


def _jobs(request: HttpRequest) -> Any:
    """What this person may see, without what is secret in it."""
    return Job.objects.visible_to(bereik_van(request)).defer("geheim")


def _progress_of_job(request: HttpRequest, job: Job) -> dict[str, Any]:
    return _progress(request, job, job_progress(job), reverse("jobs:voortgang", args=[job.pk]))


def _progress(request: HttpRequest, job: Job, voortgang: Voortgang, url: str) -> dict[str, Any]:
    """The values of ``onderdelen/voortgang.html``.  ``?sleutel=`` keeps several of them on one page apart."""
    sleutel = request.GET.get("sleutel", "")
    sleutel = sleutel if _SLEUTEL.fullmatch(sleutel) else ""
    kind = job_kinds().get(job.soort)
    mine = job.aanvrager_id is not None and job.aanvrager_id == bereik_van(request).user_id
    result = ""
    if voortgang.af and voortgang.klaar and mine and kind is not None and kind.resultaat is not None:
        result = kind.resultaat(job)
    return {
        "voortgang": voortgang,
        "label": lists.job_title(job),
        "url": f"{url}?sleutel={sleutel}" if sleutel else url,
        "sleutel": sleutel,
        "resultaat_url": result,
        "geen_mail": not mine or kind is None or not kind.voor_aanvrager or job.mail_bij_klaar is False,
    }


def _render_progress(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "onderdelen/voortgang.html" if request.headers.get("HX-Request") else "jobs/voortgang.html"
    return render(request, template, context)
