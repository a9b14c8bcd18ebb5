"""The dossier of one pupil as its page shows it: prepared text, with what the reader may do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ondersteuning.domain.aanvraag import CONCEPT
from ondersteuning.domain.betaler import BETAALREDENNAMEN
from ondersteuning.domain.fase import FASEN, UITLEG
from ondersteuning.domain.leerling import DOCUMENTSOORTEN, Documentsoort
from ondersteuning.domain.leerling import bewaren_tot as laatste_dag
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Aanvraag, Faseovergang, Leerling, Leerlingdocument, Schoolperiode
from ondersteuning.queries.bewaren import looptijden
from ondersteuning.queries.consulenten import consulent_in_woorden, naam_van_schoolconsulent
from ondersteuning.queries.dubbelen import dubbelen
from ondersteuning.queries.leerlingacties import Leerlingactie, leerlingacties
from ondersteuning.queries.leerlinglijst import NOG_NIET
from ondersteuning.queries.procedures import Procedureregel, procedures_van
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Kijker, Stap, Status, Tabel, maak_tabel
from swv_portal.jobs.models import Document

#: In the place of the reference of an application outside the reach of the reader.
NIET_TE_ZIEN = "een aanvraag die u niet ziet"


@dataclass(frozen=True)
class Documentregel:
    """A document of the dossier.  Without ``sleutel`` it can not be fetched (yet); ``vast``: it went out already."""

    pk: int
    naam: str
    wat: str
    sleutel: str
    stand: Status | None
    vast: bool


@dataclass(frozen=True)
class Leerlingdossier:
    """Everything that the page of a pupil prints."""

    leerling: Leerling
    titel: str
    fasen: list[Stap]
    uitleg: str
    overgangen: Tabel
    samenvatting: list[Gegeven]
    scholen: Tabel
    gezag: list[list[Gegeven]]
    procedures: list[Procedureregel]
    documenten: list[Documentregel]
    dubbelen: list[tuple[int, str]]
    bewaren: str
    kijkers: list[Kijker]
    is_swv: bool
    is_school: bool
    mag_aanvragen: bool
    acties: list[Leerlingactie]


def leerlingdossiers(bereik: Bereik, vandaag: date) -> "QuerySet[Any]":
    """The pupils within reach, with what belongs to a dossier: a fixed number of queries."""
    return (
        Leerling.objects.visible_to(bereik)
        .select_related("school", "consulent")
        .prefetch_related(
            "gezagsdragers",
            Prefetch("schoolperioden", Schoolperiode.objects.select_related("school")),
            Prefetch("faseovergangen", _overgangen_voor(bereik)),
            Prefetch("documenten", documenten_met_aanvragen(bereik)),
        )
        .annotate(schoolconsulent=naam_van_schoolconsulent(vandaag))
    )


def _overgangen_voor(bereik: Bereik) -> "QuerySet[Faseovergang]":
    """The changes of phase with ``leesbaar``: what the reason tells of is within reach."""
    seen = Aanvraag.objects.visible_to(bereik).filter(pk=OuterRef("aanvraag_id"))
    return Faseovergang.objects.select_related("door").annotate(leesbaar=Q(aanvraag__isnull=True) | Exists(seen))


def documenten_met_aanvragen(bereik: Bereik) -> "QuerySet[Leerlingdocument]":
    """Documents with the applications they go with.

    ``kenmerken`` are those within reach, ``buiten``: there is another one; ``vast``: one of all went to its parties.
    """
    chosen = Aanvraag.objects.filter(leerlingdocumenten=OuterRef("pk")).order_by("pk")
    seen = Aanvraag.objects.visible_to(bereik).values("pk")
    return Leerlingdocument.objects.select_related("document").annotate(
        kenmerken=ArraySubquery(chosen.filter(pk__in=seen).values("kenmerk")),
        buiten=Exists(chosen.exclude(pk__in=seen)),
        vast=Exists(chosen.exclude(staat=CONCEPT)),
    )


def kiesbare_documenten(bereik: Bereik, aanvraag: Aanvraag) -> "QuerySet[Leerlingdocument]":
    """The documents that this person can choose with an application, and those that go with it already.

    Who does the application sees no documents of a pupil who went to another school in the meantime.
    """
    chosen = Leerlingdocument.aanvragen.through.objects.filter(aanvraag_id=aanvraag.pk)
    return documenten_met_aanvragen(bereik).filter(
        Q(leerling__in=Leerling.objects.visible_to(bereik)) | Q(pk__in=chosen.values("leerlingdocument_id")),
        leerling_id=aanvraag.leerling_id,
    )


def leerlingdossier(leerling: Any, bereik: Bereik) -> Leerlingdossier:
    """The page of one pupil.  ``leerling`` comes from ``leerlingdossiers``."""
    roles = bereik.rollen_bij(school=leerling.school_id)
    lines = procedures_van(bereik, [leerling.pk]).get(leerling.pk, [])
    is_school = bool(roles & SCHOOLROLLEN)
    running = any(line.loopt and line.aanvraag for line in lines)
    return Leerlingdossier(
        leerling=leerling,
        titel=leerling.naam or f"Dossier {leerling.pk}",
        fasen=fasestappen(leerling.fase),
        uitleg=UITLEG[leerling.fase],
        overgangen=_overgangen(leerling),
        samenvatting=[*samenvatting(leerling), *(_betaler(leerling) if roles & SWV_DOSSIER else [])],
        scholen=_scholen(leerling),
        gezag=[gezagsregels(person) for person in leerling.gezagsdragers.all()],
        procedures=lines,
        documenten=[documentregel(row) for row in leerling.documenten.all()],
        dubbelen=dubbelen(bereik, leerling),
        bewaren=_bewaren(leerling),
        kijkers=kijkers(leerling),
        is_swv=bool(roles & SWV_DOSSIER),
        is_school=is_school,
        mag_aanvragen=is_school and not running,
        acties=leerlingacties(leerling, bereik, lines),
    )


def fasestappen(fase: str) -> list[Stap]:
    """The five phases in their order; those before the present one are not always passed, so none is called done."""
    return [Stap(name, "", "nu" if code == fase else "later") for code, name in FASEN.items()]


def samenvatting(leerling: Any) -> list[Gegeven]:
    """The facts on top of the dossier."""
    born = leerling.geboortedatum
    return [
        Gegeven("Voornamen", leerling.voornamen),
        Gegeven("Achternaam", leerling.achternaam),
        Gegeven("Geboortedatum", lange_datum(date.fromisoformat(born)) if born else ""),
        Gegeven("School", leerling.school.naam if leerling.school else NOG_NIET),
        Gegeven("Groep", leerling.groep),
        Gegeven("Postcode van het woonadres", leerling.woon_pc4),
        Gegeven("Consulent", consulent_in_woorden(leerling, leerling.schoolconsulent)),
    ]


def _betaler(leerling: Any) -> list[Gegeven]:
    """For the SWV: what stayed of an application by which it pays a referral, when that was destroyed."""
    if leerling.swv_betaalt_sinds is None:
        return []
    since, why = lange_datum(leerling.swv_betaalt_sinds), BETAALREDENNAMEN[leerling.swv_betaalt_reden]
    told = f"het samenwerkingsverband, sinds {since}: {why}. Het begon met aanvraag {leerling.swv_betaalt_kenmerk}."
    return [Gegeven("Wie betaalt een verwijzing", told)]


def gezagsregels(persoon: Any) -> list[Gegeven]:
    """One person with custody."""
    return [
        Gegeven("Naam", persoon.naam),
        Gegeven("Relatie tot de leerling", persoon.relatie),
        Gegeven("E-mailadres", persoon.email),
        Gegeven("Telefoonnummer", persoon.telefoon),
    ]


def _scholen(leerling: Leerling) -> Tabel:
    rows: list[list[Cel | Status | str]] = [
        [
            period.school.naam if period.school else NOG_NIET,
            datum(period.van),
            datum(period.tot) if period.tot else "nu",
        ]
        for period in leerling.schoolperioden.all()
    ]
    return maak_tabel("Scholen", ["School", "Vanaf", "Tot"], rows, leeg="De periode op deze school is niet bekend.")


def _overgangen(leerling: Leerling) -> Tabel:
    changes: Any = leerling.faseovergangen.all()
    rows: list[list[Cel | Status | str]] = [
        [
            FASEN[change.fase],
            datum(change.op),
            (change.reden or "–") if change.leesbaar else f"{NIET_TE_ZIEN.capitalize()}.",
            str(change.door) if change.door else "het portaal",
        ]
        for change in changes
    ]
    return maak_tabel("Hoe de fase veranderde", ["Fase", "Sinds", "Reden", "Wie"], rows)


def documentregel(rij: Any) -> Documentregel:
    """A row of ``documenten_met_aanvragen`` with where it stands: being scanned, refused, part of an application."""
    state = rij.document.staat
    standing = {
        Document.Staat.QUARANTAINE: Status("wordt gecontroleerd op virussen", "bezig"),
        Document.Staat.GEWEERD: Status("geweerd: er zit een virus in", "fout"),
    }.get(Document.Staat(state))
    what = [f"{DOCUMENTSOORTEN[Documentsoort(rij.soort)]}, {lange_datum(rij.datum)}"]
    if rij.kenmerken:
        what.append(f"bij aanvraag {', '.join(rij.kenmerken)}")
    if rij.buiten:
        what.append(f"bij {NIET_TE_ZIEN}")
    return Documentregel(
        pk=rij.pk,
        naam=rij.document.naam,
        wat="; ".join(what),
        sleutel=str(rij.document.sleutel) if state == Document.Staat.GOED else "",
        stand=standing,
        vast=rij.vast,
    )


def _bewaren(leerling: Leerling) -> str:
    """Until when this dossier is kept, as things are now."""
    terms = looptijden([leerling.pk]).get(leerling.pk, [])
    until = laatste_dag(gewijzigd_op=leerling.gewijzigd_op, procedures=terms)
    if until is None:
        return "Er loopt nog iets. Na het einde van de laatste procedure bewaren wij dit dossier drie jaar."
    why = "drie jaar na het einde van de laatste procedure" if terms else "drie jaar na de laatste wijziging"
    return f"Tot en met {lange_datum(until)}: {why}. Daarna vernietigen wij het."


def kijkers(leerling: Leerling) -> list[Kijker]:
    """Who sees this dossier now, and what of it."""
    found = []
    if leerling.school is not None:
        found.append(Kijker(f"IB'er en directeur van {leerling.school.naam}", "het hele dossier"))
    found.append(
        Kijker(
            "Medewerkers van het samenwerkingsverband die aanvragen behandelen",
            "het hele dossier; lezen komt in de tijdlijn",
        )
    )
    former = {
        period.school.naam
        for period in leerling.schoolperioden.all()
        if period.school is not None and period.school_id != leerling.school_id
    }
    found += [Kijker(name, "alleen wat deze school zelf aanvroeg") for name in sorted(former)]
    rows: Any = leerling.documenten.all()
    shared = sorted({reference for row in rows for reference in row.kenmerken})
    applications = [f"aanvraag {', '.join(shared)}"] if shared else []
    applications += [NIET_TE_ZIEN] if any(row.buiten for row in rows) else []
    chosen = "alleen de documenten die de school bij de aanvraag koos"
    return [*found, *(Kijker(f"Wie meedoet aan {which}", chosen) for which in applications)]
