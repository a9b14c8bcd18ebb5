"""The sociale kaart as everybody reads it, and the proposals that wait for the SWV."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.db.models.functions import Left, Lower, Upper
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.sociale_kaart import CATEGORIEEN, GETOOND, STATEN, VERBORGEN, VOORSTEL
from ondersteuning.models import Aanbieder
from swv_portal.common.dates import datum
from swv_portal.common.paging import Blad, Gevonden, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Gegeven, Status, Toon
from swv_portal.common.tasks import Taak, Treffer

TONEN: dict[str, Toon] = {VOORSTEL: "bezig", GETOOND: "goed", VERBORGEN: "neutraal"}
KOLOMMEN = ("Naam", "Aanbod", "Plaats", "Bijgewerkt")
#: Home asks for the number of proposals at every visit; a service that changes it forgets what was counted.
AANTAL, AANTAL_BEWAREN = "ondersteuning.sociale_kaart.voorstellen", 60
BEHEERKOLOMMEN = ("Naam", "Aanbod", "Plaats", "Status", "Bijgewerkt")


@dataclass(frozen=True)
class Kaartfilter:
    """What somebody looks for: a word, a category, the first letter of the name, and (lists of the SWV) a state."""

    q: str = ""
    categorie: str = ""
    staat: str = ""
    letter: str = ""


def categorienamen(codes: list[str]) -> str:
    """The categories in words, in the order of the house."""
    return ", ".join(naam for code, naam in CATEGORIEEN.items() if code in codes)


def status_van(aanbieder: Aanbieder) -> Status:
    return Status(STATEN[aanbieder.staat], TONEN[aanbieder.staat])


def kaart(filters: Kaartfilter) -> "QuerySet[Aanbieder]":
    """What is shown to everybody, by name: that is how people look for a provider."""
    rows = Aanbieder.objects.getoond().gezocht(filters.q, filters.categorie)
    return (rows.filter(naam__istartswith=filters.letter) if filters.letter else rows).order_by(Lower("naam"), "pk")


def letters(filters: Kaartfilter) -> list[str]:
    """With which letters the names begin that are shown for these filters.  One query."""
    rows = kaart(replace(filters, letter="")).order_by().annotate(eerste=Upper(Left("naam", 1)))
    return sorted(set(rows.values_list("eerste", flat=True).distinct()))


def rijen(aanbieders: Iterable[Aanbieder], *, met_status: bool) -> list[list[Cel | Status | str]]:
    """Rows of a table of providers; no queries of its own."""
    base = reverse("sociale_kaart:aanbieder", args=[0]).removesuffix("0/")
    return [
        [
            Cel(row.naam, f"{base}{row.pk}/"),
            categorienamen(row.categorieen),
            row.plaats,
            *([status_van(row)] if met_status else []),
            datum(timezone.localdate(row.gewijzigd_op)),
        ]
        for row in aanbieders
    ]


def eigen_voorstellen(bereik: Bereik) -> "QuerySet[Aanbieder]":
    """What this person proposed, newest first, whatever became of it."""
    rows = Aanbieder.objects.visible_to(bereik)
    return rows.filter(voorgesteld_door_id=bereik.user_id).order_by("-pk") if bereik.user_id else rows.none()


def zoek_aanbieders(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Providers on the map with this text in name, description or place.  One query."""
    if not bereik.rollen:
        return []
    rows = Aanbieder.objects.getoond().gezocht(q, "").order_by(Lower("naam"), "pk")
    return [
        Treffer(naam, f"sociale kaart, {plaats}", reverse("sociale_kaart:aanbieder", args=[pk]))
        for pk, naam, plaats in rows.values_list("pk", "naam", "plaats")[:hoeveel]
    ]


def beheerlijst(bereik: Bereik, filters: Kaartfilter, plek: Plek) -> Blad:
    """A page of everything within reach, newest first, each with its state.  Two queries."""
    rows = Aanbieder.objects.visible_to(bereik).gezocht(filters.q, filters.categorie)
    if filters.staat:
        rows = rows.filter(staat=filters.staat)
    base = reverse("sociale_kaart:aanbieder", args=[0]).removesuffix("0/")

    def haal(found: "QuerySet[Aanbieder]") -> list[Gevonden]:
        values = found.values_list("pk", "naam", "categorieen", "plaats", "staat", "gewijzigd_op")
        return [
            (
                pk,
                [
                    Cel(naam, f"{base}{pk}/"),
                    categorienamen(codes),
                    plaats,
                    Status(STATEN[staat], TONEN[staat]),
                    datum(timezone.localdate(changed)),
                ],
            )
            for pk, naam, codes, plaats, staat, changed in values
        ]

    return blader(rows, plek, haal)


def laatst_gewijzigd() -> datetime | None:
    """When something that everybody sees was last changed.  One query."""
    found: datetime | None = Aanbieder.objects.getoond().aggregate(laatst=Max("gewijzigd_op"))["laatst"]
    return found


def gegevens(aanbieder: Aanbieder) -> list[Gegeven]:
    """The facts that stand in a summary; website, telephone and e-mail are links and stand in the template."""
    return [
        Gegeven("Aanbod", categorienamen(aanbieder.categorieen)),
        Gegeven("Plaats", aanbieder.plaats),
        Gegeven("Bijgewerkt", datum(timezone.localdate(aanbieder.gewijzigd_op))),
    ]


def taken_sociale_kaart(bereik: Bereik) -> list[Taak]:
    """One task for the SWV when proposals wait.  At most one query a minute, for who keeps the map."""
    if not bereik.heeft(*SWV_DOSSIER):
        return []
    waiting = cache.get(AANTAL)
    if waiting is None:
        waiting = Aanbieder.objects.visible_to(bereik).filter(staat=VOORSTEL).count()
        cache.set(AANTAL, waiting, AANTAL_BEWAREN)
    if not waiting:
        return []
    what = "1 voorstel" if waiting == 1 else f"{waiting} voorstellen"
    url = f"{reverse('sociale_kaart:beheer')}?staat={VOORSTEL}"
    return [Taak(f"Bekijk {what} voor de sociale kaart", url, soort="Sociale kaart")]


def vergeet_aantal() -> None:
    """The number of proposals changed: count anew."""
    cache.delete(AANTAL)
