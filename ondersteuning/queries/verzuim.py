"""The facts of absences as the rules ask for them, and the settings of this SWV."""

from datetime import date

from ondersteuning.domain.aanwezigheid import Verzuim
from ondersteuning.domain.rollen import SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.models import Aanwezigheidsinstellingen, Leerling, Verzuimmelding
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol


def verzuiminstellingen() -> Aanwezigheidsinstellingen:
    """The settings, or the defaults when nobody changed them.  One query."""
    return Aanwezigheidsinstellingen.objects.first() or Aanwezigheidsinstellingen()


def geboren(leerling: Leerling) -> date | None:
    return date.fromisoformat(leerling.geboortedatum) if leerling.geboortedatum else None


def verzuim_van(melding: Verzuimmelding) -> Verzuim:
    """The facts of one case; its pupil is joined, the birth date is decrypted."""
    return Verzuim(
        geboren=geboren(melding.leerling),
        eerste_dag=melding.eerste_dag,
        gemeld_op=melding.gemeld_op,
        einde=melding.einde_op,
        soort=melding.soort,
        vrijstelling=melding.vrijstelling,
        dagen_per_week=melding.dagen_per_week,
    )


def verzuimrollen(melding: Verzuimmelding, bereik: Bereik) -> frozenset[Rol]:
    """The roles that count for this case: at the school that reported, and at the one that took the zorgplicht."""
    roles = bereik.rollen_bij(school=melding.school_id)
    if melding.zorgplicht_school_id is not None:
        roles |= bereik.rollen_bij(school=melding.zorgplicht_school_id)
    return roles & SCHOOL_EN_SWV


def eigen_verzuimscholen(bereik: Bereik) -> frozenset[int]:
    """The schools for which this person reports and acts."""
    return bereik.plaatsen(*SCHOOLROLLEN)


def is_swv(bereik: Bereik) -> bool:
    return bereik.heeft(*SWV_DOSSIER)
