"""The capaciteitenlijst as parents read it, as a school fills it in, and as a task."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from kernen.domain.scholen import Schoolsoort
from kernen.models import School
from kernen.querysets import SchoolQuerySet
from ondersteuning.domain.capaciteit import (
    ALLE_SOORTEN,
    GROEPEN,
    SOORTEN,
    STANDNAMEN,
    Stand,
    geldig_tot,
    is_verouderd,
)
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.models import Capaciteit, Capaciteitenlijst
from ondersteuning.queries.stand import instellingen
from swv_portal.common.dates import dag_van
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.screens import Cel, Kolom, Status, Tabel, Toon, maak_tabel
from swv_portal.common.tasks import Taak

NIET_INGEVULD = "niet ingevuld"
#: In a group of which the school says nothing: eight columns have no room for more.
NIETS = "–"
TONEN: dict[str, Toon] = {
    Stand.PLAATS.value: "goed",
    Stand.IN_OVERLEG.value: "let_op",
    Stand.VOL.value: "fout",
}
HOOGSTENS = 50


@dataclass(frozen=True)
class Capaciteitfilter:
    """What parents filter on; empty means: everything.  ``groep``: only schools with room in that group."""

    gemeente: str = ""
    soort: str = ""
    groep: int | None = None
    school: int | None = None


def scholen_met_groepen() -> SchoolQuerySet:
    """The open schools of the own region that have groups 1 to 8."""
    return School.objects.actief().eigen_regio().filter(soort__in=sorted(ALLE_SOORTEN))


def mag_bijwerken(bereik: Bereik, school_id: int) -> bool:
    return bool(bereik.rollen_bij(school=school_id) & SCHOOL_EN_SWV)


def gefilterde_scholen(filters: Capaciteitfilter) -> "QuerySet[School]":
    """The schools of the public list, by name."""
    found: QuerySet[School] = scholen_met_groepen()
    if filters.gemeente:
        found = found.filter(gemeente=filters.gemeente)
    if filters.soort in SOORTEN:
        found = found.filter(soort__in=sorted(SOORTEN[filters.soort]))
    if filters.school:
        found = found.filter(pk=filters.school)
    if filters.groep:
        room = Capaciteit.objects.filter(lijst__school_id=OuterRef("pk"), groep=filters.groep, stand=Stand.PLAATS)
        found = found.filter(Exists(room))
    return found.order_by("naam", "vestigingscode")


def gemeenten() -> list[str]:
    """The gemeenten in which there is a school of the list.  One query."""
    named = scholen_met_groepen().exclude(gemeente="").order_by("gemeente")
    return list(named.values_list("gemeente", flat=True).distinct())


def verouderd_na() -> int:
    """After how many months a list is old, as this SWV chose.  One query."""
    return instellingen().capaciteit_maanden


def capaciteittabel(scholen: Iterable[School], bereik: Bereik, vandaag: date, maanden: int) -> Tabel:
    """Schools by groups; the name leads to the form for who may fill it in.  Two queries besides ``scholen``."""
    shown = list(scholen)
    rows = Capaciteitenlijst.objects.filter(school__in=[school.pk for school in shown])
    lists = {row.school_id: row for row in rows.prefetch_related("groepen")}
    columns: list[Kolom | str] = ["School", *(f"Gr. {groep}" for groep in GROEPEN), "Bijgewerkt"]
    cells = [_rij(school, lists.get(school.pk), bereik, vandaag, maanden) for school in shown]
    return maak_tabel(
        "Plaats per school en groep", columns, cells, leeg="Geen school past bij deze filters.", breed=True
    )


def _rij(
    school: School, lijst: Capaciteitenlijst | None, bereik: Bereik, vandaag: date, maanden: int
) -> list[Cel | Status | str]:
    url = reverse("ondersteuning:capaciteit_bijwerken", args=[school.pk]) if mag_bijwerken(bereik, school.pk) else ""
    told = ", ".join(each for each in ("" if school.soort == Schoolsoort.BAO else school.soort, school.plaats) if each)
    name = Cel(f"{school.naam} ({told})" if told else school.naam, url)
    if lijst is None or lijst.gewijzigd_op is None:
        return [name, *(NIETS for _ in GROEPEN), Status(NIET_INGEVULD)]
    groups = {row.groep: row for row in lijst.groepen.all()}
    texts = " ".join(f"Groep {row.groep}: {_met_punt(row.toelichting)}" for row in groups.values() if row.toelichting)
    changed = _bijgewerkt(lijst.gewijzigd_op, vandaag, maanden)
    return [replace(name, onder=texts), *(_stand(groups.get(groep)) for groep in GROEPEN), changed]


def _stand(rij: Capaciteit | None) -> Status | str:
    return Status(STANDNAMEN[rij.stand], TONEN[rij.stand]) if rij else NIETS


def _met_punt(tekst: str) -> str:
    return tekst if tekst.endswith((".", "!", "?")) else f"{tekst}."


def _bijgewerkt(moment: datetime, vandaag: date, maanden: int) -> Status | str:
    day = dag_van(moment)
    told = f"{day:%d-%m-%Y}"
    return Status(f"{told} (verouderd)", "let_op") if is_verouderd(day, vandaag, maanden) else told


def lijst_van(school: School) -> Capaciteitenlijst:
    """What a school said of its groups, or an empty list that is not stored yet.  One query."""
    return Capaciteitenlijst.objects.filter(school=school).first() or Capaciteitenlijst(school=school)


def begin_van(lijst: Capaciteitenlijst) -> dict[str, str | int]:
    """What the form begins with.  One query when the list is stored."""
    initial: dict[str, str | int] = {"versie": lijst.versie}
    for row in lijst.groepen.all() if lijst.pk else ():
        initial |= {f"stand_{row.groep}": row.stand, f"toelichting_{row.groep}": row.toelichting}
    return initial


def taken_capaciteit(bereik: Bereik, vandaag: date) -> list[Taak]:
    """A task per own school of which the list was never filled in, or is older than the term.  Two queries."""
    schools = bereik.plaatsen(Rol.SCHOOLDIRECTEUR)
    if not schools:
        return []
    changed = Capaciteitenlijst.objects.filter(school_id=OuterRef("pk")).values("gewijzigd_op")[:1]
    rows = scholen_met_groepen().filter(pk__in=sorted(schools)).annotate(bijgewerkt_op=changed).order_by("naam", "pk")
    found, months = [], verouderd_na()
    for pk, name, moment in rows.values_list("pk", "naam", "bijgewerkt_op")[:HOOGSTENS]:
        until = geldig_tot(dag_van(moment), months) if moment else None
        if until is None or until < vandaag:
            url = reverse("ondersteuning:capaciteit_bijwerken", args=[pk])
            found.append(Taak(f"Werk de capaciteit bij van {name}", url, until, soort="Capaciteit bijwerken"))
    return found
