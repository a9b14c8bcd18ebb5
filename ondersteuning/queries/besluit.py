"""What is known of a decision, and by whom: outside the SWV it exists from the moment that its letter goes out."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BESLOTEN, INGEDIEND, MET_TLV, WORDT_VERSTUURD
from ondersteuning.domain.besluit import motivering_past, staat_voor
from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak
from swv_portal.common.workflow import Refusal

BESLUIT_GENOMEN = "aanvraag.besluit_genomen"
BESLUIT_TERUGGENOMEN = "aanvraag.besluit_teruggenomen"
#: Lines of the timeline that only the SWV reads: they tell of a decision that nobody was sent.
NIET_NAAR_BUITEN = frozenset({BESLUIT_GENOMEN, BESLUIT_TERUGGENOMEN})
#: A letter that is this much too late needs somebody to look.
TE_LANG = timedelta(minutes=30)
HOOGSTENS = 200


def zonder_onverstuurd(aanvraag: Aanvraag) -> Aanvraag:
    """The application for readers outside the SWV: nothing of a decision that was not sent, or was taken back.

    Changes the row in memory, for a page; it is never saved.
    """
    if aanvraag.staat in BESLOTEN:
        if aanvraag.staat not in MET_TLV:
            aanvraag.tlvnummer = None
        return aanvraag
    aanvraag.staat = staat_voor(aanvraag.staat, is_swv=False)
    aanvraag.uitkomst, aanvraag.motivering, aanvraag.versturen_na = "", "", None
    aanvraag.besloten_op, aanvraag.besloten_door = None, None
    aanvraag.geldig_van, aanvraag.geldig_tot, aanvraag.tlvnummer = None, None, None
    aanvraag.kostendrager, aanvraag.betaalreden, aanvraag.betaler_toelichting = "", "", ""
    aanvraag.vorige_school = None
    return aanvraag


def tegengehouden_door(aanvraag: Aanvraag) -> str:
    """Who kept the letter of the last decision back ('ouder 1'), as long as there is no new one; empty: nobody.

    A parent who disagreed with a refusal, or with a decision that was sent, kept nothing back.
    """
    kept_back = aanvraag.tegengehouden_keer
    if aanvraag.staat != INGEDIEND or not kept_back or kept_back != aanvraag.besluit_keer:
        return ""
    labels = {party.pk: party.label for party in aanvraag.partijen.all()}
    views = [view for view in aanvraag.zienswijzen.all() if view.vervallen_op is None and not view.eens]
    return next((labels[view.partij_id] for view in views if view.na_besluit == kept_back), "")


def oude_motivering(aanvraag: Aanvraag, motivering: str, uitkomst: str) -> Refusal | None:
    """Why this motivation can not go with this outcome: it stood there for the other one; ``None`` when it can."""
    return motivering_past(motivering, aanvraag.motivering, bij=aanvraag.motivering_bij, uitkomst=uitkomst)


def vraag_versturen(bereik: Bereik) -> Iterator[Taakvraag]:
    """Decisions whose letter should have gone out long ago: the job behind it failed."""
    if not bereik.heeft(*SWV_DOSSIER):
        return
    rows = Aanvraag.objects.visible_to(bereik).filter(staat=WORDT_VERSTUURD, versturen_na__lt=timezone.now() - TE_LANG)

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, reference, decided in found:
            yield Taak(
                f"De brief van {reference} is nog niet verstuurd. Kijk bij de opdrachten",
                reverse("ondersteuning:dossier", args=[pk]),
                decided,
                soort="Brief niet verstuurd",
            )

    fields = ("pk", "kenmerk", "besloten_op")
    yield Taakvraag(rows.order_by("versturen_na", "pk"), fields, taken, HOOGSTENS, frozenset({"besloten_op"}))
