"""What the counts of signals say, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.signals.counting.areas import ALL
from ongedeeld.web.signals.counting.counts import Counted, Line, Where, counted_with_complexes
from ongedeeld.web.signals.counting.picture import ABOUT, share_written, written
from ongedeeld.web.signals.counting.quarters import after, quarter_of
from ongedeeld.web.signals.counting.quarters import told as quarter_told
from ongedeeld.web.signals.counting.registering import Change
from ongedeeld.web.signals.counting.tallying import KINDS
from ongedeeld.web.signals.models import Signal

CAME = N_("In {quarter}, {count} signals came from {place}.")
FEWER = N_("In {quarter}, {count} signals came from {place}: {difference} fewer than in the quarter before.")
MORE = N_("In {quarter}, {count} signals came from {place}: {difference} more than in the quarter before.")
AS_MANY = N_("In {quarter}, {count} signals came from {place}: as many as in the quarter before.")
UNTOLD = N_("How many signals came from {place} in {quarter} is not told: it could be few.")
NOT_PEACE = N_("Fewer signals is not the same as fewer troubles: it may be that less is written down.")
CHANGED = N_(
    "Around that time the way of registering changed ({what}), so the difference may come from that."
)


QUARTERS = 4
"""How many quarters stand beside each complex."""


class Named(Where, Protocol):
    """A place with a name."""

    @property
    def name(self) -> str:
        """What it is called."""


@dataclass(frozen=True)
class Table:
    """The heads and rows: a row for each quarter, the newest first."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Running:
    """The quarter that runs, and the day from which everybody may know of it."""

    name: str
    told_from: date


def running(today: date, speech: Speech) -> Running:
    """When the quarter of a day is told to those who see no full counts: it is published when it is over."""
    quarter = quarter_of(today)
    return Running(quarter_told(quarter, speech), after(quarter))


def opening(found: Counted, changes: Sequence[Change], place: str, speech: Speech) -> list[str]:
    """What the last quarter that is over tells, and whether that can be compared with the one before."""
    over = found.over
    if not over:
        return []
    line = over[-1]
    fields = {"quarter": quarter_told(line.quarter, speech), "place": place}
    if line.total is None:
        return [speech.say(UNTOLD, **fields)]
    fields["count"] = written(line, ALL, speech)
    before = over[-2] if len(over) > 1 else None
    if before is None or before.total is None or before.is_full != line.is_full:
        return [speech.say(CAME, **fields)]
    return _compared(line, before, changes, fields, speech)


def _compared(
    line: Line, before: Line, changes: Sequence[Change], fields: dict[str, str], speech: Speech
) -> list[str]:
    difference = (line.total or 0) - (before.total or 0)
    text = FEWER if difference < 0 else MORE if difference else AS_MANY
    by = speech.number(abs(difference))
    told = [speech.say(text, difference=by if line.is_full else speech.say(ABOUT, count=by), **fields)]
    changed = [one.said(speech) for one in changes if one.quarter in (line.quarter, before.quarter)]
    if changed and difference:
        told.append(speech.say(CHANGED, what=speech.listing(changed)))
    elif difference < 0:
        told.append(speech.say(NOT_PEACE))
    return told


def table(found: Counted, speech: Speech) -> Table:
    """Every quarter with its counts and shares."""
    heads = [speech.say(Signal.Kind(kind).label) for kind in KINDS]
    rows = []
    for line in reversed(found.lines):
        quarter = quarter_told(line.quarter, speech)
        if line.runs:
            quarter = speech.say(N_("{quarter}, so far"), quarter=quarter)
        rows.append((quarter, written(line, ALL, speech), *(_cell(line, kind, speech) for kind in KINDS)))
    return Table((speech.say(N_("quarter")), speech.say(N_("all signals")), *heads), tuple(rows))


def _cell(line: Line, kind: str, speech: Speech) -> str:
    if line.share(kind) is None:
        return written(line, kind, speech)
    return f"{written(line, kind, speech)} ({share_written(line, kind, speech)})"


@dataclass(frozen=True)
class Section:
    """What stands on the page of a place: its counts, and for the team those of its complexes."""

    counted: Counted
    table: Table
    complexes: Table | None = None


def section_of(
    person: Person,
    opened: Opened,
    place: Where,
    today: date,
    speech: Speech,
    complexes: Sequence[Named] = (),
) -> Section | None:
    """The counts of a place for its page; none where the person may see no counts at all.

    Parameters
    ----------
    person, opened, place, today
        As in :func:`~ongedeeld.web.signals.counting.counts.counted`.
    speech
        The language of the reader.
    complexes
        Those in the place, for the team that may see their counts.
    """
    if not may(person, "signals.see_counts"):
        return None
    found, by_complex = counted_with_complexes(person, opened, place, complexes, today)
    return Section(found, table(found, speech), _of_complexes(by_complex, complexes, speech))


def _of_complexes(found: Mapping[str, Counted], complexes: Sequence[Named], speech: Speech) -> Table | None:
    """All signals of every complex in the last quarters; none where there is nothing to tell."""
    quarters = sorted({line.quarter for one in found.values() for line in one.lines})[-QUARTERS:]
    if not quarters:
        return None
    rows = []
    for place in complexes:
        if place.code in found:
            totals = {line.quarter: written(line, ALL, speech) for line in found[place.code].lines}
            rows.append((place.name, *(totals.get(quarter, "–") for quarter in quarters)))
    heads = (speech.say(N_("complex")), *(quarter_told(quarter, speech) for quarter in quarters))
    return Table(heads, tuple(rows))
