"""What the portal writes of a begroting as CSV can be read in again: the same posts, years and amounts."""

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from financien.domain.begroting import Post, Soort, totalen
from financien.importers.begroting import Begrotingsbestand, lees_begroting
from financien.models import Begroting
from financien.queries.begroting import Begrotingsbeeld, begrotingsbeeld
from financien.reports.begroting import begroting_csv
from swv_portal.common.scoping import Rol
from swv_portal.common.tables import Fouten
from swv_portal.jobs.overdracht import BEHEER
from swv_portal.local.voorbeeld.financien import DATA
from tests.factories.financien import geldende_begroting

NOTATIES = pytest.mark.parametrize("notatie", ["machine", "nl"])
#: As the importer keeps a name: without spaces around it.  A quote in front of a formula is how CSV writes one.
namen = st.text("aB1 =+-@;\"'é/.,", min_size=1, max_size=20).map(str.strip).filter(bool)
namen = namen.filter(lambda name: not name.startswith("'"))
#: The largest amounts that are read: a total of two of them is larger.
MEEST = 10**15 - 1
bedragen = st.none() | st.integers(-(10**9), 10**9) | st.sampled_from([MEEST, -MEEST])


@st.composite
def begrotingen(draw):
    first, number = draw(st.integers(2014, 2090)), draw(st.integers(1, 6))
    jaren = list(range(first, first + number))
    keys = draw(st.lists(st.tuples(st.sampled_from(Soort), namen, namen), min_size=1, max_size=6, unique=True))
    return jaren, [Post(*key, {jaar: draw(bedragen) for jaar in jaren}) for key in keys]


def beeld_van(jaren, posten):
    return Begrotingsbeeld(
        pk=1,
        naam="Proef",
        bron="proef",
        staat="geldend",
        ingelezen_op=datetime(2024, 1, 1, tzinfo=UTC),
        jaren=jaren,
        posten=posten,
        totalen=totalen(posten, jaren),
        gepubliceerd={},
        afwijkingen=[],
        vermogen=[],
    )


@NOTATIES
@given(begroting=begrotingen())
def test_every_begroting_comes_back_as_it_was(notatie, begroting):
    jaren, posten = begroting
    read = lees_begroting(begroting_csv(beeld_van(jaren, posten), notatie))
    assert read == Begrotingsbestand(tuple(jaren), tuple(posten))


@NOTATIES
@pytest.mark.django_db
def test_by_the_commands(notatie, tmp_path):
    first, second, path = tmp_path / "eerst.json", tmp_path / "daarna.json", tmp_path / "begroting.csv"
    posts = tmp_path / "posten.csv"
    posts.write_text((DATA / "begroting_2023_2028.csv").read_text() + f"lasten;groot;a{f';{MEEST}' * 6}\n")
    call_command("importeer", "begroting", str(posts))
    call_command("exporteer", "begroting", "--formaat", "json", "--naar", str(first))
    call_command("exporteer", "begroting", "--formaat", "csv", "--notatie", notatie, "--naar", str(path))
    assert b"totaal;;totaal baten;" in path.read_bytes()
    call_command("importeer", "begroting", str(path))
    call_command("exporteer", "begroting", "--formaat", "json", "--naar", str(second))
    before, after = (json.loads(file.read_text()) for file in (first, second))
    assert Begroting.objects.count() == 2
    assert [after[name] for name in ("jaren", "posten", "totalen")] == [
        before[name] for name in ("jaren", "posten", "totalen")
    ]


@pytest.mark.django_db
def test_on_the_screen(als, actor_als):
    posten = b"soort;groep;post;2024;2025\nbaten;rijk;=licht;1000;\nlasten;x / y;zorg; -90;0\n"
    first = geldende_begroting(actor_als(Rol.DIRECTEUR_BESTUURDER), "Eerst", posten)
    client = als(Rol.CONTROLLER)
    csv = client.get(reverse("financien:begroting_bestand", args=[first.pk, "csv"])).content
    data = {"posten": SimpleUploadedFile("begroting.csv", csv), "naam": "Daarna", "bron": "AV"}
    url = client.post(reverse("financien:begroting_inlezen"), data)["Location"]
    client.post(url, {"actie": "bevestig"})
    before = begrotingsbeeld(BEHEER, first.pk)
    after = begrotingsbeeld(BEHEER, Begroting.objects.get(naam="Daarna").pk)
    assert after.posten == before.posten
    assert after.posten[0].post == "=licht"
    assert (after.jaren, after.staat) == (before.jaren, "concept")


@pytest.mark.parametrize(
    ("rijen", "zin"),
    [
        ("totaal;;totaal baten;1\n", "In het bestand staan totalen, maar geen posten."),
        ("baten;;a;1\n", "rij 2, kolom 'groep': Deze cel mag niet leeg zijn."),
        ("baten;g;a;1\nbaten;g;a;2\n", "rij 3, kolom 'post': 'a' staat twee keer in deze groep."),
        ("subtotaal;;a;1\n", "rij 2, kolom 'soort': Schrijf baten of lasten."),
    ],
)
def test_what_is_no_post_and_no_total_is_refused(rijen, zin):
    read = lees_begroting(f"soort;groep;post;2024\n{rijen}".encode())
    assert isinstance(read, Fouten)
    assert [str(line).lower() for line in read.zinnen] == [zin.lower()]
