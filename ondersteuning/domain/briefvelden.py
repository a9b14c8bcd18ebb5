"""Fields in the text of a letter: which there are, what a text may hold, and how it is filled.

The text belongs to the SWV and is plain: ``{leerling}`` is replaced, everything else is printed as it stands.  It is no
template language, see ``docs/besluiten/0055-brieven-van-het-swv.md``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Veld:
    """What stands for something of the decision.  ``nadruk``: it is printed in bold."""

    uitleg: str
    voorbeeld: str
    nadruk: bool = False


#: Every field there is, with the example that the help and the preview show.  Fictional names only.
VELDEN: Mapping[str, Veld] = {
    "leerling": Veld("de naam van de leerling", "Noor Voorbeeld"),
    "geboortedatum": Veld("de geboortedatum", "4 mei 2017"),
    "school": Veld("de school van nu", "Basisschool De Voorbeeldboom"),
    "ontvangende_school": Veld("de school waar de leerling naartoe gaat", "IKC Voorbeeldduin"),
    "categorie": Veld("de categorie", "speciaal basisonderwijs (SBO)"),
    "nummer": Veld("het TLV-nummer", "PO0000-2526-0123", nadruk=True),
    "geldig_van": Veld("de eerste dag", "1 augustus 2026"),
    "geldig_tot": Veld("de laatste dag", "31 juli 2028"),
    "terugkeer": Veld("het moment van mogelijke terugkeer; leeg als dat niet is afgesproken", "1 maart 2028"),
    "besluit": Veld("wat wordt ingetrokken", "de toelaatbaarheidsverklaring (TLV)"),
    "ingetrokken_per": Veld("de dag vanaf wanneer het besluit niet meer geldt", "1 september 2026", nadruk=True),
    "motivering": Veld(
        "uw motivering bij het besluit; leeg als u die niet schreef", "De ouders willen graag een kleinere groep."
    ),
    "bezwaar_van": Veld("wie bezwaar maakte", "een van de ouders"),
    "ontvangen_op": Veld("de dag waarop het bezwaar binnenkwam", "4 mei 2026"),
    "tegen": Veld("waartegen het bezwaar is", "het besluit op de aanvraag"),
    "uitkomst": Veld("de beslissing op het bezwaar", "ongegrond", nadruk=True),
    "gevolg": Veld("wat dat voor het besluit betekent", "het besluit blijft zoals het is"),
    "beroep_tot": Veld("de laatste dag voor beroep", "21 augustus 2026", nadruk=True),
    "bezwaar_tot": Veld("de laatste dag voor bezwaar", "21 augustus 2026", nadruk=True),
    "bezwaaradres": Veld("het adres voor bezwaar", "SWV Voorbeeld, Postbus 1, 2000 AA Voorbeeldstad"),
    "datum": Veld("de datum van de brief", "10 juli 2026"),
    "kenmerk": Veld("het kenmerk van de aanvraag", "A-2526-0123"),
    "swv": Veld("de naam van uw samenwerkingsverband", "SWV Voorbeeld"),
    "ondertekenaar": Veld("de functie van wie ondertekent", "directeur-bestuurder"),
    "telefoon": Veld("het telefoonnummer van het samenwerkingsverband", "023 000 0000"),
    "email": Veld("het e-mailadres van het samenwerkingsverband", "post@swv.example"),
}

_VELD = re.compile(r"\{([^{}]*)\}")
_OPMAAK = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]*>|&(?:[a-zA-Z]{2,10}|#\d{1,6});")
_WITREGEL = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of a paragraph: typed text or a filled field, which may be in bold."""

    tekst: str
    nadruk: bool = False


Alinea = tuple[Stuk, ...]


def velden_in(tekst: str) -> list[str]:
    """The names between braces, in the order of the text; also those that do not exist."""
    return _VELD.findall(tekst)


def controleer_tekst(veld: str, tekst: str, *, bekend: Collection[str], verplicht: Collection[str]) -> list[Refusal]:
    """Everything that is wrong with the text of the block ``veld``; ``bekend`` are the fields of this kind of letter.

    Codes: ``opmaak`` (HTML), ``haakje`` (a brace that belongs to no field), ``veld`` (does not exist, or not in this
    letter), ``verplicht`` (a field that must stand in it).  Source: own rule of the portal; that a decision says why,
    and how and until when one can object, is Awb art. 3:46 and 3:45.
    """
    found = [*_opmaak(veld, tekst), *_haakje(veld, tekst)]
    found += [_onbekend(veld, name, bekend) for name in dict.fromkeys(velden_in(tekst)) if name not in bekend]
    missing = [f"{{{name}}}" for name in verplicht if name not in velden_in(tekst)]
    if missing:
        found.append(Refusal("verplicht", f"Zet {' en '.join(missing)} in deze tekst. Dat moet in de brief.", veld))
    return found


def _opmaak(veld: str, tekst: str) -> Iterator[Refusal]:
    match = _OPMAAK.search(tekst)
    if match:
        yield Refusal(
            "opmaak",
            f"Haal '{match[0][:40]}' weg. Opmaak met HTML werkt niet in een brief. Wilt u een nieuwe alinea? "
            "Laat dan een regel leeg.",
            veld,
        )


def _haakje(veld: str, tekst: str) -> Iterator[Refusal]:
    if re.search(r"[{}]", _VELD.sub("", tekst)):
        sentence = "Er staat een { of } los. Schrijf een veld met één haakje ervoor en één erachter, zoals {leerling}."
        yield Refusal("haakje", sentence, veld)


def _onbekend(veld: str, naam: str, bekend: Collection[str]) -> Refusal:
    shown = f"{{{naam[:40]}}}"
    if naam in VELDEN:
        return Refusal("veld", f"Het veld {shown} is er niet in deze brief. Haal het weg.", veld)
    near = get_close_matches(naam.strip().lower(), sorted(bekend), n=1)
    hint = f"Bedoelt u {{{near[0]}}}?" if near else "Kies een veld uit de lijst bij dit formulier."
    return Refusal("veld", f"Het veld {shown} bestaat niet. {hint}", veld)


def vul(tekst: str, waarden: Mapping[str, str]) -> tuple[Alinea, ...]:
    """The paragraphs of ``tekst`` with its fields filled from ``waarden``; an empty line begins a new paragraph.

    A paragraph with fields that are all empty is left out.  What is filled in is never read again for fields.  A name
    that ``waarden`` does not have stays as it was typed.
    """
    found: list[Alinea] = []
    for part in _WITREGEL.split(tekst.strip()):
        known = [name for name in velden_in(part) if name in waarden]
        if part and not (known and not any(waarden[name].strip() for name in known)):
            found += _alineas(part, waarden)
    return tuple(found)


def _alineas(deel: str, waarden: Mapping[str, str]) -> list[Alinea]:
    """One typed paragraph; a value of more paragraphs (a motivation) makes it more."""
    rows: list[list[Stuk]] = [[]]
    for piece in _stukken(deel, waarden):
        first, *rest = _WITREGEL.split(piece.tekst)
        rows[-1].append(Stuk(first, piece.nadruk))
        rows += [[Stuk(text, piece.nadruk)] for text in rest]
    kept = (tuple(piece for piece in row if piece.tekst) for row in rows)
    return [row for row in kept if any(piece.tekst.strip() for piece in row)]


def _stukken(deel: str, waarden: Mapping[str, str]) -> Iterator[Stuk]:
    end = 0
    for match in _VELD.finditer(deel):
        name = match[1]
        if name not in waarden:
            continue
        yield Stuk(deel[end : match.start()])
        yield Stuk(waarden[name].strip(), nadruk=name in VELDEN and VELDEN[name].nadruk)
        end = match.end()
    yield Stuk(deel[end:])
