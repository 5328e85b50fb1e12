"""Reading the parts of a table of scoring, each refused by name where it is not of its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ongedeeld.errors import N_, InputError, Place


@dataclass(frozen=True)
class Table:
    """What a TOML file holds, with the file for messages."""

    file: str | Path
    data: Mapping[str, Any]

    def refuse(self, problem: str, *, expected: str, remedy: str, **fields: object) -> InputError:
        """The error to raise, at this file."""
        return InputError(problem, place=Place(self.file), expected=expected, remedy=remedy, **fields)

    def tables(self, name: str) -> Mapping[str, Any]:
        """What stands under a heading."""
        value = self.data.get(name)
        if not isinstance(value, dict) or not value:
            raise self.refuse(
                N_("the part [{part}] is not there"),
                expected=N_("the parts rules, weightings, themes, bands and indicator"),
                remedy=N_("copy that part from the shipped table"),
                part=name,
            )
        return value

    def refuse_unknown(self, entry: Mapping[str, Any], known: Iterable[str], part: str) -> None:
        """Refuse a key that means nothing here, with what comes near: it would count for nothing."""
        names = sorted(known)
        for key in entry:
            if key not in names:
                raise self.refuse(
                    N_("'{key}' means nothing in {part}"),
                    expected=N_("one of: {known}"),
                    remedy=N_("correct it, or take it out"),
                    key=key,
                    part=part,
                    known=", ".join(get_close_matches(key, names, n=3) or names),
                )

    def entries(self, name: str) -> list[Mapping[str, Any]]:
        """The entries of a list of tables."""
        value = self.data.get(name)
        if not isinstance(value, list) or not value:
            raise self.refuse(
                N_("there is no indicator in this table of scoring"),
                expected=N_("at least one entry [[indicator]]"),
                remedy=N_("copy the shipped table and change that"),
            )
        return value


def one_of(
    table: Table, entry: Mapping[str, Any], key: str, known: tuple[str, ...], absent: str, owner: str = ""
) -> Any:
    """One of a few known words; what is unknown is refused with what comes near."""
    value = entry.get(key)
    if value is None:
        raise table.refuse(
            absent,
            expected=N_("one of: {known}"),
            remedy=N_("fill it in"),
            key=key,
            owner=owner,
            known=", ".join(known),
        )
    if value not in known:
        near = get_close_matches(str(value), known, n=3) or list(known)
        raise table.refuse(
            N_("'{value}' is not a known {key}"),
            expected=N_("one of: {known}"),
            remedy=N_("correct it"),
            value=value,
            key=key,
            known=", ".join(near),
        )
    return value


def number_of(
    table: Table,
    entry: Mapping[str, Any],
    key: str,
    least: float,
    most: float = float("inf"),
    owner: str = "",
) -> float:
    """A number within limits."""
    value = entry.get(key)
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits or value == float("inf"):
        raise table.refuse(
            N_("{key} is not a number that it can be"),
            expected=N_("a number from {least} to {most}"),
            remedy=N_("correct it"),
            key=f"{owner}.{key}" if owner else key,
            least=least,
            most=most,
        )
    return float(value)  # type: ignore[arg-type]


def text_of(table: Table, entry: Mapping[str, Any], key: str, owner: str) -> str:
    """A text that is not empty."""
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise table.refuse(
            N_("indicator {owner} has no {key}"),
            expected=N_("a reason in one sentence"),
            remedy=N_("say why it counts as it does"),
            owner=owner,
            key=key,
        )
    return value
