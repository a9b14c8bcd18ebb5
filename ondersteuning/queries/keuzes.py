"""Choices for the forms of an application."""

from kernen.models import School
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.welk_swv import WOONTNAMEN
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.queries.swv_gebieden import tabel_bij
from swv_portal.common.scoping import Bereik


def ontvangende_scholen(bereik: Bereik | None, route: str) -> list[tuple[int, str]]:
    """The schools that can receive a pupil on ``route``; their names are public.

    Nobody without a role gets a list; without a reach (``None``) it is for the institution that fills in by its link.
    """
    if bereik is not None and not bereik.rollen:
        return []
    chosen = ROUTES[route]
    rows = School.objects.all().actief().filter(soort__in=sorted(chosen.soorten))
    if chosen.alleen_ikc:
        rows = rows.filter(is_ikc=True)
    return [
        (pk, f"{naam} ({'IKC, SBO' if ikc else soort}, {plaats})" if plaats else f"{naam} ({soort})")
        for pk, naam, soort, ikc, plaats in rows.order_by("buiten_regio", "-is_ikc", "naam", "pk").values_list(
            "pk", "naam", "soort", "is_ikc", "plaats"
        )
    ]


def dubbele_aanvragen(bereik: Bereik, aanvraag: Aanvraag) -> list[tuple[int, str]]:
    """Other running applications for the same pupil (name and birth date) at the same school: key and reference."""
    key, school = aanvraag.leerling.dubbelsleutel, aanvraag.leerling.school_id
    if not key or school is None:
        return []
    pupils = Leerling.objects.visible_to(bereik).filter(school_id=school, dubbelsleutel=key)
    rows = Aanvraag.objects.visible_to(bereik).lopend().filter(leerling_id__in=pupils.values("pk"))
    return list(rows.exclude(pk=aanvraag.pk).order_by("pk").values_list("pk", "kenmerk"))


def woont_in_gebied(aanvraag: Aanvraag) -> list[tuple[str, str]]:
    """The answers to 'Woont de leerling in ons gebied?'.  With a table of areas nobody is asked."""
    return [] if tabel_bij(aanvraag) else [(str(code), name) for code, name in WOONTNAMEN.items()]
