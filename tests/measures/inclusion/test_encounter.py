from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.errors import AbsentError
from ongedeeld.measures.inclusion import change_of_recognition, meeting_places, recognition, walking_network
from tests.measures.inclusion.cast import MERELS, REGION, answered, city, drawn, dwellings, places

# Twelve homes at (136100, 456100) and eight at (136400, 456100).
STOCK = pl.concat([dwellings("C1", 12), dwellings("C2", 8)])
PLACES = pl.concat(
    [
        places(
            ("P1", "meeting_place", 136_100.0, 456_200.0),
            opening_hours="ma-vr 10:00-17:00",
            activities_per_week=5.0,
            visitors_per_week=80.0,
        ),
        places(("P2", "community_centre", 136_400.0, 456_500.0), opening_hours="op afspraak"),
        places(("P3", "library", 136_100.0, 456_500.0)),
        places(("P4", "park", 136_100.0, 456_100.0)),
        places(("P5", "workspace", None, None)),
    ],
    how="diagonal",
)


def test_meeting_places_within_reach_are_counted_with_their_hours() -> None:
    found = meeting_places(city(STOCK, places=PLACES), within_m=350)
    table = found.places.select("place", "hours_per_week", "homes_within", "activities_per_week")
    # The meeting place is 100 m from the first complex and 316 m from the second; the others are 400 m away.
    assert table.rows() == [
        ("P1", 35, 20, 5),
        ("P2", None, 0, None),
        ("P3", None, 0, None),
        ("P5", None, None, None),
    ]
    assert found.hours.rows() == [(MERELS, 20, 35, 0), (REGION, 20, 35, 0)]


def test_places_whose_hours_are_not_known_are_counted_apart() -> None:
    found = meeting_places(city(STOCK, places=PLACES), within_m=450)
    hours = found.hours.filter(area=MERELS).row(0, named=True)
    # Within 450 m the first complex has the library, the second the community centre.
    assert (hours["hours_within"], hours["unread_within"]) == (35, 1)
    said = [str(each) for each in found.missing]
    assert "of 2 of 4 indoor places the opening hours are not given" in said
    assert any(text.startswith("of 1 of 4 indoor places the opening hours cannot be read") for text in said)
    assert "of 3 of 4 indoor places the number of activities is not known" in said


def test_indoor_and_outdoor_places_stand_apart() -> None:
    reach = meeting_places(city(STOCK, places=PLACES)).reach.table.filter(area=MERELS)
    shares = dict(reach.select("kind", "share_within_300_m").iter_rows())
    assert shares["indoor"] == 0.6
    assert shares["outdoor"] == 1


def test_without_a_place_that_is_known_nothing_is_said_of_hours() -> None:
    found = meeting_places(city(STOCK, places=places(("P4", "park", 136_100.0, 456_100.0))))
    assert found.hours.is_empty()
    assert found.places.is_empty()
    assert any("indoor" in str(each) for each in found.reach.missing)


def test_homes_off_the_walking_network_have_no_hours() -> None:
    nodes = pl.DataFrame({"id": [1, 2], "x_m": [136_100.0] * 2, "y_m": [456_100.0, 456_200.0]})
    ways = walking_network(nodes, pl.DataFrame({"a": [1], "b": [2], "length_m": [130.0]}))
    found = meeting_places(city(STOCK, places=PLACES), ways=ways)
    assert found.hours.filter(area=MERELS).row(0) == (MERELS, 12, 35, 0)
    assert found.places.filter(place="P1")["homes_within"].to_list() == [12]


def test_what_residents_say_of_each_other_comes_with_an_interval() -> None:
    given = pl.concat(
        [
            answered(name, ("C1", 12, grade, 1.0), day=day)
            for name in ("knows_neighbours", "greeted", "someone_to_turn_to", "home", "safe")
            for grade, day in ((6.0, date(2023, 9, 1)), (7.5, date(2025, 9, 1)))
        ]
    )
    whole = city(surveys=given)
    table = recognition(whole).table
    assert table["question"].to_list() == ["greeted", "home", "knows_neighbours", "someone_to_turn_to"]
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()
    assert change_of_recognition(whole, 2023, 2025).table["change"].to_list() == [1.5] * 4


def test_it_refuses_a_drawn_stock_and_a_city_without_places() -> None:
    with pytest.raises(AbsentError, match="cannot be told from a stock drawn"):
        meeting_places(drawn(city(STOCK, places=PLACES)))
    with pytest.raises(AbsentError, match=r"nothing in its table places.*\n.*--places"):
        meeting_places(city(STOCK))
