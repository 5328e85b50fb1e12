"""The lists that a round writes: their columns, who they name, and the next round that reads them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.cli.round_files import write_new_folder
from tests.allocation.round_cast import seeker, seekers, vacancies
from tests.cli.allocating.conftest import Run


def test_it_writes_every_list_to_a_new_folder_and_never_over_another(run: Run, folder: Path) -> None:
    code, _ = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 0
    names = {file.stem for file in (folder / "round").iterdir()}
    assert names == {
        "lettings", "not_let", "declined", "consequences", "chain", "refusals", "chances", "orders",
        "reasons", "refused", "tallies", "so_far", "round",
    }  # fmt: skip
    assert pl.read_csv(folder / "round" / "orders.csv")["rank"].to_list() == [1, 2, 3, 1, 2, 1]
    code, told = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 2
    assert "exists already" in told


def test_it_writes_the_reasons_of_every_letting_and_never_over_another_file(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--reasons", "why.csv")
    assert run(*words)[0] == 0
    rows = pl.read_csv(folder / "why.csv")
    assert rows.columns == [
        "vacancy", "dwelling", "seeker", "runner_up", "ground", "decided_by", "reasons",
    ]  # fmt: skip
    assert rows.select("vacancy", "seeker", "runner_up", "ground", "decided_by").rows() == [
        ("V1", "B", "A", "urgency", "urgency"),
        ("V2", "A", "C", "registration", "registration"),
        ("V3", "C", None, "registration", "only_candidate"),
    ]
    assert "Yes:" in rows["reasons"][0]
    code, told = run(*words)
    assert code == 2
    assert "exists already" in told


def test_a_round_gives_the_lettings_that_the_next_one_reads(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml")
    _, told = run(*words, "--out", "first")
    assert "so_far.csv holds this round alone" in told
    vacancies("W4").write_csv(folder / "homes.csv", separator=";")
    seekers(seeker("D", date(2020, 3, 1))).write_csv(folder / "people.csv", separator=";")
    code, told = run(*words, "--lettings", "first/so_far.csv", "--out", "second")
    assert code == 0
    assert "4 of 4 lettings so far" in told
    assert "holds this round alone" not in told
    assert len(pl.read_csv(folder / "second" / "so_far.csv")) == 4


def test_the_lettings_of_a_what_if_do_not_count_in_the_next_round(run: Run) -> None:
    words = ("--local-policy", "ordinance.toml")
    run(*words, "--what-if", "--out", "if")
    code, told = run(*words, "--lettings", "if/so_far.csv")
    assert code == 2
    assert "no column what_if" in told


def test_it_writes_empty_files_that_can_be_filled(run: Run, folder: Path) -> None:
    code, told = run("--templates", "empty", files=[])
    assert code == 0
    assert "seekers-explanation.csv" in told
    header = (folder / "empty" / "seekers.csv").read_text(encoding="utf-8-sig").strip()
    assert header.startswith("seeker;household_size;minors")
    assert run("--templates", "empty", files=[])[0] == 2


def test_lettings_so_far_give_the_tallies_after_the_round(run: Run, folder: Path) -> None:
    (folder / "let.csv").write_text(
        "letting;date;municipality;social;rent_cents;household_size;income_class\n"
        "L1;2026-02-01;GM9999;ja;60000;1;below_passend\n",
        encoding="utf-8",
    )
    code, told = run("--local-policy", "ordinance.toml", "--lettings", "let.csv")
    assert code == 0
    assert "4 of 4 lettings so far, 100%: at least 95%" in told


def test_the_folder_has_a_record_of_the_round_and_the_reasons_of_the_refused(run: Run, folder: Path) -> None:
    run("--local-policy", "ordinance.toml", "--seed", 4, "--out", "round")
    record = json.loads((folder / "round" / "round.json").read_text(encoding="utf-8"))
    assert (record["day"], record["seed"], record["what_if"]) == ("2026-09-01", 4, False)
    assert record["files"]["seekers"]["name"] == "people.csv"
    assert "refused.csv" in record["with_numbers_of_seekers"]
    refused = pl.read_csv(folder / "round" / "refused.csv")
    assert refused.select("vacancy", "seeker").rows() == [("V1", "A"), ("V1", "C"), ("V2", "C")]
    assert "a seeker with urgency went before" in refused["reasons"][0]


def test_a_list_does_not_tell_for_which_group_somebody_has_urgency(run: Run, folder: Path) -> None:
    run("--local-policy", "ordinance.toml", "--out", "round")
    reasons = pl.read_csv(folder / "round" / "reasons.csv")["reasons"][0]
    assert "medical" not in reasons
    assert "not told in this list" in reasons
    assert "medical urgency" in run("--local-policy", "ordinance.toml", "--why", "V1:B")[1]


def test_lists_in_dutch_open_in_a_spreadsheet_with_words_and_the_next_round_reads_its_own(
    run: Run, folder: Path
) -> None:
    words = ("--local-policy", "ordinance.toml")
    run(*words, "--out", "ronde", lang="nl")
    text = (folder / "ronde" / "lettings.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "€ 650,00".encode() in text
    assert b"only_candidate" not in text
    vacancies("W4").write_csv(folder / "homes.csv", separator=";")
    seekers(seeker("D", date(2020, 3, 1))).write_csv(folder / "people.csv", separator=";")
    assert run(*words, "--lettings", "ronde/so_far.csv")[0] == 0


def test_an_interrupted_folder_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_file: Path, _content: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_new_folder(folder / "round", {"lettings.csv": b"A"})
    assert not [file for file in folder.iterdir() if "round" in file.name]


def test_templates_have_the_lettings_too(run: Run, folder: Path) -> None:
    run("--templates", "empty", files=[])
    header = (folder / "empty" / "lettings.csv").read_text(encoding="utf-8-sig").strip()
    assert header.startswith("letting;date;municipality;social;rent_cents")
