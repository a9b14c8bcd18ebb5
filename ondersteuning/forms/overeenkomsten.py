"""Agreements: beginning one, filling it in, passing a place on, and the filters of the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.overeenkomst import GROEPEN, SOORTKOPPEN, SOORTNAMEN, UITLEG, Soort
from ondersteuning.forms.besluit import ToelichtingForm
from ondersteuning.queries.overeenkomsten import STAATKEUZES, Overeenkomstfilter
from swv_portal.common.fields import VERPLICHT, DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form

VROEGST = date(2015, 1, 1)

Keuzes = Iterable[tuple[int, str]]
NIEUW = "nieuw"
_NIEUWE_LEERLING = ("voornamen", "achternaam", "geboortedatum")


def _tekst(label: str, hulp: str, *, verplicht: bool = False) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=hulp,
        required=verplicht,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
    if not verplicht:
        soms_verplicht(field)
    return field


class LeerlingkeuzeForm(PortalForm):
    """Choose a pupil with a dossier, or type the name of one without."""

    leerling = forms.ChoiceField(label="Leerling", error_messages={"required": "Kies een leerling."})
    voornamen = soms_verplicht(forms.CharField(label="Voornamen", max_length=120, required=False))
    achternaam = soms_verplicht(forms.CharField(label="Achternaam", max_length=120, required=False))
    geboortedatum = soms_verplicht(DatumVeld(label="Geboortedatum", required=False, vroegst=date(2000, 1, 1)))

    def zet_leerlingen(self, leerlingen: Keuzes) -> None:
        """The choices, which come from the database; without any dossier the new pupil is chosen already."""
        known = [(str(pk), name) for pk, name in leerlingen]
        field = self.fields["leerling"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Maak een keuze"), *known, (NIEUW, "Een leerling zonder dossier: vul hieronder in")]
        if not known:
            field.initial = NIEUW
        self.fields["voornamen"].help_text = "Alleen voor een leerling zonder dossier."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("leerling") == NIEUW:
            for name in _NIEUWE_LEERLING:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, VERPLICHT)
        return data

    @property
    def leerling_id(self) -> int | None:
        """The key of the chosen pupil; ``None`` when one without a dossier was typed."""
        chosen = self.cleaned_data["leerling"]
        return None if chosen == NIEUW else int(chosen)

    @property
    def nieuwe_leerling(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in _NIEUWE_LEERLING}


class NieuweOvereenkomstForm(LeerlingkeuzeForm):
    soort = forms.ChoiceField(
        label="Wat wilt u afspreken?",
        choices=[(code, f"{kop}. {UITLEG[code]}") for code, kop in SOORTKOPPEN.items()],
        widget=forms.RadioSelect,
    )
    school = forms.TypedChoiceField(label="Voor welke school?", coerce=int)
    field_order = ("soort", "school", "leerling", *_NIEUWE_LEERLING)

    def __init__(self, *args: Any, scholen: Keuzes, leerlingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = list(scholen)
        field = self.fields["school"]
        if isinstance(field, forms.ChoiceField):
            field.choices = schools
        if len(schools) == 1:
            field.initial, field.widget = schools[0][0], forms.HiddenInput()
        self.zet_leerlingen(leerlingen)


class OvereenkomstForm(VersieMixin, PortalForm):
    """What is agreed.  Half filled in can be stored; the page says what is still missing."""

    groep = forms.ChoiceField(
        label="Groep", required=False, choices=[("", "Maak een keuze"), *((g, g) for g in GROEPEN)]
    )
    andere_school_id = forms.TypedChoiceField(label="Andere school", required=False, coerce=int, empty_value=None)
    begin = soms_verplicht(DatumVeld(label="Vanaf", required=False, vroegst=VROEGST))
    einde = soms_verplicht(DatumVeld(label="Tot en met", required=False, vroegst=VROEGST))
    doelen = _tekst("Doelen", "Wat moet dit de leerling brengen, en hoe merkt u dat?")
    programma = _tekst("Programma", "Wat doet de leerling op welke school, en op welke dagen?")
    bekostiging = _tekst("Wie betaalt wat", "De scholen spreken samen af wat het kost en wie dat betaalt.")
    in_opp = forms.BooleanField(label="De afspraken staan in het ontwikkelingsperspectief (OPP)", required=False)
    toestemming_op = soms_verplicht(
        DatumVeld(
            label="Op welke dag gaven alle ouders met gezag toestemming?",
            required=False,
            help_text="Bijvoorbeeld 12-06-2026. U bewaart hun toestemming zelf in het dossier van de leerling.",
        )
    )
    #: What a kind does not ask for.
    _WEG = {
        Soort.SYMBIOSE.value: (),
        Soort.DWS.value: ("andere_school_id", "einde", "programma", "bekostiging", "in_opp"),
        Soort.OBSERVATIE.value: ("programma", "bekostiging", "in_opp"),
    }
    #: Names of fields in refusals that differ from those of the form.
    _VELDEN = {"andere_school": "andere_school_id"}

    def __init__(self, *args: Any, soort: str, scholen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._WEG[soort]:
            del self.fields[name]
        other = self.fields.get("andere_school_id")
        if isinstance(other, forms.ChoiceField):
            other.choices = [("", "Maak een keuze"), *scholen]
            soms_verplicht(other)
        soms_verplicht(self.fields["groep"])
        if soort == Soort.DWS:
            self.fields["begin"].help_text = "U koopt de plaats tot en met 31 juli van het schooljaar."
        maak_portaal_form(self)

    def weiger_alle(self, refusals: Iterable[Any]) -> None:
        """Put every refusal at its field; ``andere_school`` is the field with the key of that school."""
        for refusal in refusals:
            name = self._VELDEN.get(refusal.veld or "", refusal.veld)
            field = name if name in self.fields else None
            if field is None:
                self.weiger(refusal)
            else:
                self.add_error(field, refusal.zin)


class DoorgevenForm(VersieMixin, LeerlingkeuzeForm):
    """Another pupil on the same DWS place."""

    vanaf = DatumVeld(label="Vanaf welke dag?", vroegst=VROEGST)
    groep = forms.ChoiceField(label="Groep", choices=[("", "Maak een keuze"), *((g, g) for g in GROEPEN)])
    doelen = _tekst("Doelen", "Wat moet dit de leerling brengen, en hoe merkt u dat?", verplicht=True)
    toestemming_op = DatumVeld(label="Op welke dag gaven alle ouders met gezag toestemming?")
    field_order = ("leerling", *_NIEUWE_LEERLING, "groep", "vanaf", "doelen", "toestemming_op")

    def __init__(self, *args: Any, leerlingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zet_leerlingen(leerlingen)


class StopForm(ToelichtingForm):
    dag = DatumVeld(label="Wat is de laatste dag?", vroegst=VROEGST)
    field_order = ("dag", "toelichting")


class OvereenkomstfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=20)
    soort = forms.ChoiceField(required=False, choices=list(SOORTNAMEN.items()))
    staat = forms.ChoiceField(required=False, choices=STAATKEUZES)
    school = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    @property
    def filters(self) -> Overeenkomstfilter:
        self.is_valid()
        return Overeenkomstfilter(**{name: value for name, value in self.cleaned_data.items() if value})
