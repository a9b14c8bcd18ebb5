"""Agreements and consulenten for tests.  Every name is invented."""

from datetime import date, timedelta
from typing import Any

import factory

from kernen.models import School
from ondersteuning import models
from ondersteuning.domain import overeenkomst as procedure
from ondersteuning.domain.overeenkomst import Soort
from swv_portal.common.dates import Schooljaar
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SboFactory

VANDAAG = date(2025, 10, 6)


class OvereenkomstFactory(factory.django.DjangoModelFactory):
    """A completely filled symbiose that nobody was asked to sign; see ``overeenkomst`` for other kinds and states."""

    class Meta:
        model = models.Overeenkomst

    kenmerk = factory.Sequence(lambda n: f"SYM-2526-{n + 1:04d}")
    soort = Soort.SYMBIOSE.value
    school = factory.SubFactory(SchoolFactory)
    andere_school = factory.SubFactory(SboFactory)
    leerling = factory.LazyAttribute(lambda o: LeerlingFactory(school=o.school))
    groep = "6"
    begin = date(2025, 9, 1)
    einde = date(2026, 7, 31)
    doelen = "Wennen aan een grotere groep."
    programma = "Dinsdag en donderdag rekenen en gym."
    bekostiging = "Ieder betaalt de eigen uren."
    in_opp = True
    toestemming_op = date(2025, 8, 25)
    sinds = VANDAAG


def overeenkomst(staat: str, soort: str = Soort.SYMBIOSE, *, vandaag: date = VANDAAG, **fields: Any) -> Any:
    """A complete agreement of this kind in ``staat``, in the school year of ``vandaag``, with what belongs to it."""
    year = Schooljaar.van(vandaag)
    kind = Soort(soort).value
    values: dict[str, Any] = {"soort": kind, "begin": year.eerste_dag, "einde": year.laatste_dag, "sinds": vandaag}
    if kind == Soort.DWS:
        values |= {"andere_school": None, "programma": "", "bekostiging": "", "in_opp": False}
    values |= {"toestemming_op": vandaag} | fields
    if staat in procedure.MET_BEWAARDAG:
        values.setdefault("bewaren_tot", procedure.bewaardag(kind, values["einde"]))
    row = OvereenkomstFactory(staat=staat, **values)
    if staat in {procedure.CONCEPT, procedure.INGETROKKEN}:
        return row
    row.gevraagde_school = row.andere_school
    if staat != procedure.BIJ_SCHOLEN:
        row.getekend_school_op = vandaag
        row.getekend_andere_op = vandaag if row.andere_school else None
    if staat in {procedure.LOPEND, procedure.GESTOPT} and kind == Soort.DWS:
        row.plaatsing = models.Plaatsing.objects.create(
            verwijzing=row.kenmerk,
            school_verwijzend=row.school,
            soort="dws",
            kostendrager="school",
            begin=row.begin,
            einde=row.einde,
        )
    if staat == procedure.GESTOPT:
        row.gestopt_per = vandaag - timedelta(days=1)
    row.save()
    return row


def jaarafspraken(school: School, jaar: Schooljaar, *teksten: str) -> models.Jaarafspraken:
    """The agreements of a school for a year; one when no texts are given."""
    row = models.Jaarafspraken.objects.create(school=school, schooljaar=jaar.begin)
    for number, text in enumerate(teksten or ("De consulent kijkt mee in groep 5.",), start=1):
        models.Jaarafspraak.objects.create(
            afspraken=row, volgnummer=number, tekst=text, doel="Rust in de groep.", uiterlijk=None
        )
    return row


class BezoekFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Consulentbezoek

    school = factory.SubFactory(SchoolFactory)
    datum = VANDAAG
    soort = "school"
    onderwerpen = "De ondersteuning in de bovenbouw."
    vervolg = "De IB'er kiest een training."
