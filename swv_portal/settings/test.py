"""Running the tests: real servers (started by tests/servers.py), fast password hashes, mail in memory."""

import tempfile
from pathlib import Path

from swv_portal.local import paths
from swv_portal.settings.base import *  # noqa: F403
from swv_portal.settings.base import STORAGES, env

SECRET_KEY = "only-for-tests-" + "x" * 50
ENCRYPTION_KEYS = [paths.fernet_key(b"only for tests"), paths.fernet_key(b"an older key, only for tests")]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

DATABASES = {"default": env.db("DATABASE_URL", default=paths.database_url())}
REDIS_URL = env.str("REDIS_URL", default=paths.redis_url())
CELERY_BROKER_URL = paths.broker_url(REDIS_URL)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# What a worker sends is not in the memory of the test: it goes into a folder, as in the demo.
if post := env.str("TEST_POST_MAP", default=""):
    EMAIL_BACKEND, POST_MAP = "swv_portal.local.mailbox.MailboxBackend", post
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = env.str("TEST_MEDIA_ROOT", default=str(Path(tempfile.gettempdir()) / "swv-portal-test-bestanden"))
STATIC_ROOT = env.str("TEST_STATIC_ROOT", default=str(Path(tempfile.gettempdir()) / "swv-portal-test-static"))
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ACCOUNT_RATE_LIMITS = False
LOGGING_CONFIG = None
# Passkeys over plain http: only on localhost, where browsers allow it.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
