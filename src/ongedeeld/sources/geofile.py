"""Read the layers of a geographic file: GeoPackage, GeoJSON, Shapefile, and dBase without shapes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources.files import cut_short, refuse_unreadable

SUFFIXES = frozenset({".gpkg", ".geojson", ".shp", ".dbf"})


@dataclass(frozen=True)
class Layer:
    """One layer: its fields as text, its shapes as an array of shapely geometries, and their projection."""

    name: str
    fields: pl.DataFrame
    shapes: Any
    crs: str | None


def read_layers(path: Path, *, shapes: bool) -> list[Layer]:
    """All layers of a file.

    Raises
    ------
    InputError
        When the file is absent, damaged, or something else than its name says.
    """
    refuse_unreadable(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            N_("this is not a map"),
            place=Place(path.name),
            expected=N_("GeoPackage, GeoJSON or Shapefile"),
            remedy=N_("unpack it, or save it again as GeoPackage"),
        )
    import pyogrio
    import shapely

    try:
        with warnings.catch_warnings():
            # What GDAL warns of is either mended by it, such as a ring that is not closed, or tested here.
            warnings.simplefilter("ignore", RuntimeWarning)
            names = [str(name) for name, _ in pyogrio.list_layers(path)]
            return [_read_layer(path, name, shapes=shapes) for name in names]
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        pyogrio.errors.GeometryError,
        pl.exceptions.PolarsError,
        shapely.errors.ShapelyError,
        UnicodeError,
    ) as error:
        raise cut_short(path, str(error)) from error


def _read_layer(path: Path, name: str, *, shapes: bool) -> Layer:
    import pyogrio
    import shapely

    promised = pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
    meta, _, wkb, data = pyogrio.raw.read(path, layer=name, read_geometry=shapes)
    columns = {
        str(field): pl.Series(_plain(values)) for field, values in zip(meta["fields"], data, strict=True)
    }
    fields = pl.DataFrame(columns)
    # A layer of shapes alone has no columns to count by.
    read = len(wkb) if wkb is not None else len(fields)
    if read < promised:
        raise cut_short(path, f"{read} < {promised}", name)
    geometries = shapely.from_wkb(wkb, on_invalid="ignore") if wkb is not None else None
    return Layer(name, fields.with_columns(pl.all().cast(pl.String, strict=False)), geometries, meta["crs"])


def _plain(values: Any) -> Any:
    """Texts may come as objects with None or nan in them, which Polars would not take for text."""
    if values.dtype != object:
        return values
    return [value if isinstance(value, str) else None for value in values]
