"""Figures of every area: how diverse it is, how far its mix is from the whole, how often a group lives there.

The adjusted figure of an area is empirical-Bayes: the shares of areas are taken to follow a Dirichlet
distribution around the shares of the whole, as spread out as the correlation ratio freed of chance says (the
model of Rathelot 2012), and what the counts of the area leave likely under it is drawn. Small areas are
pulled to the whole most. Such an interval would hold for the average area only, and fail those that differ
most from the others; so the limits of an area rest on its own counts (`area_limits`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Unpack

import numpy as np
import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, method_note
from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness._allot import plan_of, random_areas
from ongedeeld.measures.undividedness.area_figures import FIGURES, Figure
from ongedeeld.measures.undividedness.area_limits import added_up, limits
from ongedeeld.measures.undividedness.behind import Behind, drawn_behind
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Integers, Table
from ongedeeld.measures.undividedness.indices import DISSIMILARITY, MUTUAL_INFORMATION
from ongedeeld.measures.undividedness.measuring import Index, View, measured, view_of
from ongedeeld.measures.undividedness.nulls import null_of
from ongedeeld.measures.undividedness.result import AreaResult
from ongedeeld.measures.undividedness.settings import Options, Settings, settings_of
from ongedeeld.vocabulary import Quantity

AREAS_AT_ONCE = 256

LOCAL_METHOD = N_(
    "Per area the adjusted figure comes from a Dirichlet distribution of shares around the whole (empirical "
    "Bayes, Rathelot 2012); its interval rests on the counts of the area alone (Clopper and Pearson 1934), "
    "rounding and suppression included, and on how sure the whole is."
)
MANY_AREAS = N_("Of {areas} areas about {by_accident} have a p-value of {level} or less by chance alone.")

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
    settings = settings_of(options)
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
    columns: dict[str, Floats] = {"value": values, "expected_by_chance": figure.expected(table)}
    said: list[Note] = []
    if settings.draws and len(occupied.areas) > 1:
        columns |= _simulated(figure, view, values, settings)
        said = [
            method_note(LOCAL_METHOD),
            method_note(figure.direction),
            method_note(
                MANY_AREAS,
                areas=Quantity(len(table)),
                by_accident=round(0.05 * len(table)),
                level=Quantity(0.05),
            ),
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


def _simulated(figure: Figure, view: View, values: Floats, settings: Settings) -> dict[str, Floats]:
    """What needs more than the counts as they stand: adjusted figures, their limits, p-values."""
    published = view.published()
    null = null_of(view.counts, published)
    low, high = limits(figure, view, null.known, settings.level)
    least, most = figure.bounds(view.table)
    low, high = np.clip(low, least, most), np.clip(high, least, most)
    adjusted = np.clip(_posterior(figure, view, null.known, settings), low, high)
    plan = plan_of(published.table)

    def allotted(draw: int) -> Floats:
        if view.counts.exact:
            return random_areas(plan, published, settings.seed, draw)
        return null.table(settings.seed, draw)

    p_values = _p_values(figure, view, values, (allotted(draw) for draw in range(settings.draws)))
    return {"adjusted": adjusted, "low": low, "high": high, "p_value": p_values}


def _p_values(figure: Figure, view: View, values: Floats, tables: Iterable[Floats]) -> Floats:
    """Per area the share of random allotments with a figure as far; the draws are those of the whole."""
    overall = view.table.sum(axis=0) / view.table.sum()
    extreme, draws = np.zeros(len(values)), 0
    for table in tables:
        sizes = table.sum(axis=1, keepdims=True)
        local = np.divide(table, sizes, out=np.tile(overall, (len(table), 1)), where=sizes > 0)
        extreme += figure.far(figure.of(local, overall)) >= figure.far(values) - 1e-12
        draws += 1
    p_values: Floats = (1.0 + extreme) / (1.0 + draws)
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


def _posterior(figure: Figure, view: View, known: Behind, settings: Settings) -> Floats:
    """The mean, per area, of the figure under the shares that its counts leave likely."""
    table = view.table
    overall = table.sum(axis=0) / table.sum()
    prior = concentration(table) * overall
    present = overall > 0
    parts = []
    for start in range(0, len(table), AREAS_AT_ONCE):
        some = slice(start, start + AREAS_AT_ONCE)
        rng = np.random.Generator(np.random.Philox(key=[settings.seed, start]))
        if view.counts.exact:
            counted = np.broadcast_to(table[some].astype(np.float64), (settings.draws, *table[some].shape))
        else:
            counted = added_up(drawn_behind(known, some, settings.draws, rng), view.into, view.groups)
        weights = np.zeros(counted.shape)
        weights[..., present] = rng.standard_gamma(counted[..., present] + prior[present])
        shares = weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-300)
        parts.append(figure.of(shares, overall).mean(axis=0))
    return np.concatenate(parts)
