"""What parents wrote beside a part, what children said themselves, and calls with parents after a grant."""

from datetime import date, timedelta

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.evaluatiegesprek import VRAGEN, Afloop, Antwoord
from ondersteuning.domain.kindformulier import SCHOOL
from ondersteuning.models import Aanvraag, Evaluatiegesprek, Gespreksantwoord, Kindformulier, Partij, Sectiereactie
from ondersteuning.queries.evaluatiegesprekken import te_bellen
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.context import Context

REACTIE = "Er staat dat hij in de klas niet meedoet. Dat klopt niet: met de tafel vooraan gaat het goed."
KIND = {
    "goed": "Tekenen en buiten spelen.",
    "moeilijk": "Het is vaak druk in de klas.",
    "helpt": "Een rustig plekje.",
    "waar": "Een school met een kleine klas.",
}
#: How the calls ended, in turn; what is left over still has to be made.
AFLOPEN = (Afloop.GESPROKEN, Afloop.WIL_NIET, Afloop.NIET_BEREIKT, Afloop.GESPROKEN, Afloop.GESPROKEN)
SCHAAL = (Antwoord.JA, Antwoord.JA, Antwoord.DEELS, Antwoord.JA, Antwoord.NEE, Antwoord.WEET_NIET)


def laad_ouders(ctx: Context) -> None:
    """Every third application with parties or the SWV has a reaction, the one after it a form of the child."""
    open_states = [procedure.BIJ_PARTIJEN, procedure.INGEDIEND]
    rows = list(Aanvraag.objects.filter(staat__in=open_states, route="A").order_by("pk"))
    first = {p.aanvraag_id: p for p in Partij.objects.filter(aanvraag__in=rows, soort=procedure.OUDER, volgnummer=1)}
    Sectiereactie.objects.bulk_create(
        Sectiereactie(
            aanvraag=row, partij=first[row.pk], sectie="onderbouwing", tekst=REACTIE, geschreven_op=_later(ctx, row)
        )
        for row in rows[::3]
        if row.pk in first
    )
    Kindformulier.objects.bulk_create(
        Kindformulier(
            aanvraag=row,
            gevoel="gaat_wel",
            ingevuld_met="ouder 1" if number % 2 else SCHOOL,
            ingevuld_op=_later(ctx, row),
            **KIND,
        )
        for number, row in enumerate(rows[1::3])
    )
    _gesprekken(ctx)


def _gesprekken(ctx: Context) -> None:
    """Two of every three calls that can be made, were."""
    staff = ctx.delen["gebruikers"][Rol.SWV_MEDEWERKER]
    waiting = list(te_bellen(bereik_voor(staff.pk, ctx.vandaag), ctx.vandaag).order_by("pk"))
    done = [row for number, row in enumerate(waiting) if number % 3]
    calls = Evaluatiegesprek.objects.bulk_create(
        Evaluatiegesprek(
            aanvraag=row,
            afloop=str(AFLOPEN[number % len(AFLOPEN)]),
            op=min((row.bekendgemaakt_op or ctx.vandaag) + timedelta(days=25), ctx.vandaag),
            door=staff,
        )
        for number, row in enumerate(done)
    )
    Gespreksantwoord.objects.bulk_create(
        Gespreksantwoord(
            gesprek=call,
            vraag=code,
            antwoord=str(SCHAAL[(number + place) % len(SCHAAL)]),
            toelichting="Wij wisten steeds wie wij konden bellen." if code == "vragen" else "",
        )
        for number, call in enumerate(calls)
        for place, code in enumerate(VRAGEN)
        if call.afloop == Afloop.GESPROKEN
    )


def _later(ctx: Context, row: Aanvraag) -> date:
    """A few days after the parties were asked."""
    return min((row.voorgelegd_op or row.sinds) + timedelta(days=4), ctx.vandaag)
