"""A worker that is killed: its job is taken up again after its lease, and its effects are applied once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ongedeeld.web.audit.models import Entry
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.models import Job
from tests.web.elsewhere import PATIENCE, address, eventually
from tests.web.jobs.counting.work import STEPS


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the database of this test; at the end it is gone, whatever happened."""
    begun = subprocess.Popen(
        [sys.executable, "-m", "tests.web.jobs.worker"], env={**os.environ, "DATABASE_URL": address()}
    )
    try:
        yield begun
    finally:
        begun.kill()
        begun.wait()


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_every_effect_is_applied_once_however_often_its_worker_is_killed(repeats: int) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    jobs = [ask("counting.count", {"name": f"n{n}", "pause": 0.1}, actor=None) for n in range(repeats)]
    for job in jobs:
        with worker():
            eventually(lambda job=job: state(job) != Job.State.WAITING)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.7))
    with worker():
        for job in jobs:  # each by itself: a hundred together take longer than anybody waits for one
            eventually(lambda job=job: state(job) == Job.State.DONE)  # type: ignore[misc]
    applied = Counter(
        Entry.objects.filter(verb="counting.count", kind__startswith="n").values_list("kind", "thing")
    )
    assert applied == {(f"n{n}", str(step)): 1 for n in range(repeats) for step in range(STEPS)}
    assert Job.objects.filter(attempts__gt=1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_slept_through_its_lease_applies_nothing_when_it_wakes() -> None:
    job = ask("counting.count", {"name": "n", "pause": 0.5}, actor=None)
    with worker() as sleeper:
        eventually(lambda: Entry.objects.filter(verb="counting.count").exists())
        sleeper.send_signal(signal.SIGSTOP)
        with worker() as other:
            eventually(lambda: state(job) == Job.State.DONE)
            sleeper.send_signal(signal.SIGCONT)
            eventually(lambda: Job.objects.filter(state=Job.State.DONE).exists())
            other.send_signal(signal.SIGTERM)
            assert other.wait(PATIENCE) == 0
        sleeper.send_signal(signal.SIGTERM)
        assert sleeper.wait(PATIENCE) == 0
    assert Counter(Entry.objects.filter(kind="n").values_list("thing", flat=True)) == {
        str(step): 1 for step in range(STEPS)
    }
    assert job.attempts == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_asked_to_end_gives_its_job_back_at_once() -> None:
    job = ask("counting.count", {"name": "n", "pause": 0.3}, actor=None)
    with worker() as begun:
        eventually(lambda: state(job) == Job.State.RUNNING)
        begun.send_signal(signal.SIGTERM)
        assert begun.wait(PATIENCE) == 0
    assert (state(job), job.attempts) == (Job.State.WAITING, 0)
