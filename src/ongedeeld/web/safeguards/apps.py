"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SafeguardsConfig(AppConfig):
    """Safeguards."""

    name = "ongedeeld.web.safeguards"
    label = "safeguards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Learn of every app what it removes when, what it seals, and what it keeps of a home."""
        autodiscover_modules("safeguarding", "holdings")
