"""The commands at the prompt: what they accept, print and end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

import ongedeeld
from ongedeeld.cli.voice import voice
from tests.cli.prompt import Prompt, Said
from tests.small_city import small_city


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("ONGEDEELD_LANG", raising=False)
    monkeypatch.setattr(voice, "language", "nl")
    return str(small_city().save(tmp_path / "city").path)


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> Prompt:
    return Prompt(monkeypatch)


def test_it_tells_its_version(prompt: Prompt) -> None:
    assert prompt("--version") == Said(f"ongedeeld {ongedeeld.__version__}\n", 0)


@pytest.mark.parametrize("before", [True, False])
def test_the_language_may_stand_before_and_after_the_command(prompt: Prompt, city: str, before: bool) -> None:
    words = ("--lang", "en", "describe", city) if before else ("describe", city, "--lang", "en")
    assert "built on" in prompt(*words).text


def test_a_language_that_it_does_not_speak_is_refused_after_the_command_too(
    prompt: Prompt, city: str
) -> None:
    assert prompt("describe", city, "--lang", "fr").code == 2


def test_areas_are_listed_with_code_name_and_district(prompt: Prompt, city: str) -> None:
    said = prompt("areas", city)
    assert said.code == 0
    assert ["BU99990101", "Merelbuurt", "Vogelwijk"] in [line.split() for line in said.text.splitlines()]


def test_areas_are_found_by_part_of_a_name_or_district(prompt: Prompt, city: str) -> None:
    found = json.loads(prompt("areas", city, "bloemW", "--json").text)
    assert [area["code"] for area in found] == ["BU99990201", "BU99990202"]


def test_a_name_that_is_not_there_brings_near_ones(prompt: Prompt, city: str) -> None:
    said = prompt("areas", city, "Rozebuurt", "--lang", "en")
    assert said.code == 2
    assert "one that comes near: Rozenbuurt (BU99990202)" in said.text


def test_a_portrait_may_be_asked_by_name(prompt: Prompt, city: str, tmp_path: Path) -> None:
    assert prompt("portrait", city, "merelbuurt", "--out", str(tmp_path / "p.html")).code == 0
    assert "Merelbuurt" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_all_names_are_checked_before_the_first_portrait_is_written(
    prompt: Prompt, city: str, tmp_path: Path
) -> None:
    said = prompt("portrait", city, "BU99990101", "Rozenburt", "--out", str(tmp_path / "all"))
    assert said.code == 2
    assert "Rozenbuurt (BU99990202)" in said.text
    assert not (tmp_path / "all").exists()


def test_tables_are_called_by_their_dutch_names(prompt: Prompt, city: str) -> None:
    lines = [line.split() for line in prompt("describe", city).text.splitlines()]
    assert ["gebieden", "7"] in lines


def test_a_description_waits_for_no_charts_and_no_network() -> None:
    program = (
        "import sys; from ongedeeld.cli import app; import ongedeeld.reporting.description; "
        "print(sorted({'altair', 'httpx', 'pyogrio', 'shapely'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


KWB = "gwb_code;regio;a_inw\nGM9999;Vogelstad;2000\nBU99990101;Merelbuurt;2000\n"


@pytest.fixture
def built(prompt: Prompt, city: str, tmp_path: Path) -> Callable[[str], Said]:
    """A build with own homes from a csv text; it speaks English."""
    (tmp_path / "kwb-2023.csv").write_text(KWB, encoding="utf-8")

    def build(text: str) -> Said:
        (tmp_path / "homes.csv").write_text(text, encoding="utf-8")
        files = ("--kwb", str(tmp_path / "kwb-2023.csv"), "--dwellings", str(tmp_path / "homes.csv"))
        return prompt("--lang", "en", "build", "GM9999", *files, "--out", str(tmp_path / "built"))

    return build


def test_a_column_that_is_not_read_is_told_before_all_else(built: Callable[[str], Said]) -> None:
    said = built("woning;buurt;eigendom;opp\nW-1;merelbuurt;koop;70\n")
    assert said.code == 0
    assert said.text.startswith("Attention: homes.csv: the column opp is not read; do you mean floor_area_m2")


def test_an_error_in_what_was_built_is_told_at_once_and_in_the_exit_code(
    built: Callable[[str], Said],
) -> None:
    said = built("woning;buurt;eigendom\nW-1;BU99990909;koop\n")
    assert said.code == 1
    assert "dwellings: rows whose neighbourhood is not among the areas: 1 (W-1, BU99990909)" in said.text


def test_a_check_calls_areas_indicators_and_levels_by_name(prompt: Prompt, city: str) -> None:
    said = prompt("check", city)
    assert "niveau buurt, 2023: leefbaarheid, score (Leefbaarometer 3.0)" in said.text
    assert "Rozenbuurt (BU99990202)" in said.text


def test_what_was_not_foreseen_is_said_and_is_no_finding(
    prompt: Prompt, city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_: object) -> None:
        raise RuntimeError("a cable was cut")

    monkeypatch.setattr("ongedeeld.city.City.check", break_down)
    said = prompt("--lang", "en", "check", city)
    assert said.code == 2
    assert "did not foresee this (RuntimeError('a cable was cut'))" in said.text


def test_a_name_with_marks_of_markup_is_printed_as_it_is(prompt: Prompt, city: str) -> None:
    manifest = Path(city) / "manifest.json"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("Vogelstad", "[red]stad[/]"), encoding="utf-8"
    )
    assert "[red]stad[/]" in prompt("describe", city).text
