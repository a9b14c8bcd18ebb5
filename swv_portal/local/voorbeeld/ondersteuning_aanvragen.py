"""What a school fills in for an example application: the child, the form, the parents and the second expert."""

from datetime import date

from kernen.models import School
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.geldigheid import eerste_einde
from ondersteuning.domain.routes import ROUTES, mogelijke_categorieen
from ondersteuning.models import Aanvraag, Leerling, Partij
from ondersteuning.services.zoeksleutels import zet_sleutels
from swv_portal.common.dates import Schooljaar
from swv_portal.local.voorbeeld import ondersteuning_teksten as tekst
from swv_portal.local.voorbeeld.context import Context


def maak_leerling(ctx: Context, number: int, school: School) -> Leerling:
    first, last = tekst.VOORNAMEN[number % len(tekst.VOORNAMEN)], tekst.ACHTERNAMEN[number * 7 % len(tekst.ACHTERNAMEN)]
    born = date(ctx.vandaag.year - 10 + number % 5, 1 + number * 5 % 12, 1 + number * 11 % 28)
    pupil = Leerling(school=school, voornamen=first, achternaam=last, geboortedatum=born.isoformat())
    zet_sleutels(pupil)
    return pupil


def maak_aanvraag(
    ctx: Context, number: int, pupil: Leerling, school: School, receiver: School, state: str, since: date
) -> Aanvraag:
    categories = mogelijke_categorieen(ROUTES["A"], soort=receiver.soort, is_ikc=receiver.is_ikc)
    begin = Schooljaar.van(since).volgende.eerste_dag if since.month > 2 else since.replace(day=1)
    needs, done, reason, voice = tekst.ONDERBOUWING[number % len(tekst.ONDERBOUWING)]
    half = state == procedure.CONCEPT and number % 2 == 0
    return Aanvraag(
        route="A",
        leerling=pupil,
        verwijzende_school=school,
        ontvangende_school=receiver,
        staat=state,
        versie=1 + number % 4,
        begonnen_door=ctx.delen["ibers"].get(school.pk),
        groep=groep_op(pupil, since),
        woon_pc4=school.postcode[:4],
        categorie=str(categories[number % len(categories)]),
        eerste_functie="orthopedagoog" if number % 4 else "psycholoog",
        gewenst_van=begin,
        gewenst_tot=eerste_einde(begin),
        terugkeer_moment=eerste_einde(begin).replace(month=3, day=1) if number % 3 else None,
        geen_terugkeer_reden=""
        if number % 3
        else "De leerling blijft naar verwachting tot het einde van de basisschool.",
        onderwijsbehoefte="" if half else needs,
        geboden_hulp="" if half else done,
        reden_school="" if half else reason,
        leerling_gehoord=number % 5 > 0 and not half,
        stem_leerling=""
        if half
        else voice
        if number % 5
        else "De leerling wilde er niet over praten. De leerkracht deed een tekenopdracht.",
        sinds=since,
    )


def groep_op(pupil: Leerling, day: date) -> str:
    """The group on ``day`` of a child that never stayed down: group 1 in the calendar year of the fourth birthday."""
    return str(Schooljaar.van(day).begin - date.fromisoformat(pupil.geboortedatum).year - 3)


def maak_ouders(row: Aanvraag, number: int) -> list[Partij]:
    """Two parents; of some children there is one, and the second party stays empty."""
    names = tekst.OUDERS[number % len(tekst.OUDERS)]
    single = number % 9 == 4
    parents = []
    for place, name in enumerate(names, start=1):
        given = not (single and place == 2)
        parents.append(
            Partij(
                aanvraag=row,
                soort=procedure.OUDER,
                volgnummer=place,
                naam=f"{name} {row.leerling.achternaam}" if given else "",
                email=f"ouder{number}-{place}@ouders.example" if given else "",
                telefoon=f"06 0000 0{number:03d}" if given else "",
            )
        )
    if single:
        row.een_ouder_reden = "Er is één ouder met gezag."
    return parents


def maak_deskundige(row: Aanvraag, number: int) -> Partij:
    """The second expert, who works for neither of the schools."""
    functions = ("jeugdarts", "cjg_coach", "pedagoog", "kinderpsychiater", "maatschappelijk_werker", "poh_jeugd")
    function = functions[number % len(functions)]
    return Partij(
        aanvraag=row,
        soort=procedure.TWEEDE_DESKUNDIGE,
        naam=tekst.DESKUNDIGEN[number % len(tekst.DESKUNDIGEN)],
        email=f"deskundige{number}@jeugd.example",
        functie=function,
        dienstverband="elders",
        werkgever=tekst.WERKGEVERS[function],
    )
