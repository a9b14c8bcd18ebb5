"""One case of absence as its page shows it: prepared text."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from ondersteuning.domain.aanwezigheid import (
    AANPAK,
    AANPAK_UITLEG,
    DEFINITIE_UITLEG,
    DEFINITIENAMEN,
    EINDES,
    OORZAKEN,
    SOORTNAMEN,
    Alarm,
    alarmdag,
    definities,
    is_leerplichtig,
    meldplicht,
)
from ondersteuning.domain.verzuimmelding import AFGESLOTEN, GEMELD, HEROPEND, MELDING, OPEN, Afsluiting
from ondersteuning.models import Verzuimactie, Verzuimmelding, Zorgplichtbesluit
from ondersteuning.queries.aanwezigheid import alarm_in_woorden, alarmstatus, duur, verzuimstatus
from ondersteuning.queries.leerlingen import leerling_url
from ondersteuning.queries.verzuim import eigen_verzuimscholen, geboren, is_swv, verzuim_van, verzuimrollen
from swv_portal.common.dates import datum, datum_met_afstand, lange_datum
from swv_portal.common.money import dutch_shortest
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Gegeven, Kijker, Stap, Status, maak_stappen
from swv_portal.common.workflow import Option


@dataclass(frozen=True)
class Definitieregel:
    naam: str
    uitleg: str
    status: Status


@dataclass(frozen=True)
class Actieregel:
    """An action: what, who, when; ``te_doen`` as long as it was not done."""

    pk: int
    wat: str
    wie: str
    wanneer: str
    te_doen: bool
    overleg: str


@dataclass(frozen=True)
class Stapregel:
    """One of the six steps, with what was agreed in it."""

    naam: str
    uitleg: str
    nu: bool
    acties: list[Actieregel]


@dataclass(frozen=True)
class Besluitregel:
    """What the board table decided."""

    regels: list[Gegeven]
    motivering: str


@dataclass(frozen=True)
class Verzuimpagina:
    """Everything that the page of a case prints."""

    melding: Verzuimmelding
    titel: str
    status: Status
    alarm: Status | None
    aan_zet: str
    samenvatting: list[Gegeven]
    verzuim: list[Gegeven]
    definities: list[Definitieregel]
    nog_melden: str
    balk: list[Stap]
    stap: int
    stappen: list[Stapregel]
    besluiten: list[Besluitregel]
    kijkers: list[Kijker]
    stappen_swv: list[Option]
    mag_afsluiten: bool
    is_open: bool
    is_swv: bool
    is_school: bool
    leerling_url: str


def meldingen(bereik: Bereik) -> "QuerySet[Verzuimmelding]":
    """The cases within reach with everything that their page shows: a fixed number of queries."""
    decisions = Zorgplichtbesluit.objects.select_related("school").prefetch_related("besturen")
    return (
        Verzuimmelding.objects.visible_to(bereik)
        .select_related("leerling", "school", "zorgplicht_school", "consulent", "gemeld_door")
        .prefetch_related("acties", Prefetch("zorgplichtbesluiten", decisions))
    )


def verzuimpagina(melding: Verzuimmelding, bereik: Bereik, *, vandaag: date) -> Verzuimpagina:
    """The page of one case.  ``melding`` comes from ``meldingen(bereik)``."""
    roles = verzuimrollen(melding, bereik)
    facts = Afsluiting(melding.eerste_dag, "", None, "", vandaag)
    options = MELDING.options(melding.staat, roles, facts)
    step = list(AANPAK).index(melding.aanpak) + 1
    return Verzuimpagina(
        melding=melding,
        titel=melding.leerling.naam or "Leerling zonder naam",
        status=verzuimstatus(melding.staat),
        alarm=alarm_in_woorden(
            alarmstatus(melding.eerste_dag, melding.staat, vandaag, dagen_per_week=melding.dagen_per_week)
        ),
        aan_zet=_aan_zet(melding),
        samenvatting=_samenvatting(melding, vandaag),
        verzuim=_verzuim(melding, vandaag),
        definities=definitieregels(melding, vandaag),
        nog_melden=_nog_melden(melding),
        balk=maak_stappen(list(AANPAK.values()), step, klaar=range(1, step)),
        stap=step,
        stappen=stapregels(melding, vandaag),
        besluiten=[_besluit(decision) for decision in melding.zorgplichtbesluiten.all()],
        kijkers=_kijkers(melding),
        stappen_swv=[option for option in options if option.transition.naam != "sluit_af"],
        mag_afsluiten=any(option.transition.naam == "sluit_af" for option in options),
        is_open=melding.staat in OPEN,
        is_swv=is_swv(bereik),
        is_school=melding.school_id in eigen_verzuimscholen(bereik),
        leerling_url=leerling_url(melding.leerling, bereik),
    )


def _aan_zet(melding: Verzuimmelding) -> str:
    """Who acts now, in a sentence; empty once it is closed."""
    if melding.staat == AFGESLOTEN:
        return ""
    if melding.staat in {GEMELD, HEROPEND}:
        again = " opnieuw" if melding.staat == HEROPEND else ""
        return f"Het samenwerkingsverband neemt deze melding{again} in behandeling."
    who = str(melding.consulent) if melding.consulent else "Nog niemand van het samenwerkingsverband"
    return f"De school en het samenwerkingsverband voeren de acties uit. {who} volgt de leerling."


def _samenvatting(melding: Verzuimmelding, vandaag: date) -> list[Gegeven]:
    lines = [
        Gegeven("School", melding.school.naam),
        Gegeven("Gemeld op", datum(melding.gemeld_op)),
        Gegeven("Gemeld door", str(melding.gemeld_door or "een verwijderd account")),
        Gegeven("Consulent", str(melding.consulent) if melding.consulent else "nog niemand"),
    ]
    if melding.zorgplicht_school is not None:
        lines.append(Gegeven("Zorgplicht", melding.zorgplicht_school.naam))
    if melding.staat in OPEN and melding.dagen_per_week:
        for label, alarm in (("Vier weken", Alarm.VIER_WEKEN), ("Drie maanden", Alarm.DRIE_MAANDEN)):
            day = alarmdag(melding.eerste_dag, alarm)
            lines.append(Gegeven(label, datum_met_afstand(day, vandaag) if day >= vandaag else f"sinds {datum(day)}"))
    if melding.einde_op is not None:
        lines += [
            Gegeven("Niet meer afwezig vanaf", datum(melding.einde_op)),
            Gegeven("Hoe het eindigde", EINDES[melding.einde_soort]),
        ]
    if melding.bewaren_tot is not None:
        lines.append(Gegeven("Deze melding bewaren wij tot en met", lange_datum(melding.bewaren_tot)))
    return lines


def _verzuim(melding: Verzuimmelding, vandaag: date) -> list[Gegeven]:
    born = geboren(melding.leerling)
    compulsory = "ja" if is_leerplichtig(born, vandaag) else "nee"
    days = dutch_shortest(melding.dagen_per_week)
    lines = [
        Gegeven("Geboortedatum", lange_datum(born) if born else "nog niet ingevuld"),
        Gegeven("Leerplichtig", compulsory if born else "niet bekend, want de geboortedatum ontbreekt"),
        Gegeven("Soort verzuim", SOORTNAMEN[melding.soort]),
        Gegeven("Vrijstelling van de leerplicht", "ja" if melding.vrijstelling else "nee"),
        Gegeven("Afwezig sinds", duur(melding.eerste_dag, melding.einde_op, vandaag)),
        Gegeven("Laatste dag op school", datum(melding.laatste_aanwezig) if melding.laatste_aanwezig else "–"),
        Gegeven("Dagen per week afwezig", days if melding.dagen_per_week else "0: thuiszitten dreigt"),
        Gegeven("Hoofdoorzaak", OORZAKEN[melding.oorzaak]),
        Gegeven("Toelichting", melding.toelichting),
        Gegeven("Gemeld bij het bestuur", _dag(melding.bestuur_gemeld_op)),
        Gegeven("Gemeld bij leerplicht", _dag(melding.leerplicht_gemeld_op)),
    ]
    if melding.einde_reden:
        lines.append(Gegeven("Hoe het is opgelost", melding.einde_reden))
    return lines


def _nog_melden(melding: Verzuimmelding) -> str:
    missing = meldplicht(bestuur_op=melding.bestuur_gemeld_op, leerplicht_op=melding.leerplicht_gemeld_op)
    return f"Meld dit ook bij {' en bij '.join(missing)}. Vul daarna in wanneer u dat deed." if missing else ""


def _dag(dag: date | None) -> str:
    return datum(dag) if dag else "nog niet"


def definitieregels(melding: Verzuimmelding, vandaag: date) -> list[Definitieregel]:
    """The definitions side by side: does this pupil count today?"""
    return [
        Definitieregel(
            DEFINITIENAMEN[name].capitalize(),
            DEFINITIE_UITLEG[name],
            Status("telt mee", "let_op") if counts else Status("telt niet mee", "neutraal"),
        )
        for name, counts in definities(verzuim_van(melding), vandaag).items()
    ]


def stapregels(melding: Verzuimmelding, vandaag: date) -> list[Stapregel]:
    """The six steps, each with its actions in the order in which they were noted."""
    actions = list(melding.acties.all())
    return [
        Stapregel(
            naam,
            AANPAK_UITLEG[code],
            code == melding.aanpak,
            [actieregel(action, vandaag) for action in actions if action.stap == code],
        )
        for code, naam in AANPAK.items()
    ]


def actieregel(actie: Verzuimactie, vandaag: date) -> Actieregel:
    if actie.gedaan_op is not None:
        when = f"gedaan op {datum(actie.gedaan_op)}"
    elif actie.uiterlijk is not None:
        when = f"uiterlijk {datum_met_afstand(actie.uiterlijk, vandaag)}"
    else:
        when = "zonder einddatum"
    meeting = f"casusoverleg van {lange_datum(actie.overleg_op)}" if actie.overleg_op else ""
    return Actieregel(actie.pk, actie.wat, actie.wie, when, actie.gedaan_op is None, meeting)


def _besluit(besluit: Zorgplichtbesluit) -> Besluitregel:
    boards = ", ".join(sorted(board.naam for board in besluit.besturen.all()))
    lines = [
        Gegeven("Neemt de zorgplicht", besluit.school.naam),
        Gegeven("Besloten op", datum(besluit.besloten_op)),
        Gegeven("Besturen aan tafel", boards),
    ]
    return Besluitregel(lines, besluit.motivering)


def _kijkers(melding: Verzuimmelding) -> list[Kijker]:
    found = [
        Kijker(f"IB'er en directeur van {melding.school.naam}", "de hele melding"),
        Kijker(
            "Medewerkers van het samenwerkingsverband die dossiers behandelen",
            "de hele melding; lezen komt in de tijdlijn",
        ),
    ]
    if melding.zorgplicht_school is not None and melding.zorgplicht_school_id != melding.school_id:
        what = "de hele melding, sinds het besluit van de bestuurstafel; lezen komt in de tijdlijn"
        found.append(Kijker(f"IB'er en directeur van {melding.zorgplicht_school.naam}", what))
    return found
