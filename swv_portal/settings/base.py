"""Settings that hold everywhere.  The settings package is the only place that reads the environment."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF


class _Environment(environ.FileAwareMapping):
    """The environment; ``NAME_FILE`` names a file with the value, whose last line may end in a newline."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key)).strip()


env = environ.Env()
env.ENVIRON = _Environment()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
DEMO = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "swv_portal.common",
    "swv_portal.access",
    "swv_portal.audit",
    "swv_portal.jobs",
    "kernen",
    "ondersteuning",
    "financien",
    "evaluatie",
    "swv_portal.start",
]

MIDDLEWARE = [
    "swv_portal.start.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "swv_portal.access.middleware.RequestIdMiddleware",
    "swv_portal.start.middleware.TooLargeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "swv_portal.start.middleware.SessionEndedMiddleware",
    "swv_portal.access.middleware.BereikMiddleware",
    "swv_portal.access.middleware.TweedeFactorMiddleware",
]

ROOT_URLCONF = "swv_portal.urls"
WSGI_APPLICATION = "swv_portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "swv_portal.start.context.schil",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_OPTIONS = {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
#: The largest file that a person may upload, in bytes.
MAX_UPLOAD_BYTES = 25 * 1024 * 1024

# ---- who comes in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start:thuis"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "swv_portal.access.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "swv_portal.access.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Accounts come from an invitation that was sent to the address: that is its verification.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SWV-portaal"
MFA_ADAPTER = "swv_portal.access.adapters.MfaAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
SOCIALACCOUNT_AUTO_SIGNUP = False
#: Roles that must have a second factor before they can do anything; on in production.
TWEEDE_FACTOR_VERPLICHT = False

#: The session of somebody with a personal link, apart from that of an account.
LINK_COOKIE_NAME = "persoonlijke-link"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "swv_portal.start.errors.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# ---- work in the background -----------------------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 8
CELERY_TASK_PUBLISH_RETRY = False
# A worker process loads WeasyPrint when it starts; on a busy machine that takes a while.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
}
CELERY_TIMEZONE = TIME_ZONE
#: A worker takes a message only when it has a hand free: a bell that waits behind a long job wakes nobody up.
CELERY_WORKER_DISABLE_PREFETCH = True
#: A job that runs longer than this hangs: its process is ended, and the job waits again.
CELERY_TASK_TIME_LIMIT = 60 * 60
#: How long a worker may hold a job without a sign of life, how often the sweeper looks for jobs that nobody took, how
#: often a job is tried, and the first pause between two tries (which doubles every time).
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=60)
JOB_SWEEP_SECONDS = env.int("JOB_SWEEP_SECONDS", default=10)
JOB_MAX_ATTEMPTS = 5
JOB_BACKOFF_SECONDS = env.int("JOB_BACKOFF_SECONDS", default=5)
CELERY_BEAT_SCHEDULE = {
    "jobs.sweep": {"task": "jobs.sweep", "schedule": float(JOB_SWEEP_SECONDS), "options": {"expires": 30}},
}

# ---- mail -----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "portaal@swv.example"
EMAIL_TIMEOUT = 10
#: The address under which people reach the portal, for links in mails and letters.
SITE_URL = "http://127.0.0.1:8000"
CLAMAV_URL = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"()": "swv_portal.common.logs.formatter"}},
    "handlers": {"uit": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["uit"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
