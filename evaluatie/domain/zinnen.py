"""Conclusions in words, made from the figures that are published: who is highest and lowest, ties named together.

Groups are compared as they are printed, to one decimal: what looks equal in the table is called equal.

Source: evaluatie 'Impuls kernen', SWV PO IJmond, 2024-2025, which says below every table who is highest and lowest.
"""

from collections.abc import Sequence
from decimal import Decimal

from evaluatie.domain.uitkomsten import Aandeel, KeuzeUitkomst, ScoreUitkomst, Uitkomst
from swv_portal.common.money import dutch_number


def opsomming(namen: Sequence[str]) -> str:
    """``a, b en c``.  Names that hold a comma themselves are separated by semicolons."""
    if len(namen) < 2:
        return "".join(namen)
    glue = "; " if any("," in naam for naam in namen) else ", "
    return f"{glue.join(namen[:-1])}{';' if glue == '; ' else ''} en {namen[-1]}"


def cijfer(waarde: Decimal) -> str:
    return dutch_number(waarde, 1)


def procent(waarde: Decimal | None) -> str:
    """A percentage as it is printed, in sentence and table; a dash for an answer that is only counted."""
    return "–" if waarde is None else f"{cijfer(waarde)}%"


def _samen(aantal: int) -> str:
    return "beide" if aantal == 2 else "alle"


def _uiterste(uitkomst: ScoreUitkomst, waarde: Decimal, *, hoog: bool) -> str:
    names = [groep.groep for groep in uitkomst.getoond if groep.gemiddelde == waarde]
    one = len(names) == 1
    figure = cijfer(waarde) if one else f"{_samen(len(names))} {cijfer(waarde)}"
    if uitkomst.vraag.over:
        subject = f"Het {'meest' if hoog else 'minst'} tevreden {uitkomst.vraag.over} {'is' if one else 'zijn'}"
    else:
        subject = f"De {'hoogste' if hoog else 'laagste'} score {'is' if one else 'zijn'} van"
        subject = subject.replace("score zijn", "scores zijn")
    return f"{subject} {opsomming(names)} ({figure})."


def _score_zinnen(uitkomst: ScoreUitkomst) -> list[str]:
    shown = uitkomst.getoond
    lines = []
    if not shown:
        lines.append("Geen groep heeft genoeg antwoorden om te tonen.")
    else:
        highest, lowest = shown[0].gemiddelde, shown[-1].gemiddelde
        if highest is None or lowest is None:
            raise ValueError("a shown group has a mean")
        if len(shown) == 1:
            lines.append(f"Alleen {shown[0].groep} heeft genoeg antwoorden: gemiddeld {cijfer(highest)}.")
        elif highest == lowest:
            lines.append(f"Alle groepen die getoond worden, komen gemiddeld uit op {cijfer(highest)}.")
        else:
            lines += [_uiterste(uitkomst, highest, hoog=True), _uiterste(uitkomst, lowest, hoog=False)]
        if uitkomst.gemiddelde is not None and len(shown) > 1:
            lines.append(
                f"De {len(shown)} getoonde groepen samen geven gemiddeld een {cijfer(uitkomst.gemiddelde)} "
                f"op een schaal van {uitkomst.vraag.laagste} tot {uitkomst.vraag.hoogste}."
            )
    if uitkomst.verborgen:
        lines.append(f"Niet getoond, omdat er te weinig antwoorden zijn: {opsomming(uitkomst.verborgen)}.")
    if uitkomst.verdeling_verborgen:
        lines.append("Hoe vaak elke score is gegeven, staat er niet bij: daaruit is een kleine groep af te leiden.")
    return lines


def _genoemd(shares: Sequence[Aandeel]) -> str:
    """Answers that were given equally often, with the figure that the table has for each of them."""
    names = opsomming([f"'{share.label}'" for share in shares])
    if any(share.percentage is None for share in shares):
        figure = f"{dutch_number(shares[0].aantal)} keer"
    else:
        figure = procent(shares[0].percentage)
    return f"{names} ({_samen(len(shares)) + ' ' if len(shares) > 1 else ''}{figure})"


def _keuze_zinnen(uitkomst: KeuzeUitkomst) -> list[str]:
    if uitkomst.verdeling_verborgen:
        return ["Hoe vaak elk antwoord is gegeven, staat er niet bij: daaruit is een kleine groep af te leiden."]
    if uitkomst.verdeling is None:
        return ["Er zijn te weinig antwoorden om te tonen."]
    most = max(share.aantal for share in uitkomst.verdeling)
    chosen = [share for share in uitkomst.verdeling if share.aantal == most]
    if len(chosen) > 1:
        lines = [f"Even vaak gekozen, en het vaakst: {_genoemd(chosen)}."]
    elif 2 * most > uitkomst.n:
        # The percentages are of those who answered; with few answers that is not most of the respondents.
        who = "Van wie antwoord gaf, kiezen de meesten" if uitkomst.geen_antwoord else "De meeste respondenten kiezen"
        lines = [f"{who} {_genoemd(chosen)}."]
    else:
        lines = [f"Het vaakst gekozen is {_genoemd(chosen)}. Dat is niet meer dan de helft."]
    counted = [share for share in uitkomst.verdeling if share.percentage is None and 0 < share.aantal < most]
    lines += [f"Het antwoord '{share.label}' is {dutch_number(share.aantal)} keer gegeven." for share in counted]
    return lines


def conclusie(uitkomst: Uitkomst) -> list[str]:
    """The conclusion for one question, as sentences."""
    lines = _score_zinnen(uitkomst) if isinstance(uitkomst, ScoreUitkomst) else _keuze_zinnen(uitkomst)
    if uitkomst.geen_antwoord:
        verb = "gaf" if uitkomst.geen_antwoord == 1 else "gaven"
        lines.append(f"{uitkomst.geen_antwoord} van de {uitkomst.n + uitkomst.geen_antwoord} {verb} geen antwoord.")
    return lines
