"""The points by which a municipality finds the place of a signal, and which of them is of one home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import polars as pl
import shapely

from ongedeeld.city import City
from ongedeeld.errors import N_
from ongedeeld.web.cities.models import Address
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.signals.models import Signal


class At(StrEnum):
    """What a point is of, in the order in which it is offered: that of one home only to who chooses it."""

    ENTRANCE = "entrance"
    COMPLEX = "complex"
    NEIGHBOURHOOD = "neighbourhood"
    DOOR = "door"


CALLED = {
    At.ENTRANCE: N_("the entrance at this address, which several homes share"),
    At.COMPLEX: N_("the complex"),
    At.NEIGHBOURHOOD: N_("the middle of the neighbourhood"),
    At.DOOR: N_("the front door at this address, which is of one home"),
}


@dataclass(frozen=True)
class Point:
    """A point in metres in EPSG:28992, and what it is of."""

    at: At
    x_m: float
    y_m: float

    @property
    def degrees(self) -> tuple[float, float]:
        """Its longitude and latitude."""
        # Loads a library of projections, which the other pages need not wait for.
        import pyproj

        onto = pyproj.Transformer.from_crs(28992, 4326, always_xy=True)
        longitude, latitude = onto.transform(self.x_m, self.y_m)
        return round(longitude, 6), round(latitude, 6)


def points_of(signal: Signal, opened: Opened) -> list[Point]:
    """Where a signal of public space is: the most precise point that is not of one home first.

    Parameters
    ----------
    signal
        The signal.
    opened
        The City that is read.
    """
    found = [*_at_address(signal, opened), *_complex(signal, opened.city), *_middle(signal, opened.city)]
    return sorted(found, key=lambda one: list(At).index(one.at))


def _at_address(signal: Signal, opened: Opened) -> Iterator[Point]:
    """The entrance at the address by which it was reported."""
    entrance, city = _entrance(signal, opened), opened.city
    if not entrance or not city.has("entrances"):
        return
    behind = city.table("dwellings").filter(entrance=entrance).height if city.has("dwellings") else 0
    at = At.ENTRANCE if behind > 1 else At.DOOR
    yield from _placed(city.table("entrances").filter(entrance=entrance), at)


def _entrance(signal: Signal, opened: Opened) -> str:
    if not signal.near:
        return ""
    around = {"complex": signal.complex} if signal.complex else {"area__in": signal.area_codes}
    there = Address.objects.filter(book__versions__key=opened.version, **around).exclude(entrance="")
    return next((one.entrance for one in there.iterator() if blind_home(home_of(one)) == signal.near), "")


def _complex(signal: Signal, city: City) -> Iterator[Point]:
    if signal.complex and city.has("complexes"):
        yield from _placed(city.table("complexes").filter(complex=signal.complex), At.COMPLEX)


def _placed(rows: pl.DataFrame, at: At) -> Iterator[Point]:
    for x_m, y_m in rows.drop_nulls(["x_m", "y_m"]).select("x_m", "y_m").head(1).iter_rows():
        yield Point(at, x_m, y_m)


def _middle(signal: Signal, city: City) -> Iterator[Point]:
    inner = pl.col("code").is_in(list(signal.area_codes)) & (pl.col("level") == "neighbourhood")
    for shape in city.table("areas").filter(inner).drop_nulls("geometry")["geometry"].head(1):
        middle = shapely.from_wkb(shape).representative_point()
        yield Point(At.NEIGHBOURHOOD, middle.x, middle.y)
