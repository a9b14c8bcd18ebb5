"""The pages of the forms of the routes.  A route puts its form together from these."""

from dataclasses import replace

from ondersteuning.domain.route import Samen, Stap

#: Fields that only some routes ask; a step that does not name them in ``extra`` leaves them out.
NIET_OVERAL = frozenset(
    {
        "vorig_tlvnummer",
        "vorig_geldig_tot",
        "eerste_schooldag",
        "budget_afgestemd",
    }
)

_LEERLING = Stap(
    "leerling",
    "Leerling",
    (
        ("voornamen", "Voornamen"),
        ("achternaam", "Achternaam"),
        ("geboortedatum", "Geboortedatum"),
        ("groep", "Groep"),
    ),
)
_OUDERS = Stap(
    "ouders",
    "Ouders en gezag",
    (("ouder1_naam", "Naam van ouder 1"), ("ouder1_email", "E-mailadres van ouder 1")),
    (
        Samen(
            kop="Vul ouder 2 in, of schrijf waarom er één ouder met gezag is",
            velden=("ouder2_naam", "ouder2_email", "ouder2_telefoon", "een_ouder_reden"),
            een_van=("ouder2_naam", "een_ouder_reden"),
            zin="Vul ouder 2 in, of schrijf waarom er maar één ouder met gezag is.",
            mits=(("ouder2_email", "ouder2_naam"),),
        ),
    ),
)
_SCHOOL = Stap(
    "school",
    "Ontvangende school",
    (
        ("ontvangende_school", "Ontvangende school"),
        ("categorie", "Categorie"),
        ("eerste_functie", "Functie van de eerste deskundige"),
        ("gewenst_van", "Gewenste begindatum"),
        ("gewenst_tot", "Gewenste einddatum"),
    ),
    (
        Samen(
            kop="Terug naar een gewone school: vul een van deze twee in",
            velden=("terugkeer_moment", "geen_terugkeer_reden"),
            een_van=("terugkeer_moment", "geen_terugkeer_reden"),
            zin="Spreek hierboven een moment af, of schrijf waarom niet.",
        ),
    ),
)
_ONDERBOUWING = Stap(
    "onderbouwing",
    "Onderbouwing",
    (
        ("onderwijsbehoefte", "Wat heeft de leerling nodig?"),
        ("geboden_hulp", "Wat heeft de school al gedaan?"),
        ("reden_school", "Waarom past de ontvangende school?"),
        ("stem_leerling", "Wat vindt de leerling, of waarom is die niet gehoord?"),
    ),
)
_DESKUNDIGE = Stap(
    "deskundige",
    "Tweede deskundige",
    (
        ("tweede_naam", "Naam van de tweede deskundige"),
        ("tweede_functie", "Functie van de tweede deskundige"),
        ("tweede_dienstverband", "Waar werkt deze deskundige?"),
        ("tweede_werkgever", "Werkgever van de tweede deskundige"),
        ("tweede_email", "E-mailadres van de tweede deskundige"),
    ),
)
_CONTROLEREN = Stap("controleren", "Controleren")


def zonder(step: Stap, *velden: str) -> Stap:
    """The same page without these fields."""
    gone = frozenset(velden)
    return replace(step, verplicht=tuple(item for item in step.verplicht if item[0] not in gone), zonder=gone)


def _hulp(step: Stap) -> Stap:
    """The page of reasons as an institution reads it."""
    words = tuple((f, "Welke hulp was er al?") if f == "geboden_hulp" else (f, name) for f, name in step.verplicht)
    return replace(step, verplicht=words)


STAPPEN_A = (_LEERLING, _OUDERS, _SCHOOL, _ONDERBOUWING, _DESKUNDIGE, _CONTROLEREN)

STAPPEN_B = (
    _LEERLING,
    _OUDERS,
    replace(
        _SCHOOL,
        verplicht=(
            ("vorig_tlvnummer", "Nummer van de lopende TLV"),
            ("vorig_geldig_tot", "Lopende TLV geldig tot en met"),
            *_SCHOOL.verplicht,
        ),
        extra=frozenset({"vorig_tlvnummer", "vorig_geldig_tot"}),
    ),
    _ONDERBOUWING,
    _DESKUNDIGE,
    _CONTROLEREN,
)

_LEERLING_D = replace(zonder(_LEERLING, "groep"), extra=frozenset({"eerste_schooldag"}))
STAPPEN_D = (_LEERLING_D, _OUDERS, _SCHOOL, _hulp(_ONDERBOUWING), _DESKUNDIGE, _CONTROLEREN)

STAPPEN_D_INSTROOM = (
    _LEERLING_D,
    _OUDERS,
    Stap(
        "school",
        "Ontvangende school",
        (("ontvangende_school", "Ontvangende school"), ("gewenst_van", "Gewenste begindatum")),
        extra=frozenset({"budget_afgestemd"}),
        zonder=frozenset({"categorie", "eerste_functie", "gewenst_tot", "terugkeer_moment", "geen_terugkeer_reden"}),
    ),
    _hulp(_ONDERBOUWING),
    _DESKUNDIGE,
    _CONTROLEREN,
)

STAPPEN_PLAATSINGSAKKOORD = (
    zonder(_LEERLING, "nergens_ingeschreven", "woont_in_gebied"),
    Stap(
        "akkoord",
        "Akkoord van het andere samenwerkingsverband",
        (
            ("ander_swv_code", "Code van het andere samenwerkingsverband"),
            ("ander_swv_naam", "Naam van het andere samenwerkingsverband"),
            ("ander_tlvnummer", "TLV-nummer van het andere samenwerkingsverband"),
        ),
    ),
    Stap(
        "school",
        "Plaats op het IKC",
        (
            ("ontvangende_school", "Ontvangende school"),
            ("gewenst_van", "Gewenste begindatum"),
            ("gewenst_tot", "Gewenste einddatum"),
        ),
        zonder=frozenset({"categorie", "eerste_functie", "terugkeer_moment", "geen_terugkeer_reden"}),
    ),
    _CONTROLEREN,
)

#: Of a pupil whose board does the application is known that it is at a school.
_LEERLING_BESTUUR = zonder(_LEERLING, "nergens_ingeschreven")

STAPPEN_EENZIJDIG = (
    _LEERLING_BESTUUR,
    _OUDERS,
    Stap(
        "bemiddeling",
        "Bemiddeling",
        (
            ("verwijderd_op", "Dag van het verwijderingsbesluit"),
            ("bemiddeling", "Wat is er gedaan om het eens te worden?"),
            ("bemiddeling_op", "Wanneer was dat?"),
            ("bemiddeling_uitkomst", "Hoe liep het af?"),
        ),
    ),
    _SCHOOL,
    _ONDERBOUWING,
    _DESKUNDIGE,
    _CONTROLEREN,
)

STAPPEN_TLV_BAO = (
    _LEERLING_BESTUUR,
    _OUDERS,
    Stap(
        "school",
        "Extra hulp op de basisschool",
        (("categorie", "Categorie"), ("gewenst_van", "Gewenste begindatum")),
        zonder=frozenset(
            {"ontvangende_school", "eerste_functie", "gewenst_tot", "terugkeer_moment", "geen_terugkeer_reden"}
        ),
    ),
    zonder(_ONDERBOUWING, "reden_school"),
    _CONTROLEREN,
)
