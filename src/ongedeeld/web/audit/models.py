"""One row for everything that was done or seen."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Who did or saw what, and when; the names of fields, never their values.

    `actor` is the key of a person and outlives the person; empty is the workbench itself.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("kind", "thing"), name="audit_entry_thing"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.thing}"
