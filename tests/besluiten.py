"""What every preview of an offered file is tested with: two decisions on one file, from two tabs or by two clicks."""

from typing import Any

from django.test import Client

#: What was decided first and what comes after it, and what the second is told.
TWEE_BESLUITEN = [
    ("bevestig", "bevestig", "Dit bestand is al ingelezen."),
    ("bevestig", "verwerp", "Dit bestand is al ingelezen."),
    ("verwerp", "bevestig", "Dit bestand is niet ingelezen en is verwijderd."),
    ("verwerp", "verwerp", "Dit bestand is niet ingelezen en is verwijderd."),
]


def besluit_tweemaal(client: Client, url: str, eerst: str, daarna: str) -> tuple[Any, str]:
    """Decide twice.  Returns the answer to the second, and the page where it leads to."""
    assert client.post(url, {"actie": eerst}, follow=True).status_code == 200
    response = client.post(url, {"actie": daarna})
    assert response.status_code == 302, response.content.decode()
    return response, client.get(response["Location"]).content.decode()
