"""What the night does with overstappen: pupils whose day has come, cases nobody works on, and what may not be kept."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ondersteuning.domain.fase import TERUGPLAATSING
from ondersteuning.domain.geldigheid import BEWAARJAREN
from ondersteuning.domain.overstap import AFGESLOTEN, DEFINITIEF, LOPEND, Overstapsoort
from ondersteuning.domain.verlaten import Stap, ingetrokken_op, laatste_mogelijke_wijziging, stap
from ondersteuning.models import Overstap
from ondersteuning.queries.overstap import WORKFLOWS, geval_van
from ondersteuning.services.overstap import beeindig
from ondersteuning.services.overstap_berichten import bericht_over_stap
from ondersteuning.services.overstap_dag import rond_af_als_het_zover_is, verplaats_als_het_zover_is
from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum

REGEL = f"{BEWAARJAREN} jaar na het einde van de overstap of van het budget"
#: Nights that were missed are made up for this long.
INHALEN_DAGEN = 31


def gevallen_voor_de_nacht(*, vandaag: date) -> list[int]:
    """The keys of the cases with which something has to be done."""
    not_there = ~Q(leerling__school_id=F("naar_school_id"))
    not_done = Q(soort=str(Overstapsoort.TERUGPLAATSING), leerling__fase=TERUGPLAATSING)
    came = Q(staat=DEFINITIEF, overstap_op__lte=vandaag, overstap_op__gte=vandaag - timedelta(days=INHALEN_DAGEN))
    rows = Overstap.objects.filter(came & (not_there | not_done) | Q(bewaren_tot__lt=vandaag))
    quiet = Overstap.objects.all().lopend().filter(gewijzigd__date__lte=laatste_mogelijke_wijziging(vandaag))
    left = {row.pk for row in quiet if _stap(row, vandaag) is not None}
    return sorted(left | set(rows.values_list("pk", flat=True)))


def doe_de_nacht(*, pk: int, vandaag: date) -> bool:
    """Destroy, warn about, withdraw or carry out one case; ``False`` when nothing had to be done."""
    with transaction.atomic():
        row = Overstap.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            return False
        if row.staat in AFGESLOTEN and row.bewaren_tot is not None and row.bewaren_tot < vandaag:
            return _vernietig(row)
        if row.staat in LOPEND:
            todo = _stap(row, vandaag)
            if todo is not None:
                (_waarschuw if todo is Stap.WAARSCHUW else _trek_in)(row, vandaag)
            return todo is not None
        moved = verplaats_als_het_zover_is(row, actor=PORTAAL, vandaag=vandaag)
        return rond_af_als_het_zover_is(row, actor=PORTAAL, vandaag=vandaag) or moved


def _stap(overstap: Overstap, vandaag: date) -> Stap | None:
    return stap(
        gewijzigd=timezone.localdate(overstap.gewijzigd),
        gewaarschuwd_op=overstap.verlaten_gewaarschuwd_op,
        vandaag=vandaag,
    )


def _vernietig(overstap: Overstap) -> bool:
    """The case with its timeline.  A place stays: it holds no name and belongs to the accounts."""
    case = geval_van(overstap)
    key, label = case.pk, case._meta.label_lower
    rows = case.delete()[0]
    audit.destroy_for(label, [key], regel=REGEL, rijen=rows, soort="overstap van een leerling")
    return True


def _waarschuw(overstap: Overstap, vandaag: date) -> None:
    """Nobody changed it for eleven months: both schools hear when the portal withdraws it."""
    # An update, not a save: being warned about is no change of the case.
    Overstap.objects.filter(pk=overstap.pk).update(verlaten_gewaarschuwd_op=vandaag)
    until = lange_datum(ingetrokken_op(timezone.localdate(overstap.gewijzigd), vandaag))
    bericht_over_stap(
        overstap,
        "waarschuw",
        naar_id=overstap.gevraagde_school_id,
        actor=PORTAAL,
        vandaag=vandaag,
        toelichting=f"Hieraan is bijna een jaar niets gewijzigd. Doet niemand iets? Dan trekt het portaal dit in op "
        f"{until}.",
    )
    case = geval_van(overstap)
    audit.record(
        actor=PORTAAL,
        soort=f"{case.soort}.verlaten_gewaarschuwd",
        onderwerp=case,
        tekst="Heeft de scholen gewaarschuwd: hieraan werkt niemand meer.",
    )


def _trek_in(overstap: Overstap, vandaag: date) -> None:
    """Nobody changed it for a year: the portal withdraws it and tells both schools."""
    case, asked = geval_van(overstap), overstap.gevraagde_school_id
    beeindig(case, WORKFLOWS[case.soort].step("trek_in"), actor=PORTAAL, vandaag=vandaag)
    audit.record(
        actor=PORTAAL,
        soort=f"{case.soort}.verlaten",
        onderwerp=case,
        tekst="Heeft het ingetrokken: een jaar lang werkte niemand eraan.",
    )
    bericht_over_stap(case, "verlaten", naar_id=asked, actor=PORTAAL, vandaag=vandaag)
