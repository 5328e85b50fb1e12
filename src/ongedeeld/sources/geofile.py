"""Read the layers of a geographic file: GeoPackage, GeoJSON, Shapefile, and dBase without shapes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.errors import N_, InputError, Place

SUFFIXES = frozenset({".gpkg", ".geojson", ".shp", ".dbf"})


@dataclass(frozen=True)
class Layer:
    """One layer: its fields as text, its shapes as an array of shapely geometries (or none) and their projection."""

    name: str
    fields: pl.DataFrame
    shapes: Any
    crs: str | None


def read_layers(path: Path, *, shapes: bool) -> list[Layer]:
    """All layers of a file.

    Raises
    ------
    InputError
        When the file is damaged, or is something else than its name says.
    """
    import pyogrio

    try:
        with warnings.catch_warnings():
            # GDAL warns of trouble that it mends by itself, such as a ring that is not closed; shapes are checked below.
            warnings.simplefilter("ignore", RuntimeWarning)
            return [_read_layer(path, str(name), shapes=shapes) for name, _ in pyogrio.list_layers(path)]
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
    ) as error:
        raise InputError(
            N_("this file is cut short or damaged ({detail})"),
            place=Place(path.name),
            expected=N_("GeoPackage, GeoJSON or Shapefile"),
            remedy=N_("download it again from its owner"),
            detail=str(error).splitlines()[0],
        ) from error


def _read_layer(path: Path, name: str, *, shapes: bool) -> Layer:
    import pyogrio
    import shapely

    meta, _, wkb, data = pyogrio.raw.read(path, layer=name, read_geometry=shapes)
    fields = pl.DataFrame(
        {str(field): pl.Series(_plain(values)) for field, values in zip(meta["fields"], data, strict=True)}
    )
    geometries = shapely.from_wkb(wkb, on_invalid="ignore") if wkb is not None else None
    return Layer(name, fields.with_columns(pl.all().cast(pl.String, strict=False)), geometries, meta["crs"])


def _plain(values: Any) -> Any:
    """Texts may come as objects with None or nan in them, which Polars would not take for text."""
    if values.dtype != object:
        return values
    return [value if isinstance(value, str) else None for value in values]
