"""How what this app holds of people is removed."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.models import Followed, Inspection, Note, Overrule, ResidentsGrade, ResidentsWords
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import beginning_of, remove_some, removes


@removes("areas.note")
def remove_notes(today: date, most: int) -> int:
    """Notes past their term."""
    since = beginning_of(kept_since("areas.note", today))
    return remove_some(most, Note.objects.filter(made_at__lt=since))


@removes("areas.words")
def remove_words(today: date, most: int) -> int:
    """What residents said and which grade they gave, past its term."""
    since = kept_since("areas.words", today)
    return remove_some(
        most, ResidentsWords.objects.filter(day__lt=since), ResidentsGrade.objects.filter(day__lt=since)
    )


@removes("areas.view")
def remove_views(today: date, most: int) -> int:
    """Views that ended and inspections that were done longer ago than the term."""
    since = kept_since("areas.view", today)
    return remove_some(
        most, Overrule.objects.filter(until__lt=since), Inspection.objects.filter(day__lt=since)
    )


@removes("areas.followed")
def remove_followed(_today: date, most: int) -> int:
    """What people followed whose account is gone."""
    return remove_some(most, Followed.objects.exclude(person__in=Person.objects.values("key")))
