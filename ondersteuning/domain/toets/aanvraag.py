"""Items about what the application says: the form, the pupil, the place, the period and the return.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4, 2.5, 6.1.3 and 8.1.4; WEC art. 40 lid 15.
"""

from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets.punt import Punt, maak_punt


def formulier(stand: Stand) -> Punt:
    """Is every question of the form answered that must be?"""
    missing = ", ".join(label for _, label in stand.ontbreekt)
    return maak_punt(
        "formulier",
        "Het formulier is volledig",
        not stand.ontbreekt,
        "Alle verplichte vragen zijn ingevuld.",
        f"Nog niet ingevuld: {missing}.",
        "par. 6.1.3; Awb art. 4:2",
    )


def leerling_gehoord(stand: Stand) -> Punt:
    """Was the pupil heard (also: by an own form), or does it say why not?"""
    own = "De leerling vulde zelf een formulier in." if stand.eigen_formulier else "De leerling is gehoord."
    return maak_punt(
        "leerling_gehoord",
        "De leerling is gehoord, of er staat waarom niet",
        stand.leerling_gehoord or stand.reden_niet_gehoord,
        own if stand.leerling_gehoord else "Er staat een reden waarom niet.",
        "Er staat niet wat de leerling vindt, en ook niet waarom dat ontbreekt.",
        "par. 2.5",
    )


def plaats(stand: Stand) -> Punt:
    """Did the receiving school confirm that it has a place?  True for who stays at the own school."""
    return maak_punt(
        "plaats",
        "De ontvangende school heeft plaats",
        stand.plaats is True,
        "De leerling blijft op de eigen school."
        if stand.eigen_school
        else "De ontvangende school heeft de plaats bevestigd.",
        "De ontvangende school heeft de plaats niet bevestigd.",
        "par. 2.4 en 6.1.3",
    )


def categorie(stand: Stand) -> Punt:
    """Does the category fit the kind of school that was chosen?"""
    refusal = stand.weigering_categorie
    return maak_punt(
        "categorie",
        "De categorie past bij de school",
        refusal is None,
        "De categorie past bij de soort school.",
        refusal.zin if refusal else "",
        "par. 6.1.3",
    )


def geldigheid(stand: Stand) -> Punt:
    """Is the period of whole school years, the rest of the current one aside, up to a 31 July?"""
    refusal = stand.weigering_geldigheid
    return maak_punt(
        "geldigheid",
        "De periode loopt tot en met een 31 juli",
        refusal is None,
        "Hele schooljaren, plus de rest van het lopende schooljaar.",
        refusal.zin if refusal else "",
        "WEC art. 40 lid 15",
    )


def schooljaar(stand: Stand) -> Punt:
    """Does the period lie within one school year (the route of a TLV at a basisschool)?"""
    refusal = stand.weigering_geldigheid
    return maak_punt(
        "schooljaar",
        "De periode ligt binnen één schooljaar",
        refusal is None,
        "Tot en met 31 juli van dat schooljaar.",
        refusal.zin if refusal else "",
        "par. 8.1.4",
    )


def terugkeer(stand: Stand) -> Punt:
    """Is there a moment to speak about return, or a reason why there is none?"""
    return maak_punt(
        "terugkeer",
        "Er is gesproken over terugkeer",
        stand.terugkeer_afgesproken or stand.reden_geen_terugkeer,
        "Er is een moment afgesproken."
        if stand.terugkeer_afgesproken
        else "De reden waarom er geen moment is, is gegeven.",
        "Er staat geen moment van mogelijke terugkeer, en ook geen reden waarom niet.",
        "par. 2.4 en 6.1.3",
    )
