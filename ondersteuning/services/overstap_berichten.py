"""Messages about an overstap: a verb and a reference, never a name of a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.overstap import Overstapsoort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overstap
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht, bericht_bij_loslaten
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol


@dataclass(frozen=True)
class Bericht:
    """One message: to which of the two schools, and what it says.  ``directeur``: only a director can do it."""

    zin: str
    aan_van: bool = False
    aan_naar: bool = False
    directeur: bool = False


_GEWOON: Mapping[str, Bericht] = {
    "bevestig": Bericht("De nieuwe school bevestigde", aan_van=True),
    "neem_niet_aan": Bericht("De nieuwe school gaf dit terug", aan_van=True),
    "haal_terug": Bericht("De school past de gegevens aan", aan_naar=True),
    "geef_terug": Bericht("Het samenwerkingsverband gaf dit terug", aan_van=True, aan_naar=True),
    "stel_vast": Bericht("De terugplaatsing is definitief", aan_van=True, aan_naar=True),
    "leg_vast": Bericht("De overstap is definitief", aan_van=True, aan_naar=True),
    "trek_in": Bericht("Dit is ingetrokken", aan_naar=True),
    "laat_vervallen": Bericht("Het samenwerkingsverband liet dit vervallen", aan_van=True, aan_naar=True),
    "waarschuw": Bericht("Maak af of trek in", aan_van=True, aan_naar=True),
    "verlaten": Bericht("Dit is gestopt: een jaar lang werkte niemand eraan", aan_van=True, aan_naar=True),
}
_VRAAG: Mapping[str, Bericht] = {
    Overstapsoort.TERUGPLAATSING: Bericht("Bevestig de komst van een leerling", aan_naar=True),
    Overstapsoort.BAOBAO: Bericht("Bevestig de overstap", aan_van=True, aan_naar=True, directeur=True),
}


def bericht_over_stap(
    overstap: Overstap, stap: str, *, naar_id: int | None, actor: Actor, vandaag: date, toelichting: str = ""
) -> None:
    """Mail who has to know of this step, except who took it.  ``naar_id``: the new school, while it takes part.

    A new school that no longer takes part after this step hears it without a way to the case.
    """
    found = _VRAAG[overstap.soort] if stap == "vraag" else _GEWOON.get(stap)
    if found is None:
        return
    schools = [overstap.van_school_id] if found.aan_van else []
    if found.aan_naar and naar_id is not None:
        schools.append(naar_id)
    people = [
        user
        for school in schools
        for user in (
            gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=school)
            if found.directeur
            else mensen_van_school(school, vandaag)
        )
    ]
    if found.aan_naar and naar_id != overstap.gevraagde_school_id:
        own = gebruikers_met_rol(vandaag, *SCHOOLROLLEN, school=overstap.van_school_id)
        bericht_bij_loslaten(overstap, people, ziet_nog=own, zin=found.zin, actor=actor, toelichting=toelichting)
        return
    bericht(overstap, people, zin=found.zin, actor=actor, toelichting=toelichting)
