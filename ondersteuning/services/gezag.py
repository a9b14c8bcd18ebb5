"""The persons with custody of a pupil: typed once, used in every application, and kept as they were last typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.leerling import MEESTE_GEZAGSDRAGERS
from ondersteuning.models import Aanvraag, Gezagsdrager, Leerling
from ondersteuning.services.leerlingen import bewaar, laad_leerling
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

#: What an application takes over from the previous one of the same school: it is about the same child.
UIT_VORIGE = ("onderwijsbehoefte", "geboden_hulp")


@dataclass(frozen=True)
class Persoon:
    """A person with custody as somebody typed it; without a name there is none."""

    naam: str
    email: str = ""
    telefoon: str = ""
    relatie: str = ""


def wijzig_gezag(
    *, actor: Actor, pk: int, versie: int | None, personen: Sequence[Persoon], een_reden: str, vandaag: date
) -> Leerling | Refusal:
    """Replace the persons with custody; ``een_reden`` says why there is one.  Refuses ``verouderd``, ``te_veel``."""
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        refusal = check_version(pupil, versie)
        if refusal is not None:
            return refusal
        known = [person for person in personen if person.naam.strip()]
        if len(known) > MEESTE_GEZAGSDRAGERS:
            return Refusal("te_veel", f"Gezag hebben hoogstens {MEESTE_GEZAGSDRAGERS} personen.")
        _vervang(pupil, known)
        pupil.een_gezag_reden = een_reden.strip() if len(known) == 1 else ""
        bewaar(pupil, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="leerling.gezag",
            onderwerp=pupil,
            tekst="Heeft de personen met gezag gewijzigd.",
        )
        return pupil


def _vervang(leerling: Leerling, personen: Iterable[Persoon]) -> None:
    leerling.gezagsdragers.all().delete()
    Gezagsdrager.objects.bulk_create(
        Gezagsdrager(leerling=leerling, volgnummer=number, **vars(person))
        for number, person in enumerate(personen, start=1)
    )


def vul_uit_dossier(aanvraag: Aanvraag) -> None:
    """Fill a new application with what the dossier knows: group, postcode, custody, and the school's previous words.

    Inside the transaction that makes the application and its parties; what is filled in is written here.
    """
    pupil = aanvraag.leerling
    aanvraag.groep, aanvraag.woon_pc4 = pupil.groep, pupil.woon_pc4
    aanvraag.een_ouder_reden = pupil.een_gezag_reden
    earlier = Aanvraag.objects.filter(leerling=pupil, verwijzende_school_id=aanvraag.verwijzende_school_id)
    previous = earlier.exclude(pk=aanvraag.pk).order_by("-pk").first()
    if previous is not None:
        for name in UIT_VORIGE:
            setattr(aanvraag, name, getattr(previous, name))
    aanvraag.save()
    known = {person.volgnummer: person for person in pupil.gezagsdragers.all()}
    for party in aanvraag.partijen.filter(soort=OUDER):
        person = known.get(party.volgnummer)
        if person is not None:
            party.naam, party.email, party.telefoon = person.naam, person.email, person.telefoon
            party.save()


def werk_dossier_bij(aanvraag: Aanvraag, *, actor: Actor) -> None:
    """The application goes to the parties: what was typed in it about group, postcode and custody is the latest.

    Of the pupil's own school only: another one that does an application says nothing about the dossier of now.  Inside
    a transaction.  How a person is related to the pupil is not asked there, and stays with the same name.
    """
    pupil = aanvraag.leerling
    if pupil.school_id != aanvraag.verwijzende_school_id:
        return
    relations = {person.naam: person.relatie for person in pupil.gezagsdragers.all()}
    typed = [
        Persoon(party.naam, party.email, party.telefoon, relations.get(party.naam, ""))
        for party in aanvraag.partijen.filter(soort=OUDER).order_by("volgnummer")
        if party.naam
    ]
    _vervang(pupil, typed)
    pupil.groep, pupil.woon_pc4 = aanvraag.groep, aanvraag.woon_pc4
    pupil.een_gezag_reden = aanvraag.een_ouder_reden if len(typed) == 1 else ""
    pupil.versie += 1
    pupil.save(update_fields=["groep", "woon_pc4", "een_gezag_reden", "versie"])
    audit.record(
        actor=actor,
        soort="leerling.bijgewerkt",
        onderwerp=pupil,
        # No reference: a later school reads this line, and not the application.
        tekst="Heeft de gegevens uit een aanvraag overgenomen in het dossier.",
    )
