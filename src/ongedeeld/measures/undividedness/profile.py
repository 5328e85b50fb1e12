"""At which scale a city is divided: an index of everybody's own surroundings, from small to large.

The spatial indices of Reardon and O'Sullivan, "Measures of spatial segregation", *Sociological Methodology*
34 (2004), at a range of distances as in Reardon, Matthews, O'Sullivan, Lee, Firebaugh, Farrell and Bischoff,
"The geographic scale of metropolitan racial segregation", *Demography* 45 (2008); and by numbers of nearest
residents as in Östh, Clark and Malmberg, "Measuring the scale of segregation using k-nearest neighbor
aggregates", *Geographical Analysis* 47 (2015).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Listed, Note, method_note, note
from ongedeeld.measures.undividedness import chance, spatial
from ongedeeld.measures.undividedness.around import STRETCHES, Around, Index, freed_by_scale, randomised
from ongedeeld.measures.undividedness.counts import Counts, Group, Table
from ongedeeld.measures.undividedness.measuring import (
    METHOD,
    NO_PEOPLE,
    NOBODY,
    NULL,
    ONE_GROUP,
    P_VALUE_FIRST,
    SIMULATED_CHANCE,
    View,
    about_counts,
    view_of,
    without_dust,
)
from ongedeeld.measures.undividedness.scales import Scales, check_grid, known_choice, scales_of
from ongedeeld.measures.undividedness.settings import Settings, settings_of
from ongedeeld.measures.undividedness.surroundings import checked_points
from ongedeeld.measures.undividedness.uncertainty import Freed
from ongedeeld.vocabulary import Quantity

WEIGHTS = ("residents", "surroundings")
DRAWS, FEW_DRAWS = 199, 19
MANY_LOCATIONS = 1_000
INTERVAL_DRAWS = 240
FEWEST_PER_STRETCH = 20
SLACK = 1e-12

EXACT = N_(
    "The value by chance is exact for surroundings of up to {people} people, and within a hundred-thousandth "
    "beyond."
)
WIDER = N_(
    "Where surroundings are wider than the own location, shares are drawn from a Dirichlet distribution "
    "around those of the surroundings. A value below 0, more diverse than the whole, counts as 0 when "
    "adjusted."
)
NO_INTERVAL = N_(
    "Without draws for them there is no adjusted value or interval; ask for them with interval_draws=240."
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
        Random allotments for the p-value, and for the value by chance where it is not exact; by default 199,
        and 19 with more than 1,000 locations, with which no p-value is below 0.05. With 0 there is no
        p-value, adjusted value or interval.
    interval_draws
        Simulated tables for the adjusted value and interval; by default as many as `draws` and at least 240,
        with 0 neither is given. Each,
        and each of the 96 that show what they were drawn from, takes the time of a random allotment: 3,000
        locations at four distances take a fraction of a second without and 20 seconds with them. Leave them
        out for a country.
    seed, level, workers, rounded_to, suppressed_below
        As for every measure: see `Options`.
    """

    weights: Literal["residents", "surroundings"]
    grid_m: float | None
    draws: int
    interval_draws: int
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
        `expected_by_chance`, its mean when everybody is allotted to a location at random; `adjusted`, `low`
        and `high`, the value freed of chance and the limits of its interval, from 0 up; and `p_value`, the
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


def profile(
    counts: Table | Counts,
    points: ArrayLike,
    *,
    radii_m: Sequence[float] | None = None,
    neighbours: Sequence[float] | None = None,
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
    asked = _Asked.of(options)
    checked = asked.settings.checked(counts)
    asked = asked.spared(options, len(checked.areas))
    scales = scales_of(radii_m, neighbours, kernel)
    known_choice("index", index, spatial.INDICES)
    check_grid(asked.grid_m, scales)
    places = checked_points(points, len(checked.areas))
    occupied = checked.occupied()
    view = view_of(occupied, group)
    notes = [*about_counts(checked, occupied)]
    if problem := _meaningless(view):
        table = scales.table([0.0] * len(scales.values))
        return Profile(index, table, len(occupied.areas), occupied.people, (problem, *notes))
    around = Around(
        places[checked.sizes > 0],
        occupied.sizes,
        scales,
        asked.weights,
        asked.grid_m,
        asked.settings.workers,
    )
    if asked.weights == "surroundings":
        notes.append(method_note(AS_SURROUNDINGS))
    if not scales.by_distance and scales.values[-1] > occupied.people:
        notes.append(note(WHOLE, people=Quantity(occupied.people)))
    return _profile(index, view, around, asked, notes)


OWN_OPTIONS = ("weights", "grid_m", "interval_draws")


@dataclass(frozen=True)
class _Asked:
    """The options of a profile with their defaults, checked."""

    settings: Settings
    interval_draws: int
    weights: str = "residents"
    grid_m: float | None = None

    @classmethod
    def of(cls, options: ProfileOptions) -> _Asked:
        own = {name: value for name, value in options.items() if name in OWN_OPTIONS}
        common = {name: value for name, value in options.items() if name not in own}
        settings = settings_of(common, others=OWN_OPTIONS, draws=DRAWS)
        return cls(settings, **{"interval_draws": max(INTERVAL_DRAWS, settings.draws), **own})  # type: ignore[arg-type]

    def spared(self, options: ProfileOptions, locations: int) -> _Asked:
        """The same with fewer draws where every draw takes long, unless a number was asked."""
        if "draws" in options or locations <= MANY_LOCATIONS:
            return self
        return replace(self, settings=replace(self.settings, draws=FEW_DRAWS))

    def __post_init__(self) -> None:
        known_choice("weights", self.weights, WEIGHTS)
        least = FEWEST_PER_STRETCH * STRETCHES.size
        number: object = self.interval_draws
        if isinstance(number, bool) or not isinstance(number, int) or (number < least and number != 0):
            raise InputError(
                N_("interval_draws is {value}"),
                expected=N_("0, or a whole number of at least {least}"),
                value=number,
                least=least,
            )


def _meaningless(view: View) -> Note | None:
    totals = view.table.sum(axis=0)
    if not totals.sum():
        return note(NO_PEOPLE)
    if (totals > 0).sum() < 2:
        return note(NOBODY if view.groups == 2 and not totals[0] else ONE_GROUP)
    return None


def _profile(index: Index, view: View, around: Around, asked: _Asked, notes: list[Note]) -> Profile:
    settings, table = asked.settings, view.table.astype(np.float64)
    sums = around.sums(table)
    people = sums.sum(axis=2) @ around.sizes / around.sizes.sum()
    values = [around.value(index, table, at_scale) for at_scale in sums]
    by_chance: list[float] | None = None
    p_values = freed = None
    said = [method_note(NULL)]
    if settings.draws:
        drawn = randomised(index, view, around, settings)
        by_chance = drawn.mean(axis=0).tolist()
        p_values = [chance.p_value(value, at) for value, at in zip(values, drawn.T, strict=True)]
        said += _even(around.scales, p_values, settings.level)
    if _is_exact(around, view):
        by_chance = spatial.expected(index, view.table, around.sizes, sums.sum(axis=2))
        said.append(method_note(EXACT, people=Quantity(spatial.MOST_EXACT)))
    else:
        said.append(
            method_note(SIMULATED_CHANCE, draws=Quantity(settings.draws))
            if settings.draws
            else note(NOT_SIMULATED)
        )
    if by_chance and settings.draws and asked.interval_draws:
        most = math.log(view.groups) if index == "mutual_information" else 1.0
        simulating = replace(settings, draws=asked.interval_draws)
        freed = [
            Freed(*(without_dust(min(max(part, 0.0), most)) for part in each))
            for each in freed_by_scale(index, view, around, values, by_chance, simulating)
        ]
        said += [
            method_note(METHOD, level=f"{settings.level:.0%}"),
            method_note(WIDER),
            method_note(P_VALUE_FIRST),
        ]
    else:
        said.append(note(NO_INTERVAL))
    made = around.scales.table(people.tolist(), values, by_chance, freed, p_values)
    return Profile(index, made, len(around.sizes), view.counts.people, (*said, *notes))


def _is_exact(around: Around, view: View) -> bool:
    """Whether the value by chance follows from the hypergeometric distribution."""
    whole_people = around.scales.kernel == "uniform" and around.scales.by_distance
    return whole_people and around.weighed == "residents" and view.counts.exact


def _even(scales: Scales, p_values: list[float], level: float) -> list[Note]:
    """The scales at which chance divides as much."""
    at_most = 1.0 - level + SLACK
    even = tuple(
        Quantity(float(scale))
        for scale, p_value in zip(scales.values, p_values, strict=True)
        if p_value > at_most
    )
    return [note(WITHIN_CHANCE, scales=Listed(even))] if even else []
