"""Bring together what a City knows of each indicator: comparison, funnel, jumps in the registration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity.warning.comparing import Comparison, compare_counts, compare_grades
from ongedeeld.measures.capacity.warning.funnel import Funnel, count_funnel, grade_funnel
from ongedeeld.measures.capacity.warning.records import Counts, Grades, counts_of, grades_of
from ongedeeld.measures.capacity.warning.registration import Jump, jump
from ongedeeld.measures.capacity.warning.stock import Stock
from ongedeeld.measures.capacity.warning.watched import Watched
from ongedeeld.measures.capacity.warning.windows import month_of, windows
from ongedeeld.measures.notes import Note, note

OUT_OF_DATE = N_(
    "{what}: the last figures are of {last}, too long before those of others to warn by; left out."
)

_OLDEST_MONTHS = 24


@dataclass
class Gathered:
    """All that is known: comparisons, funnels by indicator, jumps of the stock, and what is missing."""

    comparisons: list[Comparison] = field(default_factory=list)
    funnels: dict[str, Funnel] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    missing: list[Note] = field(default_factory=list)

    def add(self, city: City, stock: Stock, each: Watched, until: date | None) -> None:
        """Add an indicator.

        Raises
        ------
        InputError
            When periods of several lengths are mixed.
        AbsentError
            When there are too few periods to compare.
        """
        if each.counted:
            counts = counts_of(city, stock, each, until)
            self.comparisons.append(compare_counts(each, counts, stock.homes))
            self.funnels[each.name] = _funnel_of_counts(stock, each, counts)
            if found := jump(each, counts):
                self.jumps.append(found)
            return
        grades = grades_of(city, stock, each, until)
        self.comparisons.append(compare_grades(each, grades))
        if funnel := _funnel_of_grades(stock, grades):
            self.funnels[each.name] = funnel

    def leave_out_old(self) -> None:
        """Leave out indicators that end long before the others: they would speak of other years."""
        newest = max(month_of(comparison.span_now.end) for comparison in self.comparisons)
        for comparison in list(self.comparisons):
            last = comparison.span_now.end
            if newest - month_of(last) > _OLDEST_MONTHS:
                self.comparisons.remove(comparison)
                self.funnels.pop(comparison.each.name, None)
                self.missing.append(note(OUT_OF_DATE, what=comparison.each.label, last=last.isoformat()))


def gather(
    city: City, stock: Stock, chosen: Sequence[Watched], until: date | None, *, asked: bool
) -> Gathered:
    """What the City knows of the chosen indicators.

    Parameters
    ----------
    city, stock
        The City and its units.
    chosen
        The indicators.
    until
        The day to which figures count; None for all.
    asked
        Whether each was asked for by name, so that it may not be absent.

    Raises
    ------
    InputError
        When periods of several lengths are mixed.
    AbsentError
        When nothing, or not all that was asked for, can be compared.
    """
    found = Gathered()
    absent: list[AbsentError] = []
    for each in chosen:
        try:
            found.add(city, stock, each, until)
        except AbsentError as error:
            absent.append(error)
    if absent and (asked or not found.comparisons):
        raise absent[0]
    found.missing += [note(error.problem, **error.fields) for error in absent]
    found.leave_out_old()
    return found


def _funnel_of_counts(stock: Stock, each: Watched, counts: Counts) -> Funnel:
    """Of a snapshot the last one; of what happens in a period all of the last year."""
    part = [len(counts.periods) - 1] if each.snapshot else list(windows(counts.periods).now)
    events, homes = counts.events[:, part].sum(axis=1), counts.homes[:, part].sum(axis=1)
    if each.snapshot:
        return count_funnel(stock.units["unit"].to_list(), events, homes, "binomial")
    return count_funnel(stock.units["unit"].to_list(), events, homes * counts.months / 12, "poisson")


def _funnel_of_grades(stock: Stock, grades: Grades) -> Funnel | None:
    """Of all answers of the last year; None for a figure without a size."""
    now = list(windows(grades.periods).now)
    weight = grades.weight[:, now]
    of_one = float((grades.weight**2 * grades.variance).sum() / grades.weight.sum())
    if of_one == 0.0:
        return None
    answers = weight.sum(axis=1)
    summed = (grades.mean[:, now] * weight).sum(axis=1)
    mean = np.divide(summed, answers, out=np.full(len(answers), np.nan), where=answers > 0)
    return grade_funnel(stock.units["unit"].to_list(), mean, answers, float(np.sqrt(of_one)))
