"""How what this app holds of people is removed, and what of it is sealed."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import remove_past, remove_some, removes
from ongedeeld.web.safeguards.resealing import sealed
from ongedeeld.web.signals.counting.models import SignalCount
from ongedeeld.web.signals.models import (
    Photo,
    RoutingRule,
    Signal,
    SignalEvent,
    TeamMember,
    VisitNote,
)

sealed(Signal, "sealed", lambda signal: f"signal:{signal.key}")
sealed(SignalEvent, "sealed", lambda event: f"event:{event.key}")
sealed(SignalEvent, "answer", lambda event: f"answer:{event.key}")
sealed(Photo, "sealed", lambda photo: f"photo:{photo.key}")
sealed(VisitNote, "sealed", lambda note: f"visit:{note.key}")


@removes("signals.signal")
def remove_signals(today: date, most: int) -> int:
    """Signals past their term, with their history and pictures."""
    return remove_past(Signal, today, most)


@removes("signals.visit_note")
def remove_visit_notes(today: date, most: int) -> int:
    """Notes on visits past their term."""
    return remove_past(VisitNote, today, most)


@removes("signals.count")
def remove_counts(today: date, most: int) -> int:
    """Counts of quarters past their term."""
    return remove_past(SignalCount, today, most)


@removes("signals.team")
def remove_members(today: date, most: int) -> int:
    """Rules that ended long ago, and members of teams whose account is gone."""
    people = Person.objects.values("key")
    TeamMember.objects.exclude(stands_in=None).exclude(stands_in__in=people).update(stands_in=None)
    ended = RoutingRule.objects.filter(until_day__lt=kept_since("signals.team", today))
    return remove_some(most, ended, TeamMember.objects.exclude(person__in=people))
