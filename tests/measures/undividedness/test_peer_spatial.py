"""Spatial and multiscalar values, and chance, against PySAL on the very same points and kernel.

The values were made with PySAL `segregation` 2.5.4 and libpysal 4.14.1, `repr` of what they return, on

- Auckland: the centroids of the 297 areas of auck.shp with the four groups of 2006 in auck_pop.csv; the
  single group is Maori against the sum of the four;
- Utrecht: a point within each of the 98 neighbourhoods that have a boundary, in whole metres of EPSG:28992,
  with the five age groups of CBS 2023; the single group is everybody of 65 or over against the sum of all.

A kernel is `libpysal.graph.Graph.build_kernel(points, bandwidth=radius, kernel="boxcar" or "triangular")`.

Where PySAL and this package define things differently, and what is done about it here:

- PySAL adds people up over surroundings, rounds the sums, and takes the index of those sums as if every
  surroundings were an area: `weights="surroundings"` does the same. Reardon and O'Sullivan (2004) weigh every
  surroundings by the residents at its centre and hold it against the whole population, which is the default
  here. PySAL has no such index; it is put together from PySAL's local diversity of the same surroundings.
- Of a single group PySAL rounds the sums of the group and of everybody, here the sums of the group and of the
  rest are rounded. With a kernel of whole people ("boxcar") that is the same; with another one it moves an
  index by some millionths, and the values are the same again where the sums are rounded as PySAL does.
- PySAL's gaussian and bisquare kernels do not go from 1 at the place itself to 0 at the radius.
- PySAL's SpatialDissim and BoundarySpatialDissim (by shared borders), SpatialProximity and the
  distance-decay indices (an exponent of distances divided by their sum) have no counterpart here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from ongedeeld.measures.undividedness import (
    Result,
    dissimilarity,
    entropy,
    location_quotient,
    points_of,
    profile,
    simpson_interaction,
    theil_h,
)
from ongedeeld.measures.undividedness.counts import Floats
from ongedeeld.measures.undividedness.formulas import local_informations
from ongedeeld.measures.undividedness.surroundings import nearest, within
from tests.measures.undividedness.test_profile import auckland
from tests.real_cities import utrecht
from tests.shared import shared

AGES = ("a_00_14", "a_15_24", "a_25_44", "a_45_64", "a_65_oo")
MAORI, OLD = 1, 4
AUCKLAND_M = [0, 500, 1_000, 2_000, 5_000, 10_000]
UTRECHT_M = [0, 500, 1_000, 2_000, 4_000]

# compute_multiscalar_profile(auckland, segregation_index=Dissim (or Entropy), group_pop_var="maori06",
#     total_pop_var="all06", distances=AUCKLAND_M[1:], function="boxcar" (or "triangular"))
MAORI_BY_SCALE = {
    ("dissimilarity", "uniform"): [
        0.29259198454669355,
        0.2919357870806908,
        0.29734525371422915,
        0.2719208295970088,
        0.21319672090301023,
        0.12139070786432485,
    ],
    ("theil_h", "uniform"): [
        0.06886722768861782,
        0.06858946775325742,
        0.07196464667642616,
        0.0573026498509661,
        0.0353001989311181,
        0.01320031821453229,
    ],
    ("dissimilarity", "triangular"): [
        0.29259198454669355,
        0.2925451443455236,
        0.29271740649690814,
        0.28127594399252753,
        0.23723485345488887,
        0.17146276409479383,
    ],
    ("theil_h", "triangular"): [
        0.06886722768861782,
        0.06883984652088718,
        0.06936697110211391,
        0.06280119445481844,
        0.04375471436022286,
        0.023659225314868575,
    ],
}
# compute_multiscalar_profile(utrecht, segregation_index=MultiInfoTheory (MultiDissim, MultiDivergence),
#     groups=AGES, distances=UTRECHT_M[1:], function="boxcar" (or "triangular"))
AGES_BY_SCALE = {
    ("theil_h", "uniform"): [
        0.03446217847549221,
        0.028783886684089037,
        0.013673540286917122,
        0.0065311951934781615,
        0.002110747224094993,
    ],
    ("theil_h", "triangular"): [
        0.03446217847549221,
        0.03164710168218752,
        0.01754348308364672,
        0.009198169740008378,
        0.003779119174754419,
    ],
    ("dissimilarity", "uniform"): [
        0.15766537541330763,
        0.1442159865079571,
        0.1001210054171714,
        0.06567240778029626,
        0.032294975877499486,
    ],
    ("dissimilarity", "triangular"): [
        0.15766537541330763,
        0.15072920189036199,
        0.11466683592219745,
        0.08050167016342709,
        0.04728219156396333,
    ],
    ("mutual_information", "uniform"): [
        0.05233752942094576,
        0.0432909258272665,
        0.020506728135978657,
        0.009781792128426964,
        0.0031704123720660243,
    ],
    ("mutual_information", "triangular"): [
        0.05233752942094576,
        0.0479516702892298,
        0.026389395663632124,
        0.013786967692329658,
        0.005666772454572323,
    ],
}
# The same with segregation_index=Dissim, group_pop_var="a_65_oo" and function="boxcar".
OLD_BY_SCALE = [
    0.17869726089673374,
    0.14931338649835754,
    0.09184874778513141,
    0.05473966615897049,
    0.025959989167414023,
]

# MultiDiversity(areas, groups).statistic, less the mean by residents of
# MultiLocalDiversity(areas, groups, w=kernel).statistics; "boxcar", at these radii in metres.
BY_RESIDENTS = {
    "auckland": ([1_000, 2_000, 5_000], [0.18716532248405393, 0.14432615850899722, 0.07871315579245897]),
    "utrecht": ([500, 1_000, 2_000], [0.04721792217007792, 0.02585081645442533, 0.01976240019673825]),
}

# MultiLocationQuotient(utrecht, AGES).statistics, MultiLocalDiversity and MultiLocalSimpsonInteraction of the
# first and the fifty-first neighbourhood; and the first quotients again with w=kernel, "boxcar" of 2 km.
QUOTIENTS = {
    0: [0.6656861396913101, 0.8884666481459661, 1.184587530751272, 0.6019290878412027, 1.834965336628916],
    50: [1.0379218724849901, 1.230217266569791, 0.6022762445673603, 1.2849212212200285, 1.3994187890301988],
}
QUOTIENTS_2_KM = {
    0: [0.9924438210532905, 0.933998306092149, 1.1326537253716016, 0.8698862010154923, 0.8664037199274649],
    50: [0.7691912367748891, 1.300402002540074, 0.9206906562686901, 1.0189505823570766, 1.13427738025787],
}
DIVERSITY = {0: 1.457482470319178, 50: 1.5858375545288879}
INTERACTION = {0: 0.7288086444247733, 50: 0.7901709941225152}

# compute_divergence_profiles(utrecht, AGES): people covered and divergence after 1, 6, 21 and 61 locations;
# and LocalDistortion(utrecht, AGES).statistics, the sum of the divergences of all 98 steps.
DIVERGENCE = {
    0: (
        [1_810, 17_345, 74_245, 188_125],
        [0.06750789544637728, 0.004700405679414148, 0.01474566571888527, 0.007190010947710927],
    ),
    50: (
        [2_670, 21_005, 58_370, 201_250],
        [0.05302409555977174, 0.01679685899028102, 0.019971244247896352, 0.005487003746600146],
    ),
}
DISTORTION = {0: 0.8247523196662826, 50: 1.1627341967046243}

# After np.random.seed(1) SingleValueTest(Dissim(utrecht, "a_65_oo", "all"), iterations_under_null=400,
#     null_approach="person_permutation").est_sim, and then of MultiInfoTheory(utrecht, AGES): mean and
# standard deviation. This null is the one of this package: everybody to a home at random.
PERMUTED_DRAWS = 400
PERMUTED = {
    "dissimilarity": (0.020313193789207887, 0.0016249315126274507),
    "theil_h": (0.0003655969706129951, 2.547788364293662e-05),
}

# DensityCorrectedDissim(auckland, "maori06", "all06").statistic, and BiasCorrectedDissim(…, B=500) after
# np.random.seed(0): two corrections of Allen, Burgess, Davidson and Windmeijer (2015).
CORRECTED = (0.29193849645375114, 0.2918068365041212)


@cache
def utrecht_by_age() -> tuple[Floats, Floats]:
    """People by age, shape (98, 5), and a point in every neighbourhood that has a boundary."""
    areas = (
        utrecht().table("areas").filter(pl.col("level") == "neighbourhood", pl.col("geometry").is_not_null())
    )
    figures = pl.read_excel(shared("utrecht/kwb-2023.xlsx"), infer_schema_length=0)
    code = pl.col("gwb_code").str.strip_chars()
    rows = figures.filter(code.is_in(areas["code"].to_list())).with_columns(code)
    points = points_of(utrecht(), rows["gwb_code"].to_list(), "neighbourhood")
    return rows.select(pl.col(AGES).cast(pl.Float64)).to_numpy(), np.rint(points)


def by_scale(place: tuple[Floats, Floats], **asked: Any) -> list[float]:
    made = profile(*place, weights="surroundings", draws=0, **asked)
    values: list[float] = made.table["value"].to_list()
    return values


@pytest.mark.parametrize("index", ["dissimilarity", "theil_h"])
def test_one_group_of_auckland_by_scale(index: str) -> None:
    found = by_scale(auckland(), radii_m=AUCKLAND_M, index=index, group=MAORI)
    assert found == pytest.approx(MAORI_BY_SCALE[index, "uniform"], abs=1e-9, rel=0)


@pytest.mark.parametrize(("index", "measure"), [("dissimilarity", dissimilarity), ("theil_h", theil_h)])
def test_one_group_of_auckland_by_a_kernel_of_which_the_sums_are_rounded(
    index: str, measure: Callable[..., Result]
) -> None:
    published = MAORI_BY_SCALE[index, "triangular"]
    found = by_scale(auckland(), radii_m=AUCKLAND_M, kernel="triangular", index=index, group=MAORI)
    assert found == pytest.approx(published, abs=5e-6, rel=0)
    people, points = auckland()
    columns = np.stack([people[:, MAORI], people.sum(axis=1)], axis=1)
    rounded = np.rint(within(columns, points, np.array(AUCKLAND_M, dtype=np.float64), "triangular"))
    group, everybody = rounded[..., 0], rounded[..., 1]
    as_pysal = [measure(table, 0, draws=0).value for table in np.stack([group, everybody - group], axis=2)]
    assert as_pysal == pytest.approx(published, abs=1e-9, rel=0)


@pytest.mark.parametrize(("index", "kernel"), AGES_BY_SCALE)
def test_five_ages_of_utrecht_by_scale(index: str, kernel: str) -> None:
    found = by_scale(utrecht_by_age(), radii_m=UTRECHT_M, kernel=kernel, index=index)
    assert found == pytest.approx(AGES_BY_SCALE[index, kernel], abs=1e-9, rel=0)


def test_the_old_of_utrecht_by_scale() -> None:
    found = by_scale(utrecht_by_age(), radii_m=UTRECHT_M, index="dissimilarity", group=OLD)
    assert found == pytest.approx(OLD_BY_SCALE, abs=1e-9, rel=0)


@pytest.mark.parametrize("name", BY_RESIDENTS)
def test_by_residents_it_is_the_diversity_of_all_less_that_of_everybodys_surroundings(name: str) -> None:
    radii, expected = BY_RESIDENTS[name]
    place = auckland() if name == "auckland" else utrecht_by_age()
    made = profile(*place, radii_m=radii, index="mutual_information", draws=0)
    assert made.table["value"].to_list() == pytest.approx(expected, abs=1e-9, rel=0)


@pytest.mark.parametrize("area", QUOTIENTS)
def test_neighbourhoods_of_utrecht_by_themselves(area: int) -> None:
    people, _ = utrecht_by_age()
    quotients = [location_quotient(people, group, draws=0).table["value"][area] for group in range(5)]
    assert quotients == pytest.approx(QUOTIENTS[area], abs=1e-9, rel=0)
    assert entropy(people, draws=0).table["value"][area] == pytest.approx(DIVERSITY[area], abs=1e-9)
    interaction = simpson_interaction(people, draws=0).table["value"][area]
    assert interaction == pytest.approx(INTERACTION[area], abs=1e-9)


@pytest.mark.parametrize("area", QUOTIENTS_2_KM)
def test_neighbourhoods_of_utrecht_with_all_within_two_kilometres(area: int) -> None:
    around = within(*utrecht_by_age(), np.array([2_000.0]))[0]
    quotients = [location_quotient(around, group, draws=0).table["value"][area] for group in range(5)]
    assert quotients == pytest.approx(QUOTIENTS_2_KM[area], abs=1e-9, rel=0)


@pytest.mark.parametrize("area", DIVERGENCE)
def test_the_nearest_residents_diverge_from_all_as_in_the_divergence_profile(area: int) -> None:
    people, points = utrecht_by_age()
    covered, divergence = DIVERGENCE[area]
    order = np.argsort(np.hypot(*(points - points[area]).T))
    steps = np.cumsum(people.sum(axis=1)[order])
    around = nearest(people, people.sum(axis=1), points, steps)[:, area]
    found = local_informations(around, people.sum(axis=0) / people.sum())
    assert found[np.searchsorted(steps, covered)] == pytest.approx(divergence, abs=1e-9, rel=0)
    assert found.sum() == pytest.approx(DISTORTION[area], abs=1e-9)


def test_the_exact_value_by_chance_is_the_mean_of_permuted_persons() -> None:
    people, _ = utrecht_by_age()
    for found in (dissimilarity(people, OLD, draws=0), theil_h(people, draws=0)):
        mean, spread = PERMUTED[found.index]
        assert found.expected_by_chance is not None
        assert abs(mean - found.expected_by_chance) < 4.0 * spread / PERMUTED_DRAWS**0.5


def test_freed_of_chance_it_is_near_other_corrections_where_areas_are_large() -> None:
    found = dissimilarity(auckland()[0], MAORI)
    assert found.interval is not None
    for corrected in CORRECTED:
        assert found.adjusted == pytest.approx(corrected, abs=1e-3)
        assert found.interval[0] < corrected < found.interval[1]
