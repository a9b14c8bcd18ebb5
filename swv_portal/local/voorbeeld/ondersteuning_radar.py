"""Example questions about TLV's that end on the coming 31 July, reminders, and who handles what."""

from datetime import timedelta

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, INGEDIEND, OUDER, TOEGEKEND
from ondersteuning.domain.herinneringen import Wie
from ondersteuning.domain.radar import Antwoord, antwoord_uiterlijk, einddag
from ondersteuning.domain.routes import MET_TLV
from ondersteuning.models import Aanvraag, Herinnering, Partij, Radarvraag
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.context import Context

#: What schools answered, in turn; an empty answer still waits.
ANTWOORDEN: tuple[str, ...] = ("", Antwoord.VERLENGING, "", Antwoord.TERUGKEER, Antwoord.ANDERS, "")
TOELICHTING: dict[str, str] = {Antwoord.ANDERS: "De leerling gaat naar het voortgezet onderwijs."}


def laad_radar(ctx: Context) -> None:
    """Questions about half of the TLV's that end first, so that there is something left to ask."""
    staff = ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    granted = Aanvraag.objects.filter(staat=TOEGEKEND, geldig_tot=einddag(ctx.vandaag), route__in=MET_TLV)
    granted = granted.order_by("pk")
    asked, until = ctx.vandaag - timedelta(days=9), einddag(ctx.vandaag)
    rows = []
    for number, row in enumerate(granted[::2]):
        answer = ANTWOORDEN[number % len(ANTWOORDEN)]
        rows.append(
            Radarvraag(
                aanvraag=row,
                school=row.ontvangende_school,
                gevraagd_op=asked,
                gevraagd_door=staff,
                uiterlijk=antwoord_uiterlijk(asked, until),
                antwoord=str(answer),
                toelichting=TOELICHTING.get(answer, ""),
                beantwoord_op=ctx.vandaag - timedelta(days=2) if answer else None,
            )
        )
    Radarvraag.objects.bulk_create(rows)
    _behandelaars(ctx)
    _herinneringen(ctx)


def _behandelaars(ctx: Context) -> None:
    """Every third application at the SWV is handled by the demo user."""
    staff = ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    keys = list(Aanvraag.objects.filter(staat=INGEDIEND).order_by("pk").values_list("pk", flat=True))
    Aanvraag.objects.filter(pk__in=keys[::3]).update(behandelaar=staff)


def _herinneringen(ctx: Context) -> None:
    """One parent of every application at the parties that is there longer than a week was reminded."""
    waiting = Partij.objects.filter(
        aanvraag__staat=BIJ_PARTIJEN, soort=OUDER, volgnummer=1, uitgenodigd_op__lt=ctx.vandaag - timedelta(days=7)
    )
    Herinnering.objects.bulk_create(
        Herinnering(aanvraag_id=party.aanvraag_id, wie=str(Wie.OUDER), partij=party, op=ctx.vandaag - timedelta(days=3))
        for party in waiting
    )
