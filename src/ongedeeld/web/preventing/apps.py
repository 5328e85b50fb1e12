"""The app as Django knows it."""

from django.apps import AppConfig


class PreventingConfig(AppConfig):
    """Preventing."""

    name = "ongedeeld.web.preventing"
    label = "preventing"
    default_auto_field = "django.db.models.BigAutoField"
