"""The commands on carrying capacity: card and capacity."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.measures.capacity import cards
from ongedeeld.sources.model_city import model_city
from tests.cli.prompt import Prompt
from tests.small_city import small_city

VIEWS = """
[[overrule]]
unit = "C001"
theme = "nuisance"
score = 4
reason = "since the summer groups meet in the hall"
until = 2026-06-30

[[grade]]
unit = "C001"
grade = 6.8
answers = 14
day = 2025-11-01

[[quote]]
unit = "C001"
words = "We know each other [here]."
permission = true
"""


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A made-up City with homes and tenants of its own."""
    return str(model_city(seed=1, scale=0.05).save(tmp_path_factory.mktemp("model") / "city").path)


@pytest.fixture
def published(tmp_path: Path) -> str:
    """A City of published figures, without homes."""
    return str(small_city().save(tmp_path / "published").path)


def test_a_card_tells_themes_balance_make_up_and_evidence(prompt: Prompt, stock: str) -> None:
    said = prompt("card", stock, "C001", "--lang", "en")
    assert said.code == 0
    made = cards(City.open(Path(stock)), day=City.open(Path(stock)).manifest.created).card("C001")
    nuisance = made.themes.filter(theme="nuisance").row(0, named=True)
    themes = [line.split() for line in said.text.splitlines()]
    assert ["nuisance", f"{nuisance['score']:.1f}"] in [words[:2] for words in themes]
    for part in ("Everything in this City is invented", "balance: capacity minus load", "rent arrears"):
        assert part in said.text
    assert "card_weights" in said.text


def test_a_card_may_be_asked_of_an_area_and_by_name(prompt: Prompt, stock: str) -> None:
    (name,) = City.open(Path(stock)).table("complexes").filter(complex="C001")["name"]
    assert "(C001)" in prompt("card", stock, name.upper()).text
    said = prompt("card", stock, "WK999901", "BU99990101", "--lang", "en")
    assert said.code == 0
    assert "district; homes" in said.text
    assert "neighbourhood; homes" in said.text


def test_views_stand_beside_the_figures(prompt: Prompt, stock: str, tmp_path: Path) -> None:
    file = tmp_path / "views.toml"
    file.write_text(VIEWS, encoding="utf-8")
    said = prompt("card", stock, "C001", "--views", str(file), "--lang", "en").text
    assert "Professionals on nuisance: 4, because since the summer groups meet" in said
    assert "until 30 June 2026" in said
    assert "Residents give living here a 6.8 (answers: 14, 1 November 2025)." in said
    assert 'A resident: "We know each other [here]."' in said
    rows = json.loads(prompt("capacity", stock, "--views", str(file), "--json", "--for-team").text)["cards"]
    (row,) = (row for row in rows if row["unit"] == "C001")
    assert row["nuisance_overruled"] == 4.0
    assert row["nuisance"] != 4.0


def test_an_ended_view_no_longer_counts_and_is_told(prompt: Prompt, stock: str, tmp_path: Path) -> None:
    file = tmp_path / "views.toml"
    file.write_text(VIEWS, encoding="utf-8")
    said = prompt("card", stock, "C001", "--views", str(file), "--date", "2026-07-01", "--lang", "en").text
    assert "because" not in said
    assert "ended on 2026-06-30" in said


def test_what_is_missing_is_named(prompt: Prompt, stock: str) -> None:
    said = prompt("card", stock, "C001", "--date", "2027-06-01", "--lang", "en").text
    assert "Missing, which widens intervals and is not filled in: inspection: clean;" in said


def test_a_card_long_after_the_register_of_tenancies_says_so(prompt: Prompt, stock: str) -> None:
    late = prompt("card", stock, "C001", "--date", "2027-06-01", "--lang", "en").text
    assert "The register of tenancies ends on" in late
    assert "The register of tenancies ends on" not in prompt("card", stock, "C001", "--lang", "en").text


def test_a_record_of_ones_own_is_told_apart_from_the_shipped(
    prompt: Prompt, stock: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[card_weights]\noverrules = "own study"\nlabel = "weights"\nclaim = "They do."\n'
        'direction = "mixed"\nfound_where = "here"\ngrade = "weak"\nnot_for = "others"\n'
        'sources = [{ title = "Own study", year = 2025 }]\n',
        encoding="utf-8",
    )
    said = prompt("card", stock, "C001", "--evidence", str(file), "--lang", "en").text
    assert "stands in" in said
    assert "mine.toml" in said
    assert "mine.toml" not in prompt("card", stock, "C001", "--lang", "en").text


def test_a_card_leans_only_on_the_evidence_of_its_own_indicators(prompt: Prompt, published: str) -> None:
    said = prompt("card", published, "Merelbuurt", "--lang", "en")
    assert said.code == 0
    assert "leefbaarometer_signal" in said.text
    assert "caretakers" not in said.text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("card", "Nergens"), "is not the number, code or name of a complex"),
        (("card", "Portiek 1"), "give the number or code in place of the name"),
        (("card", "C001", "--date", "1 mei"), "--date is 1 mei"),
        (("card", "C001", "C002", "--out", "cards.html", "--for-team"), "give a folder with --out"),
        (("card", "C001", "--out", "card.html"), "add --for-team"),
        (("card", "C001", "--scoring", "none.toml"), "none.toml: this table of scoring cannot be read"),
        (("card", "BU99990101", "--views", "views.toml"), "of which there is no card"),
    ],
)
def test_it_refuses_what_is_not_clear(
    prompt: Prompt,
    stock: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("views.toml").write_text(VIEWS, encoding="utf-8")
    command, *rest = asked
    said = prompt(command, stock, *rest, "--lang", "en")
    assert said.code == 2
    assert message in said.text
    assert [file.name for file in tmp_path.iterdir()] == ["views.toml"]


def test_the_page_of_a_card_stays_with_the_team(prompt: Prompt, stock: str, tmp_path: Path) -> None:
    said = prompt(
        "card", stock, "C001", "C002", "--out", str(tmp_path / "cards"), "--for-team", "--lang", "en"
    )
    assert said.code == 0
    assert "not to be passed on" in said.text
    assert {file.name for file in (tmp_path / "cards").iterdir()} == {"C001.html", "C002.html"}


def test_a_list_by_place_is_not_written_without_saying_for_whom(
    prompt: Prompt, stock: str, tmp_path: Path
) -> None:
    file = tmp_path / "cards.csv"
    for level in ("complex", "neighbourhood", "district"):
        for asked in (("--json",), ("--csv", str(file))):
            said = prompt("capacity", stock, "--level", level, *asked, "--lang", "en")
            assert said.code == 2
            assert "add --for-team" in said.text
    assert not file.exists()


def test_the_team_gets_all_cards_largest_task_first(prompt: Prompt, stock: str, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    said = prompt("capacity", stock, "--for-team", "--csv", str(file), "--lang", "en")
    assert said.code == 0
    assert "not to be passed on" in said.text
    rows = pl.read_csv(file)
    assert rows["rank"].to_list() == sorted(rows["rank"].to_list())
    assert (rows["nuisance_low"] <= rows["nuisance"]).all()
    data = json.loads(prompt("capacity", stock, "--for-team", "--json").text)
    assert [row["unit"] for row in data["cards"]] == rows["unit"].to_list()
    assert "not to be passed on" in data["notes"][-1]


def test_published_figures_may_be_written(prompt: Prompt, published: str, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    said = prompt("capacity", published, "--csv", str(file), "--lang", "en")
    assert said.code == 0
    assert "by neighbourhood" in said.text
    assert "not to be passed on" not in said.text
    assert pl.read_csv(file)["homes"].null_count() == len(pl.read_csv(file))
