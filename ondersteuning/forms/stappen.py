"""The steps of the form.  A step may be stored half filled: what is required is checked by the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from ondersteuning.domain.deskundigen import DIENSTVERBANDNAMEN, EERSTE_DESKUNDIGE, FUNCTIENAMEN
from ondersteuning.domain.eenzijdig import AFWIJZERS, BEMIDDELINGNAMEN
from ondersteuning.domain.formulierstappen import NIET_OVERAL
from ondersteuning.domain.plaatsing import CATEGORIE_UITLEG, CATEGORIENAMEN
from ondersteuning.domain.routes import Stap
from ondersteuning.forms.keuzes import MAAK_EEN_KEUZE, Keuzes, zet_keuzes
from ondersteuning.forms.swv_gebieden import Pc4Veld
from swv_portal.common.fields import DatumVeld, EmailVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, portaal_helper


def _tekst(label: str, hulp: str = "", rijen: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hulp, required=False, widget=forms.Textarea(attrs={"rows": rijen}), max_length=10_000
    )


def _regel(label: str, hulp: str = "", lengte: int = 120) -> forms.CharField:
    return forms.CharField(label=label, help_text=hulp, required=False, max_length=lengte)


def _kies(label: str, keuzes: Keuzes, hulp: str = "", leeg: str = MAAK_EEN_KEUZE) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hulp, required=False, choices=[("", leeg), *keuzes])


class StapForm(VersieMixin, PortalForm):
    """One step of an application.

    ``keuzes`` holds choices from the database, ``stap`` says which fields the step asks for.  These are drawn as
    required, but half a step can be stored: what is missing is said when somebody goes on.  Fields of which one is
    enough stand together under a heading that says so.
    """

    def __init__(self, *args: Any, stap: Stap, keuzes: Mapping[str, Keuzes] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (stap.zonder | (NIET_OVERAL - stap.extra)) & self.fields.keys():
            del self.fields[name]
        self._samen = stap.samen
        self._verplicht = [self.fields[name] for name, _ in stap.verplicht]
        self._teken_verplicht(True)
        for group in stap.samen:
            for name in (*group.een_van, *(name for name, _ in group.mits)):
                soms_verplicht(self.fields[name])
        for name, choices in (keuzes or {}).items():
            if name in self.fields:
                zet_keuzes(self, name, choices)

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
    voornamen = _regel("Voornamen", "Zoals in uw administratie.")
    achternaam = _regel("Achternaam")
    geboortedatum = DatumVeld(
        label="Geboortedatum", required=False, vroegst=date(2000, 1, 1), help_text="Bijvoorbeeld 12-06-2018"
    )
    groep = _regel("Groep", "Bijvoorbeeld 4 of 4/5.", lengte=12)
    nergens_ingeschreven = forms.BooleanField(
        label="De leerling staat nog op geen enkele school ingeschreven",
        required=False,
        help_text="Dan beslist het samenwerkingsverband van de plaats waar de leerling woont.",
    )
    woon_pc4 = Pc4Veld(
        label="Postcode van het woonadres (alleen de vier cijfers)",
        required=False,
        max_length=20,
        help_text="Hiermee zien wij welk samenwerkingsverband beslist. De rest van het adres hebben wij niet nodig.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    woont_in_gebied = _kies("Woont de leerling in ons gebied?", ())
    eerste_schooldag = DatumVeld(
        label="Eerste schooldag",
        required=False,
        vroegst=date(2015, 1, 1),
        help_text="Alleen als de leerling pas op een basisschool is begonnen.",
    )

    def __init__(self, *args: Any, keuzes: Mapping[str, Keuzes] | None = None, **kwargs: Any) -> None:
        """Whether the pupil lives in our area is asked only when ``keuzes`` has answers to it: without a table."""
        super().__init__(*args, keuzes=keuzes, **kwargs)
        if not (keuzes or {}).get("woont_in_gebied"):
            self.fields.pop("woont_in_gebied", None)


class OudersForm(StapForm):
    ouder1_naam = _regel("Naam van ouder 1", "Vul alle ouders en verzorgers met gezag in.")
    ouder1_email = EmailVeld(label="E-mailadres van ouder 1", required=False)
    ouder1_telefoon = _regel("Telefoonnummer van ouder 1", "Hier kunt u de code naartoe sturen of noemen.", lengte=20)
    ouder2_naam = _regel("Naam van ouder 2")
    ouder2_email = EmailVeld(label="E-mailadres van ouder 2", help_text="Nodig als u ouder 2 invult.", required=False)
    ouder2_telefoon = _regel("Telefoonnummer van ouder 2", lengte=20)
    een_ouder_reden = _tekst("Waarom is er maar één ouder met gezag?", "Alleen als u ouder 2 leeg laat.", rijen=2)


class AkkoordForm(StapForm):
    ander_swv_code = _regel(
        "Code van het andere samenwerkingsverband", "PO en vier cijfers, bijvoorbeeld PO3004.", lengte=6
    )
    ander_swv_naam = _regel("Naam van het andere samenwerkingsverband")
    ander_tlvnummer = _regel(
        "TLV-nummer van het andere samenwerkingsverband", "Dat samenwerkingsverband geeft de TLV (SBO).", lengte=40
    )

    def clean_ander_swv_code(self) -> str:
        return str(self.cleaned_data["ander_swv_code"]).replace(" ", "").upper()


class BemiddelingForm(StapForm):
    verwijderd_op = DatumVeld(
        label="Dag van het verwijderingsbesluit",
        required=False,
        vroegst=date(2015, 1, 1),
        help_text="De dag waarop het bestuur besloot om de leerling te verwijderen.",
    )
    bemiddeling = forms.ChoiceField(
        label="Wat is er gedaan om het eens te worden?",
        required=False,
        choices=list(BEMIDDELINGNAMEN.items()),
        widget=forms.RadioSelect,
    )
    bemiddeling_op = DatumVeld(
        label="Wanneer was dat?",
        required=False,
        vroegst=date(2015, 1, 1),
        help_text="De dag van het laatste gesprek, of de dag waarop de ouders nee zeiden.",
    )
    bemiddeling_afgewezen_door = soms_verplicht(
        _kies("Wie wilde het niet?", AFWIJZERS.items(), "Alleen als de ouders het niet wilden.")
    )
    bemiddeling_uitkomst = _tekst(
        "Hoe liep het af?", "Schrijf kort wat er uitkwam, of waarom de ouders het niet wilden.", 4
    )


def _categorie_uitleg(codes: Iterable[str]) -> str:
    """The criteria of these categories, one on each line."""
    return "<br>".join(f"<strong>{CATEGORIENAMEN[code]}</strong>: {CATEGORIE_UITLEG[code]}" for code in codes)


class SchoolForm(StapForm):
    vorig_tlvnummer = _regel("Nummer van de lopende TLV", lengte=40)
    vorig_geldig_tot = DatumVeld(
        label="Lopende TLV geldig tot en met",
        required=False,
        vroegst=date(2015, 1, 1),
        help_text="Blijft de leerling op uw school, dan begint de nieuwe TLV daarna.",
    )
    ontvangende_school = _kies("Ontvangende school", ())
    categorie = _kies("Categorie", CATEGORIENAMEN.items(), _categorie_uitleg(CATEGORIENAMEN))
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

    budget_afgestemd = forms.BooleanField(
        label="De ouders weten van het instroombudget en willen het",
        required=False,
        help_text="De basisschool krijgt twee jaar lang een budget voor de begeleiding van de leerling.",
    )

    def __init__(self, *args: Any, stap: Stap, keuzes: Mapping[str, Keuzes] | None = None, **kwargs: Any) -> None:
        """Categories are those of the route.  A pupil who stays at the basisschool has a TLV for one school year."""
        super().__init__(*args, stap=stap, keuzes=keuzes, **kwargs)
        if "categorie" in self.fields and keuzes is not None:
            self.fields["categorie"].help_text = _categorie_uitleg(str(code) for code, _ in keuzes["categorie"])
        if "ontvangende_school" in stap.zonder and "categorie" in self.fields:
            until = (
                "De TLV geldt tot en met 31 juli van dat schooljaar. Vanaf juni kan de school om nog een jaar vragen."
            )
            self.fields["gewenst_van"].help_text = until

    def clean_ontvangende_school(self) -> int | None:
        value = self.cleaned_data["ontvangende_school"]
        return int(value) if value else None


class OnderbouwingForm(StapForm):
    onderwijsbehoefte = _tekst(
        "Wat heeft de leerling nodig?", "Schrijf kort en alleen wat nodig is voor dit besluit.", 6
    )
    geboden_hulp = _tekst("Wat heeft de school al gedaan?", rijen=6)
    reden_school = _tekst("Waarom past de ontvangende school?", rijen=4)
    leerling_gehoord = forms.BooleanField(label="De leerling is gehoord", required=False)
    stem_leerling = _tekst("Wat vindt de leerling? Of: waarom is de leerling niet gehoord?", rijen=3)

    def __init__(self, *args: Any, stap: Stap, **kwargs: Any) -> None:
        """An institution is asked which help there was: the pupil was at no school yet."""
        super().__init__(*args, stap=stap, **kwargs)
        self.fields["geboden_hulp"].label = dict(stap.verplicht)["geboden_hulp"]


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
    tweede_email = EmailVeld(label="E-mailadres", required=False)
    tweede_telefoon = _regel("Telefoonnummer", lengte=20)


STAPFORMULIEREN: Mapping[str, type[StapForm]] = {
    "leerling": LeerlingForm,
    "ouders": OudersForm,
    "akkoord": AkkoordForm,
    "bemiddeling": BemiddelingForm,
    "school": SchoolForm,
    "onderbouwing": OnderbouwingForm,
    "deskundige": DeskundigeForm,
}
