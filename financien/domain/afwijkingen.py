"""What published totals have wrong: each one beside the total that follows from the figures, with an explanation.

A published figure is never taken over and never corrected in silence: it is stored, shown and held against the rule.

Source: the published meerjarenbegroting 2023-2028 in ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, ch. 12 (its
totals, and its lines about the own capital).  What we make of them stands in
``docs/besluiten/0033-begroting-gepubliceerde-totalen.md``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from financien.domain.begroting import (
    RESULTAAT,
    TOTAAL_BATEN,
    TOTAAL_LASTEN,
    Niveau,
    Post,
    Sleutel,
    Totaal,
    signaleringswaarde,
)
from financien.domain.weggelaten import Weglatingen
from swv_portal.common.money import dutch_amount

#: The words of the published table for totals that have another name here.
ANDERE_NAMEN: Mapping[str, str] = {
    "baten": "totaal baten",
    "lasten": "totaal lasten",
    "totaal m&o": "totaal management en organisatie",
}
EIGEN_VERMOGEN = "eigen vermogen"
WEERSTAND = "weerstandsvermogen"
RESERVE = "bestemmingsreserve"
SIGNALERING = "signaleringswaarde"


@dataclass(frozen=True)
class Afwijking:
    """``verschil`` is published minus calculated, in whole euros."""

    regel: str
    jaar: int
    gepubliceerd: int
    berekend: int
    verklaring: str

    @property
    def verschil(self) -> int:
        return self.gepubliceerd - self.berekend


#: What a published line is about: a calculated total, or one of the four lines about equity.
Onderwerp = Sleutel | str


def _plat(name: str) -> str:
    return " ".join(name.lower().split())


def _gewoon(name: str) -> str:
    return ANDERE_NAMEN.get(_plat(name), _plat(name))


def _vermogensregel(name: str) -> str | None:
    """'Prognose eigen vermogen op 31-12 (na korting OCW)' is 'eigen vermogen'; ``None``: about something else."""
    name = _plat(name)
    if "eigen vermogen" in name:
        return EIGEN_VERMOGEN
    if "weerstand" in name and "vermogen" in name:
        return WEERSTAND
    return next((rule for rule in (RESERVE, SIGNALERING) if rule in name), None)


def _te_onderscheiden(totalen: Sequence[Totaal], vorm: Callable[[str], str]) -> dict[str, Sleutel]:
    """The totals by their name in this form.  Of a name of several only the total of a kind is meant, if it is one."""
    count = Counter(vorm(totaal.regel) for totaal in totalen)
    return {
        vorm(totaal.regel): totaal.sleutel
        for totaal in totalen
        if count[vorm(totaal.regel)] == 1 or totaal.sleutel.niveau >= Niveau.SOORT
    }


def per_onderwerp(totalen: Sequence[Totaal], gepubliceerd: Iterable[str]) -> dict[Onderwerp, list[str]]:
    """The published lines by what they are about, in their order.

    A line is about the total that has exactly its name, then about the only one that has it but for capitals and
    spaces, or by the other words of the published table, and only then about equity.  A line about which nothing is
    known, or that could be about two totals, is left out.
    """
    forms: list[Callable[[str], str]] = [str, _plat, _gewoon]
    tables = [(form, _te_onderscheiden(totalen, form)) for form in forms]
    found: dict[Onderwerp, list[str]] = {}
    for name in gepubliceerd:
        totals = (table[form(name)] for form, table in tables if form(name) in table)
        about: Onderwerp | None = next(totals, None) or _vermogensregel(name)
        if about is not None:
            found.setdefault(about, []).append(name)
    return found


def _bedrag(amount: int) -> str:
    return dutch_amount(amount, 0)


def _weggelaten(chosen: Sequence[tuple[str, int]]) -> str:
    names = " en ".join(f"'{name}' ({_bedrag(amount)})" for name, amount in chosen)
    if len(chosen) == 1:
        return f"De post {names} telt niet mee in het gepubliceerde totaal."
    return f"De posten {names} tellen niet mee in het gepubliceerde totaal."


@dataclass
class _Verklaarder:
    """Explains differences, the lower totals first.  ``eerder``: the differences that were found so far."""

    namen: Mapping[Sleutel, str]
    weglatingen: Weglatingen
    eerder: dict[tuple[Sleutel, int], int]

    def verklaar(self, totaal: Totaal, jaar: int, verschil: int) -> str:
        below = {deel: self.eerder[(deel, jaar)] for deel in totaal.delen if (deel, jaar) in self.eerder}
        # The lasten are taken off in the result.
        effect = sum(
            -value if (totaal.sleutel, deel) == (RESULTAAT, TOTAAL_LASTEN) else value for deel, value in below.items()
        )
        if below and effect == verschil:
            return f"Werkt door uit: {', '.join(self.namen[deel] for deel in below)}."
        if abs(verschil) <= 1:
            return "Afronding vóór het optellen: de bedragen zijn eerst op hele euro's afgerond."
        if omitted := self.weglatingen.zoek(totaal.sleutel, jaar, -verschil):
            return _weggelaten(omitted)
        return "Het gepubliceerde totaal volgt niet uit de gepubliceerde posten."


def _totaalafwijkingen(
    posten: Sequence[Post],
    totalen: Sequence[Totaal],
    gepubliceerd: Mapping[str, Mapping[int, int]],
    lijnen: Mapping[Onderwerp, Sequence[str]],
) -> list[Afwijking]:
    found: list[Afwijking] = []
    explain = _Verklaarder({totaal.sleutel: totaal.regel for totaal in totalen}, Weglatingen(posten), {})
    for totaal in totalen:
        for name in lijnen.get(totaal.sleutel, ()):
            for jaar, amount in gepubliceerd[name].items():
                if jaar not in totaal.bedragen or amount == totaal.bedragen[jaar]:
                    continue
                verschil = amount - totaal.bedragen[jaar]
                why = explain.verklaar(totaal, jaar, verschil)
                explain.eerder[(totaal.sleutel, jaar)] = verschil
                found.append(Afwijking(name, jaar, amount, totaal.bedragen[jaar], why))
    return found


def _vermogensafwijkingen(
    gepubliceerd: Mapping[str, Mapping[int, int]], lijnen: Mapping[Onderwerp, Sequence[str]]
) -> list[Afwijking]:
    """The equity rules, on the published figures themselves, so that a wrong result is not counted twice."""

    def first(about: Onderwerp) -> tuple[str, Mapping[int, int]]:
        return next(((name, gepubliceerd[name]) for name in lijnen.get(about, ())), ("", {}))

    found = []
    name, eigen = first(EIGEN_VERMOGEN)
    _, resultaat = first(RESULTAAT)
    _, baten = first(TOTAAL_BATEN)
    _, weerstand = first(WEERSTAND)
    _, reserve = first(RESERVE)
    signaal_naam, signaal = first(SIGNALERING)
    for jaar in sorted(eigen):
        if jaar - 1 in eigen and jaar in resultaat and eigen[jaar - 1] + resultaat[jaar] != eigen[jaar]:
            expected = eigen[jaar - 1] + resultaat[jaar]
            why = f"Eigen vermogen eind {jaar - 1} plus het resultaat van {jaar} is {_bedrag(expected)}."
            found.append(Afwijking(name, jaar, eigen[jaar], expected, why))
        if jaar in weerstand and jaar in reserve and weerstand[jaar] + reserve[jaar] != eigen[jaar]:
            expected = weerstand[jaar] + reserve[jaar]
            why = "Weerstandsvermogen en bestemmingsreserve zijn samen niet het eigen vermogen."
            found.append(Afwijking(name, jaar, eigen[jaar], expected, why))
    for jaar in sorted(signaal):
        if jaar in baten and signaleringswaarde(baten[jaar]) != signaal[jaar]:
            why = "De signaleringswaarde is 3,5% van de totale baten."
            found.append(Afwijking(signaal_naam, jaar, signaal[jaar], signaleringswaarde(baten[jaar]), why))
    return found


def vind_afwijkingen(
    posten: Sequence[Post],
    totalen: Sequence[Totaal],
    gepubliceerd: Mapping[str, Mapping[int, int]],
) -> list[Afwijking]:
    """Every published total that differs from what follows from the figures, in the order of the budget.

    ``gepubliceerd`` is per published line the amount per year (whole euros), under the words of the publication.
    A line about which no rule is known is left alone.
    """
    lines = per_onderwerp(totalen, gepubliceerd)
    return [
        *_totaalafwijkingen(posten, totalen, gepubliceerd, lines),
        *_vermogensafwijkingen(gepubliceerd, lines),
    ]
