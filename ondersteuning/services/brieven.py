"""Writing the texts of letters: begin a concept, change it, make it geldend or put it away; and what was sent."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ondersteuning.domain.briefsoorten import SOORTEN, Blokken, controleer_blokken, schoon
from ondersteuning.domain.briefversie import BRIEFVERSIE, CONCEPT, GELDEND, STANDAARD
from ondersteuning.domain.rollen import INSTELLERS
from ondersteuning.models import Brief, Briefsjabloon, Briefversie
from ondersteuning.queries.brieven import Brieftekst
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update

GEEN_ROL = Refusal("rol", "Alleen de directeur-bestuurder en de beheerder wijzigen de teksten van brieven.")
GEEN_CONCEPT = Refusal("staat", "Dit is geen concept meer. Begin een nieuw concept met deze tekst.")
ANDERE_GELDENDE = Refusal(
    "verouderd",
    "Sinds u deze pagina opende, is een andere versie geldend gemaakt. Er is niets gewijzigd. "
    "Bekijk welke tekst nu geldt en probeer het opnieuw.",
)


def begin_concept(*, actor: Actor, soort: str, uit: int) -> Briefversie | Refusal:
    """A concept with the text of version ``uit`` (0: the house's).  One concept per kind of letter.

    Refuses: ``rol``, ``concept`` (there is one already).  A kind or a version that is not there is a 404.
    """
    if not actor.bereik.heeft(*INSTELLERS):
        return GEEN_ROL
    if soort not in SOORTEN:
        raise NotVisible("niet gevonden")
    with transaction.atomic():
        template = _sjabloon(soort)
        open_concept = template.versies.filter(staat=CONCEPT).first()
        if open_concept is not None:
            sentence = f"Er is al een concept: versie {open_concept.nummer}. Werk daaraan verder of leg het eerst weg."
            return Refusal("concept", sentence)
        newest = template.versies.order_by("-nummer").values_list("nummer", flat=True).first() or 0
        row = Briefversie.objects.create(
            sjabloon=template,
            nummer=newest + 1,
            blokken=_tekst_van(template, uit),
            herkomst=uit,
            gewijzigd_door_id=actor.user_id,
        )
        audit.record(actor=actor, soort="briefversie.begonnen", onderwerp=row, tekst="Heeft dit concept begonnen.")
        return row


def _sjabloon(soort: str) -> Briefsjabloon:
    """The row of this kind of letter, locked; made when this is the first version."""
    Briefsjabloon.objects.bulk_create([Briefsjabloon(soort=soort)], ignore_conflicts=True)
    return Briefsjabloon.objects.select_for_update().get(soort=soort)


def _tekst_van(template: Briefsjabloon, nummer: int) -> dict[str, str]:
    if nummer == STANDAARD:
        return schoon(SOORTEN[template.soort].standaard)
    found = template.versies.filter(nummer=nummer).first()
    if found is None:
        raise NotVisible("niet gevonden")
    return schoon(found.blokken)


def bewaar_concept(*, actor: Actor, pk: int, versie: int | None, blokken: Blokken) -> Briefversie | Refusal:
    """Keep the texts of a concept; all of them must be right.

    Refuses: ``rol``, ``verouderd``, ``staat`` (no concept any more), and what ``controleer_blokken`` finds.
    """
    with transaction.atomic():
        row = load_for_update(Briefversie.objects.visible_to(actor.bereik).select_related("sjabloon"), pk)
        if not actor.bereik.heeft(*INSTELLERS):
            return GEEN_ROL
        if refusal := check_version(row, versie):
            return refusal
        if row.staat != CONCEPT:
            return GEEN_CONCEPT
        texts = schoon(blokken)
        if wrong := controleer_blokken(row.soort, texts):
            return wrong[0]
        row.blokken, row.gewijzigd_door_id, row.versie = texts, actor.user_id, row.versie + 1
        row.save(update_fields=["blokken", "gewijzigd_door", "gewijzigd_op", "versie"])
        audit.record(actor=actor, soort="briefversie.gewijzigd", onderwerp=row, tekst="Heeft de teksten gewijzigd.")
        return row


def maak_geldend(*, actor: Actor, pk: int, versie: int | None, geldend: int | None) -> Briefversie | Refusal:
    """Every letter of this kind is made with this version from now on; the one that was geldend is replaced.

    ``geldend`` is the number that was geldend when the form was opened (0: the house's text): who replaces a version
    has seen which.  Like ``versie`` it is ``None`` for whoever opened nothing.  Refuses: ``rol``, ``staat``,
    ``verouderd``, ``teksten``.
    """
    with transaction.atomic():
        row = _op_zijn_beurt(actor, pk)
        if refusal := check_version(row, versie):
            return refusal
        step = BRIEFVERSIE.decide("maak_geldend", row.staat, actor.bereik.rollen, row)
        if isinstance(step, Refusal):
            return step
        old = Briefversie.objects.filter(sjabloon=row.sjabloon_id, staat=GELDEND).select_related("sjabloon").first()
        if geldend is not None and geldend != (old.nummer if old else STANDAARD):
            return ANDERE_GELDENDE
        if old is not None and (refusal := _vervang(actor, old)):
            return refusal
        row.staat, row.versie = step.naar, row.versie + 1
        row.geldend_sinds, row.geldend_door_id = timezone.now(), actor.user_id
        row.save(update_fields=["staat", "versie", "geldend_sinds", "geldend_door"])
        audit.record(
            actor=actor, soort="briefversie.geldend", onderwerp=row, tekst="Heeft deze versie geldend gemaakt."
        )
        return row


def _op_zijn_beurt(actor: Actor, pk: int) -> Briefversie:
    """The version, locked after the row of its kind: two versions of one kind never become geldend together."""
    rows = Briefversie.objects.visible_to(actor.bereik)
    kind = rows.filter(pk=pk).values_list("sjabloon_id", flat=True).first()
    if kind is None:
        raise NotVisible("niet gevonden")
    Briefsjabloon.objects.select_for_update().get(pk=kind)
    return load_for_update(rows.select_related("sjabloon"), pk)


def _vervang(actor: Actor, old: Briefversie) -> Refusal | None:
    step = BRIEFVERSIE.decide("vervang", old.staat, actor.bereik.rollen, old)
    if isinstance(step, Refusal):
        return step
    old.staat, old.versie = step.naar, old.versie + 1
    old.save(update_fields=["staat", "versie"])
    audit.record(
        actor=actor,
        soort="briefversie.vervangen",
        onderwerp=old,
        tekst="Deze versie is vervangen. Brieven die ermee zijn gemaakt, blijven zoals ze zijn.",
    )
    return None


def leg_weg(*, actor: Actor, pk: int, versie: int | None) -> Briefversie | Refusal:
    """Put a concept away: it is not used, and stays to be read and to begin another one with.

    Refuses: ``rol``, ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        row = load_for_update(Briefversie.objects.visible_to(actor.bereik).select_related("sjabloon"), pk)
        if refusal := check_version(row, versie):
            return refusal
        step = BRIEFVERSIE.decide("leg_weg", row.staat, actor.bereik.rollen, row)
        if isinstance(step, Refusal):
            return step
        row.staat, row.versie = step.naar, row.versie + 1
        row.save(update_fields=["staat", "versie"])
        audit.record(actor=actor, soort="briefversie.weggelegd", onderwerp=row, tekst="Heeft dit concept weggelegd.")
        return row


def leg_brief_vast(*, aanvraag_pk: int, soort: str, dag: date, tekst: Brieftekst) -> None:
    """Record with which texts the letter of this day was made; once, whoever makes it again.

    Inside the transaction that stores the letter.
    """
    Brief.objects.bulk_create(
        [
            Brief(
                aanvraag_id=aanvraag_pk,
                soort=soort,
                dag=dag,
                sjabloonversie_id=tekst.versie_pk,
                standaardtekst=None if tekst.versie_pk is not None else dict(tekst.blokken),
            )
        ],
        ignore_conflicts=True,
    )
