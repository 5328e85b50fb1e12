"""Write local policy as the text of the file that :func:`ongedeeld.rules.read_policy` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Value = str | bool | int | float | date | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """One table of the file.

    Parameters
    ----------
    section
        The section of a record, such as `urgency`, or `values.` with the name of a value.
    fields
        What stands in it, by the names of the file.
    remark
        A line above it, for who reads the file.
    """

    section: str
    fields: Mapping[str, Value]
    remark: str = ""


def policy_text(holder: str, entries: Iterable[Entry]) -> str:
    """The text of a file of local policy.

    Parameters
    ----------
    holder
        Who sets this policy.
    entries
        Its tables, in the order in which they shall stand.

    Examples
    --------
    >>> written = Entry("values.local_binding_max_share", {"from": date(2026, 7, 1), "value": 0.25})
    >>> print(policy_text("GM9999", [written]))
    holder = "GM9999"
    <BLANKLINE>
    [[values.local_binding_max_share]]
    from = 2026-07-01
    value = 0.25
    <BLANKLINE>
    """
    blocks = [f"holder = {_written(holder)}\n", *map(_block, entries)]
    return "\n".join(blocks)


def _block(entry: Entry) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in entry.remark)
    remark = [f"# {plain}"] if plain else []
    rows = (f"{name} = {_written(value)}" for name, value in entry.fields.items())
    return "\n".join([*remark, f"[[{entry.section}]]", *rows, ""])


def _written(value: Value) -> str:
    """A value as TOML has it; its text between quotes is that of JSON, but for the sign of deletion."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
