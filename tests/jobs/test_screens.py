"""The screens of jobs: who sees what, trying again and stopping, progress."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import SWV_ROLLEN, Rol
from swv_portal.jobs.domain.opdracht import OPDRACHT, STATEN
from swv_portal.jobs.models import Job

ANDEREN = sorted(set(Rol) - SWV_ROLLEN)
NU = timezone.now


def _job(**values) -> Job:
    if values.get("staat") == "bezig":
        values.setdefault("lease_tot", NU() + timedelta(minutes=1))
    return Job.objects.create(**{"soort": "mail", "niet_voor": NU(), **values})


def _page(client: Client, name: str, *args, **query) -> str:
    return client.get(reverse(f"jobs:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("rol", sorted(SWV_ROLLEN))
def test_the_list_is_for_everybody_at_the_swv(als, rol):
    job = _job(staat="dood", fout="De mailserver weigert dit bericht.")
    page = _page(als(rol), "opdrachten")
    assert f"Opdracht {job.pk}" in page
    assert "De mailserver weigert dit bericht." in page


@pytest.mark.parametrize("rol", ANDEREN)
def test_others_get_a_403(als, rol):
    client = als(rol)
    assert client.get(reverse("jobs:opdrachten")).status_code == 403
    assert client.post(reverse("jobs:alle_opnieuw"), {"soort": "mail"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"dood", "bezig", "wacht"}),
        ({"staat": "klaar"}, {"klaar"}),
        ({"staat": "dood"}, {"dood"}),
        ({"staat": "gestopt"}, {"gestopt"}),
        ({"staat": "onzin", "soort": "onzin", "pagina": "x"}, {"dood", "bezig", "wacht"}),
        ({"soort": "rapport"}, set()),
    ],
)
def test_filters(als, query, shown):
    jobs = {staat: _job(staat=staat) for staat in STATEN}
    page = _page(als(Rol.BEHEERDER), "opdrachten", **query)
    assert {staat for staat, job in jobs.items() if f"/opdrachten/{job.pk}/" in page} == shown


def test_queries_do_not_grow_and_pages_turn(als, django_assert_max_num_queries):
    client = als(Rol.CONTROLLER)
    _job(staat="dood", aanvrager=client.user)
    _page(client, "opdrachten")  # the name of the SWV is remembered from here
    with django_assert_max_num_queries(8) as few:
        _page(client, "opdrachten")
    for _ in range(40):
        _job(staat="dood", aanvrager=client.user)
    with django_assert_max_num_queries(8) as many:
        page = _page(client, "opdrachten")
    assert len(few) == len(many)
    assert page.count("/opdrachten/") >= 25
    assert "bladzijde 1 van 2" in page
    assert "bladzijde 2 van 2" in _page(client, "opdrachten", pagina=2)


# ---- one job --------------------------------------------------------------------------------------------------------
def test_a_requester_sees_the_own_job_without_what_staff_sees(als):
    client = als(Rol.IBER)
    job = _job(soort="rapport", aanvrager=client.user, params={"rapport": "kernen.kernplan", "params": {"kern": 4}})
    page = _page(client, "opdracht", job.pk)
    assert "Waarover" not in page
    assert "Stop de opdracht" not in page
    assert "Waarover" in _page(als(Rol.SWV_MEDEWERKER), "opdracht", job.pk)


@pytest.mark.parametrize("name", ["opdracht", "voortgang"])
def test_somebody_elses_job_does_not_exist(als, name):
    job = _job(aanvrager=als(Rol.IBER).user)
    answers = [als(Rol.IBER).get(reverse(f"jobs:{name}", args=[pk])) for pk in (job.pk, job.pk + 1000)]
    assert [each.status_code for each in answers] == [404, 404]


def test_the_progress_part_is_asked_again_until_it_is_done(als):
    client = als(Rol.IBER)
    job = _job(staat="bezig", aanvrager=client.user, gedaan=3, totaal=10)
    url = reverse("jobs:voortgang", args=[job.pk])
    part = client.get(f"{url}?sleutel=-brief", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="voortgang-brief"' in part
    assert f'hx-get="{url}?sleutel=-brief"' in part
    assert "3 van 10" in part
    Job.objects.update(staat="klaar", lease_tot=None)
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert "<html" in client.get(url).content.decode()


def test_a_mail_is_promised_to_who_gets_one(als):
    client = als(Rol.IBER)
    job = _job(soort="rapport", aanvrager=client.user)
    assert "krijgt u een e-mail" in _page(client, "voortgang", job.pk)
    assert "krijgt u een e-mail" not in _page(als(Rol.BEHEERDER), "voortgang", job.pk)
    Job.objects.update(mail_bij_klaar=False)
    assert "krijgt u een e-mail" not in _page(client, "voortgang", job.pk)


def test_a_strange_key_is_left_out(als):
    client = als(Rol.IBER)
    job = _job(aanvrager=client.user)
    assert "onerror" not in _page(client, "voortgang", job.pk, sleutel='"><img onerror=x>')


def test_a_group_is_for_its_requester_and_staff(als):
    client = als(Rol.SCHOOLBESTUURDER)
    groep = uuid.uuid4()
    for staat in ("klaar", "klaar", "dood", "wacht"):
        _job(soort="rapport", staat=staat, groep=groep, aanvrager=client.user)
    url = reverse("jobs:groep", args=[groep])
    for viewer in (client, als(Rol.BEHEERDER)):
        assert "2 van 4 klaar, 1 mislukt" in " ".join(viewer.get(url).content.decode().split())
    assert als(Rol.SCHOOLBESTUURDER).get(url).status_code == 404
    assert client.get(reverse("jobs:groep", args=[uuid.uuid4()])).status_code == 404


def test_the_result_is_a_button_for_the_requester(als, job_kind):
    soort = job_kind(resultaat=lambda job: f"/resultaat/{job.params['nummer']}/")
    client = als(Rol.CONTROLLER)
    job = _job(soort=soort, staat="klaar", params={"nummer": 12}, aanvrager=client.user)
    assert "/resultaat/12/" in _page(client, "voortgang", job.pk)
    assert "/resultaat/12/" not in _page(als(Rol.BEHEERDER), "voortgang", job.pk)


# ---- steps ----------------------------------------------------------------------------------------------------------
def _step(client: Client, job: Job, stap: str):
    return client.post(reverse("jobs:stap", args=[job.pk]), {"stap": stap}, follow=True)


#: (state, step) -> state afterwards; what is not here is refused.
STAPPEN = {("dood", "opnieuw"): "wacht", ("wacht", "stoppen"): "gestopt", ("bezig", "stoppen"): "gestopt"}


@pytest.mark.parametrize("staat", STATEN)
@pytest.mark.parametrize("stap", ["opnieuw", "stoppen"])
@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.IBER])
def test_every_state_and_step(als, bells, staat, stap, rol):
    client = als(rol)
    job = _job(staat=staat, aanvrager=client.user, pogingen=5, fout="mis", geheim="x", buiten_sinds=NU())
    page = _step(client, job, stap).content.decode()
    job.refresh_from_db()
    expected = STAPPEN.get((staat, stap)) if rol == Rol.BEHEERDER else None
    assert job.staat == (expected or staat)
    assert len(tijdlijn(job)) == (1 if expected else 0)
    if expected == "wacht":
        assert (job.pogingen, job.fout, job.buiten_sinds, job.geheim) == (0, "", None, "x")
    elif expected == "gestopt":
        assert (job.geheim, job.lease_tot) == (None, None)
    elif rol == Rol.IBER:
        assert "U kunt deze stap niet zetten." in page
    else:
        assert "Dit kan niet meer" in page


def test_trying_again_rings(als, bells, django_capture_on_commit_callbacks):
    job = _job(staat="dood")
    with django_capture_on_commit_callbacks(execute=True):
        _step(als(Rol.SWV_MEDEWERKER), job, "opnieuw")
    assert bells == [1]


def test_clicking_twice_changes_nothing_more(als, bells):
    client, job = als(Rol.BEHEERDER), _job(staat="dood")
    _step(client, job, "opnieuw")
    assert "Dit kan niet meer" in _step(client, job, "opnieuw").content.decode()
    assert len(tijdlijn(job)) == 1


def test_a_step_that_does_not_exist(als):
    assert _step(als(Rol.BEHEERDER), _job(), "wissen").status_code == 404


def test_somebody_elses_job_can_not_be_stopped(als):
    client = als(Rol.IBER)
    assert _step(client, _job(), "stoppen").status_code == 404


def test_all_dead_of_one_kind(als, bells):
    mine = [_job(staat="dood") for _ in range(3)]
    other = _job(soort="rapport", staat="dood")
    client = als(Rol.BEHEERDER)
    assert "Probeer 3 mislukte opdrachten opnieuw: E-mail versturen" in _page(client, "opdrachten")
    response = client.post(reverse("jobs:alle_opnieuw"), {"soort": "mail"}, follow=True)
    assert "3 opdrachten worden opnieuw geprobeerd." in response.content.decode()
    assert set(Job.objects.filter(staat="wacht")) == set(mine)
    assert [len(tijdlijn(job)) for job in mine] == [1, 1, 1]
    other.refresh_from_db()
    assert other.staat == "dood"
    response = client.post(reverse("jobs:alle_opnieuw"), {"soort": "mail"}, follow=True)
    assert "geen mislukte opdrachten" in response.content.decode()


def test_the_table_of_steps_is_that_of_the_model():
    assert set(OPDRACHT.staten) == {staat.value for staat in Job.Staat}


def test_a_kind_that_cannot_be_stored_is_an_unknown_kind(als):
    client = als(Rol.SWV_MEDEWERKER)
    assert client.post(reverse("jobs:alle_opnieuw"), {"soort": "mail\x00x"}).status_code == 302
