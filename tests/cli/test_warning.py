"""The command on early warning: what it shows, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from tests.cli.prompt import Prompt
from tests.small_city import small_city


def test_it_names_the_neighbourhoods_that_go_down_and_what_to_do_next(prompt: Prompt, stock: str) -> None:
    said = prompt("warn", stock, "--level", "neighbourhood", "--lang", "en")
    assert said.code == 0
    assert "2 of 37 units worsen beyond chance." in said.text
    assert "Lijsterveld worsens beyond chance" in said.text
    assert "it does not tell why" in said.text
    assert "And 27 more; --csv FILE writes all." in said.text
    assert "ongedeeld card DIR BU99990404" in said.text
    assert "ordinary_letting" in said.text


def test_without_an_alarm_it_points_at_the_larger_scale(prompt: Prompt, stock: str) -> None:
    said = prompt("warn", stock, "--lang", "en")
    assert "That is not proof that all is well" in said.text
    assert "ongedeeld warn DIR --level neighbourhood" in said.text


def test_what_the_association_decides_itself_is_no_reason_to_stand_out(prompt: Prompt, stock: str) -> None:
    said = prompt("warn", stock, "--lang", "en").text
    funnel = said.split("Who stands out now")[1]
    assert "lettings by mediation" not in funnel
    assert "households with rent arrears" in funnel


def test_all_places_are_written_for_the_team_alone(prompt: Prompt, stock: str, tmp_path: Path) -> None:
    file = tmp_path / "warnings.csv"
    refused = prompt("warn", stock, "--csv", str(file), "--lang", "en")
    assert refused.code == 2
    assert "add --for-team" in refused.text
    assert not file.exists()
    assert prompt("warn", stock, "--csv", str(file), "--for-team").code == 0
    assert len(pl.read_csv(file)) == 180


def test_json_holds_what_the_alarms_rest_on(prompt: Prompt, stock: str) -> None:
    asked = ("--level", "neighbourhood", "--false-discovery", "0.05", "--json", "--for-team")
    data = json.loads(prompt("warn", stock, *asked).text)
    assert data["false_discovery"] == 0.05
    worse = {place["unit"] for place in data["places"] if place["worsens"]}
    assert worse == {"BU99990302", "BU99990404"}
    assert {change["unit"] for change in data["changes"] if change["outcome"] == "worse"} <= worse
    assert data["funnels"]["nuisance"]["points"]
    assert "not to be passed on" in data["notes"][-1]


def test_it_refuses_a_rate_that_cannot_be(prompt: Prompt, stock: str) -> None:
    assert prompt("warn", stock, "--false-discovery", "3").code == 2


def test_it_refuses_a_city_without_homes(prompt: Prompt, tmp_path: Path) -> None:
    published = str(small_city().save(tmp_path / "published").path)
    said = prompt("warn", published, "--lang", "en")
    assert said.code == 2
    assert "--dwellings" in said.text
