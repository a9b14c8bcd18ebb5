"""Consulenten and their schools: who goes where, the agreements of a year and the visits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.consulenten import BEZOEKSOORTEN, TERUGKIJKEN_VANAF, UITKOMSTEN, mag_evalueren
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import (
    Consulentbezoek,
    Consulentschap,
    Jaarafspraak,
    Jaarafspraken,
    Leerling,
    Tlvinstellingen,
)
from swv_portal.access.models import User
from swv_portal.common.dates import Schooljaar, datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Status, Tabel, maak_tabel

GEEN = "nog geen"
VAN_DE_SCHOOL = "(consulent van de school)"
ZONDER = {"afspraken": "Zonder afspraken dit jaar", "bezoek": "Zonder bezoek dit jaar", "consulent": "Zonder consulent"}


def scholen_van(bereik: Bereik) -> "QuerySet[School]":
    """The open schools of the region for the SWV; for others those where they are IB'er or director."""
    rows = School.objects.actief().eigen_regio()
    if bereik.heeft(*SWV_DOSSIER):
        return rows
    return rows.filter(pk__in=sorted(bereik.plaatsen(*SCHOOLROLLEN)))


def loopt(vandaag: date) -> Q:
    """The assignments of ``vandaag``: from ``van`` up to, not including, ``tot``."""
    return Q(van__lte=vandaag) & (Q(tot__isnull=True) | Q(tot__gt=vandaag))


def consulent_van(school_id: int, vandaag: date) -> User | None:
    """The consulent of a school today, with an account that is open; one query."""
    found = _op_school(vandaag).filter(school_id=school_id).select_related("consulent").first()
    return found.consulent if found else None


def _op_school(vandaag: date) -> "QuerySet[Consulentschap]":
    return Consulentschap.objects.filter(loopt(vandaag), consulent__is_active=True)


def consulent_voor(leerling: Leerling, vandaag: date) -> User | None:
    """The consulent of a pupil: the own one, or that of the school.  At most one query."""
    if leerling.consulent is not None:
        return leerling.consulent
    return consulent_van(leerling.school_id, vandaag) if leerling.school_id is not None else None


def naam_van_schoolconsulent(vandaag: date) -> Subquery:
    """The name of the consulent of the school of a row of pupils, for in the query of these rows."""
    name = Coalesce(NullIf("consulent__naam", Value("")), "consulent__email", output_field=CharField())
    return Subquery(_op_school(vandaag).filter(school_id=OuterRef("school_id")).values_list(name)[:1])


def consulent_in_woorden(leerling: Leerling, schoolconsulent: str | None) -> str:
    """Who it is, as ``consulent_voor``, and whether that is because of the school."""
    if leerling.consulent is not None:
        return str(leerling.consulent)
    return f"{schoolconsulent} {VAN_DE_SCHOOL}" if schoolconsulent else "nog niemand"


@dataclass(frozen=True)
class Schoolfilter:
    """What the overview is filtered on; ``zonder`` is one of ``ZONDER``."""

    schooljaar: Schooljaar
    consulent: int | None = None
    zonder: str = ""


def gefilterde_scholen(bereik: Bereik, filters: Schoolfilter, vandaag: date) -> "QuerySet[School]":
    """The schools of the overview by name, each with its consulent, agreements and visits of the school year."""
    year = filters.schooljaar
    now = Consulentschap.objects.filter(loopt(vandaag), school_id=OuterRef("pk"))
    visits = Consulentbezoek.objects.filter(
        school_id=OuterRef("pk"), datum__gte=year.eerste_dag, datum__lte=year.laatste_dag
    ).order_by()
    agreed = Jaarafspraken.objects.filter(school_id=OuterRef("pk"), schooljaar=year.begin)
    rows = scholen_van(bereik).annotate(
        consulent_id=Subquery(now.values("consulent_id")[:1]),
        consulent_naam=Subquery(now.values("consulent__naam")[:1]),
        bezoeken=Subquery(visits.values("school_id").annotate(n=Count("pk")).values("n")[:1]),
        laatste_bezoek=Subquery(visits.values("school_id").annotate(d=Max("datum")).values("d")[:1]),
        heeft_afspraken=Exists(agreed),
        school_terug_op=Subquery(agreed.values("school_terug_op")[:1]),
        consulent_terug_op=Subquery(agreed.values("consulent_terug_op")[:1]),
    )
    if filters.consulent:
        rows = rows.filter(consulent_id=filters.consulent)
    if filters.zonder == "afspraken":
        rows = rows.filter(heeft_afspraken=False)
    elif filters.zonder == "bezoek":
        rows = rows.filter(bezoeken__isnull=True)
    elif filters.zonder == "consulent":
        rows = rows.filter(consulent_id__isnull=True)
    return rows.order_by("naam", "vestigingscode")


KOLOMMEN = ("School", "Consulent", "Afspraken", "Teruggekeken", "Bezoeken", "Laatste bezoek")


def schooltabel(scholen: Iterable[School], jaar: Schooljaar) -> Tabel:
    """The overview of schools.  ``scholen`` comes from ``gefilterde_scholen``; no queries of its own."""
    query = f"?schooljaar={jaar}"
    rows = []
    for school in scholen:
        values = vars(school)
        rows.append(
            [
                Cel(school.naam, reverse("ondersteuning:consulent_school", args=[school.pk]) + query),
                values["consulent_naam"] or Status(GEEN, "let_op"),
                Status("gemaakt", "goed") if values["heeft_afspraken"] else Status(GEEN, "let_op"),
                _teruggekeken(values["school_terug_op"], values["consulent_terug_op"]),
                str(values["bezoeken"] or 0),
                datum(values["laatste_bezoek"]) if values["laatste_bezoek"] else Status(GEEN, "let_op"),
            ]
        )
    return maak_tabel(f"Scholen en hun consulent in {jaar}", KOLOMMEN, rows, leeg="Geen school past bij deze filters.")


def _teruggekeken(school: date | None, consulent: date | None) -> str:
    who = [name for name, day in (("school", school), ("consulent", consulent)) if day is not None]
    return " en ".join(who) or "–"


def tellingen(bereik: Bereik, jaar: Schooljaar, vandaag: date) -> dict[str, int]:
    """How many schools, and how many without consulent, agreements or visit this year.  One query."""
    rows = gefilterde_scholen(bereik, Schoolfilter(jaar), vandaag).order_by()
    found: dict[str, int] = rows.aggregate(
        scholen=Count("pk"),
        consulent=Count("pk", filter=Q(consulent_id__isnull=True)),
        afspraken=Count("pk", filter=Q(heeft_afspraken=False)),
        bezoek=Count("pk", filter=Q(bezoeken__isnull=True)),
    )
    return found


def namen_van_consulenten(vandaag: date) -> list[tuple[int, str]]:
    """Who is the consulent of a school today, by name.  One query."""
    rows = Consulentschap.objects.filter(loopt(vandaag)).order_by("consulent__naam")
    return list(dict.fromkeys(rows.values_list("consulent_id", "consulent__naam")))


@dataclass(frozen=True)
class Terugblik:
    """How one side looks back on an agreement."""

    wie: str
    uitkomst: str
    toelichting: str


@dataclass(frozen=True)
class Afspraakregel:
    """One agreement of the year as a page shows it."""

    nummer: int
    tekst: str
    doel: str
    wanneer: str
    terug: tuple[Terugblik, ...]


@dataclass(frozen=True)
class Schoolpagina:
    """Everything that the page of a school and its consulent prints, of one school year."""

    school: School
    jaar: Schooljaar
    gegevens: list[Gegeven]
    afspraken: list[Afspraakregel]
    bezoeken: Tabel
    mag_schrijven: bool
    terugkijken: str


def afspraken_van(school_id: int, jaar: Schooljaar) -> Jaarafspraken:
    """The agreements of a school for a year, or an empty set that is not stored yet.  One query."""
    found = Jaarafspraken.objects.filter(school_id=school_id, schooljaar=jaar.begin).first()
    return found or Jaarafspraken(school_id=school_id, schooljaar=jaar.begin)


def terugkijken_vanaf() -> str:
    """From which day (dd-mm) this SWV looks back on the agreements of a year.  One query."""
    return Tlvinstellingen.objects.values_list("terugkijken_vanaf", flat=True).first() or TERUGKIJKEN_VANAF


def regels_van(afspraken: Jaarafspraken) -> list[Jaarafspraak]:
    """The agreements in their order; none when they are not stored yet."""
    return list(afspraken.regels.all()) if afspraken.pk else []


def kant_van(bereik: Bereik, school_id: int) -> str:
    """From which side this person looks back: ``school`` at the own school, else ``consulent`` (the SWV)."""
    return "school" if school_id in bereik.plaatsen(*SCHOOLROLLEN) else "consulent"


def schoolpagina(school: School, bereik: Bereik, jaar: Schooljaar, vandaag: date) -> Schoolpagina:
    """The page of one school.  Five queries."""
    consulent, stored = consulent_van(school.pk, vandaag), afspraken_van(school.pk, jaar)
    rows = regels_van(stored)
    writes = bereik.heeft(*SWV_DOSSIER)
    side = kant_van(bereik, school.pk)
    open_now = bool(rows) and mag_evalueren(jaar, vandaag, vanaf=terugkijken_vanaf()) is None
    return Schoolpagina(
        school=school,
        jaar=jaar,
        gegevens=[
            Gegeven("Consulent", str(consulent) if consulent else ""),
            Gegeven("Schooljaar", str(jaar)),
            Gegeven("School keek terug op", datum(stored.school_terug_op) if stored.school_terug_op else "nog niet"),
            Gegeven(
                "Consulent keek terug op", datum(stored.consulent_terug_op) if stored.consulent_terug_op else "nog niet"
            ),
        ],
        afspraken=[_regel(row) for row in rows],
        bezoeken=_bezoeken(school.pk, jaar, writes),
        mag_schrijven=writes,
        terugkijken=side if open_now else "",
    )


def _regel(row: Jaarafspraak) -> Afspraakregel:
    told = (
        Terugblik("De school", row.school_uitkomst, row.school_toelichting),
        Terugblik("De consulent", row.consulent_uitkomst, row.consulent_toelichting),
    )
    return Afspraakregel(
        row.volgnummer,
        row.tekst,
        row.doel,
        datum(row.uiterlijk) if row.uiterlijk else "",
        tuple(Terugblik(each.wie, UITKOMSTEN[each.uitkomst], each.toelichting) for each in told if each.uitkomst),
    )


def _bezoeken(school_id: int, jaar: Schooljaar, schrijft: bool) -> Tabel:
    """The visits of a year, newest first.  The date leads to the form for who may write."""
    rows = Consulentbezoek.objects.filter(
        school_id=school_id, datum__gte=jaar.eerste_dag, datum__lte=jaar.laatste_dag
    ).annotate(naam=F("consulent__naam"))
    cells = [
        [
            Cel(datum(row.datum), reverse("ondersteuning:bezoek", args=[row.pk]) if schrijft else ""),
            vars(row)["naam"] or "een verwijderd account",
            BEZOEKSOORTEN[row.soort],
            row.onderwerpen,
            row.vervolg or "–",
        ]
        for row in rows
    ]
    return maak_tabel(
        f"Bezoeken in {jaar}",
        ("Datum", "Wie", "Soort", "Waar het over ging", "Wat er nu gebeurt"),
        cells,
        leeg="Er is dit schooljaar nog geen bezoek opgeschreven.",
    )
