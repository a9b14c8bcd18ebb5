"""Asking schools what happens after a TLV ends, and keeping their answer."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from kernen.models import School
from ondersteuning.domain.radar import ANTWOORDNAMEN, Antwoord, antwoord_uiterlijk, controleer_antwoord, mag_vragen
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.routes import ROUTE_B
from ondersteuning.models import Aanvraag, Radarvraag
from ondersteuning.queries.mensen import mensen_per_school
from ondersteuning.queries.radar import Radarfilter, aflopend
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.aanvraag import begin_aanvraag
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

#: The route on which a TLV is prolonged.
VERLENGING = ROUTE_B.code
#: So many TLV's are asked about at once at most.
HOOGSTENS = 500


@dataclass(frozen=True)
class Gevraagd:
    """What was asked: how many questions at how many schools, how many before, and who could not be told."""

    nieuw: int
    scholen: int
    al_gevraagd: int
    zonder_account: tuple[str, ...]

    @property
    def zin(self) -> str:
        asked = dutch_count(self.nieuw, "TLV", "TLV's")
        schools = dutch_count(self.scholen, "school", "scholen")
        text = f"Over {asked} is gevraagd bij {schools}."
        if self.al_gevraagd:
            text += f" Over {self.al_gevraagd} was al gevraagd."
        if self.zonder_account:
            text += f" Geen e-mail, want er is nog niemand met een account: {', '.join(self.zonder_account)}."
        return text


def vraag_scholen(*, actor: Actor, aanvragen: Collection[int], einde: date, vandaag: date) -> Gevraagd | Refusal:
    """Ask the schools where these pupils are whether it is prolongation or return; one mail per school, no names.

    Of a TLV that was asked about before, and of one that does not end on ``einde``, nothing is made.  Refuses ``rol``,
    ``voorbij``, ``leeg`` (none chosen) and ``te_veel``.
    """
    if not actor.bereik.heeft(*SWV_DOSSIER):
        return Refusal("rol", "Alleen het samenwerkingsverband stelt deze vraag.")
    if len(aanvragen) > HOOGSTENS:
        return Refusal("te_veel", f"Kies er hoogstens {HOOGSTENS} tegelijk.")
    with transaction.atomic():
        rows = aflopend(actor.bereik, Radarfilter(einde)).filter(pk__in=aanvragen, ontvangende_school__isnull=False)
        found = list(rows.order_by("pk").select_for_update(of=("self",)))
        refusal = mag_vragen(geldig_tot=einde, vandaag=vandaag) or _gekozen(found)
        if refusal is not None:
            return refusal
        known = set(Radarvraag.objects.filter(aanvraag__in=found).values_list("aanvraag_id", flat=True))
        fresh = [row for row in found if row.pk not in known]
        until = antwoord_uiterlijk(vandaag, einde, instellingen().radar_weken)
        per_school = Counter[int]()
        asked = []
        for row in fresh:
            if row.ontvangende_school_id is not None:
                per_school[row.ontvangende_school_id] += 1
                asked.append(_vraag(row, row.ontvangende_school_id, actor, vandaag=vandaag, uiterlijk=until))
        Radarvraag.objects.bulk_create(asked)
        for row in fresh:
            audit.record(
                actor=actor,
                soort="aanvraag.radarvraag",
                onderwerp=row,
                tekst="Heeft de school gevraagd wat er na deze TLV gebeurt.",
            )
        silent = _bericht(per_school, einde=einde, uiterlijk=until, actor=actor, vandaag=vandaag)
        return Gevraagd(len(fresh), len(per_school), len(known), silent)


def _gekozen(found: Iterable[Aanvraag]) -> Refusal | None:
    return None if list(found) else Refusal("leeg", "Kies ten minste één TLV.")


def _vraag(aanvraag: Aanvraag, school_id: int, actor: Actor, *, vandaag: date, uiterlijk: date) -> Radarvraag:
    return Radarvraag(
        aanvraag=aanvraag,
        school_id=school_id,
        gevraagd_op=vandaag,
        gevraagd_door_id=actor.user_id,
        uiterlijk=uiterlijk,
    )


def _bericht(per_school: Counter[int], *, einde: date, uiterlijk: date, actor: Actor, vandaag: date) -> tuple[str, ...]:
    """One mail to each who answers for a school; the names of the schools where nobody has an account."""
    told = mensen_per_school(per_school, vandaag)
    silent = []
    for school, number in per_school.items():
        people = told.get(school, [])
        if not people:
            silent.append(school)
        what = dutch_count(number, "TLV die afloopt", "TLV's die aflopen")
        for user in people:
            enqueue_mail(
                sjabloon="ondersteuning_radar",
                onderwerp=f"Beantwoord: {what}",
                context={
                    "aantal": number,
                    "einde": lange_datum(einde),
                    "uiterlijk": lange_datum(uiterlijk),
                    "url": absolute_url(reverse("ondersteuning:radarvragen")),
                },
                aan_user=user,
                actor=actor,
            )
    return tuple(School.objects.filter(pk__in=silent).order_by("naam").values_list("naam", flat=True)) if silent else ()


def beantwoord(
    *, actor: Actor, pk: int, versie: int | None, antwoord: str, toelichting: str, vandaag: date
) -> Radarvraag | Refusal:
    """Keep the answer of the school, or of the SWV that heard it; it may be changed.

    Refuses ``verouderd``, ``antwoord`` and ``toelichting`` (something else, without saying what).
    """
    with transaction.atomic():
        row = load_for_update(Radarvraag.objects.visible_to(actor.bereik).select_related("aanvraag"), pk)
        if not actor.bereik.rollen_bij(school=row.school_id) & SCHOOL_EN_SWV:
            return Refusal("rol", "U kunt deze vraag niet beantwoorden.")
        refusal = check_version(row, versie) or controleer_antwoord(antwoord, toelichting)
        if refusal is not None:
            return refusal
        row.antwoord, row.toelichting, row.beantwoord_op = antwoord, toelichting.strip(), vandaag
        row.beantwoord_door_id = actor.user_id
        row.versie += 1
        row.save()
        audit.record(
            actor=actor,
            soort="aanvraag.radarantwoord",
            onderwerp=row.aanvraag,
            tekst=f"Heeft gezegd wat er na deze TLV gebeurt: {ANTWOORDNAMEN[antwoord]}.",
        )
        return row


def begin_verlenging(*, actor: Actor, pk: int, vandaag: date) -> Aanvraag | Refusal:
    """Start the application that follows the TLV of a question, at the school where the pupil is.

    Refuses ``antwoord`` (the school did not answer 'verlenging'), and what starting an application refuses.
    """
    with transaction.atomic():
        row = load_for_update(Radarvraag.objects.visible_to(actor.bereik), pk)
        if row.antwoord != Antwoord.VERLENGING:
            return Refusal("antwoord", "Beginnen kan als het antwoord verlenging is.")
        return begin_aanvraag(
            actor=actor, school_id=row.school_id, route=VERLENGING, vandaag=vandaag, vorige=row.aanvraag_id
        )
