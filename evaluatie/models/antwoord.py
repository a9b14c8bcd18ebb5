import uuid

from django.db import models

from evaluatie.models.ronde import Groep
from evaluatie.models.vragenlijst import Optie
from evaluatie.querysets import AntwoordQuerySet


class Antwoord(models.Model):
    """One answer to one question by somebody in a group.

    Every answer stands alone: nothing ties it to a person, to a moment, or to the other answers of the same form.  The
    key is random, so that it tells no order either.  Nobody reads these rows; only counts of them are published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="antwoorden", db_index=False)
    optie = models.ForeignKey(Optie, on_delete=models.PROTECT, related_name="antwoorden", db_index=False)

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        indexes = [models.Index(fields=["groep", "optie"], name="antwoord_groep_optie")]

    def __str__(self) -> str:
        return "antwoord"
