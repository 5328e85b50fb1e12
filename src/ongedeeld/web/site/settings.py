"""Settings, all of them from the environment; without any, SQLite in the user's data folder.

ONGEDEELD_DATA      folder for the database, Cities and uploads
DATABASE_URL        another database, such as postgresql://user@host/name
SECRET_KEY          the key that signs sessions; made and kept in the data folder when it is not given
ALLOWED_HOSTS       the host names at which the workbench may be reached, with commas between
ONGEDEELD_DEMO      1 lets demo people sign in with one click, on this machine only
ONGEDEELD_INSECURE  1 serves without TLS, on this machine only
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from platformdirs import user_data_path

HERE = Path(__file__).parent
DATA_FOLDER = Path(os.environ.get("ONGEDEELD_DATA") or user_data_path("ongedeeld"))
DEMO = os.environ.get("ONGEDEELD_DEMO") == "1"
INSECURE = os.environ.get("ONGEDEELD_INSECURE") == "1"
DEBUG = False


def _secret_key() -> str:
    """The key of the environment, or the one that is kept in the data folder."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    file = DATA_FOLDER / "secret-key"
    if not file.exists():
        DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",") if host]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_FOLDER / 'ongedeeld.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Deferred transactions gave "database is locked" under load; these give none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
    }

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "ongedeeld.web.audit",
    "ongedeeld.web.jobs",
    "ongedeeld.web.accounts",
    "ongedeeld.web.cities",
    "ongedeeld.web.plans",
    "ongedeeld.web.knowledge",
    "ongedeeld.web.areas",
    "ongedeeld.web.oversight",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "ongedeeld.web.site.urls"
WSGI_APPLICATION = "ongedeeld.web.site.wsgi.application"
PERMISSIONS = "ongedeeld.web.site.permissions.TABLE"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "ongedeeld.web.site.templating.environment",
            "context_processors": [*_CONTEXT, "ongedeeld.web.site.templating.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"

LANGUAGE_CODE = "nl"
LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = DATA_FOLDER / "static"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not INSECURE
CSRF_COOKIE_SECURE = not INSECURE
SECURE_SSL_REDIRECT = not INSECURE

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
