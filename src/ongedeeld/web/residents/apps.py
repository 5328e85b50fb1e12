"""The app as Django knows it."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Residents."""

    name = "ongedeeld.web.residents"
    label = "residents"
    default_auto_field = "django.db.models.BigAutoField"
