"""What is proposed at a decision about who pays, from what is known of the pupil."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from kernen.models import School
from ondersteuning.domain.aanvraag import MET_TLV
from ondersteuning.domain.betaler import HELE_SCHOOLTIJD, Betaalreden, Keuze, controleer_betaler, gewone_reden
from ondersteuning.domain.plaatsing import BETAALD_DOOR_SCHOOL, Kostendrager, Soort
from ondersteuning.domain.voorschools import Aanleiding
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.baobao import vorige_school_betaalt
from ondersteuning.queries.dubbelen import dezelfde
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Voorstel:
    """A payer with its reason; ``zin`` says where it comes from, empty when it is what is usual for the route."""

    keuze: Keuze
    zin: str = ""


#: The applications by which the SWV pays a referral during the whole primary school time.
BETAALT_HELE_SCHOOLTIJD = Q(
    staat__in=sorted(MET_TLV), kostendrager=str(Kostendrager.SWV), betaalreden__in=sorted(HELE_SCHOOLTIJD)
)
#: The schools that pay places from their own budget.
_BETALEND = "BAO"


def gewone_keuze(aanvraag: Aanvraag) -> Keuze:
    """The usual payer of this application: what its route says, of a pupil of the ITK the ITK.

    Of a pupil who is at a special school already, who paid goes on paying (par. 8.1.2).
    """
    if aanvraag.aanleiding == Aanleiding.ITK:
        return Keuze(Betaalreden.ITK)
    if aanvraag.de_route.plaats is Soort.TLV_BAO:
        return Keuze(Betaalreden.BESTUUR)
    return _van_eerder(aanvraag) if _van_speciaal(aanvraag) else Keuze(gewone_reden(aanvraag.de_route.betaler))


def weiger_betaler(aanvraag: Aanvraag, keuze: Keuze) -> Refusal | None:
    """Why this can not be who pays the place of this application."""
    return controleer_betaler(
        keuze,
        gewoon=gewone_keuze(aanvraag).reden,
        verwijzende_school=aanvraag.verwijzende_school_id,
        van_speciaal=_van_speciaal(aanvraag),
    )


def _van_speciaal(aanvraag: Aanvraag) -> bool:
    school, payer = aanvraag.verwijzende_school, aanvraag.de_route.betaler
    return payer is Kostendrager.SCHOOL and school is not None and school.soort != _BETALEND


def _van_eerder(aanvraag: Aanvraag) -> Keuze:
    """Who paid the TLV place that the pupil has; which school that was is empty when the portal does not know it.

    The place of the earlier application, or the one with the number that was typed, at the school of now.
    """
    same = Q(aanvraag_id=aanvraag.vorige_id) if aanvraag.vorige_id else Q(aanvraag__leerling_id=aanvraag.leerling_id)
    if aanvraag.vorig_tlvnummer:
        same |= Q(verwijzing=aanvraag.vorig_tlvnummer, school_ontvangend_id=aanvraag.verwijzende_school_id)
    rows = Plaatsing.objects.filter(same, soort=str(Soort.TLV)).exclude(aanvraag_id=aanvraag.pk)
    place = rows.select_related("school_verwijzend").order_by("-begin", "-pk").first()
    if place is None:
        proposed = _hele_schooltijd(aanvraag)
        return proposed.keuze if proposed is not None else Keuze(Betaalreden.EERDER)
    if place.kostendrager not in BETAALD_DOOR_SCHOOL:
        reason = place.betaalreden or gewone_reden(Kostendrager(place.kostendrager))
        return Keuze(Betaalreden(reason))
    school = place.school_verwijzend
    known = school is not None and school.soort == _BETALEND
    return Keuze(Betaalreden.EERDER, vorige_school=school.pk if school is not None and known else None)


def _hele_schooltijd(aanvraag: Aanvraag) -> Voorstel | None:
    """An earlier application by which the SWV pays a referral of this child the whole primary school time.

    Also what is kept of one that was destroyed.  One query.
    """
    rows = Aanvraag.objects.filter(BETAALT_HELE_SCHOOLTIJD, leerling_id=OuterRef("pk")).exclude(pk=aanvraag.pk)
    newest = rows.order_by("-pk").values(feit=JSONObject(pk="pk", reden="betaalreden", kenmerk="kenmerk"))[:1]
    pupils = dezelfde(aanvraag.leerling).annotate(feit=Subquery(newest)).order_by("swv_betaalt_sinds", "pk")
    known = list(pupils.values_list("feit", "swv_betaalt_reden", "swv_betaalt_kenmerk"))
    earlier = max((fact for fact, _, _ in known if fact), key=lambda fact: fact["pk"], default=None)
    kept = next(((reason, reference) for _, reason, reference in known if reason), None)
    found = (earlier["reden"], earlier["kenmerk"]) if earlier else kept
    if found is None:
        return None
    sentence = f"Bij aanvraag {found[1]} betaalde het samenwerkingsverband. Dat geldt de hele basisschooltijd."
    return Voorstel(Keuze(Betaalreden(found[0]), sentence), sentence)


def stel_betaler_voor(aanvraag: Aanvraag, *, vandaag: date) -> Voorstel:
    """Who seems to pay this place.  First what was chosen at a decision that was taken back, then what is known:

    a bao-bao overstap of less than two years ago (par. 8.1.3), an earlier TLV of this pupil that the SWV pays because
    it came through youth care (the whole primary school time, par. 8.1.2; also when that one was destroyed), and else
    what is usual for the route.
    """
    usual = gewone_keuze(aanvraag)
    if aanvraag.betaalreden:
        reason = Betaalreden(aanvraag.betaalreden)
        return Voorstel(Keuze(reason, aanvraag.betaler_toelichting, aanvraag.vorige_school_id))
    if usual.reden is not Betaalreden.VERWIJZER:
        return Voorstel(usual)
    previous = vorige_school_betaalt(
        aanvraag.leerling, aanvraag.ingediend_op or vandaag, verwijzer_id=aanvraag.verwijzende_school_id
    )
    if previous is not None:
        return Voorstel(Keuze(Betaalreden.BAO_BAO, previous.reden, previous.school_id), previous.reden)
    return _hele_schooltijd(aanvraag) or Voorstel(usual)


def vorige_scholen() -> list[tuple[int, str]]:
    """The schools that can have been the school before this one; their names are public."""
    rows = School.objects.all().filter(soort=_BETALEND).order_by("naam", "pk")
    return [
        (pk, f"{naam}, {plaats}" if plaats else naam) for pk, naam, plaats in rows.values_list("pk", "naam", "plaats")
    ]
