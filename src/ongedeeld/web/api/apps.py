"""The app as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API."""

    name = "ongedeeld.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
