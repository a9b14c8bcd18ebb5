"""Who may give which role, and which place belongs to it: the whole table."""

from datetime import date

import pytest

from kernen.domain.rollen import Rolverzoek, beoordeel_verzoek
from swv_portal.common.scoping import PLAATS, SWV_ROLLEN, Rol

DAG = date(2025, 8, 1)
GEVERS = {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER}
SWV_GEVERS = {Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER}


def verzoek(rol, **places):
    ids = {"school_id": None, "kern_id": None, "bestuur_id": None} | places
    return Rolverzoek(rol, van=DAG, tot=None, **ids)


def passend(rol):
    return verzoek(rol, **({} if PLAATS[rol] == "swv" else {f"{PLAATS[rol]}_id": 1}))


@pytest.mark.parametrize("gever", list(Rol))
@pytest.mark.parametrize("rol", list(Rol))
def test_who_may_give_what(rol, gever):
    refusal = beoordeel_verzoek(passend(rol), frozenset({gever}))
    allowed = gever in (SWV_GEVERS if rol in SWV_ROLLEN else GEVERS)
    assert (refusal is None) == allowed
    if refusal:
        assert refusal.code == "rol"


@pytest.mark.parametrize("plaats", ["geen", "school", "kern", "bestuur", "twee"])
@pytest.mark.parametrize("rol", list(Rol))
def test_exactly_the_place_of_the_role(rol, plaats):
    places = {"geen": {}, "twee": {"school_id": 1, "kern_id": 1}}.get(plaats, {f"{plaats}_id": 1})
    refusal = beoordeel_verzoek(verzoek(rol, **places), frozenset({Rol.BEHEERDER}))
    fits = plaats == ("geen" if PLAATS[rol] == "swv" else PLAATS[rol])
    assert (refusal is None) == fits
    if refusal:
        assert refusal.code == "plaats"


def test_a_role_ends_after_it_begins():
    wrong = Rolverzoek(Rol.CONTROLLER, None, None, None, DAG, DAG)
    refusal = beoordeel_verzoek(wrong, frozenset({Rol.BEHEERDER}))
    assert refusal is not None
    assert (refusal.code, refusal.veld) == ("periode", "tot")
