"""Reading answers into a round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from evaluatie.domain.codes import lijkt_op, schooljaar_in
from evaluatie.domain.ronde import AL_GEPUBLICEERD, CODE, GESLOTEN, OPEN
from evaluatie.domain.vragenlijst import KERNEVALUATIE
from evaluatie.domain.zinnen import opsomming
from evaluatie.importers import Ingelezen, kernen_van, lees_antwoorden, schrijf_antwoorden
from evaluatie.models import Ronde, Vragenlijst
from evaluatie.queries import aantal_respondenten, heeft_andere_antwoorden, minimum_groep, minimum_van, vragen_van
from evaluatie.services.publicaties import noteer_publicatie
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_KERNEN
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update

LANGSTE_TITEL = 160
#: So many codes or groups are named in a sentence; of the others it says how many there are.
MEESTE_GENOEMD = 10
NIET_GEPUBLICEERD = " Niet gepubliceerd: het zijn andere antwoorden dan die al gepubliceerd waren."


@dataclass(frozen=True)
class Inleesverzoek:
    """What is asked for: into which round a file goes.  Empty ``titel``: as it is, or made from the code.

    ``schooljaar``: the year in which it begins; ``None`` leaves it as it is, or takes the one that the code names, or
    the current one.  ``vervang``: the answers that are there may go.  ``publiceer``: the round is closed and its
    results are there for who took part.  ``nieuw``: this round is not there yet, also when its code looks like another.
    """

    code: str
    titel: str = ""
    schooljaar: int | None = None
    vragenlijst: str = KERNEVALUATIE.code
    vervang: bool = False
    publiceer: bool = True
    nieuw: bool = False


@dataclass(frozen=True)
class Inleesverslag:
    """What was read in, or would be (``ronde_pk`` is then ``None``).

    ``is_nieuw``: the round was not there yet; ``andere_rondes`` are then the codes that were.
    ``minimum``: the smallest group whose answers are shown.  ``zonder_kern``: the groups that are no kern.
    ``niet_publiceren``: why these answers are not published, when others of this round were; the round is then open,
    whatever was asked for.
    """

    ronde_code: str
    ronde_pk: int | None
    ingelezen: Ingelezen
    vervangen: int
    gepubliceerd: bool
    minimum: int
    is_nieuw: bool = False
    andere_rondes: tuple[str, ...] = ()
    zonder_kern: tuple[str, ...] = ()
    niet_publiceren: str = ""

    @property
    def over_groepen(self) -> str:
        """A sentence when there are groups that are no kern.  They may be meant, so it is no refusal."""
        if not self.zonder_kern:
            return ""
        names = opsomming(_enkele(self.zonder_kern))
        if len(self.zonder_kern) == len(self.ingelezen.groepen) > 1:
            which = f"geen enkele groep in het bestand is een kern van het samenwerkingsverband: {names}."
        else:
            verb = "is geen kern" if len(self.zonder_kern) == 1 else "zijn geen kernen"
            which = f"{names} {verb} van het samenwerkingsverband."
        return f"Let op: {which} Klopt dat, bijvoorbeeld bij consulenten, dan hoeft u niets te doen."


def controleer(*, actor: Actor, bron: Bron, verzoek: Inleesverzoek) -> Inleesverslag | Fouten | Refusal:
    """Read a file without writing any answer: what would happen, or why it can not.  Same refusals as ``lees_in``."""
    read = _lees(actor, bron, verzoek)
    if not isinstance(read, tuple):
        return read
    questionnaire, answers = read
    found = Ronde.objects.visible_to(actor.bereik).filter(code=verzoek.code).first()
    if found is not None:
        return _mag(found, questionnaire, verzoek) or _verslag(verzoek, found, answers)
    others = _andere_codes(verzoek.code)
    return _mag_nieuw(verzoek, others) or _als_nieuw(_verslag(verzoek, None, answers), others)


def lees_in(*, actor: Actor, bron: Bron, verzoek: Inleesverzoek, vandaag: date) -> Inleesverslag | Fouten | Refusal:
    """Read a file with answers into a round, which is made when it is not there.  All or nothing.

    Refuses ``rol`` (not staff for kernen), ``code``, ``titel`` (too long), ``vragenlijst``, ``andere_vragenlijst``,
    ``bestaat`` (the round has answers and ``vervang`` is not set), ``lijkt_op`` (no such round, but one with nearly
    this code, and ``nieuw`` is not set) and ``niet_nieuw`` (``nieuw``, and it is there); ``Fouten`` when the file can
    not be read.
    """
    read = _lees(actor, bron, verzoek)
    if not isinstance(read, tuple):
        return read
    questionnaire, answers = read
    with transaction.atomic():
        others = _andere_codes(verzoek.code)
        if not Ronde.objects.filter(code=verzoek.code).exists() and (refusal := _mag_nieuw(verzoek, others)):
            return refusal
        found, is_new = Ronde.objects.get_or_create(
            code=verzoek.code,
            defaults={
                "titel": verzoek.titel or f"{questionnaire.titel}, {verzoek.code}",
                "schooljaar": verzoek.schooljaar or _schooljaar(verzoek.code, vandaag),
                "vragenlijst": questionnaire,
            },
        )
        ronde = load_for_update(Ronde.objects.visible_to(actor.bereik), found.pk)
        if not is_new and (refusal := _mag(ronde, questionnaire, verzoek)):
            return refusal
        report = replace(_verslag(verzoek, ronde, answers), ronde_pk=ronde.pk)
        report = _als_nieuw(report, others) if is_new else report
        schrijf_antwoorden(ronde, answers)
        _werk_bij(ronde, verzoek, vandaag, is_new=is_new, publish=report.gepubliceerd)
        if report.gepubliceerd:
            noteer_publicatie(ronde, answers.afdruk)
        audit.record(actor=actor, soort="ronde.ingelezen", onderwerp=ronde, tekst=_voor_tijdlijn(report))
    return report


def _voor_tijdlijn(verslag: Inleesverslag) -> str:
    verb = "vervangen door" if verslag.vervangen else "ingelezen:"
    people = dutch_count(verslag.ingelezen.respondenten, "respondent", "respondenten")
    groups = dutch_count(len(verslag.ingelezen.groepen), "groep", "groepen")
    return f"Antwoorden {verb} {people} in {groups}.{NIET_GEPUBLICEERD if verslag.niet_publiceren else ''}"


def _lees(actor: Actor, bron: Bron, verzoek: Inleesverzoek) -> tuple[Vragenlijst, Ingelezen] | Fouten | Refusal:
    if not actor.bereik.heeft(*SWV_KERNEN):
        return Refusal("rol", "U kunt geen antwoorden inlezen.")
    if not re.match(CODE, verzoek.code):
        sentence = "De code van een ronde heeft kleine letters, cijfers en streepjes, en hoogstens 40 tekens."
        return Refusal("code", sentence, "ronde")
    if len(verzoek.titel) > LANGSTE_TITEL:
        return Refusal("titel", f"De titel mag {LANGSTE_TITEL} tekens hebben.", "titel")
    questionnaire = zorg_voor_vragenlijst(code=verzoek.vragenlijst)
    if isinstance(questionnaire, Refusal):
        return questionnaire
    answers = lees_antwoorden(bron, vragen_van(questionnaire.pk))
    return answers if isinstance(answers, Fouten) else (questionnaire, answers)


def _andere_codes(code: str) -> tuple[str, ...]:
    """The codes of the other rounds, newest first."""
    return tuple(Ronde.objects.exclude(code=code).order_by("-schooljaar", "-pk").values_list("code", flat=True))


def _mag_nieuw(verzoek: Inleesverzoek, andere: Sequence[str]) -> Refusal | None:
    """May a round with this code be made?  A mistyped code would publish the answers under it at once."""
    meant = lijkt_op(verzoek.code, andere)
    if verzoek.nieuw or not meant:
        return None
    return Refusal(
        "lijkt_op",
        f"Ronde {verzoek.code} is er niet. Bedoelt u {' of '.join(meant)}? {bekende_rondes(andere)} "
        "Is dit een nieuwe ronde? Kies dan voor een nieuwe ronde (op de opdrachtregel: --nieuw).",
        "ronde",
    )


def bekende_rondes(codes: Sequence[str]) -> str:
    """A sentence that names the rounds that are there, the newest first."""
    return f"Bekend: {opsomming(_enkele(codes))}."


def _enkele(namen: Sequence[str]) -> list[str]:
    """The first names, and how many more there are."""
    more = len(namen) - MEESTE_GENOEMD
    return [*namen[:MEESTE_GENOEMD], *([f"nog {more}"] if more > 0 else [])]


def _mag(ronde: Ronde, questionnaire: Vragenlijst, verzoek: Inleesverzoek) -> Refusal | None:
    if verzoek.nieuw:
        sentence = f"Ronde {ronde.code} is er al. Kies een andere code, of niet voor een nieuwe ronde (--nieuw)."
        return Refusal("niet_nieuw", sentence, "nieuw")
    if ronde.vragenlijst_id != questionnaire.pk:
        return Refusal("andere_vragenlijst", f"Ronde {ronde.code} hoort bij een andere vragenlijst.", "ronde")
    count = aantal_respondenten(ronde)
    if count and not verzoek.vervang:
        people = dutch_count(count, "respondent", "respondenten")
        return Refusal(
            "bestaat",
            f"Ronde {ronde.code} heeft al antwoorden van {people}. Wilt u die vervangen? "
            "Kies dan voor vervangen (op de opdrachtregel: --vervang).",
            "vervang",
        )
    return None


def _schooljaar(code: str, vandaag: date) -> int:
    """The school year that the code names, else the current one."""
    named = schooljaar_in(code)
    return Schooljaar.van(vandaag).begin if named is None else named


def _werk_bij(ronde: Ronde, verzoek: Inleesverzoek, vandaag: date, *, is_new: bool, publish: bool) -> None:
    if not is_new:
        ronde.titel = verzoek.titel or ronde.titel
        ronde.schooljaar = verzoek.schooljaar or ronde.schooljaar
        ronde.versie += 1
    ronde.staat = GESLOTEN if publish else OPEN
    ronde.gesloten_op = vandaag if publish else None
    ronde.save()


def _als_nieuw(verslag: Inleesverslag, andere: tuple[str, ...]) -> Inleesverslag:
    return replace(verslag, is_nieuw=True, andere_rondes=andere)


def _verslag(verzoek: Inleesverzoek, ronde: Ronde | None, answers: Ingelezen) -> Inleesverslag:
    others = ronde is not None and heeft_andere_antwoorden(ronde, answers.afdruk)
    found = kernen_van(answers.groepen)
    return Inleesverslag(
        verzoek.code,
        None,
        answers,
        vervangen=aantal_respondenten(ronde) if ronde is not None else 0,
        gepubliceerd=verzoek.publiceer and not others,
        minimum=minimum_van(ronde) if ronde is not None else minimum_groep(),
        zonder_kern=tuple(name for name in sorted(answers.groepen) if name not in found),
        niet_publiceren=AL_GEPUBLICEERD.zin if others else "",
    )
