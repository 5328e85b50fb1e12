"""Remind people of signals whose term ends or has passed: that there are some, and where; nothing of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.safeguards.removing import beginning_of
from ongedeeld.web.signals.arranging.teams import there_for
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.working_days import begins_week, is_working_day, working_days_after

DAYS_BEFORE = 1
"""So many working days before the end of its term somebody hears that it ends."""
_SUBJECT = N_("Ongedeeld: signals wait for an answer")
_SOON = N_("The term of something that you answer ends today or on the next working day.")
_LATE = N_(
    "The term of something that you answer has passed. Whoever reported it still waits to hear from you."
)
QUIET = timedelta(weeks=4)
"""After so long without a step somebody hears, every week, that a signal stands still."""
_STILL = N_(
    "Something that you answer has stood still for four weeks. Go on with it, or close it and say how it "
    "ended."
)
KEPT_YET = timedelta(weeks=8)
"""So long before an open signal is removed its owner hears of it, every week."""
_GOES = N_(
    "Something that you answer is still open and will be removed soon, as it may not be kept longer. Close "
    "it and say how it ended, so that whoever reported it hears."
)
_LED = N_("In a team that you lead the term of something has passed. Share the work, or stand in.")


@dataclass(frozen=True)
class Reminder:
    """Who is reminded, of what kind of lateness, and of which page."""

    person: UUID
    text: str
    page: str


@dataclass
class _Gathered:
    """Each reminder once, however many signals it stands for."""

    reminders: dict[tuple[UUID, str, str], Reminder] = field(default_factory=dict)

    def add(self, person: UUID, text: str, page: str) -> None:
        self.reminders[person, text, page] = Reminder(person, text, page)


def reminders(today: date) -> list[Reminder]:
    """Who is to be reminded on a day: none on a day on which nobody works.

    Before the end of its term the owner hears, or who stands in while they are away; after it whoever leads
    the team hears too. Once a week the owner hears of what has stood still, and of what is open and will be
    removed soon.
    """
    if not is_working_day(today):
        return []
    gathered = _Gathered()
    until = working_days_after(today, DAYS_BEFORE)
    waits = Signal.objects.readable(today).open().filter(answered_at__isnull=True)
    soon, late = waits.filter(due__gte=today, due__lte=until), waits.filter(due__lt=today)
    teams = {team.pk: team for team in Team.objects.all()}
    for signals, text in ((soon, _SOON), (late, _LATE)):
        for team, owner in _pairs(signals):
            page = reverse("team_work", args=[teams[team].key]) + "?van=mij"
            gathered.add(there_for(teams[team], owner, today), text, page)
    for team in {team for team, _ in _pairs(late)}:
        page = reverse("team_work", args=[teams[team].key])
        for lead in teams[team].members.filter(leads=True):
            gathered.add(there_for(teams[team], lead.person, today), _LED, page)
    for begun, text in ((_standing_still(today), _STILL), (_removed_soon(today), _GOES)):
        for team, owner in _pairs(begun):
            page = reverse("team_work", args=[teams[team].key]) + "?van=mij&welke=lopen"
            gathered.add(there_for(teams[team], owner, today), text, page)
    return list(gathered.reminders.values())


def _standing_still(today: date) -> QuerySet[Signal]:
    """What was answered first and not ended, with nothing done since; looked for once a week."""
    if not begins_week(today):
        return Signal.objects.none()
    begun = Signal.objects.readable(today).open().filter(answered_at__isnull=False)
    return begun.exclude(events__at__gte=beginning_of(today - QUIET))


def _removed_soon(today: date) -> QuerySet[Signal]:
    """What is open while the term of keeping it ends; looked for once a week."""
    if not begins_week(today):
        return Signal.objects.none()
    return Signal.objects.readable(today).open().filter(remove_after__lt=today + KEPT_YET)


def remind(today: date) -> int:
    """Write a letter for each reminder of a day; how many were sent."""
    return sum(write_to(one.person, _SUBJECT, one.text, one.page) for one in reminders(today))


def _pairs(signals: QuerySet[Signal]) -> Iterable[tuple[int, UUID]]:
    """Every team with every owner of these signals."""
    counted = signals.order_by("team", "owner").values("team", "owner").annotate(count=Count("id"))
    return [(row["team"], row["owner"]) for row in counted]
