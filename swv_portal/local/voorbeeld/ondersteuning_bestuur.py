"""Example data of what boards ask: a one-sided application, a TLV at the basisschool, and members.  All invented."""

from datetime import timedelta

from django.db.models import QuerySet

from kernen.models import Roltoekenning, School, Schoolbestuur
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.eenzijdig import Bemiddeling, Conclusie
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Onderzoek, Partij
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_aanvragen import groep_op
from swv_portal.local.voorbeeld.ondersteuning_links import laad_links
from swv_portal.local.voorbeeld.ondersteuning_routes import bewaar, nieuw

MEESTE_LEDEN = 4


def laad_bestuur(ctx: Context) -> None:
    """The members, and an application of each route that a board starts, with the people of the demo in it."""
    own = _eigen_bestuur(ctx)
    others = [board for board in ctx.delen["besturen"] if board.pk != own.pk]
    members = _leden(ctx, [own, *others])
    one_sided = _eenzijdig(ctx, _school(own))
    row = _op_basisschool(ctx, _school(next(board for board in others if _scholen(board).exists())))
    parties = Partij.objects.filter(aanvraag__in=[one_sided, row])
    laad_links(ctx, list(parties.select_related("aanvraag__verwijzende_school", "aanvraag__indienend_bestuur")))
    asked = [each for each in members if each.bestuur_id != row.indienend_bestuur_id][:2]
    for number, member in enumerate(asked):
        given = number > 0  # the one of the demo still has to answer
        Bestuursadvies.objects.create(
            aanvraag=row,
            lid=member,
            gevraagd_op=row.sinds,
            gegeven_op=row.sinds if given else None,
            steunt=True if given else None,
            tekst="Deze hulp is elke dag nodig, en de school kan haar goed geven." if given else "",
        )


def _eigen_bestuur(ctx: Context) -> Schoolbestuur:
    """The board of the schoolbestuurder of the demo."""
    user = ctx.delen["gebruikers"][Rol.SCHOOLBESTUURDER]
    held = Roltoekenning.objects.filter(user=user, rol=Rol.SCHOOLBESTUURDER).select_related("bestuur").first()
    if held is None or held.bestuur is None:
        raise ValueError("the schoolbestuurder of the demo runs a board")
    return held.bestuur


def _scholen(bestuur: Schoolbestuur) -> "QuerySet[School]":
    return School.objects.filter(bestuur=bestuur, soort="BAO").order_by("pk")


def _school(bestuur: Schoolbestuur) -> School:
    found: School = _scholen(bestuur)[0]
    return found


def _leden(ctx: Context, besturen: list[Schoolbestuur]) -> list[AvLid]:
    """One member of each of some boards; of the own board that is the person of the demo."""
    people = {**ctx.delen["bestuurders"], besturen[0].pk: ctx.delen["gebruikers"][Rol.SCHOOLBESTUURDER]}
    return [AvLid.objects.create(user=people[board.pk], bestuur=board) for board in besturen[:MEESTE_LEDEN]]


def _eenzijdig(ctx: Context, school: School) -> Aanvraag:
    """Parents and school do not agree; the investigation is there, the director decides."""
    row = nieuw(ctx, "EZ", school, ctx.delen["ikc"][0], procedure.INGEDIEND, 10)
    row.groep, row.indienend_bestuur = groep_op(row.leerling, row.sinds), school.bestuur
    row.verwijderd_op = row.sinds - timedelta(days=60)
    row.bemiddeling, row.bemiddeling_op = str(Bemiddeling.MEDIATION), row.sinds - timedelta(days=40)
    row.bemiddeling_uitkomst = "Er waren drie gesprekken. Ouders en school werden het niet eens."
    bewaar(ctx, row)
    Onderzoek.objects.create(
        aanvraag=row,
        onderzoeker="Jorn Wulp",
        werkgever="Onderzoeksbureau De Peiling",
        afgerond_op=row.sinds,
        conclusie=str(Conclusie.PAST),
        tekst="De leerling heeft elke dag hulp nodig die de basisschool niet kan geven.",
    )
    return row


def _op_basisschool(ctx: Context, school: School) -> Aanvraag:
    """A pupil with a chronic illness stays at the school; one of the two members still has to answer."""
    row = nieuw(ctx, "TB", school, school, procedure.INGEDIEND, 5)
    row.groep, row.indienend_bestuur, row.eerste_functie = groep_op(row.leerling, row.sinds), school.bestuur, ""
    row.gewenst_tot = Schooljaar.van(row.gewenst_van or row.sinds).laatste_dag
    row.onderwijsbehoefte = "De leerling werd ernstig ziek. Elke dag is er hulp nodig bij eten, lopen en rusten."
    row.geboden_hulp, row.reden_school = "De school regelde een rustplek en een assistent voor de ochtend.", ""
    row.geen_terugkeer_reden = ""
    bewaar(ctx, row)
    return row
