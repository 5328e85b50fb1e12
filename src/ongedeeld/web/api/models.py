"""Tokens with which systems of other organisations read."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models


class ApiToken(models.Model):
    """A secret that stands for a person of its own, whose roles decide what it reads.

    Only the fingerprint of the secret is kept. `person` is the key of that person, who has no password and
    signs in nowhere.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.CharField(max_length=120)
    person = models.UUIDField()
    fingerprint = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ("organisation", "-id")

    def __str__(self) -> str:
        return self.organisation

    def holds_at(self, moment: datetime) -> bool:
        """Whether it opens the API at a moment."""
        return self.ended_at is None and moment < self.expires_at
