"""The processing log, the ledger of what was removed, and the names of the keys that seal."""

from __future__ import annotations

from django.db import models

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_models import Finding, Mark, Request, RequestStep

__all__ = ["FieldKey", "Finding", "Mark", "Processed", "Removed", "Request", "RequestStep"]


class Processed(models.Model):
    """An operation on data of people, as the standard Logboek dataverwerkingen has it; never changed.

    `operation` is the key by which the audit record names it: who did it stands there, and not here.
    `activity` is the name of a purpose. `subject` is the sealed key of whom it is about, `subject_key` the
    blind one by which the lines about somebody are found.
    """

    class Status(models.IntegerChoices):
        """How it ended; `UNSET` is the standard's word for everything but a defect."""

        UNSET = 0, N_("done, or refused")
        ERROR = 2, N_("failed")

    trace = models.CharField(max_length=32, db_index=True)
    operation = models.CharField(max_length=16, unique=True)
    parent = models.CharField(max_length=16, blank=True)
    status = models.PositiveSmallIntegerField(choices=Status.choices)
    name = models.CharField(max_length=60)
    activity = models.CharField(max_length=60, db_index=True)
    start = models.DateTimeField(db_index=True)
    end = models.DateTimeField()
    subject = models.TextField(blank=True)
    subject_key = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} {self.start:%Y-%m-%d %H:%M}"


class Removed(models.Model):
    """That something was removed: of which kind, how many, why and on which day; never of whom.

    Written in the transaction in which the data go, and itself never changed or removed.
    """

    class Ground(models.TextChoices):
        """Why it went."""

        TERM = "term", N_("its term was over")
        REQUEST = "request", N_("a resident asked for it")

    kind = models.CharField(max_length=60, db_index=True)
    count = models.PositiveBigIntegerField()
    ground = models.CharField(max_length=10, choices=Ground.choices)
    day = models.DateField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=models.Q(count__gt=0), name="removed_is_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.kind} {self.count}"


class FieldKey(models.Model):
    """A key of the key file: its name and a fingerprint, by which the file that belongs here is known."""

    name = models.CharField(max_length=20, unique=True)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
