"""Writing rounds: reading in their answers, closing and reopening them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from evaluatie.domain.ronde import CODE, GESLOTEN, OPEN, RONDE
from evaluatie.domain.vragenlijst import KERNEVALUATIE
from evaluatie.importers import Ingelezen, lees_antwoorden, schrijf_antwoorden
from evaluatie.models import Ronde, Vragenlijst
from evaluatie.queries import feiten, minimum_groep, ondergrond, vragen_van
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_KERNEN
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

LANGSTE_TITEL = 160


@dataclass(frozen=True)
class Opdracht:
    """What is asked for: into which round a file goes.  Empty ``titel``: as it is, or made from the code.

    ``schooljaar``: the year in which it begins; ``None`` leaves it as it is, or takes the one that the code names, or
    the current one.  ``vervang``: the answers that are there may go.  ``publiceer``: the round is closed and its
    results are there for who took part.
    """

    code: str
    titel: str = ""
    schooljaar: int | None = None
    vragenlijst: str = KERNEVALUATIE.code
    vervang: bool = False
    publiceer: bool = True


@dataclass(frozen=True)
class Inleesverslag:
    """What was read in, or would be (``ronde_pk`` is then ``None``)."""

    ronde_code: str
    ronde_pk: int | None
    ingelezen: Ingelezen
    vervangen: int
    waarschuwing: str = ""


def controleer(*, actor: Actor, bron: Bron, opdracht: Opdracht) -> Inleesverslag | Fouten | Refusal:
    """Read a file without writing any answer: what would happen, or why it can not.  Same refusals as ``lees_in``."""
    read = _lees(actor, bron, opdracht)
    if not isinstance(read, tuple):
        return read
    questionnaire, answers = read
    found = Ronde.objects.visible_to(actor.bereik).filter(code=opdracht.code).first()
    refusal = _mag(found, questionnaire, opdracht) if found is not None else None
    return refusal or _verslag(opdracht.code, found, answers, written=False)


def lees_in(*, actor: Actor, bron: Bron, opdracht: Opdracht, vandaag: date) -> Inleesverslag | Fouten | Refusal:
    """Read a file with answers into a round, which is made when it is not there.  All or nothing.

    Refuses ``rol`` (not staff for kernen), ``code``, ``titel`` (too long), ``vragenlijst``, ``andere_vragenlijst`` and
    ``bestaat`` (the round has answers and ``vervang`` is not set); ``Fouten`` when the file can not be read.
    """
    read = _lees(actor, bron, opdracht)
    if not isinstance(read, tuple):
        return read
    questionnaire, answers = read
    with transaction.atomic():
        found, is_new = Ronde.objects.get_or_create(
            code=opdracht.code,
            defaults={
                "titel": opdracht.titel or f"{questionnaire.titel}, {opdracht.code}",
                "schooljaar": opdracht.schooljaar or _schooljaar(opdracht.code, vandaag),
                "vragenlijst": questionnaire,
            },
        )
        ronde = load_for_update(Ronde.objects.visible_to(actor.bereik), found.pk)
        if refusal := _mag(ronde, questionnaire, opdracht):
            return refusal
        report = _verslag(opdracht.code, ronde, answers, written=True)
        schrijf_antwoorden(ronde, answers)
        _werk_bij(ronde, opdracht, vandaag, is_new=is_new)
        verb = "vervangen door" if report.vervangen else "ingelezen:"
        people = dutch_count(answers.respondenten, "respondent", "respondenten")
        groups = dutch_count(len(answers.groepen), "groep", "groepen")
        audit.record(
            actor=actor,
            soort="ronde.ingelezen",
            onderwerp=ronde,
            tekst=f"Antwoorden {verb} {people} in {groups}.",
        )
    return report


def _lees(actor: Actor, bron: Bron, opdracht: Opdracht) -> tuple[Vragenlijst, Ingelezen] | Fouten | Refusal:
    if not actor.bereik.heeft(*SWV_KERNEN):
        return Refusal("rol", "U kunt geen antwoorden inlezen.")
    if not re.match(CODE, opdracht.code):
        sentence = "De code van een ronde heeft kleine letters, cijfers en streepjes, en hoogstens 40 tekens."
        return Refusal("code", sentence, "ronde")
    if len(opdracht.titel) > LANGSTE_TITEL:
        return Refusal("titel", f"De titel mag {LANGSTE_TITEL} tekens hebben.", "titel")
    questionnaire = zorg_voor_vragenlijst(code=opdracht.vragenlijst)
    if isinstance(questionnaire, Refusal):
        return questionnaire
    answers = lees_antwoorden(bron, vragen_van(questionnaire.pk))
    return answers if isinstance(answers, Fouten) else (questionnaire, answers)


def _mag(ronde: Ronde, questionnaire: Vragenlijst, opdracht: Opdracht) -> Refusal | None:
    if ronde.vragenlijst_id != questionnaire.pk:
        return Refusal("andere_vragenlijst", f"Ronde {ronde.code} hoort bij een andere vragenlijst.", "ronde")
    count = feiten(ronde).aantal_respondenten
    if count and not opdracht.vervang:
        people = dutch_count(count, "respondent", "respondenten")
        return Refusal(
            "bestaat",
            f"Ronde {ronde.code} heeft al antwoorden van {people}. Wilt u die vervangen? "
            "Kies dan voor vervangen (op de opdrachtregel: --vervang).",
            "vervang",
        )
    return None


def _schooljaar(code: str, vandaag: date) -> int:
    """The school year that the code names (``kernen-2024-2025``), else the current one."""
    for found in re.findall(r"(?<![0-9])[0-9]{4}-[0-9]{4}(?![0-9])", code):
        try:
            return Schooljaar.lees(found).begin
        except ValueError:  # two years, but not of one school year
            continue
    return Schooljaar.van(vandaag).begin


def _werk_bij(ronde: Ronde, opdracht: Opdracht, vandaag: date, *, is_new: bool) -> None:
    if not is_new:
        ronde.titel = opdracht.titel or ronde.titel
        ronde.schooljaar = opdracht.schooljaar or ronde.schooljaar
        ronde.versie += 1
    ronde.staat = GESLOTEN if opdracht.publiceer else OPEN
    ronde.gesloten_op = vandaag if opdracht.publiceer else None
    ronde.save()


def _verslag(code: str, ronde: Ronde | None, answers: Ingelezen, *, written: bool) -> Inleesverslag:
    replaced = feiten(ronde).aantal_respondenten if ronde is not None else 0
    warning = ""
    if ronde is not None and replaced:
        changed = _verschil(ondergrond(ronde).tellingen, answers.tellingen)
        if 0 < changed < minimum_groep():
            few = dutch_count(changed, "antwoord per vraag verschilt", "antwoorden per vraag verschillen")
            what = "dit antwoord" if changed == 1 else "deze antwoorden"
            warning = (
                f"Let op: hooguit {few} van de vorige. Wie de vorige uitkomsten nog heeft, kan {what} daarmee afleiden."
            )
    pk = ronde.pk if ronde is not None and written else None
    return Inleesverslag(code, pk, answers, replaced, warning)


def _verschil(old: Mapping[tuple[str, str, str], int], new: Mapping[tuple[str, str, str], int]) -> int:
    """The largest number of answers to one question that were added or removed."""
    more: dict[str, int] = {}
    less: dict[str, int] = {}
    for key in old.keys() | new.keys():
        change = new.get(key, 0) - old.get(key, 0)
        side = more if change > 0 else less
        side[key[1]] = side.get(key[1], 0) + abs(change)
    return max((max(more.get(code, 0), less.get(code, 0)) for code in more.keys() | less.keys()), default=0)


def zet_stap(*, actor: Actor, pk: int, stap: str, versie: int | None, vandaag: date) -> Ronde | Refusal:
    """Take a step of ``evaluatie.domain.ronde.RONDE`` with a round: close and publish it, or reopen it."""
    with transaction.atomic():
        ronde = load_for_update(Ronde.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(ronde, versie):
            return refusal
        step = RONDE.decide(stap, ronde.staat, actor.bereik.rollen, feiten(ronde))
        if isinstance(step, Refusal):
            return step
        ronde.staat = step.naar
        ronde.gesloten_op = vandaag if step.naar == GESLOTEN else None
        ronde.versie += 1
        ronde.save()
        sentence = "Gesloten en gepubliceerd." if step.naar == GESLOTEN else "Heropend; de uitkomsten zijn verborgen."
        audit.record(actor=actor, soort=f"ronde.{step.naam}", onderwerp=ronde, tekst=sentence)
        return ronde
