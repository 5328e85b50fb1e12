"""Addresses as they are searched: letters and digits alone, without capitals, accents and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_POSTCODE = re.compile(r"(?<!\w)([1-9][0-9]{3})\s?([a-z]{2})(?![a-z])", re.IGNORECASE)
_PIECE = re.compile(r"[a-z]+|[0-9]+")
LONGEST = 120
"""How much of what is typed is read."""


def key_of(text: str) -> str:
    """What is left of a text for searching.

    >>> key_of("'s-Gravenhaagsche Éénweg"), key_of("1e Hugo de Grootstr.")
    ('sgravenhaagscheeenweg', '1ehugodegrootstr')
    """
    return "".join(pieces_of(text))


def pieces_of(text: str) -> list[str]:
    """The same in pieces of letters and pieces of digits.

    >>> pieces_of("Kerkstraat 12-bis")
    ['kerkstraat', '12', 'bis']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _PIECE.findall(plain)


@dataclass(frozen=True)
class Split:
    """One way to read what was typed: the beginning of a street, and perhaps a number and an addition."""

    street: str
    number: int | None = None
    addition: str = ""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: a postcode, and the ways to read the rest."""

    postcode: str
    splits: tuple[Split, ...]


def wanted(text: str) -> Wanted:
    """Read what was typed; what stands behind a comma is a place, and left out but for its postcode.

    >>> wanted("3511 ax 12")
    Wanted(postcode='3511AX', splits=(Split(street='', number=12, addition=''),))
    >>> [split.street for split in wanted("Plein 1944 7").splits]
    ['plein', 'plein1944', 'plein19447']
    """
    text = text[:LONGEST]
    found = _POSTCODE.search(text)
    postcode = "".join(found.groups()).upper() if found else ""
    rest = text.replace(found.group(), " ", 1) if found else text
    return Wanted(postcode, tuple(_splits(pieces_of(rest.partition(",")[0]))))


def _splits(pieces: list[str]) -> Iterator[Split]:
    for at, piece in enumerate(pieces):
        if piece.isdigit() and len(piece) <= 5:
            yield Split("".join(pieces[:at]), int(piece), "".join(pieces[at + 1 :]))
    if pieces and not (len(pieces) == 1 and pieces[0].isdigit()):
        yield Split("".join(pieces))
