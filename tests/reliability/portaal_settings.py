"""Settings of the workers of a whole portal on a machine of its own: as in production, but for mail, which is files."""

from swv_portal.settings.test import *  # noqa: F403
from swv_portal.settings.test import DATABASES, INSTALLED_APPS, REDIS_URL, env

INSTALLED_APPS = [*INSTALLED_APPS, "tests.reliability.proef.apps.MetNaamConfig"]
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "pool": {"min_size": 1, "timeout": 3}}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {"default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": REDIS_URL}}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.str("PROEF_MAILS", default="")
LOGGING_CONFIG = "logging.config.dictConfig"
