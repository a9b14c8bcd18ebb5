"""The test list of the SWV: what the procedure asks, per item met or not, and why.

The SWV tests the procedure, not the pupil: the triade knows what the pupil needs (ondersteuningsplan SWV PO
Zuid-Kennemerland 2024-2028, par. 2.4 and 6.1.3).
"""

from ondersteuning.domain.toets.aanvraag import (
    categorie,
    formulier,
    geldigheid,
    leerling_gehoord,
    plaats,
    schooljaar,
    terugkeer,
)
from ondersteuning.domain.toets.deskundigen import eerste_advies, tweede_advies, tweede_betrokken, tweede_onafhankelijk
from ondersteuning.domain.toets.lijst import niet_voldaan, toets, van_toepassing
from ondersteuning.domain.toets.ouders import ouders_akkoord, ouders_gezien, ouders_uitgenodigd, reacties, triade
from ondersteuning.domain.toets.punt import Punt, Uitkomst
from ondersteuning.domain.toets.routes import (
    aanleiding,
    akkoord,
    ander_swv,
    bemiddeling,
    budget_afgestemd,
    mandaat,
    onderzoek,
    unaniem,
    welk_swv,
)

__all__ = [
    "Punt",
    "Uitkomst",
    "aanleiding",
    "akkoord",
    "ander_swv",
    "bemiddeling",
    "budget_afgestemd",
    "categorie",
    "eerste_advies",
    "formulier",
    "geldigheid",
    "leerling_gehoord",
    "mandaat",
    "niet_voldaan",
    "onderzoek",
    "ouders_akkoord",
    "ouders_gezien",
    "ouders_uitgenodigd",
    "plaats",
    "reacties",
    "schooljaar",
    "terugkeer",
    "toets",
    "triade",
    "tweede_advies",
    "tweede_betrokken",
    "tweede_onafhankelijk",
    "unaniem",
    "van_toepassing",
    "welk_swv",
]
