from django.conf import settings
from django.db import models

from swv_portal.common.crypto import EncryptedTextField


class PersoonlijkeLink(models.Model):
    """A way in for somebody without an account: a link by mail, and a second code by another channel.

    Only hashes of the token and of the code are stored.  ``soort`` names what it opens (registered by the app that
    gave it out); ``onderwerp_id`` is the row there.  ``naam`` is how the person is called in timelines.  ``sessie`` is
    a random number that changes when somebody enters the code or stops: only the newest session counts.
    """

    soort = models.CharField(max_length=60)
    onderwerp_id = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=200)
    naam = EncryptedTextField(blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt = models.DateTimeField(auto_now_add=True)
    verloopt = models.DateTimeField()
    ingetrokken = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    laatst_gebruikt = models.DateTimeField(null=True, blank=True)
    sessie = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = "persoonlijke link"
        verbose_name_plural = "persoonlijke links"
        indexes = [models.Index(fields=["soort", "onderwerp_id"], name="link_onderwerp")]

    def __str__(self) -> str:
        return f"persoonlijke link {self.pk} ({self.soort})"
