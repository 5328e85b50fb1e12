from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.inclusion import (
    published_reach,
    reach_of_places,
    walking_network,
    weakest_links,
)
from tests.measures.inclusion.cast import MERELS, REGION, TULPEN, city, drawn, dwellings, places
from tests.real_cities import utrecht
from tests.small_city import small_city

# Twelve homes at entrance A (136090, 456100), eight in its complex (136100, 456100), twenty 300 m eastward.
STOCK = pl.concat(
    [
        dwellings("C1", 12, entrance="C1-A"),
        dwellings("C1", 8, start=13, entrance="C1-B"),
        dwellings("C2", 20),
    ]
)
SHOP = ("P1", "supermarket", 136_090.0, 456_500.0)


def row(table: pl.DataFrame, **key: object) -> dict[str, object]:
    found = table.filter(**key)
    assert len(found) == 1
    return found.row(0, named=True)


def test_homes_are_counted_by_their_distance_in_a_straight_line() -> None:
    found = reach_of_places(city(STOCK, places=places(SHOP)), kinds=["supermarket"], radii_m=[405, 505])
    here = row(found.table, area=MERELS)
    # 400 m from entrance A, 400.1 m from the complex, 506.1 m from the other complex.
    assert here["homes"] == 40
    assert here["share_within_405_m"] == 0.5
    assert here["share_within_505_m"] == 0.5
    assert here["nearest_m"] == pytest.approx((400.125 + 506.063) / 2, abs=0.01)
    assert here["places_within_505_m"] == 0.5
    assert (here["ways"], here["outcome"]) == ("straight_line", "known")
    assert row(found.table, area=REGION)["homes"] == 40
    assert any("straight line" in str(each) for each in found.notes)


def test_along_a_network_it_is_farther() -> None:
    nodes = pl.DataFrame(
        {"id": [1, 2, 3], "x_m": [136_090.0, 136_400.0, 136_090.0], "y_m": [456_100.0, 456_100.0, 456_500.0]}
    )
    edges = pl.DataFrame({"a": [1, 1], "b": [2, 3], "length_m": [310.0, 600.0]})
    ways = walking_network(nodes, edges)
    found = reach_of_places(city(STOCK, places=places(SHOP)), kinds=["supermarket"], ways=ways)
    here = row(found.table, area=MERELS)
    assert here["nearest_m"] == pytest.approx((610 + 910) / 2)
    assert here["share_within_500_m"] == 0
    assert here["share_within_1000_m"] == 1
    assert here["ways"] == "network"


def test_homes_off_the_network_are_not_counted() -> None:
    nodes = pl.DataFrame({"id": [1, 2], "x_m": [136_090.0] * 2, "y_m": [456_100.0, 456_500.0]})
    edges = pl.DataFrame({"a": [1], "b": [2], "length_m": [400.0]})
    ways = walking_network(nodes, edges, off_network_m=50)
    found = reach_of_places(city(STOCK, places=places(SHOP)), kinds=["supermarket"], ways=ways)
    assert row(found.table, area=MERELS)["homes"] == 20


def test_a_home_without_coordinates_stands_in_the_middle_of_its_neighbourhood_and_that_is_said() -> None:
    # The Tulpenbuurt is the square from (136500, 456000); its middle is (136750, 456250).
    shop = ("P1", "supermarket", 136_750.0, 456_350.0)
    found = reach_of_places(city(dwellings("C3", 10), places=places(shop)), kinds=["supermarket"])
    assert row(found.table, area=TULPEN)["nearest_m"] == pytest.approx(100)
    assert any(
        "10 of 10 homes are put in the middle of their neighbourhood" in str(each) for each in found.notes
    )


def test_a_home_of_which_no_place_is_known_is_left_out_and_counted() -> None:
    stock = pl.concat([dwellings("C1", 10), dwellings("C9", 3)])
    found = reach_of_places(city(stock, places=places(SHOP)), kinds=["supermarket"])
    assert row(found.table, area=REGION)["homes"] == 10
    assert any("3 of 13 homes have no known place" in str(each) for each in found.notes)


def test_a_kind_of_which_no_place_is_known_is_not_said_to_be_absent() -> None:
    found = reach_of_places(city(STOCK, places=places(SHOP)), kinds=["supermarket", "gp"])
    here = row(found.table, area=MERELS, kind="gp")
    assert (here["outcome"], here["share_within_500_m"], here["nearest_m"]) == ("not_known", None, None)
    assert any("no place is known of: gp" in str(each) for each in found.missing)


def test_places_without_coordinates_are_left_out_and_counted() -> None:
    given = places(SHOP, ("P2", "supermarket", None, None))
    found = reach_of_places(city(STOCK, places=given), kinds=["supermarket"])
    assert any("1 places have no coordinates" in str(each) for each in found.missing)


def test_too_few_homes_give_no_share() -> None:
    found = reach_of_places(city(dwellings("C2", 9), places=places(SHOP)), kinds=["supermarket"])
    here = row(found.table, area=MERELS)
    assert (here["outcome"], here["share_within_500_m"], here["homes"]) == ("too_few", None, 9)


def test_several_kinds_can_count_as_one() -> None:
    given = places(SHOP, ("P2", "daily_shop", 136_100.0, 456_100.0))
    found = reach_of_places(city(STOCK, places=given), kinds={"groceries": ("supermarket", "daily_shop")})
    here = row(found.table, area=MERELS, kind="groceries")
    assert here["places_within_1000_m"] == 2
    assert here["share_within_300_m"] == 1


def test_the_weakest_links_are_named_from_far_to_near() -> None:
    given = places(
        ("P1", "supermarket", 136_100.0, 458_100.0),
        ("P2", "gp", 136_100.0, 457_600.0),
        ("P3", "park", 136_100.0, 456_200.0),
    )
    found = weakest_links(
        reach_of_places(city(dwellings("C1", 10), places=given), kinds=["gp", "supermarket", "park"])
    )
    here = found.table.filter(area=MERELS)
    assert here["amenity"].to_list() == ["supermarket", "gp"]
    assert here["rank"].to_list() == [1, 2]
    assert here["distance_m"].to_list() == [2000, 1500]


def test_what_cannot_be_reached_at_all_is_the_weakest_link() -> None:
    # A street along the homes, and a shop on the other bank, to which no path leads.
    nodes = pl.DataFrame(
        {
            "id": ["west", "east", "bank", "quay"],
            "x_m": [136_090.0, 136_400.0, 136_090.0, 136_400.0],
            "y_m": [456_100.0, 456_100.0, 456_500.0, 456_500.0],
        }
    )
    paths = pl.DataFrame({"a": ["west", "bank"], "b": ["east", "quay"], "length_m": [310.0, 310.0]})
    network = walking_network(nodes, paths)
    given = places(SHOP, ("P2", "gp", 136_100.0, 456_100.0))
    reach = reach_of_places(city(STOCK, places=given), kinds=["supermarket", "gp"], ways=network)
    shop = row(reach.table, area=MERELS, kind="supermarket")
    assert (shop["outcome"], shop["nearest_m"], shop["share_within_1000_m"]) == ("known", None, 0)
    assert weakest_links(reach).table.filter(area=MERELS).rows() == [(MERELS, "supermarket", None, 1)]


def test_published_distances_keep_what_their_rounding_leaves_open() -> None:
    found = published_reach(small_city())
    here = row(found.table, area="BU99990201", amenity="supermarket")
    assert (here["distance_m"], here["low"], here["high"]) == (800, 750, 850)
    assert weakest_links(found).table.rows() == [("BU99990202", "supermarket", 1200.0, 1)]
    assert any("distance_gp" in str(each) for each in found.missing)
    assert published_reach(small_city(), date(2023, 1, 1)).table.equals(found.table)


def test_published_distances_of_utrecht_are_those_of_the_file() -> None:
    found = published_reach(utrecht())
    # Nabijheid 2023, BU03440111: supermarket at 0.9 km, 2.3 day-care centres within 1 km.
    here = row(found.table, area="BU03440111", amenity="supermarket")
    assert (here["distance_m"], here["period"]) == (900, date(2023, 1, 1))
    assert row(found.table, area="BU03440111", amenity="day_care")["within_1km"] == pytest.approx(2.3)
    assert found.sources == ("proximity-2023.csv",)
    assert any("distance_gp" in str(each) for each in found.missing)


def test_it_refuses_what_it_cannot_tell() -> None:
    given = places(SHOP)
    with pytest.raises(AbsentError, match=r"no homes of an association.*\n.*--dwellings"):
        reach_of_places(city(places=given))
    with pytest.raises(AbsentError, match=r"nothing in its table places.*\n.*--places"):
        reach_of_places(city(STOCK))
    with pytest.raises(AbsentError, match="reach of places cannot be told from a stock drawn"):
        reach_of_places(drawn(city(STOCK, places=given)))
    with pytest.raises(AbsentError, match="no distances to daily amenities"):
        published_reach(small_city(distance_supermarket=(None,) * 4))
    with pytest.raises(InputError, match="no kind of place bakery"):
        reach_of_places(city(STOCK, places=given), kinds=["bakery"])
    with pytest.raises(InputError, match="above 0 metres"):
        reach_of_places(city(STOCK, places=given), radii_m=[0])
