"""Relations between models follow the line of dependencies too."""

from django.apps import apps
from django.db import models

from tests.architecture.sources import PAKKETTEN

#: From below; the platform's three may point at each other as their imports allow: access lowest.
VOLGORDE = ("access", "audit", "jobs", "kernen", "ondersteuning", "financien", "evaluatie")


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in PAKKETTEN]


def crossing() -> list[models.Field]:
    """Every foreign key, one-to-one and many-to-many that leads from one app to another."""
    found = []
    for model in own_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.remote_field is not None and field.related_model._meta.app_label != model._meta.app_label:
                found.append(field)
    return found


def test_there_are_relations_to_look_at() -> None:
    assert len(crossing()) > 5


def test_relations_point_downward() -> None:
    wrong = []
    for field in crossing():
        upper, lower = field.model._meta.app_label, field.related_model._meta.app_label
        if lower in {"auth", "contenttypes"}:
            continue
        if VOLGORDE.index(lower) > VOLGORDE.index(upper):
            wrong.append(f"{field} points up, at {lower}")
    assert not wrong, "\n".join(wrong)


def test_relations_between_apps_have_no_way_back() -> None:
    """The lower app knows nothing of the upper one: no reverse accessor either."""
    wrong = [
        str(field)
        for field in crossing()
        if field.related_model._meta.app_label in VOLGORDE and not field.remote_field.hidden
    ]
    assert not wrong, "give these related_name='+':\n" + "\n".join(wrong)
