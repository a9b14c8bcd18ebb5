"""What is proposed at a decision about who pays, from what is known of the pupil."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kernen.models import School
from ondersteuning.domain.aanvraag import MET_TLV
from ondersteuning.domain.betaler import Betaalreden, Keuze, controleer_betaler, gewone_reden
from ondersteuning.domain.plaatsing import BETAALD_DOOR_SCHOOL, Kostendrager, Soort
from ondersteuning.domain.voorschools import Aanleiding
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.queries.baobao import vorige_school_betaalt
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Voorstel:
    """A payer with its reason; ``zin`` says where it comes from, empty when it is what is usual for the route."""

    keuze: Keuze
    zin: str = ""


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
        return Keuze(Betaalreden.EERDER)
    if place.kostendrager not in BETAALD_DOOR_SCHOOL:
        reason = place.betaalreden or gewone_reden(Kostendrager(place.kostendrager))
        return Keuze(Betaalreden(reason))
    school = place.school_verwijzend
    known = school is not None and school.soort == _BETALEND
    return Keuze(Betaalreden.EERDER, vorige_school=school.pk if school is not None and known else None)


def _zelfde_leerling(aanvraag: Aanvraag) -> Q:
    """The applications of this pupil: of the same dossier, or of one with the same name and birth date.

    Who came by route D gets a dossier of the own at the first school; that must not cost that school anything.
    """
    same, key = Q(leerling_id=aanvraag.leerling_id), aanvraag.leerling.dubbelsleutel
    return same | Q(leerling__dubbelsleutel=key) if key else same


def stel_betaler_voor(aanvraag: Aanvraag, *, vandaag: date) -> Voorstel:
    """Who seems to pay this place.  First what was chosen at a decision that was taken back, then what is known:

    a bao-bao overstap of less than two years ago (par. 8.1.3), an earlier TLV of this pupil that the SWV pays because
    it came through youth care (the whole primary school time, par. 8.1.2), and else what is usual for the route.
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
    earlier = (
        Aanvraag.objects.filter(
            _zelfde_leerling(aanvraag),
            staat__in=sorted(MET_TLV),
            kostendrager=str(Kostendrager.SWV),
            betaalreden__in=[str(Betaalreden.ROUTE_D), str(Betaalreden.ITK)],
        )
        .exclude(pk=aanvraag.pk)
        .order_by("-pk")
        .first()
    )
    if earlier is not None:
        sentence = (
            f"Bij aanvraag {earlier.kenmerk} betaalde het samenwerkingsverband. Dat geldt de hele basisschooltijd."
        )
        return Voorstel(Keuze(Betaalreden(earlier.betaalreden), sentence), sentence)
    return Voorstel(usual)


def vorige_scholen() -> list[tuple[int, str]]:
    """The schools that can have been the school before this one; their names are public."""
    rows = School.objects.all().filter(soort=_BETALEND).order_by("naam", "pk")
    return [
        (pk, f"{naam}, {plaats}" if plaats else naam) for pk, naam, plaats in rows.values_list("pk", "naam", "plaats")
    ]
