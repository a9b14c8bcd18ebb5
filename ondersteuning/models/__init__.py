from ondersteuning.models.aanvraag import Aanvraag, Aanvulling
from ondersteuning.models.advies import Advies, Zienswijze
from ondersteuning.models.instellingen import Tlvinstellingen
from ondersteuning.models.leerling import Leerling
from ondersteuning.models.nummers import Teller, Tlvnummer
from ondersteuning.models.partij import Partij
from ondersteuning.models.plaatsing import Plaatsing

__all__ = [
    "Aanvraag",
    "Aanvulling",
    "Advies",
    "Leerling",
    "Partij",
    "Plaatsing",
    "Teller",
    "Tlvinstellingen",
    "Tlvnummer",
    "Zienswijze",
]
