"""What a reader gives back: areas, figures, where they came from, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from ongedeeld.city import Remark, Source, empty


@dataclass(frozen=True)
class Reading:
    """The harvest of one file.

    `areas` and `indicators` are tables of the City, not yet joined with those of other files.
    """

    source: Source
    areas: pl.DataFrame = field(default_factory=lambda: empty("areas"))
    indicators: pl.DataFrame = field(default_factory=lambda: empty("indicators"))
    remarks: tuple[Remark, ...] = ()

    def renamed(self, key: str) -> Reading:
        """The same harvest of a source that goes by another key."""
        return Reading(
            replace(self.source, key=key),
            self.areas,
            self.indicators.with_columns(source=pl.lit(key)),
            tuple(replace(remark, source=key) for remark in self.remarks),
        )
