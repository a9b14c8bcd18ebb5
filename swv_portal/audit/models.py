from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened to one object.  Written in the transaction of what it tells; never changed.

    ``onderwerp_soort`` is the model's label ('ondersteuning.aanvraag'), ``onderwerp_id`` its key: a plain reference, so
    that the log knows nothing of the apps above it.  ``tekst`` is a Dutch sentence without names of children; what
    needs protection goes nowhere in the log.  ``lezen`` marks that somebody only looked.  A trigger in the
    database refuses changes, and deletion other than by ``audit.services.destroy_for``.
    """

    tijd = models.DateTimeField(auto_now_add=True)
    onderwerp_soort = models.CharField(max_length=80)
    onderwerp_id = models.BigIntegerField()
    soort = models.CharField(max_length=60)
    tekst = models.CharField(max_length=500)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    link_id = models.BigIntegerField(null=True, blank=True)
    door = models.CharField(max_length=150, blank=True)
    lezen = models.BooleanField(default=False)
    gegevens = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        indexes = [
            models.Index(fields=["onderwerp_soort", "onderwerp_id", "-id"], name="event_onderwerp"),
            models.Index(fields=["user", "-id"], name="event_user"),
            models.Index(fields=["link_id", "-id"], name="event_link", condition=models.Q(link_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.onderwerp_soort} {self.onderwerp_id}"


class Vernietiging(models.Model):
    """That data was destroyed: what kind, how much, when and on which rule.  Of whom it was is not kept.

    ``regel`` names the term ('drie jaar na het einde van de TLV').  The counts are rows of the objects
    and of what hung under them, files, and lines of their timelines.
    """

    tijd = models.DateTimeField(auto_now_add=True)
    soort = models.CharField(max_length=80)
    regel = models.CharField(max_length=300)
    rijen = models.PositiveIntegerField()
    bestanden = models.PositiveIntegerField(default=0)
    gebeurtenissen = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        indexes = [models.Index(fields=["-tijd"], name="vernietiging_tijd")]

    def __str__(self) -> str:
        return f"vernietiging {self.pk} ({self.soort})"
