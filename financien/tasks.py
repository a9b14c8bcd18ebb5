"""The job that makes one letter."""

from collections.abc import Callable
from functools import partial

from financien.reports.brieven import BESTUURSBRIEF, SCHOOLBRIEF
from financien.services.beschikkingen import rond_beschikking_af
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.registry import JobContext, Permanent
from swv_portal.jobs.services.reports import render_report


def maak_beschikking(context: JobContext) -> Callable[[], None]:
    """Make the PDF of letter ``params["beschikking"]``; storing it happens in the transaction that ends the job.

    Whoever asked for it must still handle money: otherwise it is refused for good.
    """
    bereik = context.bereik()
    if not bereik.heeft(*SWV_GELD):
        raise Permanent("Degene die deze beschikking vroeg, mag dat niet meer.")
    pk = context.params["beschikking"]
    kind = BESTUURSBRIEF if context.params["bestuur"] else SCHOOLBRIEF
    try:
        naam, inhoud = render_report(kind, bereik, {"beschikking": pk})
    except NotVisible as gone:
        raise Permanent("Deze beschikking bestaat niet meer.") from gone
    return partial(rond_beschikking_af, pk=pk, naam=naam, inhoud=inhoud, job_id=context.job_id)
