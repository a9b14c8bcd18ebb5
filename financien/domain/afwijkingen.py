"""What published totals have wrong: each one beside the total that follows from the figures, with an explanation.

A published figure is never taken over and never corrected in silence: it is stored, shown and held against the rule.

Source: the published meerjarenbegroting 2023-2028 in ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, ch. 12 (its
totals, and its lines about the own capital).  What we make of them stands in
``docs/besluiten/0033-begroting-gepubliceerde-totalen.md``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from financien.domain.begroting import Post, Totaal, signaleringswaarde
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


def regelnaam(gepubliceerd: str) -> str:
    """The rule that a published line falls under: a calculated total, or one of the four lines about equity.

    'Prognose eigen vermogen op 31-12 (na korting OCW)' is 'eigen vermogen'; a line that nothing is known about keeps
    its own name.
    """
    name = " ".join(gepubliceerd.lower().split())
    name = ANDERE_NAMEN.get(name, name)
    if "eigen vermogen" in name:
        return EIGEN_VERMOGEN
    if "weerstand" in name and "vermogen" in name:
        return WEERSTAND
    if "bestemmingsreserve" in name:
        return RESERVE
    if "signaleringswaarde" in name:
        return SIGNALERING
    return name


def _bedrag(amount: int) -> str:
    return dutch_amount(amount, 0)


def _weggelaten(posten: Sequence[Post], totaal: Totaal, jaar: int, verschil: int) -> str | None:
    """The one or two posts whose amount is exactly what a total is short of."""
    mine = [post for post in posten if totaal.regel in {f"subtotaal {post.groep}", f"totaal {post.groep}"}]
    amounts = [(post.post, post.bedragen.get(jaar) or 0) for post in mine]
    for size in (1, 2):
        for chosen in combinations([a for a in amounts if a[1]], size):
            if -sum(amount for _, amount in chosen) == verschil:
                names = " en ".join(f"'{name}' ({_bedrag(amount)})" for name, amount in chosen)
                return f"De post {names} telt niet mee in het gepubliceerde totaal."
    return None


def _verklaar(
    totaal: Totaal, jaar: int, verschil: int, posten: Sequence[Post], eerder: Mapping[tuple[str, int], int]
) -> str:
    below = [eerder[(deel, jaar)] for deel in totaal.delen if (deel, jaar) in eerder]
    sign = -1 if totaal.regel == "resultaat" else 1
    if below and sign * sum(below) == verschil:
        names = [deel for deel in totaal.delen if (deel, jaar) in eerder]
        return f"Werkt door uit: {', '.join(names)}."
    if abs(verschil) <= 1:
        return "Afronding vóór het optellen: de bedragen zijn eerst op hele euro's afgerond."
    omitted = _weggelaten(posten, totaal, jaar, verschil)
    return omitted or "Het gepubliceerde totaal volgt niet uit de gepubliceerde posten."


def _totaalafwijkingen(
    posten: Sequence[Post],
    totalen: Sequence[Totaal],
    gepubliceerd: Mapping[str, Mapping[int, int]],
) -> list[Afwijking]:
    found: list[Afwijking] = []
    seen: dict[tuple[str, int], int] = {}
    by_rule: dict[str, list[str]] = {}
    for name in gepubliceerd:
        by_rule.setdefault(regelnaam(name), []).append(name)
    for totaal in totalen:
        for name in by_rule.get(regelnaam(totaal.regel), []):
            for jaar, amount in gepubliceerd[name].items():
                if jaar not in totaal.bedragen or amount == totaal.bedragen[jaar]:
                    continue
                verschil = amount - totaal.bedragen[jaar]
                why = _verklaar(totaal, jaar, verschil, posten, seen)
                seen[(totaal.regel, jaar)] = verschil
                found.append(Afwijking(name, jaar, amount, totaal.bedragen[jaar], why))
    return found


def _eerste(gepubliceerd: Mapping[str, Mapping[int, int]], regel: str) -> tuple[str, Mapping[int, int]]:
    return next(((name, row) for name, row in gepubliceerd.items() if regelnaam(name) == regel), ("", {}))


def _vermogensafwijkingen(gepubliceerd: Mapping[str, Mapping[int, int]]) -> list[Afwijking]:
    """The equity rules, on the published figures themselves, so that a wrong result is not counted twice."""
    found = []
    name, eigen = _eerste(gepubliceerd, EIGEN_VERMOGEN)
    _, resultaat = _eerste(gepubliceerd, "resultaat")
    _, baten = _eerste(gepubliceerd, "totaal baten")
    _, weerstand = _eerste(gepubliceerd, WEERSTAND)
    _, reserve = _eerste(gepubliceerd, RESERVE)
    signaal_naam, signaal = _eerste(gepubliceerd, SIGNALERING)
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
    return [*_totaalafwijkingen(posten, totalen, gepubliceerd), *_vermogensafwijkingen(gepubliceerd)]
