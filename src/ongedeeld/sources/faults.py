"""Cells of a file that cannot be read, told all together in one error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ongedeeld.errors import N_, InputError, Place, Translate, said
from ongedeeld.sources.tabular import Sheet
from ongedeeld.vocabulary import Quantity

MOST = 10


@dataclass(frozen=True)
class Fault:
    """What is the matter with cells of one column: at `rows` of the sheet (from 0), below `header`."""

    header: str
    rows: Sequence[int]
    problem: str
    expected: str
    fields: Mapping[str, object] = field(default_factory=dict)


class CellsError(InputError):
    """Cells of a file cannot be read; the message tells of the first ones, each with its place.

    `place` is that of the first; `count` tells how many there are.
    """

    def __init__(self, sheet: Sheet, faults: Sequence[Fault]) -> None:
        columns = {header: place for place, header in enumerate(sheet.frame.columns)}
        cells = sorted(
            ((row, columns[fault.header], fault) for fault in faults for row in fault.rows),
            key=lambda cell: cell[:2],
        )
        row, _, first = cells[0]
        super().__init__(
            first.problem,
            place=sheet.place(row, first.header),
            expected=first.expected,
            remedy=N_("mend this cell") if len(cells) == 1 else N_("mend these cells and try again"),
            **first.fields,
        )
        self.count = len(cells)
        self._sheet = sheet
        self._first = [(row, fault) for row, _, fault in islice(cells, MOST)]

    def say(self, translate: Translate = str) -> str:
        """The whole message, through `translate`: one line for each of the first cells."""
        if self.count == 1:
            return super().say(translate)
        where = Place(self._sheet.path.name, self._sheet.name).say(translate)
        head = translate(N_("cells that cannot be read: {count}")).format(count=self.count)
        lines = [f"{where}: {head}"]
        for row, fault in self._first:
            fields = {name: said(value, translate) for name, value in fault.fields.items()}
            problem = translate(fault.problem).format(**fields)
            expected = translate(fault.expected).format(**fields)
            place = self._sheet.place(row, fault.header).say_cell(translate)
            told = translate(N_("Expected: {what}")).format(what=expected)
            lines.append(f"- {place}: {problem}. {told}" if expected else f"- {place}: {problem}")
        if more := self.count - len(self._first):
            lines.append(f"- {translate(N_('and {more} more')).format(more=Quantity(more).say(translate))}")
        lines.append(translate(N_("Next: {what}")).format(what=translate(self.remedy)))
        return "\n".join(lines)
