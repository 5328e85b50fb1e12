"""Undividedness: profiles over scales and random allotments, beside PySAL `segregation`.

The other side of a case in `PEERS` runs in an environment of its own, which knows nothing of this package:
what both sides share is made here with NumPy alone, from a seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Work = Callable[[], object]

AREAS, CELLS, TOWNS = 13_924, 390_000, 2_500
WIDE_M, HIGH_M, CELL_M = 260_000.0, 310_000.0, 100.0
CORNER = np.array([13_000.0, 306_000.0])
RADII_M = [1_000.0, 2_000.0, 4_000.0, 8_000.0]
GRID_RADII_M = [200.0, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 12_000, 18_000, 25_000]
DRAWS = 99
GROUPS = ["low", "middle", "high"]


def country(locations: int = AREAS, seed: int = 1, mean_people: float = 1_250.0) -> tuple[Integers, Floats]:
    """A made-up country: people of three groups by location, and the locations, thick in towns.

    Towns differ in size as towns do (lognormal), lie at random, thin out from their middle, and differ in
    mix; so do their locations.
    """
    luck = np.random.default_rng(seed)
    middles = CORNER + luck.uniform(0.0, 1.0, (TOWNS, 2)) * (WIDE_M, HIGH_M)
    size = luck.lognormal(0.0, 1.3, TOWNS)
    town = luck.choice(TOWNS, locations, p=size / size.sum())
    spread = 400.0 + 1_100.0 * np.sqrt(size[town])
    points = middles[town] + luck.normal(0.0, 1.0, (locations, 2)) * spread[:, None]
    people = np.maximum(luck.lognormal(np.log(mean_people) - 0.5, 1.0, locations), 1.0).astype(np.int64)
    leaning = luck.normal(0.0, 0.4, (TOWNS, 3))[town] + luck.normal(0.0, 0.5, (locations, 3))
    shares = np.exp(leaning) * (0.3, 0.5, 0.2)
    return luck.multinomial(people, shares / shares.sum(axis=1, keepdims=True)), points


def national_grid(cells: int = CELLS, seed: int = 1) -> tuple[Integers, Floats]:
    """The same country by populated cells of 100 m: the counts, and the middles of the cells."""
    counts, points = country(cells * 2, seed, mean_people=45.0)
    places = np.floor(points / CELL_M).astype(np.int64)
    _, first = np.unique(places[:, 0] * 1_000_000 + places[:, 1], return_index=True)
    kept = np.sort(first)[:cells]
    return counts[kept], places[kept] * CELL_M + CELL_M / 2.0


def profile_by_distance() -> Work:
    """H at four distances for 13,924 areas, triangular kernel, in the convention of PySAL, on two cores."""
    from ongedeeld.measures.undividedness.profile import profile

    counts, points = country()

    def work(areas: int = AREAS) -> object:
        made = profile(
            counts[:areas],
            points[:areas],
            radii_m=[0.0, *RADII_M],
            kernel="triangular",
            weights="surroundings",
            draws=0,
            workers=2,
        )
        return made.table["value"].to_list()

    work(areas=50)
    return work


def profile_with_pysal() -> Work:
    """The same with `compute_multiscalar_profile`."""
    import geopandas
    from segregation.dynamics import compute_multiscalar_profile
    from segregation.multigroup import MultiInfoTheory

    counts, points = country()
    geometry = geopandas.points_from_xy(points[:, 0], points[:, 1])
    areas = geopandas.GeoDataFrame(dict(zip(GROUPS, counts.T, strict=True)), geometry=geometry, crs=28992)

    def work() -> object:
        made = compute_multiscalar_profile(
            areas, segregation_index=MultiInfoTheory, groups=GROUPS, distances=RADII_M, function="triangular"
        )
        return made.tolist()

    return work


def randomised() -> Work:
    """D of 99 random allotments over 13,924 areas, sizes of areas and groups kept, on one core."""
    from ongedeeld.measures.undividedness import _kernel, chance
    from ongedeeld.measures.undividedness._allot import plan_of, published_as
    from ongedeeld.measures.undividedness.counts import counts_of
    from ongedeeld.measures.undividedness.settings import Settings

    table = two_groups()

    def work(draws: int = DRAWS) -> object:
        published = published_as(counts_of(table), np.arange(2), 2)
        plan = plan_of(published.table)
        return chance.randomised_values(
            _kernel.DISSIMILARITY, 0.5, plan, published, Settings(draws=draws, seed=1)
        )

    work(draws=19)
    return work


def randomised_with_pysal() -> Work:
    """99 random tables of PySAL's quickest null (systematic: sizes of areas not kept), on one core."""
    return _pysal_null("simulate_systematic_randomization", DRAWS)


def permuted_with_pysal() -> Work:
    """One random table of PySAL's null that keeps sizes of areas and groups: every person moved."""
    return _pysal_null("simulate_person_permutation", 1)


def _pysal_null(name: str, draws: int) -> Work:
    import pandas
    from segregation import inference
    from segregation.inference import simulate_null
    from segregation.singlegroup import Dissim

    table = two_groups()
    areas = pandas.DataFrame({"group": table[:, 0], "total": table.sum(axis=1)})
    fitted = Dissim(areas, "group", "total")
    null = getattr(inference, name)
    return lambda: simulate_null(iterations=draws, sim_func=null, seg_class=fitted, n_jobs=1)


def two_groups() -> Integers:
    """People of the first group and all others, by area."""
    counts, _ = country()
    return np.stack([counts[:, 0], counts[:, 1:].sum(axis=1)], axis=1)


def profile_on_grid() -> Work:
    """H at ten distances up to 25 km for 390,000 cells of 100 m, three groups, with its value by chance."""
    from ongedeeld.measures.undividedness.profile import profile

    counts, points = national_grid()

    def work(cells: int = CELLS) -> object:
        return profile(
            counts[:cells], points[:cells], radii_m=GRID_RADII_M, grid_m=CELL_M, draws=0, workers=2
        )

    work(cells=50)
    return work


def profile_by_residents() -> Work:
    """H among the nearest 200 to 51,200 residents for 13,924 areas, with 19 random allotments."""
    from ongedeeld.measures.undividedness.profile import profile

    counts, points = country()

    def work(areas: int = AREAS) -> object:
        return profile(
            counts[:areas],
            points[:areas],
            neighbours=[200, 800, 3_200, 12_800, 51_200],
            interval_draws=0,
            workers=2,
        )

    work(areas=50)
    return work


PROFILE = "Profile of H at 4 distances, 13,924 areas (other way: PySAL)"
SYSTEMATIC = "Random D, one draw, 13,924 areas (other way: PySAL's systematic null, sizes of areas not kept)"
PERMUTED = "Random D, one draw, 13,924 areas (other way: PySAL's person permutation, the same null)"
CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    PROFILE: (profile_by_distance, profile_with_pysal),
    SYSTEMATIC: (randomised, randomised_with_pysal),
    PERMUTED: (randomised, permuted_with_pysal),
    "Profile of H at 10 distances to 25 km, 390,000 cells of 100 m": (profile_on_grid, None),
    "Profile of H among nearest residents, 5 numbers, 19 draws, 13,924 areas": (profile_by_residents, None),
}
PEERS = (PROFILE, SYSTEMATIC, PERMUTED)
# Draws in one run of either side: their times are given per draw.
UNITS = {SYSTEMATIC: (DRAWS, DRAWS), PERMUTED: (DRAWS, 1)}
