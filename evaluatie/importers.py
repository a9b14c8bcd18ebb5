"""Reading a file with answers: one row per respondent, the group first, then one column per question.

Only counts leave this module: which answers came from the same respondent is forgotten while reading.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from evaluatie.domain.afdruk import afdruk_van
from evaluatie.domain.vragenlijst import Vraag, Vraagsoort
from evaluatie.models import Antwoord, Groep, Optie, Ronde
from kernen.models import Kern
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Soort, lees_tabel
from swv_portal.common.tables.columns import Lezer, als_tekst, kort
from swv_portal.common.tables.files import Bron

GROEP = "kern"
#: More groups than this in a file means that the column holds something else.
MEESTE_GROEPEN = 500


@dataclass(frozen=True)
class Ingelezen:
    """A file as counts: respondents per group and answers per (group, question, value)."""

    groepen: Mapping[str, int]
    tellingen: Mapping[tuple[str, str, str], int]

    @property
    def respondenten(self) -> int:
        return sum(self.groepen.values())

    @property
    def antwoorden(self) -> int:
        return sum(self.tellingen.values())

    @property
    def afdruk(self) -> str:
        return afdruk_van(self.groepen, self.tellingen)

    def n(self, vraag: str) -> int:
        """How many answered this question."""
        return sum(count for (_, code, _), count in self.tellingen.items() if code == vraag)


def _lees_groep(value: object) -> object:
    name = " ".join(als_tekst(value).split())
    if len(name) > 80:
        return Onleesbaar("De naam van een groep mag 80 tekens hebben.")
    return name if name.isprintable() else Onleesbaar("De naam bevat tekens die niet te lezen zijn.")


def _lezer(vraag: Vraag) -> Lezer:
    known = {optie.waarde.casefold(): optie.waarde for optie in vraag.opties}
    whole = Kolom("score", soort=Soort.GEHEEL).lezer()
    possible = ", ".join(optie.waarde for optie in vraag.opties)

    def lees(value: object) -> object:
        text = als_tekst(value).strip()
        found = known.get(text.casefold())
        if found is None and vraag.soort is Vraagsoort.SCORE:
            found = known.get(str(whole(value)))
        return found or Onleesbaar(f"'{kort(text)}' is geen antwoord op deze vraag. Mogelijk is: {possible}.")

    return lees


def lees_antwoorden(bron: Bron, vragen: Sequence[Vraag]) -> Ingelezen | Fouten:
    """Read a CSV or XLSX file with column ``kern`` and a column per question (named by its code).

    An empty cell is no answer.  Refused with row and column: an unknown or missing column, a row without group, an
    answer that is none of the options.  All or nothing.
    """
    columns = [Kolom(GROEP, koppen=(GROEP, "groep"), lees=_lees_groep)]
    columns += [Kolom(vraag.code, leeg=True, lees=_lezer(vraag)) for vraag in vragen]
    table = lees_tabel(bron, columns, onbekend="weiger")
    if isinstance(table, Fouten):
        return table
    spelling: dict[str, str] = {}
    groups: Counter[str] = Counter()
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in table.rijen:
        name = str(row[GROEP])
        name = spelling.setdefault(name.casefold(), name)
        groups[name] += 1
        if len(groups) > MEESTE_GROEPEN:
            return Fouten((Fout(row.nummer, table.koppen[GROEP], f"Er zijn meer dan {MEESTE_GROEPEN} groepen."),))
        for vraag in vragen:
            answer = row[vraag.code]
            if answer is not None:
                counts[name, vraag.code, str(answer)] += 1
    return Ingelezen(groups, counts)


def kernen_van(groepen: Iterable[str]) -> dict[str, int]:
    """Which of these groups are a kern: name as in the file -> key of the kern with that name."""
    known = {kern.naam.casefold(): kern.pk for kern in Kern.objects.all()}
    return {name: known[name.casefold()] for name in groepen if name.casefold() in known}


def schrijf_antwoorden(ronde: Ronde, ingelezen: Ingelezen) -> None:
    """Replace all groups and answers of ``ronde``.  Called by a service, inside its transaction.

    The rows are written from the counts, with random keys, so that their order says nothing of who gave them.
    """
    Antwoord.objects.filter(groep__ronde=ronde).delete()
    Groep.objects.filter(ronde=ronde).delete()
    kernen = kernen_van(ingelezen.groepen)
    groups = {
        name: Groep(ronde=ronde, naam=name, kern_id=kernen.get(name), respondenten=count)
        for name, count in sorted(ingelezen.groepen.items())
    }
    Groep.objects.bulk_create(groups.values())
    options = {
        (code, waarde): pk
        for pk, code, waarde in Optie.objects.filter(vraag__vragenlijst_id=ronde.vragenlijst_id).values_list(
            "pk", "vraag__code", "waarde"
        )
    }
    table = connection.ops.quote_name(Antwoord._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} (id, groep_id, optie_id) FROM STDIN") as copy:
        for (name, code, waarde), count in sorted(ingelezen.tellingen.items()):
            for _ in range(count):
                copy.write_row((uuid.uuid4(), groups[name].pk, options[code, waarde]))
