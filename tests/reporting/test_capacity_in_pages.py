"""Carrying capacity on portraits and in the atlas: for internal use, with intervals and honest words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.measures.capacity import cards
from ongedeeld.measures.capacity.forecast import History, forecast, pressure
from ongedeeld.reporting import Choices, portrait
from ongedeeld.sources.model_city import model_city
from ongedeeld.vocabulary.evidence import Evidence, load_evidence
from tests.reporting.cast import MEREL, WALK, bare_large_city, full_city, large_city, own_city
from tests.reporting.pages import page_of
from tests.reporting.reading import Page

OWN_ESTIMATE = (
    '[support_agreements]\noverrules = "own study"\nlabel = "support"\nclaim = "estimate"\n'
    'direction = "worse"\nfound_where = "own stock"\ngrade = "weak"\nnot_for = "a norm"\n'
    'effect = { low = -8.0, high = -4.0, unit = "score_per_share", of = "livability" }\n'
    'sources = [{ title = "Own study 2025", year = 2025 }]\n'
)


def read(city: City, code: str = WALK, choices: Choices | None = None) -> Page:
    if choices is None:
        return page_of(city, code, "en")
    return Page(portrait(city, code, language="en", choices=choices))


def walk() -> Page:
    """A neighbourhood of the model city."""
    return read(large_city())


@pytest.fixture(scope="module")
def start(large_atlas: Callable[[str, str], Path]) -> Page:
    """The start page of the atlas of the model city."""
    return Page(large_atlas("en", "internal").read_text(encoding="utf-8"))


@pytest.fixture
def own_estimate(tmp_path: Path) -> Evidence:
    file = tmp_path / "own.toml"
    file.write_text(OWN_ESTIMATE, encoding="utf-8")
    return load_evidence(file)


def test_a_portrait_holds_the_card_of_the_neighbourhood_and_what_it_is_made_of() -> None:
    made = cards(large_city(), day=large_city().manifest.created, level="neighbourhood")
    row = made.card(WALK).balance.row(0, named=True)
    told = next(cells for cells in walk().table("neighbourhoods") if cells[0] == "Walkwartier")
    assert told[1:5:2] == [f"{row['load']:.1f}", f"{row['capacity']:.1f}"]
    assert len(walk().table("themes")) == 6
    assert len(walk().table("card")) == 1 + made.card(WALK).figures.height


def test_its_complexes_stand_in_a_picture_of_their_own() -> None:
    here = large_city().table("complexes").filter(pl.col("area") == WALK)["name"]
    assert {row[0] for row in walk().table("complexes")[1:]} <= set(here)
    assert len(walk().table("complexes")) > 2


def test_lettings_by_route_have_intervals_and_stand_beside_the_balance() -> None:
    row = pressure(large_city(), large_city().manifest.created, level="neighbourhood").of(WALK)
    assert walk().table("pressure")[1][:3] == [
        "All lettings",
        f"{row['expected']:.1f}",
        f"{row['low']:.0f} to {row['high']:.0f}",
    ]
    assert "In the 24 months from January 2026 about" in walk().words
    assert "is larger than the load" in walk().words


def test_a_forecast_comes_with_how_it_did_on_the_past() -> None:
    assert "Tested on 7 neighbourhoods (Leefbaarometer 3.0)" in walk().words
    assert "With so few municipalities the test cannot tell whether the forecast is better" in walk().words
    assert [row[0] for row in walk().table("forecast")[-3:]] == ["2026, 95%", "2026, 80%", "2026, 50%"]
    assert "What livability may do" not in read(full_city(), MEREL).words


def test_no_alarm_is_no_peace() -> None:
    assert (
        "No figure here worsens by more than chance explains. That is not proof that all is well"
        in walk().words
    )


def test_an_alarm_is_told_in_words_with_what_it_rests_on() -> None:
    city = model_city(seed=1, scale=0.5)
    words = read(city, "BU99990404").words
    assert "worsens beyond chance (p at most" in words
    assert "No figure here worsens by more than chance explains." not in words


def test_room_for_support_is_not_told_on_evidence_that_carries_nothing() -> None:
    assert "How many lettings with support fit here cannot be told." in walk().words
    assert "Caretakers weak Within a year" in walk().words
    assert "Headroom" not in walk().words


def test_room_is_an_interval_with_its_assumptions_once_evidence_and_tolerance_are_stated(
    own_estimate: Evidence,
) -> None:
    words = read(large_city(), choices=Choices(evidence=own_estimate, tolerated=0.2)).words
    assert "Headroom (indicative) of BU99990103" in words
    assert "Assumed: every letting with support weighs the same" in words
    assert "Own study 2025" in words
    silent = read(large_city(), choices=Choices(evidence=own_estimate)).words
    assert "once you state which chance of a noticeable decline you tolerate" in silent
    assert "Headroom (indicative)" not in silent


def test_the_public_sees_none_of_it(own_estimate: Evidence) -> None:
    stated = Choices(evidence=own_estimate, tolerated=0.2)
    public = portrait(large_city(), WALK, language="en", audience="public", choices=stated)
    assert public == page_of(bare_large_city(), WALK, "en", "public").html
    for word in ("capacity", "lettings", "Headroom", "worsen"):
        assert word not in Page(public).words


def test_of_a_city_without_own_homes_it_says_how_to_tell_it() -> None:
    words = read(full_city(), MEREL).words
    assert (
        "What may be coming? Not known: what a place asks and bears is told of the association's own" in words
    )
    assert "load" not in words.lower().split()


def test_a_complex_without_homes_takes_away_the_cards_and_not_the_portrait() -> None:
    city = own_city()
    more = pl.concat(
        [city.table("complexes"), pl.DataFrame({"complex": ["C2"], "name": ["Leeg"], "area": [MEREL]})],
        how="diagonal_relaxed",
    )
    tables = {name: city.table(name) for name in city.tables()} | {"complexes": more}
    words = read(City.of(tables, city.manifest), MEREL).words
    assert "Not known: complexes without dwellings: 1, such as C2." in words
    assert "Own homes 10" in words


def test_the_atlas_sets_load_against_capacity_of_all_places(start: Page) -> None:
    units = cards(large_city(), day=large_city().manifest.created).balance.drop_nulls("balance")
    assert len(start.table("against-complex")) == 1 + units.height
    assert len(start.table("against-neighbourhood")) == 8
    assert (
        "In 9 of 36 complexes the load is larger than the capacity by more than chance explains."
        in start.words
    )


def test_the_atlas_lists_warnings_by_strength_with_how_sure_the_order_is(start: Page) -> None:
    head, first, *_ = start.table("warnings-complex")
    assert head == ["place", "alarm", "p-value, adjusted", "order (95%)", "stands out"]
    assert first[:2] == ["Wipmolen 1", "no"]
    assert first[3] == "1 (1–9)"
    assert "An alarm tells where to look and not why." in start.words


def test_funnels_tell_no_small_counts(start: Page) -> None:
    rows = start.table("funnel-complex-nuisance")[1:]
    assert len(rows) == 36
    small = [row for row in rows if row[2] == "fewer than 5 cases"]
    assert small
    assert all(float(row[1]) * float(row[2]) / 100 >= 4.8 for row in rows if row not in small)


def test_a_portrait_says_it_where_the_forecast_did_worse_than_no_change() -> None:
    tested = forecast(large_city(), decline=History.of(large_city()).usual_change()).tested
    assert tested is not None
    assert tested.rmse("forecast") > tested.rmse("no_change")
    assert all(note.say() in walk().words for note in tested.notes()[1:])
