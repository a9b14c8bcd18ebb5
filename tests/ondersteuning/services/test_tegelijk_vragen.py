"""Asking, answering and stopping at the same moment: real threads, each with its own connection."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND
from ondersteuning.domain.radar import einddag
from ondersteuning.models import AvLid, Bestuursadvies, Jeugdhulpinstelling, Plaatsing, Radarvraag
from ondersteuning.services.bestuursadviezen import geef_bestuursadvies, voeg_lid_toe, vraag_leden
from ondersteuning.services.jeugdhulpinstellingen import voeg_toe
from ondersteuning.services.vertrek import meld_vertrek
from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolbestuurFactory, geef_rol
from tests.factories.ondersteuning import SboFactory, in_staat
from tests.factories.overstap import budget
from tests.ondersteuning.services.test_besluit import at_once
from tests.ondersteuning.services.test_tegelijk import codes
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db(transaction=True)
KEER = 5


def _mails() -> Counter[int]:
    """To whom mails wait, and how many."""
    return Counter(Job.objects.filter(soort="mail").values_list("params__user", flat=True))


def test_two_people_press_the_button_for_all_schools_again_and_again(als: Callable[..., Any]) -> None:
    """Each TLV gets one question and each school one mail, whoever was first."""
    SamenwerkingsverbandFactory()
    today, schools = timezone.localdate(), [SboFactory(), SboFactory()]
    ibers = [geef_rol(PersoonFactory(), Rol.IBER, school).user_id for school in schools]
    people, url = [als(Rol.SWV_MEDEWERKER) for _ in range(2)], reverse("ondersteuning:radar")
    for time in range(1, KEER + 1):
        tlvs = [in_staat(TOEGEKEND, ontvangende_school=school, gewenst_tot=einddag(today)) for school in schools * 2]
        chosen = [row.pk for row in tlvs]

        def press(client: Any, chosen: list[int] = chosen) -> Any:
            return client.post(url, {"aanvraag": chosen, **nieuwe_sleutel()}).status_code

        assert at_once([lambda client=client: press(client) for client in people]) == [302, 302]
        asked = Counter(Radarvraag.objects.filter(aanvraag__in=chosen).values_list("aanvraag_id", flat=True))
        assert asked == Counter(chosen)
        assert _mails() == dict.fromkeys(ibers, time)
        told = Event.objects.filter(soort="aanvraag.radarvraag", onderwerp_id__in=chosen)
        assert Counter(told.values_list("onderwerp_id", flat=True)) == Counter(chosen)


def _leden(actor_als: Callable[..., Actor], number: int) -> list[tuple[AvLid, Actor]]:
    found = []
    for _ in range(number):
        board = SchoolbestuurFactory()
        actor = actor_als(Rol.SCHOOLBESTUURDER, board)
        found.append((AvLid.objects.create(user_id=actor.user_id, bestuur=board), actor))
    return found


def test_the_members_advise_at_the_same_moment(actor_als: Callable[..., Actor]) -> None:
    """Some applications, two members each, all at once: every advice counts, and is seen by the version."""
    SamenwerkingsverbandFactory()
    today, members = timezone.localdate(), _leden(actor_als, 2)
    rows = [in_staat(INGEDIEND, route="TB", vandaag=today) for _ in range(KEER)]
    work = []
    for row in rows:
        for member, actor in members:
            asked = Bestuursadvies.objects.create(aanvraag=row, lid=member, gevraagd_op=today)
            said = {"steunt": True, "tekst": "Eigen reden.", "vandaag": today}
            work.append(lambda actor=actor, pk=asked.pk, said=said: geef_bestuursadvies(actor=actor, pk=pk, **said))
    assert codes(at_once(work)) == ["ja"] * 2 * KEER
    assert Bestuursadvies.objects.filter(steunt=True, gegeven_op=today).count() == 2 * KEER
    for row in rows:
        before = row.versie
        row.refresh_from_db()
        assert row.versie == before + 2


def test_two_members_are_asked_once(actor_als: Callable[..., Actor]) -> None:
    SamenwerkingsverbandFactory()
    today, members = timezone.localdate(), _leden(actor_als, 2)
    row, swv = in_staat(INGEDIEND, route="TB", vandaag=today), actor_als(Rol.SWV_MEDEWERKER)
    keys = [member.pk for member, _ in members]

    def ask() -> Any:
        return vraag_leden(actor=swv, pk=row.pk, versie=row.versie, leden=keys, vandaag=today)

    assert codes(at_once([ask] * 6)) == sorted(["ja", *["verouderd"] * 5])
    assert sorted(row.bestuursadviezen.values_list("lid_id", flat=True)) == sorted(keys)
    assert _mails() == dict.fromkeys([actor.user_id for _, actor in members], 1)


def test_a_member_or_an_institution_that_two_people_add(actor_als: Callable[..., Actor]) -> None:
    board, swv = SchoolbestuurFactory(), actor_als(Rol.SWV_MEDEWERKER)
    user = actor_als(Rol.SCHOOLBESTUURDER, board).user_id or 0
    day = timezone.localdate()
    add = lambda: voeg_lid_toe(actor=swv, user_id=user, bestuur_id=board.pk, vandaag=day)  # noqa: E731
    assert codes(at_once([add] * 6)) == sorted(["ja", *["al_lid"] * 5])
    values = {"contactpersoon": "Contact Vijf", "email": "vijf@test.example", "gemandateerd_van": date(2024, 8, 1)}
    names = ["Jeugdhulp De Golf", "jeugdhulp de golf"] * 3
    work = [lambda name=name: voeg_toe(actor=swv, gegevens={**values, "naam": name}) for name in names]
    assert codes(at_once(work)) == sorted(["ja", *["naam"] * 5])
    assert (AvLid.objects.count(), Jeugdhulpinstelling.objects.count()) == (1, 1)


def test_a_budget_stops_once(actor_als: Callable[..., Actor]) -> None:
    """People of the school say each another day: one is written down, the others hear that it changed."""
    today = timezone.localdate()
    place = budget(begin=today - timedelta(days=200), einde=today + timedelta(days=200))
    actor = actor_als(Rol.SCHOOLDIRECTEUR, place.school_ontvangend)

    def leave(days: int) -> Any:
        gone = today - timedelta(days=days)
        return meld_vertrek(actor=actor, pk=place.pk, versie=place.versie, vertrokken_op=gone, vandaag=today)

    answers = at_once([lambda n=n: leave(n) for n in range(KEER)])
    assert codes(answers) == sorted(["ja", *["verouderd"] * (KEER - 1)])
    (done,) = [answer for answer in answers if isinstance(answer, Plaatsing)]
    stored = Plaatsing.objects.get(pk=place.pk)
    assert (stored.vertrokken_op, stored.einde, stored.versie) == (done.vertrokken_op, done.einde, place.versie + 1)
    assert Event.objects.filter(soort="plaatsing.vertrek").count() == 1
