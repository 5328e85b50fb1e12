"""The app as Django knows it."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "ongedeeld.web.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
