"""Forms for schools, boards, kernen, roles, the settings and imports."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from kernen import queries
from kernen.domain.duo_kolommen import BESTANDEN
from kernen.domain.rollen import toekenners_van
from kernen.domain.scholen import SOORTNAMEN, nette_postcode
from kernen.models import Samenwerkingsverband
from kernen.models.samenwerkingsverband import registratienummer
from swv_portal.common.fields import BedragVeld, DatumVeld, GetalVeld, soms_verplicht
from swv_portal.common.file_forms import BestandForm
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.scoping import PLAATS, ROLNAMEN, Bereik, Rol


class PostcodeVeld(forms.CharField):
    """A Dutch postcode; '2011ab' becomes '2011 AB'."""

    breedte = "invoer-kort"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        neat = nette_postcode(text)
        if neat is None:
            raise forms.ValidationError("Dit is geen postcode. Schrijf de postcode als 2011 AB.", code="postcode")
        return neat


def _adresvelden() -> dict[str, forms.Field]:
    return {
        "straat": forms.CharField(label="Straat", max_length=120, required=False),
        "huisnummer": forms.CharField(label="Huisnummer", max_length=20, required=False),
        "postcode": PostcodeVeld(label="Postcode", required=False),
        "plaats": forms.CharField(label="Plaats", max_length=80, required=False),
    }


class SchoolForm(VersieMixin, PortalForm):
    """A school; boards outside one's reach can not be chosen."""

    naam = forms.CharField(label="Naam", max_length=150)
    soort = forms.ChoiceField(label="Soort", choices=[(str(soort), naam) for soort, naam in SOORTNAMEN.items()])
    is_ikc = forms.BooleanField(label="Dit is een IKC-locatie (SBO en SO samen)", required=False)
    bestuur_id = forms.TypedChoiceField(label="Bestuur", coerce=int)
    straat, huisnummer, postcode, plaats = _adresvelden().values()
    gemeente = forms.CharField(label="Gemeente", max_length=80, required=False)
    buiten_regio = forms.BooleanField(label="De school staat buiten de regio", required=False)
    swv_code = forms.CharField(
        label="Ander samenwerkingsverband",
        help_text="Alleen voor een school van een ander samenwerkingsverband, bijvoorbeeld PO2704.",
        max_length=6,
        required=False,
        validators=[registratienummer],
    )
    actief = forms.BooleanField(label="De school is open", required=False)

    def __init__(self, *args: Any, bereik: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = queries.besturen_voor(bereik).values_list("pk", "naam")
        self.fields["bestuur_id"].choices = list(boards)  # type: ignore[attr-defined]


class BestuurForm(VersieMixin, PortalForm):
    naam = forms.CharField(label="Naam", max_length=150)
    straat, huisnummer, postcode, plaats = _adresvelden().values()
    lid = forms.BooleanField(label="Lid van dit samenwerkingsverband", required=False)


class InstellingenForm(VersieMixin, PortalForm):
    naam = forms.CharField(label="Naam van het samenwerkingsverband", max_length=120)
    registratienummer = forms.CharField(
        label="Registratienummer", help_text="Bijvoorbeeld PO2704", max_length=6, validators=[registratienummer]
    )
    straat, huisnummer, postcode, plaats = _adresvelden().values()
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    ondertekenaar = forms.CharField(label="Wie ondertekent brieven", help_text="De functie", max_length=80)
    bezwaaradres = forms.CharField(label="Adres voor bezwaar", max_length=200, required=False)
    minimum_groep = GetalVeld(
        label="Kleinste groep die in uitkomsten zichtbaar is",
        help_text="Groepen met minder antwoorden worden verborgen. Uitkomsten die al gepubliceerd zijn, blijven zoals "
        "ze zijn.",
        decimal_places=0,
        validators=[MinValueValidator(3), MaxValueValidator(50)],
    )
    termijn_weken = GetalVeld(
        label="Termijn voor een besluit op een aanvraag, in weken",
        help_text="De wet staat hoogstens 8 weken toe.",
        decimal_places=0,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )

    def clean_minimum_groep(self) -> int:
        return int(self.cleaned_data["minimum_groep"])

    def clean_termijn_weken(self) -> int:
        return int(self.cleaned_data["termijn_weken"])


def begin_van_instellingen(row: Samenwerkingsverband | None) -> dict[str, Any]:
    """What the form of the settings starts with."""
    if row is None:
        return {"minimum_groep": 5, "termijn_weken": 6, "ondertekenaar": "directeur-bestuurder"}
    return {name: getattr(row, name) for name in InstellingenForm.base_fields}


class KernForm(VersieMixin, PortalForm):
    naam = forms.CharField(label="Naam van de kern", max_length=80)
    actief = forms.BooleanField(label="De kern bestaat nog", required=False, initial=True)


class KernindelingForm(PortalForm):
    """Which kern a school belongs to, from which day."""

    kern = forms.TypedChoiceField(label="Kern", coerce=int)
    van = DatumVeld(label="Vanaf")

    def __init__(self, *args: Any, bereik: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kernen = queries.kernen_voor(bereik).filter(actief=True).values_list("pk", "naam")
        self.fields["kern"].choices = [("", "Kies een kern"), *kernen]  # type: ignore[attr-defined]


class BudgetForm(VersieMixin, PortalForm):
    bedrag = BedragVeld(label="Kernbudget", max_digits=10)


class RolForm(PortalForm):
    """A role with the place that belongs to it; only roles that the asker may give are offered."""

    rol = forms.TypedChoiceField(label="Rol", coerce=Rol)
    school = forms.TypedChoiceField(
        label="School",
        help_text="Voor IB'er, schooldirecteur en orthopedagoog",
        coerce=int,
        empty_value=None,
        required=False,
    )
    kern = forms.TypedChoiceField(
        label="Kern", help_text="Voor een kernvoorzitter", coerce=int, empty_value=None, required=False
    )
    bestuur = forms.TypedChoiceField(
        label="Bestuur", help_text="Voor een schoolbestuurder", coerce=int, empty_value=None, required=False
    )
    van = DatumVeld(label="Vanaf")
    tot = DatumVeld(
        label="Tot", help_text="De eerste dag waarop de rol niet meer geldt. Leeg: tot u hem intrekt.", required=False
    )

    def __init__(self, *args: Any, bereik: Bereik, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(str(rol), ROLNAMEN[rol]) for rol in Rol if toekenners_van(rol) & bereik.rollen]
        schools = queries.scholen_voor(bereik).order_by("naam").values_list("pk", "naam", "plaats")
        named = [(pk, f"{naam} ({plaats})" if plaats else naam) for pk, naam, plaats in schools]
        places = {
            "rol": [("", "Kies een rol"), *own],
            "school": [("", "Geen school"), *named],
            "kern": [("", "Geen kern"), *queries.kernen_voor(bereik).filter(actief=True).values_list("pk", "naam")],
            "bestuur": [("", "Geen bestuur"), *queries.besturen_voor(bereik).values_list("pk", "naam")],
        }
        for name, choices in places.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["van"].initial = vandaag
        for name in ("school", "kern", "bestuur"):
            soms_verplicht(self.fields[name])

    def clean(self) -> dict[str, Any]:
        """Only the place that belongs to the role counts; without JavaScript all three selects are on the page."""
        data = super().clean() or {}
        rol = data.get("rol")
        if rol:
            wanted = PLAATS[rol]
            for name in ("school", "kern", "bestuur"):
                if name != wanted:
                    data[name] = None
            if wanted != "swv" and not data.get(wanted) and wanted not in self.errors:
                self.add_error(wanted, f"Kies bij de rol {ROLNAMEN[rol]} ook waar.")
        return data

    def voor_service(self) -> dict[str, Any]:
        """The arguments of ``ken_rol_toe``."""
        data = self.cleaned_data
        return {
            "rol": data["rol"],
            "school_id": data["school"],
            "kern_id": data["kern"],
            "bestuur_id": data["bestuur"],
            "van": data["van"],
            "tot": data["tot"],
        }


class UitnodigingForm(RolForm):
    naam = forms.CharField(label="Naam", max_length=150)
    email = forms.EmailField(label="E-mailadres", max_length=254)
    field_order = ("naam", "email", "rol", "school", "kern", "bestuur", "van", "tot")


class ImportForm(BestandForm):
    """A file of DUO with the limits of the region."""

    soort = forms.ChoiceField(
        label="Welk bestand is het?",
        choices=[(code, f"DUO: {naam}") for code, naam in BESTANDEN.items()],
        widget=forms.RadioSelect,
    )
    bestand = forms.FileField(
        label="Bestand", help_text="Het CSV-bestand zoals DUO het uitgeeft, of XLSX", allow_empty_file=True
    )
    gemeenten = forms.CharField(
        label="Alleen deze gemeenten",
        help_text="Met komma's ertussen. Leeg: heel Nederland.",
        max_length=1000,
        required=False,
    )
    pc4 = forms.CharField(
        label="Alleen (of ook) deze PC4's", help_text="Bijvoorbeeld 2011, 2012", max_length=1000, required=False
    )
    jaar = GetalVeld(
        label="Jaar van de telling",
        help_text="Alleen voor leerlingen. Leeg: het nieuwste jaar in het bestand.",
        decimal_places=0,
        min_value=1990,
        max_value=2100,
        required=False,
    )

    def clean_gemeenten(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["gemeenten"].split(",") if part.strip()]

    def clean_pc4(self) -> list[str]:
        codes = [part.strip() for part in self.cleaned_data["pc4"].split(",") if part.strip()]
        for code in codes:
            if not (len(code) == 4 and code.isascii() and code.isdigit()):
                raise forms.ValidationError(f"'{code[:20]}' is geen PC4. Schrijf vier cijfers.", code="pc4")
        return codes

    def clean_jaar(self) -> int | None:
        year = self.cleaned_data["jaar"]
        return int(year) if year is not None else None


class BevestigForm(PortalForm):
    sluit_verdwenen = forms.BooleanField(
        label="Zet scholen die niet meer in het bestand staan op niet actief", required=False
    )
