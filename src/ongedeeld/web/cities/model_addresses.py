"""Invented addresses for the model city: a street of its own for every complex."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ongedeeld.city import City
from ongedeeld.web.cities.address_file import ADDRESSES, FIELDS, read_addresses
from ongedeeld.web.cities.addresses import keep_addresses
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of

_KINDS = ("straat", "laan", "hof", "plein", "kade", "weg", "singel", "pad", "dreef", "gracht")
_ENDS = ("buurt", "wijk", "kwartier", "park")
_FIRST_POSTCODE = 5001
# The letters SA, SD and SS stand in no real postcode.
_LETTERS = "SS"

Row = tuple[object, ...]


def give_model_addresses(version: CityVersion) -> None:
    """Give a version of the model city its invented addresses; one that has some keeps them."""
    if version.addresses_id is not None or not version.invented:
        return
    city = City.open(folder_of(version.folder))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{ADDRESSES}.csv"
        path.write_text(model_addresses(city), encoding="utf-8")
        version.addresses = keep_addresses(read_addresses(path, city))
    version.save(update_fields=["addresses"])


def model_addresses(city: City) -> str:
    """A csv with an address for every home of the association, the same for the same City."""
    rows = (";".join(str(cell) for cell in row) for row in _rows(city))
    return "\n".join((";".join(FIELDS), *rows)) + "\n"


def _rows(city: City) -> Iterator[Row]:
    streets = _streets(city)
    homes = city.table("dwellings").filter(tenure="association").sort("dwelling")
    numbers: Counter[str] = Counter()
    doors: dict[tuple[str, str], int] = {}
    within: Counter[tuple[str, str]] = Counter()
    for dwelling, complex_, entrance in homes.select("dwelling", "complex", "entrance").iter_rows():
        street, postcode = streets[complex_]
        door = (complex_, entrance or dwelling)
        if door not in doors:
            numbers[complex_] += 1
            doors[door] = 2 * numbers[complex_] - 1
        within[door] += 1
        addition = within[door] if entrance else ""
        place = (city.manifest.name, complex_, entrance or "", dwelling, "")
        yield (street, doors[door], addition, postcode, *place)


def _streets(city: City) -> dict[str, tuple[str, str]]:
    """The street and the postcode of every complex."""
    names = dict(city.table("areas").select("code", "name").iter_rows())
    built: Counter[str] = Counter()
    streets = {}
    for at, (number, area) in enumerate(city.table("complexes").select("complex", "area").iter_rows()):
        stem = names.get(area, "Voorbeeld")
        for end in _ENDS:
            stem = stem.removesuffix(end)
        round_, kind = divmod(built[stem], len(_KINDS))
        built[stem] += 1
        street = f"{stem}{_KINDS[kind]}" if not round_ else f"{round_ + 1}e {stem}{_KINDS[kind]}"
        streets[number] = street, f"{_FIRST_POSTCODE + at} {_LETTERS}"
    return streets
