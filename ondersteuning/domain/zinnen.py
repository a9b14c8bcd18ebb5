"""What an application asks for and what came of it, in one sentence for parents and experts.

There are four kinds: a place at another school, staying longer at the special school, a budget that goes along to a
regular school, and extra help at the own school.  Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par.
6.1.3 (forms A, B and D, 'Eenzijdige aanvraag TLV', 'TLV op de BAO') and 8.1.4.
"""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.route import Route
from swv_portal.common.dates import datum


@dataclass(frozen=True)
class Aangevraagd:
    """Who asks for which pupil, at which school, and whether the pupil is at that school already (``blijft``)."""

    route: Route
    wie: str
    leerling: str
    school: str
    blijft: bool


def vraagzin(asked: Aangevraagd) -> str:
    """What is asked: 'De Zeester vraagt voor Mila een plek aan op IKC Duinrand.'"""
    kind = asked.route.plaats
    if kind is Soort.TLV_BAO:
        return f"{asked.wie} vraagt extra hulp aan voor {asked.leerling}, op {asked.school}."
    if kind is Soort.INSTROOMBUDGET:
        return f"{asked.wie} vraagt voor {asked.leerling} een plek aan op {asked.school}, met geld voor extra hulp."
    if asked.blijft:
        return f"{asked.wie} vraagt of {asked.leerling} langer op {asked.school} mag blijven."
    return f"{asked.wie} vraagt voor {asked.leerling} een plek aan op {asked.school}."


def mailzin(route: Route, *, wie: str, blijft: bool) -> str:
    """The same for a mail to a parent: without a name, and without the school where help was asked."""
    if route.plaats is Soort.TLV_BAO:
        return f"{wie} vraagt extra hulp aan voor uw kind, op de school waar uw kind nu zit."
    if blijft:
        return f"{wie} vraagt of uw kind langer op de school van nu mag blijven."
    return f"{wie} vraagt hulp op een andere school aan voor uw kind."


def deskundigenzin(route: Route, *, blijft: bool) -> str:
    """For a mail to the second expert: what the application is about."""
    if route.plaats is Soort.INSTROOMBUDGET:
        return "Het gaat om een aanvraag voor een plaats op een basisschool, met geld voor extra hulp."
    if blijft:
        return "Het gaat om een aanvraag om langer in het speciaal (basis)onderwijs te blijven."
    return "Het gaat om een aanvraag voor een plaats in het speciaal (basis)onderwijs."


def gevraagd_van_ouder(route: Route) -> str:
    """What the consent of a parent is worth on this route: it is needed, or the application goes on without it."""
    if "ouders_akkoord" in route.punten:
        return "Alleen als alle ouders ja zeggen, kan de aanvraag verder."
    if "bemiddeling" in route.punten:
        return "Het bestuur doet deze aanvraag ook als u het er niet mee eens bent. Uw mening telt wel mee."
    return ""


def tekenzin(route: Route) -> str:
    """What the signature of a parent says."""
    if "ouders_akkoord" in route.punten:
        return "Met uw antwoord zegt u of de aanvraag door mag gaan."
    return "U tekent alleen dat u de aanvraag hebt gezien."


def uitleg_bij_tekenen(route: Route) -> str:
    """What a parent should know before signing 'voor gezien'."""
    if "ouders_akkoord" in route.punten:
        return "Bent u het niet eens? Dan gaat de aanvraag niet verder. U kunt de school om een gesprek vragen."
    return (
        "U hoeft niet te tekenen. Het samenwerkingsverband mag ook zonder uw handtekening besluiten. "
        "Uw mening telt wel mee."
    )


def toegekend(asked: Aangevraagd, *, van: date | None, tot: date | None, nummer: str) -> str:
    """What was granted, for a parent."""
    period = _periode(van, tot)
    kind = asked.route.plaats
    if kind is Soort.TLV_BAO:
        return f"Uw kind blijft op {asked.school}. Die school krijgt{period} extra geld om uw kind te helpen."
    if kind is Soort.INSTROOMBUDGET:
        return f"Uw kind gaat naar {asked.school}. Die school krijgt{period} een budget om uw kind te begeleiden."
    number = f" De toelaatbaarheidsverklaring (TLV) heeft nummer {nummer}." if nummer else ""
    where = f"Uw kind mag op {asked.school} blijven" if asked.blijft else f"Uw kind mag naar {asked.school}"
    return f"{where}{',' if period else ''}{period}.{number}"


def _periode(van: date | None, tot: date | None) -> str:
    """The period as a part of a sentence, with the space before it; nothing when a day of it is not known."""
    return f" van {datum(van)} tot en met {datum(tot)}" if van and tot else ""


def geweigerd(route: Route) -> str:
    """What a refusal means, for a parent."""
    if route.plaats is Soort.TLV_BAO:
        return "De aanvraag is geweigerd. De school krijgt geen extra geld om uw kind te helpen."
    if route.plaats is Soort.INSTROOMBUDGET:
        return "De aanvraag is geweigerd. Er komt geen budget om uw kind te begeleiden."
    return "De aanvraag is geweigerd. Uw kind krijgt geen toelaatbaarheidsverklaring (TLV)."


def ingetrokken(route: Route, *, nummer: str, per: date | None) -> str:
    """What a withdrawal means, for a parent."""
    since = f", vanaf {datum(per)}" if per else ""
    if not nummer:
        what = "Het extra geld" if route.plaats is Soort.TLV_BAO else "Het budget"
        return f"{what} voor de school is ingetrokken{since}."
    ends = f"Die geldt niet meer vanaf {datum(per)}." if per else "Die geldt niet meer."
    return f"De toelaatbaarheidsverklaring (TLV) met nummer {nummer} is ingetrokken. {ends}"
