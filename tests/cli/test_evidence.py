"""The command that lists and explains evidence, in both languages, with own records over those shipped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ongedeeld import load_evidence
from ongedeeld.vocabulary.evidence_records import GRADES

Run = Callable[..., tuple[int, str]]
OVERRULING = """
[caretakers]
label = "huismeesters"
claim = "Bij ons daalde de overlast."
direction = "better"
overrules = "wij vergeleken met flats zonder [huismeester]"
found_where = "18 flats met en 18 zonder"
grade = "some"
not_for = "Andere corporaties."

[[caretakers.sources]]
title = "Eigen vergelijking"
year = 2025
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OVERRULING, encoding="utf-8")
    return path


def test_it_lists_every_record_with_its_grade(run: Run) -> None:
    code, said = run("evidence")
    assert code == 0
    for record in load_evidence().values():
        line = next(line for line in said.splitlines() if line.split()[:1] == [record.name])
        assert GRADES[record.grade].label.nl in line
        assert record.label.nl in line


@pytest.mark.parametrize("grade", GRADES)
def test_it_lists_the_records_of_one_grade(run: Run, grade: str) -> None:
    said = json.loads(run("evidence", "--grade", grade, "--json")[1])
    assert [record["name"] for record in said] == [
        name for name, record in load_evidence().items() if record.grade == grade
    ]


def test_it_explains_a_record_in_both_languages(run: Run) -> None:
    record = load_evidence()["early_debt_signals"]
    for words, texts in (
        (("--lang", "nl"), (record.claim.nl, record.not_for.nl, "17 % (signalen die tot contact leidden)")),
        (("--lang", "en"), (record.claim.en, record.not_for.en, "17 % (signals that led to contact)")),
    ):
        code, said = run("evidence", "early_debt_signals", *words)
        assert code == 0
        for text in (*texts, record.sources[0].url):
            assert text in said


def test_it_says_that_no_figure_was_found_instead_of_a_zero(run: Run) -> None:
    said = run("evidence", "ceilings", "--lang", "en")[1]
    assert re.search(r"Figure: none was found", said)


def test_it_shows_the_record_that_is_overruled_beneath_the_one_that_overrules(run: Run, own: Path) -> None:
    said = run("evidence", "caretakers", "--own", own, "--lang", "en")[1]
    assert "own.toml, overrules" in said
    assert "wij vergeleken met flats zonder [huismeester]" in said
    first, second = said.split("The record that is overruled:")
    assert "Bij ons daalde de overlast." in first
    assert load_evidence()["caretakers"].claim.en in second


def test_json_holds_the_own_record_and_the_overruled_one(run: Run, own: Path) -> None:
    told = json.loads(run("evidence", "caretakers", "--own", own, "--json")[1])
    assert told["grade"] == "some"
    assert told["effect"] is None
    assert told["origin"] == str(own)
    assert told["overruled"]["effect"] == {
        "low": 0.5,
        "high": 0.5,
        "unit": "share",
        "of": "complexen waarin de overlast binnen een jaar afnam",
    }
    assert told["overruled"]["origin"] is None


def test_it_refuses_a_name_that_is_not_there_and_suggests_one(run: Run) -> None:
    code, said = run("evidence", "caretaker")
    assert code == 2
    assert "caretakers" in said


def test_it_refuses_a_name_with_a_grade(run: Run) -> None:
    assert run("evidence", "caretakers", "--grade", "weak")[0] == 2


def test_it_refuses_an_own_file_that_overrules_by_accident(run: Run, own: Path) -> None:
    own.write_text(OVERRULING.replace("overrules =", "reason ="), encoding="utf-8")
    code, said = run("evidence", "--own", own)
    assert code == 2
    assert "own.toml" in said
    assert "caretakers" in said
