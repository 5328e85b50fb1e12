"""Commands as somebody types them, and what they print."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from ongedeeld import cli


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    text: str
    code: int


class Prompt:
    """Runs commands as somebody types them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["ongedeeld", *words])
        output, code = io.StringIO(), 0
        with redirect_stdout(output), redirect_stderr(output):
            try:
                cli.main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Said(output.getvalue(), code)
