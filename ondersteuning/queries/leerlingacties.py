"""What somebody can begin for a pupil, beside an application: the buttons on the page of the pupil."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ondersteuning.domain.overstap import Overstapsoort
from ondersteuning.domain.rollen import SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.models import Leerling
from ondersteuning.queries.overstap import VAN
from ondersteuning.queries.procedures import Procedureregel
from swv_portal.common.scoping import Bereik

_OVERSTAP = {
    Overstapsoort.TERUGPLAATSING: ("Begin een terugplaatsing", "ondersteuning:terugplaatsing_nieuw"),
    Overstapsoort.BAOBAO: ("Begin een overstap", "ondersteuning:baobao_nieuw"),
}


@dataclass(frozen=True)
class Leerlingactie:
    label: str
    url: str


def leerlingacties(leerling: Leerling, bereik: Bereik, procedures: Sequence[Procedureregel]) -> list[Leerlingactie]:
    """The buttons for this person, each with the pupil chosen already; none for what runs already.  No query."""
    school = leerling.school
    if school is None or not school.actief:
        return []
    roles = bereik.rollen_bij(school=school.pk)
    running = {line.adres for line in procedures if line.loopt}
    found = []
    if roles & SCHOOL_EN_SWV and "ondersteuning:verzuimmelding" not in running:
        found.append(("Meld verzuim", "ondersteuning:verzuim_melden"))
    if roles & SCHOOLROLLEN:
        found.append(("Nieuwe overeenkomst", "ondersteuning:overeenkomst_nieuw"))
        if not school.buiten_regio and "ondersteuning:overstap" not in running:
            found += [named for kind, named in _OVERSTAP.items() if school.soort in VAN[kind]]
    query = urlencode({"school": school.pk, "leerling": leerling.pk})
    return [Leerlingactie(label, f"{reverse(name)}?{query}") for label, name in found]
