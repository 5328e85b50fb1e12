"""A City with the files of a round, and the command that runs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ongedeeld.cli.voice import out
from tests.allocation.round_cast import city, seeker, seekers, vacancies

Run = Callable[..., tuple[int, str]]
ORDINANCE = """holder = "Gemeente Vogelstad"

[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance, article 5"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A City, and the files of a round: three homes and three seekers."""
    city().save(tmp_path / "city")
    vacancies("W1", "W2", "W3").write_csv(tmp_path / "homes.csv", separator=";")
    people = seekers(
        seeker("A", date(2012, 3, 1)),
        seeker("B", date(2016, 3, 1), urgency="medical", region_years=9),
        seeker("C", date(2020, 3, 1), current_dwelling="W9"),
    )
    people.write_csv(tmp_path / "people.csv", separator=";")
    (tmp_path / "ordinance.toml").write_text(ORDINANCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in that folder: its exit code and all that it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(out, "width", 160)
    given = ["--vacancies", "homes.csv", "--seekers", "people.csv", "--date", "2026-09-01"]

    def ran(*words: object, files: list[str] = given, lang: str = "en") -> tuple[int, str]:
        return run("allocate", "city", *files, *words, "--lang", lang)

    return ran
