"""Example data: twelve invented providers on the sociale kaart, one of them proposed and one hidden."""

from ondersteuning.domain.sociale_kaart import GETOOND, VERBORGEN, VOORSTEL
from ondersteuning.models import Aanbieder
from swv_portal.local.voorbeeld.context import Context

#: Name, categories, description, place, state.  Together they cover all twelve categories.
AANBIEDERS = (
    (
        "Leespraktijk De Letterboom",
        ("dyslexie", "remedial_teaching"),
        "Onderzoek en begeleiding bij lezen en spellen, op school en in de praktijk.",
        "Zeewijk",
        GETOOND,
    ),
    (
        "Fysio Kinderkracht",
        ("fysiotherapie", "motorische_rt"),
        "Kinderfysiotherapie en hulp bij schrijven, gym en stilzitten.",
        "Duindorp",
        GETOOND,
    ),
    (
        "Logopedie Klinkklaar",
        ("logopedie",),
        "Screening van kleuters en behandeling van spraak en taal op school.",
        "Zeewijk",
        GETOOND,
    ),
    (
        "Beweegstudio Hinkstap",
        ("motorische_rt",),
        "Kleine groepen voor kinderen die moeite hebben met bewegen.",
        "Polderveen",
        GETOOND,
    ),
    (
        "Onderzoeksbureau Peilglas",
        ("onderzoek",),
        "Psychologisch onderzoek, met een verslag waar de leerkracht mee verder kan.",
        "Havenstad",
        GETOOND,
    ),
    (
        "Remedial teaching Stapsteen",
        ("remedial_teaching",),
        "Hulp bij rekenen en begrijpend lezen, één op één of in een klein groepje.",
        "Duindorp",
        GETOOND,
    ),
    (
        "Training Samen Sterk Spelen",
        ("sociale_vaardigheid",),
        "Weerbaarheid en samenwerken, voor een groepje of voor een hele klas.",
        "Polderveen",
        GETOOND,
    ),
    (
        "Atelier Kleurkracht",
        ("spel_creatief",),
        "Speltherapie en creatieve therapie voor kinderen die iets moeilijks meemaakten.",
        "Havenstad",
        GETOOND,
    ),
    (
        "Denklab Vergezicht",
        ("hoogbegaafdheid",),
        "Lessen en advies voor kinderen die snel denken en meer uitdaging zoeken.",
        "Zeewijk",
        GETOOND,
    ),
    (
        "Kindercoach Waterlijn",
        ("kindercoach", "sociale_vaardigheid"),
        "Coaching bij faalangst, verdriet en ruzie. Gesprekken op school kunnen ook.",
        "Duindorp",
        GETOOND,
    ),
    (
        "Klassenhulp Handreiking",
        ("extra_handen",),
        "Ervaren assistenten die een of meer dagdelen meehelpen in de klas.",
        "Havenstad",
        VOORSTEL,
    ),
    (
        "Zorgboerderij Het Weitje",
        ("overig", "extra_handen"),
        "Een dagdeel per week leren op de boerderij. Neemt nu geen kinderen aan.",
        "Polderveen",
        VERBORGEN,
    ),
)


def laad_sociale_kaart(_ctx: Context) -> None:
    """Twelve providers with invented addresses."""
    Aanbieder.objects.bulk_create(
        Aanbieder(
            naam=naam,
            categorieen=list(categorieen),
            omschrijving=omschrijving,
            plaats=plaats,
            website=f"https://www.{naam.lower().replace(' ', '-')}.example",
            telefoon=f"0299 555 {number:03d}",
            email=f"info@{naam.lower().replace(' ', '-')}.example",
            staat=staat,
        )
        for number, (naam, categorieen, omschrijving, plaats, staat) in enumerate(AANBIEDERS, start=101)
    )
