"""The living page of the shared parts of the screens: what designers and testers look at.  Only in the demo."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from swv_portal.common.charts import lijndiagram, staafdiagram, tekst_voor
from swv_portal.common.fields import BedragVeld, DatumVeld
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.screens import Cel, Gegeven, Grafiek, Kijker, Kolom, Status, maak_stappen, maak_tabel
from swv_portal.common.tasks import Taak
from swv_portal.common.workflow import Option, Refusal, Transition


class VoorbeeldForm(VersieMixin, PortalForm):
    """One of every field."""

    titel = forms.CharField(label="Titel", max_length=80, help_text="Kort en duidelijk.")
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    datum = DatumVeld(label="Datum van de bijeenkomst")
    bedrag = BedragVeld(label="Bedrag")
    school = forms.ChoiceField(label="School", choices=[("", "Kies een school"), ("1", "De Berk"), ("2", "De Linde")])
    soort = forms.ChoiceField(
        label="Soort", choices=[("a", "Basisonderwijs"), ("b", "Speciaal onderwijs")], widget=forms.RadioSelect
    )
    thema = forms.MultipleChoiceField(
        label="Thema's",
        required=False,
        help_text="Kies er zoveel u wilt.",
        choices=[("1", "Gedrag"), ("2", "Taal"), ("3", "Hoogbegaafdheid")],
        widget=forms.CheckboxSelectMultiple,
    )
    bestand = forms.FileField(label="Bijlage", required=False, help_text="Een PDF van hoogstens 25 MB.")
    akkoord = forms.BooleanField(label="Ik heb dit met de ouders besproken")


@dataclass(frozen=True)
class _Voortgang:
    totaal: int
    klaar: int
    mislukt: int
    af: bool


@dataclass(frozen=True)
class _Inbox:
    te_laat: list[Taak]
    deze_week: list[Taak]
    wacht_op_ander: list[Taak]


@dataclass(frozen=True)
class _Regel:
    tijd: object
    wie: str
    tekst: str
    lezen: bool = False


def _grafieken() -> list[Grafiek]:
    cijfers: list[tuple[str, Decimal | None]] = [
        ("IB'er", Decimal("7.4")),
        ("Directeur", Decimal("6.8")),
        ("Leraar", Decimal("8.1")),
        ("Ouder", None),
    ]
    jaren = ["2023", "2024", "2025", "2026"]
    reeksen: list[tuple[str, list[Decimal | None]]] = [
        ("Lumpsum", [Decimal(1200000), Decimal(1250000), Decimal(1310000), Decimal(1340000)]),
        ("Kernen", [Decimal(400000), Decimal(420000), None, Decimal(470000)]),
    ]
    return [
        Grafiek(
            "Hoe tevreden bent u over de kern?",
            staafdiagram("Tevredenheid per functie", tekst_voor("Gemiddeld cijfer", cijfers), cijfers, maximum=10),
            ["Functie", "Gemiddeld cijfer"],
            [["IB'er", "7,4"], ["Directeur", "6,8"], ["Leraar", "8,1"], ["Ouder", "te weinig antwoorden"]],
            "Leraren zijn het meest tevreden.",
            "verzonnen cijfers",
        ),
        Grafiek(
            "Budget per jaar",
            lijndiagram("Budget per jaar", "Lumpsum en kernen, 2023 tot en met 2026.", jaren, reeksen, "€", 0),
            ["Jaar", "Lumpsum", "Kernen"],
            [["2023", "€ 1.200.000", "€ 400.000"], ["2025", "€ 1.310.000", "te weinig antwoorden"]],
        ),
    ]


def _tabel() -> object:
    return maak_tabel(
        "Scholen in de kern",
        ["School", "Bestuur", "Status", Kolom("Leerlingen", getal=True), Kolom("Budget", getal=True)],
        [
            [Cel("De Berk", "#berk"), "Stichting Oever", Status("vastgesteld", "goed"), "212", "€ 8.525,67"],
            [Cel("De Linde", "#linde"), "Stichting Oever", Status("concept"), "97", "€ 3.900,00"],
            [Cel("Het Kompas", "#kompas"), "Stichting Vaart", Status("te laat", "fout"), "1.043", "€ 41.951,20"],
        ],
        totaal=["Totaal", "", "", "1.352", "€ 54.376,87"],
    )


def _inbox() -> _Inbox:
    vandaag = timezone.localdate()
    return _Inbox(
        [Taak("Beoordeel het kernplan van Noord", "#1", vandaag - timedelta(days=3))],
        [
            Taak("Geef advies over aanvraag A-2026-014", "#2", vandaag + timedelta(days=2)),
            Taak("Stel de beschikkingen vast", "#3", vandaag),
        ],
        [Taak("Aanvraag A-2026-011", "#4", vandaag + timedelta(days=9), wacht_op="ouder 1")],
    )


def _opties() -> list[Option]:
    nergens: frozenset[str] = frozenset()
    return [
        Option(Transition("dien_in", "Indienen", nergens, "", nergens), None),
        Option(Transition("trek_in", "Intrekken", nergens, "", nergens), None),
        Option(
            Transition("stel_vast", "Vaststellen", nergens, "", nergens),
            Refusal("uren", "Er zijn nog geen uren ingevuld."),
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def onderdelen(request: HttpRequest) -> HttpResponse:
    """All parts on one page; sending the form shows its errors."""
    form = VoorbeeldForm(
        request.POST or None, request.FILES or None, initial={"bedrag": Decimal("1234.5"), "versie": 1}
    )
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Dit is een voorbeeld: er is niets bewaard.")
    nu = timezone.now()
    context = {
        "form": form,
        "statussen": [
            Status("concept"),
            Status("in behandeling", "bezig"),
            Status("vastgesteld", "goed"),
            Status("bijna te laat", "let_op"),
            Status("afgewezen", "fout"),
        ],
        "tabel": _tabel(),
        "page": Paginator(range(60), 20).page(2),
        "inbox": _inbox(),
        "opties": _opties(),
        "stappen": maak_stappen(["Leerling", "School", "Vraag", "Advies", "Ouders", "Controleren"], 2, ["#"] * 6, [1]),
        "gegevens": [
            Gegeven("School", "De Berk", "#school"),
            Gegeven("Bestuur", "Stichting Oever"),
            Gegeven("Budget", "€ 8.525,67"),
        ],
        "kijkers": [Kijker("De school", "het hele dossier"), Kijker("Ouder 1", "het advies en de eigen reactie")],
        "regels": [
            _Regel(nu, "SWV-medewerker", "Het dossier is bekeken.", lezen=True),
            _Regel(nu - timedelta(days=1), "IB'er van De Berk", "De aanvraag is ingediend."),
        ],
        "bezig": _Voortgang(86, 31, 0, False),
        "klaar": _Voortgang(86, 86, 0, True),
        "grafieken": _grafieken(),
    }
    return render(request, "onderdelen/alles.html", context, status=422 if form.errors else 200)
