"""One row for every long piece of work, and one for every step of it that was applied."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from ongedeeld.vocabulary import Both


class Job(models.Model):
    """A piece of work: what was asked, who holds it, how far it is, and how it ended.

    Who works on it holds a lease, which its heartbeat extends; when the lease lapses, another takes the
    job up. `fence` counts who took it up: only the last one may apply effects.
    """

    class State(models.TextChoices):
        """From asked to ended."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80, db_index=True)
    arguments = models.JSONField(default=dict)
    once = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, db_index=True)
    beat_at = models.DateTimeField(null=True)
    message = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(null=True)
    told = models.JSONField(null=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    error = models.JSONField(null=True)
    asked_by = models.UUIDField(null=True, db_index=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, state__in=("waiting", "running"))
                | models.Q(ended_at__isnull=False, state__in=("done", "failed", "cancelled")),
                name="job_has_ended_or_not",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def made_by(self) -> UUID | None:
        """Who asked for it, as `may` reads it."""
        return self.asked_by

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {Job.State.WAITING, Job.State.RUNNING}

    @property
    def saying(self) -> Both | None:
        """What it does now, in both languages."""
        return Both(**self.told) if self.told else None

    @property
    def complaint(self) -> Both | None:
        """Why it did not work, in both languages."""
        return Both(**self.error) if self.error else None

    @property
    def lasted(self) -> timedelta | None:
        """How long it has run, or ran."""
        return (self.ended_at or timezone.now()) - self.started_at if self.started_at else None


class Step(models.Model):
    """An effect of a job that was applied, written in the transaction that applied it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=120)
    fence = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("job", "name"), name="step_applied_once"),)

    def __str__(self) -> str:
        return self.name
