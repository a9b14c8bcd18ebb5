"""Every address × method × role × place, from the URL configuration: who gets it, and what nobody else may read in it.

The tables are in ``matrix_<app>.py``.  An address that stands in none of them fails here.
"""

from typing import Any

import pytest
from django.test import Client

from swv_portal.common.scoping import Rol
from tests.architecture.adressen import ADRESSEN, addresses, closed_addresses
from tests.architecture.matrix import Wereld, verwacht
from tests.architecture.verzoek import GEEN_JA, Verzoek, check_canaries, client_of, to_login

pytestmark = pytest.mark.django_db


def test_every_address_stands_in_a_table() -> None:
    names = {name for name, route in addresses()}
    nameless = [route for name, route in addresses() if not name or name.endswith(":")]
    assert not nameless, nameless
    tables = {key.partition("#")[0] for key in ADRESSEN}
    assert names - tables == set(), "these addresses stand in no tests/architecture/matrix_<app>.py"
    assert tables - names == set(), "the tables name addresses that do not exist"


@pytest.mark.parametrize("name", closed_addresses())
def test_roles(name: str, wereld: Wereld) -> None:
    """Who gets it at which place; a place outside one's reach is byte for byte the page of what does not exist."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    not_found = Client().get("/bestaat-niet/").content
    wrong = []
    for rol in Rol:
        client = client_of(wereld, rol)
        for method in verzoek.adres.methoden:
            headers: dict[int, Any] = {}
            for plek in verzoek.places(rol):
                where = f"{method} {name} as {rol} at {plek}"
                expected = verwacht(verzoek.adres, rol, plek, heeft_object=verzoek.heeft_object)
                response = verzoek.ask(client, method, plek)
                status = response.status_code
                if expected == 200 and (status in GEEN_JA or status >= 500 or to_login(response)):
                    wrong.append(f"{where}: {status} instead of a yes")
                elif expected != 200 and status != expected:
                    wrong.append(f"{where}: {status} instead of {expected}")
                if status == 404 and response.content != not_found:
                    wrong.append(f"{where}: this 404 differs from that of what does not exist")
                if status == 404 and headers.setdefault(404, response.items()) != response.items():
                    wrong.append(f"{where}: this 404 has other headers")
                wrong += check_canaries(verzoek, rol, response, where)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [name for name in closed_addresses() if ADRESSEN[name].args is not None])
def test_mixed_arguments(name: str, wereld: Wereld) -> None:
    """One's own dossier in the address with a part of somebody else's is not found, for anybody."""
    verzoek = Verzoek(name, ADRESSEN[name], wereld)
    own, far = verzoek.args("eigen"), verzoek.args("ander_bestuur")
    different = [key for key in own if own[key] != far[key]]
    for key in different if len(different) > 1 else []:
        for rol in verzoek.adres.rollen:
            for method in verzoek.adres.methoden:
                response = verzoek.ask(client_of(wereld, rol), method, "eigen", {**own, key: far[key]})
                assert response.status_code == 404, (
                    f"{method} {name} as {rol} with another's {key}: {response.status_code}"
                )
