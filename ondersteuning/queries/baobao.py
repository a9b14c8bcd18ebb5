"""What a bao-bao overstap means for who pays a later referral."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import F, Q

from ondersteuning.domain.baobao import betaler_na_baobao
from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.domain.plaatsing import Kostendrager
from ondersteuning.models import BaoBao, Leerling
from swv_portal.common.dates import lange_datum


@dataclass(frozen=True)
class VorigeSchool:
    """The school that pays a referral, until when, and why, in a sentence for the decision."""

    school_id: int
    naam: str
    tot_en_met: date
    kenmerk: str
    reden: str


def vorige_school_betaalt(leerling: Leerling, op: date, *, verwijzer_id: int | None = None) -> VorigeSchool | None:
    """The previous school that pays a referral of this pupil to SO or SBO on ``op``, or ``None``.  One query.

    Par. 8.1.3.  ``op`` is the day on which the referring school asks for it.  The last overstap before that day counts,
    of this dossier or of one with the same name and birth date; with ``verwijzer_id`` only when the pupil went to
    that school then.
    """
    same = Q(leerling=leerling)
    if leerling.dubbelsleutel:
        same |= Q(leerling__dubbelsleutel=leerling.dubbelsleutel)
    rows = BaoBao.objects.filter(same, staat=DEFINITIEF, overstap_op__lte=op).select_related("van_school")
    last = cast("BaoBao | None", rows.order_by(F("overstap_op").desc(), "-pk").first())
    if last is None or last.betaalt_tot is None or last.overstap_op is None:
        return None
    if betaler_na_baobao(last.overstap_op, op, tot_en_met=last.betaalt_tot) is not Kostendrager.VORIGE_SCHOOL:
        return None
    if verwijzer_id is not None and last.naar_school_id != verwijzer_id:
        return None
    return VorigeSchool(
        last.van_school_id,
        last.van_school.naam,
        last.betaalt_tot,
        last.kenmerk,
        f"De leerling stapte op {lange_datum(last.overstap_op)} over van {last.van_school.naam} "
        f"(bao-bao, {last.kenmerk}). "
        f"Die school betaalt een verwijzing tot en met {lange_datum(last.betaalt_tot)}.",
    )
