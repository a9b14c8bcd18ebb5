"""From the rows of an application to the facts that the procedure looks at, and to its terms."""

from datetime import date
from typing import Any

from django.db.models import Subquery

from kernen.models import Samenwerkingsverband, School
from ondersteuning.domain import stand as feiten
from ondersteuning.domain.aanvraag import BESLOTEN, INDIENER, INSTELLING, ONTVANGER, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.domain.deskundigen import TweedeDeskundige, beoordeel_tweede
from ondersteuning.domain.eenzijdig import Conclusie
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, Categorie
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.routes import Beginplaats, Route, mogelijke_categorieen
from ondersteuning.domain.sectiereactie import delen
from ondersteuning.domain.termijnen import EIGEN_WEKEN, Beslistermijnen, beslistermijnen
from ondersteuning.models import Aanvraag, Aanvulling, Advies, Partij, Tlvinstellingen, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.bestuursadviezen import leden_van
from ondersteuning.queries.formulier import formulierwaarden, ontbreekt
from ondersteuning.queries.routefeiten import (
    heeft_akkoord,
    heeft_mandaat,
    onderzoek_van,
    weigering_aanleiding,
    weigering_ander_swv,
    weigering_bemiddeling,
    weigering_periode,
)
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.terms import Opschorting, Verlenging
from swv_portal.common.workflow import Refusal


def rollen_bij(aanvraag: Aanvraag, bereik: Bereik) -> frozenset[str]:
    """The roles that count for this application.

    Those at the pupil's school and at the SWV, whether one does the application (``INDIENER``), and whether one answers
    for the receiving school (``ONTVANGER``); the last two as the route says.
    """
    route = aanvraag.de_route
    found: set[str] = set(bereik.rollen_bij(school=aanvraag.verwijzende_school_id) - {Rol.ORTHOPEDAGOOG})
    places = {
        Beginplaats.SCHOOL: bereik.rollen_bij(school=aanvraag.verwijzende_school_id),
        Beginplaats.ONTVANGEND: bereik.rollen_bij(school=aanvraag.deelnemende_school_id),
        Beginplaats.SWV: bereik.rollen_bij(),
        Beginplaats.BESTUUR: bereik.rollen_bij(bestuur=aanvraag.indienend_bestuur_id),
    }
    if any(places[place] & roles for place, roles in route.begin.items()):
        found.add(INDIENER)
    asked = aanvraag.gevraagde_school_id
    if asked is not None and bereik.rollen_bij(school=asked) & route.ontvangers:
        found.add(ONTVANGER)
    return frozenset(found)


def rollen_van(aanvraag: Aanvraag, actor: Actor) -> frozenset[str]:
    """The roles of who does something: an account, or the institution that came by its personal link."""
    if actor.link_id is None:
        return rollen_bij(aanvraag, actor.bereik)
    own = aanvraag.partijen.filter(soort=INSTELLING, link_id=actor.link_id).exists()
    return frozenset({INDIENER}) if own else frozenset()


def weigering_categorie(route: Route, categorie: str, school: School | None) -> Refusal | None:
    """Does the category fit route and receiving school?  ``None`` is yes, or: category or school is not chosen yet."""
    if school is None or not categorie:
        return None
    possible = mogelijke_categorieen(route, soort=school.soort, is_ikc=school.is_ikc)
    if Categorie(categorie) in possible:
        return None
    names = " of ".join(CATEGORIENAMEN[item] for item in possible)
    kind = "een IKC" if school.is_ikc and Categorie.SBO in possible else f"deze school ({school.soort})"
    return Refusal("categorie", f"Bij {kind} hoort {names}.", "categorie")


def werkgevers(aanvraag: Aanvraag) -> list[str]:
    """The names of both schools and their boards: the second expert may not work there."""
    schools = [aanvraag.verwijzende_school, aanvraag.ontvangende_school]
    return [name for school in schools if school for name in (school.naam, school.bestuur.naam)]


def weigering_tweede(aanvraag: Aanvraag, tweede: Partij | None) -> Refusal | None:
    """Why this second expert is not possible, or ``None``."""
    if tweede is None:
        return None
    return beoordeel_tweede(
        TweedeDeskundige(tweede.functie, tweede.dienstverband, tweede.werkgever),
        eerste_functie=aanvraag.eerste_functie,
        werkgevers=werkgevers(aanvraag),
    )


def _advies(advies: Advies | None) -> feiten.Advies | None:
    if advies is None:
        return None
    return feiten.Advies(
        functie=advies.functie,
        gegeven_op=advies.gegeven_op,
        steunt=advies.steunt,
        met_tekst=bool(advies.tekst.strip()),
        betrokken=advies.betrokken,
    )


def _ouder(partij: Partij, zienswijzen: dict[int, Zienswijze], reacties: tuple[str, ...]) -> feiten.Ouder:
    view = zienswijzen.get(partij.pk)
    return feiten.Ouder(
        label=partij.label,
        uitgenodigd=partij.uitgenodigd_op is not None,
        gezien_op=view.gezien_op if view else None,
        eens=view.eens if view else None,
        reacties=reacties,
    )


def _reacties(aanvraag: Aanvraag) -> dict[int, tuple[str, ...]]:
    """Per parent the names of the parts to which they object, in the order of the form."""
    written = {(r.partij_id, r.sectie) for r in aanvraag.sectiereacties.all() if r.vervallen_op is None and r.tekst}
    return {
        parent: tuple(name for code, name in delen(aanvraag.de_route).items() if (parent, code) in written)
        for parent in {parent for parent, _ in written}
    }


def _gehoord(aanvraag: Aanvraag) -> dict[str, Any]:
    """Was the pupil heard, in the own form or as the school writes it; or is there a reason why not?"""
    told = bool(aanvraag.stem_leerling.strip())
    child = getattr(aanvraag, "kindformulier", None)
    own = child is not None and child.gehoord
    heard = own or (aanvraag.leerling_gehoord and told)
    return {
        "leerling_gehoord": heard,
        "reden_niet_gehoord": not heard and (told or child is not None),
        "eigen_formulier": own,
    }


def stand_van(aanvraag: Aanvraag, *, vandaag: date, toelichting: str = "") -> feiten.Stand:
    """The facts of one application.  Reads its parties, advices, views and requests (prefetched or not)."""
    parties = list(aanvraag.partijen.all())
    advices = {a.soort: a for a in aanvraag.adviezen.all() if a.vervallen_op is None}
    views = {z.partij_id: z for z in aanvraag.zienswijzen.all() if z.vervallen_op is None}
    values = formulierwaarden(aanvraag, parties)
    second = next((p for p in parties if p.soort == TWEEDE_DESKUNDIGE), None)
    open_request = next((a for a in aanvraag.aanvullingen.all() if a.aangevuld_op is None), None)
    reactions = _reacties(aanvraag)
    inquiry = onderzoek_van(aanvraag)
    return feiten.Stand(
        vandaag=vandaag,
        ontbreekt=ontbreekt(aanvraag.route, values),
        ouders=tuple(_ouder(p, views, reactions.get(p.pk, ())) for p in parties if p.soort == OUDER and p.naam),
        een_ouder_reden=bool(aanvraag.een_ouder_reden.strip()),
        **_gehoord(aanvraag),
        eerste_advies=_advies(advices.get(EERSTE)),
        plaats=aanvraag.plaats_bevestigd,
        tweede_advies=_advies(advices.get(TWEEDE)),
        weigering_tweede=weigering_tweede(aanvraag, second),
        weigering_geldigheid=weigering_periode(aanvraag),
        weigering_categorie=weigering_categorie(aanvraag.de_route, aanvraag.categorie, aanvraag.ontvangende_school),
        terugkeer_afgesproken=aanvraag.terugkeer_moment is not None,
        reden_geen_terugkeer=bool(aanvraag.geen_terugkeer_reden.strip()),
        aanvulling_uiterlijk=open_request.uiterlijk if open_request else None,
        route=aanvraag.de_route,
        eigen_school=aanvraag.blijft_op_school,
        mandaat=heeft_mandaat(aanvraag),
        weigering_aanleiding=weigering_aanleiding(aanvraag),
        budget_afgestemd=aanvraag.budget_afgestemd,
        akkoord=heeft_akkoord(aanvraag),
        weigering_ander_swv=weigering_ander_swv(aanvraag),
        weigering_bemiddeling=weigering_bemiddeling(aanvraag, vandaag),
        leden=tuple(each.steunt for each in leden_van(aanvraag)),
        onderzocht_op=inquiry.afgerond_op if inquiry else None,
        onderzoek_past=inquiry is not None and inquiry.conclusie == Conclusie.PAST,
        na_bezwaar=aanvraag.heroverweging_op is not None,
        toelichting=toelichting,
    )


def instellingen() -> Tlvinstellingen:
    """The settings of this SWV, or the defaults when it chose nothing."""
    return Tlvinstellingen.objects.first() or Tlvinstellingen()


def termijnregels() -> tuple[int, list[date]]:
    """The own term of the SWV in weeks, and the days that it treats as holidays.  One query."""
    chosen = Tlvinstellingen.objects.values("gelijkgesteld")[:1]
    found = Samenwerkingsverband.objects.values_list("termijn_weken", Subquery(chosen)).first()
    weeks, days = found or (None, None)
    return weeks or EIGEN_WEKEN, Tlvinstellingen().gelijkgesteld if days is None else days


def opschortingen(aanvullingen: list[Aanvulling]) -> list[Opschorting]:
    """The requests for completion as what they do to the term."""
    return [Opschorting(item.gevraagd_op, item.uiterlijk, item.aangevuld_op) for item in aanvullingen]


def termijnen_van(aanvraag: Aanvraag, *, vandaag: date) -> Beslistermijnen | None:
    """Both terms of an application; ``None`` before the SWV received it.  After a decision they stand still there."""
    if aanvraag.ingediend_op is None:
        return None
    today = aanvraag.besloten_op if aanvraag.staat in BESLOTEN and aanvraag.besloten_op else vandaag
    weeks, days = termijnregels()
    told, until = aanvraag.verlengd_op, aanvraag.verlengd_tot
    return beslistermijnen(
        aanvraag.heroverweging_op or aanvraag.ingediend_op,
        today=today,
        opschortingen=opschortingen(list(aanvraag.aanvullingen.all())),
        eigen_weken=weeks,
        gelijkgesteld=days,
        verlenging=Verlenging(told, until) if told and until else None,
    )


def oordeel(aanvraag: Aanvraag, naam: str, bereik: Bereik, *, toelichting: str, vandaag: date) -> tuple[Refusal, ...]:
    """Everything that keeps this person from step ``naam`` now with this motivation: for a page that says it all."""
    facts = stand_van(aanvraag, vandaag=vandaag, toelichting=toelichting)
    workflow = procedure_van(aanvraag.route)
    step = workflow.decide(naam, aanvraag.staat, rollen_bij(aanvraag, bereik), facts)
    if not isinstance(step, Refusal):
        return ()
    return (step,) if step.code in {"rol", "staat"} else workflow.unmet(naam, facts)
