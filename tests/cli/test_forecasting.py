"""The command that looks ahead: forecast, its test, lettings to expect and headroom."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.prompt import Prompt
from tests.small_city import small_city

AGREEMENTS = """route;unit;lettings;start;end;source
bemiddeling;;120;01-01-2026;31-12-2035;Agreement 2026
regular;BU99990101;20;2026-01-01;2035-12-31;Letter of the board
"""
OWN = """
[our_lettings]
label = "lettings with support here"
claim = "Where more was let with support, the score fell a little."
direction = "worse"
found_where = "212 complexes"
grade = "weak"
not_for = "Others."

[our_lettings.effect]
low = -3.0
high = -0.3
unit = "score_per_share"
of = "share from 0 to 1"

[[our_lettings.sources]]
title = "Own evaluation"
year = 2025
"""
ROOM = ("--headroom", "--chance", "0.2", "--decline", "0.1")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with agreements and evidence of one's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreed.csv").write_text(AGREEMENTS, encoding="utf-8")
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_forecast_comes_with_its_test_and_its_doubts(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, "--lang", "en")
    assert said.code == 0
    for part in (
        "Tested on 37 neighbourhoods",
        "signals and does not explain",
        "this says nothing of any real place",
        "the usual size of a change",
        "what befalls the whole municipality",
        "livability_no_change",
    ):
        assert part in said.text


def test_a_forecast_of_a_time_that_passed_says_so(prompt: Prompt, stock: str) -> None:
    assert "has passed already" in prompt("forecast", stock, "--lang", "en").text


def test_the_size_of_a_decline_is_the_users_own(prompt: Prompt, stock: str, here: Path) -> None:
    said = prompt("forecast", stock, "--decline", "0.2", "--csv", "ahead.csv", "--lang", "en").text
    assert "Noticeable is a decline of more than 0.200 points, as you stated." in said
    rows = pl.read_csv("ahead.csv")
    assert rows["decline"].unique().to_list() == [0.2]
    assert rows["chance_of_decline"].is_sorted(descending=True)


def test_published_livability_may_be_written_by_all(prompt: Prompt, stock: str) -> None:
    data = json.loads(prompt("forecast", stock, "--json").text)
    assert len(data["forecast"]["areas"]) == 37
    assert data["forecast"]["decline_stated"] is False


def test_the_test_tells_misses_and_how_often_intervals_held(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, "--backtest", "--lang", "en").text
    assert "no change" in said
    assert ["80.0", "%", "83.8", "%"] in [line.split() for line in said.splitlines()]
    # One municipality tells nothing of whether the forecast is better.
    assert "Above zero the forecast is better" not in said


def test_lettings_stand_beside_the_balance(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, "--pressure", "--lang", "en").text
    assert "balance of load and capacity" in said
    assert "Most trouble comes in through ordinary letting" in said
    data = json.loads(prompt("forecast", stock, "--pressure", "--json", "--for-team").text)
    assert data["pressure"]["balance"]
    assert data["for_team"]


def test_agreements_are_read_as_people_write_them(prompt: Prompt, stock: str, here: Path) -> None:
    asked = ("--pressure", "--contingents", "agreed.csv", "--json", "--for-team")
    rows = json.loads(prompt("forecast", stock, *asked).text)["pressure"]["lettings"]
    agreed = dict(pl.DataFrame(rows).group_by("route").agg(pl.col("agreed").sum()).iter_rows())
    assert agreed["mediated"] > agreed["regular"] > 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("bemiddeling", "loting"), "agreed.csv, row 2, column route, value 'loting'"),
        (("120", "veel"), "agreed.csv, row 2, column lettings, value 'veel'"),
        (("01-01-2026", "ooit"), "agreed.csv, row 2, column start, value 'ooit'"),
        (("Agreement 2026", ""), "agreed.csv, row 2, column source"),
        ((";unit;", ";place;"), "column unit is not there"),
        (("BU99990101", "BU00000000"), "BU00000000, which has no homes"),
    ],
)
def test_it_refuses_an_agreement_that_is_not_clear(
    prompt: Prompt, stock: str, here: Path, wrong: tuple[str, str], message: str
) -> None:
    (here / "agreed.csv").write_text(AGREEMENTS.replace(*wrong), encoding="utf-8")
    said = prompt("forecast", stock, "--pressure", "--contingents", "agreed.csv", "--lang", "en")
    assert said.code == 2
    assert message in said.text


def test_a_file_without_agreements_is_refused(prompt: Prompt, stock: str, here: Path) -> None:
    (here / "agreed.csv").write_text(AGREEMENTS.splitlines()[0] + "\n", encoding="utf-8")
    said = prompt("forecast", stock, "--pressure", "--contingents", "agreed.csv", "--lang", "en")
    assert said.code == 2
    assert "agreed.csv: " in said.text


def test_the_day_to_look_ahead_from_may_be_asked(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, "--pressure", "--date", "2026-07-01", "--lang", "en").text
    assert "from 1 July 2026 to 1 July 2028" in said
    assert "The register of tenancies ends on" in said


def test_a_forecast_that_did_worse_than_no_change_says_so(prompt: Prompt, stock: str) -> None:
    assert "further off than 'no change'" in prompt("forecast", stock, "--lang", "en").text


def test_dutch_sentences_have_dutch_dates(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, "--lang", "nl").text
    assert "1 januari 2024" in said
    assert "2024-01-01" not in said


def test_without_evidence_headroom_is_pressure_and_what_to_know(prompt: Prompt, stock: str) -> None:
    said = prompt("forecast", stock, *ROOM, "--lang", "en")
    assert said.code == 0
    for part in (
        "Headroom cannot be told",
        "support_agreements is graded 'none'",
        "--effect FILE",
        "Lettings to expect by neighbourhood",
        "What may add capacity",
    ):
        assert part in said.text
    rows = json.loads(prompt("forecast", stock, *ROOM, "--json", "--for-team").text)["headroom"]["areas"]
    assert {(row["outcome"], row["low"]) for row in rows} == {("pressure_only", None)}


def test_headroom_is_an_interval_that_never_comes_alone(prompt: Prompt, stock: str, here: Path) -> None:
    said = prompt("forecast", stock, *ROOM, "--effect", "own.toml", "--lang", "en").text
    for part in (
        "always an interval",
        "leans on the record our_lettings",
        "Assumed:",
        "no norm and no quota",
    ):
        assert part in said
    asked = (*ROOM, "--effect", "own.toml", "--csv", "room.csv", "--for-team")
    assert prompt("forecast", stock, *asked).code == 0
    rows = pl.read_csv("room.csv").filter(outcome="headroom")
    assert rows["low"].is_not_null().all()
    assert rows.select((pl.col("high").is_null() == pl.col("no_limit")).all()).item()
    assert (rows["low"] <= rows["most"]).all()
    assert rows["because"].str.contains("our_lettings").all()


def test_an_estimate_that_sets_no_limit_is_said_so(prompt: Prompt, stock: str, here: Path) -> None:
    (here / "own.toml").write_text(OWN.replace("-3.0", "-0.02").replace("-0.3", "-0.01"), encoding="utf-8")
    said = prompt("forecast", stock, *ROOM, "--effect", "own.toml", "--lang", "en").text
    assert "or more" in said
    assert "more of the estimate than of the place" in said


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("--headroom",), "--headroom asks which chance of a noticeable decline you tolerate"),
        (("--headroom", "--chance", "10"), "a number between 0 and 1"),
        (("--chance", "0.1"), "--chance does nothing here"),
        (("--pressure", "--months", "6000000"), "1 to 120 months"),
        (("--pressure", "--date", "1 mei"), "--date is 1 mei"),
        ((*ROOM, "--months", "60"), "over 60 months cannot be told from a forecast over 24 months"),
        (("--months", "12"), "--months does nothing here"),
        (("--pressure", "--decline", "0.1"), "--decline does nothing here"),
        (("--level", "complex"), "a forecast of livability is not known by complex"),
        (("--pressure", "--level", "district"), "--pressure is not known by district"),
        (("--backtest", "--pressure", "--csv", "x.csv"), "does not fit in one csv file"),
        (("--pressure", "--csv", "x.csv"), "add --for-team"),
        (("--decline", "0"), "a size above zero"),
        ((*ROOM, "--effect", "none.toml"), "none.toml: this file of evidence cannot be read"),
        ((*ROOM, "--effect", "other.toml"), "0 records of this file state what a letting with support does"),
    ],
)
def test_it_refuses_what_is_not_clear(
    prompt: Prompt, stock: str, here: Path, asked: tuple[str, ...], message: str
) -> None:
    (here / "other.toml").write_text(OWN.replace("score_per_share", "score"), encoding="utf-8")
    said = prompt("forecast", stock, *asked, "--lang", "en")
    assert said.code == 2
    assert message in said.text
    assert not (here / "x.csv").exists()


def test_lettings_cannot_be_expected_without_homes(prompt: Prompt, tmp_path: Path) -> None:
    published = str(small_city().save(tmp_path / "published").path)
    said = prompt("forecast", published, "--pressure", "--lang", "en")
    assert said.code == 2
    assert "give them with --dwellings and --tenancies" in said.text
