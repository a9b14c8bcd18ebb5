"""Who gets the addresses of ``jobs``: staff sees every job, a document is for who its kind says."""

import uuid
from datetime import timedelta

from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.common.scoping import SWV_ROLLEN, Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.documents import store_document
from tests.architecture.matrix import EIGEN, IEDEREEN, OVERAL, Adres, Plek, Wereld


def bouw(plek: Plek, wereld: Wereld) -> None:
    """A dead job of a group at every place, and a report of the IB'er of the own school (nobody's at the others)."""
    mine = plek.naam == "eigen"
    user = wereld.personen[Rol.IBER] if mine else None
    plek.dingen["opdracht"] = Job.objects.create(
        soort="rapport",
        staat=Job.Staat.DOOD,
        groep=uuid.uuid4(),
        niet_voor=timezone.now() - timedelta(days=1),
        aanvrager=user,
        fout=plek.kanarie,
    )
    plek.dingen["rapport"] = store_document(
        soort="rapport",
        onderwerp=wereld.personen[Rol.IBER],
        naam="rapport.txt",
        inhoud=plek.kanarie.encode(),
        content_type="text/plain",
        actor=Actor(user_id=user.pk) if user else None,
    )


STAF = dict.fromkeys(SWV_ROLLEN, OVERAL)
STAF_EN_AANVRAGER = {**STAF, Rol.IBER: EIGEN}


def _job(plek: Plek) -> dict[str, int]:
    return {"pk": plek.dingen["opdracht"].pk}


ADRESSEN = {
    "jobs:opdrachten": Adres(STAF),
    "jobs:alle_opnieuw": Adres(STAF, methoden=("POST",), data=lambda plek: {"soort": "rapport"}),
    "jobs:opdracht": Adres(STAF_EN_AANVRAGER, args=_job, anders=404),
    "jobs:voortgang": Adres(STAF_EN_AANVRAGER, args=_job, anders=404),
    # The requester gets the page with the refusal: trying again is for staff.
    "jobs:stap": Adres(
        STAF_EN_AANVRAGER, args=_job, methoden=("POST",), data=lambda plek: {"stap": "opnieuw"}, anders=404
    ),
    "jobs:groep": Adres(STAF_EN_AANVRAGER, args=lambda plek: {"groep": plek.dingen["opdracht"].groep}, anders=404),
    "jobs:documenten": Adres(IEDEREEN),
    "jobs:vraag_rapport": Adres(methoden=("POST",), data=lambda plek: {"rapport": "bestaat.niet"}, anders=404),
    "jobs:document": Adres(
        {Rol.IBER: EIGEN}, args=lambda plek: {"sleutel": plek.dingen["rapport"].sleutel}, anders=404
    ),
}
