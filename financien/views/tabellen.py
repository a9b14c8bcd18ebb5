"""The tables of the screens: rows of plain text, made from the read models."""

from collections.abc import Sequence

from django.urls import reverse

from financien.queries.begroting import Begrotingsrij
from financien.queries.beschikkingen import Briefrij
from financien.queries.budget import Bestuurstotaal, Schoolrij
from financien.queries.tarieven import Tariefbeeld
from financien.queries.vergelijking import Vergelijking
from financien.views.toegang import statuswoord
from swv_portal.common.dates import datum
from swv_portal.common.money import ZERO, dutch_amount, dutch_number
from swv_portal.common.screens import Cel, Kolom, Status, Tabel, maak_tabel
from swv_portal.common.words import met_hoofdletter

NIET = "niet te berekenen"


def scholentabel(rijen: Sequence[Schoolrij], *, met_bestuur: bool, titel: str = "Budget per school") -> Tabel:
    """Schools with their budget; a school that can not be calculated says so instead of showing an amount."""
    columns: list[Kolom | str] = ["School", "Vestiging"]
    columns += ["Bestuur"] if met_bestuur else []
    columns += [Kolom("Leerlingen", getal=True), Kolom("Budget", getal=True)]
    rows: list[list[Cel | Status | str]] = []
    for rij in rijen:
        row: list[Cel | Status | str] = [
            Cel(rij.school, reverse("financien:schoolbudget", args=[rij.pk])),
            rij.vestigingscode,
        ]
        row += [rij.bestuur] if met_bestuur else []
        row.append("onbekend" if rij.leerlingen is None else dutch_number(rij.leerlingen))
        row.append(Status(NIET, "let_op") if rij.totaal is None else dutch_amount(rij.totaal))
        rows.append(row)
    total = sum((rij.totaal for rij in rijen if rij.totaal is not None), ZERO)
    pupils = sum(rij.leerlingen or 0 for rij in rijen)
    last = ["Totaal", "", *([""] if met_bestuur else []), dutch_number(pupils), dutch_amount(total)]
    total_row = last if len(rijen) > 1 else None
    return maak_tabel(titel, columns, rows, leeg="Er zijn geen scholen gevonden.", totaal=total_row)


def besturentabel(totalen: Sequence[Bestuurstotaal], budget_pk: int) -> Tabel:
    """Boards with the sum of their schools and their share of the volumebekostiging."""
    columns: list[Kolom | str] = ["Bestuur", *(Kolom(n, getal=True) for n in ("Scholen", "Budget scholen"))]
    columns += [Kolom("Volumebekostiging", getal=True), Kolom("Totaal", getal=True)]
    rows: list[list[Cel | Status | str]] = []
    for totaal in totalen:
        share = totaal.totaal - totaal.totaal_scholen
        rows.append(
            [
                Cel(totaal.bestuur, reverse("financien:bestuurbudget", args=[budget_pk, totaal.bestuur_id])),
                str(len(totaal.scholen)),
                dutch_amount(totaal.totaal_scholen),
                dutch_amount(share) if totaal.regels else "–",
                dutch_amount(totaal.totaal),
            ]
        )
    schools = sum((totaal.totaal_scholen for totaal in totalen), ZERO)
    whole = sum((totaal.totaal for totaal in totalen), ZERO)
    number = sum(len(totaal.scholen) for totaal in totalen)
    last = ["Totaal", str(number), dutch_amount(schools), dutch_amount(whole - schools), dutch_amount(whole)]
    return maak_tabel("Budget per bestuur", columns, rows, leeg="Er zijn nog geen budgetten.", totaal=last)


_STANDEN = {
    "klaar": Status("klaar", "goed"),
    "bezig": Status("wordt gemaakt", "bezig"),
    "mislukt": Status("mislukt", "fout"),
}


def brieftabel(rijen: Sequence[Briefrij], *, met_bestuur: bool) -> Tabel:
    """Letters, each with a link to its PDF when it is ready."""
    columns = ["Beschikking", "Jaar", "Voor", *(["Bestuur"] if met_bestuur else []), "Status"]
    rows: list[list[Cel | Status | str]] = []
    for rij in rijen:
        name = f"{rij.kenmerk}, versie {rij.uitgave} (PDF)" if rij.sleutel else f"{rij.kenmerk}, versie {rij.uitgave}"
        url = reverse("jobs:document", args=[rij.sleutel]) if rij.sleutel else ""
        row: list[Cel | Status | str] = [
            Cel(name, url),
            str(rij.jaar),
            rij.aan if rij.voor_school else f"{rij.aan} (bestuur)",
        ]
        row += [rij.bestuur] if met_bestuur else []
        row.append(Status("vervangen", "neutraal") if rij.vervangen and rij.sleutel else _STANDEN[rij.stand])
        rows.append(row)
    return maak_tabel("Beschikkingen", columns, rows, leeg="Er zijn nog geen beschikkingen.")


def begrotingentabel(rijen: Sequence[Begrotingsrij], *, met_wie: bool) -> Tabel:
    """Begrotingen, each with a link.  ``met_wie``: with when it was read in and by whom, for the SWV itself."""
    columns = [
        "Begroting",
        "Jaren",
        *(["Ingelezen op", "Ingelezen door"] if met_wie else []),
        "Geldend sinds",
        "Status",
    ]
    rows: list[list[Cel | Status | str]] = []
    for rij in rijen:
        row: list[Cel | Status | str] = [Cel(rij.naam, reverse("financien:begroting_detail", args=[rij.pk])), rij.jaren]
        row += [rij.ingelezen_op, rij.ingelezen_door] if met_wie else []
        rows.append([*row, rij.geldend_sinds or "–", statuswoord(rij.staat, rij.staatnaam)])
    return maak_tabel("Begrotingen", columns, rows, leeg="Er is nog geen begroting ingelezen.")


def tarieventabel(rijen: Sequence[Tariefbeeld], *, met_wijzigen: bool) -> Tabel:
    """Tariffs with their source; for who may change them the name is a link."""
    columns: list[Kolom | str] = ["Tarief", Kolom("Bedrag", getal=True), "Eenheid", "Bron", "Vastgesteld"]
    rows: list[list[Cel | Status | str]] = [
        [
            Cel(
                met_hoofdletter(rij.omschrijving),
                reverse("financien:tarief", args=[rij.pk]) if met_wijzigen else "",
            ),
            rij.waarde,
            rij.eenheid,
            rij.bron,
            datum(rij.vastgesteld) if rij.vastgesteld else "–",
        ]
        for rij in rijen
    ]
    return maak_tabel("Tarieven", columns, rows, leeg="Voor dit jaar zijn er nog geen tarieven.")


def verschillentabel(vergelijking: Vergelijking) -> Tabel:
    """What changed between two versions, per school and line."""
    columns: list[Kolom | str] = ["School", "Onderdeel"]
    columns += [Kolom(name, getal=True) for name in ("Was", "Wordt", "Verschil")]
    rows: list[list[Cel | Status | str]] = []
    for rij in vergelijking.rijen:
        was, wordt = rij.verschil.was, rij.verschil.wordt
        rows.append(
            [
                rij.school,
                rij.omschrijving,
                dutch_amount(was[1]) if was else "–",
                dutch_amount(wordt[1]) if wordt else "–",
                dutch_amount(rij.verschil.bedrag),
            ]
        )
    last = ["Totaal", "", "", "", dutch_amount(vergelijking.totaal)]
    return maak_tabel("Verschillen", columns, rows, leeg="Er is niets veranderd.", totaal=last)
