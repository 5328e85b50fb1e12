"""What a file that arrives is: a table of one's own, published figures, boundaries, addresses or a City."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources.fetching.basket import LIST
from ongedeeld.sources.headers import OWN_TABLES, recognise, squashed
from ongedeeld.sources.tabular import Sheet, read_sheets
from ongedeeld.vocabulary import TABLES, Both
from ongedeeld.web.cities.address_file import ADDRESSES, is_of_addresses
from ongedeeld.web.cities.arriving import home_of_city

CITY = "city"
OPEN = ("kwb", "livability", "proximity", "boundaries", "crime", "crosswalk")
WORDS = {
    CITY: N_("a saved City"),
    ADDRESSES: N_("addresses"),
    "kwb": N_("key figures of neighbourhoods (CBS)"),
    "livability": N_("Leefbaarometer"),
    "proximity": N_("proximity of amenities (CBS)"),
    "boundaries": N_("boundaries"),
    "crime": N_("registered crime"),
    "crosswalk": N_("recodings between divisions"),
}
"""What each kind is called; an own table is called as the vocabulary calls it."""
_NAMES = {
    "kwb": ("kwb", "kerncijfers"),
    "livability": ("leefbaarometer", "livability", "scores", "dimensiescore"),
    "proximity": ("proximity", "nabijheid"),
    "crime": ("crime", "misdrij"),
    "boundaries": ("boundaries", "grenzen", "wijkenbuurten", "wijkbuurtkaart"),
    "crosswalk": ("crosswalk", "omnummering", "recodings"),
    ADDRESSES: ("addresses", "adressen"),
}


@dataclass(frozen=True)
class Sorted:
    """The files of one delivery, by what they are."""

    city: Path | None = None
    addresses: Path | None = None
    own: dict[str, Path] = field(default_factory=dict)
    open: dict[str, list[Path]] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, str]]:
        """The name of each file, and the kind for which it was taken."""
        alone = [(self.city, CITY), (self.addresses, ADDRESSES)]
        pairs = [(path, kind) for path, kind in alone if path is not None]
        pairs += [(path, kind) for kind, paths in self.open.items() for path in paths]
        pairs += [(path, table) for table, path in self.own.items()]
        return [(path.name, kind) for path, kind in pairs]


def sort(paths: Iterable[Path]) -> Sorted:
    """Tell the files of a delivery apart.

    Raises
    ------
    InputError
        For a file that is nothing that is known, a second one of what can be only one, a City with others, or
        no file at all.
    """
    city: Path | None = None
    addresses: Path | None = None
    found = Sorted()
    every = [path for path in sorted(paths) if path.name != LIST]
    if not every:
        raise InputError(N_("its files are not there any more"), remedy=N_("bring them in again"))
    fetched = _fetched(every[0].parent / LIST)
    for path in every:
        kinds = [fetched[path.name]] if path.name in fetched else kinds_of(path)
        for kind in kinds:
            if kind == CITY:
                city = _only(city, path)
            elif kind == ADDRESSES:
                addresses = _only(addresses, path)
            elif kind in OPEN:
                found.open.setdefault(kind, []).append(path)
            else:
                found.own[kind] = _only(found.own.get(kind), path)
    if city is not None and len(every) > 1:
        raise InputError(
            N_("a saved City is whole: it comes without other files"),
            place=Place(city.name),
            remedy=N_("bring the City in by itself, accept it, and then bring in the other files"),
        )
    return Sorted(city, addresses, found.own, found.open)


def _only(first: Path | None, second: Path) -> Path:
    if first is not None:
        raise InputError(
            N_("this file tells the same as {other}"),
            place=Place(second.name),
            expected=N_("one file of each own table"),
            remedy=N_("leave one of the two out"),
            other=first.name,
        )
    return second


def _fetched(path: Path) -> dict[str, str]:
    """The kinds of fetched files, as the list beside them tells."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(file["name"]): str(file["kind"]) for file in files}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def kinds_of(path: Path) -> list[str]:
    """What a file is: by its name where that tells, else by its headers; a workbook may hold several tables.

    Raises
    ------
    InputError
        When neither tells.
    """
    suffix = path.suffix.lower()
    if suffix == ".zip" and _holds_city(path):
        return [CITY]
    if suffix in (".gpkg", ".geojson"):
        return ["boundaries"]
    by_name = _by_name(path.stem)
    if by_name:
        return [by_name]
    if suffix not in (".zip", ".json") and (tables := _tables(path)):
        return tables
    raise InputError(
        N_("it is not clear what this file is"),
        place=Place(path.name),
        expected=N_("the name of a table, such as dwellings.xlsx, or of figures, such as kwb-2025.xlsx"),
        remedy=N_("rename it to one of: {known}"),
        known=", ".join((*OWN_TABLES, ADDRESSES, *OPEN)),
    )


def _holds_city(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return home_of_city(archive.namelist()) is not None


def _by_name(stem: str) -> str | None:
    plain = squashed(stem)
    for table in OWN_TABLES:
        names = (table, TABLES[table].label_nl, TABLES[table].label_en)
        if plain in {squashed(name) for name in names}:
            return table
    bare = stem.partition("=")[2] or stem
    hits = [kind for kind, names in _NAMES.items() if any(name in bare.lower() for name in names)]
    return hits[0] if len(hits) == 1 else None


def _tables(path: Path) -> list[str]:
    sheets = read_sheets(path)
    named = [sheet.name for sheet in sheets if sheet.name in OWN_TABLES]
    if named:
        return [str(name) for name in named]
    if any(is_of_addresses(sheet.frame.columns) for sheet in sheets):
        return [ADDRESSES]
    best = max(((_fit(sheet, table), table) for sheet in sheets for table in OWN_TABLES), default=(0.0, ""))
    return [best[1]] if best[0] > 0 else []


def _fit(sheet: Sheet, table: str) -> float:
    """Which part of the headers a table knows; nothing where a column of its key is absent."""
    headers = sheet.frame.columns
    known = {meaning.column.name for meaning in recognise(table, headers).values()}
    return len(known) / len(headers) if set(TABLES[table].key) <= known else 0.0


def called(kind: str) -> str | Both:
    """What a kind is called, to be said."""
    if kind in WORDS:
        return WORDS[kind]
    return Both(TABLES[kind].label_nl, TABLES[kind].label_en)
