"""Ask for work, stop it, try it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ongedeeld.web.audit.actions import Actor, record
from ongedeeld.web.jobs.kinds import kinds, quiet_kinds
from ongedeeld.web.jobs.messages import send
from ongedeeld.web.jobs.models import Job

QUIET_KEPT = timedelta(days=1)
"""How long a job of a quiet kind is kept after it went well."""


@transaction.atomic
def ask(
    kind: str, arguments: Mapping[str, Any] | None = None, *, actor: Actor | None, once: str | None = None
) -> Job:
    """Ask for work; it begins when this transaction is through.

    Parameters
    ----------
    kind
        The name of a kind of work.
    arguments
        What its function takes by name, as JSON holds it: keys and paths, never the data of people.
    actor
        Who asks, and may follow and stop it.
    once
        The same words ask for the same job: who asks again gets the first.

    Raises
    ------
    KeyError
        When there is no such kind: a defect of who asks.
    """
    asked = kinds()[kind]
    job, new = Job.objects.get_or_create(
        once=once or f"{kind}:{uuid4()}",
        defaults={
            "kind": kind,
            "arguments": dict(arguments or {}),
            "asked_by": actor.key if actor else None,
        },
    )
    if new:
        send(job)
        if not asked.quiet:
            record(actor, "jobs.ask", "job", job.key)
    return job


@transaction.atomic
def cancel(job: Job, *, actor: Actor) -> bool:
    """Stop a job: at once where it waits, between two steps where it runs; whether there was one to stop."""
    now = timezone.now()
    waits = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    runs = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, cancel_asked=False)
    stopped = waits.update(state=Job.State.CANCELLED, ended_at=now, lease_until=None)
    stopped = stopped or runs.update(cancel_asked=True)
    if stopped:
        record(actor, "jobs.cancel", "job", job.key, ["cancel_asked"])
    return bool(stopped)


@transaction.atomic
def retry(job: Job, *, actor: Actor) -> bool:
    """Try a job again that failed or was stopped; whether it was one of those.

    What it applied before stays applied, and is not applied twice.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=(Job.State.FAILED, Job.State.CANCELLED))
    again = ended.update(
        state=Job.State.WAITING, attempts=0, cancel_asked=False, error=None, ended_at=None, told=None
    )
    if again:
        send(job)
        record(actor, "jobs.retry", "job", job.key, ["state"])
    return bool(again)


def forget(older_than: timedelta) -> int:
    """Remove jobs that ended longer ago than this; how many. What they applied stays."""
    now = timezone.now()
    old = Q(ended_at__lt=now - older_than)
    went_well = Q(kind__in=quiet_kinds(), state=Job.State.DONE, ended_at__lt=now - QUIET_KEPT)
    _, removed = Job.objects.filter(old | went_well).delete()
    return removed.get(Job._meta.label, 0)
