"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "ongedeeld.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let signing in be recorded."""
        from ongedeeld.web.accounts import signals  # noqa: F401 - its receivers connect
