"""From the rows of an application to the facts that the procedure looks at, and to its terms."""

from datetime import date

from django.db.models import Subquery

from kernen.models import Samenwerkingsverband, School
from ondersteuning.domain import stand as feiten
from ondersteuning.domain.aanvraag import AANVRAAG, BESLOTEN, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.domain.deskundigen import TweedeDeskundige, beoordeel_tweede
from ondersteuning.domain.geldigheid import controleer_geldigheid
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, Categorie
from ondersteuning.domain.routes import mogelijke_categorieen
from ondersteuning.domain.termijnen import EIGEN_WEKEN, Beslistermijnen, beslistermijnen
from ondersteuning.models import Aanvraag, Aanvulling, Advies, Partij, Tlvinstellingen, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.formulier import formulierwaarden, ontbreekt
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.terms import Opschorting
from swv_portal.common.workflow import Refusal


def rollen_bij(aanvraag: Aanvraag, bereik: Bereik) -> frozenset[str]:
    """The roles that count for this application: those of the pupil's school, and the receiving school's expert."""
    own = bereik.rollen_bij(school=aanvraag.verwijzende_school_id) - {Rol.ORTHOPEDAGOOG}
    asked = bereik.rollen_bij(school=aanvraag.gevraagde_school_id) if aanvraag.gevraagde_school_id else frozenset()
    return frozenset(own | (asked & {Rol.ORTHOPEDAGOOG}))


def categorie_bezwaar(categorie: str, school: School | None) -> Refusal | None:
    """Does the category fit the receiving school?  ``None`` is yes, or: one of the two is not chosen yet."""
    if school is None or not categorie:
        return None
    possible = mogelijke_categorieen(soort=school.soort, is_ikc=school.is_ikc)
    if Categorie(categorie) in possible:
        return None
    names = " of ".join(CATEGORIENAMEN[item] for item in possible)
    kind = "een IKC" if school.is_ikc else f"deze school ({school.soort})"
    return Refusal("categorie", f"Bij {kind} hoort {names}.", "categorie")


def werkgevers(aanvraag: Aanvraag) -> list[str]:
    """The names of both schools and their boards: the second expert may not work there."""
    schools = [aanvraag.verwijzende_school, aanvraag.ontvangende_school]
    return [name for school in schools if school for name in (school.naam, school.bestuur.naam)]


def tweede_bezwaar(aanvraag: Aanvraag, tweede: Partij | None) -> Refusal | None:
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


def _ouder(partij: Partij, zienswijzen: dict[int, Zienswijze]) -> feiten.Ouder:
    view = zienswijzen.get(partij.pk)
    return feiten.Ouder(
        label=partij.label,
        uitgenodigd=partij.uitgenodigd_op is not None,
        gezien_op=view.gezien_op if view else None,
        eens=view.eens if view else None,
    )


def stand_van(aanvraag: Aanvraag, *, vandaag: date, toelichting: str = "") -> feiten.Stand:
    """The facts of one application.  Reads its parties, advices, views and requests (prefetched or not)."""
    parties = list(aanvraag.partijen.all())
    advices = {a.soort: a for a in aanvraag.adviezen.all() if a.vervallen_op is None}
    views = {z.partij_id: z for z in aanvraag.zienswijzen.all() if z.vervallen_op is None}
    values = formulierwaarden(aanvraag, parties)
    second = next((p for p in parties if p.soort == TWEEDE_DESKUNDIGE), None)
    open_request = next((a for a in aanvraag.aanvullingen.all() if a.aangevuld_op is None), None)
    since, until = aanvraag.gewenst_van, aanvraag.gewenst_tot
    heard = bool(aanvraag.stem_leerling.strip())
    return feiten.Stand(
        vandaag=vandaag,
        ontbreekt=ontbreekt(aanvraag.route, values),
        ouders=tuple(_ouder(p, views) for p in parties if p.soort == OUDER and p.naam),
        een_ouder_reden=bool(aanvraag.een_ouder_reden.strip()),
        leerling_gehoord=aanvraag.leerling_gehoord and heard,
        reden_niet_gehoord=heard and not aanvraag.leerling_gehoord,
        eerste_advies=_advies(advices.get(EERSTE)),
        plaats=aanvraag.plaats_bevestigd,
        tweede_advies=_advies(advices.get(TWEEDE)),
        tweede_bezwaar=tweede_bezwaar(aanvraag, second),
        geldigheid_bezwaar=controleer_geldigheid(since, until) if since and until else None,
        categorie_bezwaar=categorie_bezwaar(aanvraag.categorie, aanvraag.ontvangende_school),
        terugkeer_afgesproken=aanvraag.terugkeer_moment is not None,
        reden_geen_terugkeer=bool(aanvraag.geen_terugkeer_reden.strip()),
        aanvulling_uiterlijk=open_request.uiterlijk if open_request else None,
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
    return beslistermijnen(
        aanvraag.ingediend_op,
        today=today,
        opschortingen=opschortingen(list(aanvraag.aanvullingen.all())),
        eigen_weken=weeks,
        gelijkgesteld=days,
    )


def oordeel(aanvraag: Aanvraag, naam: str, bereik: Bereik, *, toelichting: str, vandaag: date) -> tuple[Refusal, ...]:
    """Everything that keeps this person from step ``naam`` now with this motivation: for a page that says it all."""
    facts = stand_van(aanvraag, vandaag=vandaag, toelichting=toelichting)
    step = AANVRAAG.decide(naam, aanvraag.staat, rollen_bij(aanvraag, bereik), facts)
    if not isinstance(step, Refusal):
        return ()
    return (step,) if step.code in {"rol", "staat"} else AANVRAAG.unmet(naam, facts)
