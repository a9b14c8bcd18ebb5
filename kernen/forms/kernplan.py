"""The step form of the kernplan, sessions, menukaart and tariffs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kernen.domain.kernplan import MEESTE_DOELEN, MEESTE_INZET, STAPPEN
from kernen.models import Kernplan, Menukaartthema, Uurtarief
from kernen.services.kernplan import Doelinvoer, Inzetinvoer
from swv_portal.common.forms import BedragVeld, DatumVeld, GetalVeld, PortalForm, VersieMixin, maak_portaal_form
from swv_portal.common.money import dutch_amount

#: A heading, and the fields under it.
Groep = tuple[str, list[forms.BoundField]]
STAPNAMEN = ("Doelen", "Route", "Inzet en kosten", "Controleren")


def _tekstvak(rijen: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})


class DoelenForm(VersieMixin, PortalForm):
    """Step 1: why, and at most four goals.  A theme without own words takes the words of the menukaart."""

    aanleiding = forms.CharField(
        label="Aanleiding",
        help_text="Wat ziet u in de kern? Schrijf het kort.",
        widget=_tekstvak(3),
        max_length=1500,
        required=False,
    )

    def __init__(self, *args: Any, plan: Kernplan, themas: Sequence[Menukaartthema], **kwargs: Any) -> None:
        self.themas = {row.pk: row for row in themas}
        goals = {row.volgnummer: row for row in plan.doelen.all()}
        kwargs.setdefault("initial", {"aanleiding": plan.aanleiding, "versie": plan.versie})
        super().__init__(*args, **kwargs)
        kept = {row.thema_id: row.thema for row in goals.values() if row.thema_id and row.thema_id not in self.themas}
        self.themas |= {pk: thema for pk, thema in kept.items() if thema is not None}
        choices = [("", "Eigen doel"), *((pk, str(row)) for pk, row in self.themas.items())]
        for nth in range(1, MEESTE_DOELEN + 1):
            goal = goals.get(nth)
            self.fields |= {
                f"thema_{nth}": forms.TypedChoiceField(
                    label="Van de menukaart",
                    choices=choices,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial=goal.thema_id if goal else "",
                ),
                f"tekst_{nth}": forms.CharField(
                    label="Doel",
                    widget=_tekstvak(2),
                    max_length=600,
                    required=False,
                    initial=goal.tekst if goal else "",
                ),
                f"activiteiten_{nth}": forms.CharField(
                    label="Wat gaat u doen?",
                    widget=_tekstvak(2),
                    max_length=1000,
                    required=False,
                    initial=goal.activiteiten if goal else "",
                ),
            }
        maak_portaal_form(self)

    @property
    def groepen(self) -> list[Groep]:
        """The fields per goal, for the template."""
        return _groepen(self, "Doel", ("thema", "tekst", "activiteiten"), MEESTE_DOELEN)

    @property
    def ingeklapt(self) -> int:
        """From which group on the page starts folded: two empty ones are enough to begin with."""
        return _ingeklapt(self.groepen, 2)

    def doelen(self) -> list[Doelinvoer]:
        found = []
        for nth in range(1, MEESTE_DOELEN + 1):
            theme = self.themas.get(self.cleaned_data.get(f"thema_{nth}") or 0)
            text = self.cleaned_data[f"tekst_{nth}"].strip() or (theme.doel if theme else "")
            activities = self.cleaned_data[f"activiteiten_{nth}"].strip()
            if theme and not self.cleaned_data[f"tekst_{nth}"].strip() and not activities:
                activities = "\n".join(theme.activiteitregels)
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
    waarom_niet_1 = forms.CharField(
        label="Waarom is stap 1 niet genoeg?",
        help_text="Nodig bij stap 2 en stap 3.",
        widget=_tekstvak(3),
        max_length=800,
        required=False,
    )
    waarom_niet_2 = forms.CharField(
        label="Waarom is stap 2 niet genoeg?",
        help_text="Nodig bij stap 3.",
        widget=_tekstvak(3),
        max_length=800,
        required=False,
    )

    def __init__(self, *args: Any, plan: Kernplan, **kwargs: Any) -> None:
        names = ("stap", "toelichting", "waarom_niet_1", "waarom_niet_2", "versie")
        kwargs.setdefault("initial", {name: getattr(plan, name) for name in names})
        super().__init__(*args, **kwargs)

    def opslag(self) -> dict[str, Any]:
        names = ("stap", "toelichting", "waarom_niet_1", "waarom_niet_2")
        return {"velden": {name: self.cleaned_data[name] for name in names}}


class InzetForm(VersieMixin, PortalForm):
    """Step 3: who for how many hours, and the other costs.  A tariff after offer has its own amount."""

    overige_kosten = BedragVeld(label="Overige kosten", max_digits=9, required=False)
    overige_toelichting = forms.CharField(label="Waarvoor zijn de overige kosten?", max_length=200, required=False)

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
        by_name = {row.professional: row for row in tarieven}
        for nth in range(1, MEESTE_INZET + 1):
            row = self.bestaand.get(nth)
            known = by_name.get(row.professional) if row else None
            # The amount of an hour may have changed since: the row keeps its own until somebody chooses again.
            same = known is not None and row is not None and known.bedrag in (None, row.tarief)
            extra = (
                []
                if row is None or same
                else [("oud", f"{row.professional} ({dutch_amount(row.tarief)}, eerder gekozen)")]
            )
            self.fields |= {
                f"tarief_{nth}": forms.ChoiceField(
                    label="Wie",
                    choices=[
                        ("", "Niemand"),
                        *extra,
                        *((key, _tarieflabel(item)) for key, item in self.tarieven.items()),
                    ],
                    required=False,
                    initial="" if row is None else str(known.pk) if same and known else "oud",
                ),
                f"uren_{nth}": GetalVeld(
                    label="Uren",
                    max_digits=7,
                    min_value=0,
                    required=False,
                    initial=row.uren.normalize() if row else None,
                ),
                f"bedrag_{nth}": BedragVeld(
                    label="Tarief volgens offerte",
                    max_digits=7,
                    required=False,
                    initial=row.tarief if row and known and known.bedrag is None else None,
                ),
            }
        maak_portaal_form(self)

    @property
    def groepen(self) -> list[Groep]:
        return _groepen(self, "Regel", ("tarief", "uren", "bedrag"), MEESTE_INZET)

    @property
    def ingeklapt(self) -> int:
        return _ingeklapt(self.groepen, 3)

    def inzet(self) -> list[Inzetinvoer]:
        found = []
        for nth in range(1, MEESTE_INZET + 1):
            chosen, hours = self.cleaned_data[f"tarief_{nth}"], self.cleaned_data[f"uren_{nth}"] or Decimal(0)
            if chosen == "oud":
                row = self.bestaand[nth]
                found.append(Inzetinvoer(row.professional, row.stap, hours, row.tarief))
            elif chosen:
                tariff = self.tarieven[chosen]
                amount = tariff.bedrag or self.cleaned_data[f"bedrag_{nth}"] or Decimal(0)
                found.append(Inzetinvoer(tariff.professional, tariff.stap, hours, amount))
        return found

    def opslag(self) -> dict[str, Any]:
        other = {
            "overige_kosten": self.cleaned_data["overige_kosten"] or Decimal("0.00"),
            "overige_toelichting": self.cleaned_data["overige_toelichting"],
        }
        return {"velden": other, "inzet": self.inzet()}


def _groepen(form: PortalForm, kop: str, names: Sequence[str], most: int) -> list[Groep]:
    return [(f"{kop} {nth}", [form[f"{name}_{nth}"] for name in names]) for nth in range(1, most + 1)]


def _ingeklapt(groups: Sequence[Groep], least: int) -> int:
    filled = [nth for nth, (_, fields) in enumerate(groups, start=1) if any(f.value() or f.errors for f in fields)]
    return max(least, max(filled, default=0) + 1)


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
