"""The cases on policies that a policy officer can read and sign, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ongedeeld import AbsentError
from ongedeeld.allocation.lawful import lawful
from tests.allocation.policy_sentences import USES, used
from tests.allocation.steered_city import policy_of, steered_city
from tests.rules.sentences import understand

FILE = Path(__file__).parent / "cases" / "beleid.yaml"
HELD = yaml.safe_load(FILE.read_text(encoding="utf-8"))
# What no article sets: the reason then names the policy.
CONDITION = "voorwaarde uit de catalogus"


def _cases() -> Iterator[Any]:
    for number, case in enumerate(HELD["gevallen"], start=1):
        yield pytest.param(case, id=f"{FILE.stem}-{number}")


@pytest.mark.parametrize("case", list(_cases()))
def test_a_policy_comes_out_as_it_is_written(case: dict[str, Any], tmp_path: Path) -> None:
    city, facts = steered_city(), understand(case["gegeven"])
    policy = policy_of(tmp_path, 'name = "case"\n' + "".join(map(used, case["beleid"])), city)
    # Reading wrote a file of its own, so the local policy of the case comes after it.
    law = facts.law(tmp_path)
    if case["dan"] == "onbekend":
        with pytest.raises(AbsentError) as refusal:
            lawful(policy, law, city, facts.day)
        assert case["ontbreekt"] in str(refusal.value)
        return
    decision = lawful(policy, law, city, facts.day)
    assert ("ja" if decision else "nee") == case["dan"], decision.say()
    article = "" if case["artikel"] == CONDITION else case["artikel"]
    assert article in {reason.article for reason in decision.reasons}, decision.say()


def test_the_file_says_where_it_stands_and_who_signed_it() -> None:
    assert set(HELD) == {"onderwerp", "bron", "getekend", "gevallen"}
    for case in HELD["gevallen"]:
        outcome = "ontbreekt" if case["dan"] == "onbekend" else "artikel"
        assert set(case) - {"uitleg"} == {"gegeven", "beleid", "dan", outcome}


def test_every_sentence_is_used_by_a_case() -> None:
    sentences = [sentence for case in HELD["gevallen"] for sentence in case["beleid"]]
    assert not [one.pattern for one, _ in USES if not any(map(one.fullmatch, sentences))]
