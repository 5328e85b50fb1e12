"""The daily work of this app: nothing without somebody who is there, and nobody unaware of a term."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.signals.answering.visit_reminding import remind_to_look_again
from ongedeeld.web.signals.answering.visits import bring_forward
from ongedeeld.web.signals.arranging.handing import HAND_OVER_ALL, hand_over_all
from ongedeeld.web.signals.arranging.settling import settle
from ongedeeld.web.signals.arranging.team_actions import SETTLE
from ongedeeld.web.signals.arranging.work_lists import signals_of
from ongedeeld.web.signals.counting import work as counting_work  # noqa: F401 - what it registers
from ongedeeld.web.signals.letters import remind_to_tell
from ongedeeld.web.signals.models import Team
from ongedeeld.web.signals.reminding import remind


@job(SETTLE, N_("give open signals to who is there to answer them"), daily=time(5))
def settle_signals(run: Run, *, day: str) -> dict[str, Any]:
    """Signals of who went, left a team or is away go to others; so does what a new team covers."""

    def tell(moved: int) -> None:
        run.tell(moved, None, N_("Handing signals over"))

    return {"moved": settle(timezone.now(), timezone.localdate(), tell)}


@job(
    "signals.bring_forward",
    N_("have it looked at again how people go to homes that others live in now"),
    daily=time(5, 15),
)
def bring_visit_notes_forward(run: Run, *, day: str) -> dict[str, Any]:
    """How to go to a home was set for who lived there then: it ends soon, unless somebody looks again."""
    with run.applying("bring_forward") as new:
        return {"brought_forward": bring_forward(timezone.localdate()) if new else 0}


@job("signals.remind", N_("remind people of signals whose term ends"), daily=time(6, 30))
def remind_people(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content, on working days; a letter may be lost with its worker, and comes once."""
    with run.applying("told") as new:
        pass  # no transaction waits for a post office
    today = timezone.localdate()
    return {"letters": remind(today) + remind_to_tell(today) + remind_to_look_again(today) if new else 0}


@job(HAND_OVER_ALL, N_("hand signals over that somebody has open"))
def hand_over_signals(run: Run, *, team: str, owner: str, to: str, by: str) -> dict[str, Any]:
    """Everything that one has open of a team goes to another, as far as who asked for it may answer it."""
    actor = Person.objects.get(key=by)
    now, today = timezone.now(), timezone.localdate()
    signals = signals_of(actor, Team.objects.get(key=team), (), UUID(owner), today)
    done, left = hand_over_all(signals, UUID(to), actor=actor, now=now, today=today)
    return {"done": done, "left": left}
