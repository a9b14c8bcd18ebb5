"""The SWV's own words in the letter as it is printed, and which words a letter was made with."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from ondersteuning.domain.aanvraag import GEWEIGERD, TOEGEKEND
from ondersteuning.domain.briefsoorten import INSTROOMBUDGET, SOORTEN, TOEKENNING, WEIGERING, controleer_blokken
from ondersteuning.domain.briefversie import CONCEPT, GELDEND
from ondersteuning.models import Aanvraag, Brief, Briefversie
from ondersteuning.reports.briefvoorbeeld import VERZONNEN, voorbeeld, voorbeeld_pdf
from ondersteuning.reports.brieven import SJABLOON, Besluitbrief, besluitbrief, maak_brief
from ondersteuning.services.besluit import BRIEF
from swv_portal.jobs.services.documents import documents_of, read_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld import kernen
from swv_portal.local.voorbeeld.brieven import laad_brieven
from swv_portal.local.voorbeeld.context import Context
from tests.factories.brieven import BriefsjabloonFactory, BriefversieFactory, teksten
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.brieftekst import tekst_van
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_weg import run_jobs


def html_of(row: Aanvraag) -> str:
    context = {"rapport": besluitbrief(row, dag=VANDAAG), "swv_naam": "SWV", "gemaakt_op": VANDAAG, "titel": "x"}
    return " ".join(render_to_string(SJABLOON, context).split())


@pytest.fixture
def toegekend(mensen: Mensen) -> Aanvraag:
    row = in_staat(TOEGEKEND, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
    return Aanvraag.objects.get(pk=row.pk)


def eigen(**anders: str) -> Briefversie:
    row: Briefversie = BriefversieFactory(staat=GELDEND, blokken=teksten(**anders))
    return row


def test_the_pdf_holds_the_words_of_the_swv_and_what_every_letter_must_hold(toegekend: Aanvraag) -> None:
    version = eigen(
        opening="Goed nieuws voor {leerling}: welkom op {ontvangende_school}.",
        verder="Bel {school} als u wilt overleggen.\n\nOf kom langs.",
    )
    made = maak_brief(toegekend.pk, dag=VANDAAG)
    text = tekst_van(made.pdf)
    assert f"Goed nieuws voor {toegekend.leerling.naam}: welkom op IKC Duinrand." in text
    for own in ("Hoe het verder gaat", "Bel Basisschool De Zeester als u wilt overleggen.", "Of kom langs."):
        assert own in text, own
    assert "Dat heet een toelaatbaarheidsverklaring" not in text
    assert toegekend.tlvnummer is not None
    for fixed in (toegekend.tlvnummer.nummer, "31 juli 2027", "Bent u het niet eens", "21 april 2025", "artikel 40"):
        assert fixed in text, fixed
    assert (made.soort, made.tekst.versie_pk) == (TOEKENNING, version.pk)


def test_without_an_own_version_the_letter_has_the_words_of_the_house(toegekend: Aanvraag) -> None:
    text = html_of(toegekend)
    assert "Dat heet een toelaatbaarheidsverklaring (TLV)." in text
    assert "Hoe het verder gaat" not in text
    assert "uiterlijk op <strong><span" in text
    assert "{" not in text.split("<body")[1]


def test_what_people_typed_is_text_and_no_html(toegekend: Aanvraag) -> None:
    """A motivation is filled in as it was typed; so would be a text that was stored in another way than by the form."""
    toegekend.motivering = "<b>vet</b> & {leerling}"
    eigen(slot="<script>alert(1)</script>")
    text = html_of(toegekend)
    assert "&lt;b&gt;vet&lt;/b&gt; &amp; {leerling}" in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text


def test_a_letter_that_was_sent_says_with_which_version(mensen: Mensen) -> None:
    row = in_staat(GEWEIGERD, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc, motivering="Te vroeg.")
    sjabloon = BriefsjabloonFactory(soort=WEIGERING)
    first = BriefversieFactory(sjabloon=sjabloon, staat=GELDEND, blokken=teksten(WEIGERING, slot="Groeten uit Duin,"))
    enqueue(BRIEF, params={"aanvraag": row.pk}, actor=None, uniek="brief-1")
    run_jobs()
    sent = Brief.objects.get(aanvraag=row)
    assert (sent.soort, sent.sjabloonversie_id) == (WEIGERING, first.pk)
    Briefversie.objects.filter(pk=first.pk).update(staat="vervangen")
    BriefversieFactory(sjabloon=sjabloon, staat=GELDEND, blokken=teksten(WEIGERING, slot="Nieuwe groeten,"))
    documents_of(row, BRIEF).delete()
    enqueue(BRIEF, params={"aanvraag": row.pk}, actor=None, uniek="brief-2")
    run_jobs()
    text = tekst_van(read_document(documents_of(row, BRIEF).get()))
    assert "Groeten uit Duin," in text
    assert "Te vroeg." in text
    assert "Nieuwe groeten" not in text
    assert Brief.objects.filter(aanvraag=row).count() == 1
    row.refresh_from_db()
    row.delete()
    assert not Brief.objects.exists()


@pytest.mark.parametrize(("soort", "steunt"), [(TOEKENNING, True), (WEIGERING, True), (INSTROOMBUDGET, False)])
def test_a_budget_does_not_rest_on_the_article_about_tlvs(db: None, soort: str, steunt: bool) -> None:
    letter = voorbeeld(soort, teksten(soort)).brief
    assert isinstance(letter, Besluitbrief)
    assert "artikel 18a" in letter.wet
    assert ("artikel 40" in letter.wet) is steunt


def test_the_example_has_an_own_version_and_a_concept(db: None) -> None:
    context = Context(vandaag=date(2026, 3, 10), wachtwoord="een-lang-wachtwoord")
    kernen.laad(context)
    laad_brieven(context)
    found = {row.soort: row for row in Briefversie.objects.select_related("sjabloon")}
    assert {soort: row.staat for soort, row in found.items()} == {TOEKENNING: GELDEND, WEIGERING: CONCEPT}
    assert all(controleer_blokken(soort, row.blokken) == [] for soort, row in found.items())


@pytest.mark.parametrize("soort", sorted(SOORTEN))
def test_the_preview_of_every_letter(db: None, soort: str) -> None:
    swv = SamenwerkingsverbandFactory()
    texts = teksten(soort, verder="Kom langs bij {swv}.")
    text = tekst_van(voorbeeld_pdf(soort, texts, dag=VANDAAG))
    assert VERZONNEN in text
    assert f"Kom langs bij {swv.naam}." in text
    assert "Noor Voorbeeld" in text
    assert SOORTEN[soort].kop in text
    found = voorbeeld(soort, texts)
    assert {"{", "}"}.isdisjoint("".join(piece.tekst for a in found.brief.alineas.values() for p in a for piece in p))


def test_the_preview_works_before_the_swv_is_filled_in(db: None) -> None:
    assert "SWV Voorbeeld" in tekst_van(voorbeeld_pdf(TOEKENNING, teksten(), dag=VANDAAG))
