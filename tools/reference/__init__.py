"""The pages of the reference that are made from the code: ``python -m tools.reference`` writes them.

They are kept beside the pages written by hand, and a test says that they are current.
"""

from __future__ import annotations

from pathlib import Path

from tools.reference import (
    assumptions,
    checks,
    commands,
    evidence,
    forms,
    instruments,
    names,
    rounds,
    rules,
    signals,
    simulation,
    vocabulary,
)

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def pages() -> dict[str, str]:
    """The text of every made page, by the name of its file."""
    return {
        "commands.md": commands.page(),
        "python.md": names.page(),
        "tables.md": vocabulary.tables_page(),
        "indicators.md": vocabulary.indicators_page(),
        "files.md": forms.page(),
        "checks.md": checks.page(),
        "rules.md": rules.page(),
        "instruments.md": instruments.page(),
        "rounds.md": rounds.page(),
        "assumptions.md": assumptions.page(),
        "simulation.md": simulation.page(),
        "evidence.md": evidence.page(),
        "signals.md": signals.page(),
    }
