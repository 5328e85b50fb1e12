"""The pages of the documentation and the blocks of code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
RUNNING = ("python", "console")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is, its text and the line on which the text begins."""

    language: str
    title: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A line behind a prompt, with the lines that the page shows as its output."""

    line: str
    shown: tuple[str, ...]


def pages() -> list[Path]:
    """All pages, and the README, whose examples count as well."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def name(page: Path) -> str:
    """How a test names a page."""
    return str(page.relative_to(ROOT))


def examples(page: Path) -> list[Block]:
    """The blocks of a page that run: programs, commands, and the files that these read (with a title)."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2] or "", found[3], text.count("\n", 0, found.start(3)) + 1)
        for found in FENCE.finditer(text)
        if found[1] in RUNNING or found[2]
    ]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block; a line that ends in a backslash goes on in the next."""
    lines = iter(block.text.replace("\\\n", " ").splitlines())
    line = next(lines, None)
    while line is not None:
        if not line.startswith("$ "):
            raise ValueError(f"a block of commands begins with a command, not with: {line}")
        shown = list(lines)
        output = tuple(takewhile(lambda text: not text.startswith("$ "), shown))
        yield Command(re.sub(r"\s+", " ", line.removeprefix("$ ")), output)
        lines = iter(shown[len(output) :])
        line = next(lines, None)
