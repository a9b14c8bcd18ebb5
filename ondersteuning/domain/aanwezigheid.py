"""A pupil who is absent, or threatens to be: who counts as thuiszitter by which definition, and when to sound an alarm.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 5.1.3 (six steps, two definitions), par. 2.2 (a
fitting offer within three months), Leerplichtwet 1969 art. 2, 3, 4a and 5.  All of it is pure: days come as arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from swv_portal.common.dates import plus_jaren, plus_maanden
from swv_portal.common.workflow import Refusal


class Soort(StrEnum):
    """The kind of absence, by the words of leerplicht."""

    ONGEOORLOOFD = "ongeoorloofd"
    GEOORLOOFD = "geoorloofd"
    ABSOLUUT = "absoluut"


SOORTNAMEN: Mapping[str, str] = {
    Soort.ONGEOORLOOFD.value: "zonder geldige reden (ongeoorloofd verzuim)",
    Soort.GEOORLOOFD.value: "met een geldige reden, zoals ziekte (geoorloofd verzuim)",
    Soort.ABSOLUUT.value: "op geen enkele school ingeschreven (absoluut verzuim)",
}

#: The main causes that the SWV keeps for its own analysis (par. 5.1.3: care needs, a search for jeugdhulp, a waiting
#: list, a move to another place; par. 5.1.4: no school that takes the pupil).  The other words are the portal's.
OORZAKEN: Mapping[str, str] = {
    "psychisch": "psychische of psychiatrische problemen",
    "jeugdhulp": "passende jeugdhulp ontbreekt of komt nog",
    "wachtlijst": "wachtlijst voor een andere onderwijsplek",
    "overgang": "overgang naar een andere onderwijsplek",
    "geen_school": "geen school die de leerling opneemt",
    "onderwijs": "het onderwijs past niet bij de leerling",
    "veiligheid": "pesten of zich niet veilig voelen",
    "lichamelijk": "lichamelijke ziekte of beperking",
    "thuis": "situatie thuis",
    "anders": "een andere oorzaak",
    "onbekend": "nog niet bekend",
}

#: The six steps with which the SWV follows a pupil (par. 5.1.3).
AANPAK: Mapping[str, str] = {
    "tel": "Tel",
    "volg": "Volg",
    "ken": "Ken",
    "tempo": "Maak tempo",
    "stem_af": "Stem af",
    "ondersteun": "Ondersteun",
}
AANPAK_UITLEG: Mapping[str, str] = {
    "tel": "De leerling is gemeld en telt mee, ook als thuiszitten nog dreigt.",
    "volg": "Hoe lang duurt het al, en wie doet wat?",
    "ken": "Wat is er aan de hand, en wat heeft de leerling nodig?",
    "tempo": "Regel een tussenoplossing en laat acties sneller gaan.",
    "stem_af": "Verbind school, ouders, leerplicht en jeugdhulp.",
    "ondersteun": "Help de tijd te overbruggen tot de blijvende oplossing er is.",
}

#: How an absence ends.
EINDES: Mapping[str, str] = {
    "terug": "de leerling is terug op de eigen school",
    "andere_plek": "de leerling heeft een andere onderwijsplek",
    "vrijstelling": "de leerling heeft een vrijstelling van de leerplicht",
    "verhuisd": "de leerling woont niet meer in onze regio",
    "niet_meer_leerplichtig": "de leerling is niet meer leerplichtig",
    "vergissing": "de melding was een vergissing",
}

#: Leerplichtwet art. 3 (from five) and art. 4a (kwalificatieplicht up to eighteen).
LEERPLICHTIG_VANAF, LEERPLICHTIG_TOT = 5, 18
#: More than this many weeks, in the national definition (par. 5.1.3).
LANDELIJKE_WEKEN = 4
#: Within this many months everybody has a fitting offer (par. 2.2, second movement).
AANBOD_BINNEN_MAANDEN = 3
DAGEN_PER_SCHOOLWEEK = Decimal(5)


@dataclass(frozen=True)
class Verzuim:
    """The facts of one absence, as far as definitions ask for them.

    ``einde`` is the day from which the pupil is no longer absent; ``None`` as long as that is not so.
    ``dagen_per_week`` is 0 as long as absence only threatens.  ``geboren`` is ``None`` when the birth date is unknown.
    """

    geboren: date | None
    eerste_dag: date
    gemeld_op: date
    einde: date | None
    soort: str
    vrijstelling: bool
    dagen_per_week: Decimal

    @property
    def ingeschreven(self) -> bool:
        """On the roll of a school.  Absoluut verzuim is exactly that somebody is not."""
        return self.soort != Soort.ABSOLUUT


def leerplicht_vanaf(geboren: date) -> date:
    """Leerplichtwet art. 3 lid 1: the first day of the month after the one in which the child turns five.

    Born on 29 February it turns five on 28 February when that year has no 29th (as ``plus_jaren`` counts everywhere).
    """
    fifth = plus_jaren(geboren, LEERPLICHTIG_VANAF)
    return plus_maanden(fifth.replace(day=1), 1)


def is_leerplichtig(geboren: date | None, dag: date) -> bool:
    """Leerplichtig or kwalificatieplichtig on ``dag`` (Leerplichtwet art. 3 and 4a): up to the eighteenth birthday."""
    if geboren is None:
        return False
    return leerplicht_vanaf(geboren) <= dag < plus_jaren(geboren, LEERPLICHTIG_TOT)


def is_afwezig(verzuim: Verzuim, dag: date) -> bool:
    """Does this absence, threatening or real, run on ``dag``?"""
    return verzuim.eerste_dag <= dag and (verzuim.einde is None or dag < verzuim.einde)


def weken(eerste_dag: date, dag: date) -> int:
    """Whole weeks that passed since the first day of absence."""
    return max(0, (dag - eerste_dag).days // 7)


def _lang_zonder_reden(verzuim: Verzuim, dag: date) -> bool:
    """Leerplichtig, really absent for more than four weeks, without valid reason and without exemption."""
    long = dag > verzuim.eerste_dag + timedelta(weeks=LANDELIJKE_WEKEN)
    return (
        is_afwezig(verzuim, dag)
        and verzuim.dagen_per_week > 0
        and long
        and verzuim.soort != Soort.GEOORLOOFD
        and not verzuim.vrijstelling
        and is_leerplichtig(verzuim.geboren, dag)
    )


def landelijk(verzuim: Verzuim, dag: date) -> bool:
    """The national definition (par. 5.1.3, as leerplicht uses it).

    Leerplichtig, five to eighteen, on the roll of a school, absent for more than four weeks without a valid reason, and
    without exemption (Leerplichtwet art. 5).  Absence of some days a week is absence; that it only threatens is not.
    """
    return _lang_zonder_reden(verzuim, dag) and verzuim.ingeschreven


def eigen(verzuim: Verzuim, dag: date) -> bool:
    """The definition of the region (par. 5.1.3): from the first report, threatening absence included."""
    return is_afwezig(verzuim, dag) and verzuim.gemeld_op <= dag


def ouder(verzuim: Verzuim, dag: date) -> bool:
    """The older national definition: as the present one, and also who is on no roll at all (absoluut verzuim)."""
    return _lang_zonder_reden(verzuim, dag)


#: The definitions, in the order in which they stand side by side.
DEFINITIES = {"landelijk": landelijk, "eigen": eigen, "ouder": ouder}
DEFINITIENAMEN: Mapping[str, str] = {
    "landelijk": "landelijke definitie",
    "eigen": "eigen definitie",
    "ouder": "oudere definitie",
}
DEFINITIE_UITLEG: Mapping[str, str] = {
    "landelijk": "Leerplichtig (5 tot 18 jaar), ingeschreven op een school, en meer dan vier weken afwezig zonder "
    "geldige reden en zonder vrijstelling.",
    "eigen": "Vanaf de dag van de melding, ook als thuiszitten nog dreigt.",
    "ouder": "Als de landelijke definitie, maar ook wie op geen enkele school is ingeschreven (absoluut verzuim).",
}


def definities(verzuim: Verzuim, dag: date) -> dict[str, bool]:
    """By which definitions this pupil is a thuiszitter on ``dag``."""
    return {name: rule(verzuim, dag) for name, rule in DEFINITIES.items()}


class Alarm(StrEnum):
    """What the portal warns of: each once per case."""

    VIER_WEKEN = "vier_weken"
    DRIE_MAANDEN = "drie_maanden"


ALARMNAMEN: Mapping[str, str] = {
    Alarm.VIER_WEKEN.value: "vier weken of langer",
    Alarm.DRIE_MAANDEN.value: "drie maanden of langer",
}


def alarmdag(eerste_dag: date, alarm: Alarm) -> date:
    """Four weeks (the national definition comes near) or three months (no offer yet, par. 2.2) after the first day."""
    if alarm is Alarm.VIER_WEKEN:
        return eerste_dag + timedelta(weeks=LANDELIJKE_WEKEN)
    return plus_maanden(eerste_dag, AANBOD_BINNEN_MAANDEN)


def alarm_op(eerste_dag: date, dag: date, *, dagen_per_week: Decimal) -> Alarm | None:
    """The heaviest alarm that holds on ``dag``; ``None`` in the first four weeks, and when absence only threatens."""
    if not dagen_per_week:
        return None
    return next((alarm for alarm in (Alarm.DRIE_MAANDEN, Alarm.VIER_WEKEN) if dag >= alarmdag(eerste_dag, alarm)), None)


def meldplicht(*, bestuur_op: date | None, leerplicht_op: date | None) -> tuple[str, ...]:
    """Where an absence must be reported too (par. 5.1.3: the board, the SWV and leerplicht), and was not yet."""
    found = (("het bestuur", bestuur_op), ("leerplicht", leerplicht_op))
    return tuple(who for who, day in found if day is None)


@dataclass(frozen=True)
class Opgave:
    """What somebody fills in about an absence, as far as rules ask for it."""

    geboren: date | None
    eerste_dag: date
    laatste_aanwezig: date | None
    bestuur_op: date | None
    leerplicht_op: date | None
    dagen_per_week: Decimal
    soort: str


def controleer(opgave: Opgave, *, vandaag: date) -> list[Refusal]:
    """Everything that can not be so, each at its field; an empty list when nothing is wrong."""
    answers = (_eerste_dag(opgave, vandaag), *_dagen(opgave, vandaag), _per_week(opgave))
    return [answer for answer in answers if answer is not None]


def _eerste_dag(opgave: Opgave, vandaag: date) -> Refusal | None:
    if opgave.eerste_dag > vandaag:
        return Refusal("toekomst", "De eerste dag van afwezigheid ligt niet na vandaag.", "eerste_dag")
    if opgave.geboren is not None and opgave.eerste_dag <= opgave.geboren:
        return Refusal("geboren", "De eerste dag ligt na de geboortedatum.", "eerste_dag")
    return None


def _dagen(opgave: Opgave, vandaag: date) -> list[Refusal | None]:
    present = opgave.laatste_aanwezig
    found: list[Refusal | None] = []
    if present is not None and present > vandaag:
        found.append(Refusal("toekomst", "Deze dag ligt niet na vandaag.", "laatste_aanwezig"))
    elif present is not None and opgave.dagen_per_week == DAGEN_PER_SCHOOLWEEK and present >= opgave.eerste_dag:
        sentence = "De leerling is alle dagen afwezig: deze dag ligt voor de eerste dag van afwezigheid."
        found.append(Refusal("laatste_aanwezig", sentence, "laatste_aanwezig"))
    for field, day in (("bestuur_gemeld_op", opgave.bestuur_op), ("leerplicht_gemeld_op", opgave.leerplicht_op)):
        if day is not None and day > vandaag:
            found.append(Refusal("toekomst", "Deze dag ligt niet na vandaag.", field))
    return found


def _per_week(opgave: Opgave) -> Refusal | None:
    if not 0 <= opgave.dagen_per_week <= DAGEN_PER_SCHOOLWEEK:
        return Refusal("dagen_per_week", "Vul een getal in van 0 tot en met 5.", "dagen_per_week")
    if opgave.soort == Soort.ABSOLUUT and opgave.dagen_per_week < DAGEN_PER_SCHOOLWEEK:
        sentence = "Wie nergens is ingeschreven, is alle 5 dagen van de week afwezig."
        return Refusal("dagen_per_week", sentence, "dagen_per_week")
    return None
