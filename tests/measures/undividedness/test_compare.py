"""Two dates or two cities: the difference, its null, and its interval."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import atkinson, compare, dissimilarity
from tests.measures.undividedness.cast import TWO

EVEN = np.full((40, 2), [20, 80])
UNEVEN = np.tile([[5, 95], [35, 65]], (20, 1))


def test_the_difference_is_that_of_the_values() -> None:
    found = compare(TWO, [[20, 80], [20, 80]], 0, draws=0)
    assert found.value == -0.3125
    assert found.p_value is None


def test_a_change_beyond_chance_is_found_and_its_null_stated() -> None:
    found = compare(EVEN, UNEVEN, 0, draws=199)
    assert found.p_value == 0.01
    assert found.interval is not None
    assert 0.3 < found.interval[0] < (found.adjusted or 0.0) < found.interval[1] < 0.6
    assert str(found.notes[0]).startswith("Null of the p-value: in every area the people")


def test_nothing_changed_is_no_change() -> None:
    found = compare(UNEVEN, UNEVEN, 0, draws=199)
    assert (found.value, found.adjusted) == (0.0, 0.0)
    assert found.p_value is not None
    assert found.p_value > 0.5
    assert found.interval is not None
    assert found.interval[0] < 0.0 < found.interval[1]


def test_p_values_are_not_too_small_when_only_chance_differs(repeats: int) -> None:
    shares, luck = np.linspace(0.05, 0.4, 30), np.random.default_rng(3)
    mix = np.stack([shares, 1 - shares], axis=1)
    p_values = []
    for seed in range(20 * repeats):
        one, two = (luck.multinomial(np.full(30, 15), mix) for _ in range(2))
        p_values.append(compare(one, two, 0, index="theil_h", draws=99, seed=seed).p_value or 0.0)
    assert np.mean(np.array(p_values) <= 0.1) < 0.1 + 3.5 * np.sqrt(0.09 / len(p_values))


def test_two_cities_may_have_different_areas() -> None:
    found = compare(EVEN, UNEVEN[:30], 0, null="areas", draws=199)
    assert found.p_value == 0.01
    assert found.areas == 70
    with pytest.raises(InputError, match="the areas of the two differ"):
        compare(EVEN, UNEVEN[:30], 0)


def test_groups_are_matched_by_name() -> None:
    one = pl.DataFrame({"young": [10, 30], "old": [90, 70]})
    two = pl.DataFrame({"old": [90, 70], "young": [10, 30]})
    assert compare(one, two, "young", draws=0).value == 0.0
    assert compare(one, two, "young", null="areas", draws=0).value == 0.0


def test_a_group_that_is_not_there_at_one_date_has_no_difference() -> None:
    found = compare(TWO, [[0, 80], [0, 80]], 0)
    assert (found.value, found.p_value, found.adjusted) == (None, None, None)
    assert found.first == dissimilarity(TWO, 0)


@pytest.mark.parametrize("options", [{"index": "beauty"}, {"null": "luck"}])
def test_an_unknown_index_or_null_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(InputError, match="there is no"):
        compare(TWO, TWO, 0, **options)  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_comparison_with_any_number_of_workers() -> None:
    assert compare(EVEN, UNEVEN, 0, draws=50, workers=1) == compare(EVEN, UNEVEN, 0, draws=50, workers=3)


def test_atkinson_can_be_compared_and_asks_for_its_group() -> None:
    found = compare(EVEN, UNEVEN, 0, index="atkinson", draws=0)
    assert found.value == pytest.approx(
        (atkinson(UNEVEN, 0, draws=0).value or 0.0) - (atkinson(EVEN, 0, draws=0).value or 0.0)
    )
    with pytest.raises(InputError, match="atkinson is that of one group"):
        compare(EVEN, UNEVEN, index="atkinson")
    with pytest.raises(InputError, match="write theil_h"):
        compare(EVEN, UNEVEN, index="theil")
