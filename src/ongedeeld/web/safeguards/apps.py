"""The app as Django knows it."""

from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    """Safeguards."""

    name = "ongedeeld.web.safeguards"
    label = "safeguards"
    default_auto_field = "django.db.models.BigAutoField"
