from django.db import models


class Vernietiging(models.Model):
    """The record that a dossier was destroyed: which one, when, why, and how much of each kind.  Holds no names."""

    kenmerk = models.CharField("kenmerk", max_length=20, unique=True)
    tlvnummer = models.CharField("TLV-nummer", max_length=40, blank=True)
    bewaard_tot = models.DateField("bewaard tot en met")
    vernietigd_op = models.DateField("vernietigd op")
    grond = models.CharField("grond", max_length=200)
    aantallen = models.JSONField("aantallen", default=dict)

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        ordering = ["-vernietigd_op", "-id"]

    def __str__(self) -> str:
        return f"vernietiging {self.kenmerk}"
