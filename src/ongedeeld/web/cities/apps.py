"""The app as Django knows it."""

from django.apps import AppConfig


class CitiesConfig(AppConfig):
    """Cities."""

    name = "ongedeeld.web.cities"
    label = "cities"
    default_auto_field = "django.db.models.BigAutoField"
