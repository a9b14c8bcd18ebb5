"""What runs about a pupil, for the phase of the dossier."""

from datetime import date
from typing import cast

from django.db.models import QuerySet

from ondersteuning.domain.fase import Aanvraagfeit, Terugfeit
from ondersteuning.models import Aanvraag, Terugplaatsing


def aanvraagfeiten(leerling_id: int, *, behalve: int = 0) -> list[Aanvraagfeit]:
    """The applications of the pupil, except the one that is being changed now.  One query."""
    rows = Aanvraag.objects.filter(leerling_id=leerling_id).exclude(pk=behalve)
    return [Aanvraagfeit(*values) for values in rows.values_list("staat", "geldig_van")]


def terugfeiten(leerling_id: int, vandaag: date) -> list[Terugfeit]:
    """The terugplaatsingen of the pupil.  One query."""
    rows = cast("QuerySet[Terugplaatsing]", Terugplaatsing.objects.filter(leerling_id=leerling_id))
    rows = rows.select_related("tlv_plaats")
    return [Terugfeit(row.staat, row.gesprek_op is not None, row.overstap_op, _geplaatst(row, vandaag)) for row in rows]


def _geplaatst(geval: Terugplaatsing, vandaag: date) -> bool:
    """Does the place of this case run today, without an application that tells so?"""
    place = geval.tlv_plaats
    if place is None or place.aanvraag_id is not None:
        return False
    return place.begin <= vandaag and (place.einde is None or vandaag <= place.einde)
