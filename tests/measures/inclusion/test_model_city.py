"""All of it on the invented city: every figure within its limits, and what was built in is found."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from ongedeeld.city import City
from ongedeeld.measures.inclusion import (
    Measured,
    answers_of_residents,
    change_of_answers,
    change_of_inspections,
    inclusion_assumptions,
    inspected,
    meeting_places,
    participation,
    published_reach,
    reach_of_places,
    room_for_groups,
)
from ongedeeld.sources.model_city import model_city, turning_points

DAY = date(2025, 7, 1)
YEAR = (date(2025, 1, 1), date(2026, 1, 1))


@cache
def whole_city() -> City:
    return model_city(scale=0.1)


def measured() -> list[Measured]:
    city = whole_city()
    return [
        answers_of_residents(city),
        change_of_answers(city, 2016, 2025),
        inspected(city, *YEAR),
        meeting_places(city).reach,
        participation(city),
        published_reach(city),
        reach_of_places(city),
    ]


def test_every_figure_lies_within_its_limits_and_says_so_when_it_is_not_known() -> None:
    for answer in measured():
        table = answer.table
        assert set(table["outcome"]) <= {"known", "too_few", "not_known"}
        for name in ("value", "change", "distance_m"):
            if name in table.columns and "low" in table.columns:
                within = pl.col(name).is_between(pl.col("low") - 1e-9, pl.col("high") + 1e-9)
                assert table.select(within.all()).item()
                assert table.filter(pl.col(name).is_null())["outcome"].is_in(["too_few", "not_known"]).all()
        for name in table.columns:
            if name.startswith("share"):
                assert table[name].drop_nulls().is_between(0, 1).all()


def test_every_answer_names_its_sources_and_speaks_plainly() -> None:
    for answer in measured():
        assert answer.sources
        for each in (*answer.notes, *answer.missing):
            assert "{" not in str(each)


def test_reach_grows_with_distance() -> None:
    table = reach_of_places(whole_city()).table
    assert table.select((pl.col("share_within_300_m") <= pl.col("share_within_500_m")).all()).item()
    assert table.select((pl.col("share_within_500_m") <= pl.col("share_within_1000_m")).all()).item()


def test_where_a_neighbourhood_declined_staff_find_it_less_clean() -> None:
    before = (date(2016, 1, 1), date(2017, 1, 1))
    changes = change_of_inspections(whole_city(), before, YEAR).table
    clean = changes.filter(level="complex", by="staff", aspect="clean")
    declined = clean.filter(pl.col("area").is_in(list(turning_points(scale=0.1).declining)))
    assert len(declined)
    assert (declined["high"] < 0).all()


def test_homes_for_nobody_are_those_that_no_type_may_rent() -> None:
    room = room_for_groups(whole_city(), DAY)
    stairs = room.homes_for_nobody.filter(label="seniors")
    # Homes for the elderly that cannot be reached without steps fit nobody, whatever they cost.
    assert len(stairs)
    assert not stairs["step_free"].any()
    others = room.homes_for_nobody.filter(pl.col("label") != "seniors")
    assert (others["asked_cents"] > 90_007).all()
    assert room.table["homes"].max() == 2500


def test_assumptions_have_both_texts_a_value_and_a_source() -> None:
    for name, assumption in inclusion_assumptions().items():
        assert assumption.name == name
        assert assumption.text("nl") != assumption.text("en")
        assert assumption.source
        assert assumption.value
