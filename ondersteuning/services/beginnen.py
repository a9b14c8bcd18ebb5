"""Starting an application: the rows that every route needs, and the routes that do not start at the pupil's school."""

from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.aanvraag import INSTELLING, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer
from ondersteuning.domain.voorschools import AANLEIDINGNAMEN, Aanleiding
from ondersteuning.models import Aanvraag, Jeugdhulpinstelling, Leerling, Partij
from ondersteuning.queries.beginnen import begint_bij_swv, dag_na
from ondersteuning.queries.formulier import VELDEN_PARTIJ
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.gezag import vul_uit_dossier
from ondersteuning.services.leerlingen import leg_leerling_aan, loopt_al, maak_leerling, volg_aanvraag
from ondersteuning.services.nummers import nieuw_kenmerk
from ondersteuning.services.partijen import Uitnodiging, verstuur
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, load_for_update

GEEN_VORIGE = Refusal("vorige", "Kies een TLV van een leerling van uw school, of begin zonder.", "vorige")
GEEN_MANDAAT = Refusal("instelling", "Kies een instelling die vandaag gemandateerd is.", "instelling")
GEEN_AANLEIDING = Refusal("aanleiding", "Kies waarom de instelling de aanvraag doet.", "aanleiding")
ALLEEN_IKC = Refusal("school", "Een plaatsingsakkoord is alleen voor een IKC.", "school")

#: What is the same in the application that follows: the place, until the school chooses otherwise.
OVER_TE_NEMEN = ("categorie", "eerste_functie", "ontvangende_school")


def maak_aanvraag(*, actor: Actor, route: str, leerling: Leerling, vandaag: date, **velden: Any) -> Aanvraag:
    """A new application with its parties, filled with what the dossier knows.

    Inside a transaction; who may do this was decided before.
    """
    chosen = ROUTES[route]
    aanvraag = Aanvraag.objects.create(
        kenmerk=nieuw_kenmerk(route, vandaag),
        route=route,
        leerling=leerling,
        begonnen_door_id=actor.user_id,
        sinds=vandaag,
        **velden,
    )
    wanted = {OUDER: Deelnemer.OUDERS, TWEEDE_DESKUNDIGE: Deelnemer.TWEEDE_DESKUNDIGE}
    Partij.objects.bulk_create(
        Partij(aanvraag=aanvraag, soort=kind, volgnummer=number)
        for kind, number in sorted({(kind, number) for f in VELDEN_PARTIJ.values() for _, kind, number, _ in f})
        if chosen.vraagt(wanted[kind])
    )
    vul_uit_dossier(aanvraag)
    volg_aanvraag(aanvraag, vandaag=vandaag, begint=True)
    audit.record(actor=actor, soort="aanvraag.begonnen", onderwerp=aanvraag, tekst="Is een aanvraag begonnen.")
    return aanvraag


def leerling_met_tlv(actor: Actor, vorige: Aanvraag) -> Leerling | Refusal:
    """The pupil of a TLV, for the school where that TLV brought the pupil, locked.  Refuses ``loopt_al``."""
    pupil = load_for_update(Leerling.objects.all(), vorige.leerling_id)
    return loopt_al(actor, pupil, "vorige") or pupil


def neem_over(aanvraag: Aanvraag, vorige: Aanvraag) -> None:
    """Fill in what the TLV before this one already says: parents, place, category, and its number and end."""
    for name in OVER_TE_NEMEN:
        setattr(aanvraag, name, getattr(vorige, name))
    if not aanvraag.een_ouder_reden:
        aanvraag.een_ouder_reden = vorige.een_ouder_reden
    aanvraag.vorig_tlvnummer = vorige.tlvnummer.nummer if vorige.tlvnummer else ""
    aanvraag.vorig_geldig_tot = vorige.geldig_tot
    aanvraag.gewenst_van = dag_na(vorige.geldig_tot)
    aanvraag.save()
    known = {party.volgnummer: party for party in vorige.partijen.filter(soort=OUDER)}
    for party in aanvraag.partijen.filter(soort=OUDER, volgnummer__in=known):
        if party.naam:
            continue
        earlier = known[party.volgnummer]
        party.naam, party.email, party.telefoon = earlier.naam, earlier.email, earlier.telefoon
        party.save()


def begin_namens_instelling(
    *, actor: Actor, instelling_id: int, aanleiding: str, vandaag: date
) -> tuple[Aanvraag, Uitnodiging] | Refusal:
    """The SWV starts an application on route D for an institution, which gets a link to fill it in.

    The second code is in the answer, once.  Refuses: ``rol``, ``instelling`` (no mandate today), ``aanleiding``.
    """
    with transaction.atomic():
        if not begint_bij_swv(actor.bereik, ROUTES["D"]):
            return ALLEEN_SWV
        rows = Jeugdhulpinstelling.objects.visible_to(actor.bereik).gemandateerd(vandaag)
        institution = rows.filter(pk=instelling_id).first()
        if institution is None:
            return GEEN_MANDAAT
        if aanleiding not in AANLEIDINGNAMEN:
            return GEEN_AANLEIDING
        pupil = maak_leerling(actor=actor, school_id=None, gegevens={}, vandaag=vandaag)
        if isinstance(pupil, Refusal):
            return pupil
        aanvraag = maak_aanvraag(
            actor=actor,
            route="D",
            leerling=pupil,
            vandaag=vandaag,
            instelling=institution,
            aanleiding=aanleiding,
            nergens_ingeschreven=aanleiding == Aanleiding.VOORSCHOOLS,
        )
        if aanleiding == Aanleiding.ITK:
            _vraag_expertteam(aanvraag)
        party = Partij.objects.create(
            aanvraag=aanvraag, soort=INSTELLING, naam=institution.contactpersoon, email=institution.email
        )
        return aanvraag, verstuur(party, aanvraag, actor=actor, vandaag=vandaag)


def _vraag_expertteam(aanvraag: Aanvraag) -> None:
    """For a pupil of the ITK the expert team of the SWV is the second expert (par. 6.1.3)."""
    chosen = instellingen()
    aanvraag.partijen.filter(soort=TWEEDE_DESKUNDIGE).update(
        naam=chosen.expertteam_naam, email=chosen.expertteam_email, dienstverband="elders", werkgever="Expertteam"
    )


def begin_plaatsingsakkoord(*, actor: Actor, school_id: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Start a plaatsingsakkoord: at an IKC where ``actor`` may do that, or (``school_id=None``) from the SWV.

    The pupil is at no school of ours until the grant; an IKC reaches it by the application, where it takes part.
    Refuses: ``rol``, ``school`` (not an IKC).  A school outside one's roles does not exist.
    """
    route = ROUTES["PA"]
    with transaction.atomic():
        school = None
        if school_id is None:
            if not begint_bij_swv(actor.bereik, route):
                return ALLEEN_SWV
        else:
            mine = actor.bereik.plaatsen(*route.begin[Beginplaats.ONTVANGEND])
            school = School.objects.visible_to(actor.bereik).filter(pk=school_id, pk__in=sorted(mine)).first()
            if school is None:
                raise NotVisible("niet gevonden")
            if not school.is_ikc:
                return ALLEEN_IKC
        pupil = leg_leerling_aan(actor=actor, school=None, gegevens={}, vandaag=vandaag)
        if isinstance(pupil, Refusal):
            return pupil
        return maak_aanvraag(
            actor=actor,
            route=route.code,
            leerling=pupil,
            vandaag=vandaag,
            deelnemende_school=school,
            ontvangende_school=school,
            categorie="SBO" if school else "",
        )
