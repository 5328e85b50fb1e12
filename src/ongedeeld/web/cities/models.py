"""Versions of the City, and which of them is read."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class CityVersion(models.Model):
    """One version: an immutable folder below the data folder, and what its check told."""

    class State(models.TextChoices):
        """From upload to deletion."""

        WAITING = "waiting"
        CHECKED = "checked"
        REFUSED = "refused"
        CURRENT = "current"
        RETIRED = "retired"
        DELETED = "deleted"

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=20)
    folder = models.CharField(max_length=80, unique=True)
    invented = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state="current"), name="one_current_city_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.made_at:%Y-%m-%d %H:%M}"
