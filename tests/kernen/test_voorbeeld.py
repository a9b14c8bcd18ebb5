"""The example data of kernen: the published proportions, plans that keep to the rules, and the same every time."""

from datetime import date

import pytest
from django.db.models import Sum

from kernen.domain.kernplan import controle
from kernen.models import Kern, Kernlidmaatschap, Kernplan, Kernsessie, Leerlingtelling, Menukaartthema, School
from kernen.queries import bereik_voor, kernregels, plan_van
from swv_portal.common.scoping import PLAATS, Rol
from swv_portal.local.roles import DEMO_ROLLEN, demo_adres
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.kernen import laad

pytestmark = pytest.mark.django_db

VANDAAG = date(2025, 11, 21)


@pytest.fixture
def ctx():
    context = Context(vandaag=VANDAAG, wachtwoord="welkom-bij-de-test")
    laad(context)
    return context


def test_the_published_proportions(ctx):
    regular = School.objects.filter(soort="BAO")
    assert regular.count() == 86
    assert regular.values("brin").distinct().count() == 71
    assert len(ctx.delen["besturen"]) == 17
    on_teldatum = Leerlingtelling.objects.filter(teldatum=date(2023, 2, 1))
    assert on_teldatum.filter(school__in=regular).aggregate(som=Sum("aantal"))["som"] == 21_747
    ikc = on_teldatum.filter(school__is_ikc=True)
    assert (ikc.count(), ikc.aggregate(som=Sum("aantal"))["som"]) == (3, 620)
    assert on_teldatum.filter(school__in=ctx.delen["so"]).aggregate(som=Sum("aantal"))["som"] == 338
    assert set(Leerlingtelling.objects.dates("teldatum", "year")) == {date(year, 1, 1) for year in range(2022, 2026)}
    assert all(name for name in School.objects.values_list("naam", flat=True))
    assert School.objects.values("naam").distinct().count() == School.objects.count()


def test_every_school_of_the_region_is_in_one_of_ten_kernen(ctx, bereik_als):
    rows = kernregels(bereik_als(Rol.SWV_MEDEWERKER), VANDAAG)
    assert len(rows) == Kern.objects.count() == 10
    assert sum(row.scholen for row in rows) == 86 + 3 + 4
    assert Kernlidmaatschap.objects.exclude(tot=None).count() == 1


def test_every_demo_user_has_the_own_role(ctx):
    for rol in DEMO_ROLLEN:
        user = ctx.delen["gebruikers"][rol]
        assert user.email == demo_adres(rol)
        assert user.check_password("welkom-bij-de-test")
        (granted,) = bereik_voor(user.pk, VANDAAG).toekenningen
        assert granted.rol == rol
        assert (granted.plaats_id is None) == (PLAATS[rol] == "swv")


def test_plans_in_every_state_and_two_school_years(ctx):
    plans = Kernplan.objects.select_related("kern")
    assert set(plans.values_list("staat", flat=True)) == {"concept", "ingediend", "teruggestuurd", "vastgesteld"}
    assert set(plans.values_list("schooljaar", flat=True)) == {2024, 2025}
    for plan in plans:
        missing = controle(plan_van(plan))
        assert bool(missing) == (plan.staat == "concept"), (plan, missing)
    assert Menukaartthema.objects.filter(schooljaar=2025).count() == 14
    assert Kernsessie.objects.filter(schooljaar=2025).count() == 4 * 9


def test_the_same_day_gives_the_same_rows(ctx):
    first = list(School.objects.order_by("vestigingscode").values_list("naam", "bestuur__naam", "postcode"))
    for model in (Kernplan, Kernsessie, Kernlidmaatschap, School, Kern):
        model.objects.all().delete()
    for model in {type(ctx.delen["swv"]), type(ctx.delen["besturen"][0]), type(ctx.delen["gebruikers"][Rol.IBER])}:
        model.objects.all().delete()
    Menukaartthema.objects.all().delete()
    from kernen.models import Uurtarief

    Uurtarief.objects.all().delete()
    laad(Context(vandaag=VANDAAG, wachtwoord="x"))
    assert list(School.objects.order_by("vestigingscode").values_list("naam", "bestuur__naam", "postcode")) == first
