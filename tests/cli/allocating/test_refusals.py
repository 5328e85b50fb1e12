"""What the command is given that it cannot use, refused in words."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.cli.allocating.conftest import Run


def test_it_refuses_a_column_that_must_not_be_held_with_file_and_reason(run: Run, folder: Path) -> None:
    people = pl.read_csv(folder / "people.csv", separator=";").with_columns(nationaliteit=pl.lit("x"))
    people.write_csv(folder / "people.csv", separator=";")
    code, told = run()
    assert code == 2
    assert "people.csv, column nationaliteit: nationality, ethnicity" in told


def test_it_says_what_local_policy_lacks(run: Run) -> None:
    code, told = run()
    assert code == 2
    assert "comply_by under [[urgency]]" in told


def test_it_asks_for_what_a_round_needs(run: Run) -> None:
    code, told = run(files=[])
    assert code == 2
    assert "--vacancies FILE --seekers FILE --date DAY" in told


def test_a_day_may_be_written_with_the_day_first_and_anything_else_is_refused_in_words(run: Run) -> None:
    files = ["--vacancies", "homes.csv", "--seekers", "people.csv", "--local-policy", "ordinance.toml"]
    assert run("--date", "1-9-2026", files=files)[0] == 0
    code, told = run("--date", "2026-13-01", files=files)
    assert code == 2
    assert "--date '2026-13-01' is not a day" in told


def test_a_wrong_seed_is_one_clear_error(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seed", "-1")
    assert code == 2
    assert "-1 is no seed" in told
