"""The indices of division and mix, from counts of people by area and group.

All share the keywords of :class:`~ongedeeld.measures.undividedness.measuring.Options` (`draws`, `seed`,
`level`, `workers`, `rounded_to`, `suppressed_below`) and answer with a
:class:`~ongedeeld.measures.undividedness.result.Result`. The null is the same for all: everybody allotted to
an area at random, with areas and groups of the size they have. How the adjusted value and the interval are
made stands in :mod:`~ongedeeld.measures.undividedness.uncertainty`. All raise `InputError` when counts or
options are not as expected.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Unpack

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness.counts import Counts, Group, Table
from ongedeeld.measures.undividedness.measuring import Index, measured
from ongedeeld.measures.undividedness.result import Result
from ongedeeld.measures.undividedness.settings import Options

DISSIMILARITY = Index(
    "dissimilarity", kernel.DISSIMILARITY, formulas.dissimilarity, chance.expected_dissimilarity
)
GINI = Index("gini", kernel.GINI, formulas.gini, None)
ISOLATION = Index(
    "isolation",
    kernel.ISOLATION,
    formulas.isolation,
    chance.expected_isolation,
    needs_group=True,
    needs_two_groups=False,
)
EXPOSURE = Index(
    "exposure",
    kernel.EXPOSURE,
    formulas.exposure,
    chance.expected_exposure,
    rising=False,
    needs_group=True,
    needs_two_groups=False,
)
CORRELATION_RATIO = Index(
    "correlation_ratio", kernel.CORRELATION, formulas.correlation_ratio, chance.expected_correlation_ratio
)
THEIL_H = Index("theil_h", kernel.THEIL_H, formulas.theil_h, chance.expected_theil_h)
MUTUAL_INFORMATION = Index(
    "mutual_information",
    kernel.MUTUAL,
    formulas.mutual_information,
    chance.expected_mutual_information,
    needs_two_groups=False,
    most=math.log,
)


def _atkinson(shape: float) -> Index:
    value: Callable[..., float] = partial(formulas.atkinson, shape=shape)
    return Index("atkinson", kernel.ATKINSON, value, None, shape=shape, needs_group=True)


BY_NAME: dict[str, Index] = {
    index.name: index
    for index in (
        DISSIMILARITY,
        GINI,
        ISOLATION,
        EXPOSURE,
        CORRELATION_RATIO,
        _atkinson(0.5),
        THEIL_H,
        MUTUAL_INFORMATION,
    )
}


def dissimilarity(counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]) -> Result:
    """The share of people who would have to move for an even mix, of the most that could have to.

    ``D = Σ_m Σ_j t_j |π_jm - π_m| / (2 T I)`` with ``I = Σ_m π_m (1 - π_m)``; for a group against the rest
    this is ``½ Σ_j |x_j / X - y_j / Y|`` (Duncan and Duncan, *American Sociological Review* 20, 1955; for
    more groups Sakoda, *Demography* 18, 1981, in the notation of Reardon and Firebaugh 2002). By chance:
    exact, the mean deviation of the hypergeometric distribution.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 (the same mix everywhere) to 1 (no area with more than one group).

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> dissimilarity([[10, 90], [30, 70]], 0, draws=0).value
    0.3125
    """
    return measured(DISSIMILARITY, counts, group, **options)


def gini(counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]) -> Result:
    """The mean difference in mix between all pairs of people's areas, as a share of the most it could be.

    ``G = Σ_m Σ_i Σ_j t_i t_j |π_im - π_jm| / (2 T² I)`` (Duncan and Duncan 1955; more groups: Reardon 1998,
    as in Reardon and Firebaugh 2002). By chance: simulated.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 (the same mix everywhere) to 1 (no area with more than one group).

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> round(gini([[10, 90], [30, 70]], 0, draws=0).value, 4)
    0.3125
    """
    return measured(GINI, counts, group, **options)


def isolation(counts: Table | Counts, group: Group, **options: Unpack[Options]) -> Result:
    """The share of their own group in the area of the average member.

    ``xPx = Σ_i (x_i / X)(x_i / t_i)`` (Bell, *Social Forces* 32, 1954; Lieberson 1981; Massey and Denton,
    *Social Forces* 67, 1988). By chance: exact. It depends on the size of the group: without any division it
    is the group's share of all.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of the group.
    **options
        See `Options`.

    Returns
    -------
    Result
        From the group's share of all to 1.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> isolation([[10, 90], [30, 70]], 0, draws=0).value
    0.25
    """
    return measured(ISOLATION, counts, group, **options)


def exposure(counts: Table | Counts, group: Group, other: Group, **options: Unpack[Options]) -> Result:
    """The share of another group in the area of the average member of a group.

    ``xPy = Σ_i (x_i / X)(y_i / t_i)`` (Lieberson 1981; Massey and Denton 1988). By chance: exact. A lower
    value is more divided: the p-value counts allotments with an exposure as low.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group; people of further groups count in
        t.
    group, other
        The column or columns of the group and of the other group.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 to 1; without any division the other group's share of all.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> exposure([[10, 90], [30, 70]], 0, 1, draws=0).value
    0.75
    """
    return measured(EXPOSURE, counts, group, other, **options)


def correlation_ratio(
    counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]
) -> Result:
    """The share of the variance in group membership that lies between areas.

    ``η² = (xPx - π) / (1 - π)`` for two groups (Bell 1954; V of James and Taeuber, *Sociological Methodology*
    15, 1985), and ``P = Σ_m Σ_j (t_j / T)(π_jm - π_m)² / (1 - π_m)`` for more (normalised exposure: James
    1986, as in Reardon and Firebaugh 2002). By chance: exact.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 to 1.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> round(correlation_ratio([[10, 90], [30, 70]], 0, draws=0).value, 4)
    0.0625
    """
    return measured(CORRELATION_RATIO, counts, group, **options)


def atkinson(
    counts: Table | Counts, group: Group, *, shape: float = 0.5, **options: Unpack[Options]
) -> Result:
    """How unevenly a group is spread, with a say in which areas weigh most.

    ``A = 1 - (P/(1-P)) |Σ_i (1-p_i)^(1-b) p_i^b t_i / (P T)|^(1/(1-b))`` (Atkinson 1970; James and Taeuber
    1985; Massey and Denton 1988). Below 0.5 the areas where the group is scarce weigh most, above it those
    where it is many. By chance: simulated.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of the group.
    shape
        b, between 0 and 1.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 to 1.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> round(atkinson([[10, 90], [30, 70]], 0, draws=0).value, 4)
    0.1016
    """
    if not 0.0 < shape < 1.0:
        raise InputError(N_("shape is {value}"), expected=N_("a share between 0 and 1"), value=shape)
    return measured(_atkinson(shape), counts, group, **options)


def theil_h(counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]) -> Result:
    """How much less diverse than the whole the area of the average person is, as a share of the whole.

    ``H = Σ_j (t_j / T)(E - E_j) / E`` with ``E = Σ_m π_m ln(1/π_m)`` (Theil and Finizza 1971; Theil 1972;
    Reardon and Firebaugh 2002). By chance: exact.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 to 1.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> round(theil_h([[10, 90], [30, 70]], 0, draws=0).value, 4)
    0.0648
    """
    return measured(THEIL_H, counts, group, **options)


def mutual_information(
    counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]
) -> Result:
    """What knowing someone's area tells about their group, in nats (natural logarithms).

    ``M = Σ_j (t_j / T) Σ_m π_jm ln(π_jm / π_m)`` (Theil 1971; Mora and Ruiz-Castillo, *Sociological
    Methodology* 41, 2011). It splits exactly over areas, levels and dates. By chance: exact.

    Parameters
    ----------
    counts
        People, shape (areas, groups), or a frame with a column per group.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`.

    Returns
    -------
    Result
        From 0 to the logarithm of the number of groups.

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> round(mutual_information([[10, 90], [30, 70]], 0, draws=0).value, 4)
    0.0324
    """
    return measured(MUTUAL_INFORMATION, counts, group, **options)
