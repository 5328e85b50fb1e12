"""The worker: does one job after the other until it is asked to end."""

from __future__ import annotations

import logging
import signal
import time
from datetime import timedelta
from types import FrameType
from uuid import uuid4

from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ongedeeld.web.jobs.running import stopping
from ongedeeld.web.jobs.sweeping import ask_daily, sweep

logger = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=5)
DAILY_EVERY = timedelta(minutes=1)


def work(*, interval: float = 1.0, sweep_every: timedelta = SWEEP_EVERY) -> None:
    """Do jobs until SIGINT or SIGTERM.

    Parameters
    ----------
    interval
        Seconds between two looks for a message where there is none.
    sweep_every
        How often to look for jobs that another worker dropped.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    name = uuid4().hex
    beside = _Beside(sweep_every)
    logger.info("the worker began")
    while not stopping.is_set():
        busy = False
        try:
            close_old_connections()
            beside.do()
            busy = _one_message(name)
        except Error as error:
            logger.warning("the worker found no database (%s) and waits", type(error).__name__)
            connection.close()
        if not busy:
            stopping.wait(interval)
    logger.info("the worker ended")


def _stop(number: int, frame: FrameType | None) -> None:
    stopping.set()


def _one_message(name: str) -> bool:
    """Handle one message, if there is one; whether there was."""
    if not DBTaskResult.objects.ready().exists():
        return False
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    ).run()
    return True


class _Beside:
    """What is done beside jobs, each at its own pace by the clock of this machine."""

    def __init__(self, sweep_every: timedelta) -> None:
        self._sweep_every = sweep_every.total_seconds()
        self._swept = self._asked = float("-inf")

    def do(self) -> None:
        now = time.monotonic()
        if now - self._swept >= self._sweep_every:
            self._swept = now
            sweep()
        if now - self._asked >= DAILY_EVERY.total_seconds():
            self._asked = now
            ask_daily(timezone.now())
