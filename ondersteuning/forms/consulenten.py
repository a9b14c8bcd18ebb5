"""The consulent of a school: assigning, the agreements of a year, looking back, visits, and the filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.consulenten import (
    BEZOEKSOORTEN,
    GEEN_NAMEN,
    HOOGSTENS_AFSPRAKEN,
    UITKOMSTEN,
    Afspraak,
    Uitkomst,
)
from ondersteuning.forms.keuzes import MAAK_EEN_KEUZE, Keuzes, zet_keuzes
from ondersteuning.models import Jaarafspraak
from ondersteuning.queries.consulenten import ZONDER, Schoolfilter
from swv_portal.common.dates import Schooljaar
from swv_portal.common.fields import DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form
from swv_portal.common.workflow import Refusal

VROEGST = date(2015, 1, 1)


def _tekst(label: str, *, verplicht: bool, rijen: int = 3, hulp: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=verplicht,
        widget=forms.Textarea(attrs={"rows": rijen}),
        max_length=4000,
        help_text=hulp,
    )


@dataclass(frozen=True)
class Regelvelden:
    kop: str
    velden: tuple[forms.BoundField, ...]
    inleiding: tuple[str, ...] = ()


class _RegelsForm(VersieMixin, PortalForm):
    def weiger_alle(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.weiger(refusal)


class JaarafsprakenForm(_RegelsForm):
    """A fixed number of rows; an empty one is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, HOOGSTENS_AFSPRAKEN + 1):
            group = f"Afspraak {number}"
            for name, field in (
                ("tekst", _tekst("Wat spreekt u af?", verplicht=False, rijen=2)),
                ("doel", _tekst("Wat levert dit de school op?", verplicht=False, rijen=2)),
                ("uiterlijk", DatumVeld(label="Wanneer is het klaar?", required=False, vroegst=VROEGST)),
            ):
                self.fields[f"{name}_{number}"] = soms_verplicht(field, groep=group)
        maak_portaal_form(self)

    @staticmethod
    def begin(versie: int, regels: Sequence[Jaarafspraak]) -> dict[str, Any]:
        initial: dict[str, Any] = {"versie": versie}
        for number, row in enumerate(regels, start=1):
            initial |= {f"tekst_{number}": row.tekst, f"doel_{number}": row.doel, f"uiterlijk_{number}": row.uiterlijk}
        return initial

    @property
    def regels(self) -> list[Regelvelden]:
        return [
            Regelvelden(f"Afspraak {n}", (self[f"tekst_{n}"], self[f"doel_{n}"], self[f"uiterlijk_{n}"]))
            for n in range(1, HOOGSTENS_AFSPRAKEN + 1)
        ]

    @property
    def ingevuld(self) -> list[Afspraak]:
        """Every row as it was typed, the empty ones too, so that a refusal names the right one."""
        data = self.cleaned_data
        return [
            Afspraak(data[f"tekst_{n}"], data[f"doel_{n}"], data[f"uiterlijk_{n}"])
            for n in range(1, HOOGSTENS_AFSPRAKEN + 1)
        ]


class TerugkijkenForm(_RegelsForm):
    """For every agreement what came of it, as one side sees it."""

    def __init__(self, *args: Any, regels: Sequence[Jaarafspraak], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._regels = list(regels)
        for row in self._regels:
            group = f"Afspraak {row.volgnummer}"
            choice = forms.ChoiceField(
                label="Wat is het geworden?",
                choices=list(UITKOMSTEN.items()),
                widget=forms.RadioSelect,
                required=False,
            )
            why = _tekst("Toelichting", verplicht=False, hulp="Nodig als het (deels) niet lukte.")
            self.fields[f"uitkomst_{row.volgnummer}"] = soms_verplicht(choice, groep=group)
            self.fields[f"toelichting_{row.volgnummer}"] = soms_verplicht(why, groep=group)
        maak_portaal_form(self)

    @staticmethod
    def begin(versie: int, regels: Sequence[Jaarafspraak], kant: str) -> dict[str, Any]:
        initial: dict[str, Any] = {"versie": versie}
        for row in regels:
            initial[f"uitkomst_{row.volgnummer}"] = getattr(row, f"{kant}_uitkomst")
            initial[f"toelichting_{row.volgnummer}"] = getattr(row, f"{kant}_toelichting")
        return initial

    @property
    def regels(self) -> list[Regelvelden]:
        return [
            Regelvelden(
                f"Afspraak {row.volgnummer}",
                (self[f"uitkomst_{row.volgnummer}"], self[f"toelichting_{row.volgnummer}"]),
                (row.tekst, f"Wat het oplevert: {row.doel}"),
            )
            for row in self._regels
        ]

    @property
    def ingevuld(self) -> dict[int, Uitkomst]:
        data = self.cleaned_data
        return {
            row.volgnummer: Uitkomst(data[f"uitkomst_{row.volgnummer}"], data[f"toelichting_{row.volgnummer}"])
            for row in self._regels
        }


class _ConsulentForm(PortalForm):
    consulent = forms.TypedChoiceField(
        label="Consulent", coerce=int, error_messages={"required": "Kies een medewerker van het samenwerkingsverband."}
    )

    def __init__(self, *args: Any, consulenten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "consulent", consulenten)


class ToewijzenForm(_ConsulentForm):
    """Who is the consulent of a school from today."""


class BezoekForm(VersieMixin, _ConsulentForm):
    datum = DatumVeld(label="Wanneer was het?", vroegst=VROEGST)
    soort = forms.ChoiceField(label="Wat voor bezoek?", choices=[("", MAAK_EEN_KEUZE), *BEZOEKSOORTEN.items()])
    onderwerpen = _tekst("Waar ging het over?", verplicht=True, rijen=5, hulp=GEEN_NAMEN)
    vervolg = _tekst("Wat gebeurt er nu, en wie doet dat?", verplicht=False, hulp=GEEN_NAMEN)
    field_order = ("datum", "consulent", "soort", "onderwerpen", "vervolg")


class SchoolfilterForm(forms.Form):
    """The filters of the overview, from the address; what makes no sense is left out."""

    schooljaar = forms.CharField(required=False, max_length=9)
    consulent = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    zonder = forms.ChoiceField(required=False, choices=list(ZONDER.items()))

    def filters(self, nu: Schooljaar) -> Schoolfilter:
        """What was chosen; without a school year that can be read: this one."""
        self.is_valid()
        data = self.cleaned_data
        return Schoolfilter(lees_jaar(data.get("schooljaar", ""), nu), data.get("consulent"), data.get("zonder", ""))


def lees_jaar(tekst: str, nu: Schooljaar) -> Schooljaar:
    """The school year in an address, or this one."""
    try:
        return Schooljaar.lees(tekst)
    except ValueError:
        return nu
