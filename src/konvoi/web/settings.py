"""Django's settings of an instance, from its folder and the environment."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from konvoi.gateways import files
from konvoi.gateways.database import WAIT, Address, settings_of_connection
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import FOLDER, HOSTS, HTTPS, SCOPE, Instance
from konvoi.web.oidc import oidc
from konvoi.web.sqlite_driver import use_own_sqlite

use_own_sqlite()

CONNECTIONS = 20
"""Connections to PostgreSQL that the server has at most; as many requests are answered at a time."""
PATIENCE = 60.0
"""Seconds for which a request waits for a connection."""

KONVOI_FOLDER = str(Path(os.environ.get(FOLDER, ".")).resolve())
_INSTANCE = Instance(Path(KONVOI_FOLDER))
_HERE = Path(__file__).parent

SECRET_KEY = _INSTANCE.secret()
DEBUG = False
KONVOI_HTTPS = os.environ.get(HTTPS, "") == "1"
KONVOI_SECOND_FACTOR = not _INSTANCE.is_demo
ALLOWED_HOSTS = [one for one in os.environ.get(HOSTS, "localhost").split(",") if one]
CSRF_TRUSTED_ORIGINS = [f"https://{one}" for one in ALLOWED_HOSTS] if KONVOI_HTTPS else []


def secret_of(name: str) -> str:
    """Return the secret in the file that an environment variable names; empty where it names none."""
    path = os.environ.get(name, "")
    found = files.text(Path(path)) if path else ""
    if found is None:
        raise Refused(f"{name}: {path} cannot be read; name a file with the secret, or unset it")
    return found.strip()


def database(address: Address) -> dict[str, Any]:
    """Return Django's description of a database."""
    if not address.postgresql:
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT,
            "init_command": settings_of_connection(),
        }
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(address.path), "OPTIONS": options}
    from psycopg.conninfo import conninfo_to_dict

    found = {key: str(value) for key, value in conninfo_to_dict(address.dsn).items()}
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {key: found.pop(name, "") for key, name in named.items()}
    if scope := os.environ.get(SCOPE, ""):
        found["options"] = f"{found.get('options', '')} -c konvoi.scope={scope}".strip()
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": found, "CONN_MAX_AGE": 60}


DATABASES = {"default": database(_INSTANCE.address)}


def use_pool() -> None:
    """Let requests share a few connections to PostgreSQL; for the server, before it makes the first one.

    Each request is answered in a thread of its own. A connection kept by each of them would soon be one more
    than the database takes; here a request waits until another returns its connection.
    """
    default = DATABASES["default"]
    if default["ENGINE"].endswith("postgresql"):
        default["CONN_MAX_AGE"] = 0
        default["OPTIONS"]["pool"] = {"min_size": 2, "max_size": CONNECTIONS, "timeout": PATIENCE}


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "konvoi.web.accounts",
    "konvoi.web.access",
    "konvoi.web.runs",
    "konvoi.web.submissions",
    "konvoi.web.reports",
    "konvoi.web.ledger",
    "konvoi.web.planning",
    "konvoi.web.deliveries",
    "konvoi.web.form_rows",
    "konvoi.web.agreements",
    "konvoi.web.meetings",
    "konvoi.web.funding",
    "konvoi.web.sanctions",
    "konvoi.web.sign_in",
    "konvoi.web.matching",
    "konvoi.web.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "konvoi.web.pages.compression.compressed_files",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "konvoi.web.pages.languages.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "konvoi.web.sign_in.last_use.with_last_use",
    "konvoi.web.access.scope.with_wall",
    "konvoi.web.access.requests.with_viewer",
    "konvoi.web.pages.party_names.with_party_names",
]
ROOT_URLCONF = "konvoi.web.urls"
ASGI_APPLICATION = "konvoi.web.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "konvoi.web.pages.context.frame",
            ],
            "builtins": ["konvoi.web.pages.templatetags.konvoi", "django_htmx.templatetags.django_htmx"],
        },
    }
]

LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("uk", "Українська")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "konvoi_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "konvoi.web.sign_in.adapters.Accounts"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Behind a proxy the address of a browser is the last one that the proxy states.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if KONVOI_HTTPS else 0
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "konvoi.web.sign_in.adapters.OutsideAccounts"
KONVOI_OIDC = oidc(os.environ)
KONVOI_OIDC_NAME = "" if KONVOI_OIDC is None else KONVOI_OIDC.name
KONVOI_OIDC_ID = "" if KONVOI_OIDC is None else KONVOI_OIDC.id
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [] if KONVOI_OIDC is None else [KONVOI_OIDC.app]}}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses come from an invitation; nobody changes their own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Konvoi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not KONVOI_HTTPS
USERSESSIONS_TRACK_ACTIVITY = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "konvoi_cache"}}
SESSION_COOKIE_NAME = "konvoi_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = KONVOI_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "konvoi.web.pages.errors.refused_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if KONVOI_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if KONVOI_HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # A form that leads to the identity provider ends there.
        "form-action": [SELF, *([] if KONVOI_OIDC is None else [KONVOI_OIDC.origin])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
KONVOI_ADDRESS = os.environ.get("KONVOI_ADDRESS", "")
EMAIL_HOST = os.environ.get("KONVOI_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("KONVOI_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KONVOI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = secret_of("KONVOI_SMTP_PASSWORD_FILE")
EMAIL_USE_TLS = os.environ.get("KONVOI_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KONVOI_SMTP_FROM", "konvoi@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "konvoi.web.log_lines.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"konvoi": {"level": "INFO"}},
}
