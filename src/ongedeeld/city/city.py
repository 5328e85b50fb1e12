"""The City itself: open it, look at its tables, check it, save it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polars as pl

from ongedeeld.city import checks, storage
from ongedeeld.city.manifest import Manifest
from ongedeeld.city.schema import conform, dtypes, empty
from ongedeeld.errors import N_, AbsentError, CityError
from ongedeeld.vocabulary import TABLES


@dataclass(frozen=True)
class City:
    """A set of checked tables plus a manifest; a City is never changed in place.

    Make one from frames with :meth:`of`, or from a folder with :meth:`open`. Every table but `areas` is
    optional; :meth:`table` gives an empty one with the right columns where a City has none.

    Examples
    --------
    >>> from datetime import date
    >>> import polars as pl
    >>> from ongedeeld.city import City, Manifest
    >>> areas = pl.DataFrame({"code": ["GM0001"], "level": ["municipality"], "name": ["Voorbeeldstad"]})
    >>> city = City.of({"areas": areas}, Manifest("Voorbeeldstad", "GM0001", date(2026, 1, 1)))
    >>> city.table("areas")["name"].to_list()
    ['Voorbeeldstad']
    """

    manifest: Manifest
    path: Path | None = None
    _frames: Mapping[str, pl.LazyFrame] = field(default_factory=dict, repr=False)
    _collected: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> Self:
        """A City of these frames.

        Parameters
        ----------
        tables
            Frames by table name; `areas` must be among them.
        manifest
            Its name, region, sources and remarks.

        Raises
        ------
        CityError
            For an unknown table, or a frame that does not fit the vocabulary.
        """
        if "areas" not in tables:
            raise CityError(N_("a City needs the table areas"), remedy=N_("give KWB or boundaries as input"))
        for name in tables:
            _refuse_unknown(name)
        frames = {name: conform(name, tables[name]) for name in TABLES if name in tables}
        return cls(manifest, None, {name: frame.lazy() for name, frame in frames.items()}, frames)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The City in the folder `path`, read lazily.

        Raises
        ------
        CityError
            When there is no City there, it is damaged, or it was written by a newer version.
        """
        folder = Path(path)
        manifest = storage.read(folder)
        # A later version may have added tables: this one does without. An earlier one may lack columns.
        frames = {
            name: pl.scan_parquet(folder / stored.file, schema=dtypes(TABLES[name]), missing_columns="insert")
            for name, stored in manifest.tables.items()
            if name in TABLES
        }
        return cls(manifest, folder, frames)

    def save(self, path: str | Path) -> Self:
        """Write the City to a folder, whole or not at all, and give back the City there.

        Raises
        ------
        CityError
            When the folder holds something else, or cannot be written.
        """
        folder = Path(path).resolve()
        storage.write(folder, {name: self.table(name) for name in self.tables()}, self.manifest)
        return self.open(folder)

    def tables(self) -> tuple[str, ...]:
        """The names of the tables that this City holds."""
        return tuple(self._frames)

    def has(self, table: str) -> bool:
        """Whether the City holds this table."""
        return table in self._frames

    def scan(self, table: str) -> pl.LazyFrame:
        """A table as a lazy frame; empty where the City has none.

        Raises
        ------
        CityError
            For a name that is not a table of the vocabulary.
        """
        _refuse_unknown(table)
        return self._frames[table] if table in self._frames else empty(table).lazy()

    def table(self, table: str) -> pl.DataFrame:
        """A table as a frame, read once; empty where the City has none.

        Raises
        ------
        CityError
            When its file is damaged, or no table has this name.
        """
        if table not in self._collected:
            self._collected[table] = self._collect(table)
        return self._collected[table]

    def _collect(self, table: str) -> pl.DataFrame:
        lazy = self.scan(table)
        try:
            frame = lazy.collect()
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            if self.path and storage.is_replaced(self.path, self.manifest):
                raise storage.replaced(self.path) from error
            raise storage.damaged(self._file(table), str(error).partition("\n")[0]) from error
        lacking = [
            column.name
            for column in TABLES[table].columns
            if column.required and frame[column.name].has_nulls()
        ]
        if lacking:
            raise storage.damaged(self._file(table), ", ".join(lacking))
        return frame

    def _file(self, table: str) -> Path:
        return (self.path or Path()) / self.manifest.tables[table].file

    def own_stock(self, table: str, purpose: str) -> pl.DataFrame:
        """A table of the stock, for a purpose that needs real homes.

        Raises
        ------
        AbsentError
            When the stock was drawn from published totals, so that nothing below the neighbourhood is known.
        """
        if self.manifest.stock == "drawn":
            raise AbsentError(
                N_("{purpose} cannot be told from a stock drawn from published totals"),
                remedy=N_("give your own homes with --dwellings"),
                purpose=purpose,
            )
        return self.table(table)

    def check(self) -> list[checks.Finding]:
        """Run every named check; an empty list is a City without remarks."""
        return checks.run(self)


def _refuse_unknown(table: str) -> None:
    if table not in TABLES:
        raise CityError(
            N_("there is no table {table}"),
            expected=N_("one of: {known}"),
            remedy=N_("check the name"),
            table=table,
            known=", ".join(TABLES),
        )
