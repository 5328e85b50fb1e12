"""The app as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Areas."""

    name = "ongedeeld.web.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to people who are removed."""
        import_module("ongedeeld.web.areas.leaving")
