"""Applications that were never handed in and that nobody works on: warning the school, and withdrawing them."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.verlaten import Stap, bewaren_tot, ingetrokken_op, laatste_mogelijke_wijziging, stap
from ondersteuning.models import Aanvraag
from ondersteuning.services.aanvraag import beeindig
from ondersteuning.services.berichten import bericht_bij_terugnemen, waarschuw_school
from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit


def verlaten(*, vandaag: date) -> list[int]:
    """The keys of the applications with which something is to be done on ``vandaag``."""
    rows = Aanvraag.objects.all().nooit_ingediend().filter(gewijzigd__date__lte=laatste_mogelijke_wijziging(vandaag))
    return [row.pk for row in rows.order_by("pk") if _stap(row, vandaag) is not None]


def ruim_verlaten_op(*, pk: int, vandaag: date) -> Stap | None:
    """Warn the school about one application, or withdraw it; ``None`` when neither is (or still is) needed.

    Warning changes nothing that counts as working on it.  A withdrawn one is destroyed by the night of two weeks later.
    """
    with transaction.atomic():
        found = Aanvraag.objects.all().nooit_ingediend().select_for_update(of=("self",)).filter(pk=pk).first()
        todo = _stap(found, vandaag) if found is not None else None
        if found is None or todo is None:
            return None
        (_waarschuw if todo is Stap.WAARSCHUW else _trek_in)(found, vandaag)
        return todo


def _stap(aanvraag: Aanvraag, vandaag: date) -> Stap | None:
    return stap(
        gewijzigd=timezone.localdate(aanvraag.gewijzigd),
        gewaarschuwd_op=aanvraag.verlaten_gewaarschuwd_op,
        vandaag=vandaag,
    )


def _waarschuw(aanvraag: Aanvraag, vandaag: date) -> None:
    # An update, not a save: being warned about is no change of the application.
    Aanvraag.objects.filter(pk=aanvraag.pk).update(verlaten_gewaarschuwd_op=vandaag)
    until = ingetrokken_op(timezone.localdate(aanvraag.gewijzigd), vandaag)
    waarschuw_school(aanvraag, ingetrokken_op=until, vandaag=vandaag)
    audit.record(
        actor=PORTAAL,
        soort="aanvraag.verlaten_gewaarschuwd",
        onderwerp=aanvraag,
        tekst="Heeft de school gewaarschuwd: aan deze aanvraag werkt niemand meer.",
    )


def _trek_in(aanvraag: Aanvraag, vandaag: date) -> None:
    bericht_bij_terugnemen(aanvraag, zin="De aanvraag is ingetrokken", actor=PORTAAL, vandaag=vandaag)
    step = procedure_van(aanvraag.route).step("trek_in")
    beeindig(aanvraag, step, bewaren=bewaren_tot(vandaag), actor=PORTAAL, vandaag=vandaag)
    audit.record(
        actor=PORTAAL,
        soort="aanvraag.verlaten_ingetrokken",
        onderwerp=aanvraag,
        tekst="Heeft de aanvraag ingetrokken: de school diende die niet in en wijzigde een jaar lang niets.",
    )
