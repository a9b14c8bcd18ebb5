from django.db import models


class Reserve(models.Model):
    """What the cache holds while Redis is away, brakes on logging in above all: see ``swv_portal/common/cache.py``.

    The key is a hash, so that no address of a visitor stands here; the columns are those of Django's database cache.
    """

    cache_key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_reserve"
        verbose_name = "reserve van de cache"
        verbose_name_plural = "reserve van de cache"

    def __str__(self) -> str:
        return self.cache_key[:8]
