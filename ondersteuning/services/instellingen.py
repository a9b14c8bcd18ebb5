"""What this SWV wants otherwise about TLV's, agreements, the capaciteitenlijst and calling parents."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from ondersteuning.domain.besluit import controleer_terugneemminuten
from ondersteuning.domain.geldigheid import controleer_patroon
from ondersteuning.domain.instellers import INSTELLERS
from ondersteuning.models import Tlvinstellingen
from ondersteuning.models.instellingen import ENIGE
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

#: Terms of the procedure of a TLV.  Of these and the next two: what is not given stays as it is.
TERMIJNEN = ("terugneemminuten", "herinner_na_dagen", "radar_weken")
#: Numbers about agreements, the capaciteitenlijst and calling parents.
VOORZIENINGEN = ("bel_weken", "capaciteit_maanden", "observatie_maanden", "symbiose_schooljaren", "dws_vanaf_groep")
#: What route D needs to know.
ROUTE_D = ("weken_na_start", "expertteam_naam", "expertteam_email")


def bewaar_instellingen(
    *,
    actor: Actor,
    versie: int | None,
    nummerpatroon: str,
    gelijkgesteld: Sequence[date],
    termijnen: Mapping[str, int] | None = None,
    voorzieningen: Mapping[str, int] | None = None,
    route_d: Mapping[str, str | int] | None = None,
) -> Tlvinstellingen | Refusal:
    """Store the settings: the pattern of TLV numbers and the days that are equal to a holiday, and what is given of

    - ``termijnen``: for how long a decision can be taken back, after how many days the same person can be reminded
      again, and in how many weeks schools answer about a TLV that ends;
    - ``voorzieningen``: in how many weeks parents are called, after how many months the capaciteitenlijst of a school
      is out of date, how long an observatieplaats and a symbiose last, and from which group the DWS is;
    - ``route_d``: for how long after the first school day form D can be done, and who the team of experts is.

    What is not given stays as it is.  Refuses: ``rol``, ``verouderd``, ``nummerpatroon`` (numbers could be the same),
    ``terugneemminuten``.
    """
    if not actor.bereik.heeft(*INSTELLERS):
        return Refusal("rol", "Alleen de directeur-bestuurder en de beheerder wijzigen dit.")
    given = {**(termijnen or {}), **(voorzieningen or {}), **(route_d or {})}
    refusal = controleer_patroon(nummerpatroon)
    if refusal is None and termijnen and "terugneemminuten" in termijnen:
        refusal = controleer_terugneemminuten(termijnen["terugneemminuten"])
    if refusal is not None:
        return refusal
    with transaction.atomic():
        Tlvinstellingen.objects.bulk_create([Tlvinstellingen(id=ENIGE)], ignore_conflicts=True)
        row = Tlvinstellingen.objects.select_for_update().get(pk=ENIGE)
        refusal = check_version(row, versie)
        if refusal is not None:
            return refusal
        row.nummerpatroon, row.gelijkgesteld = nummerpatroon, sorted(set(gelijkgesteld))
        for name in (*TERMIJNEN, *VOORZIENINGEN, *ROUTE_D):
            setattr(row, name, given.get(name, getattr(row, name)))
        row.versie += 1
        row.save()
        audit.record(
            actor=actor,
            soort="tlvinstellingen.gewijzigd",
            onderwerp=row,
            tekst="Heeft de instellingen van ondersteuning gewijzigd.",
        )
        return row
