"""What the general search finds in ondersteuning: pupils by name, applications by number or name."""

from ondersteuning.queries.aanwezigheid import zoek_aanwezigheid
from ondersteuning.queries.leerlinglijst import zoek_leerlingen
from ondersteuning.queries.lijst import zoek as zoek_aanvragen
from ondersteuning.queries.overeenkomsten import zoek_overeenkomsten
from ondersteuning.queries.overstap_lijst import zoek_overstap
from ondersteuning.queries.sociale_kaart import zoek_aanbieders
from swv_portal.common.scoping import Bereik
from swv_portal.common.tasks import Treffer


def zoek(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """At most ``hoeveel`` of every kind, pupils first."""
    if len(q.strip()) < 2:
        return []
    return [
        *zoek_leerlingen(bereik, q, hoeveel),
        *zoek_aanvragen(bereik, q, hoeveel),
        *zoek_overstap(bereik, q, hoeveel),
        *zoek_aanwezigheid(bereik, q, hoeveel),
        *zoek_overeenkomsten(bereik, q, hoeveel),
        *zoek_aanbieders(bereik, q, hoeveel),
    ]
