from kernen.models.kern import Kern, Kernbudget, Kernlidmaatschap
from kernen.models.kernplan import Kernplan, Kernplandoel, Kernplaninzet
from kernen.models.kernsessie import Kernsessie
from kernen.models.leerlingtelling import Leerlingtelling
from kernen.models.menukaart import Menukaartthema, Uurtarief
from kernen.models.roltoekenning import Roltoekenning
from kernen.models.samenwerkingsverband import Samenwerkingsverband
from kernen.models.school import School
from kernen.models.schoolbestuur import Schoolbestuur

__all__ = [
    "Kern",
    "Kernbudget",
    "Kernlidmaatschap",
    "Kernplan",
    "Kernplandoel",
    "Kernplaninzet",
    "Kernsessie",
    "Leerlingtelling",
    "Menukaartthema",
    "Roltoekenning",
    "Samenwerkingsverband",
    "School",
    "Schoolbestuur",
    "Uurtarief",
]
