"""At which scale a city is divided: an index of everybody's own surroundings, from small to large.

The spatial indices of Reardon and O'Sullivan, "Measures of spatial segregation", *Sociological Methodology*
34 (2004), at a range of distances as in Reardon, Matthews, O'Sullivan, Lee, Firebaugh, Farrell and Bischoff,
"The geographic scale of metropolitan racial segregation", *Demography* 45 (2008); and by numbers of nearest
residents as in Östh, Clark and Malmberg, "Measuring the scale of segregation using k-nearest neighbor
aggregates", *Geographical Analysis* 47 (2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.undividedness import chance, spatial
from ongedeeld.measures.undividedness._allot import plan_of, random_areas
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Integers, Table
from ongedeeld.measures.undividedness.grid import within_on_grid
from ongedeeld.measures.undividedness.measuring import (
    NO_PEOPLE,
    NOBODY,
    NULL,
    ONE_GROUP,
    View,
    about_counts,
    view_of,
)
from ongedeeld.measures.undividedness.scales import Scales, check_grid, known_choice, scales_of
from ongedeeld.measures.undividedness.settings import Settings
from ongedeeld.measures.undividedness.surroundings import checked_points, nearest, within

WEIGHTS = ("residents", "surroundings")
FEW_DRAWS = 19
MOST_BYTES = 2**28
SLACK = 1e-12

SIMULATED = N_("The value by chance is the mean of {draws} simulated allotments.")
EXACT = N_(
    "The value by chance is exact for surroundings of up to {people} people, and within a hundred-thousandth "
    "beyond."
)
NOT_SIMULATED = N_(
    "Without draws there is no value by chance with these options; ask for them with draws=19 or more."
)
WITHIN_CHANCE = N_("No more divided than random allotment gives, at a scale of: {scales}.")
WHOLE = N_("There are {people} people: surroundings of more residents are everybody.")
AS_SURROUNDINGS = N_(
    "Every surroundings counts by the people in it, rounded to whole people, and is set against the sum "
    "of all: the convention of PySAL segregation 2.5.4, for comparison with it."
)

Index = Literal["theil_h", "mutual_information", "dissimilarity"]


class ProfileOptions(TypedDict, total=False):
    """What a profile can be asked besides, by keyword.

    Parameters
    ----------
    weights
        `residents` (the default): every surroundings counts by the residents of its location and is set
        against the whole population, as in Reardon and O'Sullivan. `surroundings`: the convention of PySAL
        `segregation` 2.5.4, for comparison with it.
    grid_m
        The side in metres of square cells, when the locations are those of a regular grid and the kernel is
        uniform: the values are the same, in far less time.
    draws
        Random allotments for the p-value, and for the value by chance where it is not exact; by default 19.
    seed, level, workers, rounded_to, suppressed_below
        As for every measure: see `Options`.
    """

    weights: Literal["residents", "surroundings"]
    grid_m: float | None
    draws: int
    seed: int
    level: float
    workers: int
    rounded_to: int
    suppressed_below: int


@dataclass(frozen=True)
class Profile:
    """An index at a range of scales.

    Parameters
    ----------
    index
        Its name.
    table
        A row per scale, from small to large: `radius_m` or `neighbours`; `surrounding_people`, how many
        people (weighted by the kernel) the surroundings of the average person hold; `value`;
        `expected_by_chance`, its mean when everybody is allotted to a location at random; and `p_value`, the
        share of random allotments as divided, (1 + k) / (1 + n).
    areas, people
        How many locations with people, and how many people, the values rest on.
    notes
        What the reader must know.
    """

    index: str
    table: pl.DataFrame
    areas: int
    people: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class _Around:
    """How the surroundings of these locations are made, and how they are weighed."""

    points: Floats
    sizes: Integers
    scales: Scales
    weighed: str
    grid_m: float | None
    workers: int

    def sums(self, columns: Floats) -> Floats:
        """Sums over the surroundings of every location, shape (scales, locations, columns)."""
        if not self.scales.by_distance:
            sizes = self.sizes.astype(np.float64)
            return nearest(columns, sizes, self.points, self.scales.values, self.workers)
        if self.grid_m is not None:
            return within_on_grid(columns, self.points, self.scales.values, self.grid_m, self.workers)
        return within(columns, self.points, self.scales.values, self.scales.kernel, self.workers)

    def value(self, index: Index, table: Floats, sums: Floats) -> float:
        """The index at one scale, from people by location and the sums over their surroundings."""
        if self.weighed == "surroundings":
            table = sums = np.round(sums)
        # Counts allotted and then rounded as the published ones can leave a place or a group without people.
        lived_in = sums.sum(axis=1) > 0
        own, around = table[lived_in], sums[lived_in]
        if (own.sum(axis=0) > 0).sum() < 2:
            return 0.0
        weights = own.sum(axis=1) / own.sum()
        shares = around / around.sum(axis=1)[:, None]
        return spatial.INDICES[index](weights, shares, own.sum(axis=0) / own.sum())


def profile(
    counts: Table | Counts,
    points: ArrayLike,
    *,
    radii_m: Sequence[float] | None = None,
    neighbours: Sequence[int] | None = None,
    kernel: str = "uniform",
    index: Index = "theil_h",
    group: Group | None = None,
    **options: Unpack[ProfileOptions],
) -> Profile:
    """An index of everybody's own surroundings, by distance or by number of nearest residents.

    With π̃_pm the share of group m in the surroundings of location p, Ẽ_p their entropy and τ_p the residents
    of p: ``M̃ = Σ_p τ_p/T (E - Ẽ_p)``, ``H̃ = M̃ / E`` and ``D̃ = Σ_p Σ_m τ_p |π̃_pm - π_m| / (2 T I)``
    (Reardon and O'Sullivan 2004). At a radius of 0 these are the indices of the locations themselves, at an
    infinite one with a uniform kernel 0. M̃ and H̃ can fall below 0 where surroundings are on average more
    diverse than the whole.

    The own location counts at distance 0; locations at one place count together. By number of residents the
    nearest locations count whole and those at which the number is reached in part, all at that distance in
    the same part.

    Parameters
    ----------
    counts
        People, shape (locations, groups), or a frame with a column per group.
    points
        x and y of every location in metres, shape (locations, 2).
    radii_m
        Distances in metres, 0 or more; infinity is everybody.
    neighbours
        Numbers of nearest residents, instead of distances.
    kernel
        How people count by distance z = d / radius: `uniform` 1, `triangular` 1 - z, `epanechnikov` 1 - z²,
        `biweight` (1 - z²)².
    index
        `theil_h`, `mutual_information` or `dissimilarity`.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `ProfileOptions`.

    Returns
    -------
    Profile
        A row per scale.

    Raises
    ------
    InputError
        When counts, points, scales or options are not as expected.

    Examples
    --------
    >>> points = [[136_000, 456_000], [136_100, 456_000], [140_000, 456_000]]
    >>> made = profile([[90, 10], [10, 90], [50, 50]], points, radii_m=[0, 200], draws=0)
    >>> made.table["value"].round(4).to_list()
    [0.354, 0.0]
    """
    weighed, grid_m = options.get("weights", "residents"), options.get("grid_m")
    settings = _settings(options)
    checked = settings.checked(counts)
    scales = scales_of(radii_m, neighbours, kernel)
    known_choice("index", index, spatial.INDICES)
    known_choice("weights", weighed, WEIGHTS)
    check_grid(grid_m, scales)
    places = checked_points(points, len(checked.areas))
    lived_in = checked.sizes > 0
    occupied = checked.occupied()
    view = view_of(occupied, group)
    notes = [*about_counts(checked, occupied)]
    if problem := _meaningless(view):
        table = scales.table([0.0] * len(scales.values), None, None, None)
        return Profile(index, table, len(occupied.areas), occupied.people, (problem, *notes))
    around = _Around(places[lived_in], occupied.sizes, scales, weighed, grid_m, settings.workers)
    if weighed == "surroundings":
        notes.append(note(AS_SURROUNDINGS))
    if not scales.by_distance and scales.values[-1] > occupied.people:
        notes.append(note(WHOLE, people=occupied.people))
    return _profile(index, view, around, settings, notes)


def _settings(options: ProfileOptions) -> Settings:
    common = {name: value for name, value in options.items() if name not in ("weights", "grid_m")}
    return Settings(**{"draws": FEW_DRAWS, **common})  # type: ignore[arg-type]


def _meaningless(view: View) -> Note | None:
    totals = view.table.sum(axis=0)
    if not totals.sum():
        return note(NO_PEOPLE)
    if (totals > 0).sum() < 2:
        return note(NOBODY if view.groups == 2 and not totals[0] else ONE_GROUP)
    return None


def _profile(index: Index, view: View, around: _Around, settings: Settings, notes: list[Note]) -> Profile:
    table = view.table.astype(np.float64)
    sums = around.sums(table)
    people = sums.sum(axis=2) @ around.sizes / around.sizes.sum()
    values = [around.value(index, table, at_scale) for at_scale in sums]
    by_chance = p_values = None
    said = [note(NULL)]
    drawn = np.array(list(_drawn(index, view, around, settings)))
    if settings.draws:
        by_chance = drawn.mean(axis=0).tolist()
        p_values = [chance.p_value(value, at) for value, at in zip(values, drawn.T, strict=True)]
    if (
        around.scales.kernel == "uniform"
        and around.scales.by_distance
        and around.weighed == "residents"
        and view.counts.exact
    ):
        by_chance = spatial.expected(index, view.table, around.sizes, sums.sum(axis=2))
        said.append(note(EXACT, people=spatial.MOST_EXACT))
    else:
        said.append(note(SIMULATED, draws=settings.draws) if settings.draws else note(NOT_SIMULATED))
    made = around.scales.table(people.tolist(), values, by_chance, p_values)
    at_most = 1.0 - settings.level + SLACK
    even = [
        scale
        for scale, p_value in zip(around.scales.values, p_values or [], strict=False)
        if p_value > at_most
    ]
    if even:
        said.append(note(WITHIN_CHANCE, scales=", ".join(f"{scale:g}" for scale in even)))
    return Profile(index, made, len(around.sizes), view.counts.people, (*said, *notes))


def _drawn(index: Index, view: View, around: _Around, settings: Settings) -> Iterator[list[float]]:
    """The index at every scale of every random allotment.

    Allotments are laid side by side as columns, as many as memory allows, so that distances are worked out
    once for all of these.
    """
    published = view.published()
    plan = plan_of(published.table)
    locations = len(around.sizes)
    at_once = max(1, MOST_BYTES // (8 * locations * view.groups * len(around.scales.values)))
    for first in range(0, settings.draws, at_once):
        draws = range(first, min(first + at_once, settings.draws))
        tables = [random_areas(plan, published, settings.seed, draw) for draw in draws]
        sums = around.sums(np.concatenate(tables, axis=1))
        for table, own in zip(tables, np.split(sums, len(tables), axis=2), strict=True):
            yield [around.value(index, table, at_scale) for at_scale in own]
