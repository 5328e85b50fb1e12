"""How many signals came: in full for who works in a place, protected for everybody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Min
from django.utils import timezone

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import Extent, extent_of
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.signals.counting.areas import ALL, Counts, neighbourhoods_of
from ongedeeld.web.signals.counting.quarters import last, quarter_of
from ongedeeld.web.signals.counting.readers import FULL, digest_of, reach_of
from ongedeeld.web.signals.counting.tallying import KINDS, by_kind, came, kept_within
from ongedeeld.web.signals.models import KnownReach, PublishedCount, Signal

SHOWN = 8
"""How many quarters are shown: as long as signals are kept."""


class Where(Protocol):
    """A place that is asked about, with the codes of all areas around it."""

    @property
    def code(self) -> str:
        """Its code or number."""

    @property
    def area_codes(self) -> Collection[str]:
        """Its own code and those of all areas around it."""


@dataclass(frozen=True)
class Spot:
    """An area to count in."""

    code: str
    area_codes: frozenset[str]


@dataclass(frozen=True)
class Line:
    """One quarter.

    Parameters
    ----------
    quarter
        Its first day.
    counts
        How many came of each kind, and of `all`; none where that is not told.
    is_full
        Whether these are the full counts; otherwise they are rounded.
    runs
        Whether the quarter is not over.
    """

    quarter: date
    counts: Mapping[str, int | None]
    is_full: bool
    runs: bool = False

    @property
    def total(self) -> int | None:
        """How many came of all kinds."""
        return self.counts[ALL]

    def share(self, kind: str) -> float | None:
        """Which part of all that came is of a kind; none where that is not told, or nothing came."""
        count, total = self.counts[kind], self.total
        # Both were rounded, so that together they can be more than one.
        return min(1.0, count / total) if count is not None and total else None


@dataclass(frozen=True)
class Counted:
    """What somebody may know of one place.

    Parameters
    ----------
    lines
        A line for every quarter of which anything may be told, the oldest first.
    is_full
        Whether the person may see full counts here at all.
    held_back
        Whether some quarters are protected for them all the same, since what was published tells the rest.
    """

    lines: tuple[Line, ...] = ()
    is_full: bool = False
    held_back: bool = False

    @property
    def hides(self) -> bool:
        """Whether some count is not told."""
        return any(count is None for line in self.lines for count in line.counts.values())

    @property
    def over(self) -> tuple[Line, ...]:
        """The quarters that are over."""
        return tuple(line for line in self.lines if not line.runs)


def counted(person: Person, opened: Opened, where: Where, today: date) -> Counted:
    """The counts of one complex, neighbourhood or district, or of all of them.

    Parameters
    ----------
    person
        Who asks: who works there sees everything, others what was published.
    opened
        The version of the City that is read.
    where
        The place; `all` is everything.
    today
        The last quarters up to this day.

    Raises
    ------
    Refused
        When the person may see no counts.
    """
    require(person, "signals.see_counts")
    published = _published(where.code, today)
    if not _covers(extent_of(person, FULL), where):
        return Counted(tuple(published[quarter] for quarter in sorted(published)))
    return _in_full(opened, [where.code], _open_quarters(person, today), today, published)


def counted_of_own(person: Person, opened: Opened, today: date) -> Counted | None:
    """The counts of all areas together in which a person sees them in full; none where there are no such."""
    require(person, "signals.see_counts")
    extent = extent_of(person, FULL)
    if not extent:
        return None
    codes = [ALL] if extent.everywhere else sorted(extent.codes)
    return _in_full(opened, codes, _open_quarters(person, today), today, {})


def counted_with_complexes(
    person: Person, opened: Opened, where: Where, complexes: Iterable[Where], today: date
) -> tuple[Counted, dict[str, Counted]]:
    """The counts of a place as :func:`counted` tells them, and in full those of its complexes by number.

    Of complexes nothing is told to whom :func:`counted` does not tell everything of the place.
    """
    require(person, "signals.see_counts")
    published, extent = _published(where.code, today), extent_of(person, FULL)
    if not _covers(extent, where):
        return Counted(tuple(published[quarter] for quarter in sorted(published))), {}
    quarters = _open_quarters(person, today)
    numbers = [place.code for place in complexes if _covers(extent, place)]
    rows = _rows(opened, [where.code, *numbers], quarters)
    found = {
        number: _told({quarter: _at(number, counts) for quarter, counts in rows.items()}, quarters, today, {})
        for number in numbers
    }
    around = neighbourhoods_of(opened)
    here = {
        quarter: {key: count for key, count in counts.items() if _lies_in(where.code, key, around)}
        for quarter, counts in rows.items()
    }
    return _told(here, quarters, today, published), found


def published_rows(person: Person) -> Iterator[PublishedCount]:
    """Everything that was published, the newest quarter first.

    Raises
    ------
    Refused
        When the person may see no counts.
    """
    require(person, "signals.see_counts")
    return PublishedCount.objects.order_by("-quarter", "area", "kind").iterator()


def _at(number: str, counts: Counts) -> Counts:
    """What came from one complex."""
    return {key: count for key, count in counts.items() if key[1] == number}


def _lies_in(code: str, key: tuple[str, str, str], around: Mapping[str, frozenset[str]]) -> bool:
    """Whether what is counted under a key came from a place."""
    area, complex_, _ = key
    return code in (ALL, complex_) or code in around.get(area, ())


def _covers(extent: Extent, where: Where) -> bool:
    return extent.everywhere if where.code == ALL else extent.covers(where)


def _in_full(
    opened: Opened, codes: Sequence[str], quarters: _Quarters, today: date, published: Mapping[date, Line]
) -> Counted:
    """The full counts, and what was published where these are held back."""
    return _told(_rows(opened, codes, quarters), quarters, today, published)


def _told(
    rows: Mapping[date, Counts], quarters: _Quarters, today: date, published: Mapping[date, Line]
) -> Counted:
    full = {quarter: _line(quarter, by_kind(counts), today) for quarter, counts in rows.items()}
    lines = {**published, **full}
    return Counted(
        tuple(lines[quarter] for quarter in sorted(lines)), is_full=True, held_back=quarters.held_back
    )


def _line(quarter: date, came_in: Mapping[str, int], today: date) -> Line:
    counts = {kind: came_in.get(kind, 0) for kind in KINDS}
    runs = quarter == quarter_of(today)
    return Line(quarter, {**counts, ALL: sum(counts.values())}, is_full=True, runs=runs)


@dataclass(frozen=True)
class _Quarters:
    """The last quarters that somebody may see in full: those published, those not published yet.

    `held_back` tells that some that were published are not among them.
    """

    published: tuple[date, ...]
    others: tuple[date, ...]
    held_back: bool


def _open_quarters(person: Person, today: date) -> _Quarters:
    shown = last(today, SHOWN)
    over = set(PublishedCount.objects.order_by().values_list("quarter", flat=True).distinct())
    open_to = _open_to(person, today)
    held = over if open_to is None else over & open_to
    first = _first()
    return _Quarters(
        tuple(one for one in shown if one in held),
        tuple(one for one in shown if one not in over and first is not None and one >= first),
        any(one in over - held for one in shown),
    )


def _rows(opened: Opened, codes: Sequence[str], quarters: _Quarters) -> dict[date, Counts]:
    """The full counts in some areas and complexes by quarter."""
    around = neighbourhoods_of(opened)
    everything = ALL in codes
    areas = [code for code, line in around.items() if everything or not line.isdisjoint(codes)]
    rows = kept_within(quarters.published, areas, codes)
    for quarter in quarters.others:
        rows[quarter] = came(quarter, around, None if everything else codes)
    return rows


def _first() -> date | None:
    """The quarter in which the first signal came that is still held."""
    moment = Signal.objects.aggregate(first=Min("received_at"))["first"]
    return quarter_of(timezone.localdate(moment)) if moment else None


def _open_to(person: Person, today: date) -> set[date] | None:
    """The published quarters that a person may see in full beside what was published; none is all of them."""
    reach = reach_of(person, today)
    if reach is None:
        return None
    known = KnownReach.objects.filter(digest=digest_of(reach), is_safe=True)
    return set(known.values_list("quarter", flat=True))


def _published(code: str, today: date) -> dict[date, Line]:
    """What everybody may know of an area, by quarter."""
    found: dict[date, dict[str, int | None]] = {}
    rows = PublishedCount.objects.filter(area=code, quarter__in=last(today, SHOWN))
    for one in rows:
        found.setdefault(one.quarter, {})[one.kind] = one.shown
    return {
        quarter: Line(quarter, {kind: counts.get(kind) for kind in (*KINDS, ALL)}, is_full=False)
        for quarter, counts in found.items()
    }
