"""Dates and amounts as people type them, and messages they can act on."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.dates import Schooljaar
from swv_portal.common.fields import BedragVeld, DatumVeld, GetalVeld, parse_datum, parse_getal
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.money import dutch_number
from swv_portal.common.workflow import Refusal


class Plan(VersieMixin, PortalForm):
    titel = forms.CharField(label="Titel", help_text="Kort en duidelijk.")
    datum = DatumVeld(label="Datum", vroegst=date(2020, 1, 1))
    bedrag = BedragVeld(label="Bedrag", required=False)
    uren = GetalVeld(label="Uren", decimal_places=0, required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("a", "Eerste"), ("b", "Tweede")], widget=forms.RadioSelect)
    akkoord = forms.BooleanField(label="Ik ga akkoord")


def test_a_date_without_limits_of_its_own_is_in_a_school_year() -> None:
    field = DatumVeld(label="Datum")
    for text in ("01-01-1900", "31-07-1900", "31-07-2000"):
        with pytest.raises(forms.ValidationError, match="Kies een datum van 01-08-2000"):
            field.clean(text)
    assert Schooljaar.van(field.clean("01-08-2000")) == Schooljaar(2000)


GOED = {"titel": "Rust", "datum": "12-06-2026", "soort": "a", "akkoord": "on"}


def draw(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


@pytest.mark.parametrize(
    "tekst",
    [
        "12-06-2026",
        "12-6-2026",
        "12/06/2026",
        "12.6.2026",
        "12 juni 2026",
        "12 Jun. 2026",
        "vr 12 juni 2026",
        " 2026-06-12 ",
    ],
)
def test_a_date_is_read_as_people_write_it(tekst):
    assert parse_datum(tekst) == date(2026, 6, 12)


@pytest.mark.parametrize(
    "tekst", ["12-06-26", "31-02-2026", "12 foo 2026", "juni 2026", "06-13-2026", "", "12-06-20260"]
)
def test_what_is_not_a_date_is_refused(tekst):
    assert parse_datum(tekst) is None


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("€ 1.234.567", "1234567"),
        ("-35,00", "-35.00"),
        ("1 234,5", "1234.5"),
        ("12.5", "12.5"),
        ("250,-", "250"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(tekst, getal):
    assert parse_getal(tekst) == Decimal(getal)


@pytest.mark.parametrize(
    "tekst", ["1.234", "12.345.67", "1,234,567", "een", "1.23,45", "--3", "1e5", "NaN", "Infinity", ""]
)
def test_an_amount_that_is_unclear_is_refused_with_a_sentence(tekst):
    assert isinstance(parse_getal(tekst), str)


def test_the_refusal_of_an_unclear_amount_says_what_it_may_be():
    assert "1234" in str(parse_getal("1.234"))
    assert "1,234" in str(parse_getal("1.234"))


@given(st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2))
def test_what_the_form_shows_is_what_it_reads_back(bedrag):
    assert parse_getal(dutch_number(bedrag, 2)) == bedrag


def test_a_good_form_gives_values():
    form = Plan({**GOED, "bedrag": "1.250,50", "uren": "12", "versie": "3"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["datum"] == date(2026, 6, 12)
    assert form.cleaned_data["bedrag"] == Decimal("1250.50")
    assert form.versie_van_formulier == 3


@pytest.mark.parametrize(
    ("veld", "waarde", "deel"),
    [
        ("titel", "", "Vul dit in."),
        ("titel", "a\x00b", "niet kunnen bewaren"),
        ("titel", "x" * 30_000, "20000"),
        ("datum", "1\x00", "niet kunnen bewaren"),
        ("datum", "morgen", "12-06-2026"),
        ("datum", "01-01-1999", "01-01-2020"),
        ("datum", "9" * 5000, "te lang"),
        ("bedrag", "-5", "niet lager is dan 0"),
        ("bedrag", "1,234", "cijfers na de komma"),
        ("bedrag", "99999999999999", "te groot"),
        ("uren", "1,5", "heel getal"),
        ("soort", "", "Maak een keuze."),
        ("soort", "z", "z"),
        ("akkoord", "", "vinkje"),
    ],
)
def test_a_mistake_is_named_at_its_field(veld, waarde, deel):
    form = Plan({**GOED, veld: waarde})
    assert not form.is_valid()
    assert list(form.errors) == [veld]
    assert deel in form.errors[veld][0]


def test_the_summary_links_to_the_fields_and_fields_name_their_error():
    html = draw(Plan({"titel": "", "datum": "x", "soort": "", "akkoord": ""}))
    for anchor in ("#id_titel", "#id_datum", "#id_soort_0", "#id_akkoord"):
        assert f'href="{anchor}"' in html
        assert f'id="{anchor[1:]}"' in html
    assert "Er zijn 4 dingen" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_titel_helptext id_titel_error"' in html
    assert 'id="id_titel_error"' in html
    assert 'value="x"' in html


def test_the_summary_is_drawn_once_also_when_the_page_asks_for_it_too():
    form = Plan({"titel": ""})
    page = '{% load crispy_forms_tags %}{% include "onderdelen/foutoverzicht.html" %}{% crispy form %}'
    assert Template(page).render(Context({"form": form})).count("data-foutoverzicht") == 1


def test_a_refusal_of_a_service_stands_at_its_field_or_above_the_form():
    form = Plan(GOED)
    form.weiger(Refusal("te_laat", "Deze datum is voorbij.", "datum"))
    form.weiger(Refusal("staat", "Dit kan niet meer.", "bestaat_niet"))
    assert form.errors["datum"] == ["Deze datum is voorbij."]
    assert form.non_field_errors() == ["Dit kan niet meer."]


def test_what_may_stay_empty_says_so_and_text_is_escaped():
    form = Plan({**GOED, "titel": "<script>", "datum": "x"})
    html = draw(form)
    assert html.count("(niet verplicht)") == 2
    assert "<script>" not in html


def test_initial_values_stand_in_dutch_notation():
    html = draw(Plan(initial={"bedrag": Decimal("1234.5"), "datum": date(2026, 6, 12), "uren": Decimal("1200")}))
    assert 'value="1.234,50"' in html
    assert 'value="12-06-2026"' in html
    assert 'value="1200"' in html


@pytest.mark.parametrize("tekst", ["Jan\r\nBcc: x@voorbeeld.example", "Jan\tJansen", "Jan\u202enesnaJ", "Jan\x1b[2J"])
def test_a_text_of_one_line_holds_no_line_breaks_and_nothing_that_turns_the_text_around(tekst):
    class Formulier(PortalForm):
        naam = forms.CharField()
        verhaal = forms.CharField(widget=forms.Textarea)

    form = Formulier({"naam": tekst, "verhaal": "Eerste regel.\r\n\tTweede regel."})
    assert list(form.errors) == ["naam"]
    assert Formulier({"naam": "Zoë d'Ñandú", "verhaal": "x"}).is_valid()


def test_a_browser_does_not_cut_long_texts_and_the_server_says_what_is_too_long():
    class Lang(PortalForm):
        tekst = forms.CharField(label="Tekst", max_length=10, widget=forms.Textarea)

    form = Lang({"tekst": "elf tekens!"})
    assert "maxlength" not in str(form["tekst"])
    assert not form.is_valid()
    assert form.errors["tekst"] == ["De tekst heeft 11 tekens. Er passen er 10."]
    assert form["tekst"].value() == "elf tekens!"


@pytest.mark.parametrize("teken", ["\x07", "\u202e", "\u2067"])
def test_a_text_of_more_lines_reads_as_it_was_typed(teken):
    class Uitleg(PortalForm):
        tekst = forms.CharField(label="Tekst", widget=forms.Textarea)

    assert Uitleg({"tekst": "Een regel.\n\tEn nog een, met café en \N{SLICE OF PIZZA}."}).is_valid()
    form = Uitleg({"tekst": f"Toegekend{teken}dnekegeoT"})
    assert form.errors["tekst"] == [
        "Er staat een teken in dat wij niet kunnen bewaren. Typ de tekst opnieuw, zonder te plakken."
    ]
