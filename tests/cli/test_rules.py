"""The commands on the law by date, in both languages and as data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from ongedeeld.cli.voice import out
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
AGREED = """holder = "Voorbeeld"

[[agreements]]
name = "Prestatieafspraken 2026-2029"
parties = ["GM9999", "Voorbeeld", "Huurdersraad"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
from = 2026-01-01
until = 2029-12-31
source = "afspraken, artikel 4"
"""
BINDING = """holder = "Voorbeeldstad"

[[binding]]
municipality = "GM9999"
category = "flats"
share = 0.25
bound_to = "part"
from = 2026-01-01
source = "Verordening"
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
    names = [*load_register().in_force(date(2026, 7, 1)), *load_parameters().by_name]
    assert all(said.count(f"({name})") == 1 for name in names)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "words",
    [("--date", "2026-07-01"), ("explain", "urgency"), ("difference", "2026-06-30", "2026-07-01")],
)
def test_no_word_is_broken_in_a_terminal(
    run: Run, width: int, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(*words, "--lang", "nl")[1].split()
    monkeypatch.setattr(out, "_force_terminal", True)
    monkeypatch.setattr(out, "_width", width)
    monkeypatch.setattr(out, "no_color", True)
    shown = re.sub(r"\x1b\[\d*m", "", run(*words, "--lang", "nl")[1])
    assert shown.split() == whole
    too_wide = [line for line in shown.splitlines() if len(line) > width]
    assert all("http" in line or line == line.lstrip() for line in too_wide), too_wide


def test_it_tells_what_is_not_known_and_that_it_is_no_advice(run: Run) -> None:
    said = run("--date", "2026-07-01", "--lang", "en")[1]
    assert "unknown: the percentage is set by order in council" in said
    assert "the day of the royal decree was not found" in said
    assert "This is not legal advice" in said
    assert "AI Act: high risk (ai_act_high_risk)" in said.partition("Not in force on 2026-07-01")[2]


def test_json_keeps_unknown_apart_from_zero(run: Run) -> None:
    told = json.loads(run("--date", "2026-07-01", "--json", "--lang", "en")[1])
    assert told["values"]["urgency_fallback_share"]["value"] is None
    assert "not found" in told["values"]["urgency_fallback_share"]["unknown"]
    assert told["values"]["aftopping_low"]["value"] == 713_02
    assert told["rules"]["urgency"]["grade"] == "A"
    before = json.loads(run("--date", "2026-06-30", "--json")[1])
    assert "permit_holder_target" in before["not_read"]
    assert "urgency_conditions" not in before["rules"]


def test_local_policy_is_told_of_its_municipality_only(run: Run, policy: Path) -> None:
    arguments = ("--date", "2026-07-01", "--policy", policy, "--lang", "en")
    told = run(*arguments, "--municipality", "GM9999")[1]
    assert "Verordening, artikel 5" in told
    assert "new text binds from: 2027-07-01" in told
    assert "groups: informal care, given or received" in told
    assert "2029-12-31 at the latest: so long an ordinance lasts" in told
    assert "€ 1,228 a month" in told
    assert "says nothing of GM0001" in run(*arguments, "--municipality", "GM0001")[1]
    local = json.loads(run(*arguments, "--municipality", "GM9999", "--json")[1])["local"]
    assert local[0]["section"] == "urgency"
    assert local[0]["until"] is None


def test_it_tells_which_text_on_urgency_binds_a_municipality(run: Run, policy: Path) -> None:
    arguments = ("--municipality", "GM9999", "--lang", "en")
    before = run(*arguments, "--date", "2027-06-30", "--policy", policy)[1]
    after = run(*arguments, "--date", "2027-07-01", "--policy", policy)[1]
    assert "Urgency in GM9999\n  The council may have an urgency scheme" in before
    assert "Urgency in GM9999\n  The council has an urgency scheme" in after
    unknown = run(*arguments, "--date", "2027-07-01")[1]
    assert "by which day GM9999 must have the urgency scheme" in unknown
    assert "comply_by under [[urgency]]" in unknown


def test_json_tells_which_text_on_urgency_binds_or_why_not(run: Run, policy: Path) -> None:
    arguments = ("--municipality", "GM9999", "--json", "--lang", "en", "--date")
    told = json.loads(run(*arguments, "2027-07-01", "--policy", policy)[1])["urgency"]
    assert told["mandatory"] is True
    assert len(told["groups"]) == 10
    unknown = json.loads(run(*arguments, "2027-07-01")[1])["urgency"]
    assert "comply_by under [[urgency]]" in unknown["unknown"]
    assert "urgency" not in json.loads(run("--json")[1])


def test_it_tells_which_groups_a_scheme_lacks_that_the_law_asks_for(run: Run, policy: Path) -> None:
    arguments = ("--municipality", "GM9999", "--policy", policy, "--lang", "en", "--date", "2027-07-01")
    said = run(*arguments)[1].partition("Urgency in GM9999")[2]
    assert said.count("lacks a group that the law asks for") == 9
    assert "The urgency scheme of GM9999 lacks a group that the law asks for: medical urgency" in said
    assert "urgency_fallback_share) is not known" in said
    told = json.loads(run(*arguments, "--json")[1])["urgency"]
    assert (told["complete"], len(told["why"]), told["share"]) == (False, 9, None)


def test_it_tells_what_was_agreed_beside_the_value_of_the_law(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "agreed.toml"
    file.write_text(AGREED, encoding="utf-8")
    line = "By performance agreement 85% in GM9999 (afspraken, artikel 4)"
    for words in ((), ("explain", "daeb_min_share")):
        assert line in run(*words, "--date", "2026-07-01", "--policy", file, "--lang", "en")[1]
    told = json.loads(run("--date", "2026-07-01", "--policy", file, "--json", "--lang", "en")[1])
    assert line in told["values"]["daeb_min_share"]["agreed"][0]
    assert told["local"][0]["daeb_min_share"] == 0.85
    assert "ten minste aan de doelgroep: 85%" in run("--date", "2026-07-01", "--policy", file)[1]


def test_local_policy_is_told_in_words_and_not_in_codes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "binding.toml"
    file.write_text(BINDING, encoding="utf-8")
    said = run("--date", "2026-07-01", "--policy", file, "--lang", "nl")[1]
    assert "voorrang voor lokale binding ([[binding]])" in said
    assert "nauwelijks bouwmogelijkheden: nee" in said
    assert "gebonden aan: het deel van de gemeente" in said
    assert "aandeel: 25%" in said


def test_it_names_the_municipality_and_what_a_grade_means(run: Run) -> None:
    said = run("--date", "2026-07-01", "--municipality", "GM9999", "--lang", "en")[1]
    assert "Rules in force on 2026-07-01, for GM9999\nGrades: A statute read" in said


def test_it_tells_the_ten_groups_of_an_urgency_scheme(run: Run) -> None:
    said = run("explain", "urgentie", "--date", "2026-07-01", "--lang", "en")[1]
    before, after = (line for line in said.splitlines() if line.startswith("  Groups: "))
    assert (len(before.split(";")), len(after.split(";"))) == (2, 10)
    assert "without fixed abode, with minors" in after


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
    assert (
        "On 2027-01-01: unknown: the amounts of 2027 were not found; the law asks for them by 1 Nov" in said
    )
    assert "€ 713.02 a month" in said
    told = json.loads(run("explain", "aftopping_low", "--json")[1])
    assert [one["value"] for one in told["values"]][-2:] == [713_02, None]
    assert json.loads(run("explain", "urgency", "--json")[1])["versions"][1]["from"] == "2026-07-01"


def test_it_tells_what_differs_between_two_days(run: Run) -> None:
    code, said = run("difference", "2026-06-30", "2026-07-01", "--lang", "en")
    assert code == 0
    starts = said[said.index("Starts") : said.index("Changes")]
    assert "conditions of statutory urgency (urgency_conditions)" in starts
    assert "After: Statutory urgent seekers" in starts
    read_later = said.partition("Read only for the second day")[2]
    assert "target for permit holders (permit_holder_target)" in read_later
    assert "local_binding" not in said
    told = json.loads(run("difference", "2025-12-31", "2027-01-01", "--json", "--lang", "en")[1])
    cap = next(change for change in told if change["name"] == "aftopping_low")
    assert cap["kind"] == "becomes_unknown"
    assert cap["after"].endswith("by 1 November 2026 at the latest (Wht 27(6))")
    assert (
        "Nothing that is known differs." in run("difference", "2026-03-01", "2026-03-02", "--lang", "en")[1]
    )


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Urgentieregeling", "urgency"),
        ("urgentie", "urgency"),
        ("passend toewijzen", "passend_toewijzen"),
        ("lage aftopping", "aftopping_low"),
    ],
)
def test_it_knows_a_rule_by_what_people_call_it(run: Run, called: str, name: str) -> None:
    code, said = run("explain", called)
    assert code == 0
    assert f"({name})" in said


@pytest.mark.parametrize("name", ["aftoping_low", "aftopping", "aftoppingsgrens"])
def test_it_suggests_what_was_meant_by_name_or_label(run: Run, name: str) -> None:
    code, said = run("explain", name)
    assert code == 2
    assert "aftopping_low (lage aftoppingsgrens" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--date", "1-7-2026"), "such as 2026-07-01"),
        (("--date", "2026-13-01"), "'2026-13-01' is not a day"),
        (("difference", "2026-07-01", "morgen"), "'morgen' is not a day"),
        (("--municipality", "Utrecht"), "such as GM0344"),
        (("--municipality", "344"), "'344' is not the code of a municipality"),
    ],
)
def test_it_refuses_a_day_or_place_that_is_none(run: Run, words: tuple[str, ...], said: str) -> None:
    code, told = run(*words, "--lang", "en")
    assert code == 2
    assert said in told


def test_a_note_is_told_in_the_language_of_the_run(run: Run) -> None:
    assert "gelezen in de tekst van deze datum" in run("explain", "ordinance_max_years")[1]
    assert "read in the text of this date" in run("explain", "ordinance_max_years", "--lang", "en")[1]


def test_an_income_index_is_told_with_all_its_decimals(run: Run) -> None:
    assert "2024-01-01: 1,0832 maal;" in run("explain", "income_index_t_minus_1", "--lang", "nl")[1]
    assert "2024-01-01: 1.0832 times;" in run("explain", "income_index_t_minus_1", "--lang", "en")[1]
