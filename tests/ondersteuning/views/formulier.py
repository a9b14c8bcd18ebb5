"""What the tests of the step form share: the address of a step, and what storing by itself answers."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from ondersteuning.models import Aanvraag

Als = Callable[..., Client]


def url(row: Aanvraag, step: str) -> str:
    return reverse("ondersteuning:stap", args=[row.pk, step])


def autosave(client: Client, row: Aanvraag, step: str, **data: Any) -> str:
    response = client.post(url(row, step), {"versie": 1, **data}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()
