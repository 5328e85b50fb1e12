"""Messages carry the key of a job to a worker; what is true of the job stands in its row alone.

A message may be lost with its worker, come twice or come late: taking a job up is one compare-and-set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.jobs import leases
from ongedeeld.web.jobs.heart import beating
from ongedeeld.web.jobs.kinds import Kind, kind_of
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.running import Cancelled, NotNowError, Overtaken, Run, Stopped

if TYPE_CHECKING or not find_spec("django.tasks"):  # Django 5.2 has them from a package of their own
    from django_tasks import task
else:
    from django.tasks import task

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(seconds=10)
"""How long after a defect a job is tried again; twice as long each time."""
DEFECT = N_("The workbench itself failed at this ({name}); who manages it finds more in the log of {time}.")
UNKNOWN = N_("This version of the workbench does not know this kind of work.")
LOST = N_("The worker stopped {count} times while it was at this; it is not tried again.")


def send(job: Job, after: timedelta = timedelta(0)) -> None:
    """Send a message for a waiting job; call it in the transaction that made it wait."""
    wanted = take_up.using(run_after=timezone.now() + after) if after else take_up
    message = UUID(str(wanted.enqueue(key=str(job.key)).id))
    kind = kind_of(job.kind)
    patience = kind.lease if kind else timedelta(minutes=1)
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        message=message, lease_until=timezone.now() + after + patience
    )


@task()
def take_up(key: str) -> None:
    """Do the job of this key, if it waits."""
    job = Job.objects.filter(key=key, state=Job.State.WAITING).first()
    if job is not None:
        attempt(job, heart=beating)


def attempt(job: Job, heart: Callable[[Job, Kind], AbstractContextManager[object]] | None = None) -> None:
    """Take a waiting job up and do it; every end of it is written, unless another has it by then.

    Parameters
    ----------
    job
        The job, as it was read.
    heart
        What keeps the lease alive meanwhile; a test does without.
    """
    kind = kind_of(job.kind)
    if not leases.claim(job, kind.lease if kind else timedelta(minutes=1)):
        return
    if kind is None:
        leases.end(job, Job.State.FAILED, error=leases.in_both_languages(UNKNOWN))
    elif job.attempts > kind.attempts:
        lost = leases.in_both_languages(LOST, count=job.attempts - 1)
        leases.end(job, Job.State.FAILED, error=lost)
    else:
        with heart(job, kind) if heart else nullcontext():
            _work(job, kind)


def _work(job: Job, kind: Kind) -> None:
    run = Run(job, kind)
    try:
        if job.cancel_asked:
            raise Cancelled
        result = kind.work(run, **job.arguments)
        leases.end(job, Job.State.DONE, result=result)
    except Overtaken:
        logger.warning("job %s was taken up by another worker", job.key)
    except Cancelled:
        leases.end(job, Job.State.CANCELLED)
    except Stopped:
        _for_another(job)
    except NotNowError as error:
        logger.warning("job %s of kind %s has to wait", job.key, job.kind)
        _again_or_never(job, kind, leases.in_both_languages(error))
    except OngedeeldError as error:
        leases.end(job, Job.State.FAILED, error=leases.in_both_languages(error))
    except Exception as error:
        logger.exception("job %s of kind %s failed", job.key, job.kind)
        time = f"{timezone.localtime():%Y-%m-%d %H:%M}"
        told = leases.in_both_languages(DEFECT, name=type(error).__name__, time=time)
        _again_or_never(job, kind, told)


def _for_another(job: Job) -> None:
    """Give it back at once; that its worker ended is no fault of the job, so it counts as no attempt."""
    with transaction.atomic():
        if leases.give_back(job, timedelta(0)):
            Job.objects.filter(pk=job.pk).update(attempts=job.attempts - 1)
            send(job)


def _again_or_never(job: Job, kind: Kind, told: dict[str, str]) -> None:
    if job.attempts >= kind.attempts:
        leases.end(job, Job.State.FAILED, error=told)
        return
    wait = AGAIN_AFTER * 2 ** (job.attempts - 1)
    with transaction.atomic():
        if leases.give_back(job, wait):
            Job.objects.filter(pk=job.pk).update(error=told)
            send(job, wait)
