from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.capacity import CARD_INDICATORS, load_scoring
from ongedeeld.vocabulary.evidence import load_evidence
from tests.measures.capacity.card_cast import SCORING, entry, scoring_file

HOURS = entry("caretaker_hours", "clean_whole_safe", "capacity", "hours")
TURNOVER = entry("turnover", "social", "load", "rates")


def test_the_shipped_table_gives_every_indicator_one_role_a_reason_and_a_record() -> None:
    scoring = load_scoring()
    assert set(scoring.indicators) == set(CARD_INDICATORS)
    records = load_evidence()
    for one in scoring.indicators.values():
        assert one.reason_en
        assert one.reason_nl
        assert one.evidence in records


def test_the_shipped_table_scores_by_position_because_no_threshold_is_known() -> None:
    assert {one.bands.by for one in load_scoring().indicators.values()} == {"position"}


def test_livability_is_an_outcome_and_neither_load_nor_capacity() -> None:
    for one in load_scoring().indicators.values():
        assert (one.theme == "livability") == (one.role in ("outcome", "shown"))


def test_the_shipped_table_counts_all_indicators_of_the_example_of_practice() -> None:
    named = {"turnover", "residence_years", "mediated", "support", "reactions", "arrears", "young_tenants"}
    named |= {"nuisance_cases", "nuisance_households", "view_nuisance", "caretaker_hours"}
    counted = {name for name, one in load_scoring().indicators.items() if one.role != "shown"}
    assert named <= counted


def test_a_table_of_ones_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    scoring = load_scoring(scoring_file(tmp_path, HOURS, TURNOVER))
    assert list(scoring.indicators) == ["caretaker_hours", "turnover"]
    assert scoring.indicators["caretaker_hours"].bands.edges == (1.0, 2.0, 3.0, 4.0)
    assert not scoring.indicators["caretaker_hours"].bands.rising


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("4 = [1.0, 2.0]", "4 = [1.5, 2.0]", "leave a gap between scores 5 and 4: 1.0 to 1.5"),
        ("4 = [1.0, 2.0]", "4 = [0.5, 2.0]", "overlap between scores 5 and 4: 0.5 to 1.0"),
        ("4 = [1.0, 2.0]\n", "", "no good band for score 4"),
        ("4 = [1.0, 2.0]", "4 = [2.0, 1.0]", "no good band for score 4"),
        ("3 = [0.1, 0.2]\n4 = [0.2, 0.3]", "4 = [0.1, 0.2]\n3 = [0.2, 0.3]", "jump between scores"),
        ('by = "value"', 'by = "feeling"', "'feeling' is not a known by"),
        ("factors = [0.5, 1.0, 2.0]", "factors = []", "has no factors"),
        ("[0.5, 1.0, 2.0]", "[2.0]", "shows nothing of other weights, or too many: 2"),
        ("[0.5, 1.0, 2.0]", "[1.0, 1.0]", "shows nothing of other weights"),
        ("[0.5, 1.0, 2.0]", "[1, 2, 3, 4, 5, 6]", "or too many"),
        ("level = 0.95", "level = 0.95\nfoo = 1", "'foo' means nothing in .rules."),
        ("factors =", "colours = 1\nfactors =", "'colours' means nothing in .weightings."),
        ("livability = 1.0", "livability = 1.0\nnuisence = 2.0", "'nuisence' means nothing in .themes."),
        ("1 = [0.0, 0.05]", "1 = [0.0, 0.05]\n6 = [1.0, 2.0]", "'6' means nothing in .bands.rates."),
        ("[rules]", "[topics]\n[rules]", "'topics' means nothing in a table of scoring"),
        ("fewest_homes = 10", 'fewest_homes = "few"', "fewest_homes"),
        ("[themes]", "[topics]", r"the part \[themes\] is not there"),
    ],
)
def test_it_refuses_a_table_that_does_not_hold_together(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in SCORING
    path = scoring_file(tmp_path, HOURS, TURNOVER, head=SCORING.replace(old, new, 1))
    with pytest.raises(InputError, match=words):
        load_scoring(path)


def test_it_refuses_positions_that_leave_the_ends_open(tmp_path: Path) -> None:
    head = SCORING.replace('by = "value"\n1 = [0.0, 0.05]', 'by = "position"\n1 = [0.01, 0.05]')
    with pytest.raises(InputError, match="positions run from 0 to 1"):
        load_scoring(scoring_file(tmp_path, TURNOVER, head=head))


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ((HOURS, HOURS), "caretaker_hours is counted twice"),
        ((entry("gossip", "social", "load", "rates"),), "'gossip' is not a known name"),
        ((entry("turnover", "money", "load", "rates"),), "'money' is not a known theme"),
        ((entry("turnover", "social", "both", "rates"),), "'both' is not a known role"),
        ((entry("turnover", "social", "outcome", "rates"),), "role outcome in theme social"),
        ((entry("livability", "livability", "load", "hours"),), "role load in theme livability"),
        ((entry("turnover", "social", "load", "rates", evidence="hearsay"),), "'hearsay' is not a known"),
        ((entry("turnover", "social", "load", "rates", reason_nl=" "),), "has no reason_nl"),
        ((entry("turnover", "social", "load", "rates", weight=-1.0),), "turnover.weight is not a number"),
        ((entry("arrears", "financial", "load", "hours"),), "bands of arrears lie outside"),
        (
            (
                entry("livability", "livability", "outcome", "rates"),
                entry("livability_nuisance", "livability", "outcome", "rates"),
            ),
            "livability_nuisance is a part of livability, so that it is counted twice",
        ),
    ],
)
def test_it_refuses_an_indicator_that_does_not_fit(
    tmp_path: Path, entries: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InputError, match=words) as raised:
        load_scoring(scoring_file(tmp_path, *entries))
    assert "scoring.toml" in str(raised.value)


def test_it_refuses_a_file_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "scoring.toml"
    path.write_text("turnover is high", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        load_scoring(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_scoring(tmp_path / "absent.toml")
    with pytest.raises(InputError, match="no indicator in this table"):
        load_scoring(scoring_file(tmp_path))


def test_it_refuses_a_key_of_an_indicator_that_is_written_wrong_and_names_what_comes_near(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError, match="'wieght' means nothing in turnover") as raised:
        load_scoring(scoring_file(tmp_path, entry("turnover", "social", "load", "rates", wieght="5")))
    assert "weight" in str(raised.value).split("Expected")[1]
