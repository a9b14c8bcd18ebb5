"""Forms of this app.  They read and check what was typed; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms

from swv_portal.common.fields import DatumVeld, GetalVeld
from swv_portal.common.file_forms import BestandForm
from swv_portal.common.forms import PortalForm, VersieMixin


class TariefForm(VersieMixin, PortalForm):
    """One tariff.  A fraction is typed as a fraction: 0,70."""

    bedrag = GetalVeld(label="Bedrag", decimal_places=4, min_value=Decimal(0), max_digits=11)
    omschrijving = forms.CharField(label="Omschrijving", max_length=200)
    bron = forms.CharField(
        label="Bron", max_length=200, help_text="Waar staat dit tarief? Bijvoorbeeld het plan en de paragraaf."
    )
    vastgesteld = DatumVeld(label="Vastgesteld op", required=False)


class JaarForm(PortalForm):
    """A budget year to begin."""

    jaar = GetalVeld(
        label="Kalenderjaar", decimal_places=0, max_digits=4, min_value=Decimal(2014), max_value=Decimal(2100)
    )


class DagenForm(VersieMixin, PortalForm):
    """The days on which pupils and places are counted."""

    teldatum = DatumVeld(label="Teldatum leerlingen", help_text="Meestal 1 februari van het jaar ervoor")
    peildatum = DatumVeld(label="Peildatum plaatsingen", help_text="Plaatsen op deze dag tellen voor het hele jaar")


class VolumeForm(VersieMixin, PortalForm):
    """The agreement on the volumebekostiging: pupils, and one share per board."""

    leerlingen = GetalVeld(label="Leerlingen op de teldatum", decimal_places=0, max_digits=6, min_value=Decimal(0))
    van_ander_swv = GetalVeld(
        label="Waarvan uit een ander samenwerkingsverband", decimal_places=0, max_digits=6, min_value=Decimal(0)
    )
    leerlingen_nu = GetalVeld(
        label="Leerlingen nu",
        decimal_places=0,
        max_digits=6,
        min_value=Decimal(0),
        required=False,
        help_text="Om te zien of het aantal binnen de bandbreedte blijft",
    )
    bron = forms.CharField(label="Bron", max_length=200)

    def __init__(self, *args: Any, besturen: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk, naam in besturen:
            self.fields[f"aandeel_{pk}"] = GetalVeld(
                label=f"Aandeel van {naam}", decimal_places=4, max_digits=9, min_value=Decimal(0), required=False
            )

    @property
    def aandelen(self) -> list[tuple[int, Decimal]]:
        """(bestuur_id, weight) for every board with a share."""
        return [
            (int(name.removeprefix("aandeel_")), value)
            for name, value in self.cleaned_data.items()
            if name.startswith("aandeel_") and value
        ]


class TarievenBestandForm(BestandForm):
    """A file with the tariffs of one year."""

    bestand = forms.FileField(label="Bestand", max_length=200)
    jaar = GetalVeld(
        label="Kalenderjaar", decimal_places=0, max_digits=4, min_value=Decimal(2014), max_value=Decimal(2100)
    )
    bron = forms.CharField(label="Bron", max_length=200, help_text="Voor tarieven zonder eigen bron in het bestand")
    vastgesteld = DatumVeld(label="Vastgesteld op", required=False)


class BegrotingBestandForm(BestandForm):
    """The posts of a begroting, and the totals as they were published."""

    posten = forms.FileField(label="Bestand met de posten", max_length=200)
    totalen = forms.FileField(label="Bestand met de gepubliceerde totalen", max_length=200, required=False)
    naam = forms.CharField(label="Naam", max_length=120, help_text="Bijvoorbeeld Meerjarenbegroting 2025-2029")
    bron = forms.CharField(label="Bron", max_length=200)
