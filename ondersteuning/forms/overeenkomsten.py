"""Agreements: beginning one, filling it in, passing a place on, and the filters of the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from ondersteuning.domain.overeenkomst import GROEPEN, SOORTKOPPEN, SOORTNAMEN, UITLEG, Soort
from ondersteuning.forms.besluit import ToelichtingForm
from ondersteuning.forms.keuzes import MAAK_EEN_KEUZE, Keuzes, zet_keuzes
from ondersteuning.forms.leerlingkeuze import LEERLINGVELDEN, LeerlingkeuzeForm, SchoolEnLeerlingForm
from ondersteuning.queries.overeenkomsten import STAATKEUZES, Overeenkomstfilter
from swv_portal.common.fields import DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form

VROEGST = date(2015, 1, 1)


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


class NieuweOvereenkomstForm(SchoolEnLeerlingForm, PortalForm):
    soort = forms.ChoiceField(
        label="Wat wilt u afspreken?",
        choices=[
            (code, format_html("<strong>{}.</strong> {}", kop, UITLEG[code])) for code, kop in SOORTKOPPEN.items()
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("soort", "school", *LEERLINGVELDEN)


class OvereenkomstForm(VersieMixin, PortalForm):
    """What is agreed.  Half filled in can be stored; the page says what is still missing."""

    groep = forms.ChoiceField(label="Groep", required=False, choices=[("", MAAK_EEN_KEUZE), *((g, g) for g in GROEPEN)])
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
        if "andere_school_id" in self.fields:
            zet_keuzes(self, "andere_school_id", scholen)
            soms_verplicht(self.fields["andere_school_id"])
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


class DoorgevenForm(VersieMixin, LeerlingkeuzeForm, PortalForm):
    """Another pupil on the same DWS place."""

    vanaf = DatumVeld(label="Vanaf welke dag?", vroegst=VROEGST)
    groep = forms.ChoiceField(label="Groep", choices=[("", MAAK_EEN_KEUZE), *((g, g) for g in GROEPEN)])
    doelen = _tekst("Doelen", "Wat moet dit de leerling brengen, en hoe merkt u dat?", verplicht=True)
    toestemming_op = DatumVeld(label="Op welke dag gaven alle ouders met gezag toestemming?")
    field_order = (*LEERLINGVELDEN, "groep", "vanaf", "doelen", "toestemming_op")


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
