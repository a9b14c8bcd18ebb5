"""The dossiers behind the example applications: phase, school, custody, documents; and three signals without one.

Runs after the applications are written.  Every name is invented.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.fase import SIGNALERING, Aanvraagfeit, fase_bij
from ondersteuning.models import (
    Aanvraag,
    Faseovergang,
    Gezagsdrager,
    Leerling,
    Leerlingdocument,
    NietDezelfde,
    Schoolperiode,
)
from ondersteuning.services.leerlingdocumenten import LEERLINGDOCUMENT
from ondersteuning.services.toekenning_dag import verplaats_na_toekenning
from ondersteuning.services.zoeksleutels import zet_sleutels
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.documents import store_document
from swv_portal.local.roles import demo_adres
from swv_portal.local.voorbeeld.context import Context

#: Name and birth date of the signals, with the place of their school in the list of regular ones.
SIGNALEN = (
    ("Noor", "Zandloper", date(2017, 9, 3), 0),
    ("Bram", "Strandplevier", date(2018, 2, 14), 0),
    ("Yara", "Scholekster", date(2016, 11, 30), 3),
)
#: The same child at two schools: the SWV gets a task.  And two children who happen to share a name: compared already.
DUBBEL, NIET_DEZELFDE = 1, 2
#: A page without text.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
BESTANDEN = (("opp", "opp"), ("verslag", "verslag"), ("kindformulier", "formulier-van-het-kind"))


def laad_leerlingen(ctx: Context) -> None:
    """Complete the pupils of the applications, and make the signals."""
    rows = Aanvraag.objects.filter(leerling__schoolperioden=None).select_related("leerling")
    _uit_aanvragen(rows.prefetch_related("partijen").order_by("pk"))
    for row in Aanvraag.objects.filter(staat=procedure.TOEGEKEND, geldig_van__lte=ctx.vandaag).order_by("pk"):
        verplaats_na_toekenning(row, vandaag=ctx.vandaag)
    for first, last, born, place in SIGNALEN:
        _signaal(ctx, ctx.delen["regulier"][place], first, last, born)
    for index in (DUBBEL, NIET_DEZELFDE):
        first, last, born, _ = SIGNALEN[index]
        double = _signaal(ctx, ctx.delen["regulier"][5 + index], first, last, born)
        if index == NIET_DEZELFDE:
            other = Leerling.objects.filter(dubbelsleutel=double.dubbelsleutel).exclude(pk=double.pk).get()
            NietDezelfde.objects.create(leerling=other, ander=double, gezien_op=ctx.vandaag)
    _documenten(ctx)


def _uit_aanvragen(rijen: Iterable[Aanvraag]) -> None:
    """What the form of the newest application of a pupil tells about the dossier."""
    consulent = User.objects.filter(email=demo_adres(Rol.SWV_MEDEWERKER)).first()
    pupils: dict[int, Leerling] = {}
    custody, periods, changes = [], [], []
    for row in {row.leerling_id: row for row in rijen}.values():
        pupil = pupils[row.leerling_id] = row.leerling
        pupil.groep, pupil.woon_pc4, pupil.een_gezag_reden = row.groep, row.woon_pc4, row.een_ouder_reden
        pupil.fase = fase_bij([Aanvraagfeit(row.staat)], vandaag=row.sinds)
        pupil.fase_sinds = pupil.gewijzigd_op = row.sinds
        pupil.consulent = consulent if row.staat not in procedure.NOOIT_INGEDIEND else None
        begun = row.sinds - timedelta(days=60)
        periods.append(Schoolperiode(leerling=pupil, school_id=pupil.school_id, van=begun))
        changes.append(Faseovergang(leerling=pupil, fase=SIGNALERING, op=begun))
        if pupil.fase != SIGNALERING:
            reason = f"Aanvraag {row.kenmerk}: {procedure.STATEN[row.staat].lower()}."
            changes.append(Faseovergang(leerling=pupil, fase=pupil.fase, op=row.sinds, reden=reason, aanvraag=row))
        custody += [
            Gezagsdrager(
                leerling=pupil,
                volgnummer=party.volgnummer,
                naam=party.naam,
                email=party.email,
                telefoon=party.telefoon,
                relatie="moeder" if party.volgnummer == 1 else "vader",
            )
            for party in row.partijen.all()
            if party.soort == procedure.OUDER and party.naam
        ]
    Leerling.objects.bulk_update(
        pupils.values(), ["groep", "woon_pc4", "een_gezag_reden", "fase", "fase_sinds", "gewijzigd_op", "consulent"]
    )
    Schoolperiode.objects.bulk_create(periods)
    Faseovergang.objects.bulk_create(changes)
    Gezagsdrager.objects.bulk_create(custody)


def _signaal(ctx: Context, school: School, voornaam: str, achternaam: str, geboren: date) -> Leerling:
    since = ctx.vandaag - timedelta(days=20)
    pupil = Leerling(
        school=school,
        voornamen=voornaam,
        achternaam=achternaam,
        geboortedatum=geboren.isoformat(),
        fase_sinds=since,
        gewijzigd_op=since,
    )
    zet_sleutels(pupil)
    pupil.save()
    Schoolperiode.objects.create(leerling=pupil, school=school, van=since)
    Faseovergang.objects.create(leerling=pupil, fase=SIGNALERING, op=since)
    return pupil


def _documenten(ctx: Context) -> None:
    """Two applications of the school of the demo come with documents; one document stays in the dossier."""
    own = Aanvraag.objects.filter(verwijzende_school=ctx.delen["regulier"][0])
    for row in own.filter(staat__in=[procedure.BIJ_PARTIJEN, procedure.INGEDIEND]).order_by("pk")[:2]:
        for number, (kind, name) in enumerate(BESTANDEN):
            day = row.sinds - timedelta(days=30 + number)
            stored = store_document(
                soort=LEERLINGDOCUMENT,
                onderwerp=row.leerling,
                naam=f"{name}-{day.isoformat()}.pdf",
                inhoud=PDF,
                content_type="application/pdf",
            )
            document = Leerlingdocument.objects.create(leerling=row.leerling, document=stored, soort=kind, datum=day)
            if number < len(BESTANDEN) - 1:
                document.aanvragen.add(row)
