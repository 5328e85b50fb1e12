"""Keep the lease of a job alive while its work is busy between two steps."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from ongedeeld.web.jobs import leases
from ongedeeld.web.jobs.kinds import Kind
from ongedeeld.web.jobs.models import Job

logger = logging.getLogger(__name__)


@contextmanager
def beating(job: Job, kind: Kind) -> Iterator[None]:
    """Extend the lease from a thread of its own, three times in its length.

    Parameters
    ----------
    job, kind
        The job that was taken up, and its kind.
    """
    over = threading.Event()

    def beats() -> None:
        while not over.wait(kind.lease.total_seconds() / 3):
            try:
                held = leases.beat(job, kind.lease)
            except Error:
                logger.warning("the heartbeat of job %s found no database", job.key)
                connection.close()
                continue
            if not held:
                break
        connection.close()

    thread = threading.Thread(target=beats, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
