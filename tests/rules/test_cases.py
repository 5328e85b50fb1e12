"""The cases that a policy officer can read and sign, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ongedeeld import AbsentError
from ongedeeld.reasons import Decision
from ongedeeld.rules import load_register
from tests.rules.sentences import ASKED, GIVEN, ask, understand

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))


def all_cases() -> list[Any]:
    """Every case, as a parameter of a test."""
    return list(_read())


def _read() -> Iterator[Any]:
    for file in FILES:
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        for number, case in enumerate(held["gevallen"], start=1):
            yield pytest.param(case, id=f"{file.stem}-{number}")


@pytest.mark.parametrize("case", all_cases())
def test_a_case_comes_out_as_it_is_written(case: dict[str, Any], tmp_path: Path) -> None:
    facts = understand(case["gegeven"])
    expected = str(case["dan"])
    if expected == "onbekend":
        with pytest.raises(AbsentError) as refusal:
            ask(case["als"], facts, tmp_path)
        assert case["ontbreekt"] in str(refusal.value)
        return
    outcome = ask(case["als"], facts, tmp_path)
    if not isinstance(outcome, Decision):
        assert outcome == expected
        return
    assert ("ja" if outcome else "nee") == expected, outcome.say()
    assert case["artikel"] in {reason.article for reason in outcome.reasons}, outcome.say()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_cases_says_where_it_stands_and_who_signed_it(file: Path) -> None:
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(held) == {"onderwerp", "bron", "getekend", "gevallen"}
    for case in held["gevallen"]:
        outcome = {"ontbreekt"} if case["dan"] == "onbekend" else set()
        assert set(case) - {"artikel", "uitleg", "getekend"} == {"gegeven", "als", "dan"} | outcome


def test_every_sentence_is_used_by_a_case() -> None:
    cases = [case.values[0] for case in all_cases()]
    given = [sentence for case in cases for sentence in case["gegeven"]]
    asked = [case["als"] for case in cases]
    for known, sentences in ((GIVEN, given), (ASKED, asked)):
        unused = [pattern.pattern for pattern, _ in known if not any(map(pattern.fullmatch, sentences))]
        assert not unused


def test_every_rule_with_a_test_of_its_own_has_a_case(tmp_path: Path) -> None:
    cited = set()
    for case in (case.values[0] for case in all_cases()):
        if case["dan"] != "onbekend":
            outcome = ask(case["als"], understand(case["gegeven"]), tmp_path)
            if isinstance(outcome, Decision):
                cited |= {reason.rule for reason in outcome.reasons}
    without_a_test = {
        "ai_act_high_risk",
        "free_space_order",
        "permit_categories",
        "permit_mandate",
        "rent_allowance_maximum_rent",
        "supervisor_judgement",
        "third_party_homes",
        "urgency_regional_agreements",
        "wbmgp_withdrawal",
    }
    assert set(load_register().by_name) - cited == without_a_test
