"""The destruction records: proof that what had to go is gone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from swv_portal.access.requests import voor_rollen
from swv_portal.audit.queries import vernietigingen as destruction_records
from swv_portal.common.dates import datum
from swv_portal.common.money import dutch_number
from swv_portal.common.scoping import Rol
from swv_portal.common.screens import Kolom, maak_tabel

#: Who answers for the retention of data.
INZAGE = (Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER)
HOEVEEL = 200


@require_safe
@voor_rollen(*INZAGE)
def vernietigingen(request: HttpRequest) -> HttpResponse:
    """What was destroyed, newest first: when, what, by which rule and how much; never whose."""
    tabel = maak_tabel(
        "Vernietigingen",
        ["Wanneer", "Wat", "Regel", Kolom("Rijen", getal=True), Kolom("Bestanden", getal=True)],
        [
            [
                datum(timezone.localdate(row.tijd)),
                row.soort,
                row.regel,
                dutch_number(row.rijen),
                dutch_number(row.bestanden),
            ]
            for row in destruction_records(HOEVEEL)
        ],
        leeg="Er is nog niets vernietigd.",
    )
    return render(request, "start/vernietigingen.html", {"tabel": tabel, "hoeveel": HOEVEEL})
