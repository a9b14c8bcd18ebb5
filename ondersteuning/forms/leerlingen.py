"""The dossier of a pupil: making it, changing it, and its documents."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from ondersteuning.domain.fase import FASEN, UITLEG
from ondersteuning.domain.leerling import DOCUMENTSOORTEN, MEESTE_GEZAGSDRAGERS
from ondersteuning.forms.keuzes import MAAK_EEN_KEUZE, Keuzes, zet_keuzes
from ondersteuning.forms.swv_gebieden import Pc4Veld
from ondersteuning.models import Gezagsdrager
from ondersteuning.services.gezag import Persoon
from swv_portal.common.fields import DatumVeld, EmailVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, portaal_helper

#: The choice of the SWV for a pupil who never was at a school.
NOG_NIET_OP_SCHOOL = "geen"


class LeerlingfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    fase = forms.CharField(required=False, max_length=20)
    school = forms.IntegerField(required=False, min_value=1)
    consulent = forms.IntegerField(required=False, min_value=1)

    @property
    def waarden(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class _Gegevens(PortalForm):
    """What is known of a pupil."""

    voornamen = forms.CharField(label="Voornamen", max_length=120, help_text="Zoals in de administratie van de school.")
    achternaam = forms.CharField(label="Achternaam", max_length=120)
    geboortedatum = DatumVeld(label="Geboortedatum", vroegst=date(2000, 1, 1), help_text="Bijvoorbeeld 12-06-2018")
    groep = forms.CharField(label="Groep", max_length=12, required=False, help_text="Bijvoorbeeld 4 of 4/5.")
    woon_pc4 = Pc4Veld(
        label="Postcode van het woonadres (alleen de vier cijfers)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @property
    def gegevens(self) -> dict[str, Any]:
        """What goes to the service."""
        return {name: self.cleaned_data[name] for name in _Gegevens.base_fields}


class NieuweLeerlingForm(_Gegevens):
    school = forms.ChoiceField(label="School")

    field_order = ("school",)

    def __init__(self, *args: Any, scholen: Keuzes, zonder_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in scholen]
        if zonder_school:
            choices.append((NOG_NIET_OP_SCHOOL, "Nog niet op school"))
        only = len(choices) == 1
        if only:
            self.fields["school"].initial = choices[0][0]
        zet_keuzes(self, "school", choices, leeg=None if only else MAAK_EEN_KEUZE)

    def clean_school(self) -> int | None:
        value = self.cleaned_data["school"]
        return None if value == NOG_NIET_OP_SCHOOL else int(value)


class GegevensForm(VersieMixin, _Gegevens):
    """The same fields, of a pupil who is there."""


def _regel(label: str, hulp: str = "", lengte: int = 120) -> forms.CharField:
    return forms.CharField(label=label, help_text=hulp, required=False, max_length=lengte)


class GezagForm(VersieMixin, PortalForm):
    """The persons with custody, each in a box of their own."""

    naam_1 = _regel("Naam van persoon 1")
    relatie_1 = _regel("Relatie van persoon 1 tot de leerling", "Bijvoorbeeld moeder, vader of voogd.", 60)
    email_1 = EmailVeld(label="E-mailadres van persoon 1", required=False)
    telefoon_1 = _regel("Telefoonnummer van persoon 1", lengte=20)
    naam_2 = _regel("Naam van persoon 2")
    relatie_2 = _regel("Relatie van persoon 2 tot de leerling", lengte=60)
    email_2 = EmailVeld(label="E-mailadres van persoon 2", required=False)
    telefoon_2 = _regel("Telefoonnummer van persoon 2", lengte=20)
    een_reden = soms_verplicht(
        forms.CharField(
            label="Waarom is er maar één persoon met gezag?",
            help_text="Alleen als u persoon 2 leeg laat.",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )

    @property
    def helper(self) -> FormHelper:
        helper = portaal_helper()
        boxes = [Fieldset(f"Persoon {number}", *_velden(number), css_class="paneel") for number in _NUMMERS]
        helper.layout = Layout(*boxes, "een_reden", "versie")
        return helper

    def clean(self) -> dict[str, Any]:
        """Who is called has a name: without one the rest would be lost."""
        for number in _NUMMERS:
            name, *rest = (self.cleaned_data.get(field) for field in _velden(number))
            if not name and any(rest):
                self.add_error(f"naam_{number}", f"Vul de naam van persoon {number} in.")
        return self.cleaned_data

    @property
    def personen(self) -> list[Persoon]:
        """Those with a name, in order."""
        data = self.cleaned_data
        found = (
            Persoon(
                naam=data[f"naam_{number}"],
                email=data[f"email_{number}"],
                telefoon=data[f"telefoon_{number}"],
                relatie=data[f"relatie_{number}"],
            )
            for number in _NUMMERS
        )
        return [person for person in found if person.naam]

    @staticmethod
    def beginwaarden(gezagsdragers: Iterable[Gezagsdrager]) -> dict[str, str]:
        """What the form opens with."""
        return {
            f"{name}_{person.volgnummer}": getattr(person, name)
            for person in gezagsdragers
            for name in ("naam", "relatie", "email", "telefoon")
        }


_NUMMERS = range(1, MEESTE_GEZAGSDRAGERS + 1)


def _velden(nummer: int) -> tuple[str, ...]:
    return tuple(f"{name}_{nummer}" for name in ("naam", "relatie", "email", "telefoon"))


class FaseForm(VersieMixin, PortalForm):
    """The phase set by hand; the present one is no choice."""

    fase = forms.ChoiceField(label="Nieuwe fase", widget=forms.RadioSelect)
    reden = forms.CharField(
        label="Waarom?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staat in het dossier. De school en het samenwerkingsverband lezen het.",
    )

    def __init__(self, *args: Any, nu: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(code, f"{name}: {UITLEG[code].lower()}") for code, name in FASEN.items() if code != nu]
        zet_keuzes(self, "fase", others, leeg=None)


class ConsulentForm(VersieMixin, PortalForm):
    consulent = forms.TypedChoiceField(label="Consulent", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, consulenten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "consulent", consulenten, leeg="Nog niemand")


class OverdragenForm(VersieMixin, PortalForm):
    school = forms.TypedChoiceField(label="Nieuwe school", coerce=int)
    per = DatumVeld(label="Eerste dag op de nieuwe school", vroegst=date(2010, 1, 1))

    def __init__(self, *args: Any, scholen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "school", scholen)


class NietDezelfdeForm(forms.Form):
    """The button beside a dossier with the same name: which one it is about."""

    ander = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class DocumentForm(PortalForm):
    soort = forms.ChoiceField(
        label="Wat is het?",
        choices=[("", MAAK_EEN_KEUZE), *((str(code), name.capitalize()) for code, name in DOCUMENTSOORTEN.items())],
    )
    datum = DatumVeld(label="Datum van het document", vroegst=date(2005, 1, 1))
    bestand = forms.FileField(
        label="Bestand",
        max_length=200,
        help_text="PDF, Word (docx), LibreOffice (odt) of een foto. De naam van het bestand bewaren wij niet.",
    )


class BijAanvraagForm(VersieMixin, PortalForm):
    """Which documents of the dossier go with an application."""

    documenten = forms.TypedMultipleChoiceField(
        label="Welke documenten horen bij deze aanvraag?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De ouders, de tweede deskundige en de ontvangende school kunnen deze documenten dan ophalen.",
    )

    def __init__(self, *args: Any, documenten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "documenten", documenten, leeg=None)
