"""The app as Django knows it."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Signals."""

    name = "ongedeeld.web.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
