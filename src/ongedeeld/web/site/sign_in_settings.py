"""Settings of signing in, all of them from the environment.

ONGEDEELD_SECOND_FACTOR  the roles that ask for a second factor, with commas between; `all` or `none`
ONGEDEELD_IDLE_MINUTES   after how long without use a session ends
ONGEDEELD_SESSION_HOURS  after how long a session ends in any case
ONGEDEELD_PROXIES        how many reverse proxies stand before the workbench; they tell who visits
OIDC_ISSUER              the address of the organisation's own sign-in, such as Entra ID
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME
                         how the workbench is known there, and how the button is called
OIDC_TRUST_EMAIL         1 believes the e-mail addresses that it tells, also those it does not call checked
OIDC_SECOND_FACTOR       1 when it asks for a second factor itself
EMAIL_HOST, EMAIL_PORT, EMAIL_USER, EMAIL_PASSWORD, EMAIL_TLS, EMAIL_FROM
                         the server that sends mail; without one, invitations are handed over by link
"""

from __future__ import annotations

import os

from ongedeeld.web.accounts.roles import WIDE, Role


def _second_factor_roles(given: str) -> frozenset[str]:
    """The roles that ask for a second factor: named, `all`, `none`, or those whose rights go far."""
    if given in ("", "all", "none"):
        return frozenset({"": WIDE, "all": tuple(Role), "none": ()}[given])
    return frozenset(Role(name.strip()) for name in given.split(","))


INSECURE = os.environ.get("ONGEDEELD_INSECURE") == "1"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_DAYS = 7
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

SECOND_FACTOR_ROLES = _second_factor_roles(os.environ.get("ONGEDEELD_SECOND_FACTOR", ""))
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("ONGEDEELD_IDLE_MINUTES", "60"))
SESSION_COOKIE_AGE = 3600 * int(os.environ.get("ONGEDEELD_SESSION_HOURS", "12"))

ACCOUNT_ADAPTER = "ongedeeld.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited proves the address by opening the invitation
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, at the latest
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

MFA_ADAPTER = "ongedeeld.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ongedeeld"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: every address was given by a manager
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = INSECURE

OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").rstrip("/")
OIDC_SECOND_FACTOR = os.environ.get("OIDC_SECOND_FACTOR") == "1"
SOCIALACCOUNT_ADAPTER = "ongedeeld.web.accounts.adapters.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisatie",
                "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "email_authentication": True,
                    "verified_email": os.environ.get("OIDC_TRUST_EMAIL") == "1",
                    "oauth_pkce_enabled": True,
                },
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

PROXIES = int(os.environ.get("ONGEDEELD_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Shared by all processes, so that a limit holds for all of them together.
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "ongedeeld@localhost")
