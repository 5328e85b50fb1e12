"""The app as Django knows it."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Knowledge."""

    name = "ongedeeld.web.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
