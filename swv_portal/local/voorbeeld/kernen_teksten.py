"""The words of the example data of kernen.  Everything here is invented; places are only names of kernen."""

from dataclasses import dataclass

SWV = {
    "naam": "SWV PO Duin en Kern",
    "registratienummer": "PO9901",
    "straat": "Vuurtorenlaan",
    "huisnummer": "12",
    "postcode": "1945 ZZ",
    "plaats": "Beverwijk",
    "telefoon": "0251 000 000",
    "email": "info@duin-en-kern.example",
    "website": "https://duin-en-kern.example/",
    "bezwaaradres": "SWV PO Duin en Kern, Vuurtorenlaan 12, 1945 ZZ Beverwijk",
}


@dataclass(frozen=True)
class Kernvorm:
    """A kern of the example: its name, how many schools, and the places (with gemeente and PC4) they stand in."""

    naam: str
    code: str
    scholen: int
    plaatsen: tuple[tuple[str, str, str], ...]


KERNEN = (
    Kernvorm(
        "Beverwijk+", "beverwijk-plus", 11, (("Beverwijk", "Beverwijk", "1947"), ("Wijk aan Zee", "Beverwijk", "1949"))
    ),
    Kernvorm(
        "Santpoort/Driehuis",
        "santpoort-driehuis",
        8,
        (("Santpoort-Noord", "Velsen", "2071"), ("Driehuis", "Velsen", "1985")),
    ),
    Kernvorm(
        "Castricum, Limmen, Akersloot",
        "castricum-limmen-akersloot",
        13,
        (("Castricum", "Castricum", "1901"), ("Limmen", "Castricum", "1906"), ("Akersloot", "Castricum", "1921")),
    ),
    Kernvorm("Uitgeest", "uitgeest", 6, (("Uitgeest", "Uitgeest", "1911"),)),
    Kernvorm("Heemskerk Noord", "heemskerk-noord", 9, (("Heemskerk", "Heemskerk", "1966"),)),
    Kernvorm("IJmuiden 1 en 2", "ijmuiden", 14, (("IJmuiden", "Velsen", "1971"), ("Velsen-Noord", "Velsen", "1951"))),
    Kernvorm("Heemskerk Zuid", "heemskerk-zuid", 9, (("Heemskerk", "Heemskerk", "1964"),)),
    Kernvorm("Velserbroek", "velserbroek", 7, (("Velserbroek", "Velsen", "1991"),)),
    Kernvorm("Beverwijk", "beverwijk", 9, (("Beverwijk", "Beverwijk", "1943"),)),
)
#: The tenth kern holds the schools for specialised education: step 2 of the route asks them for help.
REGIOKERN = Kernvorm("Regiokern Speciaal", "regiokern-speciaal", 7, (("Beverwijk", "Beverwijk", "1945"),))

#: Boards: name, regular schools, and how many of those are a second location under the BRIN of another.
BESTUREN = (
    ("Stichting Zilte Scholen", 17, 4),
    ("Stichting Duinwijs Onderwijs", 13, 3),
    ("Onderwijsgroep Helmgras", 11, 2),
    ("Stichting Openbaar Onderwijs Kustlijn", 9, 2),
    ("Vereniging De Branding", 8, 1),
    ("Stichting Kreekland", 6, 1),
    ("Stichting Getij Onderwijs", 5, 1),
    ("Vereniging School aan de Vliet", 4, 1),
    ("Stichting Bakenschool", 3, 0),
    ("Stichting De Strandlijn", 3, 0),
    ("Vereniging Vrij Onderwijs Noordzee", 2, 0),
    ("Stichting Kompasonderwijs", 2, 0),
    ("Stichting Onderwijs De Wimpel", 1, 0),
    ("Vereniging Kleinschalig Onderwijs Zandbank", 1, 0),
    ("Stichting Leerplaats Zeewind", 1, 0),
    ("Stichting Speciaal Onderwijs De Loodsen", 0, 0),
    ("Stichting Samen Speciaal Vuurbaak", 0, 0),
)
BESTUUR_SO, BESTUUR_IKC = 15, 16
BESTUUR_ELDERS = "Stichting Onderwijs Binnenmeren"

VOOR = ("Wulk", "Zilt", "Kokkel", "Meeuw", "Garnaal", "Krab", "Sprot", "Alikruik", "Stormvogel", "Zeester")
NA = ("baken", "lantaarn", "werf", "wimpel", "loods", "steiger", "kompas", "vlieger", "tuin")
SOORTNAAM = ("Basisschool", "Kindcentrum", "Openbare basisschool", "Christelijke basisschool", "Montessorischool")
STRATEN = (
    "Schelpenlaan",
    "Helmpad",
    "Ankerstraat",
    "Golfbreker",
    "Touwslagersweg",
    "Visserspad",
    "Kustweg",
    "Netteboeterslaan",
)

IKC = (("IKC Noorderbaak", 231), ("IKC Zuiderbaak", 204), ("IKC De Oostbaak", 185))
SO = (("SO De Zandplaat", 118), ("SO De Getijden", 96), ("SO Windroos", 79), ("SO Het Lichtschip", 45))
BUITEN_REGIO = (("SBO De Binnenmeren", "SBO", 142), ("SO De Ringvaart", "SO", 88))

MENUKAART = (
    (
        "Gedrag",
        12,
        "Over een jaar weten onze teams meer van gedrag en heeft de kern daar vaste hulp voor.",
        (
            "Met alle scholen één training volgen",
            "Elke week een gedragsspecialist op school",
            "Casussen bespreken in een vaste groep",
            "Eén werkwijze opschrijven",
        ),
    ),
    (
        "Themascholing",
        12,
        "Wij leren dit jaar drie keer samen, en vier van de vijf collega's zijn erbij.",
        (
            "Een thema kiezen en een spreker vragen",
            "Samen casussen bespreken",
            "De cijfers van de kern lezen en er beleid van maken",
        ),
    ),
    (
        "Projectleiding voor afstemming in de kern",
        3,
        "Na drie maanden werkt er een projectleider, die vier keer per jaar een thema op tafel legt.",
        ("Een projectleider aanwijzen", "Kernsessies voorbereiden", "Bijhouden hoe ver wij zijn"),
    ),
    (
        "Schoolaanwezigheid",
        12,
        "Kinderen in onze kern zijn over een jaar vijf procent vaker op school.",
        (
            "Het verzuim per school in beeld brengen",
            "Schoolmaatschappelijk werk inzetten",
            "Een coach voor kinderen die thuis zitten",
            "Vroeg met ouders praten",
        ),
    ),
    (
        "Aanvullende bekostiging startklas",
        12,
        "De startklas die er is, blijft bestaan en staat over een jaar stevig.",
        ("Het team aanvullen", "Afspreken wie er terecht kan", "De ontwikkeling van kinderen volgen"),
    ),
    (
        "Coördinatie hoogbegaafdheid",
        6,
        "Binnen een half jaar begeleidt een coördinator tien leerlingen of leerkrachten.",
        ("Een coördinator aanstellen", "Een plan van begeleiding maken", "Met ouders overleggen"),
    ),
    (
        "Onderwijsassistent voor gedrag en executieve functies",
        6,
        "Binnen een half jaar helpt een assistent groepen op alle scholen van de kern.",
        ("De assistent scholen", "In de groep werken", "Met leerkrachten terugkijken"),
    ),
    (
        "Materiaal dat ondersteunt",
        3,
        "Na drie maanden gebruikt elke school het nieuwe materiaal.",
        ("Materiaal kiezen en kopen", "Leren ermee te werken", "Nagaan of het helpt"),
    ),
    (
        "Jonge kind",
        12,
        "Een specialist voor het jonge kind werkt dit jaar voor alle scholen van de kern.",
        ("Kijken in de groep", "Leerkrachten begeleiden", "Een warme overdracht vanuit de opvang"),
    ),
    (
        "NT2 met extra ondersteuning",
        6,
        "Binnen een half jaar hebben alle scholen hetzelfde aanbod voor wie Nederlands leert.",
        ("Eén leerlijn kiezen", "Samen scholing volgen", "Een NT2-specialist vragen", "Ouders betrekken"),
    ),
    (
        "Klassenmanagement en groepsdynamiek",
        6,
        "Binnen een half jaar is elk team geschoold en werkt het in de groep.",
        ("Een training volgen", "Samen voor de klas", "Bij elkaar kijken"),
    ),
    (
        "Klusklas",
        12,
        "Over een jaar is er een plek waar kinderen met hun handen leren.",
        ("Een praktijklokaal inrichten", "Bedrijven uit de buurt vragen"),
    ),
    (
        "Inclusief onderwijs",
        6,
        "Binnen een half jaar hebben wij één beeld en zetten wij de eerste stappen.",
        ("Een studiemoment houden", "Verzamelen wat er al is", "Een visie schrijven", "Voorbeelden delen"),
    ),
    (
        "Dyscalculie",
        12,
        "Over een jaar is er vaste hulp bij dyscalculie en weten teams er meer van.",
        ("Scholing volgen", "Een rekenspecialist inzetten", "Materiaal kiezen", "Een stappenplan maken"),
    ),
)

TARIEVEN = (
    ("Onderwijsassistent", "Helpt leerlingen in de groep", "40.00", 1),
    ("Leerkracht", "Les en begeleiding, of tijdelijk meer uren", "60.00", 1),
    ("Specialist Regiokern Speciaal, begeleiding", "Begeleidt leerkracht of leerling", "75.00", 2),
    ("Specialist Regiokern Speciaal, onderzoek", "Onderzoekt en adviseert", "100.00", 2),
    ("Externe inhuur", "Tarief volgens offerte", None, 3),
)

SESSIES = (
    (
        1,
        9,
        "Het plan voor dit schooljaar maken",
        ("Wat hebben kinderen nodig?", "Doelen kiezen met de menukaart", "Het plan afmaken"),
    ),
    (
        2,
        11,
        "Kijken hoe ver wij zijn",
        ("Wat is gelukt?", "Sterkere ondersteuning", "Kennis delen", "Geld en uren", "Goede voorbeelden"),
    ),
    (
        3,
        2,
        "Het profiel van de kern bijwerken",
        ("Wat kunnen wij samen?", "Gebruiken wat eerder is besproken", "Het profiel aanscherpen"),
    ),
    (
        4,
        5,
        "Het volgende schooljaar voorbereiden",
        ("Wat vraagt het ondersteuningsplan?", "Nieuwe doelen", "Terugkijken", "Sessies plannen"),
    ),
)

AANLEIDING = (
    "De scholen zien meer kinderen die vastlopen in een drukke groep. Wij willen dat zij dicht bij huis blijven."
)

VERSLAG = "Alle scholen waren er. Wij bespraken de agenda en maakten afspraken. De voorzitter stuurt ze rond."

#: What a kern asks for: number of the theme, text of the goal, activities.
DOELEN = (
    (
        1,
        "Aan het eind van het jaar werken alle teams met dezelfde afspraken over gedrag.",
        "Drie middagen training; elke week een specialist op twee scholen; een kaart met afspraken per groep.",
    ),
    (
        4,
        "Het verzuim in onze kern daalt met vijf procent.",
        "Elke maand de cijfers naast elkaar; een coach die bij ouders thuis komt.",
    ),
    (
        9,
        "Peuters komen met een warme overdracht in groep 1.",
        "Een specialist kijkt mee in zes groepen; één formulier met de opvang.",
    ),
    (
        None,
        "Elke school heeft een rustige werkplek waar een kind even weg kan.",
        "Plekken inrichten; afspreken wie toezicht houdt; in mei nagaan of het helpt.",
    ),
    (
        13,
        "Wij hebben één beeld van inclusief onderwijs.",
        "Een studiedag in november; daarna per school een eerste stap.",
    ),
)
