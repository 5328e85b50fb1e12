"""How the program speaks at the prompt: in which language, as text, table or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

from ongedeeld.errors import N_
from ongedeeld.vocabulary import Language, grouped, translator

WIDEST = 1_000
WIDEST_FIGURE = 24

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


def warn(text: str) -> None:
    """Print a line that must not be overlooked."""
    out.print(f"[bold]{escape(voice.say(N_('Attention: {what}'), what=text))}[/bold]", highlight=False)


def number(value: float) -> str:
    """A number as the language writes it."""
    return grouped(value, voice.language)


def table(title: str, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table; title and headers are translated."""
    headings = [voice.translate(header) for header in headers]
    cells = [tuple(map(str, row)) for row in rows]
    shown = Table(
        *(_column(heading, [row[place] for row in cells]) for place, heading in enumerate(headings)),
        title=voice.translate(title),
        title_justify="left",
        box=box.SIMPLE,
    )
    for row in cells:
        shown.add_row(*map(Text, row))
    if out.is_terminal:
        out.print(shown)
        return
    # A terminal folds what does not fit; a file or another program gets every cell whole.
    whole = Measurement.get(out, out.options.update(max_width=WIDEST), shown).maximum
    Console(file=out.file, width=max(whole, out.width)).print(shown)


def _column(heading: str, cells: list[str]) -> Column:
    """A column of a table: words fold where there is no room; figures stay whole, their heading folds."""
    figures = all(" " not in cell and len(cell) <= WIDEST_FIGURE for cell in cells)
    if figures and out.is_terminal:
        heading = heading.replace(" ", "\n")
    return Column(escape(heading), overflow="fold", no_wrap=figures)
