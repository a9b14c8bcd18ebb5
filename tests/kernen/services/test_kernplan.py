"""The services of the kernplan: writing, submitting (one A4), judging; conflicts, scope, timeline and mail."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kernen.models import Kern, Kernplan
from kernen.queries import kernplanblad
from kernen.reports import meet
from kernen.services import kernplan as service
from kernen.services.kernen import maak_kern
from kernen.services.kernplan import Doelinvoer, Inzetinvoer
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.models import Job
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db

VANDAAG = date(2025, 11, 21)
LANG = "Wij willen dat alle kinderen dicht bij huis naar school kunnen, ook wie veel hulp nodig heeft. " * 10


@pytest.fixture
def kern():
    return maak.KernFactory(naam="Kern Noord")


@pytest.fixture
def voorzitter(actor_als, kern):
    return actor_als(Rol.KERNVOORZITTER, kern)


@pytest.fixture
def plan(kern):
    return maak.KernplanFactory(kern=kern, gevuld=True, toelichting="Eigen mensen")


def mails() -> int:
    return Job.objects.filter(soort="mail").count()


def test_beginning_twice_gives_one_plan(voorzitter, kern):
    first = service.begin_kernplan(actor=voorzitter, kern_id=kern.pk, schooljaar=2025)
    again = service.begin_kernplan(actor=voorzitter, kern_id=kern.pk, schooljaar=2025)
    assert isinstance(first, Kernplan)
    assert first == again
    assert [line.soort for line in tijdlijn(first)] == ["kernplan.begonnen"]


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.KERNVOORZITTER])
def test_only_the_chair_begins(actor_als, kern, rol):
    school = maak.KernlidmaatschapFactory(kern=kern).school
    place = {Rol.SCHOOLBESTUURDER: school.bestuur}.get(
        rol, school if rol in (Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.ORTHOPEDAGOOG) else None
    )
    answer = service.begin_kernplan(actor=actor_als(rol, place), kern_id=kern.pk, schooljaar=2025)
    assert isinstance(answer, Refusal)
    assert answer.code == "rol"
    assert not Kernplan.objects.exists()


def test_the_chair_of_another_kern_sees_no_kern(actor_als, kern, plan):
    other = actor_als(Rol.KERNVOORZITTER)
    with pytest.raises(NotVisible):
        service.begin_kernplan(actor=other, kern_id=kern.pk, schooljaar=2026)
    with pytest.raises(NotVisible):
        service.bewaar_kernplan(actor=other, pk=plan.pk, versie=1)
    for act in (service.dien_in, service.stel_vast):
        with pytest.raises(NotVisible):
            act(actor=other, pk=plan.pk, versie=1, vandaag=VANDAAG)


def test_a_step_is_saved_and_the_rest_stays(voorzitter, plan):
    theme = maak.MenukaartthemaFactory()
    saved = service.bewaar_kernplan(
        actor=voorzitter,
        pk=plan.pk,
        versie=1,
        velden={"aanleiding": "Druk"},
        doelen=[Doelinvoer("Rust", "Scholing", theme.pk), Doelinvoer("Lezen")],
    )
    assert isinstance(saved, Kernplan)
    saved.refresh_from_db()
    assert (saved.versie, saved.aanleiding, saved.toelichting) == (2, "Druk", "Eigen mensen")
    assert [(row.volgnummer, row.tekst, row.thema_id) for row in saved.doelen.all()] == [
        (1, "Rust", theme.pk),
        (2, "Lezen", None),
    ]
    assert saved.inzet.count() == 1


def test_saving_the_same_again_changes_nothing(voorzitter, plan):
    rows = [Inzetinvoer("Leerkracht", 1, Decimal(10), Decimal(60))]
    for _ in range(2):
        saved = service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=1, velden={"stap": 1}, inzet=rows)
        assert isinstance(saved, Kernplan)
        assert saved.versie == 1
        assert tijdlijn(plan) == []


def test_what_autosave_writes_stands_in_the_timeline_once(voorzitter, plan):
    for text in ("een", "twee", "twee"):
        service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=1, velden={"aanleiding": text})
    assert [(line.soort, line.tekst) for line in tijdlijn(plan)] == [("kernplan.bewaard", "Het kernplan is bewerkt.")]


def test_an_autosave_of_ones_own_is_no_conflict_but_somebody_elses_is(actor_als, kern, voorzitter, plan):
    second_chair = actor_als(Rol.KERNVOORZITTER, kern)
    for text in ("een", "twee"):
        assert isinstance(
            service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=1, velden={"aanleiding": text}), Kernplan
        )
    late = service.bewaar_kernplan(actor=second_chair, pk=plan.pk, versie=1, velden={"aanleiding": "drie"})
    assert isinstance(late, Refusal)
    assert late.code == "verouderd"
    assert isinstance(
        service.bewaar_kernplan(actor=second_chair, pk=plan.pk, versie=3, velden={"aanleiding": "drie"}), Kernplan
    )
    back = service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=3, velden={"aanleiding": "vier"})
    assert isinstance(back, Refusal)
    plan.refresh_from_db()
    assert (plan.aanleiding, plan.versie) == ("drie", 4)


@pytest.mark.parametrize(
    ("invoer", "code"),
    [
        ({"doelen": [Doelinvoer(f"Doel {n}") for n in range(5)]}, "te_veel"),
        ({"inzet": [Inzetinvoer("L", 1, Decimal(1), Decimal(1))] * 9}, "te_veel"),
        ({"doelen": [Doelinvoer("Doel", "", 999_999)]}, "thema"),
    ],
)
def test_what_saving_refuses(voorzitter, plan, invoer, code):
    answer = service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=1, **invoer)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    plan.refresh_from_db()
    assert plan.versie == 1


def test_the_whole_way(actor_als, voorzitter, plan):
    staff, director = actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.DIRECTEUR_BESTUURDER)
    steps = [
        (service.dien_in, voorzitter, {}, "ingediend"),
        (service.stuur_terug, staff, {"opmerking": "Maak doel 1 meetbaar."}, "teruggestuurd"),
        (service.dien_in, voorzitter, {}, "ingediend"),
        (service.stel_vast, staff, {}, "vastgesteld"),
        (service.heropen, director, {"opmerking": "De inzet verandert."}, "concept"),
    ]
    for number, (act, actor, extra, state) in enumerate(steps, start=1):
        answer = act(actor=actor, pk=plan.pk, versie=number, vandaag=VANDAAG, **extra)
        assert isinstance(answer, Kernplan), answer
        assert (answer.staat, answer.versie) == (state, number + 1)
    kinds = [line.soort for line in reversed(tijdlijn(plan))]
    assert kinds == [
        "kernplan.dien_in",
        "kernplan.stuur_terug",
        "kernplan.dien_in",
        "kernplan.stel_vast",
        "kernplan.heropen",
    ]
    # Submitting mails both of the SWV, the answer mails the chair; nobody mails oneself.
    assert mails() == 2 + 1 + 2 + 1 + 1


def test_who_is_mailed_has_the_role_on_the_day_that_is_given(actor_als, voorzitter, kern, plan):
    """The day is an argument: the services do not look at the clock."""
    later, new = date(2041, 3, 1), maak.PersoonFactory(email="later@swv.example")
    maak.RoltoekenningFactory(user=new, rol=Rol.SWV_MEDEWERKER, van=later)
    successor = maak.PersoonFactory(email="opvolger@kern.example")
    maak.RoltoekenningFactory(user=successor, rol=Rol.KERNVOORZITTER, kern=kern, van=later)
    before = later - timedelta(days=1)
    service.dien_in(actor=voorzitter, pk=plan.pk, versie=1, vandaag=before)
    assert mails() == 0
    staff = actor_als(Rol.DIRECTEUR_BESTUURDER)
    service.stuur_terug(actor=staff, pk=plan.pk, versie=2, opmerking="Korter.", vandaag=before)
    assert mails() == 1
    service.dien_in(actor=voorzitter, pk=plan.pk, versie=3, vandaag=later)
    assert mails() == 1 + 2
    service.stel_vast(actor=staff, pk=plan.pk, versie=4, vandaag=later)
    service.heropen(actor=staff, pk=plan.pk, versie=5, opmerking="Anders.", vandaag=later)
    assert mails() == 3 + 2 + 2


def test_a_plan_is_measured_on_the_day_that_is_given(monkeypatch, plan):
    """The foot of the page has the date; its length may not depend on when the server runs."""
    seen = []

    def measured(_template, context, **_rest):
        seen.append(context["gemaakt_op"])
        return 1, {}

    monkeypatch.setattr("kernen.reports.measure", measured)
    assert meet(plan, VANDAAG).bladzijden == 1
    assert seen == [VANDAAG]


@pytest.mark.parametrize("naam", ["Kern info@noord.example", "Kern 12-05-2024", "12/5/24", "Ontmoeting 3.4.2026"])
def test_any_name_of_a_kern_can_be_mailed_about(actor_als, naam):
    kern = maak_kern(actor=actor_als(Rol.SWV_MEDEWERKER), naam=naam)
    assert isinstance(kern, Kern)
    chair = actor_als(Rol.KERNVOORZITTER, kern)
    plan = maak.KernplanFactory(kern=kern, gevuld=True, toelichting="Eigen mensen")
    assert isinstance(service.dien_in(actor=chair, pk=plan.pk, versie=1, vandaag=VANDAAG), Kernplan)
    assert mails() == 1


def test_an_established_plan_can_not_be_changed(voorzitter, plan):
    Kernplan.objects.update(staat="vastgesteld")
    answer = service.bewaar_kernplan(actor=voorzitter, pk=plan.pk, versie=1, velden={"aanleiding": "Toch anders"})
    assert isinstance(answer, Refusal)
    assert answer.code == "staat"
    plan.refresh_from_db()
    assert plan.aanleiding == ""


def test_a_plan_of_two_pages_is_refused_with_its_longest_part(voorzitter, plan):
    saved = service.bewaar_kernplan(
        actor=voorzitter,
        pk=plan.pk,
        versie=1,
        doelen=[Doelinvoer(LANG[:600], LANG[:1000]) for _ in range(4)],
        velden={"aanleiding": LANG[:600], "toelichting": LANG[:1000]},
    )
    assert isinstance(saved, Kernplan)
    answer = service.dien_in(actor=voorzitter, pk=plan.pk, versie=saved.versie, vandaag=VANDAAG)
    assert isinstance(answer, Refusal)
    assert answer.code == "te_lang"
    assert "Doelen en activiteiten" in answer.zin
    plan.refresh_from_db()
    assert plan.staat == "concept"
    assert mails() == 0


def test_sending_back_needs_words(actor_als, plan):
    Kernplan.objects.update(staat="ingediend")
    answer = service.stuur_terug(
        actor=actor_als(Rol.SWV_MEDEWERKER), pk=plan.pk, versie=1, opmerking="  ", vandaag=VANDAAG
    )
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.veld) == ("opmerking", "opmerking")


def test_who_decides_second_is_told(actor_als, plan):
    Kernplan.objects.update(staat="ingediend")
    first, second = actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.SWV_MEDEWERKER)
    assert isinstance(service.stel_vast(actor=first, pk=plan.pk, versie=1, vandaag=VANDAAG), Kernplan)
    late = service.stuur_terug(actor=second, pk=plan.pk, versie=1, opmerking="Anders", vandaag=VANDAAG)
    assert isinstance(late, Refusal)
    assert late.code == "verouderd"


def test_the_day_on_the_page_is_the_day_in_the_netherlands(plan):
    plan.vastgesteld_op = datetime(2025, 9, 30, 22, 30, tzinfo=UTC)
    assert kernplanblad(plan).vastgesteld_op == date(2025, 10, 1)
