"""The shared parts of the screens, drawn from the values that the apps give them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone

from swv_portal.common.icons import ICONEN, icoon
from swv_portal.common.screens import Cel, Gegeven, Kijker, Kolom, Status, maak_stappen, maak_tabel
from swv_portal.common.tasks import Taak
from swv_portal.common.templatetags.portaal import datumtijd, euro, getal, termijn
from swv_portal.common.templatetags.tabel import filterkeuze
from swv_portal.common.workflow import Refusal, Transition, Workflow


def draw(part: str, **context: object) -> str:
    return Template(f'{{% include "onderdelen/{part}.html" %}}').render(Context(context))


@pytest.mark.parametrize(
    ("dag", "tekst"),
    [
        (date(2026, 6, 12), "vr 12 juni 2026 (nog 9 dagen)"),
        (date(2026, 6, 4), "do 4 juni 2026 (nog 1 dag)"),
        (date(2026, 6, 3), "wo 3 juni 2026 (vandaag)"),
        (date(2026, 5, 31), "zo 31 mei 2026 (3 dagen te laat)"),
        (None, ""),
    ],
)
def test_a_term_shows_the_date_first(dag, tekst):
    assert termijn(dag, date(2026, 6, 3)) == tekst


def test_notation():
    assert euro("8525.67") == "€\N{NO-BREAK SPACE}8.525,67"
    assert euro(None) == ""
    assert euro("geen getal") == ""
    assert getal(21747) == "21.747"
    assert (
        datumtijd(datetime(2026, 6, 12, 12, 5, tzinfo=timezone.get_fixed_timezone(0))) == "vr 12 juni 2026, 14.05 uur"
    )


def test_an_icon_is_hidden_from_screen_readers_and_every_tone_has_one():
    assert 'aria-hidden="true"' in icoon("goed")
    assert {"neutraal", "goed", "let_op", "fout", "bezig"} <= set(ICONEN)


def test_a_status_is_a_word_with_an_icon():
    html = draw("status", status=Status("te laat", "fout"))
    assert "te laat" in html
    assert "<svg" in html


def test_a_table_has_headers_and_escapes_what_it_shows():
    tabel = maak_tabel(
        "Scholen",
        ["School", "Status", Kolom("Budget", getal=True)],
        [[Cel("De <Berk>", "/scholen/1/"), Status("vastgesteld", "goed"), "€ 10"]],
        totaal=["Totaal", "", "€ 10"],
    )
    html = draw("tabel", tabel=tabel)
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2
    assert '<a href="/scholen/1/">De &lt;Berk&gt;</a>' in html
    assert 'class="totaal"' in html
    assert 'data-label="Budget" class="getal"' in html


def test_a_row_that_does_not_fit_its_columns_is_a_mistake_of_the_maker():
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        maak_tabel("x", ["a"], [["1", "2"]])


def test_an_empty_table_says_so():
    html = draw("tabel", tabel=maak_tabel("x", ["a"], [], leeg="Er is nog geen school."))
    assert "Er is nog geen school." in html
    assert "<table" not in html


def test_pages_keep_the_filters():
    request = RequestFactory().get("/scholen/?kern=3&pagina=2")
    page = Paginator(range(60), 20).page(2)
    template = Template('{% include "onderdelen/paginering.html" with totaal="60 scholen" %}')
    html = template.render(RequestContext(request, {"page": page, "user": None}))
    assert "kern=3&amp;pagina=1" in html
    assert "kern=3&amp;pagina=3" in html
    assert "bladzijde 2 van 3" in html


@dataclass
class Inbox:
    te_laat: list[Taak]
    deze_week: list[Taak]
    wacht_op_ander: list[Taak]


def test_the_inbox_names_dates_and_whom_one_waits_for():
    gisteren = timezone.localdate() - timedelta(days=1)
    taken = [Taak("Beoordeel het kernplan", "/kernen/1/", gisteren, wacht_op="de directeur")]
    html = draw("inbox", inbox=Inbox(taken, [], taken))
    assert "1 dag te laat" in html
    assert "Wacht op: de directeur" in html
    assert "Deze week hoeft u niets te doen." in html


def test_buttons_are_the_possible_steps_and_the_others_say_why_not():
    dicht = Refusal("leeg", "Vul eerst de doelen in.")
    workflow = Workflow(
        {"concept": "concept", "klaar": "klaar"},
        (
            Transition("bewaar", "Bewaren", frozenset({"concept"}), "concept", frozenset({"iber"})),
            Transition("dien_in", "Indienen", frozenset({"concept"}), "klaar", frozenset({"iber"}), (lambda _: dicht,)),
        ),
    )
    html = draw("knoppen", opties=workflow.options("concept", ["iber"], None), actie_url="/stap/", versie=4)
    assert 'name="stap" value="bewaar"' in html
    assert 'value="dien_in"' not in html
    assert "<strong>Indienen</strong> kan nog niet: Vul eerst de doelen in." in html
    assert 'name="versie" value="4"' in html
    assert "btn-primary" in html
    assert "btn-primary" not in draw("knoppen", opties=workflow.options("concept", ["iber"], None), stil=True)


def test_steps_say_where_one_is():
    html = draw("stappen", stappen=maak_stappen(["Leerling", "School", "Klaar"], 2, ["/1", "/2", "/3"], [1]), stap=2)
    assert "Stap 2 van 3" in html
    assert html.count('aria-current="step"') == 1
    assert '<a href="/1">Leerling</a>' in html
    assert 'href="/3"' not in html


@dataclass
class Voortgang:
    totaal: int
    klaar: int
    mislukt: int = 0
    af: bool = False


@pytest.mark.parametrize(
    ("voortgang", "woorden", "vraagt"),
    [
        (Voortgang(86, 12), "in behandeling", True),
        (Voortgang(86, 86, af=True), "86 van 86 klaar", False),
        (Voortgang(86, 85, 1, af=True), "niet helemaal gelukt", False),
    ],
)
def test_progress_asks_again_until_it_is_done(voortgang, woorden, vraagt):
    html = draw("voortgang", voortgang=voortgang, url="/opdracht/1/", label="Beschikkingen")
    assert woorden in html
    assert ('hx-trigger="every 2s"' in html) is vraagt
    assert ('<a href="/opdracht/1/">Ververs</a>' in html) is vraagt


def test_a_summary_and_who_sees_it():
    assert "<dt>School</dt><dd>De Berk</dd>" in draw("samenvatting", regels=[Gegeven("School", "De Berk")])
    assert "alleen de brief" in draw("zichtbaarheid", zichtbaarheid=[Kijker("ouder 1", "alleen de brief")])
    assert "Alleen u ziet dit." in draw("zichtbaarheid", zichtbaarheid=[])


def test_a_filter_is_a_labelled_choice_with_its_own_word_for_everything():
    html = str(filterkeuze("groep", "Groep <8", [(1, "groep 1"), (2, 'groep "2"')], "2", "Maakt niet uit"))
    assert '<label class="form-label" for="id_groep">Groep &lt;8</label>' in html
    assert '<select class="form-select" id="id_groep" name="groep"><option value="">Maakt niet uit</option>' in html
    assert '<option value="2" selected>groep &quot;2&quot;</option>' in html
    assert html.count("selected") == 1


def test_a_broad_table_is_scrolled_by_keyboard_and_still_becomes_cards():
    def drawn(**anders: bool) -> str:
        return draw("tabel", tabel=maak_tabel("Plaats", ["A", "B"], [["1", "2"]], **anders))

    assert 'tabindex="0" role="region" aria-label="Plaats"' in drawn(breed=True)
    assert 'class="tabel tabel-smal tabel-kaart"' in drawn(breed=True)
    assert "tabindex" not in drawn()
    assert 'class="tabel tabel-kaart"' in drawn()
