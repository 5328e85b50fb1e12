"""The app as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "ongedeeld.web.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
