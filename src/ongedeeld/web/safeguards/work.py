"""The daily work of this app: remove what is past its term; and seal everything with the newest key."""

from __future__ import annotations

import logging
from datetime import date, time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Cancelled, Overtaken, Run, Stopped
from ongedeeld.web.safeguards import ledger
from ongedeeld.web.safeguards.removing import removers
from ongedeeld.web.safeguards.request_reminding import remind
from ongedeeld.web.safeguards.resealing import older_batches, reseal
from ongedeeld.web.safeguards.rotating import RESEAL, check_keys, drop_unused

logger = logging.getLogger(__name__)

MOST = 500
"""How many things go in one transaction, in which nobody else may write on SQLite."""


@job("safeguards.remove", N_("remove what is past its term"), daily=time(3, 15))
def remove_past_term(run: Run, *, day: str) -> dict[str, Any]:
    """Every app removes its own; how many of each went is written in the ledger.

    A defect in one app keeps nothing of another past its term: it is told when all had their turn.
    """
    removed, defects = {}, []
    for name in sorted(removers()):
        try:
            removed[name] = _remove(run, name, date.fromisoformat(day))
        except (Overtaken, Cancelled, Stopped):
            raise
        except Exception as error:  # noqa: BLE001 - raised below
            logger.warning("what is kept for %s was not removed", name)
            defects.append(error)
    if defects:
        raise ExceptionGroup("not everything that is past its term was removed", defects)
    return removed


def _remove(run: Run, name: str, today: date) -> int:
    removed, batch, most = 0, 0, MOST
    while most >= MOST:
        batch += 1
        with run.applying(f"{name}:{batch}") as new:
            if new:
                most = removers()[name](today, MOST)
                ledger.write(name, most, ledger.Ground.TERM, today)
                removed += most
    return removed


@job(RESEAL, N_("seal everything with the newest key"))
def seal_again(run: Run) -> dict[str, Any]:
    """What was sealed with older keys; who sealed with one meanwhile is found by the daily round."""
    done = 0
    for column, rows in older_batches():
        run.tell(done, None, N_("Sealing {name}"), name=column.name)
        reseal(column, rows)
        done += len(rows)
    return {"sealed": done}


@job("safeguards.keys", N_("look after the keys"), daily=time(4, 30))
def look_after_keys(run: Run, *, day: str) -> dict[str, Any]:
    """Seal what older keys hold still, and drop the keys that hold nothing any more."""
    now = timezone.now()
    check_keys(now)
    return {**(seal_again(run) or {}), "dropped": drop_unused(now)}


@job("safeguards.remind", N_("remind of requests of residents"), daily=time(6, 30))
def remind_officers(run: Run, *, day: str) -> dict[str, Any]:
    """A letter to every privacy officer where a request is late or soon will be; once a day."""
    with run.applying("remind") as new:
        pass  # no transaction waits for a post office: a letter may be lost with its worker
    return {"letters": remind(date.fromisoformat(day)) if new else 0}
