"""What a piece of work can ask and tell while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.jobs import leases
from ongedeeld.web.jobs.kinds import Kind
from ongedeeld.web.jobs.models import Job, Step


class Overtaken(Exception):  # noqa: N818 - it is no error: another worker has the job
    """The lease lapsed and another worker took the job up: who worked on it stops, and applies nothing."""


class Cancelled(Exception):  # noqa: N818 - it is no error: somebody asked for it
    """Somebody asked to stop."""


class Stopped(Exception):  # noqa: N818 - it is no error: the worker ends
    """The worker ends: the job goes back to wait for another."""


class NotNowError(OngedeeldError):
    """It cannot be done now, as what it needs is away: it is tried again until its kind gives up."""


stopping = threading.Event()
"""Set when this process is asked to end."""


class Run:
    """One attempt at a job.

    Parameters
    ----------
    job
        The job, as it was when it was taken up.
    kind
        Its kind.
    """

    def __init__(self, job: Job, kind: Kind) -> None:
        self.job = job
        self.kind = kind

    def tell(self, done: int, of: int | None, text: str = "", **fields: object) -> None:
        """Tell how far the work is, and stop where that was asked; call it between steps.

        Parameters
        ----------
        done, of
            So many steps of so many; none where it is not known.
        text
            What is done now, marked with `N_`, which names fields in braces.
        **fields
            What the text names.

        Raises
        ------
        Overtaken, Cancelled, Stopped
            Let them pass: whoever runs the job knows what to do.
        """
        told = leases.in_both_languages(text, **fields) if text else None
        self._hold(done=done, of=of, told=told)

    @contextmanager
    def applying(self, step: str) -> Iterator[bool]:
        """A transaction in which one effect is applied, once for the whole life of the job.

        It yields whether the effect is still to be applied. The row of the job is held until the
        transaction ends, so that nobody can take the job up in between; whoever lost it changes nothing.

        Parameters
        ----------
        step
            A name that is the same at every attempt.

        Raises
        ------
        Overtaken, Cancelled, Stopped
            Before anything is applied.
        """
        with transaction.atomic():
            self._hold()
            _, new = Step.objects.get_or_create(job=self.job, name=step, defaults={"fence": self.job.fence})
            yield new

    def applied(self, step: str) -> bool:
        """Whether an earlier attempt applied this already, so that its reckoning can be left out."""
        return Step.objects.filter(job=self.job, name=step).exists()

    def _hold(self, **fields: object) -> None:
        if not leases.beat(self.job, self.kind.lease, **fields):
            raise Overtaken
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled
        if stopping.is_set():
            raise Stopped
