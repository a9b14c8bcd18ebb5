"""Settings of the measurements: real servers and kept connections as in production, the addresses of ``_adressen``."""

from swv_portal.settings.base import DATABASE_OPTIONS
from swv_portal.settings.test import *  # noqa: F403
from swv_portal.settings.test import DATABASES, REDIS_URL

ROOT_URLCONF = "bench._adressen"
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), **DATABASE_OPTIONS}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
# As in production WhiteNoise knows its files from the start, and a request does not look for them on the disk.
WHITENOISE_AUTOREFRESH = False
