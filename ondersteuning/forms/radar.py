"""The filters of the radar, what is chosen in it, and the answer of a school."""

from datetime import date

from django import forms
from django.http import QueryDict

from ondersteuning.domain.radar import ANTWOORDUITLEG, einddag, te_kiezen_jaren
from ondersteuning.queries.radar import STANDEN, Radarfilter
from swv_portal.common.dates import Schooljaar
from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin


def radarfilter(adres: QueryDict, vandaag: date) -> Radarfilter:
    """The filters in the address; what makes no sense there is left out."""
    return Radarfilter(_einde(adres.get("schooljaar", ""), vandaag), _school(adres), _stand(adres))


def _einde(tekst: str, vandaag: date) -> date:
    known = {str(year): year.laatste_dag for year in te_kiezen_jaren(vandaag)}
    return known.get(tekst, einddag(vandaag))


def _school(adres: QueryDict) -> int | None:
    return _sleutel(adres.get("school", ""))


def _stand(adres: QueryDict) -> str:
    found = adres.get("stand", "")
    return found if found in STANDEN else ""


def _sleutel(tekst: str) -> int | None:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else None


def gekozen(data: QueryDict) -> set[int]:
    """The keys of the rows that were ticked."""
    return {key for each in data.getlist("aanvraag") if (key := _sleutel(each)) is not None}


def jaar_van(einde: date) -> str:
    return str(Schooljaar.van(einde))


class AntwoordForm(VersieMixin, PortalForm):
    antwoord = forms.ChoiceField(
        label="Wat gebeurt er na deze TLV?", choices=list(ANTWOORDUITLEG.items()), widget=forms.RadioSelect
    )
    toelichting = soms_verplicht(
        forms.CharField(
            label="Toelichting",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Nodig bij 'Iets anders'. Schrijf niet meer over de leerling dan nodig is.",
        )
    )
