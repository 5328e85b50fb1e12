"""The app as Django knows it."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partners."""

    name = "ongedeeld.web.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
