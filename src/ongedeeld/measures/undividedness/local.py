"""Figures of every area: how diverse it is, how far its mix is from the whole, how often a group lives there.

The adjusted figure and interval of an area are empirical-Bayes: the shares of areas are taken to follow a
Dirichlet distribution around the shares of the whole, as spread out as the correlation ratio freed of chance
says (the model of Rathelot 2012), and what the counts of the area leave likely under it is drawn. Small areas
are pulled to the whole most.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

import numpy as np
import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness._allot import plan_of, random_areas
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Integers, Table
from ongedeeld.measures.undividedness.indices import DISSIMILARITY, MUTUAL_INFORMATION
from ongedeeld.measures.undividedness.measuring import Index, View, measured, view_of
from ongedeeld.measures.undividedness.result import AreaResult
from ongedeeld.measures.undividedness.settings import Options, Settings

AREAS_AT_ONCE = 256

LOCAL_METHOD = N_(
    "Per area the adjusted figure and interval come from a Dirichlet distribution of shares around the whole "
    "(empirical Bayes, Rathelot 2012)."
)
AS_LOW = N_("The p-value of an area is the share of random allotments with a figure as low.")
AS_HIGH = N_("The p-value of an area is the share of random allotments with a figure as high.")
AS_FAR = N_("The p-value of an area is the share of random allotments with a figure as far from 1.")
MANY_AREAS = N_("Of {areas} areas about {by_accident} have a p-value of 0.05 or less by chance alone.")

ENTROPY = Index(
    "entropy",
    kernel.ENTROPY,
    formulas.mean_entropy,
    chance.expected_entropy,
    rising=False,
    needs_two_groups=False,
    most=math.log,
)
SIMPSON_INTERACTION = Index(
    "simpson_interaction",
    kernel.SIMPSON,
    formulas.mean_interaction,
    chance.expected_interaction,
    rising=False,
    needs_two_groups=False,
    most=lambda groups: 1.0 - 1.0 / groups,
)


@dataclass(frozen=True)
class Figure:
    """A figure of an area: from its shares and those of the whole, its mean by chance, and which way is far.

    `of` takes shares of shape (..., groups); `expected` takes the table and gives a mean per area; `far`
    turns figures into numbers that are higher the further the area is from what random allotment gives.
    """

    name: str
    of: Callable[[Floats, Floats], Floats]
    expected: Callable[[Integers], Floats]
    far: Callable[[Floats], Floats]
    direction: str


def _informations(local: Floats, overall: Floats) -> Floats:
    ratio = np.divide(local, overall, out=np.ones_like(local), where=(local > 0) & (overall > 0))
    total: Floats = (local * np.log(ratio)).sum(axis=-1)
    return total


def _expected_entropies(table: Integers) -> Floats:
    sizes = table.sum(axis=1)
    means = chance.means_by_area(table, x_log_x=True).sum(axis=1)
    entropies: Floats = np.log(sizes) - means / sizes
    return entropies


def _expected_informations(table: Integers) -> Floats:
    # The mean share of a group is that of the whole, so the mean of Σ π_j ln π_m is minus the entropy of the
    # whole.
    return float(formulas.entropies(table.sum(axis=0) / table.sum())) - _expected_entropies(table)


def _expected_interactions(table: Integers) -> Floats:
    sizes = table.sum(axis=1).astype(np.float64)
    people, totals = float(sizes.sum()), table.sum(axis=0).astype(np.float64)
    alike = (totals * (totals - 1.0)).sum() / (people * max(people - 1.0, 1.0))
    interactions: Floats = (1.0 - alike) * (sizes - 1.0) / sizes
    return interactions


FIGURES = {
    "entropy": Figure(
        "entropy", lambda local, _: formulas.entropies(local), _expected_entropies, np.negative, AS_LOW
    ),
    "simpson_interaction": Figure(
        "simpson_interaction",
        lambda local, _: formulas.interactions(local),
        _expected_interactions,
        np.negative,
        AS_LOW,
    ),
    "local_mutual_information": Figure(
        "local_mutual_information", _informations, _expected_informations, np.positive, AS_HIGH
    ),
    "location_quotient": Figure(
        "location_quotient",
        lambda local, overall: local[..., 0] / overall[..., 0],
        lambda table: np.ones(len(table)),
        lambda quotients: np.abs(quotients - 1.0),
        AS_FAR,
    ),
}


def entropy(counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]) -> AreaResult:
    """How diverse every area is: its entropy in nats.

    ``E_j = Σ_m π_jm ln(1/π_jm)`` (Shannon 1948; Theil 1972), from 0 for one group to the logarithm of their
    number when all are as many. `average` is the diversity of the area of the average person, with its mean
    by chance; `whole` that of all together.

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
    AreaResult

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> entropy([[50, 50], [0, 100]], draws=0).table["value"].round(4).to_list()
    [0.6931, 0.0]
    """
    return _by_area(FIGURES["entropy"], ENTROPY, counts, group, **options)


def simpson_interaction(
    counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]
) -> AreaResult:
    """How diverse every area is: the chance that two of its people, drawn with return, differ in group.

    ``I_j = Σ_m π_jm (1 - π_jm)`` (Simpson 1949; Lieberson 1969; Reardon and Firebaugh 2002). `average` is
    that of the area of the average person, `whole` that of all together.

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
    AreaResult

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> simpson_interaction([[50, 50], [0, 100]], draws=0).whole
    0.375
    """
    return _by_area(FIGURES["simpson_interaction"], SIMPSON_INTERACTION, counts, group, **options)


def local_mutual_information(
    counts: Table | Counts, group: Group | None = None, **options: Unpack[Options]
) -> AreaResult:
    """How far the mix of every area is from that of the whole, in nats; the mean by people is M.

    ``L_j = Σ_m π_jm ln(π_jm / π_m)`` (Alonso-Villar and Del Río, *Mathematical Social Sciences* 60, 2010;
    Mora and Ruiz-Castillo 2011). The column `contribution` is what the area adds to M.

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
    AreaResult

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> local_mutual_information([[50, 50], [0, 100]], draws=0).table["value"].round(4).to_list()
    [0.1438, 0.2877]
    """
    result = _by_area(FIGURES["local_mutual_information"], MUTUAL_INFORMATION, counts, group, **options)
    people = max(result.average.people, 1)
    contribution = pl.col("value") * pl.col("people") / people
    return AreaResult(
        result.index,
        result.table.with_columns(contribution=contribution),
        result.average,
        result.whole,
        result.notes,
    )


def location_quotient(counts: Table | Counts, group: Group, **options: Unpack[Options]) -> AreaResult:
    """How many times its share of the whole a group's share of every area is.

    ``LQ_j = (x_j / t_j) / (X / T)`` (Isard 1960; Brown and Chung, *Population, Space and Place* 12, 2006): 1
    is the same share as in the whole. `average` is the dissimilarity of the group, for the mean of the
    quotients is always 1.

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
    AreaResult

    Raises
    ------
    InputError
        When counts or options are not as expected.

    Examples
    --------
    >>> location_quotient([[50, 50], [0, 100]], 0, draws=0).table["value"].to_list()
    [2.0, 0.0]
    """
    return _by_area(FIGURES["location_quotient"], DISSIMILARITY, counts, group, **options)


def _by_area(
    figure: Figure, index: Index, counts: Table | Counts, group: Group | None, **options: Unpack[Options]
) -> AreaResult:
    settings = Settings(**options)
    checked = settings.checked(counts)
    average = measured(index, checked, group, **options)
    occupied = checked.occupied()
    view = view_of(occupied, group)
    nobody = not occupied.people or (figure.name == "location_quotient" and not view.table[:, 0].sum())
    if nobody:
        nothing = pl.DataFrame(schema={"area": pl.String(), **_COLUMNS})
        return AreaResult(figure.name, _with_people(nothing, checked), average, None, average.notes)
    table = view.table
    overall = table.sum(axis=0) / table.sum()
    values = figure.of(table / table.sum(axis=1)[:, None], overall)
    columns = {"value": values, "expected_by_chance": figure.expected(table)}
    said: list[Note] = []
    if settings.draws and len(occupied.areas) > 1:
        columns |= _posterior(figure, view, settings)
        columns["p_value"] = _p_values(figure, view, values, settings)
        said = [
            note(LOCAL_METHOD),
            note(figure.direction),
            note(MANY_AREAS, areas=len(table), by_accident=round(0.05 * len(table))),
        ]
    frame = pl.DataFrame({"area": occupied.areas, **columns})
    missing = [pl.lit(None, pl.Float64).alias(name) for name in _COLUMNS if name not in columns]
    whole = float(figure.of(overall, overall))
    return AreaResult(
        figure.name,
        _with_people(frame.with_columns(missing), checked),
        average,
        whole,
        (*said, *average.notes),
    )


_COLUMNS = dict.fromkeys(("value", "expected_by_chance", "adjusted", "low", "high", "p_value"), pl.Float64())


def _with_people(figures: pl.DataFrame, counts: Counts) -> pl.DataFrame:
    everywhere = pl.DataFrame({"area": counts.areas, "people": counts.sizes})
    return everywhere.join(figures, on="area", how="left", maintain_order="left").select(
        "area", "people", *_COLUMNS
    )


def _p_values(figure: Figure, view: View, values: Floats, settings: Settings) -> Floats:
    """Per area the share of random allotments with a figure as far; the draws are those of the whole."""
    published = view.published()
    plan = plan_of(published.table)
    overall = view.table.sum(axis=0) / view.table.sum()
    extreme = np.zeros(len(values))
    for draw in range(settings.draws):
        table = random_areas(plan, published, settings.seed, draw)
        sizes = table.sum(axis=1, keepdims=True)
        local = np.divide(table, sizes, out=np.tile(overall, (len(table), 1)), where=sizes > 0)
        extreme += figure.far(figure.of(local, overall)) >= figure.far(values) - 1e-12
    p_values: Floats = (1.0 + extreme) / (1.0 + settings.draws)
    return p_values


def concentration(table: Integers) -> float:
    """How alike areas are: the concentration of the Dirichlet distribution of their shares around the whole.

    The correlation ratio of such shares is ``1 / (1 + s)``. It is freed of chance by ``(V - E) / (1 - E)``,
    which is without bias for a ratio of variances, and taken to be no smaller than the standard error it has
    without any division.
    """
    if (table.sum(axis=0) > 0).sum() < 2:
        return 1.0
    by_chance = chance.expected_correlation_ratio(table)
    seen = formulas.correlation_ratio(table.astype(np.float64))
    freed = (seen - by_chance) / (1.0 - by_chance) if by_chance < 1.0 else 0.0
    least = by_chance * math.sqrt(2.0 / max(len(table) - 1, 1))
    ratio = min(max(freed, least, 1e-9), 1.0 - 1e-3)
    return 1.0 / ratio - 1.0


def _posterior(figure: Figure, view: View, settings: Settings) -> dict[str, Floats]:
    """Mean and limits, per area, of the figure under the shares that its counts leave likely."""
    table = view.table
    overall = table.sum(axis=0) / table.sum()
    prior = concentration(table) * overall
    present = overall > 0
    tails = [(1.0 - settings.level) / 2.0, (1.0 + settings.level) / 2.0]
    parts = []
    for start in range(0, len(table), AREAS_AT_ONCE):
        some = table[start : start + AREAS_AT_ONCE]
        rng = np.random.Generator(np.random.Philox(key=[settings.seed, start]))
        counted = _as_counted(some, view.counts, settings.draws, rng)
        weights = np.zeros(counted.shape)
        weights[..., present] = rng.standard_gamma(counted[..., present] + prior[present])
        drawn = figure.of(weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-300), overall)
        parts.append(np.vstack([drawn.mean(axis=0), np.quantile(drawn, tails, axis=0)]))
    adjusted, low, high = np.hstack(parts)
    return {"adjusted": adjusted, "low": low, "high": high}


def _as_counted(table: Integers, counts: Counts, draws: int, rng: np.random.Generator) -> Floats:
    """What rounded counts may have been, per draw, shape (draws, areas, groups)."""
    shape = (draws, *table.shape)
    if counts.share_unit:
        half = counts.share_unit * table.sum(axis=1, keepdims=True) / 2.0
        return rng.uniform(np.maximum(table - half, 0.0), table + half, size=shape)
    unit = counts.rounded_to
    if unit == 1:
        return np.broadcast_to(table.astype(np.float64), shape)
    lowest = np.maximum(table - unit // 2, 0)
    return rng.integers(lowest, table - unit // 2 + unit, size=shape).astype(np.float64)
