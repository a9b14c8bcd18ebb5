"""Writing the rows of ``duo_rijen``: boards, schools and counts."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from kernen.domain.duo_kolommen import SCHOLEN
from kernen.domain.tellingen import teldatum
from kernen.importers.lezen import Gelezen
from kernen.importers.vergelijken import Verschil

_SCHRIJF_BESTUREN = """
    insert into kernen_schoolbestuur (bevoegd_gezag_nummer, naam, straat, huisnummer, postcode, plaats, lid, versie)
    select d.bestuur,
        coalesce(mode() within group (order by nullif(d.bestuursnaam, '')), 'Bevoegd gezag ' || d.bestuur),
        '', '', '', '', true, 1
    from duo_rijen d left join kernen_school s on s.vestigingscode = d.code
    left join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    where (%s or s.id is null) and (b.id is null or b.naam = 'Bevoegd gezag ' || d.bestuur)
    group by d.bestuur order by d.bestuur
    on conflict (bevoegd_gezag_nummer) do update set naam = excluded.naam, versie = kernen_schoolbestuur.versie + 1
        where kernen_schoolbestuur.naam = 'Bevoegd gezag ' || kernen_schoolbestuur.bevoegd_gezag_nummer
        and excluded.naam <> kernen_schoolbestuur.naam
"""
_NIEUWE_SCHOLEN = """
    insert into kernen_school (vestigingscode, brin, naam, soort, is_ikc, bestuur_id, straat, huisnummer, postcode,
        plaats, gemeente, actief, buiten_regio, swv_code, versie)
    select d.code, left(d.code, 4), d.naam, coalesce(d.soort, o.soort, 'BAO'), false, b.id, d.straat, d.huisnummer,
        d.postcode, d.plaats, d.gemeente, true, false, '', 1
    from duo_rijen d join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    left join kernen_school o on o.vestigingscode = d.code
    where o.id is null order by d.code
"""
_WIJZIG_SCHOLEN = """
    update kernen_school o set naam = d.naam, soort = coalesce(d.soort, o.soort), bestuur_id = b.id,
        straat = d.straat, huisnummer = d.huisnummer, postcode = d.postcode, plaats = d.plaats, gemeente = d.gemeente,
        actief = true, versie = o.versie + 1
    from duo_rijen d join kernen_schoolbestuur b on b.bevoegd_gezag_nummer = d.bestuur
    where d.code = any(%s) and o.vestigingscode = d.code
"""
_WIJZIG_TELLINGEN = """
    update kernen_leerlingtelling t set aantal = d.aantal, minder_dan_vijf = d.klein
    from duo_rijen d join kernen_school s on s.vestigingscode = d.code
    where t.school_id = s.id and t.teldatum = %s
        and (t.aantal, t.minder_dan_vijf) is distinct from (d.aantal, d.klein)
"""
_NIEUWE_TELLINGEN = """
    insert into kernen_leerlingtelling (school_id, teldatum, aantal, minder_dan_vijf)
    select s.id, %s, d.aantal, d.klein from duo_rijen d join kernen_school s on s.vestigingscode = d.code
    where not exists (select from kernen_leerlingtelling t where t.school_id = s.id and t.teldatum = %s)
    order by s.id
"""


def schrijf(gelezen: Gelezen, verschil: Verschil, verdwenen: Iterable[str] = ()) -> None:
    """Write the rows of ``duo_rijen``, of which ``vergelijk`` just answered ``verschil``.

    The schools with a code in ``verdwenen`` become inactive.  One import at a time: the caller holds the lock, so that
    an update and an insert are enough; an upsert of many new rows costs half as much again.
    """
    with connection.cursor() as cursor:
        if verschil.besturen or any(gelezen.scholen.bestuursnaam):
            cursor.execute(_SCHRIJF_BESTUREN, [gelezen.soort == SCHOLEN])
        if verschil.gewijzigd:
            cursor.execute(_WIJZIG_SCHOLEN, [[school.vestigingscode for school in verschil.gewijzigd]])
        if verschil.nieuw:
            cursor.execute(_NIEUWE_SCHOLEN)
        if gelezen.jaar is not None:
            _schrijf_tellingen(cursor, verschil, teldatum(gelezen.jaar))
        codes = list(verdwenen)
        if codes:
            cursor.execute(
                "update kernen_school set actief = false, versie = versie + 1 where vestigingscode = any(%s)", [codes]
            )


def _schrijf_tellingen(cursor: CursorWrapper, verschil: Verschil, day: date) -> None:
    if verschil.tellingen_gewijzigd:
        cursor.execute(_WIJZIG_TELLINGEN, [day])
    if verschil.tellingen_nieuw:
        cursor.execute(_NIEUWE_TELLINGEN, [day, day])
