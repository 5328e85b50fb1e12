"""At which scale a city is divided: by hand, against PySAL, and by chance."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
import polars as pl
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness.chance import hypergeometric_mean
from ongedeeld.measures.undividedness.counts import Floats
from ongedeeld.measures.undividedness.indices import dissimilarity, mutual_information, theil_h
from ongedeeld.measures.undividedness.profile import Profile, profile
from ongedeeld.measures.undividedness.surroundings import within
from tests.shared import shared

CORNER = np.array([136_000.0, 456_000.0])
# Two opposite streets next to each other, and a mixed one far away.
POINTS = np.array([[136_000.0 + east, 456_000.0] for east in (0.0, 100.0, 4_000.0)])
PEOPLE = [[90, 10], [10, 90], [50, 50]]
INDICES = {"theil_h": theil_h, "mutual_information": mutual_information, "dissimilarity": dissimilarity}

# Made with segregation 2.5.4 and libpysal 4.14.1 on the areas of auck.shp joined to auck_pop.csv by AU_NO:
# compute_multiscalar_profile(areas, segregation_index=MultiInfoTheory (or MultiDissim),
#     groups=["eur06", "maori06", "pacif06", "asian06"], distances=[500, 1000, 2000, 5000, 10000],
#     function="triangular" (or "boxcar"))
# Its other kernels count the own area by 1 and others by at most a constant below 1: no counterpart here.
RADII = [0, 500, 1_000, 2_000, 5_000, 10_000]
AUCKLAND = {
    ("theil_h", "triangular"): [
        0.1651726057297243,
        0.16514272519951279,
        0.16296507489711497,
        0.13516964822705915,
        0.08017706636609553,
        0.0424033388577793,
    ],
    ("theil_h", "uniform"): [
        0.1651726057297243,
        0.16483188450692857,
        0.16175770207242376,
        0.11924224791588779,
        0.06370511474013471,
        0.02766390968367744,
    ],
    ("dissimilarity", "triangular"): [
        0.37262366973268013,
        0.372585033841973,
        0.3704108413300343,
        0.32904250221818987,
        0.24422814517728586,
        0.17055822011323826,
    ],
    ("dissimilarity", "uniform"): [
        0.37262366973268013,
        0.37218084070582486,
        0.3663411283039027,
        0.30542021905548283,
        0.21313032811557645,
        0.13594315626151512,
    ],
}


def auckland() -> tuple[Floats, Floats]:
    """People of four groups in 2006, and the centroids of the 297 areas."""
    _, _, shapes, (numbers,) = pyogrio.raw.read(
        shared("segregation_patterns/auck.shp"), columns=["AU_NO"], force_2d=True
    )
    areas = pl.DataFrame({"au_no": numbers.astype(np.int64), "geometry": shapes})
    people = areas.join(
        pl.read_csv(shared("segregation_patterns/auck_pop.csv")), on="au_no", maintain_order="left"
    )
    centroids = shapely.centroid(shapely.from_wkb(people["geometry"].to_numpy()))
    groups = people.select(pl.col("eur06", "maori06", "pacif06", "asian06").cast(pl.Float64)).to_numpy()
    return groups, shapely.get_coordinates(centroids)


def values(made: Profile) -> list[float]:
    return made.table["value"].to_list()


def town(seed: int = 1, areas: int = 150) -> tuple[Floats, Floats]:
    """A made-up town of three groups whose shares change from west to east."""
    luck = np.random.default_rng(seed)
    points = luck.uniform(0.0, 5_000.0, (areas, 2)) + CORNER
    east = (points[:, 0] - CORNER[0]) / 5_000.0
    shares = np.stack([0.1 + 0.5 * east, 0.2 + 0.0 * east, 0.7 - 0.5 * east], axis=1)
    return luck.multinomial(40, shares).astype(np.float64), points


def test_two_opposite_streets_are_divided_by_themselves_and_mixed_together() -> None:
    made = profile(PEOPLE, POINTS, radii_m=[0, 200], draws=0)
    # E = ln 2, a street of 90 and 10 has entropy 0.3250830: H = 2/3 (1 - 0.3250830 / 0.6931472).
    assert values(made) == pytest.approx([0.354002937, 0.0], abs=1e-9)
    assert made.table["surrounding_people"].to_list() == pytest.approx([100.0, 500 / 3])


def test_spatial_dissimilarity_worked_by_hand() -> None:
    # With 150 nearest residents every street has half of its nearest neighbours besides: (95, 55), (55, 95)
    # and (55, 95) of 150, which is 2/15 off a half for both groups.
    made = profile(PEOPLE, POINTS, neighbours=[150], index="dissimilarity", draws=0)
    assert values(made) == pytest.approx([(3 * 100 * 2 * (2 / 15)) / (2 * 300 * 0.5)])


@pytest.mark.parametrize(("index", "kernel"), AUCKLAND)
def test_auckland_agrees_with_pysal_on_its_convention(index: Any, kernel: str) -> None:
    people, points = auckland()
    made = profile(people, points, radii_m=RADII, kernel=kernel, index=index, weights="surroundings", draws=0)
    assert values(made) == pytest.approx(AUCKLAND[index, kernel], abs=1e-9, rel=0)
    assert any("PySAL" in str(said) for said in made.notes)


@given(st.integers(0, 1_000), st.sampled_from(sorted(INDICES)))
@settings(max_examples=15, deadline=None)
def test_a_radius_of_nought_is_the_index_without_space_and_infinity_is_none(seed: int, index: Any) -> None:
    people, points = town(seed, areas=30)
    made = profile(people, points, radii_m=[0, math.inf], index=index, draws=0)
    assert values(made) == pytest.approx([INDICES[index](people, draws=0).value, 0.0], abs=1e-12)


@given(st.permutations(range(30)), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_order_of_locations_changes_nothing(order: list[int], by_distance: bool) -> None:
    people, points = town(areas=30)
    scales: Any = {"radii_m": [300, 900]} if by_distance else {"neighbours": [100, 500]}
    ours = profile(people, points, draws=0, **scales)
    assert values(profile(people[order], points[order], draws=0, **scales)) == pytest.approx(values(ours))


def test_a_grid_gives_the_same_profile_as_points() -> None:
    people, points = town()
    cells = np.floor(points / 100.0) * 100.0
    radii = [0, 200, 1_000, 3_000]
    on_grid = profile(people, cells, radii_m=radii, grid_m=100)
    assert_frame_equal(on_grid.table, profile(people, cells, radii_m=radii).table, rel_tol=1e-9)


@pytest.mark.parametrize("index", sorted(INDICES))
def test_the_exact_value_by_chance_is_the_mean_of_random_allotments(index: Any) -> None:
    people, points = town(areas=60)
    radii = [0, 400, 1_000, 2_500]
    exact = profile(people, points, radii_m=radii, index=index, draws=0).table["expected_by_chance"]
    shuffled = shuffles(people, points, radii, index)
    error = shuffled.std(axis=0, ddof=1) / len(shuffled) ** 0.5
    assert (np.abs(shuffled.mean(axis=0) - exact.to_numpy()) < 4.0 * error).all()


def shuffles(people: Floats, points: Floats, radii: list[int], index: Any) -> Floats:
    """The index after shuffling everybody over the homes, sixty times, shape (shuffles, radii)."""
    luck = np.random.default_rng(5)
    everybody = np.repeat(np.arange(3), people.sum(axis=0).astype(int))
    homes = np.repeat(np.arange(len(people)), people.sum(axis=1).astype(int))
    made = []
    for _ in range(60):
        shuffled = np.zeros_like(people)
        np.add.at(shuffled, (homes, luck.permutation(everybody)), 1)
        made.append(values(profile(shuffled, points, radii_m=radii, index=index, draws=0)))
    return np.array(made)


def test_the_value_by_chance_is_the_same_exactly_whether_or_not_it_is_also_simulated() -> None:
    people, points = town(areas=60)
    made = [profile(people, points, radii_m=[0, 900], draws=draws).table for draws in (0, 19)]
    assert made[0]["expected_by_chance"].equals(made[1]["expected_by_chance"])
    assert made[0]["p_value"].to_list() == [None, None]


def test_large_surroundings_are_rounded_for_chance_by_no_more_than_is_said() -> None:
    people, points = np.full((40, 2), [100, 900]), np.tile(CORNER, (40, 1)) + np.arange(40)[:, None] * 100.0
    made = profile(people, points, radii_m=[400, 1_600, math.inf], index="dissimilarity", draws=0).table
    sums = within(np.full((40, 1), 1_000.0), points, np.array([400.0, 1_600.0, math.inf]))[:, :, 0]
    means = [
        np.mean([hypergeometric_mean(False, int(size), 4_000, 40_000) / size for size in at]) for at in sums
    ]
    assert made["expected_by_chance"].to_list() == pytest.approx(np.array(means) * 2 / (2 * 0.18), abs=1e-5)
    assert made["expected_by_chance"][2] == 0.0


def test_the_simulated_value_by_chance_is_near_the_exact_one_and_no_p_value_is_nought() -> None:
    people, points = town()
    made = profile(people, points, neighbours=[40, 2_000], draws=99).table
    without_space = theil_h(people, draws=0).expected_by_chance
    assert made["expected_by_chance"][0] == pytest.approx(without_space, rel=0.05)
    assert made["p_value"].to_list() == [0.01, 0.01]


def test_the_same_seed_gives_the_same_answer_with_any_number_of_workers() -> None:
    people, points = town()
    made = [
        profile(people, points, radii_m=[500, 1_500], kernel="biweight", draws=19, seed=7, workers=workers)
        for workers in (1, 3)
    ]
    assert made[0].table.equals(made[1].table)


def test_a_scale_at_which_chance_divides_as_much_is_named() -> None:
    luck = np.random.default_rng(2)
    people, points = luck.multinomial(15, [0.1, 0.9], 100), luck.uniform(0, 900, (100, 2)) + CORNER
    made = profile(people, points, radii_m=[0, 300], draws=99)
    assert any("No more divided than random allotment" in str(said) for said in made.notes)
    assert made.table["value"][0] == pytest.approx(made.table["expected_by_chance"][0], rel=0.3)


def test_more_neighbours_than_there_are_people_is_everybody_and_said_to_be() -> None:
    made = profile(PEOPLE, POINTS, neighbours=[100, 5_000], draws=0)
    assert made.table["surrounding_people"].to_list() == [100.0, 300.0]
    assert values(made)[1] == pytest.approx(0.0, abs=1e-12)
    assert "There are 300 people: surroundings of more residents are everybody." in map(str, made.notes)


def test_scales_come_back_from_small_to_large_and_once() -> None:
    assert profile(PEOPLE, POINTS, radii_m=[200, 0, 200], draws=0).table["radius_m"].to_list() == [0, 200]


def test_empty_locations_do_not_count() -> None:
    with_empty = profile([[0, 0], *PEOPLE], np.vstack([CORNER + 50.0, POINTS]), radii_m=[0, 200], draws=0)
    assert values(with_empty) == values(profile(PEOPLE, POINTS, radii_m=[0, 200], draws=0))
    assert with_empty.areas == 3


def test_counts_rounded_to_five_are_allotted_and_rounded_alike() -> None:
    luck = np.random.default_rng(6)
    people = luck.multinomial(6, [0.3, 0.7], 80)
    points = luck.uniform(0.0, 900.0, (80, 2)) + CORNER
    rounded = 5 * np.round(people / 5).astype(int)
    made = profile(rounded, points, radii_m=[0, 200], rounded_to=5, draws=199)
    # Rounding alone makes places look divided: without it chance would give 0.13 or so.
    assert made.table["expected_by_chance"][0] > 0.25
    assert made.table["p_value"][1] > 0.01
    assert any("rounded to 5" in str(said) for said in made.notes)


@pytest.mark.parametrize("people", [[[5, 0], [7, 0], [1, 0]], [[0, 0], [0, 0], [0, 0]]])
def test_one_group_or_nobody_has_no_profile_and_the_note_says_why(people: list[list[int]]) -> None:
    made = profile(people, POINTS, radii_m=[0, 100])
    assert made.table["value"].to_list() == [None, None]
    assert "has no meaning" in str(made.notes[0])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "a profile needs scales"),
        ({"radii_m": [100], "neighbours": [5]}, "a profile needs scales"),
        ({"radii_m": [-1]}, "radii_m is -1"),
        ({"radii_m": [math.nan]}, "radii_m is nan"),
        ({"radii_m": []}, "radii_m is -"),
        ({"radii_m": ["far"]}, "radii_m is nan"),
        ({"neighbours": [0]}, "neighbours is 0"),
        ({"neighbours": [1.5]}, "neighbours is 1.5"),
        ({"radii_m": [100], "kernel": "round"}, "kernel is round"),
        ({"radii_m": [100], "index": "gini"}, "index is gini"),
        ({"radii_m": [100], "weights": "rank"}, "weights is rank"),
        ({"neighbours": [100], "kernel": "biweight"}, "goes with distances"),
        ({"neighbours": [100], "grid_m": 100}, "grid_m goes with distances and the uniform kernel"),
        ({"radii_m": [100], "grid_m": 0}, "grid_m is 0"),
        ({"radii_m": [100], "draws": 5}, "5 draws are too few"),
    ],
)
def test_it_refuses_what_makes_no_sense(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        profile(PEOPLE, POINTS, **asked)


@pytest.mark.parametrize("draws", [5, 119, -1, 1.5, True])
def test_too_few_draws_for_an_interval_are_refused(draws: Any) -> None:
    with pytest.raises(InputError, match="interval_draws is"):
        profile(PEOPLE, POINTS, radii_m=[100], interval_draws=draws)


def test_without_draws_for_them_there_is_no_adjusted_value_or_interval() -> None:
    for asked in ({"draws": 0}, {"interval_draws": 0}):
        made = profile(PEOPLE, POINTS, radii_m=[100], **asked)  # type: ignore[arg-type]
        assert made.table.select("adjusted", "low", "high").row(0) == (None, None, None)
        assert any("ask for them with interval_draws" in str(said) for said in made.notes)


def test_p_values_can_be_below_one_in_twenty_unless_there_are_thousands_of_locations() -> None:
    made = profile(PEOPLE, POINTS, radii_m=[0], interval_draws=0).table
    assert made["p_value"].min() == 1 / 200
    many = np.tile(PEOPLE, (1_200 // len(PEOPLE), 1))
    points = CORNER + np.random.default_rng(1).uniform(0, 9_000, (len(many), 2))
    assert profile(many, points, radii_m=[0], interval_draws=0).table["p_value"].min() == 1 / 20


def test_metres_of_a_small_plan_are_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match=r"look like degrees(.|\n)*add the same number"):
        profile(PEOPLE, np.linspace(0.0, 80.0, 2 * len(PEOPLE)).reshape(-1, 2), radii_m=[100])


def test_small_places_are_freed_of_chance_at_every_scale() -> None:
    luck = np.random.default_rng(3)
    people, points = luck.multinomial(15, [0.15, 0.85], 120), luck.uniform(0, 3_000, (120, 2)) + CORNER
    made = profile(people, points, radii_m=[0, 300, 1_500], index="dissimilarity").table
    assert made["value"][0] > 0.25
    assert (made["adjusted"] < made["value"]).all()
    assert made["low"].to_list() == [0.0, 0.0, 0.0]


@pytest.mark.soak
@pytest.mark.parametrize("index", ["theil_h", "dissimilarity"])
@pytest.mark.parametrize("form", ["from west to east", "two kinds of blocks", "no division"])
def test_intervals_of_surroundings_hold_the_truth(form: str, index: Any, repeats: int) -> None:
    luck = np.random.default_rng(4)
    points = luck.uniform(0.0, 3_000.0, (120, 2)) + CORNER
    east, block = (points[:, 0] - CORNER[0]) / 3_000.0, np.floor((points - CORNER) / 750.0).sum(axis=1) % 2
    share = {
        "from west to east": 0.02 + 0.5 * east,
        "two kinds of blocks": np.where(block == 0, 0.35, 0.05),
        "no division": np.full(120, 0.15),
    }[form]
    mix, radii = np.stack([share, 1.0 - share], axis=1), [0, 300, 1_500]
    truth = values(profile(np.round(mix * 1e6), points, radii_m=radii, index=index, draws=0))
    held, trials = np.zeros(3), 2 * repeats
    for seed in range(trials):
        made = profile(luck.multinomial(15, mix), points, radii_m=radii, index=index, seed=seed).table
        held += (made["low"].to_numpy() <= np.maximum(truth, 1e-9)) & (truth <= made["high"].to_numpy())
    sys.stdout.write(f"held {(held / trials).round(3).tolist()} of {trials} at {radii} m\n")
    assert (held / trials >= 0.87 - 2.5 * np.sqrt(0.09 / trials)).all()
