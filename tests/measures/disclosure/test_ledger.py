"""What was published before is remembered, and held against what is published next."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError, OngedeeldError
from ongedeeld.measures.disclosure import Ledger, attack, protect
from ongedeeld.measures.disclosure.structure import Nested

from .tables import AREAS, broken, cell, new_ledger, over_areas, table

NESTED: Nested = {"area": AREAS, "reason": "all"}
CITY = over_areas(
    {"Merel": [4, 30], "Spreeuw": [25, 40], "Tulp": [60, 35], "Roos": [45, 52]}, ["rent", "other"]
)
COLUMNS = pl.DataFrame({"code": ["rent", "other", "all"], "parent": ["all", "all", None]})
FLOWS = pl.DataFrame(
    {
        "relation": ["stock"] * 4,
        "flow": ["present", "in", "out", "present"],
        "date": ["2024", "2025", "2025", "2025"],
        "coefficient": [1, 1, -1, -1],
    }
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "published.json")


def test_it_gives_back_what_was_published(ledger: Ledger) -> None:
    first = protect(CITY, nested=NESTED, relations=None, ledger=ledger)
    longer = first.publish("Reasons for leaving")
    again = Ledger.open(ledger.path)
    assert len(again) == 1
    (publication,) = again
    assert publication.title == "Reasons for leaving"
    assert publication.table.equals(first.publication.table)
    assert publication.structure == first.publication.structure
    assert again.checksum == longer.checksum
    assert attack(again).equals(attack([first.publication]))


def test_relations_come_back_too(ledger: Ledger) -> None:
    stock = pl.DataFrame({"flow": ["present"], "date": ["2024"], "count": [30]})
    first = protect(stock, relations=FLOWS, ledger=ledger)
    first.publish("Present")
    (publication,) = Ledger.open(ledger.path)
    assert publication.relations == first.publication.relations


def test_hidden_counts_are_not_in_the_file(ledger: Ledger) -> None:
    secret = pl.DataFrame({"area": ["A", "B"], "count": [7, 1234567]})
    protect(secret, min_count=2_000_000, ledger=ledger).publish("secret")
    assert "1234567" not in ledger.path.read_text()


def test_the_same_table_again_hides_the_same(ledger: Ledger) -> None:
    first = protect(CITY, round_to=1, nested=NESTED, ledger=ledger)
    second = protect(CITY, round_to=1, nested=NESTED, ledger=first.publish("first"))
    assert second.table.equals(first.table)
    assert second.report.eased == 0


def test_a_filter_published_before_does_not_give_the_rest_away(ledger: Ledger) -> None:
    only_other = CITY.filter(pl.col("reason") != "rent")
    nested: Nested = {"area": AREAS, "reason": COLUMNS}
    first = protect(only_other, round_to=1, nested=nested, ledger=ledger)
    second = protect(CITY, round_to=1, nested=nested, ledger=(shelf := first.publish("without rent")))
    assert broken(CITY, second, shelf) == []


def test_an_export_of_some_rows_does_not_open_an_earlier_table(ledger: Ledger) -> None:
    nested: Nested = {"area": AREAS, "reason": COLUMNS}
    shelf = protect(CITY, round_to=1, nested=nested, ledger=ledger).publish("all")
    for area in ("Spreeuw", "Vogelwijk", "Merel"):
        export = protect(CITY.filter(area=area), round_to=1, nested=nested, ledger=shelf)
        assert broken(CITY, export, shelf) == []
        shelf = export.publish(f"export of {area}")


def test_a_coarser_table_published_before_counts(ledger: Ledger) -> None:
    districts = CITY.filter(pl.col("area").is_in(["Vogelwijk", "Bloemwijk", "stad"]))
    nested: Nested = {"area": AREAS, "reason": COLUMNS}
    shelf = protect(districts, round_to=1, nested=nested, ledger=ledger).publish("districts")
    below = CITY.filter(~pl.col("area").is_in(["Vogelwijk", "Bloemwijk", "stad"]))
    result = protect(below, round_to=1, nested=nested, ledger=shelf)
    assert result.report.secondary > 0
    assert broken(CITY, result, shelf) == []


def test_flows_published_before_do_not_give_a_date_away(ledger: Ledger) -> None:
    # Present 14 in 2024, then 12 in and 19 out: 7 present in 2025.
    stock = pl.DataFrame({"flow": ["present"] * 2, "date": ["2024", "2025"], "count": [14, 7]})
    flows = pl.DataFrame({"flow": ["in", "out"], "date": ["2025"] * 2, "count": [12, 19]})
    shelf = protect(flows, round_to=1, ledger=ledger).publish("flows")
    result = protect(stock, round_to=1, relations=FLOWS, ledger=shelf)
    assert result.table["count"].to_list() == [None, None]
    assert cell(attack([*shelf, result.publication]), flow="present", date="2025") == (0, None)


def test_what_is_known_already_is_counted_and_not_made_worse(ledger: Ledger) -> None:
    shown = pl.DataFrame({"area": ["A", "B"], "count": [7, 40]})
    shelf = protect(shown, min_count=5, round_to=1, ledger=ledger).publish("with a lower limit")
    result = protect(shown, min_count=10, round_to=1, ledger=shelf)
    assert result.table["count"].to_list() == [None, 40]
    assert result.report.eased == 1
    assert "does not hold for 1 counts" in result.report.say()


def test_it_refuses_another_count_for_the_same_cell(ledger: Ledger) -> None:
    shelf = protect(pl.DataFrame({"area": ["A"], "count": [40]}), ledger=ledger).publish("first")
    with pytest.raises(InputError, match="the count of A contradicts what was published"):
        protect(pl.DataFrame({"area": ["A"], "count": [50]}), ledger=shelf)


def test_it_refuses_an_area_with_other_parts_than_before(ledger: Ledger) -> None:
    counts = pl.DataFrame({"area": ["Tulp"], "count": [40]})
    shelf = protect(counts, nested={"area": AREAS}, ledger=ledger).publish("first")
    moved = AREAS.with_columns(
        parent=pl.when(pl.col("code") == "Merel").then(pl.lit("Bloemwijk")).otherwise(pl.col("parent"))
    )
    with pytest.raises(InputError, match="wijk has other parts now"):
        protect(counts, nested={"area": moved}, ledger=shelf)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    inner=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 60)), min_size=4, max_size=4),
    parts=st.lists(st.sets(st.integers(0, 20), min_size=2), min_size=2, max_size=3),
    round_to=st.sampled_from([1, 5]),
)
# Earlier tables tell too much of the other reasons in the whole town, so that hiding them is in vain.
@example(
    inner=[(0, 0), (0, 0), (0, 21), (12, 0)], parts=[{0, 18, 20}, {0, 1, 2, 3, 4, 5, 6, 7, 19}], round_to=5
)
# They tell as much of those in Bloemwijk, but hiding them is the only way to keep the rents there vague.
@example(inner=[(0, 0), (0, 13), (0, 0), (0, 18)], parts=[{0, 1, 13, 17, 19}, {0, 1, 2, 16}], round_to=5)
def test_no_bound_is_narrower_than_promised_over_several_tables(
    tmp_path: Path, inner: list[tuple[int, int]], parts: list[set[int]], round_to: int
) -> None:
    truth = over_areas(dict(zip(["Merel", "Spreeuw", "Tulp", "Roos"], inner, strict=True)), ["rent", "other"])
    shelf = new_ledger(tmp_path)
    for rows in parts:
        result = protect(
            truth[sorted(rows)], round_to=round_to, nested={"area": AREAS, "reason": COLUMNS}, ledger=shelf
        )
        # Only a large count may be known too well from earlier tables, and hidden all the same for others.
        assert "small" not in result.reasons.filter("eased")["hidden_because"]
        assert broken(truth, result, shelf) == []
        shelf = result.publish("part")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    present=st.lists(st.integers(0, 30), min_size=3, max_size=3),
    arriving=st.lists(st.integers(0, 20), min_size=3, max_size=3),
    order=st.booleans(),
)
def test_no_bound_is_narrower_over_two_dates(
    tmp_path: Path, present: list[int], arriving: list[int], order: bool
) -> None:
    areas = ["A", "B", "C"]
    leaving = [number // 2 for number in present]
    later = [a + b - c for a, b, c in zip(present, arriving, leaving, strict=True)]

    def part(flow: str, date: str, counts: list[int]) -> pl.DataFrame:
        return table(
            {area: [count] for area, count in zip([*areas, "all"], [*counts, sum(counts)], strict=True)},
            [flow],
            ("area", "flow"),
        ).with_columns(date=pl.lit(date))

    stock = pl.concat([part("present", "2024", present), part("present", "2025", later)])
    flows = pl.concat([part("in", "2025", arriving), part("out", "2025", leaving)])
    known = pl.concat(
        [FLOWS.with_columns(area=pl.lit(area), relation=pl.lit(f"stock {area}")) for area in [*areas, "all"]]
    )
    shelf = new_ledger(tmp_path)
    truth = pl.concat([stock, flows])
    for frame in (stock, flows) if order else (flows, stock):
        result = protect(frame, round_to=1, nested={"area": "all"}, relations=known, ledger=shelf)
        assert broken(truth, result, shelf) == []
        shelf = result.publish("part")


def test_it_refuses_a_file_that_was_changed(ledger: Ledger) -> None:
    protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    text = ledger.path.read_text()
    ledger.path.write_text(text.replace("first", "other"))
    with pytest.raises(InputError, match="the ledger is damaged"):
        Ledger.open(ledger.path)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"ledger": 1, "entries": [{}]}', '{"ledger": 1, "entries": [3]}']
)
def test_it_refuses_a_file_that_is_no_ledger(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.json").write_text(text)
    with pytest.raises(InputError, match="the ledger is damaged"):
        Ledger.open(tmp_path / "broken.json")


def test_it_refuses_a_file_that_is_cut_short(ledger: Ledger) -> None:
    protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    ledger.path.write_text(ledger.path.read_text()[:-40])
    with pytest.raises(InputError, match="the ledger is damaged"):
        Ledger.open(ledger.path)


def test_it_refuses_a_ledger_that_was_taken_away(ledger: Ledger) -> None:
    protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    ledger.path.unlink()
    with pytest.raises(InputError, match="the ledger is gone, and tables were published with it"):
        Ledger.open(ledger.path)


def test_it_refuses_a_ledger_put_back_from_an_older_copy(ledger: Ledger) -> None:
    shelf = protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    older = ledger.path.read_bytes()
    protect(CITY, nested=NESTED, ledger=shelf).publish("second")
    ledger.path.write_bytes(older)
    with pytest.raises(InputError, match="an older copy: it lacks tables that were published"):
        Ledger.open(ledger.path)


def test_it_refuses_an_older_copy_of_which_the_mark_is_gone(ledger: Ledger) -> None:
    shelf = protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    older = ledger.path.read_bytes()
    protect(CITY, round_to=1, nested=NESTED, ledger=shelf).publish("second")
    ledger.path.write_bytes(older)
    mark = ledger.path.with_name(".published.json.last")
    mark.unlink()
    with pytest.raises(InputError, match="the mark of the last table that was published is gone") as refused:
        Ledger.open(ledger.path)
    assert ".published.json.last" in str(refused.value)
    # Whoever answers for it that nothing went out since can say so.
    mark.write_text(f"{shelf.checksum}\n")
    assert len(Ledger.open(ledger.path)) == 1


def test_it_refuses_an_older_mark_as_no_mark(ledger: Ledger) -> None:
    mark = ledger.path.with_name(".published.json.last")
    shelf = protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    first = mark.read_bytes()
    for base in (1, 2):
        shelf = protect(CITY, round_to=base, nested=NESTED, ledger=shelf).publish(f"rounded to {base}")
    for older in (first, b""):
        mark.write_bytes(older)
        with pytest.raises(
            InputError, match="the mark of the last table that was published is gone or older"
        ):
            Ledger.open(ledger.path)


def test_two_crashes_between_the_ledger_and_its_mark_do_no_harm(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_file = Path.replace

    def crash_after_the_ledger(draft: Path, target: Path) -> Path:
        if target.name.endswith(".last") and ledger.path.exists() and ledger.path.stat().st_size > size:
            raise KeyboardInterrupt
        return replace_file(draft, target)

    for base in (5, 1, 2):
        shelf = Ledger.open(ledger.path)
        size = ledger.path.stat().st_size if ledger.path.exists() else 0
        result = protect(CITY, round_to=base, nested=NESTED, ledger=shelf)
        with monkeypatch.context() as crash:
            crash.setattr(Path, "replace", crash_after_the_ledger)
            with pytest.raises(KeyboardInterrupt):
                result.publish("crashed")
        assert len(Ledger.open(ledger.path)) == len(shelf) + 1


def test_a_crash_between_the_ledger_and_its_mark_does_no_harm(ledger: Ledger) -> None:
    shelf = protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    mark = ledger.path.with_name(".published.json.last")
    older = mark.read_bytes()
    protect(CITY, nested=NESTED, ledger=shelf).publish("second")
    mark.write_bytes(older)
    assert len(Ledger.open(ledger.path)) == 2


def test_it_refuses_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the ledger could not be read: Is a directory"):
        Ledger.open(tmp_path)


def test_it_refuses_a_file_of_a_newer_version(tmp_path: Path) -> None:
    (tmp_path / "newer.json").write_text(json.dumps({"ledger": 2, "entries": []}))
    with pytest.raises(InputError, match="version 2; this program knows versions up to 1"):
        Ledger.open(tmp_path / "newer.json")


def test_a_table_that_was_not_held_against_the_latest_cannot_be_published(ledger: Ledger) -> None:
    mine = protect(CITY, nested=NESTED, ledger=ledger)
    theirs = protect(CITY, nested=NESTED, ledger=ledger)
    theirs.publish("theirs")
    with pytest.raises(OngedeeldError, match="another table was published since"):
        mine.publish("mine")
    assert len(Ledger.open(ledger.path)) == 1


def test_a_table_without_a_ledger_cannot_be_published() -> None:
    with pytest.raises(InputError, match="without a ledger"):
        protect(CITY, nested=NESTED).publish("nowhere")


def test_a_failed_write_leaves_the_ledger_as_it_was(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = protect(CITY, nested=NESTED, ledger=ledger).publish("first")
    before = ledger.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OngedeeldError, match="No space left on device"):
        protect(CITY, nested=NESTED, ledger=shelf).publish("second")
    assert ledger.path.read_bytes() == before
    assert sorted(file.name for file in ledger.path.parent.iterdir()) == [
        ".published.json.last",
        ".published.json.lock",
        "published.json",
    ]


WRITER = """
import sys
import polars as pl
from ongedeeld.measures.disclosure import Ledger, protect
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    table = pl.DataFrame({"n": [str(len(ledger))], "count": [40]})
    ledger = protect(table, ledger=ledger).publish("one more")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process by signal")
def test_a_writer_that_is_killed_leaves_a_whole_ledger(tmp_path: Path, repeats: int) -> None:
    file = tmp_path / "published.json"
    before = 0
    for turn in range(repeats):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05 + 0.013 * turn)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        after = len(Ledger.open(file))
        assert after >= before
        before = after
