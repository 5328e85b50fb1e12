"""The day before and the day after every change; and what comes later changes nothing now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ongedeeld import AbsentError
from ongedeeld.rules import Dated, Law, Parameters, Register, difference, load_law
from ongedeeld.vocabulary import Both
from tests.rules.sentences import ask, understand
from tests.rules.test_cases import all_cases

LAW = load_law()
A_DAY = timedelta(days=1)
LATER = date(2040, 1, 1)
RULES = list(LAW.register.by_name.values())
VALUES = list(LAW.parameters.by_name.values())


@pytest.mark.parametrize("parameter", VALUES, ids=lambda parameter: parameter.name)
def test_a_value_changes_on_its_day_and_not_the_day_before(parameter: Any) -> None:
    assert parameter.at(parameter.values[0].start - A_DAY) is None
    for before, after in pairwise(parameter.values):
        assert parameter.at(after.start - A_DAY) is before
        assert parameter.at(after.start) is after


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_changes_on_its_day_and_not_the_day_before(rule: Any) -> None:
    first = rule.versions[0]
    if first.start_read:
        with pytest.raises(AbsentError):
            rule.at(first.start - A_DAY)
    else:
        assert rule.at(first.start - A_DAY) is None
    for version, following in zip(rule.versions, [*rule.versions[1:], None], strict=True):
        assert rule.at(version.start) is version
        if version.end is not None:
            assert rule.at(version.end) is version
            assert rule.at(version.end + A_DAY) is following


def test_only_what_a_file_dates_on_a_day_differs_from_the_day_before() -> None:
    named: dict[date, set[str]] = {}
    for rule in RULES:
        for version in rule.versions:
            named.setdefault(version.start, set()).add(rule.name)
            if version.end:
                named.setdefault(version.end + A_DAY, set()).add(rule.name)
    for parameter in VALUES:
        for dated in parameter.values:
            named.setdefault(dated.start, set()).add(parameter.name)
    for day, names in named.items():
        assert {change.name for change in difference(LAW, day - A_DAY, day)} <= names
        assert not difference(LAW, day, day)


@pytest.mark.parametrize("case", all_cases())
def test_a_rule_of_later_changes_no_case_before_its_date(case: dict[str, Any], tmp_path: Path) -> None:
    facts = understand(case["gegeven"])
    assert _outcome(case, facts, tmp_path, _with_other_rules_later) == _outcome(
        case, facts, tmp_path, lambda law: law
    )


def test_a_rule_that_ended_is_told_as_ended_and_not_as_zero() -> None:
    rule = LAW.register["middle_rent"]
    ended = replace(rule, versions=(replace(rule.versions[0], end=date(2026, 12, 31)),))
    law = replace(LAW, register=Register({**LAW.register.by_name, rule.name: ended}))
    change = next(
        one for one in difference(law, date(2026, 12, 31), date(2027, 1, 1)) if one.name == rule.name
    )
    assert (change.kind, change.after) == ("ends", None)
    with pytest.raises(AbsentError, match="not in force"):
        law.on(date(2027, 1, 1)).reason(rule.name, "")


def test_a_difference_read_backwards_says_the_opposite() -> None:
    there = difference(LAW, date(2025, 12, 31), date(2027, 1, 1))
    back = difference(LAW, date(2027, 1, 1), date(2025, 12, 31))
    opposite = {
        "starts": "ends",
        "ends": "starts",
        "changes": "changes",
        "becomes_known": "becomes_unknown",
        "becomes_unknown": "becomes_known",
    }
    assert {(one.name, opposite[one.kind]) for one in there} == {(one.name, one.kind) for one in back}
    assert {one.kind for one in there} == {"starts", "changes", "becomes_known", "becomes_unknown"}


def _with_other_rules_later(law: Law) -> Law:
    """The law, in which everything becomes something else in 2040."""
    other = Dated(LATER, 1, None, "bill", "I")
    values = {name: replace(one, values=(*one.values, other)) for name, one in law.parameters.by_name.items()}
    rules = {}
    for name, rule in law.register.by_name.items():
        last = rule.versions[-1]
        newer = replace(last, start=LATER, start_read=False, article="bill", says=Both("anders", "other"))
        rules[name] = replace(rule, versions=(*rule.versions, newer))
    return replace(law, parameters=Parameters(values), register=Register(rules))


def _outcome(case: dict[str, Any], facts: Any, folder: Path, amend: Any) -> str:
    try:
        return str(ask(case["als"], facts, folder, amend))
    except AbsentError as refusal:
        return str(refusal)
