"""The open data that the tests read: real files, which stand beside the project and not in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("ONGEDEELD_SHARED") or Path(__file__).parents[2] / "shared" / "data")


def shared(path: str) -> Path:
    """The real file at this path; without it a test is skipped, and fails where CI is set."""
    file = SHARED / path
    if not file.exists():
        why = f"{file} is not there: set ONGEDEELD_SHARED to the folder with the shared data"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return file
