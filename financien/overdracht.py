"""What ``manage.py importeer`` and ``exporteer`` do for this app: the same services and queries as the screens."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.utils import timezone

from financien.importers.begroting import Totalenbestand, lees_begroting, lees_totalen
from financien.importers.tarieven import lees_tarieven
from financien.models import Budget
from financien.queries.begroting import begrotingsbeeld
from financien.queries.berekening import bereken
from financien.reports.begroting import BEGROTINGSRAPPORT, begroting_csv, begroting_json, begroting_xlsx
from financien.reports.uitvoer import (
    Budgetuitvoer,
    budget_csv,
    budget_json,
    budget_xlsx,
    uitvoer_van_budget,
    uitvoer_van_uitkomst,
)
from financien.services.begroting import bewaar_als_geldend, bewaar_begroting
from financien.services.tarieven import bewaar_tarieven
from swv_portal.access.actors import Actor
from swv_portal.common.money import dutch_count
from swv_portal.common.tables import Fout, Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER, Exporteur, Importeur, Opties, Verslag
from swv_portal.jobs.services.reports import render_report

OPDRACHTREGEL = Actor(bereik=BEHEER, label="de opdrachtregel")


def _geweigerd(refusal: Refusal) -> Fouten:
    return Fouten((Fout(None, None, refusal.zin),))


def _notatie(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--notatie", choices=["machine", "nl"], default="machine", help="csv: met decimale punt (machine) of komma (nl)"
    )


# ---- tariffs ---------------------------------------------------------------------------------------------------------


def _tarief_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--jaar", type=int, required=True, help="het kalenderjaar waarvoor de tarieven gelden")
    parser.add_argument("--bron", default="", help="waar de tarieven vandaan komen")
    parser.add_argument("--vastgesteld", type=date.fromisoformat, help="de dag van vaststelling, als 2024-01-01")


def importeer_tarieven(bestand: Path, opties: Opties) -> Verslag | Fouten:
    rijen = lees_tarieven(bestand)
    if isinstance(rijen, Fouten):
        return rijen
    outcome = bewaar_tarieven(
        actor=OPDRACHTREGEL,
        jaar=opties["jaar"],
        rijen=rijen,
        bron=opties["bron"] or f"bestand {bestand.name}"[:200],
        vastgesteld=opties["vastgesteld"],
    )
    if isinstance(outcome, Refusal):
        return _geweigerd(outcome)
    return Verslag(
        (
            f"Tarieven {opties['jaar']}: {outcome.nieuw} nieuw, {outcome.gewijzigd} gewijzigd, "
            f"{outcome.gelijk} gelijk gebleven.",
        )
    )


# ---- begroting -------------------------------------------------------------------------------------------------------


def _begroting_opties(parser: ArgumentParser) -> None:
    parser.add_argument("--totalen", type=Path, help="het bestand met de gepubliceerde totalen")
    parser.add_argument("--naam", default="", help="de naam van de begroting")
    parser.add_argument("--bron", default="", help="waar de begroting vandaan komt")
    parser.add_argument(
        "--concept", action="store_true", help="laat de begroting een concept (zonder: die geldt meteen)"
    )


def _totalen(pad: Path | None) -> Totalenbestand | Fouten | None:
    """The published totals, if there are any; an error names this second file."""
    if pad is None:
        return None
    found = lees_totalen(pad)
    if isinstance(found, Fouten):
        return Fouten(tuple(Fout(f.rij, f.kolom, f"{pad.name}: {f.zin}") for f in found), found.meer)
    return found


def importeer_begroting(bestand: Path, opties: Opties) -> Verslag | Fouten:
    gelezen = lees_begroting(bestand)
    if isinstance(gelezen, Fouten):
        return gelezen
    totalen = _totalen(opties["totalen"])
    if isinstance(totalen, Fouten):
        return totalen
    first, last = gelezen.jaren[0], gelezen.jaren[-1]
    keep = bewaar_begroting if opties["concept"] else bewaar_als_geldend
    outcome = keep(
        actor=OPDRACHTREGEL,
        bestand=gelezen,
        totalen=totalen,
        naam=(opties["naam"] or f"Meerjarenbegroting {first}-{last}")[:120],
        bron=(opties["bron"] or f"bestand {bestand.name}")[:200],
    )
    if isinstance(outcome, Refusal):
        return _geweigerd(outcome)
    lines = [f"Begroting {first}-{last}: {dutch_count(len(gelezen.posten), 'post', 'posten')}."]
    beeld = begrotingsbeeld(BEHEER, outcome.pk)
    if totalen is not None and beeld is not None:
        count = len(beeld.afwijkingen)
        published = dutch_count(len(totalen.regels), "gepubliceerd totaal", "gepubliceerde totalen")
        lines.append(f"{published}, waarvan {dutch_count(count, 'bedrag afwijkt', 'bedragen afwijken')} van de posten.")
        lines += [f"  {a.regel} {a.jaar}: {a.verschil:+d}. {a.verklaring}" for a in beeld.afwijkingen]
    number = f"(nummer {outcome.pk})"
    if opties["concept"]:
        lines.append(f"Dit is een concept {number}. De directeur-bestuurder maakt het geldend op het scherm.")
    else:
        lines.append(f"Dit is nu de geldende begroting {number}.")
    return Verslag(tuple(lines))


def _begroting_uitvoer_opties(parser: ArgumentParser) -> None:
    _notatie(parser)
    parser.add_argument("--begroting", type=int, help="het nummer van de begroting (zonder: de geldende)")


def exporteer_begroting(opties: Opties) -> bytes | str | Fouten:
    beeld = begrotingsbeeld(BEHEER, opties["begroting"])
    if beeld is None:
        why = "Er is geen begroting die geldt." if opties["begroting"] is None else "Deze begroting is er niet."
        return Fouten((Fout(None, None, why),))
    formaat = opties["formaat"]
    if formaat == "csv":
        return begroting_csv(beeld, opties["notatie"])
    if formaat == "xlsx":
        return begroting_xlsx(beeld)
    if formaat == "pdf":
        return render_report(BEGROTINGSRAPPORT, BEHEER, {"begroting": beeld.pk})[1]
    return begroting_json(beeld)


# ---- budget ----------------------------------------------------------------------------------------------------------


def _budget_opties(parser: ArgumentParser) -> None:
    _notatie(parser)
    parser.add_argument("--jaar", type=int, required=True, help="het kalenderjaar")
    parser.add_argument(
        "--versie", type=int, help="een bewaarde versie (zonder: berekend met de gegevens van nu, zonder te bewaren)"
    )


def _budget(opties: Opties) -> Budgetuitvoer | Fouten:
    if opties["versie"] is None:
        uitkomst = bereken(BEHEER, opties["jaar"])
        if isinstance(uitkomst, Refusal):
            return _geweigerd(uitkomst)
        return uitvoer_van_uitkomst(BEHEER, uitkomst, timezone.localdate())
    rows = Budget.objects.visible_to(BEHEER).select_related("budgetjaar")
    budget = rows.filter(budgetjaar__jaar=opties["jaar"], versienummer=opties["versie"]).first()
    if budget is None:
        return Fouten((Fout(None, None, f"Er is geen versie {opties['versie']} van {opties['jaar']}."),))
    return uitvoer_van_budget(BEHEER, budget)


def exporteer_budget(opties: Opties) -> bytes | str | Fouten:
    uitvoer = _budget(opties)
    if isinstance(uitvoer, Fouten):
        return uitvoer
    if opties["formaat"] == "csv":
        return budget_csv(uitvoer, opties["notatie"])
    return budget_xlsx(uitvoer) if opties["formaat"] == "xlsx" else budget_json(uitvoer)


IMPORTEURS = (
    Importeur("tarieven", "Tarieven van een kalenderjaar", importeer_tarieven, _tarief_opties),
    Importeur("begroting", "Meerjarenbegroting", importeer_begroting, _begroting_opties),
)
EXPORTEURS = (
    Exporteur("budget", "Budget van alle scholen", ("csv", "json", "xlsx"), exporteer_budget, _budget_opties),
    Exporteur(
        "begroting",
        "Meerjarenbegroting",
        ("json", "csv", "xlsx", "pdf"),
        exporteer_begroting,
        _begroting_uitvoer_opties,
    ),
)
