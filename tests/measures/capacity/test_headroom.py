"""Headroom: given only on evidence that carries it, always an interval, and never to the public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from math import ceil, floor, inf
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity.forecast import (
    Forecast,
    Headroom,
    Pressure,
    PressureOnly,
    forecast,
    headroom,
    pressure,
)
from ongedeeld.vocabulary.evidence import Evidence, load_evidence
from ongedeeld.vocabulary.evidence_records import EffectRange, EvidenceGrade
from ongedeeld.vocabulary.spoken import Both
from tests.sources.voorbeeldstad import whole_city

AREA = "BU99990101"
TODAY = date(2026, 1, 1)


@cache
def ahead() -> tuple[Forecast, Pressure]:
    city = whole_city()
    return forecast(city, decline=0.05), pressure(city, TODAY, level="neighbourhood")


def evidence(
    low: float = -8.0, high: float = -4.0, grade: EvidenceGrade = "some", unit: str = "score_per_share"
) -> Evidence:
    """The shipped records, with an effect on the one that headroom leans on."""
    shipped = load_evidence()
    effect = EffectRange(low, high, unit, Both("leefbaarheid", "livability"))
    found = replace(shipped["support_agreements"], grade=grade, effect=effect)
    return Evidence({**shipped, found.name: found})


def asked(records: Evidence | None, tolerated: float = 0.2, area: str = AREA) -> Headroom | PressureOnly:
    told, lettings = ahead()
    return headroom(
        whole_city(), area, forecast=told, pressure=lettings, tolerated=tolerated, evidence=records
    )


def room(records: Evidence, tolerated: float = 0.2, area: str = AREA) -> Headroom:
    made = asked(records, tolerated, area)
    assert isinstance(made, Headroom)
    return made


def upper(made: Headroom) -> float:
    """The upper end, infinite where there is none."""
    return inf if made.high is None else made.high


def test_with_the_evidence_there_is_only_pressure_is_told_and_what_one_would_have_to_know() -> None:
    made = asked(None)
    assert isinstance(made, PressureOnly)
    words = "\n".join(str(one) for one in made.to_know)
    assert words == (
        "What a letting with a support agreement does to livability: the record support_agreements is "
        "graded 'none', too little to reckon with.\n"
        "It can be told once research says so, or the association states its own estimate with a source."
    )
    assert set(made.pressure["route"]) >= {"all", "regular", "mediated"}


@pytest.mark.parametrize("grade", ["weak", "contested", "none"])
def test_a_figure_on_weaker_evidence_carries_nothing(grade: EvidenceGrade) -> None:
    assert isinstance(asked(evidence(grade=grade)), PressureOnly)


def test_an_estimate_of_the_association_itself_carries_whatever_its_grade(
    tmp_path: Path,
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '[support_agreements]\noverrules = "eigen onderzoek"\nlabel = "begeleiding"\nclaim = "schatting"\n'
        'direction = "worse"\nfound_where = "eigen bezit"\ngrade = "weak"\nnot_for = "een norm"\n'
        'effect = { low = -8.0, high = -4.0, unit = "score_per_share", of = "leefbaarheid" }\n'
        'sources = [{ title = "Eigen onderzoek 2025", year = 2025 }]\n',
        encoding="utf-8",
    )
    made = room(load_evidence(file))
    words = " ".join(str(one) for one in made.notes("internal"))
    assert "Eigen onderzoek 2025" in words
    assert "no norm and no quota" in words


def test_it_is_what_the_formula_gives_by_hand() -> None:
    told, lettings = ahead()
    row = told.table.filter(pl.col("area") == AREA).row(0, named=True)
    figures = (
        whole_city()
        .table("indicators")
        .filter((pl.col("area") == AREA) & (pl.col("indicator") == "dwellings"))
    )
    homes = figures.sort("period")["value"][-1]
    tail = row["spread"] * told.shape.scale * stats.t.ppf(0.2, told.shape.freedom)
    half = stats.norm.ppf(0.9) * row["error"]
    made = room(evidence())
    most = lettings.of(AREA)["high"]
    high = ceil(homes * (row["expected"] + half + 0.05 + tail) / 4.0)
    assert made.low == min(most, floor(homes * (row["expected"] - half + 0.05 + tail) / 8.0))
    assert made.high == (high if high <= most else None)


@given(first=st.floats(0.01, 0.99), second=st.floats(0.01, 0.99))
def test_it_falls_as_the_tolerated_chance_falls(first: float, second: float) -> None:
    few, many = (room(evidence(), tolerated) for tolerated in sorted((first, second)))
    assert few.low <= many.low
    assert upper(few) <= upper(many)


@given(
    low=st.floats(-50, 0.5),
    wide=st.floats(0, 30),
    below=st.floats(0, 30),
    above=st.floats(0, 30),
    tolerated=st.floats(0.02, 0.9),
)
def test_a_wider_range_of_evidence_widens_the_interval(
    low: float, wide: float, below: float, above: float, tolerated: float
) -> None:
    narrow = room(evidence(low, low + wide), tolerated)
    broad = room(evidence(low - below, low + wide + above), tolerated)
    assert broad.low <= narrow.low <= upper(narrow) <= upper(broad)


def test_it_ends_where_no_more_homes_come_free_and_says_so() -> None:
    made = room(evidence(-0.01, 0.0), 0.5)
    assert made.high is None
    assert made.no_limit
    assert made.low == made.most == ahead()[1].of(AREA)["high"]
    assert f"{made.low} or more lettings" in str(made.notes("internal")[0])
    assert any("likely to come free" in str(one) for one in made.notes("internal"))


@given(low=st.floats(-50, 0.5), wide=st.floats(0, 30), tolerated=st.floats(0.02, 0.9))
def test_it_is_never_one_number(low: float, wide: float, tolerated: float) -> None:
    made = room(evidence(low, low + wide), tolerated)
    assert made.no_limit or made.low < upper(made) <= made.most


def test_it_says_how_sure_the_interval_is() -> None:
    words = " ".join(str(one) for one in room(evidence()).notes("internal"))
    assert "80 % interval of the expected change" in words
    assert "upper limit of the lettings to expect (80 % interval)" in words


def test_it_refuses_lettings_over_other_months_than_the_forecast() -> None:
    told, _ = ahead()
    long = pressure(whole_city(), TODAY, level="neighbourhood", months=60)
    with pytest.raises(InputError, match="over 60 months cannot be told from a forecast over 24 months"):
        headroom(whole_city(), AREA, forecast=told, pressure=long, tolerated=0.2, evidence=evidence())


def test_it_says_when_the_register_of_tenancies_ended_long_before() -> None:
    told, _ = ahead()
    late = pressure(whole_city(), date(2026, 11, 22), level="neighbourhood")
    made = headroom(whole_city(), AREA, forecast=told, pressure=late, tolerated=0.2, evidence=evidence())
    assert isinstance(made, Headroom)
    assert any("register of tenancies ends" in str(one) for one in made.assumptions)
    assert not any("register of tenancies ends" in str(one) for one in room(evidence()).assumptions)


def test_the_record_leant_on_is_not_listed_as_adding_capacity(tmp_path: Path) -> None:
    shipped = load_evidence()
    basis = evidence(1.0, 2.0)["support_agreements"]
    own = replace(basis, direction="better", origin=tmp_path / "own.toml")
    made = room(Evidence({**shipped, own.name: own}))
    assert own.name not in {one.name for one in made.adds_capacity}


def test_where_a_decline_is_likely_already_nothing_fits_at_the_lower_end() -> None:
    worst = ahead()[0].table.sort("chance_of_decline", nulls_last=True, descending=True)["area"][0]
    made = room(evidence(), 0.01, worst)
    assert (made.low, made.high) == (0, 1)
    assert any("without any such letting" in str(one) for one in made.notes("internal"))


def test_an_estimate_without_a_range_is_said_to_be_one() -> None:
    made = room(evidence(-6.0, -6.0))
    assert made.low < upper(made)
    assert any("without a range" in str(one) for one in made.assumptions)


def test_what_makes_it_unsure_is_split_and_the_evidence_weighs_more_as_its_range_is_wider() -> None:
    shares = [
        dict(room(evidence(low, -4.0)).variance.select("part", "share").iter_rows()) for low in (-4.5, -12.0)
    ]
    assert set(shares[0]) == {"evidence", "known_too_little", "step", "rest"}
    assert sum(shares[0].values()) == pytest.approx(1.0)
    assert shares[0]["evidence"] < shares[1]["evidence"]


def test_what_adds_capacity_is_listed_with_its_grade() -> None:
    grades = {one.name: one.grade for one in room(evidence()).adds_capacity}
    assert grades["caretakers"] == "weak"
    assert grades["restructuring"] == "some"


def test_it_is_not_for_the_public() -> None:
    with pytest.raises(AbsentError, match="not shown to the public"):
        room(evidence()).notes("public")


def test_it_cannot_be_made_as_one_bare_number() -> None:
    made = room(evidence())
    with pytest.raises(ValueError, match="an interval with assumptions"):
        replace(made, assumptions=())
    with pytest.raises(ValueError, match="an interval with assumptions"):
        replace(made, low=5, high=4)
    with pytest.raises(ValueError, match="an interval with assumptions"):
        replace(made, low=5, high=5)
    with pytest.raises(ValueError, match="on a record that supports it"):
        replace(made, record=load_evidence()["support_agreements"])
    with pytest.raises(TypeError):
        float(made)  # type: ignore[arg-type]


@pytest.mark.parametrize("tolerated", [0.0, 1.0, 10.0, -0.1])
def test_it_refuses_a_tolerated_chance_outside_its_limits(tolerated: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        asked(evidence(), tolerated)


def test_it_refuses_an_unknown_area_and_an_unknown_record() -> None:
    told, lettings = ahead()
    with pytest.raises(AbsentError, match="is not a neighbourhood"):
        asked(evidence(), area="BU00000000")
    with pytest.raises(AbsentError, match="no record of evidence"):
        headroom(whole_city(), AREA, forecast=told, pressure=lettings, tolerated=0.1, record="made_up")


def test_what_is_lacking_is_named_one_by_one() -> None:
    told, lettings = ahead()
    without = replace(told, table=told.table.filter(pl.col("area") != AREA))
    made = headroom(
        whole_city(),
        AREA,
        forecast=without,
        pressure=lettings,
        tolerated=0.1,
        evidence=evidence(unit="score"),
    )
    assert isinstance(made, PressureOnly)
    words = " ".join(str(one) for one in made.to_know)
    assert "when the share of homes goes from 0 to 1" in words
    assert f"{AREA}: it has no forecast" in words
