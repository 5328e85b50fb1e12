"""The app as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "ongedeeld.web.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell of partners how long people waited who were referred to them."""
        import_module("ongedeeld.web.referrals.waits")
