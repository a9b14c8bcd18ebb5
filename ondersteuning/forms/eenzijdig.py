"""A board that starts an application, and the independent investigation."""

from datetime import date

from django import forms

from ondersteuning.domain.eenzijdig import CONCLUSIENAMEN
from ondersteuning.forms.aanvraagbestand import SOORTEN_BESTAND
from ondersteuning.forms.beginnen import BeginForm
from swv_portal.common.fields import DatumVeld
from swv_portal.common.forms import PortalForm, VersieMixin


class BestuurBegintForm(BeginForm):
    """For which school of the board, and for which pupil: a board sees no list of pupils."""

    voornamen = forms.CharField(
        label="Voornamen",
        max_length=120,
        help_text="Zoals de school ze kent. Heeft de school al een dossier, dan gebruiken wij dat.",
    )
    achternaam = forms.CharField(label="Achternaam", max_length=120)
    geboortedatum = DatumVeld(label="Geboortedatum", vroegst=date(2000, 1, 1), help_text="Bijvoorbeeld 12-06-2018")


class OnderzoekForm(VersieMixin, PortalForm):
    """What the independent investigation came to."""

    onderzoeker = forms.CharField(label="Wie deed het onderzoek?", max_length=120)
    werkgever = forms.CharField(
        label="Waar werkt de onderzoeker?",
        max_length=120,
        help_text="Niet bij een van de scholen, en niet bij een van de besturen.",
    )
    afgerond_op = DatumVeld(label="Wanneer was het onderzoek klaar?", vroegst=date(2015, 1, 1))
    conclusie = forms.ChoiceField(
        label="Wat is de conclusie?", choices=list(CONCLUSIENAMEN.items()), widget=forms.RadioSelect
    )
    tekst = forms.CharField(
        label="Waarom is dat de conclusie?",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Schrijf het kort. Het schoolbestuur en de school van de leerling lezen dit ook.",
    )
    bestand = forms.FileField(label="Verslag van het onderzoek", required=False, help_text=SOORTEN_BESTAND)
