"""Settings, all of them from the environment; without any, SQLite in the user's data folder.

ONGEDEELD_DATA      folder for the database, Cities and uploads
DATABASE_URL        another database, such as postgresql://user@host/name
SECRET_KEY          the key that signs sessions; without one, `ongedeeld serve` keeps one in the data folder
ALLOWED_HOSTS       the host names at which the workbench may be reached, with commas between
ONGEDEELD_DEMO      1 lets demo people sign in with one click, on this machine only
ONGEDEELD_INSECURE  1 serves without TLS, on this machine only
ONGEDEELD_AUDIT_DAYS  for how long it is kept who did and who saw what; five years without it, one at least
ONGEDEELD_CITY_DAYS  for how long a version of the City stays after another was accepted; 90 without it
ONGEDEELD_UPLOAD_MB  how much a data manager may upload at once; 1024 without it
ONGEDEELD_ACCEPT_DROP  1 accepts files from the drop folder by itself where their check finds no error
ONGEDEELD_TERM_DAYS  terms other than those of the table of purposes: signals.signal=365,areas.note=730
ONGEDEELD_SIGNALEN   the Signalen of the municipality, for public space, such as https://meldingen.voorbeeld.nl
ONGEDEELD_FIELD_KEYS  file with the keys that seal what tells of people; in the data folder without it
ONGEDEELD_BACKGROUND  a file of tiles (MBTiles) as the background of the map
ONGEDEELD_ASSOCIATION, ONGEDEELD_PHONE  how the association is called and its number, for partners with a link
ONGEDEELD_ADDRESS    where the workbench is found, for links in letters, such as https://ongedeeld.voorbeeld.nl

Those of signing in and of mail stand in `sign_in_settings`.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from platformdirs import user_data_path

from ongedeeld.web.site.logs import LOGGING  # noqa: F401 - a setting
from ongedeeld.web.site.secret import secret_key
from ongedeeld.web.site.sign_in_settings import *  # noqa: F403 - settings are names of this module
from ongedeeld.web.site.sign_in_settings import CACHES, INSECURE

HERE = Path(__file__).parent
DATA_FOLDER = Path(os.environ.get("ONGEDEELD_DATA") or user_data_path("ongedeeld"))
DEMO = os.environ.get("ONGEDEELD_DEMO") == "1"
DEBUG = False
AUDIT_DAYS = int(os.environ.get("ONGEDEELD_AUDIT_DAYS", str(5 * 365)))
CITY_DAYS = max(1, int(os.environ.get("ONGEDEELD_CITY_DAYS", "90")))
CITY_ACCEPT_DROP = os.environ.get("ONGEDEELD_ACCEPT_DROP") == "1"
CITY_ACCEPTED = ("areas.warm",)  # the work that follows when another version is read
UPLOAD_BYTES = int(os.environ.get("ONGEDEELD_UPLOAD_MB", "1024")) * 1024**2
FILE_UPLOAD_HANDLERS = ["ongedeeld.web.cities.uploading.Bounded"]
ADDRESS = os.environ.get("ONGEDEELD_ADDRESS", "")
ASSOCIATION = os.environ.get("ONGEDEELD_ASSOCIATION", "")
PHONE = os.environ.get("ONGEDEELD_PHONE", "")

SECRET_KEY = secret_key(DATA_FOLDER)
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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON",
    }

# Portraits, drawn once for each version, language and audience; shared by all processes.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(DATA_FOLDER / "pages"),
    "OPTIONS": {"MAX_ENTRIES": 8000},
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *([] if find_spec("django.tasks") else ["django_tasks"]),  # Django 6 has its own
    "django_tasks_db",
    "ongedeeld.web.audit",
    "ongedeeld.web.jobs",
    "ongedeeld.web.accounts",
    "ongedeeld.web.cities",
    "ongedeeld.web.safeguards",
    "ongedeeld.web.partners",
    "ongedeeld.web.signals",
    "ongedeeld.web.preventing",
    "ongedeeld.web.residents",
    "ongedeeld.web.referrals",
    "ongedeeld.web.plans",
    "ongedeeld.web.knowledge",
    "ongedeeld.web.areas",
    "ongedeeld.web.oversight",
    "ongedeeld.web.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ongedeeld.web.site.security.SecurityHeaders",
    "ongedeeld.web.api.problems.ApiAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ongedeeld.web.accounts.middleware.SessionEnds",
    "ongedeeld.web.site.language.OwnLanguage",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ongedeeld.web.accounts.middleware.TurnAway",
    "ongedeeld.web.residents.middleware.Door",
    "ongedeeld.web.site.failing.FormsAlone",
]
ROOT_URLCONF = "ongedeeld.web.site.urls"
WSGI_APPLICATION = "ongedeeld.web.site.wsgi.application"
PERMISSIONS = "ongedeeld.web.site.permissions.TABLE"
AREAS = "ongedeeld.web.site.areas_known.areas_known"
RECORD_WORDS = "ongedeeld.web.oversight.record_words.RECORD_WORDS"
BESIDE_ADDRESSES = "ongedeeld.web.signals.answering.visits.manners_beside"

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

if DEMO:
    LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "demo"

LANGUAGE_CODE = "nl"
LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

CSRF_FAILURE_VIEW = "ongedeeld.web.site.failing.out_of_date"

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = DATA_FOLDER / "static"

TERM_DAYS = dict(
    one.partition("=")[::2] for one in os.environ.get("ONGEDEELD_TERM_DAYS", "").split(",") if one
)
SIGNALEN = os.environ.get("ONGEDEELD_SIGNALEN", "")
BACKGROUND = Path(os.environ["ONGEDEELD_BACKGROUND"]) if os.environ.get("ONGEDEELD_BACKGROUND") else None
FIELD_KEYS = Path(os.environ.get("ONGEDEELD_FIELD_KEYS") or DATA_FOLDER / "field-keys.json")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not INSECURE
CSRF_COOKIE_SECURE = not INSECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = not INSECURE
SECURE_HSTS_SECONDS = 0 if INSECURE else 365 * 86_400
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a list in browsers is joined by who owns the domain, not by us

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
