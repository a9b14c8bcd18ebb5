"""The members of the algemene vergadering, and what is asked of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.urls import reverse

from kernen.models import Roltoekenning
from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BESLOTEN,
    INGEDIEND,
    INGETROKKEN,
    LOPEND,
    TOEGEKEND,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import OP_BASISSCHOOL
from ondersteuning.domain.tlv_bao import ANDERE_ROUTE, is_toegekend, mag_verlengen, verlengen_vanaf, vraagt_leden
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Herinnering
from swv_portal.common.dates import Schooljaar, datum, lange_datum
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.screens import Gegeven, Kijker, Status
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak
from swv_portal.common.workflow import Refusal

HOOGSTENS = 200
#: What the timeline says of a member.  Outside the SWV nobody reads which member that was.
LID_LAS = "Heeft als lid van de algemene vergadering de onderbouwing gelezen."
LID_ADVISEERDE = "Heeft als lid van de algemene vergadering advies gegeven."
LID_LAS_SOORT = "aanvraag.gelezen_door_lid"
LID_ADVISEERDE_SOORT = "aanvraag.bestuursadvies"
NAMENS_EEN_LID = dict.fromkeys((LID_LAS_SOORT, LID_ADVISEERDE_SOORT), "een lid van de algemene vergadering")


def leden_van(aanvraag: Aanvraag) -> list[Bestuursadvies]:
    """Who was asked for advice on this application, with what they said.  Asked once, and only where members advise."""
    if not vraagt_leden(aanvraag.de_route):
        return []
    reminded = Herinnering.objects.filter(advies_id=OuterRef("pk")).order_by("-op").values("op")[:1]
    rows = Bestuursadvies.objects.select_related("lid__bestuur", "lid__user").annotate(herinnerd=Subquery(reminded))
    prefetch_related_objects([aanvraag], Prefetch("bestuursadviezen", rows))
    return list(aanvraag.bestuursadviezen.all())


def naam_van(lid: AvLid) -> str:
    """A member as the SWV knows it: person and board."""
    return f"{lid.user or 'een verwijderd account'}, {lid.bestuur.naam}"


def regels(aanvraag: Aanvraag, *, met_namen: bool) -> list[Gegeven]:
    """What the members said; outside the SWV without who said what."""
    found = []
    for number, each in enumerate(leden_van(aanvraag), start=1):
        label = naam_van(each.lid) if met_namen else f"Lid {number}"
        if each.gegeven_op is None:
            last = vars(each)["herinnerd"]
            reminded = f", herinnerd op {datum(last)}" if last else ""
            found.append(Gegeven(label, f"gevraagd op {datum(each.gevraagd_op)}{reminded}, nog geen antwoord"))
        else:
            answer = "ja" if each.steunt else "nee"
            found.append(Gegeven(label, f"{answer}, {lange_datum(each.gegeven_op)}: {each.tekst}"))
    return found


def kijkers(aanvraag: Aanvraag) -> list[Kijker]:
    """The members who read it for their advice; of which boards they are, only the SWV knows."""
    asked = len(leden_van(aanvraag)) if aanvraag.staat == INGEDIEND else 0
    if not asked:
        return []
    who, whose = ("Een lid", "een ander bestuur") if asked == 1 else ("Twee leden", "andere besturen")
    what = "de onderbouwing, zonder naam van de leerling en de ouders; lezen komt in de tijdlijn"
    return [Kijker(f"{who} van de algemene vergadering, van {whose}", what)]


def te_kiezen(bereik: Bereik, *, zorgplicht: int | None, gegeven: Collection[int] = ()) -> list[tuple[int, str]]:
    """The members who can be asked, as key and name: not of the board that has the zorgplicht.

    Who gave advice (``gegeven``) stays a choice after leaving the list.
    """
    known = AvLid.objects.visible_to(bereik).select_related("bestuur", "user").exclude(user__isnull=True)
    rows = known.filter(Q(gestopt_op__isnull=True) | Q(pk__in=list(gegeven)))
    return [(each.pk, naam_van(each)) for each in rows.exclude(bestuur_id=zorgplicht)]


def bestuurders(vandaag: date) -> list[tuple[str, str]]:
    """Everybody who can become a member: who runs a board today, as 'user-board' and name.  Not yet on the list."""
    known = set(AvLid.objects.filter(gestopt_op__isnull=True).values_list("user_id", "bestuur_id"))
    rows = Roltoekenning.objects.op(vandaag).filter(rol=Rol.SCHOOLBESTUURDER, user__is_active=True)
    found = {
        (row.user_id, row.bestuur_id): f"{row.user}, {row.bestuur}" for row in rows.select_related("user", "bestuur")
    }
    return sorted(
        ((f"{user}-{board}", name) for (user, board), name in found.items() if (user, board) not in known),
        key=lambda choice: choice[1].casefold(),
    )


def weigering_verlengen(aanvraag: Aanvraag, vandaag: date) -> Refusal | None:
    """Why another school year can not be asked for now; ``None``: it can.

    Codes: ``route``, and those of ``mag_verlengen``.
    """
    if not is_toegekend(aanvraag.de_route, aanvraag.staat):
        return ANDERE_ROUTE
    return mag_verlengen(
        aanvraag.geldig_tot,
        al_verlengd=Aanvraag.objects.filter(vorige=aanvraag, staat=TOEGEKEND).exists(),
        loopt_al=aanvraag.leerling.aanvragen.filter(staat__in=sorted(LOPEND)).exists(),
        vandaag=vandaag,
    )


@dataclass(frozen=True)
class Gevraagd:
    """One row of a member's own list."""

    pk: int
    kenmerk: str
    bestuur: str
    gevraagd: str
    status: Status


def mijn_adviezen(bereik: Bereik) -> "QuerySet[Bestuursadvies]":
    """What was asked of this person: open, or answered as long as the dossier is there."""
    rows = Bestuursadvies.objects.visible_to(bereik).select_related("aanvraag__verwijzende_school__bestuur")
    shown = {INGEDIEND, AANVULLING, WORDT_VERSTUURD} | BESLOTEN
    return rows.filter(aanvraag__staat__in=sorted(shown)).order_by("gegeven_op", "-pk")


def mijn_lijst(bereik: Bereik) -> list[Gevraagd]:
    """The own list of a member, what is open first; of a large SWV that is some dozens."""
    found = []
    for each in mijn_adviezen(bereik).order_by("-gegeven_op", "gevraagd_op")[:HOOGSTENS]:
        school = each.aanvraag.verwijzende_school
        open_now = each.gegeven_op is None
        if open_now and each.aanvraag.staat != INGEDIEND:
            continue
        found.append(
            Gevraagd(
                each.pk,
                each.aanvraag.kenmerk,
                school.bestuur.naam if school else "",
                datum(each.gevraagd_op),
                Status("uw advies is gevraagd", "let_op") if open_now else Status("advies gegeven", "goed"),
            )
        )
    return found


def vraag_bestuursadvies(bereik: Bereik) -> Iterator[Taakvraag]:
    """The advice that this person still gives."""
    if not bereik.heeft(Rol.SCHOOLBESTUURDER):
        return
    rows = Bestuursadvies.objects.visible_to(bereik).filter(
        lid__user_id=bereik.user_id or 0, gegeven_op__isnull=True, aanvraag__staat=INGEDIEND
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk in found:
            url = reverse("ondersteuning:bestuursadvies", args=[pk])
            yield Taak(f"Geef advies bij aanvraag {kenmerk}", url, soort="Advies als lid van de AV")

    yield Taakvraag(rows.order_by("gevraagd_op", "pk"), ("pk", "aanvraag__kenmerk"), taken, HOOGSTENS)


def vraag_nog_een_jaar(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """From 1 June: the TLV's at this school of which the school year ends, and that nobody continued."""
    schools = bereik.plaatsen(*SCHOOLROLLEN)
    until = Schooljaar.van(vandaag).laatste_dag
    if not schools or vandaag < verlengen_vanaf(until):
        return
    next_one = Aanvraag.objects.filter(vorige_id=OuterRef("pk")).exclude(staat=INGETROKKEN)
    rows = Aanvraag.objects.visible_to(bereik).filter(
        verwijzende_school_id__in=sorted(schools), route__in=OP_BASISSCHOOL, staat=TOEGEKEND, geldig_tot=until
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for pk, kenmerk, ends in found:
            title = f"Blijft het extra budget van {kenmerk} nodig? Vraag nog een schooljaar aan"
            yield Taak(title, reverse("ondersteuning:nog_een_jaar", args=[pk]), ends, soort="TLV op de basisschool")

    fields = ("pk", "kenmerk", "geldig_tot")
    open_now = rows.exclude(Exists(next_one)).order_by("pk")
    yield Taakvraag(open_now, fields, taken, HOOGSTENS, frozenset({"geldig_tot"}))
