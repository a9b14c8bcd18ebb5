from evaluatie.models.antwoord import Antwoord
from evaluatie.models.ronde import Groep, Ronde
from evaluatie.models.vragenlijst import Optie, Vraag, Vragenlijst

__all__ = ["Antwoord", "Groep", "Optie", "Ronde", "Vraag", "Vragenlijst"]
