from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import City, conform
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity import Cards, card, cards, compare_scorings, load_scoring
from ongedeeld.measures.capacity.themes import taken_together
from ongedeeld.sources.model_city import model_city, turning_points
from tests.measures.capacity.card_cast import (
    COMPLEXES,
    DAY,
    SCORING,
    TULPEN,
    counts,
    dwellings,
    entry,
    hours,
    scoring_file,
    stock_city,
)
from tests.real_cities import utrecht

PLACES = pl.DataFrame({"place": ["P1"], "kind": ["meeting_place"], "x_m": [136_100.0], "y_m": [456_400.0]})
MEETING = (
    SCORING
    + """
[bands.places]
by = "value"
5 = [0.0, 0.5]
4 = [0.5, 1.5]
3 = [1.5, 2.5]
2 = [2.5, 3.5]
1 = [3.5, 99.0]
"""
)


def worked_out(folder: Path, **hours_of: float) -> Cards:
    """Three things known without chance: hours, places and the livability around, all by value."""
    table = scoring_file(
        folder,
        entry("caretaker_hours", "social", "capacity", "hours"),
        entry("meeting_places", "social", "capacity", "places", weight=3.0),
        entry("in_work", "financial", "load", "rates"),
        entry("livability", "livability", "outcome", "hours"),
        head=MEETING,
    )
    recorded = hours(*(hours_of or {"C1": 5.0, "C2": 2.0, "C3": 8.0}).items())
    city = stock_city({"caretaker_hours": recorded, "places": PLACES}, share_in_work=(0.25, 0.5, 0.5, 0.5))
    return cards(city, day=DAY, scoring=table)


def test_a_card_is_as_worked_out_by_hand(tmp_path: Path) -> None:
    one = worked_out(tmp_path).card("C1")
    # 3 hours a home is exactly where score 2 begins; one place is score 4, with three times the weight.
    scores = dict(one.figures.select("indicator", "score").iter_rows())
    assert scores == {"caretaker_hours": 2.0, "meeting_places": 4.0, "in_work": 4.0, "livability": 1.0}
    themes = {row["theme"]: row for row in one.themes.iter_rows(named=True)}
    assert themes["social"]["score"] == pytest.approx((2.0 + 3 * 4.0) / 4)
    assert themes["social"]["low"] == themes["social"]["high"] == pytest.approx(3.5)
    assert themes["financial"]["score"] == 4.0
    balance = one.balance.row(0, named=True)
    assert (balance["load"], balance["capacity"], balance["balance"]) == pytest.approx((4.0, 2.5, -1.5))
    assert one.ranks["score"][0] == pytest.approx((3.5 + 4.0 + 1.0) / 3)
    assert one.homes == 20


def test_livability_is_no_part_of_load_or_capacity(tmp_path: Path) -> None:
    balance = worked_out(tmp_path).balance
    other = stock_city({"caretaker_hours": hours(("C1", 5.0))}, livability3_score=(1.0, 1.0, 1.0, 1.0))
    table = scoring_file(tmp_path, entry("caretaker_hours", "social", "capacity", "hours"))
    assert cards(other, day=DAY, scoring=table).balance["capacity"][0] == 4.0
    assert balance["capacity_outcome"].to_list() == ["known"] * 3


def test_what_is_missing_is_named_and_widens_the_interval(tmp_path: Path) -> None:
    themes = worked_out(tmp_path, C2=2.0, C3=8.0).card("C1").themes
    social = themes.filter(pl.col("theme") == "social").row(0, named=True)
    # Of four parts three are known: (12 + 1) / 4 to (12 + 5) / 4.
    assert (social["score"], social["low"], social["high"]) == pytest.approx((4.0, 3.25, 4.25))
    assert (social["known"], social["indicators"], social["missing"]) == (1, 2, ["caretaker_hours"])


def test_a_theme_of_which_little_is_known_has_no_score(tmp_path: Path) -> None:
    table = scoring_file(
        tmp_path,
        entry("caretaker_hours", "social", "capacity", "hours"),
        entry("meeting_places", "social", "capacity", "places", weight=3.0),
        head=MEETING,
    )
    city = stock_city({"caretaker_hours": hours(("C1", 5.0))})
    theme = card(city, "C1", day=DAY, scoring=table).themes.row(0, named=True)
    assert (theme["score"], theme["outcome"]) == (None, "not_known")
    assert (theme["low"], theme["high"]) == (1.25, 4.25)


def test_with_few_homes_there_is_too_little_to_say(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("arrears", "financial", "load", "rates"))
    rows = counts("arrears_households", ("C1", [0, 0, 0, 2]), ("C2", [0, 0, 0, 1]), ("C3", [0, 0, 0, 0]))
    small = {"observations": rows, "dwellings": dwellings(homes=9)}
    found = cards(stock_city(small), day=DAY, scoring=table)
    assert found.figures["outcome"].to_list() == ["too_few"] * 3
    assert found.figures["estimate"].is_null().all()
    assert found.figures["count"].to_list() == [2.0, 1.0, 0.0]
    assert found.themes["outcome"].to_list() == ["too_few"] * 3
    assert found.ranks["rank"].is_null().all()


def test_a_share_of_few_homes_is_never_shown_raw(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("arrears", "financial", "load", "rates"))
    rows = counts("arrears_households", ("C1", [0, 0, 0, 5]), ("C2", [0, 0, 0, 1]), ("C3", [0, 0, 0, 1]))
    figure = cards(stock_city({"observations": rows}), day=DAY, scoring=table).figures.row(0, named=True)
    assert figure["low"] < figure["estimate"] < 5 / 20
    assert figure["score_low"] <= figure["score"] <= figure["score_high"]


def test_homes_that_are_not_counted_widen_the_score_of_an_area(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("caretaker_hours", "social", "capacity", "hours"))
    city = stock_city({"caretaker_hours": hours(("C1", 5.0), ("C3", 5.0))})
    found = cards(city, day=DAY, scoring=table, level="neighbourhood").figures
    assert found["coverage"].to_list() == [0.5, 1.0]
    assert found["score_low"].to_list() == [1.5, 2.0]
    assert found["score_high"].to_list() == [3.5, 2.0]


def test_tenancies_of_one_complex_only_widen_the_scores_of_its_area() -> None:
    city, area = voorbeeldstad(), "BU99990103"
    complexes = city.table("complexes").filter(pl.col("area") == area)["complex"].to_list()
    others = city.table("dwellings").filter(pl.col("complex").is_in(complexes[1:])).select("dwelling")
    fewer = city.table("tenancies").join(others, on="dwelling", how="anti")
    names = ["mediated", "residence_years", "young_tenants"]
    whole, part = (
        cards(one, day=DAY, level="neighbourhood")
        .card(area)
        .figures.filter(pl.col("indicator").is_in(names))
        .sort("indicator")
        for one in (city, with_table(city, "tenancies", fewer))
    )
    assert (whole["coverage"] > 0.97).all()
    assert (part["coverage"] < 0.3).all()
    assert (part["score_low"] <= whole["score"]).all()
    assert (part["score_high"] >= whole["score"]).all()


def scored(rows: list[tuple[float, float, float, float, bool]]) -> pl.DataFrame:
    """Indicators of one theme: weight, score, and how far its limits lie; known or not."""
    return pl.DataFrame(
        [
            (
                "U",
                "social",
                f"i{number}",
                weight,
                score if known else None,
                max(1.0, score - below) if known else 1.0,
                min(5.0, score + above) if known else 5.0,
                "known" if known else "not_known",
            )
            for number, (weight, score, below, above, known) in enumerate(rows)
        ],
        schema={
            "unit": pl.String,
            "theme": pl.String,
            "indicator": pl.String,
            "weight": pl.Float64,
            "score": pl.Float64,
            "score_low": pl.Float64,
            "score_high": pl.Float64,
            "outcome": pl.String,
        },
        orient="row",
    )


ROWS = st.lists(
    st.tuples(
        st.floats(0.1, 3.0), st.floats(1.0, 5.0), st.floats(0.0, 4.0), st.floats(0.0, 4.0), st.booleans()
    ),
    min_size=1,
    max_size=8,
)


def limits(rows: list[tuple[float, float, float, float, bool]]) -> tuple[float, float]:
    together = taken_together(scored(rows), ["unit", "theme"], load_scoring().rules)
    return together["low"][0], together["high"][0]


@given(ROWS, st.data())
def test_what_is_missing_never_makes_an_interval_narrower(
    rows: list[tuple[float, float, float, float, bool]], data: st.DataObject
) -> None:
    lost = data.draw(st.integers(0, len(rows) - 1))
    less = [(*row[:4], row[4] and place != lost) for place, row in enumerate(rows)]
    low, high = limits(rows)
    wider_low, wider_high = limits(less)
    assert wider_low <= low + 1e-9
    assert wider_high >= high - 1e-9


@given(ROWS)
def test_the_order_of_indicators_changes_nothing(rows: list[tuple[float, float, float, float, bool]]) -> None:
    assert limits(rows) == pytest.approx(limits(rows[::-1]))


@cache
def voorbeeldstad() -> City:
    return model_city(scale=0.1)


@cache
def its_cards() -> Cards:
    return cards(voorbeeldstad(), day=DAY)


def with_table(city: City, name: str, frame: pl.DataFrame) -> City:
    tables = {one: city.table(one) for one in city.tables()}
    return City.of({**tables, name: conform(name, frame)}, city.manifest)


@pytest.mark.parametrize("name", ["dwellings", "observations", "tenancies", "surveys", "complexes"])
def test_the_order_of_rows_changes_nothing(name: str) -> None:
    city = voorbeeldstad()
    shuffled = with_table(city, name, city.table(name).sample(fraction=1.0, shuffle=True, seed=1))
    again = cards(shuffled, day=DAY)
    before, after = its_cards().figures, again.figures
    assert before.select("unit", "indicator", "outcome").equals(after.select("unit", "indicator", "outcome"))
    for column in ("score", "score_low", "score_high"):
        old, new = (figures[column].fill_null(-1.0).to_list() for figures in (before, after))
        assert new == pytest.approx(old, rel=1e-6)


def test_splitting_counts_over_reasons_changes_nothing() -> None:
    city = voorbeeldstad()
    rows = city.table("observations")
    evicted = pl.col("observation") == "evictions"
    half = rows.filter(evicted).with_columns(count=pl.col("count") // 2, reason=pl.lit("rent"))
    rest = rows.filter(evicted).with_columns(count=pl.col("count") - pl.col("count") // 2)
    split = with_table(city, "observations", pl.concat([rows.filter(~evicted), half, rest]))
    columns = ["unit", "indicator", "count", "exposure"]
    assert cards(split, day=DAY).figures.select(columns).equals(its_cards().figures.select(columns))


def test_splitting_a_complex_changes_nothing_for_its_neighbourhood(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("arrears", "financial", "load", "rates"))
    whole = counts("arrears_households", ("C1", [0, 0, 0, 2]), ("C2", [0, 0, 0, 1]), ("C3", [0, 0, 0, 4]))
    half = COMPLEXES.filter(pl.col("complex") == "C1").with_columns(complex=pl.lit("C4"))
    homes = (
        dwellings()
        .with_row_index()
        .with_columns(complex=pl.when(pl.col("index") < 10).then(pl.lit("C4")).otherwise("complex"))
    )
    parts = counts(
        "arrears_households",
        ("C1", [0, 0, 0, 1]), ("C4", [0, 0, 0, 1]), ("C2", [0, 0, 0, 1]), ("C3", [0, 0, 0, 4]),
    )  # fmt: skip
    one = stock_city({"observations": whole})
    two = stock_city(
        {"observations": parts, "dwellings": homes.drop("index")}, complexes=pl.concat([COMPLEXES, half])
    )
    before, after = (
        cards(city, day=DAY, scoring=table, level="neighbourhood").figures for city in (one, two)
    )
    assert after.equals(before)


def test_another_indicator_elsewhere_changes_nothing(tmp_path: Path) -> None:
    first = entry("turnover", "social", "load", "rates")
    other = entry("arrears", "financial", "load", "rates")
    alone, both = (
        cards(voorbeeldstad(), day=DAY, scoring=scoring_file(tmp_path, *entries))
        for entries in ((first,), (first, other))
    )
    of_social = both.themes.filter(pl.col("theme") == "social")
    assert of_social.equals(alone.themes)


def test_the_neighbourhoods_that_go_down_have_the_largest_task() -> None:
    city = model_city(scale=0.5)
    found = cards(city, day=date(2024, 7, 1), level="neighbourhood")
    declining = turning_points(scale=0.5).declining
    order = found.ranks.sort("rank", nulls_last=True)["unit"].to_list()
    assert set(order[:2]) == set(declining)
    ranks = found.ranks.filter(pl.col("unit").is_in(list(declining)))
    assert (ranks["weights_last"] <= 4).all()
    # Livability is read against load and capacity: there more is asked than can be borne.
    balance = found.balance.filter(pl.col("unit").is_in(list(declining)))
    assert (balance["balance_high"] < 0).all()
    assert str(found.notes[0]).startswith("This City is invented")


@pytest.mark.parametrize("level", ["complex", "neighbourhood", "district", "entrance"])
def test_every_level_has_cards_of_every_unit_and_theme(level: str) -> None:
    found = cards(voorbeeldstad(), day=DAY, level=level)  # type: ignore[arg-type]
    themes = {"clean_whole_safe"} if level == "entrance" else set(load_scoring().themes)
    assert set(found.themes["theme"]) == themes
    assert len(found.themes) == len(found.units) * len(themes)
    assert ((found.themes["low"] >= 1) & (found.themes["high"] <= 5)).all()
    known = found.themes.drop_nulls("score")
    assert ((known["low"] <= known["score"] + 1e-9) & (known["score"] <= known["high"] + 1e-9)).all()
    ranked = found.ranks.drop_nulls("rank")
    assert ((ranked["weights_first"] <= ranked["rank"]) & (ranked["rank"] <= ranked["weights_last"])).all()


def test_utrecht_without_a_stock_has_cards_of_published_figures_only() -> None:
    found = cards(utrecht(), day=date(2026, 11, 22), level="neighbourhood")
    assert len(found.units) == 111
    known = found.figures.filter(pl.col("outcome") == "known")
    assert set(known["indicator"]) >= {"social_assistance", "livability"}
    # Of work nothing is known: of the theme half is missing.
    financial = found.themes.filter((pl.col("theme") == "financial") & (pl.col("outcome") == "known"))
    assert len(financial) == 106
    few = found.themes.filter((pl.col("theme") == "financial") & (pl.col("outcome") == "too_few"))
    assert len(few) == 1  # so small that the rounding of its published count leaves everything open
    assert (financial["high"] - financial["low"] >= 2.0 - 1e-9).all()
    assert any("more than three years ago" in str(note) for note in found.notes)
    with pytest.raises(AbsentError, match="holds no complexes"):
        cards(utrecht(), day=DAY)


def test_without_a_stock_load_says_too_little_and_no_note_speaks_of_a_stock() -> None:
    found = cards(utrecht(), day=date(2026, 11, 22), level="neighbourhood")
    # Of the indicators for load one is published; the other ones need a stock.
    assert found.balance["load"].is_null().all()
    assert (found.balance["load_high"] - found.balance["load_low"] > 3.5).all()
    said = " ".join(str(one) for one in found.notes)
    assert "position among the areas of this City" in said
    assert "stock from 1" not in said
    assert "pulled to the stock" not in said
    assert "indicators that need a stock of your own; nothing is known" in said
    assert "Places rest on 2 of 5 themes" in said


def test_notes_say_what_the_order_is_made_of_and_how_many_share_a_place(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("caretaker_hours", "social", "capacity", "hours"))
    city = stock_city({"caretaker_hours": hours(("C1", 5.0), ("C2", 5.0), ("C3", 8.0))})
    said = [str(one) for one in cards(city, day=DAY, scoring=table).notes]
    assert any("livability among them" in one and "leave the weights of themes aside" in one for one in said)
    assert any(one.startswith("2 of 3 share their place") for one in said)
    assert any(one.startswith("Places rest on 1 of 5 themes") for one in said)


def test_it_says_what_another_table_moves(tmp_path: Path) -> None:
    old = scoring_file(tmp_path, entry("caretaker_hours", "social", "capacity", "hours"))
    before = load_scoring(old)
    lower = SCORING.replace("[bands.hours]", "[bands.lax]")
    lower = lower.replace("2 = [3.0, 4.0]\n1 = [4.0", "2 = [3.0, 3.5]\n1 = [3.5")
    new = scoring_file(tmp_path, entry("caretaker_hours", "social", "capacity", "lax"), head=lower)
    city = stock_city({"caretaker_hours": hours(("C1", 5.0), ("C2", 6.0), ("C3", 8.0))})
    moves = compare_scorings(city, new, before, day=DAY)
    assert moves.indicators == ("caretaker_hours",)
    assert moves.themes.select("before", "after", "moved").rows() == [
        (2.0, 2.0, 0.0),
        (2.0, 1.0, -1.0),
        (1.0, 1.0, 0.0),
    ]
    assert moves.ranks["moved"].to_list() == [0.0, 1.0, -1.0]


def test_it_refuses_a_unit_without_a_card(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="no card of C9 at the level complex"):
        worked_out(tmp_path).card("C9")


def test_it_refuses_a_table_that_names_nothing_of_the_level(tmp_path: Path) -> None:
    table = scoring_file(tmp_path, entry("turnover", "social", "load", "rates"))
    with pytest.raises(InputError, match="names no indicator of the level neighbourhood"):
        cards(utrecht(), day=DAY, scoring=table, level="neighbourhood")


def test_no_figure_is_of_a_person() -> None:
    columns = set(its_cards().figures.columns)
    assert not columns & {"tenancy", "dwelling", "household", "age_class", "start"}
    assert its_cards().figures.filter(pl.col("indicator").str.contains("origin|background")).is_empty()


def test_the_unit_of_an_area_is_its_code() -> None:
    assert TULPEN in cards(stock_city(), day=DAY, level="neighbourhood").units["unit"].to_list()
    assert COMPLEXES["complex"].to_list() == cards(stock_city(), day=DAY).units["unit"].to_list()
