"""The list of institutions with a mandate, as plain text."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from ondersteuning.domain.voorschools import is_gemandateerd
from ondersteuning.models import Jeugdhulpinstelling
from swv_portal.common.dates import datum
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status

KOLOMMEN = ("Instelling", "Contactpersoon", "E-mailadres", "Gemandateerd", "Mandaat nu", "Aanvragen")


def instellingenlijst(bereik: Bereik, vandaag: date) -> list[list[Cel | Status | str]]:
    """Every institution, with how many applications it did.  One query."""
    rows: QuerySet[Any] = Jeugdhulpinstelling.objects.visible_to(bereik).annotate(hoeveel=Count("aanvragen"))
    found: list[list[Cel | Status | str]] = []
    for row in rows.order_by("naam"):
        until = f"tot en met {datum(row.gemandateerd_tot)}" if row.gemandateerd_tot else "zonder einddatum"
        now = is_gemandateerd(row.gemandateerd_van, row.gemandateerd_tot, vandaag)
        found.append(
            [
                Cel(row.naam, reverse("ondersteuning:jeugdhulpinstelling", args=[row.pk])),
                row.contactpersoon,
                row.email,
                f"van {datum(row.gemandateerd_van)} {until}",
                Status("ja", "goed") if now else Status("nee", "neutraal"),
                str(row.hoeveel),
            ]
        )
    return found
