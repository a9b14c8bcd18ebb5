"""Giving out numbers, one at a time: the row of the counter is locked until the transaction ends."""

from datetime import date

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.geldigheid import tlv_nummer
from ondersteuning.models import Aanvraag, Plaatsing, Teller, Tlvnummer
from ondersteuning.queries.stand import instellingen
from swv_portal.common.dates import Schooljaar


def _volgende(soort: str, schooljaar: Schooljaar) -> int:
    """The next number of this kind in this school year.  Two at once wait for each other; a rollback leaves no gap."""
    Teller.objects.bulk_create([Teller(soort=soort, schooljaar=schooljaar.begin)], ignore_conflicts=True)
    counter = Teller.objects.select_for_update().get(soort=soort, schooljaar=schooljaar.begin)
    counter.laatste += 1
    counter.save(update_fields=["laatste"])
    return counter.laatste


def nieuw_kenmerk(route: str, vandaag: date) -> str:
    """The reference of a new application: ``A-2425-0001``.  Inside a transaction."""
    year = Schooljaar.van(vandaag)
    return f"{route}-{year.kort}-{_volgende('aanvraag', year):04d}"


def geef_tlvnummer(*, vandaag: date) -> Tlvnummer:
    """Give out the next TLV number of the school year of ``vandaag``, after the pattern of this SWV.

    Inside the transaction of the decision.  A number is never used twice: one that exists already, from before the
    pattern was changed or as the reference of an imported place, is passed over.  Apart from those there are no gaps.
    """
    year = Schooljaar.van(vandaag)
    registration = Samenwerkingsverband.objects.values_list("registratienummer", flat=True).first() or ""
    pattern = instellingen().nummerpatroon
    while True:
        serial = _volgende("tlv", year)
        number = tlv_nummer(pattern, registratie=registration, schooljaar=year, volgnummer=serial)
        if not _in_gebruik(number):
            return Tlvnummer.objects.create(
                schooljaar=year.begin, volgnummer=serial, nummer=number, uitgegeven_op=vandaag
            )


def geef_nummer_op(aanvraag: Aanvraag, *, omdat: str, vandaag: date) -> None:
    """The number of a decision that was taken back is not needed any more: it stands in no letter, and never will.

    It is not given to another application; why it was not used is kept.  The caller saves the application.
    """
    number = aanvraag.tlvnummer
    if number is not None:
        number.niet_gebruikt_op, number.niet_gebruikt_omdat = vandaag, omdat
        number.save(update_fields=["niet_gebruikt_op", "niet_gebruikt_omdat"])
        aanvraag.tlvnummer = None


def _in_gebruik(number: str) -> bool:
    taken = Tlvnummer.objects.filter(nummer=number).exists()
    return taken or Plaatsing.objects.filter(verwijzing=number).exists()


def nieuw_overeenkomstkenmerk(voorvoegsel: str, vandaag: date) -> str:
    """The reference of a new agreement: ``SYM-2425-0001``.  It becomes that of a place: one in use is passed over."""
    while True:
        number = nieuw_kenmerk(voorvoegsel, vandaag)
        if not _in_gebruik(number):
            return number
