"""Running on one's own machine: embedded servers unless DATABASE_URL and REDIS_URL say otherwise, and the demo on."""

import hashlib

from swv_portal.local import paths
from swv_portal.settings.base import *  # noqa: F403
from swv_portal.settings.base import DATABASE_OPTIONS, INSTALLED_APPS, STORAGES, TEMPLATES, env

DEMO = env.bool("DEMO", default=True)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
SITE_URL = env.str("SITE_URL", default="http://" + env.str("PORTAL_BIND", default="127.0.0.1:8000"))

# A key per machine, made once: nothing secret stands in the code, and data survives a restart.
_seed = paths.machine_secret()
SECRET_KEY = env.str("SECRET_KEY", default=hashlib.sha256(b"session" + _seed).hexdigest())
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[paths.fernet_key(_seed)])

DATABASES = {"default": env.db("DATABASE_URL", default=paths.database_url())}
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), **DATABASE_OPTIONS}
# A pooled connection that died with a restart of PostgreSQL is replaced before it is used.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
REDIS_URL = env.str("REDIS_URL", default=paths.redis_url())
CELERY_BROKER_URL = paths.broker_url(REDIS_URL)

MEDIA_ROOT = paths.VAR / "bestanden"
STATIC_ROOT = paths.VAR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": REDIS_URL}}

if DEMO:
    INSTALLED_APPS = [*INSTALLED_APPS, "swv_portal.local"]
    EMAIL_BACKEND = "swv_portal.local.mailbox.MailboxBackend"
    POST_MAP = paths.VAR / "post"
    _options = TEMPLATES[0]["OPTIONS"]
    _processors = [*_options["context_processors"], "swv_portal.local.context.demo"]
    TEMPLATES = [{**TEMPLATES[0], "OPTIONS": {**_options, "context_processors": _processors}}]
else:
    vars().update(env.email("EMAIL_URL", default="consolemail://"))
# Passkeys over plain http: only on localhost, where browsers allow it.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
