"""The same name and birth date at two schools: the SWV is told, a school never is."""

from ondersteuning.models import Leerling, NietDezelfde
from ondersteuning.queries.dubbelen import dubbelen, vraag_dubbelen
from ondersteuning.services.dubbelen import meld_niet_dezelfde
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.taskqueries import taken_uit
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_leerlingen import ActorAls, code, maak


def pair(mensen: Mensen, actor_als: ActorAls) -> tuple[Leerling, Leerling]:
    other = SchoolFactory(naam="Basisschool Elders")
    first = maak(mensen.iber, mensen.school)
    return first, maak(actor_als(Rol.IBER, other), other)


def test_the_swv_is_told_once_per_pair(mensen: Mensen, actor_als: ActorAls) -> None:
    first, second = pair(mensen, actor_als)
    maak(mensen.iber, mensen.school, voornamen="Iemand anders")
    assert dubbelen(mensen.swv.bereik, first) == [(second.pk, "Basisschool Elders")]
    assert dubbelen(mensen.swv.bereik, second) == [(first.pk, mensen.school.naam)]
    assert [task.titel for task in taken_uit(vraag_dubbelen(mensen.swv.bereik))] == [
        f"Kijk of er al een dossier is van leerling {second.pk}"
    ]


def test_a_school_is_never_told(mensen: Mensen, actor_als: ActorAls) -> None:
    first, _ = pair(mensen, actor_als)
    assert dubbelen(mensen.iber.bereik, first) == []
    assert taken_uit(vraag_dubbelen(mensen.iber.bereik)) == []
    controller = actor_als(Rol.CONTROLLER)
    assert dubbelen(controller.bereik, first) == []
    assert taken_uit(vraag_dubbelen(controller.bereik)) == []


def test_pupils_without_a_name_are_no_doubles(mensen: Mensen) -> None:
    for _ in range(2):
        maak(mensen.iber, mensen.school, voornamen="", achternaam="", geboortedatum=None)
    assert taken_uit(vraag_dubbelen(mensen.swv.bereik)) == []


def test_two_children_are_not_shown_again(mensen: Mensen, actor_als: ActorAls) -> None:
    first, second = pair(mensen, actor_als)
    for _ in range(2):
        done = meld_niet_dezelfde(actor=mensen.swv, pk=second.pk, ander=first.pk, vandaag=VANDAAG)
        assert done == second
    assert NietDezelfde.objects.count() == 1
    # A school reads in the timeline of its pupil nothing of another dossier.
    for pupil in (first, second):
        assert [line.soort for line in tijdlijn(pupil)] == ["leerling.gemaakt"]
    assert dubbelen(mensen.swv.bereik, first) == dubbelen(mensen.swv.bereik, second) == []
    assert taken_uit(vraag_dubbelen(mensen.swv.bereik)) == []
    # A third one is compared with both.
    third = maak(mensen.swv, SchoolFactory())
    assert {pk for pk, _ in dubbelen(mensen.swv.bereik, third)} == {first.pk, second.pk}
    assert len(taken_uit(vraag_dubbelen(mensen.swv.bereik))) == 1
    namesake = maak(mensen.swv, mensen.school, voornamen="Heel anders")
    answer = meld_niet_dezelfde(actor=mensen.swv, pk=first.pk, ander=namesake.pk, vandaag=VANDAAG)
    assert code(answer) == "geen_dubbel"
    assert code(meld_niet_dezelfde(actor=mensen.swv, pk=first.pk, ander=first.pk, vandaag=VANDAAG)) == "zelfde"
