"""Tariffs and a begroting on screen, in two steps: offer the files and look them over, then confirm them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from financien.importers.begroting import Begrotingsbestand, Totalenbestand, lees_begroting, lees_totalen
from financien.importers.tarieven import Tariefrij, lees_tarieven
from financien.models import Begroting
from financien.services.begroting import bewaar_begroting
from financien.services.tarieven import Ingelezen, bewaar_tarieven
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services import aanbod as aanbieden
from swv_portal.jobs.services.uploads import Upload, accept_table

TARIEVENAANBOD = Aanbodsoort("financien.tarieven", SWV_GELD)
BEGROTINGSAANBOD = Aanbodsoort("financien.begroting", SWV_GELD)
#: A table of tariffs or of a begroting is small.
GROOTSTE = 200_000

# ---- tariffs ---------------------------------------------------------------------------------------------------------


def bied_tarieven_aan(
    *, actor: Actor, bestand: Any, jaar: int, bron: str, vastgesteld: date | None, vandaag: date
) -> Aanbod | Fouten | Refusal:
    """Check a file with the tariffs of ``jaar`` and keep it until it is confirmed."""
    upload = accept_table(bestand, max_bytes=GROOTSTE)
    if isinstance(upload, Refusal):
        return upload
    rows = lees_tarieven(upload.inhoud)
    if isinstance(rows, Fouten):
        return rows
    return aanbieden.bied_aan(
        soort=TARIEVENAANBOD,
        actor=actor,
        bestanden={aanbieden.BESTAND: upload},
        vandaag=vandaag,
        gegevens={"jaar": jaar, "bron": bron, "vastgesteld": vastgesteld.isoformat() if vastgesteld else None},
    )


def tarieven_in(aanbod: Aanbod) -> list[Tariefrij] | Fouten:
    return lees_tarieven(aanbieden.inhoud(aanbod))


def bevestig_tarieven(*, actor: Actor, sleutel: UUID) -> Ingelezen | Fouten | Refusal:
    """Store the tariffs that were offered, once.  Refusals as of ``bewaar_tarieven``."""

    def read(aanbod: Aanbod) -> Ingelezen | Fouten | Refusal:
        rows, day = tarieven_in(aanbod), aanbod.gegevens["vastgesteld"]
        if isinstance(rows, Fouten):
            return rows
        return bewaar_tarieven(
            actor=actor,
            jaar=aanbod.gegevens["jaar"],
            rijen=rows,
            bron=aanbod.gegevens["bron"],
            vastgesteld=date.fromisoformat(day) if day else None,
        )

    return aanbieden.bevestig(soort=TARIEVENAANBOD, actor=actor, sleutel=sleutel, voer_uit=read)


# ---- begroting -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Begrotingsbestanden:
    """The posts, and the totals as they were published when those were sent along."""

    posten: Begrotingsbestand
    totalen: Totalenbestand | None


def bied_begroting_aan(
    *, actor: Actor, bestanden: Mapping[str, Any], naam: str, bron: str, vandaag: date
) -> Aanbod | dict[str, Fouten | Refusal]:
    """Check ``bestanden`` (``posten``, and ``totalen`` if wanted) and keep them; or what is wrong, by file."""
    uploads = {name: accept_table(file, max_bytes=GROOTSTE, veld=name) for name, file in bestanden.items()}
    good = {name: upload for name, upload in uploads.items() if isinstance(upload, Upload)}
    wrong: dict[str, Fouten | Refusal] = {
        name: upload for name, upload in uploads.items() if isinstance(upload, Refusal)
    }
    for name, upload in good.items():
        read = lees_begroting(upload.inhoud) if name == "posten" else lees_totalen(upload.inhoud)
        if isinstance(read, Fouten):
            wrong[name] = read
    if wrong:
        return wrong
    details = {"naam": naam, "bron": bron, "totalen": "totalen" in good}
    kept = aanbieden.bied_aan(soort=BEGROTINGSAANBOD, actor=actor, bestanden=good, vandaag=vandaag, gegevens=details)
    return {"posten": kept} if isinstance(kept, Refusal) else kept


def begroting_in(aanbod: Aanbod) -> Begrotingsbestanden | Fouten:
    posts = lees_begroting(aanbieden.inhoud(aanbod, "posten"))
    totals = lees_totalen(aanbieden.inhoud(aanbod, "totalen")) if aanbod.gegevens["totalen"] else None
    if isinstance(posts, Fouten):
        return posts
    return totals if isinstance(totals, Fouten) else Begrotingsbestanden(posts, totals)


def bevestig_begroting(*, actor: Actor, sleutel: UUID) -> Begroting | Fouten | Refusal:
    """Store the begroting that was offered, once.  Refusals as of ``bewaar_begroting``."""

    def read(aanbod: Aanbod) -> Begroting | Fouten | Refusal:
        files = begroting_in(aanbod)
        if isinstance(files, Fouten):
            return files
        return bewaar_begroting(
            actor=actor,
            bestand=files.posten,
            totalen=files.totalen,
            naam=aanbod.gegevens["naam"],
            bron=aanbod.gegevens["bron"],
        )

    return aanbieden.bevestig(soort=BEGROTINGSAANBOD, actor=actor, sleutel=sleutel, voer_uit=read)
