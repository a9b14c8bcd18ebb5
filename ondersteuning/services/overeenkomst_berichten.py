"""Messages about an agreement: a verb and a reference, never a name of a child."""

from datetime import date

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.consulenten import consulent_van
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht, bericht_bij_loslaten
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol


def bericht_aan_directeur(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail who signs for the pupil's school: its directors."""
    bericht(row, gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=row.school_id), zin=zin, actor=actor)


def bericht_aan_school(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Tell the pupil's school, except the one who did it."""
    bericht(row, mensen_van_school(row.school_id, vandaag), zin=zin, actor=actor)


def bericht_aan_andere_school(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the directors of the other school, while it takes part."""
    if row.gevraagde_school_id is not None:
        people = gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=row.gevraagde_school_id)
        bericht(row, people, zin=zin, actor=actor)


def bericht_bij_terugnemen(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the directors of the other school, which no longer reads the agreement after this."""
    if row.gevraagde_school_id is not None:
        people = gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=row.gevraagde_school_id)
        own = gebruikers_met_rol(vandaag, *SCHOOLROLLEN, school=row.school_id)
        bericht_bij_loslaten(row, people, ziet_nog=own, zin=zin, actor=actor)


def bericht_aan_swv(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Tell the SWV: the consulent of the school, or every medewerker when the school has none."""
    consulent = consulent_van(row.school_id, vandaag)
    people = [consulent] if consulent is not None else gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER)
    bericht(row, people, zin=zin, actor=actor)
