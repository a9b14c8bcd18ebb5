"""Example data of the other routes: institutions with a mandate, and an application of each route.  All invented."""

from datetime import date, timedelta

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.besluit import Uitkomst
from ondersteuning.domain.budgetperiode import laatste_dag
from ondersteuning.domain.geldigheid import bewaren_tot, eerste_einde
from ondersteuning.domain.plaatsing import MET_CATEGORIE, Soort
from ondersteuning.domain.routes import ROUTES, Deelnemer, mogelijke_categorieen
from ondersteuning.domain.termijnen import beslistermijnen
from ondersteuning.domain.voorschools import Aanleiding
from ondersteuning.models import Aanvraag, Advies, Jeugdhulpinstelling, Leerling, Partij, Plaatsing
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.betaler import gewone_keuze
from ondersteuning.queries.routefeiten import AKKOORD
from ondersteuning.services.besluit import BRIEF
from ondersteuning.services.nummers import nieuw_kenmerk
from swv_portal.common.dates import Schooljaar
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.local.voorbeeld import ondersteuning_teksten as tekst
from swv_portal.local.voorbeeld.context import Context
from swv_portal.local.voorbeeld.ondersteuning_aanvragen import (
    groep_op,
    maak_deskundige,
    maak_leerling,
    maak_ouders,
)
from swv_portal.local.voorbeeld.ondersteuning_links import laad_links

#: Name, contact, and how many years ago the mandate ended (``None``: it runs).
INSTELLINGEN = (
    ("Jeugdgezondheid Duinrand", "Anouk Strandloper", None),
    ("Behandelgroep De Schelp", "Milan Zeegras", None),
    ("Kinderdagcentrum De Vloed", "Yara Helmgras", None),
    ("Logopedische peutergroep Zilt", "Daan Kokmeeuw", None),
    ("Revalidatie De Branding", "Iris Kluut", None),
    ("Orthopedagogisch centrum Eb", "Sem Tapuit", 1),
)
#: The pupils of these get numbers beyond those of the other examples.
EERSTE_NUMMER = 400
#: The smallest file that is a PDF: the example needs a consent, not what is in it.
_PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_BIJ_PARTIJ = ("aanvraag__verwijzende_school", "aanvraag__instelling", "aanvraag__deelnemende_school")


def laad_routes(ctx: Context) -> None:
    """The institutions, and the applications on the routes B, D and the plaatsingsakkoord."""
    institutions = _instellingen(ctx)
    ikc, so, school = ctx.delen["ikc"], ctx.delen["so"], ctx.delen["regulier"]
    _verlenging(ctx, ikc[0])
    _route_b(ctx, ikc[1], so[0])
    _route_d(ctx, institutions[0], ikc[0], procedure.CONCEPT, 3)
    _route_d(ctx, institutions[1], ikc[0], procedure.BIJ_PARTIJEN, 8)
    _route_d(ctx, institutions[2], school[0], procedure.BIJ_PARTIJEN, 5)
    _route_d(ctx, institutions[3], school[0], procedure.INGEDIEND, 4)
    _route_d(ctx, institutions[1], school[4], procedure.TOEGEKEND, 120)
    _plaatsingsakkoord(ctx, ikc[0], procedure.INGEDIEND, 6)
    _plaatsingsakkoord(ctx, ikc[1], procedure.TOEGEKEND, 150)
    rows = list(Aanvraag.objects.exclude(route="A"))
    laad_links(ctx, list(Partij.objects.filter(aanvraag__in=rows).select_related(*_BIJ_PARTIJ)))
    for row in rows:
        if row.staat in procedure.BESLOTEN:
            enqueue(BRIEF, params={"aanvraag": row.pk}, uniek=f"{BRIEF}-{row.pk}")


def _instellingen(ctx: Context) -> list[Jeugdhulpinstelling]:
    found = []
    for number, (name, contact, ended) in enumerate(INSTELLINGEN):
        since = date(ctx.vandaag.year - 4, 8, 1)
        until = date(ctx.vandaag.year - ended, 7, 31) if ended else None
        found.append(
            Jeugdhulpinstelling.objects.create(
                naam=name,
                contactpersoon=contact,
                email=f"contact{number + 1}@jeugdhulp.example",
                gemandateerd_van=since,
                gemandateerd_tot=until,
            )
        )
    return found


def nieuw(
    ctx: Context,
    route: str,
    school: School | None,
    receiver: School,
    state: str,
    ago: int,
    leerling: Leerling | None = None,
) -> Aanvraag:
    """The application with its form filled in, as it came in its state; of a new pupil unless one is given."""
    since = ctx.vandaag - timedelta(days=ago)
    number = EERSTE_NUMMER + Aanvraag.objects.exclude(route="A").count()
    pupil = leerling or _nieuwe_leerling(ctx, number, route, school, receiver, since)
    needs, done, reason, voice = tekst.ONDERBOUWING[number % len(tekst.ONDERBOUWING)]
    begin = Schooljaar.van(since).volgende.eerste_dag
    known = {"onderwijsbehoefte": needs, "geboden_hulp": done, "reden_school": reason, "stem_leerling": voice}
    row = Aanvraag(
        route=route,
        kenmerk=nieuw_kenmerk(ROUTES[route].formulier if len(ROUTES[route].formulier) == 1 else route, since),
        leerling=pupil,
        verwijzende_school=school,
        ontvangende_school=receiver,
        staat=state,
        sinds=since,
        woon_pc4=receiver.postcode[:4],
        eerste_functie="orthopedagoog",
        leerling_gehoord=True,
        gewenst_van=begin,
        gewenst_tot=eerste_einde(begin),
        geen_terugkeer_reden="De leerling blijft naar verwachting tot het einde van de basisschool.",
        **known,
    )
    if "categorie" in ROUTES[route].punten:
        categories = mogelijke_categorieen(ROUTES[route], soort=receiver.soort, is_ikc=receiver.is_ikc)
        row.categorie = str(categories[0])
    return row


def _nieuwe_leerling(
    ctx: Context, number: int, route: str, school: School | None, receiver: School, since: date
) -> Leerling:
    """A pupil of this school, or of none; who comes from a jeugdhulpinstelling is four years old."""
    pupil = maak_leerling(ctx, number, school or receiver)
    pupil.school = school
    if ROUTES[route].vraagt(Deelnemer.INSTELLING):
        pupil.geboortedatum = date(since.year - 4, 1 + number % 12, 9).isoformat()
    pupil.save()
    return pupil


def bewaar(ctx: Context, row: Aanvraag) -> None:
    """Write the application with its parties, advices, terms and decision, as far as it came."""
    number = EERSTE_NUMMER + row.leerling.pk % 50
    parents = maak_ouders(row, number) if row.de_route.vraagt(Deelnemer.OUDERS) else []
    if row.staat != procedure.CONCEPT:
        row.voorgelegd_op = row.sinds - timedelta(days=14) if parents else None
        row.gevraagde_school = row.ontvangende_school if row.de_route.ontvangers else None
        row.plaats_bevestigd = True if row.staat != procedure.BIJ_PARTIJEN or row.blijft_op_school else None
    if row.staat in {procedure.INGEDIEND, procedure.TOEGEKEND}:
        row.ingediend_op = row.sinds
        terms = beslistermijnen(row.sinds, today=ctx.vandaag)
        row.eigen_uiterlijk, row.wettelijk_uiterlijk = terms.eigen.laatste_dag, terms.wettelijk.laatste_dag
    if row.staat == procedure.TOEGEKEND:
        _besluit(row)
    row.save()
    for party in parents:
        party.uitgenodigd_op = row.voorgelegd_op if party.naam else None
        party.save()
    if row.de_route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE):
        expert = maak_deskundige(row, number)
        expert.uitgenodigd_op = row.voorgelegd_op
        expert.save()
        if row.ingediend_op is not None:
            _adviezen(row, expert)
    if row.staat == procedure.TOEGEKEND:
        _plaats(row)


def _adviezen(row: Aanvraag, expert: Partij) -> None:
    given = row.sinds - timedelta(days=2)
    if row.de_route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        _advies(row, EERSTE, "orthopedagoog", given)
    _advies(row, TWEEDE, expert.functie, given, expert)


def _advies(row: Aanvraag, soort: str, functie: str, dag: date, partij: Partij | None = None) -> None:
    Advies.objects.create(
        aanvraag=row,
        soort=soort,
        functie=functie,
        tekst="Deze plek past: de groep is klein en de begeleiding is er elke dag.",
        steunt=True,
        betrokken=True,
        gegeven_op=dag,
        partij=partij,
    )


def _besluit(row: Aanvraag) -> None:
    """Granted three weeks after it was handed in; what was handed in then lies further back."""
    decided = row.sinds + timedelta(days=21)
    row.besloten_op = row.afgesloten_op = row.sinds = decided
    row.bekendgemaakt_op, row.bezwaar_tot = decided, decided + timedelta(weeks=6)
    row.uitkomst = str(Uitkomst.TOEGEKEND)
    row.kostendrager, row.betaalreden = str(row.de_route.betaler), str(gewone_keuze(row).reden)
    row.geldig_van, row.geldig_tot = row.gewenst_van, row.gewenst_tot
    if row.de_route.plaats is Soort.INSTROOMBUDGET and row.gewenst_van is not None:
        row.geldig_tot = laatste_dag(row.gewenst_van)
    row.bewaren_tot = bewaren_tot(row.geldig_tot or decided)


def _plaats(row: Aanvraag) -> None:
    Plaatsing.objects.create(
        verwijzing=row.kenmerk,
        school_verwijzend=row.verwijzende_school,
        school_ontvangend=row.ontvangende_school,
        categorie=row.categorie if row.de_route.plaats in MET_CATEGORIE else "",
        soort=str(row.de_route.plaats),
        kostendrager=row.kostendrager,
        betaalreden=row.betaalreden,
        begin=row.geldig_van or row.sinds,
        einde=row.geldig_tot,
        aanvraag=row,
    )


def _verlenging(ctx: Context, ikc: School) -> None:
    """A pupil of the IKC whose TLV ends this summer stays there."""
    row = nieuw(ctx, "B", ikc, ikc, procedure.BIJ_PARTIJEN, 4)
    row.groep, row.vorig_tlvnummer = groep_op(row.leerling, row.sinds), f"{tekst.REGISTRATIE}-2122-0031"
    row.vorig_geldig_tot = Schooljaar.van(row.sinds).laatste_dag
    bewaar(ctx, row)


def _route_b(ctx: Context, ikc: School, so: School) -> None:
    """A pupil of the IKC goes to a school for SO."""
    row = nieuw(ctx, "B", ikc, so, procedure.INGEDIEND, 9)
    row.groep, row.vorig_tlvnummer = groep_op(row.leerling, row.sinds), f"{tekst.REGISTRATIE}-2223-0044"
    row.vorig_geldig_tot = Schooljaar.van(row.sinds).volgende.laatste_dag
    bewaar(ctx, row)


def _route_d(ctx: Context, instelling: Jeugdhulpinstelling, receiver: School, state: str, ago: int) -> None:
    """A child that never was at a school, to special education or with a budget to a regular school."""
    regular = receiver.soort == "BAO"
    row = nieuw(ctx, "DI" if regular else "D", None, receiver, state, ago)
    row.instelling, row.aanleiding = instelling, str(Aanleiding.VOORSCHOOLS)
    row.nergens_ingeschreven, row.budget_afgestemd = True, regular
    if regular:
        row.gewenst_tot, row.eerste_functie, row.geen_terugkeer_reden = None, "", ""
        row.deelnemende_school = receiver if state != procedure.CONCEPT else None
    bewaar(ctx, row)
    Partij.objects.create(
        aanvraag=row,
        soort=procedure.INSTELLING,
        naam=instelling.contactpersoon,
        email=instelling.email,
        uitgenodigd_op=row.voorgelegd_op or row.sinds,
    )


def _plaatsingsakkoord(ctx: Context, ikc: School, state: str, ago: int) -> None:
    """A pupil of a neighbouring SWV to an IKC here."""
    row = nieuw(ctx, "PA", None, ikc, state, ago)
    row.groep, row.deelnemende_school = groep_op(row.leerling, row.sinds), ikc
    row.ander_swv_code, row.ander_swv_naam = "PO9902", "SWV De Polder (verzonnen)"
    row.ander_tlvnummer = f"PO9902-{Schooljaar.van(row.sinds).kort}-0017"
    row.onderwijsbehoefte = row.geboden_hulp = row.reden_school = row.stem_leerling = ""
    row.eerste_functie, row.geen_terugkeer_reden, row.leerling_gehoord = "", "", False
    bewaar(ctx, row)
    store_document(
        soort=AKKOORD,
        onderwerp=row,
        naam=f"akkoord-{row.kenmerk}.pdf",
        inhoud=_PDF,
        content_type="application/pdf",
    )
