"""Reading in on screen, in two steps: offer a file and look it over, then confirm it."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from evaluatie.services.antwoorden import Inleesverslag, Inleesverzoek, controleer, lees_in
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import SWV_KERNEN
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services import aanbod as aanbieden
from swv_portal.jobs.services.uploads import accept_table

ANTWOORDEN = Aanbodsoort("evaluatie.antwoorden", SWV_KERNEN)


def bied_aan(*, actor: Actor, bestand: Any, verzoek: Inleesverzoek, vandaag: date) -> Aanbod | Fouten | Refusal:
    """Check a file and keep it until it is confirmed.  Nothing is kept of a file that is refused."""
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    checked = controleer(actor=actor, bron=upload.inhoud, verzoek=verzoek)
    if not isinstance(checked, Inleesverslag):
        return checked
    return aanbieden.bied_aan(
        soort=ANTWOORDEN,
        actor=actor,
        bestanden={aanbieden.BESTAND: upload},
        vandaag=vandaag,
        gegevens=asdict(verzoek),
    )


def verzoek_van(aanbod: Aanbod) -> Inleesverzoek:
    return Inleesverzoek(**aanbod.gegevens)


def voorbeeld(*, actor: Actor, aanbod: Aanbod) -> Inleesverslag | Fouten | Refusal:
    """What an offered file would do, as things are now."""
    return controleer(actor=actor, bron=aanbieden.inhoud(aanbod), verzoek=verzoek_van(aanbod))


def bevestig(*, actor: Actor, sleutel: UUID, vandaag: date) -> Inleesverslag | Fouten | Refusal:
    """Read the offered file in, once.  Same refusals as ``lees_in``."""

    def read(aanbod: Aanbod) -> Inleesverslag | Fouten | Refusal:
        return lees_in(actor=actor, bron=aanbieden.inhoud(aanbod), verzoek=verzoek_van(aanbod), vandaag=vandaag)

    return aanbieden.bevestig(soort=ANTWOORDEN, actor=actor, sleutel=sleutel, voer_uit=read)
