"""The step form of the kernplan, sessions, menukaart and tariffs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kernen.domain.kernplan import MEESTE_DOELEN, MEESTE_INZET, STAPPEN
from kernen.forms.groepen import GroepenForm
from kernen.models import Kernplan, Kernplaninzet, Menukaartthema, Uurtarief
from kernen.services.kernplan import Doelinvoer, Inzetinvoer
from swv_portal.common.fields import BedragVeld, DatumVeld, GetalVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.money import dutch_amount

STAPNAMEN = ("Doelen", "Route", "Inzet en kosten", "Controleren")
#: The choice for a row whose tariff is no longer in the list.
OUD = "oud"


def _tekstvak(rijen: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})


class DoelenForm(GroepenForm):
    """Step 1: why, and at most four goals.  A theme without own words takes the words of the menukaart."""

    groepskop, meer_kop, meeste, zichtbaar, nodig = "Doel", "Meer doelen", MEESTE_DOELEN, 2, 1

    aanleiding = forms.CharField(
        label="Aanleiding",
        help_text="Wat ziet u in de kern? Schrijf het kort.",
        widget=_tekstvak(3),
        max_length=1500,
        required=False,
    )

    def __init__(self, *args: Any, plan: Kernplan, themas: Sequence[Menukaartthema], **kwargs: Any) -> None:
        self.bestaand = {row.volgnummer: row for row in plan.doelen.all()}
        # A goal keeps its theme when that is no longer on the menukaart.
        kept = {row.thema_id: row.thema for row in self.bestaand.values() if row.thema_id}
        self.themas = {row.pk: row for row in themas} | {pk: thema for pk, thema in kept.items() if pk and thema}
        kwargs.setdefault("initial", {"aanleiding": plan.aanleiding, "versie": plan.versie})
        super().__init__(*args, **kwargs)

    def maak_groep(self, nummer: int) -> dict[str, forms.Field]:
        goal = self.bestaand.get(nummer)
        return {
            "thema": forms.TypedChoiceField(
                label="Van de menukaart",
                choices=[("", "Eigen doel"), *((pk, str(row)) for pk, row in self.themas.items())],
                coerce=int,
                empty_value=None,
                required=False,
                initial=goal.thema_id if goal else "",
            ),
            "tekst": forms.CharField(
                label="Wat wilt u bereiken?",
                widget=_tekstvak(2),
                max_length=600,
                required=False,
                initial=goal.tekst if goal else "",
            ),
            "activiteiten": forms.CharField(
                label="Wat gaat u doen?",
                widget=_tekstvak(2),
                max_length=1000,
                required=False,
                initial=goal.activiteiten if goal else "",
            ),
        }

    def doelen(self) -> list[Doelinvoer]:
        found = []
        for _, typed in self.ingevuld():
            theme, text, activities = self.themas.get(typed["thema"]), typed["tekst"], typed["activiteiten"]
            if theme and not text and not activities:
                activities = "\n".join(theme.activiteitregels)
            text = text or (theme.doel if theme else "")
            if text or activities:
                found.append(Doelinvoer(text, activities, theme.pk if theme else None))
        return found

    def opslag(self) -> dict[str, Any]:
        """The arguments of ``bewaar_kernplan``."""
        return {"velden": {"aanleiding": self.cleaned_data["aanleiding"]}, "doelen": self.doelen()}


class RouteForm(VersieMixin, PortalForm):
    """Step 2: how far along the route, and why the steps before it do not suffice."""

    stap = forms.TypedChoiceField(
        label="Hoe ver gaat de kern op de route?", choices=list(STAPPEN.items()), coerce=int, widget=forms.RadioSelect
    )
    toelichting = forms.CharField(label="Wat zet de kern in?", widget=_tekstvak(4), max_length=1500, required=False)
    waarom_niet_1 = soms_verplicht(
        forms.CharField(
            label="Waarom is stap 1 niet genoeg?",
            help_text="Nodig bij stap 2 en stap 3.",
            widget=_tekstvak(3),
            max_length=800,
            required=False,
        )
    )
    waarom_niet_2 = soms_verplicht(
        forms.CharField(
            label="Waarom is stap 2 niet genoeg?",
            help_text="Nodig bij stap 3.",
            widget=_tekstvak(3),
            max_length=800,
            required=False,
        )
    )

    def __init__(self, *args: Any, plan: Kernplan, **kwargs: Any) -> None:
        names = ("stap", "toelichting", "waarom_niet_1", "waarom_niet_2", "versie")
        kwargs.setdefault("initial", {name: getattr(plan, name) for name in names})
        super().__init__(*args, **kwargs)

    def opslag(self) -> dict[str, Any]:
        names = ("stap", "toelichting", "waarom_niet_1", "waarom_niet_2")
        return {"velden": {name: self.cleaned_data[name] for name in names}}


class InzetForm(GroepenForm):
    """Step 3: who for how many hours, and the other costs.  A tariff after offer has its own amount."""

    groepskop, meer_kop, meeste, zichtbaar = "Regel", "Meer regels", MEESTE_INZET, 3

    overige_kosten = BedragVeld(label="Overige kosten", max_digits=9, required=False)
    overige_toelichting = soms_verplicht(
        forms.CharField(
            label="Waarvoor zijn de overige kosten?",
            help_text="Nodig als u overige kosten invult.",
            max_length=200,
            required=False,
        )
    )

    def __init__(self, *args: Any, plan: Kernplan, tarieven: Sequence[Uurtarief], **kwargs: Any) -> None:
        self.tarieven = {str(row.pk): row for row in tarieven}
        self.bestaand = {row.volgnummer: row for row in plan.inzet.all()}
        kwargs.setdefault(
            "initial",
            {
                "overige_kosten": plan.overige_kosten or None,
                "overige_toelichting": plan.overige_toelichting,
                "versie": plan.versie,
            },
        )
        super().__init__(*args, **kwargs)

    def maak_groep(self, nummer: int) -> dict[str, forms.Field]:
        row = self.bestaand.get(nummer)
        choices, chosen = self._wie(row)
        by_offer = chosen in self.tarieven and self.tarieven[chosen].bedrag is None
        return {
            "tarief": forms.ChoiceField(label="Wie", choices=choices, required=False, initial=chosen),
            "uren": GetalVeld(
                label="Uren", max_digits=7, min_value=0, required=False, initial=row.uren.normalize() if row else None
            ),
            "bedrag": BedragVeld(
                label="Tarief volgens offerte",
                max_digits=7,
                required=False,
                initial=row.tarief or None if row and by_offer else None,
            ),
        }

    def _wie(self, row: Kernplaninzet | None) -> tuple[list[tuple[str, str]], str]:
        """The choices for a row, and the one it has.

        The amount of an hour may have changed since: the row keeps its own until somebody chooses again.
        """
        choices = [("", "Niemand"), *((key, _tarieflabel(item)) for key, item in self.tarieven.items())]
        if row is None:
            return choices, ""
        for key, item in self.tarieven.items():
            if item.professional == row.professional and item.bedrag in (None, row.tarief):
                return choices, key
        choices.insert(1, (OUD, f"{row.professional} ({dutch_amount(row.tarief)}, eerder gekozen)"))
        return choices, OUD

    def clean(self) -> dict[str, Any]:
        """Hours or an amount of nobody would be lost without a word."""
        for nth, typed in self.ingevuld():
            if not typed["tarief"] and f"tarief_{nth}" not in self.errors and (typed["uren"] or typed["bedrag"]):
                self.add_error(f"tarief_{nth}", "Kies voor wie deze uren en dit tarief zijn, of maak de regel leeg.")
        return self.cleaned_data

    def inzet(self) -> list[Inzetinvoer]:
        found = []
        for nth, typed in self.ingevuld():
            chosen, hours = typed["tarief"], typed["uren"] or Decimal(0)
            if chosen == OUD:
                row = self.bestaand[nth]
                found.append(Inzetinvoer(row.professional, row.stap, hours, row.tarief))
            elif chosen:
                tariff = self.tarieven[chosen]
                amount = tariff.bedrag or typed["bedrag"] or Decimal(0)
                found.append(Inzetinvoer(tariff.professional, tariff.stap, hours, amount))
        return found

    def opslag(self) -> dict[str, Any]:
        other = {
            "overige_kosten": self.cleaned_data["overige_kosten"] or Decimal("0.00"),
            "overige_toelichting": self.cleaned_data["overige_toelichting"],
        }
        return {"velden": other, "inzet": self.inzet()}


def _tarieflabel(tariff: Uurtarief) -> str:
    amount = dutch_amount(tariff.bedrag) if tariff.bedrag is not None else "volgens offerte"
    return f"{tariff.professional}: {amount} (stap {tariff.stap})"


class OpmerkingForm(VersieMixin, PortalForm):
    """A remark with a step of the procedure."""

    opmerking = forms.CharField(
        label="Wat moet er anders?", help_text="De voorzitter leest dit.", widget=_tekstvak(5), max_length=2000
    )


class SessieForm(VersieMixin, PortalForm):
    datum = DatumVeld(label="Datum", required=False)
    doel = forms.CharField(label="Doel", max_length=200)
    focus = forms.CharField(
        label="Inhoud", help_text="Eén onderwerp per regel", widget=_tekstvak(5), max_length=1000, required=False
    )
    verslag = forms.CharField(
        label="Kort verslag",
        help_text="Schrijf geen namen van kinderen op.",
        widget=_tekstvak(8),
        max_length=4000,
        required=False,
    )


class ThemaForm(VersieMixin, PortalForm):
    thema = forms.CharField(label="Thema", max_length=100)
    doel = forms.CharField(label="Meetbaar doel", widget=_tekstvak(3), max_length=400)
    activiteiten = forms.CharField(
        label="Ideeën voor activiteiten",
        help_text="Eén per regel",
        widget=_tekstvak(5),
        max_length=1000,
        required=False,
    )
    termijn_maanden = GetalVeld(label="Termijn in maanden", decimal_places=0, min_value=1, max_value=60, required=False)


class TariefForm(VersieMixin, PortalForm):
    professional = forms.CharField(label="Wie", max_length=80)
    omschrijving = forms.CharField(label="Wat doet deze persoon?", max_length=200, required=False)
    bedrag = BedragVeld(
        label="Tarief per uur",
        help_text="Leeg: het tarief volgt uit een offerte.",
        max_digits=7,
        min_value=Decimal("0.01"),
        required=False,
    )
    stap = forms.TypedChoiceField(label="Stap van de route", choices=list(STAPPEN.items()), coerce=int)
