"""A receiving school where nobody can give the first advice: who is told, who acts, and that it ends by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernen.models import Roltoekenning
from kernen.services.rollen import nodig_uit_met_rol
from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, INGEDIEND
from ondersteuning.models import Aanvraag
from ondersteuning.queries import taken
from swv_portal.access.actors import Actor
from swv_portal.access.models import Uitnodiging, User
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.tasks import Taak
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import AanvraagFactory, AdviesFactory, SboFactory, in_staat

Als = Callable[..., Client]
UITNODIGEN = "Nodig een orthopedagoog uit bij IKC Duinrand"


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return in_staat(BIJ_PARTIJEN, ontvangende_school=SboFactory(naam="IKC Duinrand"))


def invited(actor_als: Callable[..., Actor], row: Aanvraag) -> User:
    granted = nodig_uit_met_rol(
        actor=actor_als(Rol.SWV_MEDEWERKER),
        email="nieuw@test.example",
        naam="Nieuw Iemand",
        rol=Rol.ORTHOPEDAGOOG,
        school_id=row.ontvangende_school_id,
        kern_id=None,
        bestuur_id=None,
        vandaag=timezone.localdate(),
        van=timezone.localdate() - timedelta(days=1),
        tot=None,
    )
    assert isinstance(granted, Roltoekenning)
    return granted.user


def titles(bereik: Bereik) -> dict[str, str | None]:
    found: list[Taak] = taken(bereik, timezone.localdate())
    return {task.titel: task.wacht_op for task in found}


def dossier(client: Client, row: Aanvraag) -> Any:
    return client.get(reverse("ondersteuning:dossier", args=[row.pk]))


def test_the_school_reads_it_before_putting_it_before_anybody(als: Als, db: None) -> None:
    SamenwerkingsverbandFactory()
    draft = AanvraagFactory(ontvangende_school=SboFactory(naam="IKC Duinrand"))
    address = reverse("ondersteuning:stap", args=[draft.pk, "controleren"])
    client = als(Rol.IBER, draft.verwijzende_school)
    page = client.get(address).content.decode()
    assert "Bij IKC Duinrand kan nog niemand het eerste advies geven." in page
    assert "Het samenwerkingsverband krijgt dan de taak om een orthopedagoog uit te nodigen." in page
    assert "Leg voor aan ouders en deskundigen" in page  # it is no reason to stop
    als(Rol.ORTHOPEDAGOOG, draft.ontvangende_school)
    assert "kan nog niemand het eerste advies geven" not in client.get(address).content.decode()


def test_the_swv_gets_one_task_per_school_with_the_way_to_the_invitation(
    als: Als, bereik_als: Callable[..., Bereik], row: Aanvraag
) -> None:
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    assert titles(staff) == {f"{UITNODIGEN} (1 aanvraag wacht)": None}
    in_staat(BIJ_PARTIJEN, ontvangende_school=row.ontvangende_school)
    assert [title for title in titles(staff) if title.startswith(UITNODIGEN)] == [f"{UITNODIGEN} (2 aanvragen wachten)"]
    answer = dossier(als(Rol.SWV_MEDEWERKER), row)
    button = next(item for item in answer.context["knoppen"] if item.label == UITNODIGEN)
    assert button.hoofd
    assert parse_qs(urlparse(button.url).query) == {
        "rol": ["orthopedagoog"],
        "school": [str(row.ontvangende_school_id)],
    }
    assert "nodigt een orthopedagoog uit bij de ontvangende school" in answer.content.decode()
    form = als(Rol.SWV_MEDEWERKER).get(button.url).context["form"]
    assert (form["rol"].value(), form["school"].value()) == ("orthopedagoog", str(row.ontvangende_school_id))


def test_the_school_waits_for_the_swv_and_may_not_invite(
    als: Als, bereik_als: Callable[..., Bereik], row: Aanvraag
) -> None:
    school = row.verwijzende_school
    assert titles(bereik_als(Rol.IBER, school)) == {
        f"Adviezen bij {row.kenmerk}": "het samenwerkingsverband en de tweede deskundige"
    }
    page = dossier(als(Rol.IBER, school), row).content.decode()
    assert "<strong>Het samenwerkingsverband</strong> nodigt een orthopedagoog uit" in page
    assert reverse("kernen:persoon_nieuw") not in page


def test_an_open_invitation_is_waiting_and_an_account_ends_it(
    als: Als, bereik_als: Callable[..., Bereik], actor_als: Callable[..., Actor], row: Aanvraag
) -> None:
    user, staff = invited(actor_als, row), bereik_als(Rol.SWV_MEDEWERKER)
    assert titles(staff) == {"Advies van IKC Duinrand (1 aanvraag wacht)": "de uitgenodigde orthopedagoog"}
    page = dossier(als(Rol.SWV_MEDEWERKER), row)
    assert not page.context["knoppen"]
    assert "neemt de uitnodiging aan" in page.content.decode()
    # An invitation that nobody answered leaves nobody.
    Uitnodiging.objects.filter(user=user).update(verloopt=timezone.now() - timedelta(days=1))
    assert titles(staff) == {f"{UITNODIGEN} (1 aanvraag wacht)": None}
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert titles(staff) == {}
    assert "nodigt een orthopedagoog uit" not in dossier(als(Rol.SWV_MEDEWERKER), row).content.decode()


def test_nobody_is_needed_once_the_advice_and_the_place_are_there(
    bereik_als: Callable[..., Bereik], row: Aanvraag
) -> None:
    AdviesFactory(aanvraag=row)
    staff = bereik_als(Rol.SWV_MEDEWERKER)
    assert titles(staff) == {f"{UITNODIGEN} (1 aanvraag wacht)": None}
    Aanvraag.objects.filter(pk=row.pk).update(plaats_bevestigd=True)
    in_staat(INGEDIEND, ontvangende_school=SboFactory())
    assert [title for title in titles(staff) if "orthopedagoog" in title] == []


def test_other_schools_do_not_count(bereik_als: Callable[..., Bereik], row: Aanvraag) -> None:
    bereik_als(Rol.ORTHOPEDAGOOG, SchoolFactory())
    assert f"{UITNODIGEN} (1 aanvraag wacht)" in titles(bereik_als(Rol.DIRECTEUR_BESTUURDER))
