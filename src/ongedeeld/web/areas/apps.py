"""The app as Django knows it."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Areas."""

    name = "ongedeeld.web.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"
