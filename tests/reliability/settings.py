"""Settings of the workers in the reliability tests: the jobs of the portal, a job kind to count with, the pool as in
production, and mail as files."""

from swv_portal.settings.test import *  # noqa: F403
from swv_portal.settings.test import DATABASES, env

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "swv_portal.common",
    "swv_portal.access",
    "swv_portal.audit",
    "swv_portal.jobs",
    "tests.reliability.proef.apps.ProefConfig",
]
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], "pool": {"min_size": 1, "timeout": 3}}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.str("PROEF_MAILS", default="")
LOGGING_CONFIG = "logging.config.dictConfig"
