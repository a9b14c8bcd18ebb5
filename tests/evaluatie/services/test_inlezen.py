"""Reading answers in: what goes in, what is refused, and that nothing of a person is kept."""

from collections import Counter
from datetime import date

import pytest
from django.db import models

from evaluatie.domain.vragenlijst import KERNEVALUATIE
from evaluatie.importers import Ingelezen, lees_antwoorden
from evaluatie.models import Antwoord, Groep, Ronde, Vragenlijst
from evaluatie.queries import ondergrond, resultaat
from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, controleer, lees_in
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.access.actors import Actor
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Blad, Fouten, schrijf_xlsx
from swv_portal.common.workflow import Refusal
from tests.factories.evaluatie import BEHEERDER, CODES, antwoorden, bestand, maak_ronde
from tests.factories.kernen import KernFactory

DAG = date(2025, 6, 13)
LEEG = [None] * len(CODES)


def doe(inhoud: bytes, code: str = "r1", actor: Actor = BEHEERDER, **opties):
    return lees_in(actor=actor, bron=inhoud, verzoek=Inleesverzoek(code, **opties), vandaag=DAG)


@pytest.mark.django_db
def test_a_first_import_makes_questionnaire_round_groups_and_answers():
    noord = KernFactory(naam="Noord")
    report = doe(antwoorden({"Noord": 6, "Consulenten": 2}))
    assert isinstance(report, Inleesverslag)
    ronde = Ronde.objects.get(pk=report.ronde_pk)
    assert (ronde.code, ronde.schooljaar, ronde.staat, ronde.gesloten_op) == ("r1", 2024, "gesloten", DAG)
    groups = {groep.naam: (groep.respondenten, groep.kern_id) for groep in ronde.groepen.all()}
    assert groups == {"Noord": (6, noord.pk), "Consulenten": (2, None)}
    assert Antwoord.objects.filter(groep__ronde=ronde).count() == 80
    assert [line.tekst for line in tijdlijn(ronde)] == ["Antwoorden ingelezen: 8 respondenten in 2 groepen."]


@pytest.mark.django_db
def test_what_was_in_the_file_is_what_is_counted():
    rows = [
        ["Oost", "ja", "nee", None, "anders", "3", "soms", "0", "5", "twijfel", None],
        ["Oost", "nee", "nee", None, "ja", "3", "ja", "1", None, "twijfel", None],
        ["West", *LEEG],
    ]
    doe(bestand(rows))
    found = ondergrond(Ronde.objects.get(code="r1"))
    expected = Counter(
        (row[0], code, answer) for row in rows for code, answer in zip(CODES, row[1:], strict=True) if answer
    )
    assert found.tellingen == expected
    assert {groep.naam: groep.respondenten for groep in found.groepen} == {"Oost": 2, "West": 1}


@pytest.mark.django_db
def test_other_spellings_of_groups_answers_and_headers():
    header = ["Kern", *(code.upper().replace("_", " ") for code in CODES)]
    row = [" Oost  en West ", "JA", "Nee", "ja", "Ja", 3, "SOMS", 0.0, "5,0", "Twijfel", "4"]
    data = schrijf_xlsx([Blad("antwoorden", header, [row, ["oost en west", *row[1:]]])])
    report = doe(data)
    assert isinstance(report, Inleesverslag), report
    assert report.ingelezen.groepen == {"Oost en West": 2}
    assert report.ingelezen.tellingen["Oost en West", "tevredenheid_frequentie", "5"] == 2


def bekijk(inhoud: bytes, code: str = "r1", **opties):
    return controleer(actor=BEHEERDER, bron=inhoud, verzoek=Inleesverzoek(code, **opties))


GOED = antwoorden({"Noord": 2}).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (GOED.replace("kern;", "kern;schoen;").replace("Noord;", "Noord;41;"), "rij 1, kolom 'schoen'"),
        (GOED.replace("onderwerpen_inbrengen", "onderwerp"), "kolom 'onderwerpen_inbrengen': Deze kolom ontbreekt"),
        (GOED.replace("kern;", "school;"), "rij 1, kolom 'kern': Deze kolom ontbreekt"),
        (GOED.replace(";4;", ";6;", 1), "rij 2, kolom 'tevredenheid_samenwerking': '6' is geen antwoord"),
        (GOED.replace(";4;", ";-1;", 1), "Mogelijk is: 0, 1, 2, 3, 4, 5."),
        (GOED.replace(";4;", ";3,5;", 1), "'3,5' is geen antwoord"),
        (GOED.replace("Noord;ja", "Noord;misschien", 1), "rij 2, kolom 'duidelijkheid_bedoeling': 'misschien'"),
        (GOED.replace("Noord;", ";", 1), "rij 2, kolom 'kern': Deze cel mag niet leeg zijn"),
        (GOED.replace("Noord", "N" * 81, 1), "rij 2, kolom 'kern'"),
        (GOED.splitlines()[0], "Onder de koppen staan geen rijen"),
        ("", "leeg"),
        ("\0" * 10, "NUL"),
        (";".join("k" * 1000), "te veel kolommen"),
    ],
)
def test_a_wrong_file_changes_nothing(inhoud, zin):
    result = doe(inhoud.encode())
    assert isinstance(result, Fouten)
    assert zin in " ".join(result.zinnen)
    assert not Ronde.objects.exists()
    assert not Antwoord.objects.exists()


@pytest.mark.django_db
def test_too_many_groups_means_another_column():
    result = doe(bestand([[f"persoon {number}", *LEEG] for number in range(501)]))
    assert isinstance(result, Fouten)
    assert "rij 502, kolom 'kern'" in result.zinnen[0]


@pytest.mark.django_db
def test_a_second_import_needs_permission_to_replace():
    maak_ronde("r1", antwoorden({"Noord": 6}, score=5), publiceer=False)
    refused = doe(antwoorden({"Zuid": 9}))
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.veld) == ("bestaat", "vervang")
    assert Groep.objects.get().naam == "Noord"
    assert Antwoord.objects.count() == 60

    report = doe(antwoorden({"Zuid": 12}), vervang=True, titel="Nieuwe titel")
    assert isinstance(report, Inleesverslag)
    assert report.vervangen == 6
    assert Groep.objects.get().naam == "Zuid"
    assert Antwoord.objects.count() == 120
    ronde = Ronde.objects.get()
    assert (ronde.titel, ronde.versie) == ("Nieuwe titel", 2)
    assert tijdlijn(ronde)[0].tekst == "Antwoorden vervangen door 12 respondenten in 1 groep."


@pytest.mark.django_db
def test_a_round_that_is_open_and_empty_takes_answers_without_replacing():
    questionnaire = zorg_voor_vragenlijst(code=KERNEVALUATIE.code)
    Ronde.objects.create(code="r1", titel="Straks", schooljaar=2025, vragenlijst=questionnaire)
    report = doe(antwoorden({"Noord": 6}), publiceer=False)
    assert isinstance(report, Inleesverslag)
    ronde = Ronde.objects.get()
    assert (ronde.titel, ronde.schooljaar, ronde.staat, ronde.gesloten_op) == ("Straks", 2025, "open", None)


@pytest.mark.django_db
@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.BEHEERDER, Rol.KERNVOORZITTER, Rol.IBER, Rol.SCHOOLBESTUURDER])
def test_only_staff_for_kernen_reads_in(actor_als, rol):
    refused = doe(antwoorden({"Noord": 6}), actor=actor_als(rol))
    assert isinstance(refused, Refusal)
    assert refused.code == "rol"
    assert not Ronde.objects.exists()
    assert not Vragenlijst.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "Met Hoofdletter", "a" * 41, "../x", "-a", "a\n"])
def test_a_code_that_can_not_stand_in_an_address(code):
    refused = doe(antwoorden({"Noord": 6}), code=code)
    assert isinstance(refused, Refusal)
    assert refused.code == "code"


@pytest.mark.django_db
def test_a_title_that_is_too_long_is_refused():
    assert doe(antwoorden({"Noord": 6}), titel="x" * 161).code == "titel"
    assert not Ronde.objects.exists()


@pytest.mark.django_db
def test_an_unknown_questionnaire_or_another_one():
    assert doe(antwoorden({"a": 5}), vragenlijst="weg").code == "vragenlijst"
    other = Vragenlijst.objects.create(code="anders", titel="Anders")
    Ronde.objects.create(code="r1", titel="x", schooljaar=2024, vragenlijst=other)
    assert doe(antwoorden({"a": 5})).code == "andere_vragenlijst"


@pytest.mark.django_db
def test_a_code_like_another_one_is_new_only_when_that_is_said():
    maak_ronde("kernen-2024-2025")
    for function in (doe, bekijk):
        refused = function(antwoorden({"Noord": 6}), code="kernen-2024-225")
        assert isinstance(refused, Refusal)
        assert (refused.code, refused.veld) == ("lijkt_op", "ronde")
    assert Ronde.objects.count() == 1
    offered = bekijk(antwoorden({"Noord": 6}), code="kernen-2024-225", nieuw=True)
    assert (offered.is_nieuw, offered.andere_rondes) == (True, ("kernen-2024-2025",))
    assert doe(antwoorden({"Noord": 6}), code="kernen-2024-225", nieuw=True).andere_rondes == ("kernen-2024-2025",)
    again = doe(antwoorden({"Noord": 6}), code="kernen-2024-225", nieuw=True, vervang=True)
    assert (again.code, again.veld) == ("niet_nieuw", "nieuw")
    assert doe(antwoorden({"Noord": 12}), code="kernen-2024-225", vervang=True).is_nieuw is False


@pytest.mark.django_db
def test_looking_it_over_writes_no_answers():
    report = controleer(actor=BEHEERDER, bron=antwoorden({"Noord": 6}), verzoek=Inleesverzoek("r1"))
    assert isinstance(report, Inleesverslag)
    assert (report.ronde_pk, report.ingelezen.respondenten) == (None, 6)
    assert not Ronde.objects.exists()


@pytest.mark.django_db
def test_nothing_in_an_answer_leads_to_a_person_or_a_moment():
    fields = {field.name: field for field in Antwoord._meta.get_fields()}
    assert set(fields) == {"id", "groep", "optie"}
    assert isinstance(fields["id"], models.UUIDField)
    maak_ronde()
    versions = {key.version for key in Antwoord.objects.values_list("pk", flat=True)}
    assert versions == {4}


@pytest.mark.django_db
def test_answers_come_in_any_order_and_give_the_same():
    rows = [["Oost", *[str(number % 3) if "tevreden" in code else "ja" for code in CODES]] for number in range(7)]
    first = maak_ronde("een", bestand(rows))
    second = maak_ronde("twee", bestand(rows[::-1]))
    assert resultaat(first).uitkomsten == resultaat(second).uitkomsten


def test_only_counts_leave_the_reader():
    read = lees_antwoorden(antwoorden({"Noord": 2, "Zuid": 1}), KERNEVALUATIE.vragen)
    assert isinstance(read, Ingelezen)
    assert (read.respondenten, read.antwoorden, read.n("draagvlak_bij_start")) == (3, 30, 3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "jaar"),
    [("kernen-2021-2022", 2021), ("r1", 2024), ("x-2021-2025", 2024), ("x-0001-0002", 2024), ("12021-2022", 2024)],
)
def test_the_school_year_is_that_of_the_code_or_of_today(code, jaar):
    doe(antwoorden({"Noord": 5}), code=code)
    assert Ronde.objects.get().schooljaar == jaar
