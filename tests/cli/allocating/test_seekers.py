"""What one seeker is told, and the letters to each."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.allocating.conftest import Run


def test_it_tells_a_seeker_of_every_home_why_and_once_how_to_object(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seeker", "A")
    assert code == 0
    assert "A gets V2 in the round of 1 September 2026." in told
    homes = [told.index(f"{home} (") for home in ("V1", "V2", "V3")]
    assert homes == sorted(homes)
    assert "a seeker with urgency went before" in told[homes[0] : homes[1]]
    assert "first of 2 in the order" in told[homes[1] : homes[2]]
    assert "the seeker got another home in this round: V2" in told[homes[2] :]
    assert told.count("complaints committee") == 1
    assert "Lettings" not in told


def test_it_tells_a_seeker_in_dutch_and_as_data(run: Run) -> None:
    _, told = run("--local-policy", "ordinance.toml", "--seeker", "A", lang="nl")
    assert "plaats 2 van 3 in de volgorde" in told
    assert told.count("geschillencommissie") == 1
    data = json.loads(run("--local-policy", "ordinance.toml", "--seeker", "A", "--json")[1])
    assert [(one["vacancy"], one["allowed"]) for one in data["about"]] == [
        ("V1", False),
        ("V2", True),
        ("V3", False),
    ]


def test_a_seeker_who_is_not_in_the_round_is_told_so(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--seeker", "Z")
    assert code == 2
    assert "Z is not in this round" in told


def test_it_writes_the_letter_to_a_seeker_in_the_form_of_its_file(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--seeker", "A")
    for form in ("txt", "md", "html"):
        assert run(*words, "--letter", f"a.{form}", lang="nl")[0] == 0
        assert "U krijgt de woning W2." in (folder / f"a.{form}").read_text(encoding="utf-8")
    code, told = run(*words, "--letter", "a.docx")
    assert code == 2
    assert "a letter cannot be written as .docx" in told
    code, told = run("--local-policy", "ordinance.toml", "--letter", "b.txt")
    assert code == 2
    assert "--seeker NUMBER --letter FILE" in told


def test_it_writes_a_letter_to_everybody(run: Run, folder: Path) -> None:
    assert run("--local-policy", "ordinance.toml", "--letters", "letters")[0] == 0
    letters = sorted((folder / "letters").iterdir())
    assert [file.name for file in letters] == ["1.txt", "2.txt", "3.txt"]
    assert "Dear house seeker A," in letters[0].read_text(encoding="utf-8")
