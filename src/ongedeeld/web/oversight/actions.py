"""Stop long work, and try it again."""

from __future__ import annotations

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs import actions as jobs
from ongedeeld.web.jobs.models import Job


def cancel(job: Job, *, actor: Person) -> None:
    """Stop a job that waits or runs.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When it had ended already.
    """
    require(actor, "oversight.steer_job", job)
    if not jobs.cancel(job, actor=actor):
        raise InputError(N_("this work has ended, or was asked to stop already"))


def retry(job: Job, *, actor: Person) -> None:
    """Try a job again that failed or was stopped.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When it did neither.
    """
    require(actor, "oversight.steer_job", job)
    if not jobs.retry(job, actor=actor):
        raise InputError(N_("this work can be tried again only after it failed or was stopped"))
