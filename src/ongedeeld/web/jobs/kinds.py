"""The kinds of work that exist: a function each, marked in the file `work.py` of its app.

::

    @job("cities.check", N_("check an uploaded City"))
    def check(run: Run, *, upload: str) -> None:
        for place, table in enumerate(tables):
            run.tell(place, len(tables), N_("Reading {table}"), table=table)
        with run.applying("report"):
            ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    Parameters
    ----------
    name
        The app, a dot and a verb.
    text
        What it does, as people read it.
    work
        The function: takes a Run and the arguments by name; what it returns, if anything, is kept as JSON.
    attempts
        How often it is begun before it is given up.
    lease
        How long a worker that gives no sign holds it.
    daily
        From which time of the day it is done once a day without being asked; none is only when asked.
    quiet
        Whether it is a small part of something that stands in the record itself: that it was asked is not
        recorded, and one that went well is not listed and soon forgotten.
    """

    name: str
    text: str
    work: Work
    attempts: int = 3
    lease: timedelta = timedelta(minutes=1)
    daily: time | None = None
    quiet: bool = False


_KINDS: dict[str, Kind] = {}


def job(
    name: str,
    text: str,
    *,
    attempts: int = 3,
    lease: timedelta = timedelta(minutes=1),
    daily: time | None = None,
    quiet: bool = False,
) -> Callable[[Work], Work]:
    """Make a function a kind of work; the fields are those of :class:`Kind`.

    Raises
    ------
    ValueError
        When another function has this name already.
    """

    def marked(work: Work) -> Work:
        held = _KINDS.setdefault(name, Kind(name, text, work, attempts, lease, daily, quiet))
        if held.work is not work:
            raise ValueError(f"two kinds of work are called {name}")
        return work

    return marked


def kinds() -> Mapping[str, Kind]:
    """Every kind of work by its name."""
    return _KINDS


def quiet_kinds() -> list[str]:
    """The names of the kinds of which one that went well is not listed."""
    return [kind.name for kind in _KINDS.values() if kind.quiet]


def kind_of(name: str) -> Kind | None:
    """The kind of this name; none where an older version of the workbench knew it."""
    return _KINDS.get(name)
