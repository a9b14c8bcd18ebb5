"""The example data as a whole; what each app puts in it is tested with that app."""

from datetime import date

import pytest
from django.contrib.auth import authenticate, get_user_model

from kernen.models import Samenwerkingsverband
from swv_portal.access.reach import bereik_voor
from swv_portal.local.roles import DEMO_ROLLEN, WACHTWOORD, demo_adres
from swv_portal.local.voorbeeld import laden

VANDAAG = date(2026, 3, 2)


@pytest.mark.django_db
def test_it_loads_once_for_every_app_and_every_role(settings):
    lines: list[str] = []
    assert laden.load(VANDAAG, lines.append)
    assert [line.split(":")[0] for line in lines] == ["kernen", "ondersteuning", "financien", "evaluatie"]
    for rol in DEMO_ROLLEN:
        user = get_user_model().objects.get(email=demo_adres(rol))
        assert bereik_voor(user.pk, VANDAAG).rollen == {rol}
        assert user.check_password(WACHTWOORD)
    assert not laden.load(VANDAAG), "a second time nothing is added"
    assert Samenwerkingsverband.objects.count() == 1


@pytest.mark.django_db
def test_the_demo_password_opens_the_account(rf):
    laden.load(VANDAAG)
    found = authenticate(rf.post("/"), email=demo_adres(DEMO_ROLLEN[0]), password=WACHTWOORD)
    assert found is not None
    assert found.email == demo_adres(DEMO_ROLLEN[0])


@pytest.mark.django_db
def test_a_loader_that_fails_leaves_nothing(monkeypatch):
    first = next(laden.loaders())

    def fails(_):
        raise RuntimeError("halverwege")

    monkeypatch.setattr(laden, "loaders", lambda: iter([first, ("kapot", fails)]))
    with pytest.raises(RuntimeError, match="halverwege"):
        laden.load(VANDAAG)
    assert not laden.is_loaded()
    assert not get_user_model().objects.exists()
