"""What a worker does beside its jobs: take up what others dropped, and ask for the work of the day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.kinds import kind_of, kinds
from ongedeeld.web.jobs.messages import send
from ongedeeld.web.jobs.models import Job


def sweep() -> int:
    """Let every job whose lease lapsed wait again, with a new message; how many there were."""
    lapsed = Job.objects.filter(
        state__in=(Job.State.WAITING, Job.State.RUNNING), lease_until__lt=timezone.now()
    )
    return sum(_again(job) for job in lapsed)


@transaction.atomic
def _again(job: Job) -> bool:
    unchanged = Job.objects.filter(pk=job.pk, state=job.state, fence=job.fence, lease_until=job.lease_until)
    kind = kind_of(job.kind)
    if job.state == Job.State.WAITING and kind and _message_waits(job):
        unchanged.update(lease_until=timezone.now() + kind.lease)
        return False
    if job.cancel_asked:
        return bool(unchanged.update(state=Job.State.CANCELLED, ended_at=timezone.now(), lease_until=None))
    dropped = unchanged.update(state=Job.State.WAITING)
    if dropped:
        send(job)
    return bool(dropped)


def _message_waits(job: Job) -> bool:
    """Whether its message waits for its turn still, so that nobody dropped it."""
    return job.message is not None and DBTaskResult.objects.ready().filter(id=job.message).exists()


def ask_daily(now: datetime) -> list[Job]:
    """Ask for the work of the day whose time has come; asked before, it is the same job."""
    local = timezone.localtime(now)
    day = local.date().isoformat()
    return [
        ask(kind.name, {"day": day}, actor=None, once=f"{kind.name}:{day}")
        for kind in kinds().values()
        if kind.daily is not None and kind.daily <= local.time()
    ]
