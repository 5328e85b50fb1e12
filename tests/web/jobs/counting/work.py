"""Work of which every effect is an entry of the audit record, which cannot be taken back."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from ongedeeld.errors import N_, InputError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run

STEPS = 4


@job("counting.count", N_("count"), attempts=1_000, lease=timedelta(seconds=1))
def count(run: Run, *, name: str, pause: float = 0.0) -> dict[str, Any]:
    """An effect for every step, with a while in which the worker may be killed."""
    for step in range(STEPS):
        run.tell(step, STEPS, N_("Step {step}"), step=step)
        time.sleep(pause)
        with run.applying(str(step)) as new:
            if new:
                record(None, "counting.count", name, step)
            time.sleep(pause / 4)
    return {"steps": STEPS}


@job("counting.refuse", N_("count what cannot be counted"))
def refuse(run: Run) -> None:
    """A file that is not as expected."""
    raise InputError(N_("there is no table {table}"), table="x")


@job("counting.break", N_("count with a defect"), attempts=2)
def fail(run: Run) -> None:
    """A defect: it applies something each time, and fails."""
    with run.applying("before"):
        pass
    raise ZeroDivisionError
