"""TLV at the basisschool: the list of members, asking two of them, their advice, and another school year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from kernen.models import Roltoekenning, Schoolbestuur
from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.herinneringen import NIET_MEER, ZINNEN, Wie, mag_lid_herinneren
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.rollen import ALLEEN_SWV, SCHOOLROLLEN
from ondersteuning.domain.tlv_bao import (
    ANDERE_ROUTE,
    LID,
    TLV_BAO,
    Lid,
    aantal_leden,
    controleer_advies,
    controleer_leden,
    vraagt_leden,
    waarom_geen_advies,
)
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Herinnering
from ondersteuning.queries.beginnen import dag_na
from ondersteuning.queries.bestuursadviezen import LID_ADVISEERDE, LID_ADVISEERDE_SOORT, weigering_verlengen
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.beginnen import maak_aanvraag
from ondersteuning.services.procedurebericht import bericht
from ondersteuning.services.stappen import VERWANTEN, beslis, laad, zet
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


@dataclass(frozen=True)
class LedenGevraagd:
    """The application, how many members were asked for the first time, and how many were reminded."""

    aanvraag: Aanvraag
    gevraagd: int
    herinnerd: int


def vraag_leden(
    *, actor: Actor, pk: int, versie: int | None, leden: Collection[int], vandaag: date
) -> LedenGevraagd | Refusal:
    """Ask these two members for advice; of who was asked before, the others are asked no more.

    Who did not answer yet is reminded, as often as the SWV allows.  Refuses ``route``, ``rol``, ``staat``,
    ``verouderd``, what ``controleer_leden`` refuses, and, when nobody is asked anew, what ``mag_lid_herinneren``
    refuses.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if not vraagt_leden(aanvraag.de_route):
            return ANDERE_ROUTE
        answer = beslis(actor, aanvraag, "vraag_leden", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        asked = {each.lid_id: each for each in aanvraag.bestuursadviezen.all()}
        chosen = _gekozen(aanvraag, leden, asked)
        if isinstance(chosen, Refusal):
            return chosen
        new = [member for member in chosen if member.pk not in asked]
        known = [asked[member.pk] for member in chosen if member.pk in asked]
        due = _te_herinneren(aanvraag, known, vandaag)
        if isinstance(due, Refusal):
            if not new:
                return due
            due = []
        aanvraag.bestuursadviezen.filter(gegeven_op__isnull=True).exclude(lid__in=chosen).delete()
        for member in new:
            made = Bestuursadvies.objects.create(aanvraag=aanvraag, lid=member, gevraagd_op=vandaag)
            _vraag(made, aanvraag, actor)
        for each in due:
            Herinnering.objects.create(
                aanvraag=aanvraag, wie=str(Wie.LID), advies=each, op=vandaag, door_id=actor.user_id
            )
            _vraag(each, aanvraag, actor)
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.save()
        _schrijf_op(aanvraag, len(new), len(due), actor)
        return LedenGevraagd(aanvraag, len(new), len(due))


def _gekozen(aanvraag: Aanvraag, leden: Collection[int], asked: Mapping[int, Bestuursadvies]) -> list[AvLid] | Refusal:
    """The members with these keys, when they may be asked; who gave advice may have left the list."""
    given = {key for key, each in asked.items() if each.gegeven_op is not None}
    rows = AvLid.objects.filter(pk__in=leden, user__isnull=False).select_related("user")
    chosen = [each for each in rows if each.gestopt_op is None or each.pk in given]
    school = aanvraag.verwijzende_school
    refusal = controleer_leden(
        [Lid(each.pk, each.bestuur_id) for each in chosen],
        zorgplicht=school.bestuur_id if school else None,
        gegeven=given,
    )
    return chosen if refusal is None else refusal


def _te_herinneren(
    aanvraag: Aanvraag, gevraagd: Sequence[Bestuursadvies], vandaag: date
) -> list[Bestuursadvies] | Refusal:
    """Who of these can be reminded today; when nobody can, why the first that is waited for can not."""
    last = dict(
        Herinnering.objects.filter(advies__in=gevraagd).order_by().values_list("advies_id").annotate(laatste=Max("op"))
    )
    after, due, refused = instellingen().herinner_na_dagen, [], NIET_MEER
    for each in sorted(gevraagd, key=lambda item: item.gegeven_op is None):
        refusal = mag_lid_herinneren(
            aanvraag.staat,
            gevraagd_op=each.gevraagd_op,
            gegeven=each.gegeven_op is not None,
            laatste=last.get(each.pk),
            vandaag=vandaag,
            na_dagen=after,
        )
        if refusal is None:
            due.append(each)
        else:
            refused = refusal
    return due or refused


def _schrijf_op(aanvraag: Aanvraag, gevraagd: int, herinnerd: int, actor: Actor) -> None:
    """In the timeline what was done: who was asked, and apart from that who was reminded."""
    told = (
        (gevraagd, "leden_gevraagd", "om advies gevraagd"),
        (herinnerd, "leden_herinnerd", "herinnerd"),
    )
    for number, kind, what in told:
        if number:
            text = f"Heeft {aantal_leden(number)} van de algemene vergadering {what}."
            audit.record(actor=actor, soort=f"aanvraag.{kind}", onderwerp=aanvraag, tekst=text)


def _vraag(advies: Bestuursadvies, aanvraag: Aanvraag, actor: Actor) -> None:
    """Mail a member that its advice is asked, without a name of the child."""
    path = reverse("ondersteuning:bestuursadvies", args=[advies.pk])
    people = [advies.lid.user] if advies.lid.user is not None else []
    bericht(aanvraag, people, zin=ZINNEN[Wie.LID], actor=actor, pad=path)


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
        audit.record(actor=actor, soort=LID_ADVISEERDE_SOORT, onderwerp=aanvraag, tekst=LID_ADVISEERDE)
        return advies


def verleng_tlv_bao(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Ask for another school year, with everything that was known; parents and members say anew what they think.

    ``pk`` is the granted application.  Refuses ``route``, ``rol``, ``verouderd``, ``loopt_al``, and what
    ``weigering_verlengen`` refuses.
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
    return weigering_verlengen(vorige, vandaag) or check_version(vorige, versie)
