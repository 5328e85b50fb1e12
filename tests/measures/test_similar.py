"""Which areas are alike: by standardised housing and urbanity, and silent where too little is known."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.city import City, Manifest
from ongedeeld.errors import AbsentError
from ongedeeld.measures.livability import Likeness
from tests.real_cities import utrecht
from tests.small_city import small_city


def row_of_areas(shares: list[float | None], density: float = 1000.0) -> City:
    """Neighbourhoods B00, B01, … that differ in the share of association homes only."""
    codes = [f"B{place:02}" for place in range(len(shares))]
    areas = pl.DataFrame({"code": codes, "level": "neighbourhood", "name": codes})
    figures = pl.DataFrame(
        {
            "area": codes * 2,
            "indicator": ["share_association"] * len(codes) + ["address_density"] * len(codes),
            "period": date(2023, 1, 1),
            "value": [*shares, *[density] * len(codes)],
            "status": ["missing" if share is None else "observed" for share in shares]
            + ["observed"] * len(codes),
            "source": "x",
        },
        strict=False,
    )
    return City.of({"areas": areas, "indicators": figures}, Manifest("Rij", "NL", date(2026, 1, 1)))


SHARES: list[float | None] = [place / 40 for place in range(30)]


def test_the_nearest_come_first_with_their_distance_in_standard_deviations() -> None:
    similar = Likeness(row_of_areas(SHARES)).similar("B10")
    assert set(similar.areas["area"].head(2)) == {"B09", "B11"}
    # 0.025 divided by the standard deviation of 0, 1, … 29 fortieths: sqrt((30² - 1) / 12) / 40.
    assert similar.areas["distance"][0] == pytest.approx(0.025 / (((30**2 - 1) / 12) ** 0.5 / 40))
    assert similar.areas["distance"].is_sorted()


def test_it_takes_at_most_a_quarter_of_the_others_and_at_most_what_is_asked() -> None:
    likeness = Likeness(row_of_areas(SHARES))
    assert len(likeness.similar("B10").areas) == 7
    assert len(likeness.similar("B10", count=6).areas) == 6


def test_it_tells_which_indicators_were_used_and_leaves_out_what_does_not_differ() -> None:
    assert Likeness(row_of_areas(SHARES)).similar("B10").indicators == ("share_association",)


def test_an_area_with_unknown_housing_is_similar_to_none() -> None:
    likeness = Likeness(row_of_areas([None, *SHARES[1:]]))
    with pytest.raises(AbsentError, match="the housing or urbanity of B00 is not known"):
        likeness.similar("B00")
    assert "B00" not in likeness.similar("B01").areas["area"]


def test_too_few_areas_are_not_compared() -> None:
    with pytest.raises(AbsentError, match=r"too few areas \(3\)"):
        Likeness(small_city()).similar("BU99990101")


def test_nothing_known_is_said() -> None:
    with pytest.raises(AbsentError, match="no housing or urbanity is known"):
        Likeness(row_of_areas([None] * 30)).similar("B01")


def test_only_the_areas_that_may_be_chosen_are_chosen() -> None:
    allowed = [f"B{place:02}" for place in range(0, 30, 1) if place != 9]
    assert "B09" not in Likeness(row_of_areas(SHARES)).similar("B10", among=allowed).areas["area"]


def test_utrecht_is_compared_on_six_indicators() -> None:
    similar = Likeness(utrecht()).similar("BU03440341")
    assert len(similar.indicators) == 6
    assert len(similar.areas) == 20
    assert "BU03440341" not in similar.areas["area"]
