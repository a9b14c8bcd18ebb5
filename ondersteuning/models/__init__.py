from ondersteuning.models.aanvraag import Aanvraag, Aanvulling
from ondersteuning.models.advies import Advies, Zienswijze
from ondersteuning.models.capaciteit import Capaciteit, Capaciteitenlijst
from ondersteuning.models.instellingen import Tlvinstellingen
from ondersteuning.models.leerling import Leerling
from ondersteuning.models.nummers import Teller, Tlvnummer
from ondersteuning.models.partij import Partij
from ondersteuning.models.plaatsing import Plaatsing
from ondersteuning.models.sociale_kaart import Aanbieder
from ondersteuning.models.swvgebied import SwvGebied

__all__ = [
    "Aanbieder",
    "Aanvraag",
    "Aanvulling",
    "Advies",
    "Capaciteit",
    "Capaciteitenlijst",
    "Leerling",
    "Partij",
    "Plaatsing",
    "SwvGebied",
    "Teller",
    "Tlvinstellingen",
    "Tlvnummer",
    "Zienswijze",
]
