from django.conf import settings
from django.db import models


class Formuliersleutel(models.Model):
    """A form that was sent and made something: the key that stood in it, and where to find what was made.

    The key is of one person and one form (``soort``): with the key of somebody else one finds nothing.  Written in the
    transaction of what it made, so it exists exactly when that does.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField(max_length=80)
    sleutel = models.UUIDField()
    pad = models.CharField(max_length=500, blank=True)
    aangemaakt = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "formuliersleutel"
        verbose_name_plural = "formuliersleutels"
        constraints = [models.UniqueConstraint(fields=["user", "soort", "sleutel"], name="formuliersleutel_eenmaal")]
        indexes = [models.Index(fields=["aangemaakt"], name="formuliersleutel_oud")]

    def __str__(self) -> str:
        return f"formuliersleutel {self.pk} ({self.soort})"
