from django.db import models
from django.db.models import Q


class SwvGebied(models.Model):
    """The SWV to whose area a postcode (its four digits) belongs.  The table is replaced as a whole."""

    pc4 = models.CharField("postcode (vier cijfers)", max_length=4, unique=True)
    swv_code = models.CharField("code van het samenwerkingsverband", max_length=6)
    swv_naam = models.CharField("naam van het samenwerkingsverband", max_length=150)
    ingelezen_op = models.DateField("ingelezen op")

    class Meta:
        verbose_name = "SWV-gebied"
        verbose_name_plural = "SWV-gebieden"
        ordering = ["pc4"]
        constraints = [
            models.CheckConstraint(name="swvgebied_pc4", condition=Q(pc4__regex=r"^[1-9][0-9]{3}$")),
            models.CheckConstraint(name="swvgebied_code", condition=Q(swv_code__regex=r"^PO[0-9]{4}$")),
        ]

    def __str__(self) -> str:
        return f"{self.pc4} {self.swv_code}"
