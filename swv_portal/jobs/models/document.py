import uuid

from django.conf import settings
from django.db import models

from swv_portal.jobs.querysets import DocumentQuerySet


def storage_path(document: "Document", filename: str) -> str:  # noqa: ARG001  the name is never part of the path
    key = document.sleutel.hex
    return f"documenten/{key[:2]}/{key}"


class Document(models.Model):
    """A generated or uploaded file.  The content is stored encrypted; ``soort`` decides who may fetch it.

    ``onderwerp_soort`` and ``onderwerp_id`` point at the row it belongs to.  ``naam`` is the file name on download and
    holds no name of a child.
    """

    class Staat(models.TextChoices):
        GOED = "goed", "beschikbaar"
        QUARANTAINE = "quarantaine", "wacht op controle"
        GEWEERD = "geweerd", "geweerd"

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField(max_length=80)
    onderwerp_soort = models.CharField(max_length=80)
    onderwerp_id = models.BigIntegerField()
    naam = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    grootte = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    bestand = models.FileField(upload_to=storage_path, max_length=200)
    staat = models.CharField(max_length=12, choices=Staat, default=Staat.GOED)
    versie = models.PositiveIntegerField(default=1)
    job = models.ForeignKey("jobs.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="documenten")
    aanvrager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt = models.DateTimeField(auto_now_add=True)
    bewaren_tot = models.DateField(null=True, blank=True)
    #: What the kind needs to decide who may fetch it (codes and ids only).
    gegevens = models.JSONField(default=dict, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        indexes = [
            models.Index(fields=["onderwerp_soort", "onderwerp_id"], name="document_onderwerp"),
            models.Index(fields=["aanvrager", "-id"], name="document_aanvrager"),
            models.Index(
                fields=["bewaren_tot"], name="document_bewaren", condition=models.Q(bewaren_tot__isnull=False)
            ),
            models.Index(fields=["id"], name="document_quarantaine", condition=models.Q(staat="quarantaine")),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_staat", condition=models.Q(staat__in=["goed", "quarantaine", "geweerd"])
            )
        ]

    def __str__(self) -> str:
        return f"document {self.sleutel}"
