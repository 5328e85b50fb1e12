"""Counts with their place from a City: neighbourhoods by their boundary, homes by entrance or complex."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.city import City, conform
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.undividedness import GROUP_SETS, counts_by_group
from ongedeeld.measures.undividedness.located import homes_by, located, points_of, with_place
from ongedeeld.measures.undividedness.profile import profile
from tests.small_city import NEIGHBOURHOODS, areas, small_city


def table(table_: str, /, **columns: list[object]) -> pl.DataFrame:
    return conform(table_, pl.DataFrame(columns, strict=False))


def without_boundary(*names: str) -> City:
    """Vogelstad, of which the boundaries of some neighbourhoods are not known."""
    told = pl.when(pl.col("name").is_in(names)).then(None).otherwise("geometry")
    return small_city({"areas": areas().with_columns(geometry=told)})


def city_with_homes() -> City:
    """Complex 1 has entrances with and without coordinates, 2 has no entrances, 3 no place."""
    return small_city(
        {
            "complexes": table(
                "complexes",
                complex=["1", "2", "3"],
                name=["Merelhof", "Lijsterhof", "Nergens"],
                x_m=[136_100.0, 136_600.0, None],
                y_m=[456_100.0, 456_100.0, None],
            ),
            "entrances": table(
                "entrances",
                entrance=["1A", "1B"],
                complex=["1", "1"],
                name=["Merelhof A", "Merelhof B"],
                x_m=[136_110.0, None],
                y_m=[456_110.0, None],
            ),
            "dwellings": table(
                "dwellings",
                dwelling=[f"w{number}" for number in range(7)],
                complex=["1", "1", "1", "2", "2", "3", "1"],
                entrance=["1A", "1A", "1B", None, None, None, "1B"],
                sector=["social", "free", "social", "social", "social", "free", None],
            ),
        }
    )


def test_a_neighbourhood_lies_within_its_boundary() -> None:
    points = points_of(small_city(), list(NEIGHBOURHOODS), "neighbourhood")
    assert points.tolist() == [
        [136_250.0, 456_250.0],
        [136_250.0, 456_750.0],
        [136_750.0, 456_250.0],
        [136_750.0, 456_750.0],
    ]


def test_an_entrance_without_coordinates_lies_where_its_complex_does() -> None:
    points = points_of(city_with_homes(), ["1B", "1A"], "entrance")
    assert points.tolist() == [[136_100.0, 456_100.0], [136_110.0, 456_110.0]]


def test_counts_of_areas_get_their_points_and_make_a_profile() -> None:
    counts = pl.DataFrame({"area": list(NEIGHBOURHOODS), "young": [9, 1, 9, 1], "old": [1, 9, 1, 9]})
    placed = located(small_city(), counts)
    made = profile(placed.counts, placed.points, radii_m=[0, 600], draws=0).table["value"]
    assert made[0] > made[1] > 0.0


def test_homes_are_counted_by_entrance_and_those_without_one_by_complex() -> None:
    placed = homes_by(city_with_homes(), "sector")
    assert placed.counts.to_dict(as_series=False) == {
        "unit": ["1A", "1B", "2"],
        "free": [1, 0, 0],
        "social": [1, 1, 2],
    }
    assert placed.points[2].tolist() == [136_600.0, 456_100.0]
    assert [str(note) for note in placed.notes] == [
        "2 homes are left out: their sector or their place is not known."
    ]


def test_homes_are_counted_by_complex() -> None:
    placed = homes_by(city_with_homes(), "sector", level="complex")
    assert placed.counts["unit"].to_list() == ["1", "2"]
    assert placed.counts["social"].to_list() == [2, 2]


def test_a_city_without_boundaries_cannot_be_asked_for_space() -> None:
    flat = City.of({"areas": areas().with_columns(geometry=None)}, small_city().manifest)
    with pytest.raises(AbsentError, match="does not tell where a neighbourhood lies"):
        points_of(flat, list(NEIGHBOURHOODS), "neighbourhood")


def test_a_unit_without_a_place_is_named() -> None:
    with pytest.raises(AbsentError, match="1 units have no place in this City: BU99990109"):
        points_of(small_city(), ["BU99990101", "BU99990109"], "neighbourhood")


def test_homes_without_any_place_cannot_be_asked_for_space() -> None:
    with pytest.raises(AbsentError, match="no home in this City has both a place and its sector"):
        homes_by(small_city(), "sector")


def test_homes_are_not_told_apart_by_just_anything() -> None:
    with pytest.raises(InputError, match="homes cannot be counted by rent_cents"):
        homes_by(city_with_homes(), "rent_cents")


def test_counts_must_name_their_units_once() -> None:
    with pytest.raises(InputError, match="name the units"):
        located(small_city(), pl.DataFrame({"young": [1], "old": [2]}))


def test_areas_without_a_boundary_are_left_out_and_named() -> None:
    city = without_boundary("Merelbuurt", "Rozenbuurt")
    counts = counts_by_group(city, GROUP_SETS["tenure"], "neighbourhood")
    placed, points = with_place(city, counts)
    assert placed.table["unit"].to_list() == ["BU99990102", "BU99990201"]
    assert placed.names.to_list() == ["Spreeuwenbuurt", "Tulpenbuurt"]
    assert points.tolist() == [[136_250.0, 456_750.0], [136_750.0, 456_250.0]]
    assert str(placed.notes[-1]) == (
        "Left out of the profile, as this City does not tell where they lie: 2, counted 1,400 "
        "(Merelbuurt, Rozenbuurt)."
    )
    with pytest.raises(AbsentError, match="does not tell where a neighbourhood lies"):
        with_place(without_boundary(*(name for name, *_ in NEIGHBOURHOODS.values())), counts)
