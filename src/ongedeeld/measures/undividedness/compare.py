"""Two dates or two cities side by side, with a randomisation test of their difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Literal, Unpack

import numpy as np

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, method_note
from ongedeeld.measures.undividedness._allot import published_as
from ongedeeld.measures.undividedness._behind import exchanged_behind
from ongedeeld.measures.undividedness._exchange import exchanged_areas, exchanged_people
from ongedeeld.measures.undividedness.behind import behind
from ongedeeld.measures.undividedness.chance import side_by_side
from ongedeeld.measures.undividedness.change import matched
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Table
from ongedeeld.measures.undividedness.indices import BY_NAME
from ongedeeld.measures.undividedness.measuring import (
    NULL,
    Index,
    View,
    measured,
    view_of,
    without_dust,
)
from ongedeeld.measures.undividedness.result import Result
from ongedeeld.measures.undividedness.settings import Options, Settings, settings_of

NULLS = {
    "people": N_(
        "Null of the p-value: in every area the people of the two dates together are allotted to the dates "
        "at random, with the number at each date as it is. People who stayed make the real differences "
        "smaller than that, so the test is careful."
    ),
    "areas": N_(
        "Null of the p-value: the areas of the two together are allotted to either at random, with the "
        "number of areas of each as it is; it asks that areas of the two are of comparable size."
    ),
}
DIFFERENCE = N_(
    "The adjusted difference is that of the two adjusted values; its interval joins their intervals (Zou "
    "and Donner 2008)."
)


@dataclass(frozen=True)
class Comparison:
    """The difference of an index between two tables of counts: second less first.

    `value` is that of the values; `expected_by_chance` its mean under the null; `adjusted` and `interval` are
    of the values freed of chance; `p_value` is two-sided. `first` and `second` are the results themselves.
    """

    index: str
    first: Result
    second: Result
    value: float | None
    expected_by_chance: float | None
    adjusted: float | None
    interval: tuple[float, float] | None
    p_value: float | None
    areas: int
    people: int
    notes: tuple[Note, ...]


def compare(
    first: Table | Counts,
    second: Table | Counts,
    group: Group | None = None,
    *,
    other: Group | None = None,
    index: str = "dissimilarity",
    null: Literal["people", "areas"] = "people",
    **options: Unpack[Options],
) -> Comparison:
    """Whether an index differs between two dates or two cities by more than chance.

    Parameters
    ----------
    first, second
        People at two dates or in two cities, shape (areas, groups), or frames with a column per group.
    group
        The column or columns of one group; None for all groups, where the index allows.
    other
        The other group, for the exposure.
    index
        The name of an index: dissimilarity, gini, isolation, exposure, correlation_ratio, atkinson (b = 0.5),
        theil_h or mutual_information.
    null
        What could have been otherwise: "people", which needs the same areas in both (two dates), or "areas"
        (two cities).
    **options
        See `Options`.

    Returns
    -------
    Comparison
        The p-value is ``2 min((1 + k_high) / (1 + n), (1 + k_low) / (1 + n))``, at most 1 and never 0.

    Raises
    ------
    InputError
        When the index is unknown, groups differ, or areas differ while people are exchanged.

    Examples
    --------
    >>> compare([[10, 90], [30, 70]], [[20, 80], [20, 80]], 0, draws=0).value
    -0.3125
    """
    settings = settings_of(options)
    chosen = _index_named(index)
    _check_null(null)
    _check_group(chosen, group)
    one, two = settings.checked(first), settings.checked(second)
    two = matched(one, two) if null == "people" else _same_groups(one, two)
    results = [measured(chosen, counts, group, other, **options) for counts in (one, two)]
    value = _difference(*results)
    expected = p_value = None
    if value is not None and settings.draws:
        views = (view_of(one, group, other), view_of(two, group, other))
        drawn = _exchanged(chosen, views, null, settings)
        expected, p_value = float(np.nanmean(drawn)), _two_sided(value, drawn)
    adjusted, interval = _joined(*results)
    notes = (method_note(NULLS[null]), method_note(DIFFERENCE)) if settings.draws else ()
    return Comparison(
        index,
        results[0],
        results[1],
        value,
        expected,
        adjusted,
        interval,
        p_value,
        results[0].areas + results[1].areas,
        results[0].people + results[1].people,
        (*notes, *_of_both(results)),
    )


def _of_both(results: list[Result]) -> tuple[Note, ...]:
    """What is noted of either, once, but for their own null."""
    said: list[Note] = []
    for result in results:
        said += [each for each in result.notes if each.text != NULL and each not in said]
    return tuple(said)


def _index_named(name: str) -> Index:
    if name in BY_NAME:
        return BY_NAME[name]
    near = get_close_matches(name, BY_NAME, n=1)
    raise InputError(
        N_("there is no index {index}"),
        expected=N_("one of {known}"),
        remedy=N_("write {near}") if near else "",
        index=name,
        known=", ".join(BY_NAME),
        near=", ".join(near),
    )


def _check_null(null: str) -> None:
    if null not in NULLS:
        raise InputError(
            N_("there is no null {null}"), expected=N_("one of {known}"), null=null, known=", ".join(NULLS)
        )


def _check_group(index: Index, group: Group | None) -> None:
    if index.needs_group and group is None:
        raise InputError(
            N_("{index} is that of one group"),
            expected=N_("the column or columns of a group"),
            remedy=N_("name it as group"),
            index=index.name,
        )


def _same_groups(one: Counts, two: Counts) -> Counts:
    """The second counts with the groups in the order of the first, whatever their areas."""
    own = replace(one, table=one.table[:0], areas=(), hidden=None)
    empty = replace(two, table=two.table[:0], areas=(), hidden=None)
    order = [two.groups.index(name) for name in matched(own, empty).groups]
    hidden = None if two.hidden is None else two.hidden[:, order]
    return replace(two, table=two.table[:, order], groups=one.groups, hidden=hidden)


def _exchanged(index: Index, views: tuple[View, View], null: str, settings: Settings) -> Floats:
    """The difference of the index when people or areas are exchanged.

    Whole areas are exchanged as they were published. People are exchanged as they were counted, so from
    counts that may lie behind the published ones, and what comes out is published in the same way.
    """
    one, two = (view.table for view in views)
    start = (index.code, index.shape)
    work: Callable[[int, int], Floats]
    if null == "areas":
        work = partial(exchanged_areas, *start, one, two, settings.seed)
    elif all(view.counts.exact for view in views):
        work = partial(exchanged_people, *start, one, two, settings.seed)
    else:
        known = (behind(views[0].counts), behind(views[1].counts))
        first, second = (published_as(view.counts, view.into, view.groups) for view in views)
        work = partial(exchanged_behind, *start, known, (first, second), settings.seed)
    return side_by_side(work, settings.draws, settings.workers)


def _difference(first: Result, second: Result) -> float | None:
    if first.value is None or second.value is None:
        return None
    return without_dust(second.value - first.value)


def _two_sided(value: float, drawn: Floats) -> float:
    high = (1.0 + float((drawn >= value - 1e-12).sum())) / (1.0 + drawn.size)
    low = (1.0 + float((drawn <= value + 1e-12).sum())) / (1.0 + drawn.size)
    return min(1.0, 2.0 * min(high, low))


def _joined(first: Result, second: Result) -> tuple[float | None, tuple[float, float] | None]:
    """The difference of adjusted values, and an interval from theirs, which need not be symmetric."""
    if first.adjusted is None or second.adjusted is None:
        return None, None
    difference = without_dust(second.adjusted - first.adjusted)
    if first.interval is None or second.interval is None:
        return difference, None
    down = np.hypot(second.adjusted - second.interval[0], first.interval[1] - first.adjusted)
    up = np.hypot(second.interval[1] - second.adjusted, first.adjusted - first.interval[0])
    return difference, (float(difference - down), float(difference + up))
