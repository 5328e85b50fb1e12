"""A total that nobody told of: what protects nothing is refused, by name and by number."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Ledger, attack, protect
from ongedeeld.measures.disclosure.structure import Nested

from .tables import cell, over_areas, table

UNTOLD = "looks like the total of part, and nothing tells how that adds up"


def parts(total: str, counts: tuple[int, ...] = (3, 14, 41, 58)) -> pl.DataFrame:
    return pl.DataFrame({"part": ["Noord", "Oost", "Zuid", total], "count": counts})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "published.json")


@pytest.mark.parametrize("total", ["all", "Totaal", "Totaal gemeente", "total_2025", "TOTAL", "iedereen"])
def test_it_refuses_what_is_called_a_total_and_not_told_of(total: str) -> None:
    # With Noord alone hidden, 58 - 14 - 41 = 3.
    with pytest.raises(InputError, match=f"{total} {UNTOLD}"):
        protect(parts(total), round_to=1)
    # Also where the numbers do not add up, as parts of it are left out.
    with pytest.raises(InputError, match=f"{total} {UNTOLD}"):
        protect(parts(total, (3, 14, 41, 99)), round_to=1)
    told = protect(parts(total), round_to=1, nested={"part": total})
    assert cell(attack([told.publication]), part="Noord") == (0, 17)


def test_it_refuses_a_count_that_is_the_sum_of_the_others() -> None:
    with pytest.raises(InputError, match=f"Stad {UNTOLD}"):
        protect(parts("Stad"), round_to=1)
    rounded = parts("Stad", (5, 15, 40, 55))
    with pytest.raises(InputError, match=f"Stad {UNTOLD}"):
        protect(rounded, round_to=1, rounded_to=5)
    assert protect(parts("Stad", (3, 14, 41, 60)), round_to=1).report.hidden == 1


def test_it_is_refused_in_either_column_of_a_table() -> None:
    truth = over_areas(
        {"Merel": [4, 30], "Spreeuw": [25, 40], "Tulp": [60, 35], "Roos": [45, 52]}, ["a", "b"]
    )
    districts = truth.filter(pl.col("area").is_in(["Vogelwijk", "Bloemwijk", "stad"]))
    named = districts.with_columns(reason=pl.col("reason").replace("all", "c"))
    with pytest.raises(InputError, match="stad looks like the total of area"):
        protect(named, round_to=1, nested={"reason": "c"})
    with pytest.raises(InputError, match="c looks like the total of reason"):
        protect(named, round_to=1, nested={"area": "stad"})
    # In one district alone the sum is an accident; in both it is none.
    accident = table({"Vogelwijk": [12, 20, 32], "Bloemwijk": [30, 40, 50]}, ["a", "b", "c"])
    assert protect(accident, round_to=1).report.hidden == 0


def test_what_only_looks_like_a_total_can_be_told_to_be_none() -> None:
    alone = pl.DataFrame(
        {"code": ["Noord", "Oost", "Zuid", "Totaal"], "parent": [None] * 4},
        schema_overrides={"parent": pl.String},
    )
    counts = parts("Totaal", (12, 14, 41, 67))
    assert protect(counts, round_to=1, nested={"part": alone}).report.hidden == 0
    # The code of a total that the table does not have tells nothing of one that it has.
    with pytest.raises(InputError, match=f"Totaal {UNTOLD}"):
        protect(counts, round_to=1, nested={"part": "all"})


def test_a_total_told_by_a_relation_is_told() -> None:
    adds_up = pl.DataFrame(
        {"relation": ["sum"] * 4, "part": ["Noord", "Oost", "Zuid", "all"], "coefficient": [1, 1, 1, -1]}
    )
    result = protect(parts("all"), round_to=1, relations=adds_up)
    assert cell(attack([result.publication]), part="Noord") == (0, 17)


def test_a_total_under_another_name_is_refused_beside_an_earlier_table(ledger: Ledger) -> None:
    shelf = protect(parts("all"), round_to=1, nested={"part": "all"}, ledger=ledger).publish("first")
    for counts in (parts("totaal"), parts("totaal").tail(1)):
        with pytest.raises(InputError, match=f"totaal {UNTOLD}"):
            protect(counts, round_to=1, ledger=shelf)
    # The same name as before is told of there.
    assert protect(parts("all"), round_to=1, ledger=shelf).table["count"].to_list() == [None, None, 41, 58]


def test_parts_are_refused_beside_a_total_that_went_out_alone(ledger: Ledger) -> None:
    shelf = protect(parts("all").tail(1), round_to=1, ledger=ledger).publish("the total alone")
    with pytest.raises(InputError, match=f"all {UNTOLD}"):
        protect(parts("all").head(3), round_to=1, ledger=shelf)
    nested: Nested = {
        "part": pl.DataFrame({"code": ["Noord", "Oost", "Zuid", "all"], "parent": ["all"] * 3 + [None]})
    }
    result = protect(parts("all").head(3), round_to=1, nested=nested, ledger=shelf)
    assert cell(attack([*shelf, result.publication]), part="Noord") == (0, 17)
