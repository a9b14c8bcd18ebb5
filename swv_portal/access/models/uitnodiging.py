from django.conf import settings
from django.db import models


class Uitnodiging(models.Model):
    """An invitation to make an account.  The mail holds the token, the database only its hash."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uitnodigingen")
    token_hash = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    aangemaakt = models.DateTimeField(auto_now_add=True)
    verloopt = models.DateTimeField()
    gebruikt = models.DateTimeField(null=True, blank=True)
    ingetrokken = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"
