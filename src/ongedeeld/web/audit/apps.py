"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "ongedeeld.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
