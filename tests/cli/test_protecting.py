"""What of the tenants' counts a command writes, and for whom."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.measures.disclosure import Ledger, Publication, attack
from ongedeeld.measures.undividedness.counts import Integers
from ongedeeld.measures.undividedness.group_sets import group_set
from ongedeeld.measures.undividedness.groups import counts_by_group
from ongedeeld.sources.model_city import model_city
from tests.cli.prompt import Prompt

MOST = 60
ASKED = ("--group", "tenant_age", "--scale", "complex", "--draws", "0", "--lang", "en")


@pytest.fixture(scope="module")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A made-up City with tenants of its own."""
    return str(model_city(seed=1, scale=0.05).save(tmp_path_factory.mktemp("model") / "city").path)


@pytest.mark.parametrize("more", [(), ("--areas",), ("--profile", "distance"), ("--since", "2024")])
def test_figures_on_tenants_are_not_written_without_saying_for_whom(
    prompt: Prompt, tenants: str, tmp_path: Path, more: tuple[str, ...]
) -> None:
    file = tmp_path / "figures.csv"
    for asked in (("--csv", str(file)), ("--json",)):
        said = prompt("undivided", tenants, *ASKED, *more, *asked)
        assert said.code == 2
        assert "not written without saying for whom they are" in said.text
        assert "--for-team or --publish LEDGER" in said.text
    assert not file.exists()


def tables_that_agree(indices: list[dict[str, Any]], sizes: Integers) -> list[list[int]]:
    """Every way to have up to `MOST` of a group in each of three areas that gives the indices written."""
    table = np.stack(np.meshgrid(*[np.arange(MOST + 1)] * len(sizes), indexing="ij"), -1).reshape(
        -1, len(sizes)
    )
    table = table[((table <= sizes).all(axis=1)) & (table.sum(axis=1) > 0)]
    everybody, group = sizes.sum(), table.sum(axis=1, keepdims=True)
    of_rest = (sizes - table) / (everybody - group)
    isolation = (table**2 / sizes).sum(axis=1) / group[:, 0]
    share = group[:, 0] / everybody
    reckoned = {
        "dissimilarity": np.abs(table / group - of_rest).sum(axis=1) / 2,
        "correlation_ratio": (isolation - share) / (1 - share),
    }
    for row in indices:
        if row["index"] in reckoned:
            kept = np.abs(reckoned[row["index"]] - row["value"]) < 1e-9
            table, reckoned = table[kept], {name: values[kept] for name, values in reckoned.items()}
    return [list(map(int, row)) for row in table]


def test_counts_cannot_be_reckoned_back_from_what_is_written(
    prompt: Prompt, tenants: str, tmp_path: Path
) -> None:
    counts = counts_by_group(City.open(tenants), group_set("route")[0], "district")
    truth, sizes = counts.table["re_housing"].to_list(), counts.table.drop("unit").sum_horizontal().to_numpy()
    asked = ("--group", "route:re_housing", "--scale", "district", "--draws", "0", "--lang", "en")
    for_team = json.loads(prompt("undivided", tenants, *asked, "--json", "--for-team").text)
    assert max(truth) <= MOST
    assert tables_that_agree(for_team["indices"], sizes) == [truth]
    for form in (("--json",), ("--csv", str(tmp_path / "indices.csv"))):
        said = prompt("undivided", tenants, *asked, *form)
        assert said.code == 2
        assert str(for_team["indices"][0]["value"]) not in said.text
    assert list(tmp_path.iterdir()) == []


def test_measure_leaves_figures_on_tenants_out_and_says_so(
    prompt: Prompt, tenants: str, tmp_path: Path
) -> None:
    asked = ("measure", tenants, "--draws", "0", "--lang", "en")
    file, own = tmp_path / "figures.csv", ["tenant_age", "household_size", "route"]
    assert "Figures on tenants are not in the file" in prompt(*asked, "--csv", str(file)).text
    data = json.loads(prompt(*asked, "--json").text)
    for rows in (
        pl.read_csv(file, infer_schema=False),
        pl.DataFrame(data["figures"], infer_schema_length=None),
    ):
        assert rows.filter(pl.col("subject").is_in(own)).is_empty()
        assert not rows.filter(pl.col("subject") == "tenure").is_empty()
    assert "Figures on tenants are not in the file" in data["notes"][0]
    for_team = json.loads(prompt(*asked, "--json", "--for-team").text)
    assert {row["subject"] for row in for_team["figures"]} >= set(own)
    assert "not to be passed on" in for_team["notes"][0]


def test_the_team_gets_its_own_counts(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    said = prompt("undivided", tenants, *ASKED, "--areas", "--for-team", "--csv", str(file))
    assert said.code == 0
    assert said.text.endswith("not to be passed on.\n")
    assert "contribution" in pl.read_csv(file).columns
    data = json.loads(prompt("undivided", tenants, *ASKED, "--for-team", "--json").text)
    assert data["areas"]
    assert "not to be passed on" in data["notes"][-1]


def test_the_list_on_screen_is_for_who_sits_there(prompt: Prompt, tenants: str) -> None:
    said = prompt("undivided", tenants, *ASKED, "--areas")
    assert said.code == 0
    assert "What every area adds to M" in said.text


def test_published_figures_are_written_as_they_are(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    asked = ("--group", "tenure", "--draws", "0", "--areas", "--csv", str(file))
    assert prompt("undivided", tenants, *asked).code == 0
    assert file.exists()


def test_others_get_counts_that_are_protected_and_noted(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file, ledger = tmp_path / "others.csv", tmp_path / "published.json"
    said = prompt("undivided", tenants, *ASKED, "--csv", str(file), "--publish", str(ledger), "--new-ledger")
    assert said.code == 0
    assert "For you, not to be passed on:" in said.text
    assert "To go with the table:" in said.text
    shown = pl.read_csv(file)
    assert shown.columns == ["counted", "period", "unit", "name", "group", "count", "status"]
    # Nothing derived from the counts themselves is in the file, and no small count is.
    assert (shown.filter(pl.col("count").is_not_null())["count"] >= 10).all()
    hidden = shown.filter(status="suppressed")["count"]
    assert 0 < hidden.null_count() == len(hidden)
    (publication,) = Ledger.open(ledger)
    assert publication.title.startswith("tenant_age by complex, ")
    bounds = attack([publication]).join(publication.table, on=publication.dimensions)
    small_complex = bounds.filter(status="hidden").filter(pl.col("most") < 10)
    assert (small_complex["upper"] <= small_complex["most"]).all()


def test_a_second_table_is_held_against_the_first(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger, alone = tmp_path / "published.json", tmp_path / "alone.json"
    by_complex = ("--group", "route", "--scale", "complex", "--lang", "en")
    by_district = ("--group", "route", "--scale", "district", "--lang", "en")

    def published(asked: tuple[str, ...], file: Path, *more: str) -> Any:
        return json.loads(prompt("undivided", tenants, *asked, "--json", "--publish", str(file), *more).text)

    assert published(by_complex, ledger, "--new-ledger")["min_count"] == 10
    held = published(by_district, ledger)
    first, second = Ledger.open(ledger)
    homes = (
        pl.concat([each.table for each in (first, second)])
        .group_by("area", "group")
        .agg(pl.col("most").max())
    )

    def known_too_well(tables: list[Publication]) -> int:
        bounds = attack(tables).filter(status="hidden").join(homes, on=["area", "group"])
        close = pl.col("upper") - pl.col("lower") < 10
        return bounds.filter(close, pl.col("most") >= 10).height

    assert known_too_well([first, second]) == 0
    # Held against nothing, the second shows more: so much that it opens the first.
    shown_alone = published(by_district, alone, "--new-ledger")
    assert held["counts"] != shown_alone["counts"]
    assert known_too_well([first, *Ledger.open(alone)]) > 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("--csv", "x.csv", "--publish", "none.json"), "there is no ledger at none.json"),
        (("--publish", "none.json"), "--publish has nothing to write"),
        (("--json", "--publish", "none.json", "--for-team"), "are two different files"),
        (("--json", "--new-ledger"), "--new-ledger names no ledger"),
        (
            ("--json", "--publish", "none.json", "--new-ledger", "--group", "tenant_age:under_23"),
            "all groups, not of tenant_age:under_23 alone",
        ),
        (
            ("--json", "--publish", "none.json", "--new-ledger", "--areas", "--profile", "distance"),
            "--areas, --profile would do nothing",
        ),
        (("--json", "--publish", "none.json", "--new-ledger", "--since", "2024"), "--since would do nothing"),
        (("--csv", "none/x.csv", "--publish", "none.json", "--new-ledger"), "cannot be written"),
        (("--csv", ".", "--publish", "none.json", "--new-ledger"), ". is no place for the counts"),
        (("--json", "--publish", "none.json", "--group", "tenure"), "comes from published figures"),
    ],
)
def test_it_refuses_what_is_not_clear(
    prompt: Prompt,
    tenants: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = prompt("undivided", tenants, *ASKED, *asked)
    assert said.code == 2
    assert message in said.text
    assert list(tmp_path.iterdir()) == []


def test_it_does_not_write_the_counts_over_the_ledger(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger = tmp_path / "published.json"
    asked = ("undivided", tenants, *ASKED, "--publish", str(ledger))
    assert prompt(*asked, "--new-ledger", "--json").code == 0
    before = ledger.read_bytes()
    said = prompt(*asked, "--csv", f"{tmp_path}/../{tmp_path.name}/published.json")
    assert said.code == 2
    assert "is no place for the counts" in said.text
    assert ledger.read_bytes() == before


def test_what_cannot_be_noted_is_not_written(
    prompt: Prompt, tenants: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    asked = ("--csv", str(tmp_path / "x.csv"), "--publish", str(tmp_path / "none.json"), "--new-ledger")
    said = prompt("undivided", tenants, *ASKED, *asked)
    assert said.code != 0
    assert "No space left on device" in said.text
    assert [file.name for file in tmp_path.iterdir()] == [".none.json.lock"]


def test_it_refuses_to_begin_a_ledger_that_is_there(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger = tmp_path / "published.json"
    asked = ("undivided", tenants, *ASKED, "--json", "--publish", str(ledger), "--new-ledger")
    assert prompt(*asked).code == 0
    assert "there is a ledger at" in prompt(*asked).text


def test_a_promise_that_does_not_hold_stops_publishing_until_that_is_accepted(
    prompt: Prompt, tenants: str, tmp_path: Path
) -> None:
    # Everybody can see that an entrance of eight homes has no ten tenants.
    file, ledger = tmp_path / "entrances.csv", tmp_path / "published.json"
    by_entrance = ("--group", "tenant_age", "--scale", "entrance", "--draws", "0", "--lang", "en")
    asked = ("undivided", tenants, *by_entrance, "--csv", str(file), "--publish", str(ledger), "--new-ledger")
    said = prompt(*asked)
    assert said.code == 2
    assert "the promise does not hold for " in said.text
    assert "--accept-eased" in said.text
    assert list(tmp_path.iterdir()) == []
    said = prompt(*asked, "--accept-eased")
    assert said.code == 0
    assert "For you, not to be passed on: Attention: the promise does not hold for " in said.text
    assert file.exists()
    assert len(Ledger.open(ledger)) == 1


def test_a_dry_run_says_what_would_be_done_and_leaves_nothing(
    prompt: Prompt, tenants: str, tmp_path: Path
) -> None:
    ledger = tmp_path / "published.json"
    said = prompt("undivided", tenants, *ASKED, "--publish", str(ledger), "--new-ledger", "--dry-run")
    assert said.code == 0
    assert "counts are hidden" in said.text
    assert "Nothing was written, and nothing noted in the ledger." in said.text
    assert list(tmp_path.iterdir()) == []
    said = prompt("undivided", tenants, *ASKED, "--dry-run")
    assert said.code == 2
    assert "--dry-run goes with --publish LEDGER" in said.text


def test_the_same_table_twice_is_noted_once(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger = tmp_path / "published.json"
    asked = ("undivided", tenants, *ASKED, "--json", "--publish", str(ledger))
    first, second = json.loads(prompt(*asked, "--new-ledger").text), json.loads(prompt(*asked).text)
    assert first["counts"] == second["counts"]
    assert len(Ledger.open(ledger)) == 1
