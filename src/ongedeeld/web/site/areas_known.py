"""Which areas and complexes a role can be held in: those of the City that is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current


def areas_known(person: Person) -> Mapping[str, Area]:
    """Every area and complex of the City that is read now, by its code; empty before there is one."""
    opened = current(person)
    return _of(opened) if opened else {}


@lru_cache(maxsize=2)
def _of(opened: Opened) -> Mapping[str, Area]:
    return {area.code: area for area in (*_areas(opened.city), *_complexes(opened.city))}


def _areas(city: City) -> Iterator[Area]:
    rows = {
        row["code"]: row for row in city.table("areas").select("code", "level", "name", "parent").to_dicts()
    }
    for code, row in rows.items():
        yield Area(code, row["name"], row["level"], tuple(_around(code, rows)))


def _complexes(city: City) -> Iterator[Area]:
    if not city.has("complexes"):
        return
    rows = {row["code"]: row for row in city.table("areas").select("code", "parent").to_dicts()}
    for row in city.table("complexes").select("complex", "name", "area").to_dicts():
        around = _around(row["area"], rows) if row["area"] else ()
        yield Area(row["complex"], row["name"] or row["complex"], "complex", (row["complex"], *around))


def _around(code: str | None, rows: Mapping[str, dict[str, str | None]]) -> Iterator[str]:
    while code is not None:
        yield code
        code = rows[code]["parent"] if code in rows else None
