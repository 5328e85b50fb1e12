"""How each app removes what is past its term: a function each, marked in its file `safeguarding.py`.

::

    @removes("signals.signal")
    def remove_signals(today: date, most: int) -> int:
        return remove_past(Signal, today, most)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from ongedeeld.web.safeguards.purposes import purposes

Remove = Callable[[date, int], int]
"""Removes at most so many that are past their term on a day; how many. It is called until it answers none."""

_REMOVERS: dict[str, Remove] = {}


def removes(name: str) -> Callable[[Remove], Remove]:
    """Make a function the one that removes what is kept for a purpose.

    Raises
    ------
    KeyError
        When there is no such purpose.
    ValueError
        When another function removes it already.
    """
    known = purposes()[name].name

    def marked(remove: Remove) -> Remove:
        if _REMOVERS.setdefault(known, remove) is not remove:
            raise ValueError(f"two functions remove {known}")
        return remove

    return marked


def removers() -> Mapping[str, Remove]:
    """How what is kept for each purpose is removed."""
    return _REMOVERS


def remove_past(model: type[Model], today: date, most: int) -> int:
    """Remove rows of a model whose `remove_after` lies before a day, and all that hangs on them.

    Returns
    -------
    How many rows of the model itself went.
    """
    return remove_some(most, model._default_manager.filter(remove_after__lt=today))


def remove_some(most: int, *past: QuerySet[Any]) -> int:
    """Remove the first rows of what is past its term, of one model after the other; how many."""
    removed = 0
    for rows in past:
        going = list(rows.order_by("pk").values_list("pk", flat=True)[: most - removed])
        rows.model._default_manager.filter(pk__in=going).delete()
        removed += len(going)
    return removed


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in Amsterdam."""
    return timezone.make_aware(datetime.combine(day, time.min))
