"""A folder in which the examples of a page run, as its reader would run them."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from ongedeeld import cli
from ongedeeld.cli.voice import out
from tests.docs.pages import Block, Command, commands
from tests.shared import shared

# The names that the pages give to the four files of Utrecht.
FILES = {
    "kwb-2023.xlsx": "kwb-2023.xlsx",
    "leefbaarometer-2020.csv": "province-leefbaarometer-2020.csv",
    "boundaries-2020.geojson": "neighbourhoods-2020-partial.geojson",
    "proximity-2023.csv": "proximity-2023.csv",
}


OF_THE_WORKBENCH = ("demo", "serve", "manager", "work", "backup", "restore")
"""Commands that open the workbench, which a process does once."""
ABOUT_A_WORKBENCH = ("ONGEDEELD_DATA", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
"""What the tests of the workbench say in the environment of its data."""


class Workplace:
    """Runs the commands and programs of one page, in order, in one folder and one namespace."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.namespace: dict[str, object] = {"__name__": "page"}
        self.code = 0
        monkeypatch.chdir(folder)
        monkeypatch.setattr(out, "width", 110)

    def lay_out(self, city: Path | None) -> None:
        """Put the files of Utrecht, and the City made from them, where the pages say they are."""
        (self.folder / "utrecht").mkdir()
        for name, there in FILES.items():
            (self.folder / "utrecht" / name).symlink_to(shared(f"utrecht/{there}"))
        if city is not None:
            (self.folder / "city").symlink_to(city)

    def exchange(self, city: Path) -> None:
        """Put another City in the place of the one that the page made."""
        (self.folder / "city").rename(self.folder / "city before")
        (self.folder / "city").symlink_to(city)

    def run(self, block: Block) -> None:
        """Write a file, run a program, or run commands and hold their output against what is shown."""
        if block.language == "python":
            exec(compile("\n" * (block.line - 1) + block.text, "page", "exec"), self.namespace)  # noqa: S102
            return
        if block.title:
            (self.folder / block.title).write_text(block.text, encoding="utf-8")
            return
        sequence = list(commands(block))
        for command, following in zip(sequence, [*sequence[1:], None], strict=True):
            self._run(command, following)

    def _run(self, command: Command, following: Command | None) -> None:
        words = shlex.split(command.line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.monkeypatch.setenv(name, value)
            return
        if words == ["echo", "$?"]:
            output = f"{self.code}\n"
        else:
            here = words[0] == "ongedeeld" and words[1] not in OF_THE_WORKBENCH
            output = self._ongedeeld(words[1:]) if here else self._shell(command.line)
            asked = following is not None and following.line == "echo $?"
            assert asked or self.code == 0, f"{command.line} ended with {self.code}:\n{output}"
        missing = missing_line(command.shown, output)
        assert missing is None, f"{command.line} does not show: {missing}\nbut:\n{output}"

    def _ongedeeld(self, arguments: list[str]) -> str:
        self.monkeypatch.setattr(sys, "argv", ["ongedeeld", *arguments])
        output = io.StringIO()
        with redirect_stdout(output), redirect_stderr(output):
            try:
                cli.main()
                self.code = 0
            except SystemExit as end:
                self.code = int(end.code or 0)
        return output.getvalue()

    def _shell(self, line: str) -> str:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {name: value for name, value in os.environ.items() if name not in ABOUT_A_WORKBENCH}
        done = subprocess.run(  # noqa: S602 - what the page tells its reader to type
            line,
            shell=True,
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
            env=kept | {"PATH": programs, "CI": "1"},
        )
        self.code = done.returncode
        return done.stdout + done.stderr


def missing_line(shown: tuple[str, ...], output: str) -> str | None:
    """The first shown line that the output does not have, in order; `…` stands for any words or lines."""
    lines = iter([_plain(line) for line in output.splitlines()])
    for line in shown:
        if not _plain(line) or _plain(line) == "…":
            continue
        pattern = ".*".join(map(re.escape, _plain(line).split("…")))
        if not any(re.fullmatch(pattern, real) for real in lines):
            return line
    return None


def _plain(line: str) -> str:
    """The words of a line without the width of its columns."""
    return re.sub(r"[\s─━-]+", " ", line).strip()
