"""Intervals for shares, counts and mean grades, from what a table of answers tells.

Plain numbers in, an interval out, always with the estimate within it. Sources:

- Wilson (1927), *Probable inference, the law of succession, and statistical inference*, JASA 22: for a share.
- Garwood (1936), *Fiducial limits for the Poisson distribution*, Biometrika 28: for a count of events.
- Cochran (1977), *Sampling Techniques*, 3rd edition, 2.20: for a mean of a sample from a finite population.
- Welch (1947), *The generalization of "Student's" problem*, Biometrika 34: for a difference of means.
- Newcombe (1998), *Interval estimation for the difference between independent proportions*, Statistics in
  Medicine 17, method 10: for a difference of shares, and of grades that are all alike.
- Clopper and Pearson (1934), *The use of confidence or fiducial limits*, Biometrika 26: for a mean of grades
  that are all alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, sqrt
from typing import NamedTuple

from scipy.special import gammaincinv, ndtri, stdtrit

LEVEL = 0.95
# A smaller standard deviation is what rounding in a computer leaves of none.
ALIKE = 1e-9


class Interval(NamedTuple):
    """The lower and upper limit."""

    low: float
    high: float


@dataclass(frozen=True)
class Grades:
    """Grades as a table holds them: the mean, the standard deviation and the number of answers.

    `population` is how many could have answered, where that is known; `spread` is None where it is not given.
    """

    mean: float
    spread: float | None
    answers: int
    population: int | None = None


def wilson(successes: float, trials: float, level: float = LEVEL) -> Interval:
    """The score interval of a share.

    ``(k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²)``

    Parameters
    ----------
    successes, trials
        How many said yes, k, of how many, n; n is above 0 and k from 0 to n.
    level
        How sure, between 0 and 1.

    Examples
    --------
    >>> low, high = wilson(5, 10)
    >>> round(low, 3), round(high, 3)
    (0.237, 0.763)
    """
    z = float(ndtri((1 + level) / 2))
    middle = (successes + z * z / 2) / (trials + z * z)
    half = z * sqrt(successes * (trials - successes) / trials + z * z / 4) / (trials + z * z)
    share = successes / trials
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def wilson_of_rounded(
    count: float, total: float, count_rounded_to: float = 1, total_rounded_to: float = 1, level: float = LEVEL
) -> Interval:
    """The widest of the Wilson intervals of all counts that are rounded to these.

    A count rounded to 10 is at most 5 off; CBS rounds to 5 or 10.

    Parameters
    ----------
    count, total
        As they are published.
    count_rounded_to, total_rounded_to
        To what multiples they are rounded; 1 for not rounded.
    level
        How sure, between 0 and 1.
    """
    count_off, total_off = (unit / 2 if unit > 1 else 0.0 for unit in (count_rounded_to, total_rounded_to))
    return wilson_within(count, total, count_off, total_off, level)


def wilson_within(
    count: float, total: float, count_off: float, total_off: float, level: float = LEVEL
) -> Interval:
    """The widest of the Wilson intervals of all counts and totals that are no farther off than this.

    The lower limit is that of the smallest count among the largest total, the upper limit the other way
    round.

    Parameters
    ----------
    count, total
        As they are published.
    count_off, total_off
        How far each can be off, by rounding.
    level
        How sure, between 0 and 1.

    Examples
    --------
    >>> low, high = wilson_within(48, 60, count_off=0.3, total_off=2.5)
    >>> round(low, 3), round(high, 3)
    (0.645, 0.913)
    """
    few, many = (max(0.0, count + side * count_off) for side in (-1, 1))
    small, large = (max(total + side * total_off, 0.5) for side in (-1, 1))
    low = wilson(min(few, large), large, level).low
    high = wilson(min(many, small), small, level).high
    share = min(count / total, 1.0)
    return Interval(min(share, low), max(share, high))


def poisson(events: int, level: float = LEVEL) -> Interval:
    """The exact interval of the number expected, when so many were seen (Garwood).

    Examples
    --------
    >>> low, high = poisson(0)
    >>> low, round(high, 2)
    (0.0, 3.69)
    """
    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return Interval(low, float(gammaincinv(events + 1, 1 - tail)))


def standard_error(grades: Grades) -> float | None:
    """The standard error of a mean, ``s √((1 - n/N) / n)``; None when it cannot be known.

    Without a population N, or when more answered than it holds, the factor (1 - n/N) is 1.
    """
    if grades.spread is None or grades.answers < 2:
        return None
    seen = 0.0
    if grades.population is not None and grades.answers <= grades.population:
        seen = grades.answers / grades.population
    return grades.spread * sqrt((1 - seen) / grades.answers)


def of_mean(
    grades: Grades, bounds: tuple[float, float] = (-inf, inf), level: float = LEVEL
) -> Interval | None:
    """The t-interval of a mean, within the bounds of the scale; None when the spread is not known.

    ``m ± t(n - 1) s √((1 - n/N) / n)``. Where all n grades are alike and not everybody answered, the share of
    other grades can still be ``p = 1 - (α/2)^(1/n)`` (Clopper and Pearson), so that the mean lies between
    ``m - p (m - lowest)`` and ``m + p (highest - m)``.
    """
    error = standard_error(grades)
    if error is None:
        return None
    if _all_alike(grades):
        others = 1.0 - ((1.0 - level) / 2.0) ** (1.0 / grades.answers)
        low, high = bounds
        return Interval(
            grades.mean - others * (grades.mean - low), grades.mean + others * (high - grades.mean)
        )
    half = float(stdtrit(grades.answers - 1, (1 + level) / 2)) * error
    return Interval(max(bounds[0], grades.mean - half), min(bounds[1], grades.mean + half))


def _all_alike(grades: Grades) -> bool:
    """Whether all grades are the same, and there are people whose grade is not known."""
    return (grades.spread or 0.0) < ALIKE and grades.answers != grades.population


def together(parts: Iterable[Grades]) -> Grades:
    """Several groups of answers as one heap: exactly the mean and standard deviation of all answers.

    ``M = Σ n m / Σ n`` and ``S² = (Σ (n - 1) s² + Σ n (m - M)²) / (Σ n - 1)``

    The spread is None when that of a part with more than one answer is not known, the population when that
    of any part is not.
    """
    several = [part for part in parts if part.answers]
    answers = sum(part.answers for part in several)
    mean = sum(part.answers * part.mean for part in several) / answers
    spread: float | None = None
    if all(part.spread is not None or part.answers == 1 for part in several) and answers > 1:
        squares = sum((part.answers - 1) * (part.spread or 0.0) ** 2 for part in several)
        squares += sum(part.answers * (part.mean - mean) ** 2 for part in several)
        spread = sqrt(squares / (answers - 1))
    populations = [part.population for part in several if part.population is not None]
    population = sum(populations) if len(populations) == len(several) else None
    return Grades(mean, spread, answers, population)


def of_difference(
    before: Grades, after: Grades, bounds: tuple[float, float] = (-inf, inf), level: float = LEVEL
) -> Interval | None:
    """The interval of the change of a mean between two separate samples (Welch).

    Where all grades of one of the two are alike, the intervals of both means are put together as Newcombe's
    method 10 does. None when a spread is not known.
    """
    errors = [standard_error(before), standard_error(after)]
    limits = [of_mean(grades, bounds, level) for grades in (before, after)]
    if errors[0] is None or errors[1] is None or limits[0] is None or limits[1] is None:
        return None
    if _all_alike(before) or _all_alike(after):
        return _square_and_add(before.mean, limits[0], after.mean, limits[1])
    first, second = errors[0] ** 2, errors[1] ** 2
    change = after.mean - before.mean
    if first + second == 0:
        return Interval(change, change)
    freedom = (first + second) ** 2 / (first**2 / (before.answers - 1) + second**2 / (after.answers - 1))
    half = float(stdtrit(freedom, (1 + level) / 2)) * sqrt(first + second)
    return Interval(change - half, change + half)


def of_share_difference(
    before: tuple[float, float], after: tuple[float, float], level: float = LEVEL
) -> Interval:
    """The interval of the change of a share, each given as (yes, answers) (Newcombe's method 10)."""
    first, second = before[0] / before[1], after[0] / after[1]
    low, high = _square_and_add(first, wilson(*before, level), second, wilson(*after, level))
    return Interval(max(-1.0, low), min(1.0, high))


def _square_and_add(first: float, old: Interval, second: float, new: Interval) -> Interval:
    """The interval of a difference from the intervals of both."""
    change = second - first
    low = change - sqrt((second - new.low) ** 2 + (old.high - first) ** 2)
    high = change + sqrt((new.high - second) ** 2 + (first - old.low) ** 2)
    return Interval(low, high)
