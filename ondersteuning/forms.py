"""The forms of ondersteuning.  A step may be stored half filled: what is required is checked by the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from ondersteuning.domain.deskundigen import DIENSTVERBANDNAMEN, EERSTE_DESKUNDIGE, FUNCTIENAMEN
from ondersteuning.domain.geldigheid import controleer_patroon, mogelijke_einden
from ondersteuning.domain.plaatsing import CATEGORIE_UITLEG, CATEGORIENAMEN
from ondersteuning.domain.routes import Stap
from swv_portal.common.dates import lange_datum
from swv_portal.common.file_forms import BestandForm
from swv_portal.common.forms import DatumVeld, PortalForm, VersieMixin, parse_datum, portaal_helper, soms_verplicht

Keuzes = Iterable[tuple[Any, str]]


def _tekst(label: str, hulp: str = "", rijen: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hulp, required=False, widget=forms.Textarea(attrs={"rows": rijen}), max_length=10_000
    )


def _regel(label: str, hulp: str = "", lengte: int = 120) -> forms.CharField:
    return forms.CharField(label=label, help_text=hulp, required=False, max_length=lengte)


def _email(label: str, hulp: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=hulp,
        required=False,
        max_length=254,
        error_messages={"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."},
    )


def _kies(label: str, keuzes: Keuzes, hulp: str = "", leeg: str = "Maak een keuze") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hulp, required=False, choices=[("", leeg), *keuzes])


class StapForm(VersieMixin, PortalForm):
    """One step of an application.

    ``keuzes`` holds choices from the database, ``stap`` says which fields the step asks for.  These are drawn as
    required, but half a step can be stored: what is missing is said when somebody goes on.  Fields of which one is
    enough stand together under a heading that says so.
    """

    def __init__(self, *args: Any, stap: Stap, keuzes: Mapping[str, Keuzes] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._samen = stap.samen
        self._verplicht = [self.fields[name] for name, _ in stap.verplicht]
        self._teken_verplicht(True)
        for group in stap.samen:
            for name in (*group.een_van, *(name for name, _ in group.mits)):
                soms_verplicht(self.fields[name])
        for name, choices in (keuzes or {}).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Maak een keuze"), *choices]

    def _teken_verplicht(self, verplicht: bool) -> None:
        for field in self._verplicht:
            field.required = verplicht

    def full_clean(self) -> None:
        self._teken_verplicht(False)
        super().full_clean()
        self._teken_verplicht(True)

    @property
    def helper(self) -> FormHelper:
        """The fields in their order, those that belong together in a box of their own."""
        helper = portaal_helper()
        helper.layout = Layout()
        groups = {name: group for group in self._samen for name in group.velden}
        for name in self.fields:
            group = groups.get(name)
            if group is None:
                helper.layout.append(name)
            elif name == group.velden[0]:
                helper.layout.append(Fieldset(group.kop, *group.velden, css_class="paneel"))
        return helper

    @property
    def gegevens(self) -> dict[str, Any]:
        """What was typed and can be stored: every valid field that the browser sent.  A box that is off is sent too."""
        self.is_valid()
        sent = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "versie" and (name in self.data or isinstance(self.fields[name], forms.BooleanField))
        }
        return sent


class LeerlingForm(StapForm):
    voornamen = _regel("Voornamen", "Zoals in de administratie van uw school.")
    achternaam = _regel("Achternaam")
    geboortedatum = DatumVeld(
        label="Geboortedatum", required=False, vroegst=date(2000, 1, 1), help_text="Bijvoorbeeld 12-06-2018"
    )
    groep = _regel("Groep", "Bijvoorbeeld 4 of 4/5.", lengte=12)


class OudersForm(StapForm):
    ouder1_naam = _regel("Naam van ouder 1", "Vul alle ouders en verzorgers met gezag in.")
    ouder1_email = _email("E-mailadres van ouder 1")
    ouder1_telefoon = _regel("Telefoonnummer van ouder 1", "Hier kunt u de code naartoe sturen of noemen.", lengte=20)
    ouder2_naam = _regel("Naam van ouder 2")
    ouder2_email = _email("E-mailadres van ouder 2", "Nodig als u ouder 2 invult.")
    ouder2_telefoon = _regel("Telefoonnummer van ouder 2", lengte=20)
    een_ouder_reden = _tekst("Waarom is er maar één ouder met gezag?", "Alleen als u ouder 2 leeg laat.", rijen=2)


class SchoolForm(StapForm):
    ontvangende_school = _kies("Ontvangende school", ())
    categorie = _kies(
        "Categorie",
        CATEGORIENAMEN.items(),
        "<br>".join(f"<strong>{CATEGORIENAMEN[code]}</strong>: {text}" for code, text in CATEGORIE_UITLEG.items()),
    )
    eerste_functie = _kies(
        "Functie van de eerste deskundige",
        [(str(code), FUNCTIENAMEN[code]) for code in sorted(EERSTE_DESKUNDIGE)],
        "Meestal de orthopedagoog van de ontvangende school.",
    )
    gewenst_van = DatumVeld(label="Gewenste begindatum", required=False, vroegst=date(2015, 1, 1))
    gewenst_tot = DatumVeld(
        label="Gewenste einddatum",
        required=False,
        vroegst=date(2015, 1, 1),
        help_text="Altijd een 31 juli. Een TLV geldt ten minste één heel schooljaar.",
    )
    terugkeer_moment = DatumVeld(
        label="Wanneer bekijkt u samen of de leerling terug kan?", required=False, vroegst=date(2015, 1, 1)
    )
    geen_terugkeer_reden = _tekst("Waarom spreekt u geen moment af?", "Alleen als u geen datum invult.", rijen=2)

    def clean_ontvangende_school(self) -> int | None:
        value = self.cleaned_data["ontvangende_school"]
        return int(value) if value else None


class OnderbouwingForm(StapForm):
    onderwijsbehoefte = _tekst(
        "Wat heeft de leerling nodig?", "Schrijf kort en alleen wat nodig is voor dit besluit.", 6
    )
    geboden_hulp = _tekst("Wat heeft uw school al gedaan?", rijen=6)
    reden_school = _tekst("Waarom past de ontvangende school?", rijen=4)
    leerling_gehoord = forms.BooleanField(label="De leerling is gehoord", required=False)
    stem_leerling = _tekst("Wat vindt de leerling? Of: waarom is de leerling niet gehoord?", rijen=3)


class DeskundigeForm(StapForm):
    tweede_naam = _regel("Naam van de tweede deskundige")
    tweede_functie = _kies("Functie", FUNCTIENAMEN.items(), "Een andere functie dan die van de eerste deskundige.")
    tweede_dienstverband = forms.ChoiceField(
        label="Waar werkt deze deskundige?",
        required=False,
        choices=list(DIENSTVERBANDNAMEN.items()),
        widget=forms.RadioSelect,
    )
    tweede_werkgever = _regel("Naam van de werkgever", "Bijvoorbeeld het CJG of de GGD.")
    tweede_email = _email("E-mailadres")
    tweede_telefoon = _regel("Telefoonnummer", lengte=20)


STAPFORMULIEREN: Mapping[str, type[StapForm]] = {
    "leerling": LeerlingForm,
    "ouders": OudersForm,
    "school": SchoolForm,
    "onderbouwing": OnderbouwingForm,
    "deskundige": DeskundigeForm,
}


class NieuweAanvraagForm(PortalForm):
    school = forms.TypedChoiceField(label="Voor welke school?", coerce=int)

    def __init__(self, *args: Any, scholen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(scholen)
        field = self.fields["school"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


class VersieForm(VersieMixin, PortalForm):
    """A step without anything to fill in."""


class ToelichtingForm(VersieMixin, PortalForm):
    """A step that says why, or what is needed."""

    toelichting = forms.CharField(label="Toelichting", widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000)

    def __init__(
        self, *args: Any, label: str = "Toelichting", verplicht: bool = True, hulp: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toelichting"].label = label
        self.fields["toelichting"].help_text = hulp
        self.fields["toelichting"].required = verplicht
        soms_verplicht(self.fields["toelichting"])


class AanvullingForm(ToelichtingForm):
    uiterlijk = DatumVeld(label="Uiterlijk aanvullen op")


class AdviesForm(PortalForm):
    """What every expert gives: yes or no, an own reasoned text, and that one is really involved."""

    steunt = forms.TypedChoiceField(
        label="Steunt u de plaats op de ontvangende school?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Uw advies",
        help_text="In uw eigen woorden, met uw redenen.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=10_000,
    )
    betrokken = forms.BooleanField(label="Ik ben echt betrokken bij deze leerling.")


class EersteAdviesForm(VersieMixin, AdviesForm):
    functie = forms.ChoiceField(
        label="Uw functie",
        choices=[(str(code), FUNCTIENAMEN[code]) for code in sorted(EERSTE_DESKUNDIGE)],
        widget=forms.RadioSelect,
    )
    field_order = ("functie",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steunt"].label = "Steunt u de plaats op uw school?"


class TweedeAdviesForm(AdviesForm):
    niet_in_dienst = forms.BooleanField(label="Ik werk niet bij een van de twee scholen of hun bestuur.")


class ZienswijzeForm(PortalForm):
    eens = forms.TypedChoiceField(
        label="Bent u het eens met de aanvraag?",
        choices=[("ja", "Ja, ik ben het eens"), ("nee", "Nee, ik ben het niet eens")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Wat wilt u erbij zeggen?",
        help_text="Dit mag in uw eigen woorden. U mag het ook leeg laten.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )


class BesluitForm(VersieMixin, PortalForm):
    """The decision, with the period that was asked for; the rules say when a motivation is needed."""

    besluit = forms.ChoiceField(
        label="Uw besluit", choices=[("ken_toe", "Toekennen"), ("weiger", "Weigeren")], widget=forms.RadioSelect
    )
    geldig_van = DatumVeld(label="Geldig van", vroegst=date(2015, 1, 1))
    geldig_tot = DatumVeld(label="Geldig tot en met", vroegst=date(2015, 1, 1))
    motivering = soms_verplicht(
        forms.CharField(
            label="Motivering",
            help_text="Nodig als u weigert, of toekent terwijl een partij het niet eens is. Komt in de brief.",
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=10_000,
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin = self.initial.get("geldig_van")
        if begin:
            days = ", ".join(lange_datum(day) for day in mogelijke_einden(begin)[:3])
            self.fields["geldig_tot"].help_text = f"Altijd een 31 juli. Bij deze begindatum bijvoorbeeld {days}."

    def clean(self) -> dict[str, Any]:
        """Who refuses need not fill in a period."""
        if self.cleaned_data.get("besluit") == "weiger":
            for name in ("geldig_van", "geldig_tot"):
                self.errors.pop(name, None)
        return self.cleaned_data


class AanvraagfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=100)
    staat = forms.CharField(required=False, max_length=20)
    school = forms.IntegerField(required=False, min_value=1)
    categorie = forms.CharField(required=False, max_length=4)

    @property
    def waarden(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class PlaatsingenForm(BestandForm):
    bestand = forms.FileField(label="Bestand met plaatsingen", help_text="CSV of XLSX.")


class InstellingenForm(VersieMixin, PortalForm):
    nummerpatroon = forms.CharField(
        label="Patroon van het TLV-nummer",
        max_length=60,
        help_text="Gebruik {registratie}, {schooljaar} en {volgnummer:04d}.",
    )
    gelijkgesteld = forms.CharField(
        label="Dagen die gelijk zijn aan een feestdag",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén datum per regel, bijvoorbeeld 30-05-2025. De overheid maakt deze dagen bekend.",
        max_length=2000,
    )

    def clean_nummerpatroon(self) -> str:
        value = str(self.cleaned_data["nummerpatroon"])
        refusal = controleer_patroon(value)
        if refusal is not None:
            raise forms.ValidationError(refusal.zin)
        return value

    def clean_gelijkgesteld(self) -> list[date]:
        found = []
        for line in str(self.cleaned_data["gelijkgesteld"]).split("\n"):
            if not line.strip():
                continue
            day = parse_datum(line)
            if day is None:
                raise forms.ValidationError(f"'{line.strip()[:40]}' is geen datum. Schrijf bijvoorbeeld 30-05-2025.")
            found.append(day)
        return found
