"""Recognise the headers of a table that a round reads: the name of a column, or its label in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import Both

_CENTS = "_cents"
_IN_EUROS = ("", "euro", "euros", "ineuro", "ineuros")
_IN_CENTS = ("cents", "centen", "incents", "incenten")
_UNIT = re.compile(r" (in centen|in cents)$")
# How people call these beside the labels.
_ALSO = {"vacancy": ("vacature",), "rent_cents": ("kale huur", "bare rent")}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header tells: a column, and whether its cells are euros where the column is in whole cents."""

    column: str
    euros: bool = False


def recognised(headers: Iterable[str], labels: Mapping[str, Both], place: Place) -> dict[str, Meaning]:
    """What each header means that this table knows.

    Capitals, spaces, underscores and punctuation do not matter. A column in whole cents is read as cents only
    when the header says so (`rent_cents`, `huur in centen`); without a unit, or with euro, it holds euros.

    Parameters
    ----------
    headers
        As they stand in the table.
    labels
        What each column of the table is called.
    place
        The file, for messages.

    Raises
    ------
    InputError
        When two headers tell the same column.

    Examples
    --------
    >>> recognised(["Huur"], {"rent_cents": Both("huur in centen", "rent in cents")}, Place("homes.csv"))
    {'Huur': Meaning(column='rent_cents', euros=True)}
    """
    known = _spellings(labels)
    found: dict[str, Meaning] = {}
    by_column: dict[str, str] = {}
    for header in headers:
        meaning = known.get(_squashed(header))
        if meaning is None:
            continue
        if meaning.column in by_column:
            raise InputError(
                N_("two headers mean the same column: {one} and {other}"),
                place=Place(place.file, place.sheet, column=header),
                expected=N_("each column once"),
                remedy=N_("remove the one that does not belong"),
                one=by_column[meaning.column],
                other=header,
            )
        by_column[meaning.column] = header
        found[header] = meaning
    return found


def _spellings(labels: Mapping[str, Both]) -> dict[str, Meaning]:
    """Every header that is known, squashed, with its meaning."""
    found: dict[str, Meaning] = {}
    for name, label in labels.items():
        words = (name, label.nl, label.en, *_ALSO.get(name, ()))
        if not name.endswith(_CENTS):
            found |= dict.fromkeys(map(_squashed, words), Meaning(name))
            continue
        stems = {_squashed(_UNIT.sub("", word.removesuffix(_CENTS))) for word in words}
        found |= {stem + unit: Meaning(name, euros=True) for stem in stems for unit in _IN_EUROS}
        found |= {stem + unit: Meaning(name) for stem in stems for unit in _IN_CENTS}
    return found


def _squashed(header: str) -> str:
    """A header in lower case, without spaces and punctuation, and with the euro sign as a word."""
    return re.sub(r"[\W_]+", "", header.lower().replace("€", "euro"))
