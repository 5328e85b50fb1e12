"""The app as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "ongedeeld.web.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
