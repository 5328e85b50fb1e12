"""Results on disk: each future whole or not at all, and only futures that belong together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.simulation.futures import results
from ongedeeld.simulation.futures.asked import Asked
from ongedeeld.simulation.futures.parcel import as_parquet
from ongedeeld.simulation.futures.results import Results, open_results, writing
from ongedeeld.sources.model_city import model_city

ASKED = Asked(
    city_name="Vogelstad",
    city_checksum="c" * 64,
    city="",
    invented=True,
    drawn=False,
    policy="spread",
    policy_text='name = "spread"',
    local_policy=("holder = 1",),
    stock_plan="",
    what_if=False,
    ceilings_follow_capacity=False,
    carried_from=date(2027, 1, 1),
    start=date(2026, 9, 1),
    years=10,
    runs=4,
    seed=1,
    assumptions={"void.months": {"value": 2.0}, "notice.months": {"value": 24.0}},
)


def tables(number: int) -> dict[str, bytes]:
    """Tables of a future in which its number tells what is in them."""
    lettings = pl.DataFrame({"future": [number] * number, "month": range(number)})
    return {"lettings": as_parquet(lettings), "mix": as_parquet(lettings.head(1))}


def began(folder: Path, *numbers: int, asked: Asked = ASKED) -> Results:
    """Results with these futures."""
    with writing(folder, asked) as made:
        for number in numbers:
            made.keep(number, tables(number))
    return made


def test_futures_are_kept_and_read_together_with_the_number_of_each(tmp_path: Path) -> None:
    began(tmp_path / "R", 3, 1)
    made = open_results(tmp_path / "R")
    assert made.manifest == ASKED
    assert made.name == "spread"
    assert made.futures == (1, 3)
    assert made.tables == ("lettings", "mix")
    assert made.table("lettings").collect()["future"].to_list() == [1, 3, 3, 3]


def test_a_table_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    made = began(tmp_path / "R", 1)
    with pytest.raises(AbsentError, match="one of: lettings, mix"):
        made.table("letting")


def test_more_futures_are_added_to_those_that_are_there(tmp_path: Path) -> None:
    began(tmp_path / "R", 1, 2)
    made = began(tmp_path / "R", 3, asked=replace(ASKED, runs=9))
    assert made.futures == (1, 2, 3)
    assert open_results(tmp_path / "R").manifest.runs == 9
    began(tmp_path / "R")
    assert open_results(tmp_path / "R").manifest.runs == 9


def test_a_future_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    with writing(tmp_path / "R", ASKED) as made:
        made.keep(1, tables(2))
    assert made.table("lettings").collect()["future"].to_list() == [1]


def test_a_future_that_cannot_be_written_whole_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = results._write

    def full(file: Path, content: bytes) -> None:
        if file.name == "mix.parquet":
            raise OSError(28, "No space left on device")
        write(file, content)

    with writing(tmp_path / "R", ASKED) as made:
        made.keep(1, tables(1))
        monkeypatch.setattr(results, "_write", full)
        with pytest.raises(InputError, match="No space left on device") as error:
            made.keep(2, tables(2))
    assert "what is finished stays" in str(error.value)
    assert [file.name for file in (tmp_path / "R" / "futures").iterdir()] == ["000001"]


def test_what_a_killed_program_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    half = tmp_path / "R" / "futures" / ".000002-abc"
    half.mkdir()
    assert open_results(tmp_path / "R").futures == (1,)
    began(tmp_path / "R", 3)
    assert not half.exists()


def test_where_nothing_was_finished_nothing_is_left(tmp_path: Path) -> None:
    assert began(tmp_path / "R").futures == ()
    assert list(tmp_path.iterdir()) == []


def test_a_simulation_that_was_killed_while_it_began_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "R").mkdir()
    (tmp_path / "R" / results.DRAFT).write_text('{"form": 1, "ci')
    assert began(tmp_path / "R", 1).futures == (1,)
    assert sorted(entry.name for entry in (tmp_path / "R").iterdir()) == ["futures", "manifest.json"]


def test_an_empty_folder_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "R").mkdir()
    assert began(tmp_path / "R").futures == ()
    assert [*tmp_path.rglob("*")] == [tmp_path / "R"]


def test_another_simulation_may_begin_where_none_was_finished(tmp_path: Path) -> None:
    with writing(tmp_path / "R", ASKED):
        shutil.copytree(tmp_path / "R", tmp_path / "killed")
    began(tmp_path / "killed", 1, asked=replace(ASKED, seed=2))
    assert open_results(tmp_path / "killed").manifest.seed == 2


def test_files_of_somebody_else_among_the_results_stay(tmp_path: Path) -> None:
    with writing(tmp_path / "R", ASKED):
        theirs = [
            tmp_path / "R" / "notes.txt",
            tmp_path / "R" / "futures" / ".DS_Store",
            tmp_path / "R" / "futures" / ".git" / "config",
            tmp_path / "R" / "futures" / "plan of 2030.txt",
        ]
        for file in theirs:
            file.parent.mkdir(exist_ok=True)
            file.write_text("mine")
    made = began(tmp_path / "R", 1)
    assert made.futures == open_results(tmp_path / "R").futures == (1,)
    assert {file.read_text() for file in theirs} == {"mine"}


def take_a_table(future: Path) -> None:
    (future / "mix.parquet").unlink()


def take_all_tables(future: Path) -> None:
    for file in future.iterdir():
        file.unlink()


def empty_a_table(future: Path) -> None:
    (future / "mix.parquet").write_bytes(b"")


def cut_a_table_off(future: Path) -> None:
    file = future / "mix.parquet"
    file.write_bytes(file.read_bytes()[:-9])


def a_file_in_its_place(future: Path) -> None:
    shutil.rmtree(future)
    future.touch()


@pytest.mark.parametrize(
    "damage", [take_a_table, take_all_tables, empty_a_table, cut_a_table_off, a_file_in_its_place]
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_damaged_future_is_refused_by_name(
    tmp_path: Path, damage: Callable[[Path], None], number: int
) -> None:
    began(tmp_path / "R", 1, 2, 3)
    damage(tmp_path / "R" / "futures" / f"{number:06}")
    for use in (open_results, began):
        with pytest.raises(InputError, match=f"00000{number}") as error:
            use(tmp_path / "R")
        assert "is made anew" in str(error.value)
    assert (tmp_path / "R" / "futures" / "000002").is_dir()


def test_a_future_that_was_damaged_is_made_anew_when_it_is_gone(tmp_path: Path) -> None:
    began(tmp_path / "R", 1, 2)
    shutil.rmtree(tmp_path / "R" / "futures" / "000001")
    assert began(tmp_path / "R", 1).futures == (1, 2)


def test_comments_and_spaces_in_the_policy_may_change(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    same = replace(ASKED, policy_text='# agreed in May\nname="spread"', local_policy=("holder = 1  # ours",))
    assert began(tmp_path / "R", 2, asked=same).futures == (1, 2)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"seed": 2}, "seed (there 1, now 2)"),
        ({"years": 5}, "years (there 10, now 5)"),
        ({"start": date(2027, 1, 1)}, "start (there 2026-09-01, now 2027-01-01)"),
        ({"policy_text": 'name = "other"'}, "not the same: policy"),
        ({"local_policy": ()}, "not the same: local policy"),
        ({"stock_plan": "s"}, "not the same: plan of the stock"),
        ({"city_checksum": "d" * 64}, "not the same: City"),
        ({"what_if": True}, "not the same: what if"),
        ({"ceilings_follow_capacity": True}, "not the same: ceilings that follow capacity"),
        ({"program": "9"}, "version of the program"),
        (
            {"assumptions": {"void.months": {"value": 3.0}, "notice.months": {"value": 24.0}}},
            "not the same: assumptions (void.months)",
        ),
        ({"seed": 2, "policy_text": "", "years": 5}, "policy, years (there 10, now 5), seed"),
    ],
)
def test_futures_of_another_simulation_are_refused_with_what_differs(
    tmp_path: Path, other: dict[str, Any], told: str
) -> None:
    began(tmp_path / "R", 1)
    with pytest.raises(InputError) as error:
        began(tmp_path / "R", 2, asked=replace(ASKED, **other))
    assert told in str(error.value)
    assert open_results(tmp_path / "R").futures == (1,)


def test_where_the_city_is_and_what_it_is_called_may_change(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    made = began(tmp_path / "R", 2, asked=replace(ASKED, city="/elsewhere", city_name="Vogelstad 2"))
    assert made.futures == (1, 2)


def test_two_programs_do_not_write_the_same_results(tmp_path: Path) -> None:
    with writing(tmp_path / "R", ASKED), pytest.raises(InputError, match="another program is writing"):
        began(tmp_path / "R", 1)


def a_file(folder: Path) -> None:
    folder.write_text("x")


def strange_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").touch()


def without_manifest(folder: Path) -> None:
    (folder / "futures" / "000001").mkdir(parents=True)


def contracts(folder: Path) -> None:
    (folder / "futures" / ".hidden").mkdir(parents=True)
    (folder / "futures" / "2027.xlsx").touch()


def of_another_program(folder: Path) -> None:
    contracts(folder)
    (folder / "manifest.json").write_text('{"name": "app", "version": 3}')


def a_city(folder: Path) -> None:
    model_city(scale=0.05).save(folder)


def a_damaged_manifest(folder: Path) -> None:
    contracts(folder)
    (folder / "manifest.json").write_text('{"form": 1, "city_che')


@pytest.mark.parametrize(
    ("lay", "told"),
    [
        (a_file, "something else than results"),
        (strange_files, "something else than results"),
        (without_manifest, "something else than results"),
        (contracts, "something else than results"),
        (of_another_program, "something else than results"),
        (a_city, "something else than results"),
        (a_damaged_manifest, "this manifest cannot be read"),
    ],
)
def test_a_folder_with_something_else_is_left_as_it_is(
    tmp_path: Path, lay: Callable[[Path], None], told: str
) -> None:
    lay(tmp_path / "R")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=told):
        began(tmp_path / "R", 1)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written here"):
        began(tmp_path / "file" / "R", 1)


def test_no_results_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are no results of a simulation here"):
        open_results(tmp_path)


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    (tmp_path / "R" / "manifest.json").write_text('{"form": 1, "city_checksum": "c", "runs": 4}')
    with pytest.raises(InputError, match="this manifest cannot be read"):
        open_results(tmp_path / "R")


def test_the_manifest_of_something_else_is_told_as_no_results(tmp_path: Path) -> None:
    a_city(tmp_path / "city")
    with pytest.raises(InputError, match="there are no results of a simulation here"):
        open_results(tmp_path / "city")


def test_results_of_a_newer_form_are_told(tmp_path: Path) -> None:
    began(tmp_path / "R", 1)
    file = tmp_path / "R" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"form": 99, "new": 1}))
    with pytest.raises(InputError, match="form 99"):
        open_results(tmp_path / "R")
