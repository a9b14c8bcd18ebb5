"""Who decides, by hand (WEC art. 40 lid 11): enrolment goes before the home."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets import Uitkomst, niet_voldaan, toets
from ondersteuning.domain.welk_swv import (
    BRON,
    BRON_VERVOLG,
    Feiten,
    Gebied,
    Uitspraak,
    Wie,
    Woont,
    swv_van_nummer,
    welk_swv,
)

ONS = Gebied("PO9901", "SWV Duin")
BUUR = Gebied("PO9902", "SWV Polder")
SCHOOL = Feiten(eigen_code="PO9901")
ELDERS = Feiten(eigen_code="PO9901", school_in_regio=False)
NERGENS = Feiten(eigen_code="PO9901", ingeschreven=False)
ZONDER = Feiten(eigen_code="PO9901", ingeschreven=False, tabel=False)

TABEL = [
    # enrolled at a school of ours: we, wherever the pupil lives, with or without a table
    (SCHOOL, Wie.WIJ, None, "ingeschreven op een school in ons gebied"),
    (replace(SCHOOL, tabel=False, woont=Woont.NEE), Wie.WIJ, None, "ingeschreven op een school in ons gebied"),
    (replace(SCHOOL, woon_pc4="1970", woonplaats=BUUR), Wie.WIJ, None, "SWV Polder (PO9902), verandert dat niet"),
    # enrolled at a school elsewhere: the SWV of that school, also when the pupil lives here
    (replace(ELDERS, school=BUUR), Wie.ANDER, BUUR, "SWV Polder (PO9902) beslist"),
    (replace(ELDERS, school=BUUR, woon_pc4="2011", woonplaats=ONS), Wie.ANDER, BUUR, "SWV Polder (PO9902) beslist"),
    (replace(ELDERS, school=ONS), Wie.WIJ, None, "de postcode van de school hoort bij ons gebied"),
    (ELDERS, Wie.ONBEKEND, None, "Vraag het na"),
    (replace(ELDERS, woon_pc4="2011", woonplaats=ONS), Wie.ONBEKEND, None, "Vraag het na"),
    # enrolled nowhere: the SWV of the home
    (replace(NERGENS, woon_pc4="2011", woonplaats=ONS), Wie.WIJ, None, "woont in ons gebied"),
    (replace(NERGENS, woon_pc4="1970", woonplaats=BUUR), Wie.ANDER, BUUR, "SWV Polder (PO9902) beslist"),
    (replace(NERGENS, woon_pc4="9999"), Wie.ONBEKEND, None, "Postcode 9999 staat niet in de tabel"),
    (NERGENS, Wie.ONBEKEND, None, "De postcode van het woonadres ontbreekt"),
    # the answer of the school does not count as long as there is a table
    (replace(NERGENS, woont=Woont.JA), Wie.ONBEKEND, None, "De postcode van het woonadres ontbreekt"),
    # enrolled nowhere and no table: what the school answers
    (replace(ZONDER, woont=Woont.JA), Wie.WIJ, None, "woont volgens de school in ons gebied"),
    (replace(ZONDER, woont=Woont.NEE), Wie.ONBEKEND, None, "woont volgens de school niet in ons gebied"),
    (replace(ZONDER, woont=Woont.WEET_NIET), Wie.ONBEKEND, None, "Woont de leerling in ons gebied?"),
    (ZONDER, Wie.ONBEKEND, None, "Woont de leerling in ons gebied?"),
]


@pytest.mark.parametrize(("feiten", "wie", "ander", "woorden"), TABEL)
def test_who_decides(feiten: Feiten, wie: Wie, ander: Gebied | None, woorden: str) -> None:
    answer = welk_swv(feiten)
    assert (answer.wie, answer.ander, answer.bron) == (wie, ander, BRON)
    assert woorden in answer.zin


BIJ_ONS = replace(SCHOOL, op_speciaal=True)
DAAR = replace(ELDERS, op_speciaal=True, school=BUUR)
ONBEKEND = Gebied("", "het andere samenwerkingsverband")
VERVOLG = [
    # at SO or SBO here with a TLV of another SWV: that one, also when it is not known which
    (replace(BIJ_ONS, tlv_van=BUUR), Wie.ANDER, BUUR, "SWV Polder (PO9902) beslist: de leerling zit al op", True),
    (replace(BIJ_ONS, tlv_van=ONBEKEND), Wie.ANDER, None, "Vraag na welk samenwerkingsverband dat is", True),
    # with a TLV of ours: we, here and elsewhere
    (replace(BIJ_ONS, tlv_van=ONS), Wie.WIJ, None, "ingeschreven op een school in ons gebied", False),
    (replace(DAAR, tlv_van=ONS), Wie.WIJ, None, "met een TLV van ons", True),
    # nothing known of a TLV, back at a regular school, or enrolled nowhere: as ever
    (BIJ_ONS, Wie.WIJ, None, "ingeschreven op een school in ons gebied", False),
    (DAAR, Wie.ANDER, BUUR, "daar staat de school", False),
    (replace(SCHOOL, tlv_van=BUUR), Wie.WIJ, None, "ingeschreven op een school in ons gebied", False),
    (replace(NERGENS, op_speciaal=True, tlv_van=BUUR), Wie.ONBEKEND, None, "ontbreekt", False),
]


@pytest.mark.parametrize(("feiten", "wie", "ander", "woorden", "vervolg"), VERVOLG)
def test_who_has_a_tlv_stays_with_the_swv_that_gave_it(
    feiten: Feiten, wie: Wie, ander: Gebied | None, woorden: str, vervolg: bool
) -> None:
    answer = welk_swv(feiten)
    assert (answer.wie, answer.ander, answer.bron) == (wie, ander, BRON_VERVOLG if vervolg else BRON)
    assert woorden in answer.zin


@pytest.mark.parametrize(
    ("nummer", "code"),
    [
        ("PO9902-2526-0017", "PO9902"),
        (" po9902 12", "PO9902"),
        ("PO99021", ""),
        ("2526-PO9902", ""),
        ("PA-2526-0001", ""),
        ("", ""),
    ],
)
def test_what_a_number_says_of_its_swv(nummer: str, code: str) -> None:
    assert swv_van_nummer(nummer) == code


@pytest.mark.parametrize("wie", list(Wie))
def test_it_is_on_the_test_list_and_never_blocks(wie: Wie) -> None:
    without = Stand(vandaag=date(2025, 3, 10))
    facts = replace(without, welk_swv=Uitspraak(wie, "Een zin."))
    item = toets(facts)[-1]
    assert (item.code, item.waarom, item.bron) == ("welk_swv", "Een zin.", BRON)
    assert item.uitkomst is (Uitkomst.VOLDAAN if wie is Wie.WIJ else Uitkomst.LET_OP)
    assert niet_voldaan(facts) == niet_voldaan(without)
    assert all(item.code != "welk_swv" for item in toets(without))
