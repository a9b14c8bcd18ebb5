import uuid

from django.conf import settings
from django.db import models

from evaluatie.querysets import InlezingQuerySet


class Inlezing(models.Model):
    """A file with answers that somebody of the SWV is looking over before it is read in.

    The file itself is an encrypted document; row and file go as soon as it is read in, and else in the night after a
    day.  The name of the file is not kept: it may hold the name of a person.
    """

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ronde_code = models.CharField(max_length=40)
    titel = models.CharField(max_length=160, blank=True)
    schooljaar = models.PositiveSmallIntegerField(null=True, blank=True)
    vragenlijst = models.CharField(max_length=40)
    vervang = models.BooleanField(default=False)
    publiceer = models.BooleanField(default=True)
    dag = models.DateField()
    aanvrager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = InlezingQuerySet.as_manager()

    class Meta:
        verbose_name = "inlezing"
        verbose_name_plural = "inlezingen"

    def __str__(self) -> str:
        return f"inlezing {self.ronde_code}"
