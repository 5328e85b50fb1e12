"""Find what a card is asked of: a complex, entrance, neighbourhood or district, by number, code or name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from ongedeeld.city.lookup import called, near_names
from ongedeeld.cli.figures import scale
from ongedeeld.errors import N_, AbsentError

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.measures.capacity.known import Level

SHOWN = 5


class Asked(NamedTuple):
    """A unit and its level."""

    level: Level
    unit: str


def find_place(city: City, text: str) -> Asked:
    """The complex, neighbourhood, district or entrance that is called so.

    Parameters
    ----------
    city
        Any City.
    text
        A number or code, or else a whole name that only one has; capitals do not matter.

    Raises
    ------
    AbsentError
        When none, or more than one, is called so; it names those that come near, with their codes.
    """
    held = dict(_held(city))
    found = [Asked(level, code) for level, known in held.items() for code in called(known, text)]
    coded = [asked for asked in found if asked.unit.lower() == text.strip().lower()]
    if len(coded or found) == 1:
        return (coded or found)[0]
    if found:
        raise AbsentError(
            N_("{count} places are called {name}"),
            expected=N_("one of them, such as: {near}"),
            remedy=N_("give the number or code in place of the name"),
            count=len(found),
            name=text,
            near=", ".join(f"{asked.unit} ({scale(asked.level)})" for asked in found[:SHOWN]),
        )
    near = near_names(pl.concat(held.values()), text)
    raise AbsentError(
        N_("{name} is not the number, code or name of a complex, neighbourhood or district of this City"),
        expected=N_("one that comes near: {near}") if near else "",
        remedy=N_("list those that have a card with: ongedeeld capacity DIR"),
        name=text,
        near=near,
    )


def _held(city: City) -> Iterator[tuple[Level, pl.DataFrame]]:
    """By level, all that may be asked for: `code` and `name`."""
    name = pl.coalesce("name", "code")
    yield "complex", city.table("complexes").rename({"complex": "code"}).select("code", name)
    areas = city.table("areas")
    yield "neighbourhood", areas.filter(pl.col("level") == "neighbourhood").select("code", name)
    yield "district", areas.filter(pl.col("level") == "district").select("code", name)
    yield "entrance", city.table("entrances").rename({"entrance": "code"}).select("code", name)
