"""What the commands that measure printed, read back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, str]]


def data(text: str) -> dict[str, Any]:
    """What was printed, as strict JSON."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    read = json.loads(text, parse_constant=refuse)
    assert isinstance(read, dict)
    return read


def figures_of(run: Run, *words: object) -> dict[tuple[str, str], dict[str, Any]]:
    """What `measure` says, by measure and subject."""
    code, text = run("--lang", "en", "measure", *words, "--draws", 0, "--json")
    assert code == 0, text
    return {(row["measure"], row["subject"]): row for row in data(text)["figures"]}
