"""Running for an SWV.  Every secret comes from the environment (NAME, or NAME_FILE with the path of a file)."""

from django.core.exceptions import ImproperlyConfigured

from swv_portal.settings.base import *  # noqa: F403
from swv_portal.settings.base import DATABASE_OPTIONS, SOCIALACCOUNT_PROVIDERS, STORAGES, env

if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("DEMO cannot be on in production: demo logins let anybody in.")
if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG cannot be on in production.")

SECRET_KEY = env.str("SECRET_KEY")
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), **DATABASE_OPTIONS}
# A pooled connection that died with a restart of PostgreSQL is replaced before it is used.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": {"BACKEND": "swv_portal.common.cache.TolerantRedisCache", "LOCATION": REDIS_URL}}

STATIC_ROOT = env.str("STATIC_ROOT", default="/srv/static")
MEDIA_ROOT = env.str("MEDIA_ROOT", default="/srv/bestanden")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY"),
            "secret_key": env.str("S3_SECRET_KEY"),
            "region_name": env.str("S3_REGION", default="") or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }

vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CLAMAV_URL = env.str("CLAMAV_URL", default="")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
CSRF_COOKIE_NAME = "__Host-csrf"
LINK_COOKIE_NAME = "__Host-link"
TWEEDE_FACTOR_VERPLICHT = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)

# Entree Federatie, when the SWV has an agreement with it: OIDC, or SAML.  A login joins an account only by an address
# that is vouched for: by the claim email_verified, or because its domain stands here.
# The button is a link: after a form, the CSP would keep the browser from going on to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True
_VERTROUWDE_DOMEINEN = env.list("ENTREE_VERTROUWDE_DOMEINEN", default=[])
if env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "entree",
                "name": env.str("OIDC_NAME", default="Entree"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": env.str("OIDC_SERVER_URL"),
                    "verified_email": _VERTROUWDE_DOMEINEN,
                    "oauth_pkce_enabled": True,
                },
            }
        ]
    }
if env.str("SAML_METADATA_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": env.str("SAML_ENTITY_ID"),
                "client_id": env.str("SAML_CLIENT_ID", default="entree-saml"),
                "name": env.str("SAML_NAME", default="Entree"),
                "settings": {
                    "verified_email": _VERTROUWDE_DOMEINEN,
                    "idp": {
                        "entity_id": env.str("SAML_ENTITY_ID"),
                        "metadata_url": env.str("SAML_METADATA_URL"),
                    },
                    "attribute_mapping": {
                        "uid": env.str("SAML_UID_ATTRIBUTE", default="uid"),
                        "email": env.str("SAML_EMAIL_ATTRIBUTE", default="mail"),
                    },
                },
            }
        ]
    }
