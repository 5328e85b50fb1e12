"""A scenario packed, so that it can be sent to a worker in another process or on another machine."""

from __future__ import annotations

import copyreg
import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import polars as pl

from ongedeeld.city import City, Manifest
from ongedeeld.errors import N_, CityError, Place
from ongedeeld.simulation.futures.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Parcel:
    """A scenario with its City, packed; by being the same one it is known again, as it may be large.

    Parameters
    ----------
    scenario
        The scenario without its City, as bytes.
    manifest
        Of the City.
    folder
        Where the worker can open the City; None where the City is in the parcel.
    tables
        The files of the City by table; empty where the worker opens its folder.
    checksum
        Of all its tables.
    """

    scenario: bytes
    manifest: Manifest
    folder: Path | None
    tables: Mapping[str, bytes]
    checksum: str

    def unpacked(self) -> Scenario:
        """The scenario.

        Raises
        ------
        CityError
            When the City in the folder is another by now.
        """
        # It was packed by this program, and came over a connection of its own.
        scenario: Scenario = pickle.loads(self.scenario)  # noqa: S301
        return replace(scenario, city=self._city())

    def _city(self) -> City:
        if self.folder is None:
            tables = {name: pl.read_parquet(BytesIO(file)) for name, file in self.tables.items()}
            return City.of(tables, self.manifest)
        city = City.open(self.folder)
        if checksum_of(city) != self.checksum:
            raise CityError(
                N_("this City was saved anew since the simulation began"),
                place=Place(self.folder),
                remedy=N_("simulate the new City, into a new folder"),
            )
        return city


def packed(scenario: Scenario, *, whole: bool) -> Parcel:
    """A scenario as a parcel.

    Parameters
    ----------
    scenario
        What is simulated.
    whole
        Whether the worker is on another machine, where the folder of the City may not be, so that the City
        has to be in it.
    """
    city = scenario.city
    folder = None if whole else city.path
    # An empty City in its place, as frames are sent in a form of their own.
    without = replace(scenario, city=City(Manifest("", "", city.manifest.created)))
    held = BytesIO()
    _Packer(held, protocol=pickle.HIGHEST_PROTOCOL).dump(without)
    tables = _files(city) if folder is None else {}
    return Parcel(held.getvalue(), city.manifest, folder, tables, checksum_of(city))


def checksum_of(city: City) -> str:
    """The SHA-256 of all tables of a City together, in hexadecimal."""
    if city.path is not None:
        parts = {name: stored.sha256 for name, stored in city.manifest.tables.items()}
    else:
        parts = {name: hashlib.sha256(file).hexdigest() for name, file in _files(city).items()}
    return hashlib.sha256("\n".join(f"{name} {parts[name]}" for name in sorted(parts)).encode()).hexdigest()


def _files(city: City) -> dict[str, bytes]:
    """The tables of a City as files of Parquet."""
    return {name: as_parquet(city.table(name)) for name in city.tables()}


def as_parquet(frame: pl.DataFrame) -> bytes:
    """A table as a file of Parquet."""
    held = BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


class _Packer(pickle.Pickler):
    """Packs also the read-only views of dictionaries that rules and assumptions hold."""

    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[MappingProxyType] = lambda view: (_view_of, (dict(view),))


def _view_of(held: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(held)
