"""TLV at the basisschool: the list of members, asking two of them, their advice, and another school year."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.urls import reverse

from kernen.models import Roltoekenning, Schoolbestuur
from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.rollen import ALLEEN_SWV, SCHOOLROLLEN
from ondersteuning.domain.tlv_bao import (
    LID,
    TLV_BAO,
    Lid,
    controleer_advies,
    controleer_leden,
    waarom_geen_advies,
)
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies
from ondersteuning.queries.beginnen import dag_na
from ondersteuning.queries.bestuursadviezen import ANDERE_ROUTE, LID_ADVISEERDE, bezwaar_verlengen
from ondersteuning.services.beginnen import maak_aanvraag
from ondersteuning.services.stappen import VERWANTEN, beslis, laad, zet
from ondersteuning.services.zaakbericht import bericht
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update

ALLEEN_SCHOOL = Refusal("rol", "Alleen de school van de leerling kan dit.")
GEEN_BESTUURDER = Refusal("bestuurder", "Kies iemand die vandaag schoolbestuurder is.", "persoon")
AL_LID = Refusal("al_lid", "Deze persoon staat al op de lijst.", "persoon")
#: What another school year begins with: what was known the year before.
OVER_TE_NEMEN = (
    "groep",
    "woon_pc4",
    "categorie",
    "onderwijsbehoefte",
    "geboden_hulp",
    "leerling_gehoord",
    "stem_leerling",
    "een_ouder_reden",
)


def voeg_lid_toe(*, actor: Actor, user_id: int, bestuur_id: int, vandaag: date) -> AvLid | Refusal:
    """Put somebody who runs this board on the list.  Refuses ``rol``, ``bestuurder``, ``al_lid``."""
    with transaction.atomic():
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        # One at a time per board: of two that add the same person the second finds that of the first.
        Schoolbestuur.objects.select_for_update(no_key=True).filter(pk=bestuur_id).first()
        held = Roltoekenning.objects.op(vandaag).filter(
            rol=Rol.SCHOOLBESTUURDER, user_id=user_id, bestuur_id=bestuur_id, user__is_active=True
        )
        if not held.exists():
            return GEEN_BESTUURDER
        if AvLid.objects.actief().filter(user_id=user_id, bestuur_id=bestuur_id).exists():
            return AL_LID
        made = AvLid.objects.create(user_id=user_id, bestuur_id=bestuur_id)
        audit.record(actor=actor, soort="avlid.toegevoegd", onderwerp=made, tekst="Heeft het lid toegevoegd.")
        return made


def laat_lid_stoppen(*, actor: Actor, pk: int, vandaag: date) -> AvLid | Refusal:
    """Nobody asks this member any more; what was asked already stays asked.  Doing it again changes nothing."""
    with transaction.atomic():
        lid = load_for_update(AvLid.objects.visible_to(actor.bereik), pk)
        if lid.gestopt_op is None:
            lid.gestopt_op = vandaag
            lid.save(update_fields=["gestopt_op"])
            audit.record(actor=actor, soort="avlid.gestopt", onderwerp=lid, tekst="Heeft het lid van de lijst gehaald.")
        return lid


def vraag_leden(
    *, actor: Actor, pk: int, versie: int | None, leden: Collection[int], vandaag: date
) -> Aanvraag | Refusal:
    """Ask these two members for advice; of who was asked before, the others are asked no more.

    Who was asked on an earlier day and did not answer yet is mailed again: that is how a member is reminded.
    Refuses ``route``, ``rol``, ``staat``, ``verouderd``, and what ``controleer_leden`` refuses.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if "unaniem" not in aanvraag.de_route.punten:
            return ANDERE_ROUTE
        answer = beslis(actor, aanvraag, "vraag_leden", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        asked = {each.lid_id: each for each in aanvraag.bestuursadviezen.all()}
        given = {key for key, each in asked.items() if each.gegeven_op is not None}
        rows = AvLid.objects.filter(pk__in=leden, user__isnull=False).select_related("user")
        chosen = [each for each in rows if each.gestopt_op is None or each.pk in given]
        school = aanvraag.verwijzende_school
        refusal = controleer_leden(
            [Lid(each.pk, each.bestuur_id) for each in chosen],
            zorgplicht=school.bestuur_id if school else None,
            gegeven=given,
        )
        if refusal is not None:
            return refusal
        aanvraag.bestuursadviezen.filter(gegeven_op__isnull=True).exclude(lid__in=chosen).delete()
        for member in (each for each in chosen if each.pk not in asked):
            made = Bestuursadvies.objects.create(aanvraag=aanvraag, lid=member, gevraagd_op=vandaag)
            _vraag(made, aanvraag, actor)
        for each in (asked[member.pk] for member in chosen if member.pk in asked):
            if each.gegeven_op is None and each.gevraagd_op < vandaag:
                _vraag(each, aanvraag, actor)
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.save()
        text = "Heeft twee leden van de algemene vergadering om advies gevraagd."
        audit.record(actor=actor, soort="aanvraag.leden_gevraagd", onderwerp=aanvraag, tekst=text)
        return aanvraag


def _vraag(advies: Bestuursadvies, aanvraag: Aanvraag, actor: Actor) -> None:
    """Mail a member that its advice is asked, without a name of the child."""
    path = reverse("ondersteuning:bestuursadvies", args=[advies.pk])
    people = [advies.lid.user] if advies.lid.user is not None else []
    bericht(aanvraag, people, zin="Geef advies", actor=actor, pad=path)


def geef_bestuursadvies(
    *, actor: Actor, pk: int, steunt: bool | None, tekst: str, vandaag: date
) -> Bestuursadvies | Refusal:
    """The own, reasoned yes or no of a member.  It can be changed as long as nothing was decided.

    Refuses ``rol`` (not this member), ``staat``, ``steunt``, ``tekst``.  Advice of others does not exist.
    """
    with transaction.atomic():
        found = Bestuursadvies.objects.visible_to(actor.bereik).filter(pk=pk).values_list("aanvraag_id", flat=True)
        key = found.first()
        if key is None:
            raise NotVisible("niet gevonden")
        aanvraag = load_for_update(Aanvraag.objects.select_related(*VERWANTEN), key)
        advies = load_for_update(Bestuursadvies.objects.visible_to(actor.bereik).select_related("lid"), pk)
        roles = {LID} if advies.lid.user_id == actor.user_id else set()
        step = TLV_BAO.decide("adviseer", aanvraag.staat, roles, None)
        if isinstance(step, Refusal):
            return (waarom_geen_advies(aanvraag.staat) if step.code == "staat" else None) or step
        refusal = controleer_advies(steunt, tekst)
        if refusal is not None:
            return refusal
        advies.steunt, advies.tekst, advies.gegeven_op = steunt, tekst.strip(), vandaag
        advies.save()
        aanvraag.versie += 1
        aanvraag.save(update_fields=["versie", "gewijzigd"])
        audit.record(actor=actor, soort="aanvraag.bestuursadvies", onderwerp=aanvraag, tekst=LID_ADVISEERDE)
        return advies


def verleng_tlv_bao(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Ask for another school year, with everything that was known; parents and members say anew what they think.

    ``pk`` is the granted application.  Refuses ``route``, ``rol``, ``verouderd``, ``loopt_al``, and what
    ``bezwaar_verlengen`` refuses.
    """
    with transaction.atomic():
        vorige = laad(actor, pk)
        refusal = _kan_verlengen(actor, vorige, versie, vandaag)
        if refusal is not None:
            return refusal
        made = maak_aanvraag(
            actor=actor,
            route="TBV",
            leerling=vorige.leerling,
            vandaag=vandaag,
            verwijzende_school=vorige.verwijzende_school,
            ontvangende_school=vorige.ontvangende_school,
            vorige=vorige,
        )
        for name in OVER_TE_NEMEN:
            setattr(made, name, getattr(vorige, name))
        made.gewenst_van = dag_na(vorige.geldig_tot)
        made.save()
        known = {party.volgnummer: party for party in vorige.partijen.filter(soort=OUDER)}
        for party in made.partijen.filter(soort=OUDER, volgnummer__in=known):
            earlier = known[party.volgnummer]
            party.naam, party.email, party.telefoon = earlier.naam, earlier.email, earlier.telefoon
            party.save()
        vorige.versie += 1  # a page of the granted one that is still open offers this no more
        vorige.save(update_fields=["versie", "gewijzigd"])
        return made


def _kan_verlengen(actor: Actor, vorige: Aanvraag, versie: int | None, vandaag: date) -> Refusal | None:
    if vorige.de_route.plaats is Soort.TLV_BAO and not (
        actor.bereik.rollen_bij(school=vorige.verwijzende_school_id) & SCHOOLROLLEN
    ):
        return ALLEEN_SCHOOL
    return bezwaar_verlengen(vorige, vandaag) or check_version(vorige, versie)
