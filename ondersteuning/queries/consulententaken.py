"""What consulenten and schools still have to do about the agreements of the year, for the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ondersteuning.domain.consulenten import SCHOOL, SCHRIJVERS, mag_evalueren
from ondersteuning.models import Consulentschap, Jaarafspraken
from ondersteuning.queries.consulenten import loopt, scholen_van
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import Bereik
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

HOOGSTENS = 50
#: More schools than one consulent has; the numbers in the task are counted over these.
MEESTE_SCHOLEN = 500


def vraag_consulenten(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """For a consulent one task for all own schools, for a school to look back."""
    year = Schooljaar.van(vandaag)
    if bereik.heeft(*SCHRIJVERS) and bereik.user_id is not None:
        yield _vraag_consulent(bereik.user_id, year, vandaag)
    if bereik.plaatsen(*SCHOOL) and mag_evalueren(year, vandaag) is None:
        yield _vraag_school(bereik, year)


def _vraag_consulent(user_id: int, jaar: Schooljaar, vandaag: date) -> Taakvraag:
    agreed = Jaarafspraken.objects.filter(school_id=OuterRef("school_id"), schooljaar=jaar.begin)
    mine = Consulentschap.objects.filter(loopt(vandaag), consulent_id=user_id, school__actief=True)
    rows = mine.annotate(afgesproken=Exists(agreed), terug=Exists(agreed.filter(consulent_terug_op__isnull=False)))
    url = f"{reverse('ondersteuning:consulenten')}?schooljaar={jaar}&consulent={user_id}"

    def taken(states: Rijen) -> Iterator[Taak]:
        without = sum(not agreed_now for agreed_now, _ in states)
        to_look_back = sum(agreed_now and not back for agreed_now, back in states)
        if without:
            what = dutch_count(without, "school", "scholen")
            yield Taak(f"Maak afspraken voor {jaar} met {what}", f"{url}&zonder=afspraken", soort="Jaarafspraken")
        if to_look_back and mag_evalueren(jaar, vandaag) is None:
            what = dutch_count(to_look_back, "school", "scholen")
            title = f"Kijk terug op de afspraken van {jaar} met {what}"
            yield Taak(title, url, jaar.laatste_dag, soort="Terugkijken op jaarafspraken")

    return Taakvraag(rows.order_by("pk"), ("afgesproken", "terug"), taken, MEESTE_SCHOLEN)


def _vraag_school(bereik: Bereik, jaar: Schooljaar) -> Taakvraag:
    schools = scholen_van(bereik).filter(pk__in=sorted(bereik.plaatsen(*SCHOOL)))
    rows = Jaarafspraken.objects.visible_to(bereik).filter(
        school__in=schools, schooljaar=jaar.begin, school_terug_op__isnull=True
    )

    def taken(found: Rijen) -> Iterator[Taak]:
        for school, name in found:
            yield Taak(
                f"Kijk terug op de afspraken van {name} voor {jaar}",
                reverse("ondersteuning:jaarafspraken_terug", args=[school, jaar.begin]),
                jaar.laatste_dag,
                soort="Terugkijken op jaarafspraken",
            )

    return Taakvraag(rows.order_by("school__naam"), ("school_id", "school__naam"), taken, HOOGSTENS)
