from evaluatie.models.antwoord import Antwoord
from evaluatie.models.publicatie import Publicatie
from evaluatie.models.ronde import Groep, Ronde
from evaluatie.models.vragenlijst import Optie, Vraag, Vragenlijst

__all__ = ["Antwoord", "Groep", "Optie", "Publicatie", "Ronde", "Vraag", "Vragenlijst"]
