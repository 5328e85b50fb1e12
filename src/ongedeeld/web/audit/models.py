"""One row for everything that was done or seen, and one for every removal of old rows."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Who did or saw what, and when; the names of fields, never their values.

    `place` is the code or number of the place that a thing is about, where the thing itself is not the place.
    `actor` is the key of a person and outlives the person; empty is who did not sign in: the workbench, or a
    partner or resident without an account, as `verb` tells. The database refuses to change an entry, and to
    delete one that no removal covers (see `guarding`). `processing` is the key of the operation in the
    processing log, where data of people were processed.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=list)
    processing = models.CharField(max_length=16, blank=True, db_index=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("kind", "thing"), name="audit_entry_thing"),
            models.Index(fields=("place",), name="audit_entry_place"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.thing}"


class Removal(models.Model):
    """Entries from before a moment were removed: how many and of which days, not what they told.

    It is written before the entries go, in the same transaction, and is itself never changed or deleted:
    whoever would remove entries must leave this behind.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.UUIDField(null=True)
    term_days = models.PositiveIntegerField()
    before = models.DateTimeField()
    count = models.PositiveBigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=models.Q(count__gt=0), name="removal_of_something"),
            models.CheckConstraint(
                condition=models.Q(last_at__lt=models.F("before")), name="removal_of_what_is_older"
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.count} before {self.before:%Y-%m-%d}"
