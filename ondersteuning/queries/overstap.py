"""From the rows of an overstap to the facts that its procedure looks at, and the choices of its forms."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Case, Q, When

from kernen.models import School
from ondersteuning.domain import baobao, terugplaatsing
from ondersteuning.domain.baobao import BAOBAO, BETAALJAREN
from ondersteuning.domain.budgetperiode import BUDGETMAANDEN
from ondersteuning.domain.overstap import Overstapsoort, rollen_voor
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.terugplaatsing import NAAR_SOORTEN, TERUGPLAATSING, VAN_SOORTEN
from ondersteuning.models import BaoBao, Overstap, Overstapinstellingen, Plaatsing, Terugplaatsing
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol
from swv_portal.common.workflow import Workflow

#: One of the two, with the fields of its own.
Geval = Terugplaatsing | BaoBao

WORKFLOWS: dict[str, Workflow] = {Overstapsoort.TERUGPLAATSING: TERUGPLAATSING, Overstapsoort.BAOBAO: BAOBAO}
#: Kinds of school that begin it, and that receive the pupil.
VAN = {Overstapsoort.TERUGPLAATSING: VAN_SOORTEN, Overstapsoort.BAOBAO: baobao.SOORTEN}
NAAR = {Overstapsoort.TERUGPLAATSING: NAAR_SOORTEN, Overstapsoort.BAOBAO: baobao.SOORTEN}

_MET = ("leerling", "van_school", "naar_school", "gevraagde_school")


@dataclass(frozen=True)
class Instellingen:
    """What this SWV wants, or the defaults."""

    budgetmaanden: int = BUDGETMAANDEN
    betaaljaren: int = BETAALJAREN


def instellingen() -> Instellingen:
    """The settings of this SWV.  One query."""
    found = Overstapinstellingen.objects.values_list("budgetmaanden", "betaaljaren").first()
    return Instellingen(*found) if found else Instellingen()


def geval_van(overstap: Overstap) -> Geval:
    """The same case, with the fields of its own kind and with its pupil and schools.  One query."""
    if overstap.soort == Overstapsoort.TERUGPLAATSING:
        joined = ("tlv_plaats__school_verwijzend", "budgetplaats")
        return cast(Terugplaatsing, Terugplaatsing.objects.select_related(*_MET, *joined).get(pk=overstap.pk))
    confirmed = ("van_bevestigd_door", "naar_bevestigd_door")
    return cast(BaoBao, BaoBao.objects.select_related(*_MET, *confirmed).get(pk=overstap.pk))


def rollen_bij(overstap: Overstap, bereik: Bereik) -> frozenset[str]:
    """The roles that count for this case: of the SWV, and as a school that takes part."""
    van = bereik.rollen_bij(school=overstap.van_school_id)
    asked = overstap.gevraagde_school_id
    naar = bereik.rollen_bij(school=asked) if asked is not None else frozenset[Rol]()
    return rollen_voor(van=van, naar=naar) | (bereik.rollen & SWV_DOSSIER)


def stand_van(geval: Geval, *, vandaag: date, toelichting: str = "") -> terugplaatsing.Stand | baobao.Stand:
    """The facts of a case, for its workflow."""
    if isinstance(geval, BaoBao):
        return stand_baobao(geval, vandaag=vandaag, toelichting=toelichting)
    place = geval.tlv_plaats
    return terugplaatsing.Stand(
        vandaag=vandaag,
        tlv_begin=place.begin if place else None,
        naar_school=geval.naar_school_id is not None,
        overstap_op=geval.overstap_op,
        herkomst=geval.herkomst,
        tlv_van_ontvangende=kwam_van_ontvangende(geval),
        gesprek_op=geval.gesprek_op,
        aanwezig=frozenset(geval.aanwezig),
        afspraken=bool(geval.afspraken),
        toestemming_op=geval.toestemming_op,
        toelichting=toelichting,
    )


def stand_baobao(geval: BaoBao, *, vandaag: date, toelichting: str = "") -> baobao.Stand:
    return baobao.Stand(
        vandaag=vandaag,
        naar_school=geval.naar_school_id is not None,
        overstap_op=geval.overstap_op,
        toestemming_op=geval.toestemming_op,
        van_door=geval.van_bevestigd_door_id,
        naar_door=geval.naar_bevestigd_door_id,
        van_bevestigd=geval.van_bevestigd_op is not None,
        naar_bevestigd=geval.naar_bevestigd_op is not None,
        toelichting=toelichting,
    )


def kwam_van_ontvangende(geval: Terugplaatsing) -> bool:
    """Does the TLV say that the receiving school referred the pupil?"""
    place = geval.tlv_plaats
    return (
        place is not None
        and place.school_verwijzend_id is not None
        and place.school_verwijzend_id == geval.naar_school_id
    )


def eigen_scholen(bereik: Bereik, soort: str) -> list[tuple[int, str]]:
    """The schools for which this person may begin one of this kind: of this SWV, and of the kind that begins it."""
    mine = bereik.plaatsen(*SCHOOLROLLEN)
    rows = (
        School.objects.visible_to(bereik)
        .actief()
        .filter(pk__in=sorted(mine), soort__in=sorted(VAN[Overstapsoort(soort)]))
    )
    return list(rows.eigen_regio().order_by("naam", "pk").values_list("pk", "naam"))


def nieuwe_scholen(bereik: Bereik, soort: str, *, behalve: int = 0) -> list[tuple[int, str]]:
    """The regular schools of this SWV to which a pupil can go; their names are public.  Nobody without a role: none."""
    if not bereik.rollen:
        return []
    rows = School.objects.all().actief().eigen_regio().filter(soort__in=sorted(NAAR[Overstapsoort(soort)]), swv_code="")
    found = rows.exclude(pk=behalve).order_by("naam", "pk").values_list("pk", "naam", "plaats")
    return [(pk, f"{naam} ({plaats})" if plaats else naam) for pk, naam, plaats in found]


def tlv_plaats(nummer: str, school_id: int) -> Plaatsing | None:
    """The place with this TLV number at this school; of another school none is found.

    The number in the letter: ours, or of a plaatsingsakkoord that of the other SWV.  Of two with the same number of
    another SWV the newest counts.
    """
    number = nummer.strip()
    if not number:
        return None
    rows = Plaatsing.objects.filter(school_ontvangend_id=school_id, soort=str(Soort.TLV))
    found = rows.filter(Q(verwijzing__iexact=number) | Q(aanvraag__ander_tlvnummer__iexact=number))
    ours_first = Case(When(verwijzing__iexact=number, then=0), default=1)
    return found.select_related("aanvraag__leerling").order_by(ours_first, "-begin", "-pk").first()
