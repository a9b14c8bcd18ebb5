from ondersteuning.models.aanvraag import Aanvraag, Aanvulling
from ondersteuning.models.aanwezigheid import (
    Aanwezigheidsinstellingen,
    Verzuimactie,
    Verzuimmelding,
    Zorgplichtbesluit,
)
from ondersteuning.models.advies import Advies, Zienswijze
from ondersteuning.models.bestuursadvies import AvLid, Bestuursadvies
from ondersteuning.models.bezwaar import Bezwaar, Herstelverzoek
from ondersteuning.models.brieven import Brief, Briefsjabloon, Briefversie
from ondersteuning.models.capaciteit import Capaciteit, Capaciteitenlijst
from ondersteuning.models.consulenten import Consulentbezoek, Consulentschap, Jaarafspraak, Jaarafspraken
from ondersteuning.models.evaluatiegesprek import Evaluatiegesprek, Gespreksantwoord
from ondersteuning.models.fase import Faseovergang
from ondersteuning.models.gezag import Gezagsdrager
from ondersteuning.models.herinnering import Herinnering
from ondersteuning.models.instellingen import Tlvinstellingen
from ondersteuning.models.jeugdhulpinstelling import Jeugdhulpinstelling
from ondersteuning.models.kindformulier import Kindformulier
from ondersteuning.models.leerling import Leerling, NietDezelfde
from ondersteuning.models.leerlingdocument import Leerlingdocument
from ondersteuning.models.nummers import Teller, Tlvnummer
from ondersteuning.models.onderzoek import Onderzoek
from ondersteuning.models.overeenkomst import EerdereDeelnemer, Overeenkomst
from ondersteuning.models.overstap import BaoBao, Overstap, Overstapinstellingen, Terugplaatsing
from ondersteuning.models.partij import Partij
from ondersteuning.models.plaatsing import Plaatsing
from ondersteuning.models.radar import Radarvraag
from ondersteuning.models.schoolperiode import Schoolperiode
from ondersteuning.models.sectiereactie import Sectiereactie
from ondersteuning.models.sociale_kaart import Aanbieder
from ondersteuning.models.swvgebied import SwvGebied

__all__ = [
    "Aanbieder",
    "Aanvraag",
    "Aanvulling",
    "Aanwezigheidsinstellingen",
    "Advies",
    "AvLid",
    "BaoBao",
    "Bestuursadvies",
    "Bezwaar",
    "Brief",
    "Briefsjabloon",
    "Briefversie",
    "Capaciteit",
    "Capaciteitenlijst",
    "Consulentbezoek",
    "Consulentschap",
    "EerdereDeelnemer",
    "Evaluatiegesprek",
    "Faseovergang",
    "Gespreksantwoord",
    "Gezagsdrager",
    "Herinnering",
    "Herstelverzoek",
    "Jaarafspraak",
    "Jaarafspraken",
    "Jeugdhulpinstelling",
    "Kindformulier",
    "Leerling",
    "Leerlingdocument",
    "NietDezelfde",
    "Onderzoek",
    "Overeenkomst",
    "Overstap",
    "Overstapinstellingen",
    "Partij",
    "Plaatsing",
    "Radarvraag",
    "Schoolperiode",
    "Sectiereactie",
    "SwvGebied",
    "Teller",
    "Terugplaatsing",
    "Tlvinstellingen",
    "Tlvnummer",
    "Verzuimactie",
    "Verzuimmelding",
    "Zienswijze",
    "Zorgplichtbesluit",
]
