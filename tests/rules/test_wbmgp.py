"""Designations of the Wbmgp: terms in a row for the same place, and the chance elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ongedeeld import InputError
from ongedeeld.rules import LawOfDay, load_law
from ongedeeld.rules.records import Designation
from ongedeeld.rules.wbmgp import keeps_chance_elsewhere, renewals_of, valid

DAY = date(2028, 1, 1)


def _terms(folder: Path, *terms: str) -> LawOfDay:
    lines = ['holder = "Voorbeeldstad"']
    for number, term in enumerate(terms):
        year = 2028 - 4 * (len(terms) - number) + 2
        lines.append(
            f"[[designations]]\nname = 'term {number}'\nhardship_clause = true\nchance_elsewhere = 'x'\n"
            f"{term}\nfrom = {year}-07-01\nuntil = {year + 4}-06-30\nsource = 'x'"
        )
    file = folder / "policy.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_law(file).on(DAY)


def _last(law: LawOfDay) -> Designation:
    return law.records(Designation)[-1]


HERE = "articles = [9]\nareas = ['BU99990101']"


def test_terms_in_a_row_count_as_renewals_whatever_the_record_says(tmp_path: Path) -> None:
    law = _terms(tmp_path, *[HERE + "\nevaluation = 'x'"] * 5)
    assert renewals_of(_last(law), law) == 4
    assert valid(_last(law), law)
    law = _terms(tmp_path, *[HERE + "\nevaluation = 'x'"] * 6)
    decision = valid(_last(law), law)
    assert not decision
    assert "renewed more than 4 times" in decision.say()
    assert "which makes it renewal 5" in decision.say()


def test_a_renewal_counts_on_from_what_the_earlier_record_says(tmp_path: Path) -> None:
    law = _terms(tmp_path, HERE + "\nrenewal = 3\nevaluation = 'x'", HERE + "\nevaluation = 'x'")
    assert renewals_of(_last(law), law) == 4


@pytest.mark.parametrize(
    ("later", "count"),
    [
        ("articles = [8, 9]\nareas = ['WK999901']", 1),
        ("articles = [9]\nareas = ['BU99990102', 'BU99990101']", 1),
        ("articles = [9]\nareas = ['BU99990102']", 0),
        ("articles = [10]\nareas = ['BU99990101']", 0),
        ("articles = [9]\ncomplexes = ['C1']", 0),
    ],
)
def test_a_term_renews_one_for_the_same_place_and_article(tmp_path: Path, later: str, count: int) -> None:
    law = _terms(tmp_path, HERE, later)
    assert renewals_of(_last(law), law) == count


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_a_chance_is_a_share(chance: float) -> None:
    with pytest.raises(InputError, match="a share from 0 to 1"):
        keeps_chance_elsewhere(chance, load_law().on(DAY))
