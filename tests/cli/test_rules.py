"""The commands on the law by date, in both languages and as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from ongedeeld.rules import load_parameters, load_register

Run = Callable[..., tuple[int, str]]
POLICY = """holder = "Voorbeeldstad"

[[urgency]]
municipality = "GM9999"
groups = ["informal_care"]
comply_by = 2027-07-01
from = 2026-01-01
source = "Verordening, artikel 5"

[[values.middle_rent_limit]]
from = 2026-01-01
value = 122800
source = "Besluit van het bestuur"
"""


@pytest.fixture
def run(run: Run) -> Run:
    """Run a command on rules: its exit code and all that it printed."""
    return partial(run, "rules")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_lists_every_rule_and_value_once(run: Run, lang: str) -> None:
    code, said = run("--date", "2026-07-01", "--lang", lang)
    assert code == 0
    first_words = [line.split()[0] for line in said.splitlines() if line.split()]
    assert all(first_words.count(name) == 1 for name in load_register().in_force(date(2026, 7, 1)))
    assert all(first_words.count(name) == 1 for name in load_parameters().by_name)


def test_it_tells_what_is_not_known_and_that_it_is_no_advice(run: Run) -> None:
    said = run("--date", "2026-07-01", "--lang", "en")[1]
    assert "unknown: the percentage is set by order in council" in said
    assert "the day of the royal decree was not found" in said
    assert "This is not legal advice" in said
    assert "Not in force on 2026-07-01: ai_act_high_risk" in said


def test_json_keeps_unknown_apart_from_zero(run: Run) -> None:
    told = json.loads(run("--date", "2026-07-01", "--json", "--lang", "en")[1])
    assert told["values"]["urgency_fallback_share"]["value"] is None
    assert "not found" in told["values"]["urgency_fallback_share"]["unknown"]
    assert told["values"]["aftopping_low"]["value"] == 713_02
    assert told["rules"]["urgency"]["grade"] == "A"
    before = json.loads(run("--date", "2026-06-30", "--json")[1])
    assert "livability_no_permit_ground" in before["not_read"]
    assert "urgency_conditions" not in before["rules"]


def test_local_policy_is_told_of_its_municipality_only(run: Run, policy: Path) -> None:
    arguments = ("--date", "2026-07-01", "--policy", policy, "--lang", "en")
    told = run(*arguments, "--municipality", "GM9999")[1]
    assert "Verordening, artikel 5" in told
    assert "comply_by 2027-07-01" in told
    assert "€ 1,228 a month" in told
    assert "says nothing of GM0001" in run(*arguments, "--municipality", "GM0001")[1]
    local = json.loads(run(*arguments, "--municipality", "GM9999", "--json")[1])["local"]
    assert local[0]["section"] == "urgency"
    assert local[0]["until"] is None


def test_it_tells_which_text_on_urgency_binds_a_municipality(run: Run, policy: Path) -> None:
    arguments = ("--municipality", "GM9999", "--lang", "en")
    before = run(*arguments, "--date", "2027-06-30", "--policy", policy)[1]
    after = run(*arguments, "--date", "2027-07-01", "--policy", policy)[1]
    assert "Urgency in GM9999: The council may have an urgency scheme" in before
    assert "Urgency in GM9999: The council has an urgency scheme" in after
    unknown = run(*arguments, "--date", "2027-07-01")[1]
    assert "by which day GM9999 must have the urgency scheme" in unknown
    assert "comply_by under [[urgency]]" in unknown


def test_it_explains_a_rule_through_time(run: Run) -> None:
    code, said = run("explain", "urgency", "--date", "2026-07-01", "--lang", "en")
    assert code == 0
    assert "From 2026-01-01 or before until 2026-06-30" in said
    assert "(holds on 2026-07-01)" in said
    assert "Not known: the day of the royal decree" in said
    assert load_register()["urgency"].versions[0].says.nl in run("explain", "urgency", "--lang", "nl")[1]


def test_it_explains_a_rule_that_does_not_hold_or_was_not_read(run: Run) -> None:
    assert (
        "Not in force on 2026-01-01."
        in run("explain", "ai_act_high_risk", "--date", "2026-01-01", "--lang", "en")[1]
    )
    assert (
        "What held on 2020-01-01 was not read."
        in run("explain", "wbmgp_income", "--date", "2020-01-01", "--lang", "en")[1]
    )


def test_it_explains_a_value_through_time(run: Run) -> None:
    code, said = run("explain", "aftopping_low", "--date", "2027-01-01", "--lang", "en")
    assert code == 0
    assert "On 2027-01-01: unknown: the amounts of 2027 were not found (Wht 20(2))" in said
    assert "€ 713.02 a month" in said
    told = json.loads(run("explain", "aftopping_low", "--json")[1])
    assert [one["value"] for one in told["values"]][-2:] == [713_02, None]
    assert json.loads(run("explain", "urgency", "--json")[1])["versions"][1]["from"] == "2026-07-01"


def test_it_tells_what_differs_between_two_days(run: Run) -> None:
    code, said = run("difference", "2026-06-30", "2026-07-01", "--lang", "en")
    assert code == 0
    assert any("starts" in line and "urgency_conditions" in line for line in said.splitlines())
    told = json.loads(run("difference", "2025-12-31", "2027-01-01", "--json", "--lang", "en")[1])
    cap = next(change for change in told if change["name"] == "aftopping_low")
    assert cap["kind"] == "becomes_unknown"
    assert cap["after"] == "unknown: the amounts of 2027 were not found"
    assert (
        "Nothing that is known differs." in run("difference", "2026-03-01", "2026-03-02", "--lang", "en")[1]
    )


def test_it_refuses_a_name_or_day_that_is_not_there(run: Run) -> None:
    code, said = run("explain", "aftoping_low", "--lang", "en")
    assert code == 2
    assert "aftopping_low" in said
    assert run("--date", "2026-13-01")[0] == 2
