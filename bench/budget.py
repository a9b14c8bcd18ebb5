"""The budgets of all schools, calculated and kept, against the same in SQL alone."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from bench._pair import Outcome, Side, compare
from financien.domain.schoolbudget import Schoolbudget as Uitgerekend
from financien.models import Budget, Budgetjaar, Budgetregel, Schoolbudget
from financien.queries.berekening import Uitkomst, bereken
from financien.services.budget import bereken_budget
from kernen.models import Leerlingtelling, School, Schoolbestuur
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.models import Plaatsing
from swv_portal.access.actors import Actor
from swv_portal.jobs.overdracht import BEHEER
from tests.factories.financien import maak_tarieven

KLEIN, GROOT = 90, 6_800
PLAATSEN_PER_SCHOOL = 5
JAAR = 2024


def load(schools: int) -> None:
    """Schools with a count and five places each, in the proportions of a real samenwerkingsverband."""
    rng = random.Random(schools)
    boards = Schoolbestuur.objects.bulk_create(
        Schoolbestuur(bevoegd_gezag_nummer=f"{10000 + n}", naam=f"Bestuur {n}") for n in range(max(17, schools // 20))
    )
    made = School.objects.bulk_create(
        School(
            vestigingscode=f"{n // 676:02}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}00",
            brin=f"{n // 676:02}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}",
            naam=f"School {n}",
            soort="BAO",
            bestuur=boards[n % len(boards)],
        )
        for n in range(schools)
    )
    Leerlingtelling.objects.bulk_create(
        Leerlingtelling(school=school, teldatum=date(2023, 2, 1), aantal=rng.randint(40, 600)) for school in made
    )
    numbers = range(schools * PLAATSEN_PER_SCHOOL)
    Plaatsing.objects.bulk_create((_plaats(n, made[n % schools], rng) for n in numbers), batch_size=5000)


def _plaats(number: int, school: School, rng: random.Random) -> Plaatsing:
    kind = rng.choices(list(Soort), weights=[55, 12, 25, 4, 4])[0]
    begin, einde = date(2021, 8, 1) + timedelta(days=rng.randint(0, 1100)), None
    if kind in {Soort.DWS, Soort.TLV_BAO}:
        begin = date(rng.choice([2023, 2024]), 8, 1)
        einde = date(begin.year + 1, rng.randint(1, 7), 28)
    elif rng.random() < 0.3:
        einde = begin + timedelta(days=rng.randint(100, 900))
    pays = (
        rng.choices(list(Kostendrager), weights=[80, 5, 10, 5])[0]
        if kind in {Soort.TLV, Soort.DWS}
        else Kostendrager.SWV
    )
    return Plaatsing(
        verwijzing=f"M-{number:06}",
        soort=kind,
        categorie=rng.choice(["SBO", "I", "II", "III"]) if kind in {Soort.TLV, Soort.TLV_BAO} else "",
        kostendrager=pays,
        school_verwijzend=school,
        school_ontvangend=school,
        begin=begin,
        einde=einde,
    )


#: The same rules in one statement: every line as (school, code, number, tariff, amount).
SQL = """
with t as (select code, bedrag from financien_tarief where jaar = 2024),
p as (
  select soort, kostendrager, categorie, begin, einde,
    case when soort in ('tlv', 'dws') then school_verwijzend_id
      else coalesce(school_ontvangend_id, school_verwijzend_id) end as school,
    extract(year from begin)::int * 12 + extract(month from begin)::int - 1 as mb,
    extract(year from einde)::int * 12 + extract(month from einde)::int - 1 as me
  from ondersteuning_plaatsing where begin <= '2024-12-31' and (einde is null or einde >= '2023-08-01')
),
school as (
  select s.id, s.bestuur_id, l.aantal from kernen_school s
  left join kernen_leerlingtelling l on l.school_id = s.id and l.teldatum = '2023-02-01'
  where s.soort = 'BAO' and s.swv_code = '' and s.actief and not s.buiten_regio
),
dwsdag as (
  select school, kostendrager in ('school', 'vorige_school') as zelf, dag, delta from p,
  lateral (values (greatest(begin, '2023-08-01'::date), 1),
    (least(coalesce(einde, '2024-07-31'), '2024-07-31'::date) + 1, -1)) v(dag, delta)
  where soort = 'dws' and begin <= '2024-07-31' and (einde is null or einde >= '2023-08-01')
),
dws as (
  select school, zelf, max(nu) as n from (
    select school, zelf, sum(delta) over (partition by school, zelf order by dag, delta) as nu from dwsdag) x
  group by school, zelf
),
maanden as (
  select school, case soort when 'instroombudget' then 'instroombudget' else 'terugplaatsing' end as code,
    'instroombudget' as tarief,
    greatest(0, least(mb + 24, coalesce(me, 999999), 2024 * 12 + 11) - greatest(mb + 1, 2024 * 12) + 1) as m
  from p where soort in ('instroombudget', 'terugplaatsing')
  union all
  select school, case categorie when 'SBO' then 'tlv_bao_sbo' when 'I' then 'tlv_bao_1' when 'II' then 'tlv_bao_2'
      else 'tlv_bao_3' end,
    case categorie when 'SBO' then 'sbo_landelijk' when 'I' then 'so_cat_1' when 'II' then 'so_cat_2'
      else 'so_cat_3' end,
    case when extract(year from d.eerste) = 2024 and d.eerste <= d.laatste
      then (extract(year from d.laatste)::int * 12 + extract(month from d.laatste)::int)
        - (extract(year from d.eerste)::int * 12 + extract(month from d.eerste)::int) + 1 else 0 end
  from p, (values ('2023-08-01'::date, '2024-07-31'::date), ('2024-08-01'::date, '2025-07-31'::date)) y(van, tot),
  lateral (select greatest(begin, y.van) as eerste, least(coalesce(einde, y.tot), y.tot) as laatste) d
  where soort = 'tlv_bao'
),
lijn as (
  select id as school, 'ondersteuningsbedrag' as code, aantal::numeric as aantal, bedrag as tarief,
    round(aantal * bedrag, 2) as bedrag
  from school, t where code = 'bao_per_leerling' and aantal is not null
  union all
  select school, case kostendrager when 'school' then 'inhouding' when 'vorige_school' then 'inhouding_vorige_school'
      when 'swv' then 'plaatsing_swv' else 'plaatsing_ander_swv' end, count(*),
    case when kostendrager in ('school', 'vorige_school') then t.bedrag else 0 end,
    case when kostendrager in ('school', 'vorige_school') then -round(count(*) * t.bedrag, 2) else 0 end
  from p, t where soort = 'tlv' and t.code = 'inhouding_ikc' and begin <= '2024-01-01'
    and (einde is null or einde >= '2024-01-01')
  group by school, kostendrager, t.bedrag
  union all
  select school, case when zelf then 'dws' else 'dws_swv' end, n, case when zelf then t.bedrag else 0 end,
    case when zelf then -round(n * t.bedrag, 2) else 0 end from dws, t where t.code = 'dws_plaats' and n > 0
  union all
  select school, maanden.code, round(sum(m) / 12.0, 8), t.bedrag, round(sum(m) * t.bedrag / 12, 2)
  from maanden join t on t.code = maanden.tarief where m > 0 group by school, maanden.code, t.bedrag
)
"""


def _lines(outcome: Uitkomst) -> set[tuple[int, str, Decimal, Decimal]]:
    def of(school: Uitgerekend) -> list[tuple[int, str, Decimal, Decimal]]:
        return [(school.school_id, str(line.code), line.aantal, line.bedrag) for line in school.regels]

    return {line for school in outcome.scholen for line in of(school)}


def sql_calculated() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(SQL + "select school, code, aantal, tarief, bedrag from lijn order by school, code")
        return cursor.fetchall()


def ours_kept() -> Any:
    with transaction.atomic():
        budget = bereken_budget(actor=Actor(bereik=BEHEER), jaar_pk=Budgetjaar.objects.get(jaar=JAAR).pk)
        found = _stored(budget)
        transaction.set_rollback(True)
    return found


def sql_kept() -> Any:
    """The same rows in the same tables, without a line of Python in between."""
    with transaction.atomic(), connection.cursor() as cursor:
        budget = Budget.objects.create(
            budgetjaar=Budgetjaar.objects.get(jaar=JAAR),
            versienummer=1,
            teldatum=date(2023, 2, 1),
            peildatum=date(2024, 1, 1),
            totaal=0,
            aantal_scholen=0,
            berekend_op="2024-01-01T00:00:00Z",
        )
        cursor.execute(SQL + "select * into temporary table lijnen from lijn")
        cursor.execute(
            "insert into financien_schoolbudget (budget_id, school_id, bestuur_id, leerlingen, totaal, reden)"
            " select %s, s.id, s.bestuur_id, l.aantal, sum(r.bedrag), '' from kernen_school s"
            " join kernen_leerlingtelling l on l.school_id = s.id and l.teldatum = '2023-02-01'"
            " join lijnen r on r.school = s.id group by s.id, s.bestuur_id, l.aantal",
            [budget.pk],
        )
        cursor.execute(
            "insert into financien_budgetregel (schoolbudget_id, code, aantal, tarief, bedrag, invoer)"
            " select b.id, r.code, r.aantal, r.tarief, r.bedrag, '{}' from lijnen r"
            " join financien_schoolbudget b on b.school_id = r.school and b.budget_id = %s",
            [budget.pk],
        )
        found = _stored(budget)
        transaction.set_rollback(True)
    return found


def _stored(budget: Any) -> tuple[int, Any, int]:
    """Totals that must be the same on both sides, read in one query each."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*), sum(totaal) from {Schoolbudget._meta.db_table} where budget_id = %s", [budget.pk]
        )
        schools, total = cursor.fetchone()
        cursor.execute(f"select count(*) from {Budgetregel._meta.db_table}")
        return schools, total, cursor.fetchone()[0]


def _same_lines() -> bool:
    """Before anything is timed: every line of every school is the same in Python and in SQL."""
    in_sql = {(school, code, number, amount) for school, code, number, _, amount in sql_calculated()}
    return _lines(bereken(BEHEER, JAAR)) == in_sql


def _measure(schools: int, doel: float) -> Outcome:
    load(schools)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return compare(
        f"budget van {schools} scholen berekenen en bewaren",
        ours=Side("bereken_budget()", ours_kept),
        floor=Side("SQL: insert ... select", sql_kept),
        same=lambda a, b: a == b and _same_lines(),
        doel=doel,
    )


def _clear() -> None:
    for model in (Plaatsing, Leerlingtelling, School, Schoolbestuur):
        model.objects.all().delete()


def main() -> list[Outcome]:
    maak_tarieven()
    Budgetjaar.objects.create(jaar=JAAR, teldatum=date(2023, 2, 1), peildatum=date(2024, 1, 1))
    small = _measure(KLEIN, 2.5)
    _clear()
    return [small, _measure(GROOT, 3.5)]
