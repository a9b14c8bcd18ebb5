"""What the home page and the search page get from this app."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from kernen.domain.kernplan import INGEDIEND, SCHRIJFBAAR, TERUGGESTUURD
from kernen.models import Kern, Kernplan, Kernsessie, School, Schoolbestuur
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import SWV_KERNEN, Bereik, Rol
from swv_portal.common.tasks import Taak, Treffer

#: A plan is finished in the first session of the school year, in September: it is late after the end of that month.
PLAN_KLAAR = (9, 30)


def _plandatum(schooljaar: int) -> date:
    return date(schooljaar, *PLAN_KLAAR)


def taken(bereik: Bereik, vandaag: date) -> list[Taak]:
    """What waits for this person (or, with ``wacht_op``, for somebody else) in kernplannen and sessions."""
    found: list[Taak] = []
    if bereik.heeft(*SWV_KERNEN):
        found += _taken_swv(bereik)
    if chaired := bereik.plaatsen(Rol.KERNVOORZITTER):
        found += _taken_voorzitter(bereik, sorted(chaired), vandaag)
    return found


def _taken_swv(bereik: Bereik) -> list[Taak]:
    found = []
    plans = Kernplan.objects.visible_to(bereik).filter(staat__in=[INGEDIEND, TERUGGESTUURD]).select_related("kern")
    for plan in plans.order_by("schooljaar", "kern__naam"):
        url = reverse("kernen:kernplan", args=[plan.pk])
        name = f"kernplan {plan.kern.naam} {plan.schooljaar_tekst}"
        if plan.staat == INGEDIEND:
            found.append(Taak(f"Beoordeel {name}", url, soort="Kernplan beoordelen"))
        else:
            wait = f"voorzitter van {plan.kern.naam}"
            found.append(Taak(f"Wacht op {name}", url, wacht_op=wait, soort="Kernplan teruggestuurd"))
    return found


def _taken_voorzitter(bereik: Bereik, kernen: list[int], vandaag: date) -> list[Taak]:
    found = []
    year = Schooljaar.van(vandaag).begin
    plans = Kernplan.objects.visible_to(bereik).filter(kern_id__in=kernen).select_related("kern")
    current = {plan.kern_id for plan in plans if plan.schooljaar == year}
    for plan in plans:
        url = reverse("kernen:kernplan", args=[plan.pk])
        name = f"kernplan {plan.kern.naam} {plan.schooljaar_tekst}"
        if plan.staat in SCHRIJFBAAR:
            verb = "Verbeter" if plan.staat == TERUGGESTUURD else "Schrijf"
            found.append(Taak(f"{verb} {name}", url, _plandatum(plan.schooljaar), soort="Kernplan schrijven"))
        elif plan.staat == INGEDIEND:
            found.append(
                Taak(f"Wacht op besluit over {name}", url, wacht_op="het samenwerkingsverband", soort="Kernplan")
            )
    for kern in Kern.objects.visible_to(bereik).filter(pk__in=set(kernen) - current, actief=True):
        url = reverse("kernen:kern", args=[kern.pk])
        title = f"Begin het kernplan {kern.naam} {Schooljaar(year)}"
        found.append(Taak(title, url, _plandatum(year), soort="Kernplan schrijven"))
    return found + _sessies(bereik, kernen, vandaag)


def _sessies(bereik: Bereik, kernen: list[int], vandaag: date) -> list[Taak]:
    sessions = Kernsessie.objects.visible_to(bereik).filter(kern_id__in=kernen).select_related("kern")
    open_sessions = sessions.filter(Q(datum__gte=vandaag) | Q(datum__lt=vandaag, verslag=""), datum__isnull=False)
    found, current = [], Schooljaar.van(vandaag).begin
    for session in open_sessions.order_by("datum"):
        url = reverse("kernen:sessie", args=[session.pk])
        verb = "Bereid voor:" if session.datum and session.datum >= vandaag else "Schrijf het verslag:"
        title = f"{verb} kernsessie {session.nummer} {session.kern.naam}"
        if session.schooljaar != current:
            title += f" ({Schooljaar(session.schooljaar)})"
        found.append(Taak(title, url, session.datum, soort="Kernsessie"))
    return found


def zoek(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Schools, kernen and boards that match, within one's reach: at most ``hoeveel`` of each.  Three queries."""
    q = q.strip()
    if len(q) < 2:
        return []
    found = [
        Treffer(naam, f"school, {code}, {plaats or 'plaats onbekend'}", reverse("kernen:school", args=[pk]))
        for pk, naam, code, plaats in School.objects.visible_to(bereik)
        .actief()
        .zoek(q)
        .order_by("naam", "vestigingscode")
        .values_list("pk", "naam", "vestigingscode", "plaats")[:hoeveel]
    ]
    for pk, naam in Kern.objects.visible_to(bereik).filter(naam__icontains=q).values_list("pk", "naam")[:hoeveel]:
        found.append(Treffer(f"Kern {naam}", "kern", reverse("kernen:kern", args=[pk])))
    boards = Schoolbestuur.objects.visible_to(bereik).filter(
        Q(naam__icontains=q) | Q(bevoegd_gezag_nummer__startswith=q)
    )
    for pk, naam, nummer in boards.values_list("pk", "naam", "bevoegd_gezag_nummer")[:hoeveel]:
        found.append(Treffer(naam, f"schoolbestuur {nummer}", reverse("kernen:bestuur", args=[pk])))
    return found
