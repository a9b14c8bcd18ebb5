from evaluatie.models.antwoord import Antwoord
from evaluatie.models.inlezing import Inlezing
from evaluatie.models.ronde import Groep, Ronde
from evaluatie.models.vragenlijst import Optie, Vraag, Vragenlijst

__all__ = ["Antwoord", "Groep", "Inlezing", "Optie", "Ronde", "Vraag", "Vragenlijst"]
