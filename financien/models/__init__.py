from financien.models.begroting import Begroting, Begrotingspost, GepubliceerdTotaal
from financien.models.beschikking import Beschikking
from financien.models.budget import Bestuursregel, Budget, Budgetregel, Budgetuitleg, Schoolbudget
from financien.models.budgetjaar import Budgetjaar, Volumeaandeel, Volumeafspraak
from financien.models.tarief import Tarief

__all__ = [
    "Begroting",
    "Begrotingspost",
    "Beschikking",
    "Bestuursregel",
    "Budget",
    "Budgetjaar",
    "Budgetregel",
    "Budgetuitleg",
    "GepubliceerdTotaal",
    "Schoolbudget",
    "Tarief",
    "Volumeaandeel",
    "Volumeafspraak",
]
