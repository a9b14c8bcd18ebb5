"""Example data of what boards ask: a one-sided application, a TLV at the basisschool, and members.  All invented."""

from datetime import date, timedelta

from django.db.models import QuerySet

from kernen.models import Roltoekenning, School, Schoolbestuur
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.eenzijdig import Bemiddeling, Conclusie
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies, Onderzoek, Partij, Zienswijze
from ondersteuning.services.besluit import BRIEF
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_aanvragen import groep_op
from swv_portal.local.voorbeeld.ondersteuning_links import laad_links
from swv_portal.local.voorbeeld.ondersteuning_routes import bewaar, nieuw

MEESTE_LEDEN = 4
STEUN = "Deze hulp is elke dag nodig, en de school kan haar goed geven."
#: What a pupil needs, and what the school did already.
ZIEK = (
    "De leerling werd ernstig ziek. Elke dag is er hulp nodig bij eten, lopen en rusten.",
    "De school regelde een rustplek en een assistent voor de ochtend.",
)
ONGELUK = (
    "De leerling zit na een ongeluk in een rolstoel. Elke dag is er hulp nodig bij het verplaatsen.",
    "De school maakte het lokaal toegankelijk en oefende met de fysiotherapeut.",
)
SUIKER = (
    "De leerling heeft suikerziekte. Een volwassene meet meerdere keren per dag en let op bij gym en eten.",
    "Twee leraren leerden meten en ingrijpen. Voor de hele dag is dat niet genoeg.",
)


def laad_bestuur(ctx: Context) -> None:
    """The members, and an application of each route that a board starts, with the people of the demo in it."""
    own = _eigen_bestuur(ctx)
    others = [board for board in ctx.delen["besturen"] if board.pk != own.pk]
    members = _leden(ctx, [own, *others])
    one_sided = _eenzijdig(ctx, _school(own))
    row = _op_basisschool(ctx, _school(next(board for board in others if _scholen(board).exists())))
    granted = _toegekend(ctx, ctx.delen["regulier"][0], members)
    parties = Partij.objects.filter(aanvraag__in=[one_sided, row, *granted])
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
            tekst=STEUN if given else "",
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
    row = _medisch(nieuw(ctx, "TB", school, school, procedure.INGEDIEND, 5), school, ZIEK)
    bewaar(ctx, row)
    return row


def _medisch(row: Aanvraag, school: School, vraag: tuple[str, str]) -> Aanvraag:
    """What this route asks, and nothing of what it does not ask."""
    row.groep, row.indienend_bestuur, row.eerste_functie = groep_op(row.leerling, row.sinds), school.bestuur, ""
    row.gewenst_tot = Schooljaar.van(row.gewenst_van or row.sinds).laatste_dag
    (row.onderwijsbehoefte, row.geboden_hulp), row.reden_school = vraag, ""
    row.geen_terugkeer_reden = ""
    return row


def _toegekend(ctx: Context, school: School, leden: list[AvLid]) -> list[Aanvraag]:
    """One of last school year that was prolonged into this one, and one of this school year."""
    now = Schooljaar.van(ctx.vandaag)
    autumn, june = date(now.begin - 1, 10, 1), date(now.begin, 6, 1)
    first = _verleend(ctx, "TB", school, leden, sinds=autumn, van=date(now.begin - 1, 11, 1), vraag=ONGELUK)
    again = _verleend(ctx, "TBV", school, leden, sinds=june, van=now.eerste_dag, vraag=ONGELUK, vorige=first)
    return [first, again, _verleend(ctx, "TB", school, leden, sinds=june, van=now.eerste_dag, vraag=SUIKER)]


def _verleend(
    ctx: Context,
    route: str,
    school: School,
    leden: list[AvLid],
    *,
    sinds: date,
    van: date,
    vraag: tuple[str, str],
    vorige: Aanvraag | None = None,
) -> Aanvraag:
    """Handed in on ``sinds``, both members and the parents said yes, granted from ``van`` to the end of its year."""
    ago, pupil = (ctx.vandaag - sinds).days, vorige.leerling if vorige else None
    row = nieuw(ctx, route, school, school, procedure.TOEGEKEND, ago, pupil)
    row.vorige, row.gewenst_van = vorige, van
    _medisch(row, school, vraag)
    if vorige is not None:
        row.indienend_bestuur = None  # the school asks for another year
    bewaar(ctx, row)
    for parent in row.partijen.filter(soort=procedure.OUDER).exclude(naam=""):
        Zienswijze.objects.create(aanvraag=row, partij=parent, eens=True, gezien_op=sinds)
    for member in [each for each in leden if each.bestuur_id != school.bestuur_id][:2]:
        Bestuursadvies.objects.create(
            aanvraag=row, lid=member, gevraagd_op=sinds, gegeven_op=sinds, steunt=True, tekst=STEUN
        )
    enqueue(BRIEF, params={"aanvraag": row.pk}, uniek=f"{BRIEF}-{row.pk}")
    return row
