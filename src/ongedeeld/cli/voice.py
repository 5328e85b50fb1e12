"""How the program speaks at the prompt: in which language, as text, table or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from ongedeeld.vocabulary import Language, translator

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


class Voice:
    """The language in which this run of the program speaks."""

    language: Language = "nl"

    def say(self, text: str, **fields: object) -> str:
        """A text in that language, filled."""
        return self.translate(text).format(**fields)

    def translate(self, text: str) -> str:
        """A text in that language."""
        return translator(self.language).gettext(text)


voice = Voice()


def print_json(data: object) -> None:
    """Print data for another program."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n")


def tell(text: str, **fields: object) -> None:
    """Print a sentence."""
    out.print(voice.say(text, **fields), markup=False, highlight=False)


def table(title: str, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table; title and headers are translated."""
    shown = Table(
        *(voice.translate(header) for header in headers),
        title=voice.translate(title),
        title_justify="left",
        box=box.SIMPLE,
    )
    for row in rows:
        shown.add_row(*(str(cell) for cell in row))
    out.print(shown)
