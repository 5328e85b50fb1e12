"""The association's own tables, with the neighbourhood of every row."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError


@dataclass(frozen=True)
class Own:
    """The own tables of a City with the neighbourhood of every row in a column `area`."""

    dwellings: pl.DataFrame
    tenancies: pl.DataFrame
    observations: pl.DataFrame
    surveys: pl.DataFrame
    inspections: pl.DataFrame
    caretaker_hours: pl.DataFrame
    places: pl.DataFrame

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell: homes, counts, answers, inspections, hours or places."""
        tables = (self.observations, self.surveys, self.inspections, self.caretaker_hours, self.places)
        return any(len(table) for table in (self.dwellings, *tables))

    @classmethod
    def of(cls, city: City) -> Own:
        """Gather the own tables.

        Raises
        ------
        AbsentError
            When the homes were drawn from published totals.
        """
        areas = city.table("complexes").select("complex", in_area="area")
        entrances = (
            city.table("entrances").select("entrance", "complex").join(areas, on="complex", how="left")
        )
        homes = city.own_stock("dwellings", N_("homes below the neighbourhood")).join(
            areas, on="complex", how="left"
        )
        homes = homes.with_columns(area=pl.coalesce("area", "in_area")).drop("in_area")
        homes = homes.filter((pl.col("tenure") == "association") | pl.col("tenure").is_null())
        units = pl.concat(
            [
                areas.select(unit="complex", area="in_area"),
                entrances.select(unit="entrance", area="in_area"),
            ]
        )

        def placed(table: str) -> pl.DataFrame:
            frame = city.table(table).join(units, on="unit", how="left")
            here = pl.when(pl.col("level") == "neighbourhood").then("unit").otherwise("area")
            return frame.with_columns(area=here)

        def of_complex(table: str) -> pl.DataFrame:
            return city.table(table).join(areas, on="complex").rename({"in_area": "area"})

        return cls(
            homes,
            city.table("tenancies").join(homes.select("dwelling", "area"), on="dwelling"),
            of_complex("observations"),
            placed("surveys"),
            placed("inspections"),
            of_complex("caretaker_hours"),
            city.table("places"),
        )


def own_of(city: City) -> Own | None:
    """The own tables, or none where there are none that may be told."""
    try:
        return Own.of(city)
    except AbsentError:
        return None
