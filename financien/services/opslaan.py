"""Storing a calculation in bulk: COPY, because a budget of thousands of schools is tens of thousands of lines."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg import sql

from financien.domain.regels import REGELSOORTEN, VOLGORDE, Regelcode
from financien.models import Bestuursregel, Budget, Budgetjaar, Budgetregel, Budgetuitleg, Schoolbudget
from financien.queries.berekening import Uitkomst
from swv_portal.common.money import half_up


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _volume(uitkomst: Uitkomst) -> dict[str, Any]:
    volume = uitkomst.volume
    if volume is None:
        return {}
    return {
        "leerlingen": volume.leerlingen,
        "van_ander_swv": volume.van_ander_swv,
        "tarief": str(volume.tarief),
        "verschil": str(volume.verschil),
        "aanvulling": str(volume.aanvulling),
        "factuur": str(volume.factuur),
        "overleg": volume.overleg,
        "ondergrens": str(volume.bandbreedte.ondergrens),
        "bovengrens": str(volume.bandbreedte.bovengrens),
    }


def bewaar_budget(
    *, jaar: Budgetjaar, uitkomst: Uitkomst, versienummer: int, moment: datetime, user_id: int | None
) -> Budget:
    """Store ``uitkomst`` as version ``versienummer`` of ``jaar``, with all lines.  Inside a transaction."""
    without = sum(1 for school in uitkomst.scholen if school.totaal is None)
    budget = Budget.objects.create(
        budgetjaar=jaar,
        versienummer=versienummer,
        teldatum=uitkomst.kader.teldatum,
        peildatum=uitkomst.kader.peildatum,
        totaal=uitkomst.totaal,
        aantal_scholen=len(uitkomst.scholen) - without,
        aantal_onberekend=without,
        volume=_volume(uitkomst),
        opmerkingen=uitkomst.opmerkingen,
        berekend_op=moment,
        berekend_door_id=user_id,
    )
    _bewaar_scholen(budget, uitkomst)
    _bewaar_besturen(budget, uitkomst)
    _bewaar_uitleg(budget, uitkomst)
    return budget


def _bewaar_scholen(budget: Budget, uitkomst: Uitkomst) -> None:
    _copy(
        Schoolbudget._meta.db_table,
        ("budget_id", "school_id", "bestuur_id", "leerlingen", "totaal", "reden"),
        (
            (budget.pk, school.school_id, school.bestuur_id, school.leerlingen, school.totaal, school.reden)
            for school in uitkomst.scholen
        ),
    )
    keys = dict(Schoolbudget.objects.filter(budget=budget).values_list("school_id", "id"))
    _copy(
        Budgetregel._meta.db_table,
        ("schoolbudget_id", "code", "aantal", "tarief", "bedrag", "maanden", "invoer"),
        (
            (
                keys[school.school_id],
                regel.code,
                regel.aantal,
                regel.tarief,
                regel.bedrag,
                regel.maanden,
                json.dumps(regel.invoer) if regel.invoer else "{}",
            )
            for school in uitkomst.scholen
            for regel in school.regels
        ),
    )


def _bewaar_besturen(budget: Budget, uitkomst: Uitkomst) -> None:
    volume = uitkomst.volume
    if volume is None:
        return
    weights = {aandeel.bestuur_id: aandeel.gewicht for aandeel in uitkomst.aandelen}
    whole = sum(weights.values(), Decimal(0))
    Bestuursregel.objects.bulk_create(
        Bestuursregel(
            budget=budget,
            bestuur_id=bestuur,
            code=Regelcode.VOLUME,
            aantal=volume.leerlingen,
            tarief=half_up(volume.verschil, 4),
            bedrag=amount,
            invoer={"aandeel": str(weights[bestuur]), "van": str(whole), "geheel": str(volume.aanvulling)},
        )
        for bestuur, amount in volume.per_bestuur
    )


def _bewaar_uitleg(budget: Budget, uitkomst: Uitkomst) -> None:
    used = {regel.code for school in uitkomst.scholen for regel in school.regels}
    if uitkomst.volume is not None:
        used.add(Regelcode.VOLUME)
    Budgetuitleg.objects.bulk_create(
        Budgetuitleg(
            budget=budget,
            volgorde=VOLGORDE[code],
            code=code,
            omschrijving=soort.omschrijving,
            formule=soort.formule,
            bron=soort.bron,
        )
        for code, soort in REGELSOORTEN.items()
        if code in used
    )
