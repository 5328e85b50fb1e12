"""The app as Django knows it."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Oversight."""

    name = "ongedeeld.web.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
