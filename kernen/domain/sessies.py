"""The rhythm of a kern: four sessions in a school year.

Source: planning kernsessies, SWV Waterland PO 2025-2026 (September, November, February, May).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sessie:
    """A session as it returns every year: its number, month, goal and agenda."""

    nummer: int
    maand: int
    doel: str
    focus: tuple[str, ...]

    def in_jaar(self, begin: int) -> date:
        """The first day of its month in the school year that begins in ``begin``."""
        return date(begin if self.maand >= 8 else begin + 1, self.maand, 1)


JAARRITME = (
    Sessie(
        1,
        9,
        "Het kernplan voor dit schooljaar maken",
        ("Welke ondersteuning is nodig?", "Doelen kiezen met de menukaart", "Het plan afmaken"),
    ),
    Sessie(
        2,
        11,
        "Kijken hoe ver wij zijn",
        (
            "Wat is gelukt?",
            "Sterkere ondersteuning",
            "Kennis delen",
            "Geld en uren goed gebruiken",
            "Goede voorbeelden",
        ),
    ),
    Sessie(
        3,
        2,
        "Het ondersteuningsprofiel van de kern bijwerken",
        ("Het profiel actueel maken", "Gebruiken wat eerder is besproken", "Het profiel aanscherpen"),
    ),
    Sessie(
        4,
        5,
        "Het plan voor het volgende schooljaar voorbereiden",
        ("Wat vraagt het ondersteuningsplan?", "Nieuwe doelen", "Terugkijken en vasthouden", "De sessies plannen"),
    ),
)
