"""What consulenten and schools still have to do about the agreements of the year, for the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from ondersteuning.domain.consulenten import TERUGKIJKEN_VANAF, mag_evalueren
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Consulentschap, Jaarafspraken, Tlvinstellingen
from ondersteuning.queries.consulenten import loopt, scholen_van
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 50
#: More schools than one consulent has; the numbers in the task are counted over these.
MEESTE_SCHOLEN = 500
_VANAF = Subquery(Tlvinstellingen.objects.values("terugkijken_vanaf")[:1])


def vraag_consulenten(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """For a consulent one task for all own schools, for a school to look back."""
    year = Schooljaar.van(vandaag)
    if bereik.heeft(*SWV_DOSSIER) and bereik.user_id is not None:
        yield _vraag_consulent(bereik.user_id, year, vandaag)
    if bereik.plaatsen(*SCHOOLROLLEN):
        yield _vraag_school(bereik, year, vandaag)


def _nu_terugkijken(jaar: Schooljaar, vandaag: date, vanaf: str | None) -> bool:
    """``vanaf`` comes from the setting in the query of the task, empty as long as the SWV chose nothing."""
    return mag_evalueren(jaar, vandaag, vanaf=vanaf or TERUGKIJKEN_VANAF) is None


def _vraag_consulent(user_id: int, jaar: Schooljaar, vandaag: date) -> Taakvraag:
    agreed = Jaarafspraken.objects.filter(school_id=OuterRef("school_id"), schooljaar=jaar.begin)
    mine = Consulentschap.objects.filter(loopt(vandaag), consulent_id=user_id, school__actief=True)
    back = agreed.filter(consulent_terug_op__isnull=False)
    rows = mine.annotate(afgesproken=Exists(agreed), terug=Exists(back), vanaf=_VANAF)
    url = f"{reverse('ondersteuning:consulenten')}?schooljaar={jaar}&consulent={user_id}"

    def taken(states: Rijen) -> Iterator[Taak]:
        without = sum(not agreed_now for agreed_now, _, _ in states)
        to_look_back = sum(agreed_now and not back for agreed_now, back, _ in states)
        if without:
            what = dutch_count(without, "school", "scholen")
            yield Taak(f"Maak afspraken voor {jaar} met {what}", f"{url}&zonder=afspraken", soort="Jaarafspraken")
        if to_look_back and _nu_terugkijken(jaar, vandaag, states[0][2]):
            what = dutch_count(to_look_back, "school", "scholen")
            title = f"Kijk terug op de afspraken van {jaar} met {what}"
            yield Taak(title, url, jaar.laatste_dag, soort="Terugkijken op jaarafspraken")

    return Taakvraag(rows.order_by("pk"), ("afgesproken", "terug", "vanaf"), taken, MEESTE_SCHOLEN)


def _vraag_school(bereik: Bereik, jaar: Schooljaar, vandaag: date) -> Taakvraag:
    schools = scholen_van(bereik).filter(pk__in=sorted(bereik.plaatsen(*SCHOOLROLLEN)))
    rows = Jaarafspraken.objects.visible_to(bereik).filter(
        school__in=schools, schooljaar=jaar.begin, school_terug_op__isnull=True
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for school, name, since in found:
            if not _nu_terugkijken(jaar, vandaag, since):
                continue
            yield Taak(
                f"Kijk terug op de afspraken van {name} voor {jaar}",
                reverse("ondersteuning:jaarafspraken_terug", args=[school, jaar.begin]),
                jaar.laatste_dag,
                soort="Terugkijken op jaarafspraken",
            )

    asked = rows.annotate(vanaf=_VANAF).order_by("school__naam")
    return Taakvraag(asked, ("school_id", "school__naam", "vanaf"), taken, HOOGSTENS)
