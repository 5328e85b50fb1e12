"""One way to measure for all indices: check, value, chance, interval, and what to note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, method_note, note
from ongedeeld.measures.undividedness import chance
from ongedeeld.measures.undividedness._allot import Published, plan_of, published_as
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Integers, Table
from ongedeeld.measures.undividedness.nulls import null_of
from ongedeeld.measures.undividedness.result import TOO_FEW, Result
from ongedeeld.measures.undividedness.settings import Options, Settings, settings_of
from ongedeeld.measures.undividedness.uncertainty import freed_of_chance
from ongedeeld.vocabulary import Both, Quantity

TOO_MUCH_CHANCE = 0.2
DUST = 1e-12

NULL = N_(
    "Null of the value by chance and of the p-value: everybody allotted to an area at random, with areas "
    "and groups of the size they have."
)
METHOD = N_(
    "Adjusted value and {level} interval: simulated bias correction and test inversion with a nonparametric "
    "distribution of shares (MacKinnon and Smith 1998; Rathelot 2012; Allen, Burgess, Davidson and "
    "Windmeijer 2015)."
)
P_VALUE_FIRST = N_(
    "The p-value and the interval can disagree: the one asks how often random allotment is as divided, the "
    "other which division gives counts like these, and allows for its form as well. Whether there is more "
    "than chance, the p-value says; how much, the interval."
)
SIMULATED_CHANCE = N_("The value by chance is the mean of {draws} simulated allotments.")
EMPTY_AREAS = N_("{areas} areas without people do not count.")
ONE_AREA = N_("There is one area with people: nothing to compare it with.")
ONE_GROUP = N_("Everybody belongs to one group: the index has no meaning.")
NOBODY = N_("Nobody belongs to the group: the index has no meaning.")
NO_PEOPLE = N_("There are no people: the index has no meaning.")
NO_DRAWS = N_("Without draws there is no adjusted value, interval or p-value; ask for them with draws=999.")
MORE_EVEN = N_("The groups are spread more evenly than chance does.")
ROUNDED = N_(
    "Counts rounded to {unit}: every draw takes a count that rounds to the published one, and is rounded "
    "the same way."
)
OF_SHARES = N_(
    "Counts made from shares rounded to {unit}: every draw is made into shares and rounded the same way; the "
    "numbers they are shares of are taken as they are."
)
SUPPRESSED = N_(
    "{cells} suppressed counts: they stand in the value as {fill}, and every draw takes a number below "
    "{below} for them."
)


@dataclass(frozen=True)
class Index:
    """What the engine must know of an index.

    `value` is its formula and `expected` its exact mean under random allotment, if there is one; `most` its
    upper bound given the number of groups.
    """

    name: str
    code: int
    value: Callable[[Floats], float]
    expected: Callable[[Integers], float] | None
    rising: bool = True
    shape: float = 0.5
    needs_group: bool = False
    needs_two_groups: bool = True
    most: Callable[[int], float] = lambda groups: 1.0


@dataclass(frozen=True)
class View:
    """Counts with the groups that are measured: `into` says for every column which group it is part of."""

    counts: Counts
    into: Integers
    groups: int

    @property
    def table(self) -> Integers:
        """The counts by measured group, shape (areas, groups)."""
        table = np.zeros((len(self.counts.areas), self.groups), dtype=np.int64)
        for column, group in enumerate(self.into):
            table[:, group] += self.counts.table[:, column]
        return table

    def published(self) -> Published:
        """The counts for the kernels; groups that were counted exactly are added up beforehand."""
        if self.counts.exact:
            own = np.arange(self.groups)
            return Published(self.table, 1, 0, np.zeros((1, 1), dtype=np.bool_), own, self.groups)
        return published_as(self.counts, self.into, self.groups)


def view_of(counts: Counts, group: Group | None, other: Group | None = None) -> View:
    """The whole table; or one group against the rest; or a group, another group and the rest.

    Raises
    ------
    InputError
        When a group is absent, or the two overlap.
    """
    columns = len(counts.groups)
    if group is None:
        return View(counts, np.arange(columns), columns)
    chosen = counts.columns(group)
    second = [] if other is None else counts.columns(other)
    if set(chosen) & set(second):
        raise InputError(
            N_("group {group} is also part of the other group"),
            expected=N_("two groups without people in common"),
            remedy=N_("for the exposure of a group to itself, ask its isolation"),
            group=", ".join(counts.groups[column] for column in sorted(set(chosen) & set(second))),
        )
    into = np.full(columns, 1 if other is None else 2, dtype=np.int64)
    into[second] = 1
    into[chosen] = 0
    return View(counts, into, 2 if other is None else 3)


def measured(
    index: Index,
    counts: Table | Counts,
    group: Group | None,
    other: Group | None = None,
    **options: Unpack[Options],
) -> Result:
    """An index of counts, with what chance does to it.

    Raises
    ------
    InputError
        When the counts or an option are not as expected.
    """
    settings = settings_of(options)
    checked = settings.checked(counts)
    occupied = checked.occupied()
    view = view_of(occupied, group, other)
    notes = about_counts(checked, occupied)
    if problem := _meaningless(index, view):
        said = (problem, *notes)
        return Result(
            index.name,
            None,
            None,
            None,
            None,
            None,
            len(occupied.areas),
            occupied.people,
            said,
            enough=False,
        )
    value = index.value(view.table.astype(np.float64))
    if len(occupied.areas) == 1:
        said = (note(ONE_AREA), *notes)
        return Result(index.name, value, value, value, None, None, 1, occupied.people, said, enough=False)
    return _with_chance(index, view, value, settings, notes)


def about_counts(given: Counts, occupied: Counts) -> tuple[Note, ...]:
    """What must be noted of the counts themselves."""
    notes = []
    if empty := len(given.areas) - len(occupied.areas):
        notes.append(note(EMPTY_AREAS, areas=empty))
    if given.rounded_to > 1:
        notes.append(method_note(ROUNDED, unit=given.rounded_to))
    if given.share_unit:
        notes.append(method_note(OF_SHARES, unit=_percent(given.share_unit)))
    if given.hidden is not None:
        below = given.suppressed_below
        notes.append(note(SUPPRESSED, cells=int(given.hidden.sum()), fill=(below - 1) // 2, below=below))
    return tuple(notes)


def _percent(share: float) -> Both:
    text = f"{100 * share:g}%"
    return Both(text.replace(".", ","), text)


def _meaningless(index: Index, view: View) -> Note | None:
    totals = view.table.sum(axis=0)
    if not totals.sum():
        return note(NO_PEOPLE)
    if index.needs_group and not totals[0]:
        return note(NOBODY)
    if index.needs_two_groups and (totals > 0).sum() < 2:
        return note(NOBODY if view.groups == 2 and not totals[0] else ONE_GROUP)
    return None


def _with_chance(
    index: Index, view: View, value: float, settings: Settings, notes: tuple[Note, ...]
) -> Result:
    table = view.table
    exact = view.counts.exact and index.expected is not None
    expected = index.expected(table) if exact and index.expected else None
    adjusted = interval = p_value = error = None
    said = [method_note(NULL)]
    if settings.draws:
        published = view.published()
        drawn = _allotted(index, view, published, settings)
        p_value = chance.p_value(value, drawn, rising=index.rising)
        if expected is None:
            expected = float(np.nanmean(drawn))
            said.append(method_note(SIMULATED_CHANCE, draws=Quantity(settings.draws)))
        freed, error = freed_of_chance(
            index.code, index.shape, value, expected, published, rising=index.rising, settings=settings
        )
        most = index.most(view.groups)
        adjusted, low, high = (without_dust(float(np.clip(part, 0.0, most))) for part in freed)
        interval = (low, high)
        said += [method_note(METHOD, level=f"{settings.level:.0%}"), method_note(P_VALUE_FIRST)]
        if p_value > settings.level:
            said.append(note(MORE_EVEN))
    else:
        said.append(note(NO_DRAWS))
    warning = too_few(table, p_value, settings.level)
    people = view.counts.people
    whole = (*((warning,) if warning else ()), *said, *notes)
    return Result(
        index.name,
        value,
        expected,
        adjusted,
        interval,
        p_value,
        table.shape[0],
        people,
        whole,
        enough=not warning,
        interval_error=error,
    )


def without_dust(value: float) -> float:
    """Nought where no more is left of a value than reckoning in floating point leaves."""
    return value if abs(value) > DUST else 0.0


def _allotted(index: Index, view: View, published: Published, settings: Settings) -> Floats:
    """The index of random allotments; of published counts, from the counts that may lie behind them."""
    if view.counts.exact:
        plan = plan_of(published.table)
        return chance.randomised_values(index.code, index.shape, plan, published, settings)
    return null_of(view.counts, published).values(index.code, index.shape, settings)


def too_few(table: Integers, p_value: float | None, level: float) -> Note | None:
    """The warning that there are too few homes to say anything, if so.

    The rule, the same for every index: random allotment alone gives a dissimilarity of 0.20 or more on these
    counts, and the value is not beyond what chance does at this level (or that was not asked).
    """
    if (table.sum(axis=0) > 0).sum() < 2 or (p_value is not None and p_value <= 1.0 - level):
        return None
    by_chance = chance.expected_dissimilarity(table)
    if by_chance < TOO_MUCH_CHANCE:
        return None
    return note(
        TOO_FEW,
        chance=Quantity(round(by_chance, 2)),
        p_value="-" if p_value is None else Quantity(round(p_value, 3)),
    )
