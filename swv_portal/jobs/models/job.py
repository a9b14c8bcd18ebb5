import uuid

from django.conf import settings
from django.db import models

from swv_portal.common.crypto import EncryptedJSONField
from swv_portal.jobs.querysets import JobQuerySet


class Job(models.Model):
    """Work for later.  This row is the truth; the Celery message is only a doorbell.

    Written in the transaction of what it belongs to, so it exists exactly when that does.  A worker claims it with a
    lease and a ``fence`` (a number that rises with each claim); it finishes only while its fence still counts.
    ``params`` holds ids and codes, never names; what must be secret (an address, the text of a mail) is in ``geheim``
    and wiped when the job is done or stopped.
    """

    class Staat(models.TextChoices):
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "bezig"
        KLAAR = "klaar", "klaar"
        DOOD = "dood", "mislukt"
        GESTOPT = "gestopt", "gestopt"

    class Voorrang(models.IntegerChoices):
        """What is taken first: a single job (a person waits for it) goes before the jobs of a batch."""

        PERSOON = 0, "enkel"
        PARTIJ = 1, "in een groep"

    soort = models.CharField(max_length=80)
    params = models.JSONField(default=dict, blank=True)
    geheim = EncryptedJSONField(null=True, blank=True)
    aanvrager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    groep = models.UUIDField(null=True, blank=True)
    uniek = models.CharField(max_length=200, null=True, blank=True, unique=True)
    voorrang = models.PositiveSmallIntegerField(choices=Voorrang, default=Voorrang.PERSOON)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_tot = models.DateTimeField(null=True, blank=True)
    niet_voor = models.DateTimeField()
    #: Set just before an effect outside the database that can be neither undone nor repeated (a mail that goes out).
    buiten_sinds = models.DateTimeField(null=True, blank=True)
    gedaan = models.PositiveIntegerField(default=0)
    totaal = models.PositiveIntegerField(default=0)
    fout = models.CharField(max_length=500, blank=True)
    #: ``None``: mail the requester when it took long; otherwise always or never.
    mail_bij_klaar = models.BooleanField(null=True, blank=True)
    aangemaakt = models.DateTimeField(auto_now_add=True)
    begonnen = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        constraints = [
            models.CheckConstraint(
                name="job_staat", condition=models.Q(staat__in=["wacht", "bezig", "klaar", "dood", "gestopt"])
            ),
            # A running job always has a lease, the others never: nothing can be held for ever.
            models.CheckConstraint(
                name="job_lease",
                condition=models.Q(staat="bezig", lease_tot__isnull=False)
                | (~models.Q(staat="bezig") & models.Q(lease_tot__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["voorrang", "niet_voor", "id"], name="job_wacht", condition=models.Q(staat="wacht")),
            models.Index(fields=["lease_tot"], name="job_bezig", condition=models.Q(staat="bezig")),
            models.Index(fields=["staat", "-id"], name="job_staat_nieuwste"),
            models.Index(fields=["-id"], name="job_aandacht", condition=models.Q(staat__in=["dood", "bezig", "wacht"])),
            models.Index(fields=["groep", "staat"], name="job_groep", condition=models.Q(groep__isnull=False)),
            models.Index(fields=["aanvrager", "-id"], name="job_aanvrager"),
        ]

    def __str__(self) -> str:
        return f"opdracht {self.pk} ({self.soort})"


def new_group() -> uuid.UUID:
    """The key under which jobs that belong together are counted."""
    return uuid.uuid4()
