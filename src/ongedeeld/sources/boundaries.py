"""Read the boundaries of areas: GeoPackage, GeoJSON or Shapefile, in RD or WGS84, into polygons in RD."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ongedeeld.city import Source, conform
from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import codes, numbers
from ongedeeld.sources.files import year_in
from ongedeeld.sources.geofile import Layer, read_layers
from ongedeeld.sources.layouts import find_header
from ongedeeld.sources.reading import Reading

KEYS = (
    "bu_code",
    "buurtcode",
    "buurt_code",
    "wk_code",
    "wijkcode",
    "gm_code",
    "gemeentecode",
    "statcode",
    "code",
    "gwb_code",
    "pc4",
    "grid_id",
)
NAMES = (
    "bu_naam",
    "buurtnaam",
    "wk_naam",
    "wijknaam",
    "gm_naam",
    "gemeentenaam",
    "statnaam",
    "regio",
    "name",
)
# A column of the map of CBS that tells land from water, and its value for what lies across the border.
WATER = ("water", "h2o")
ABROAD = "B"
# The European Netherlands in RD with a margin of some kilometres of sea.
WEST, SOUTH, EAST, NORTH = -7_000.0, 289_000.0, 300_000.0, 640_000.0


def read_boundaries(path: Path, region: str, year: int | None = None) -> Reading:
    """Read the polygons of a region.

    Parameters
    ----------
    path
        A GeoPackage, GeoJSON or Shapefile with the codes of CBS in one of its fields.
    region
        `NL`, or the code of a municipality.
    year
        The year of the division, where the name of the file does not tell.

    Raises
    ------
    InputError
        When the file is damaged, has no codes or no projection, or a polygon crosses itself or lies outside
        the Netherlands.
    """
    layers = [layer for layer in read_layers(path, shapes=True) if _key(layer) is not None]
    if not layers:
        raise InputError(
            N_("no layer of this file has the codes of areas"),
            place=Place(path.name),
            expected=N_("a field such as buurtcode, wijkcode, gemeentecode or statcode"),
            remedy=N_("check that this is the file you meant"),
        )
    division = year or year_in(path.name)
    areas = pl.concat([_areas(path, layer, region, division) for layer in layers])
    if areas.is_empty():
        raise InputError(
            N_("this file holds no area of {region}"),
            place=Place(path.name, column=_key(layers[0])),
            expected=N_("codes such as GM0344, WK034401 or BU03440111"),
            remedy=N_("give the boundaries of {region}"),
            region=region,
        )
    source = Source(
        key=path.name,
        title="Wijk- en buurtkaart" if division is None else f"Wijk- en buurtkaart {division}",
        owner="CBS en Kadaster",
        file=path.name,
        sha256=sha256(path),
        licence="CC BY 4.0",
        date=date(division, 1, 1) if division else None,
        reader="boundaries",
    )
    return Reading(source, conform("areas", areas))


def _key(layer: Layer) -> str | None:
    return find_header(KEYS, layer.fields.columns)


def _areas(path: Path, layer: Layer, region: str, division: int | None) -> pl.DataFrame:
    key, name = _key(layer), find_header(NAMES, layer.fields.columns)
    if key is None:
        raise AssertionError("only layers with a key are read")
    rows = layer.fields.with_row_index("row").with_columns(code=codes.area(pl.col(key), key))
    rows = rows.filter(pl.col("code").str.contains(codes.CODE) & codes.within(pl.col("code"), region))
    parts = ["code"]
    if (water := find_header(WATER, layer.fields.columns)) is not None:
        rows = rows.filter(numbers.bare(pl.col(water)).str.to_uppercase().ne_missing(ABROAD))
        parts.append(water)
    _refuse_double(path, key, rows, parts)
    shapes = _in_rd(path, layer, layer.shapes[rows["row"].to_numpy()])
    _refuse_bad_shapes(path, key, rows, shapes)
    return _united(rows, name, division, shapes)


def _refuse_double(path: Path, key: str, rows: pl.DataFrame, parts: list[str]) -> None:
    """An area may have a row for its land and one for its water; two rows of one kind are a mistake."""
    double = rows.filter(pl.struct(parts).is_duplicated()).sort("code", "row")
    if len(double):
        raise InputError(
            N_("{code} stands here twice; the other is in row {other}"),
            place=Place(path.name, row=double["row"][1] + 1, column=key, value=double["code"][1]),
            expected=N_("one row for each area, or one for its land and one for its water"),
            remedy=N_("remove the row that does not belong"),
            code=double["code"][0],
            other=double["row"][0] + 1,
        )


def _united(rows: pl.DataFrame, name: str | None, division: int | None, shapes: Any) -> pl.DataFrame:
    """One row for each area, of its land and its water."""
    import shapely

    parts: dict[str, list[Any]] = {}
    for code, shape in zip(rows["code"], shapes, strict=True):
        parts.setdefault(code, []).append(shape)
    wholes = [part[0] if len(part) == 1 else shapely.union_all(part) for part in parts.values()]
    return rows.unique("code", keep="first", maintain_order=True).select(
        "code",
        level=codes.level(pl.col("code")),
        name=numbers.bare(pl.col(name)) if name else "code",
        parent=codes.parent(pl.col("code")),
        division=pl.lit(division, pl.Int64),
        geometry=pl.Series(shapely.to_wkb(wholes).tolist(), dtype=pl.Binary),
    )


def _in_rd(path: Path, layer: Layer, shapes: Any) -> Any:
    """The shapes in RD; those without a known projection are refused rather than guessed."""
    import pyproj
    import shapely

    try:
        crs = pyproj.CRS.from_user_input(layer.crs)
    except pyproj.exceptions.CRSError as error:
        raise InputError(
            N_("the projection of this file is not known"),
            place=Place(path.name, layer.name),
            expected=N_("EPSG:28992 (RD) or EPSG:4326 (WGS84)"),
            remedy=N_(
                "for a Shapefile, put the .prj file beside it; otherwise save it again with its projection"
            ),
        ) from error
    if crs.to_epsg() == 28992:
        return shapely.force_2d(shapes)
    to_rd = pyproj.Transformer.from_crs(crs, 28992, always_xy=True)
    return shapely.transform(shapely.force_2d(shapes), lambda xy: np.column_stack(to_rd.transform(*xy.T)))


def _refuse_bad_shapes(path: Path, key: str, rows: pl.DataFrame, shapes: Any) -> None:
    import shapely

    def refuse(wrong: Any, problem: str, expected: str, remedy: str, **fields: object) -> None:
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            raise InputError(
                problem,
                place=Place(
                    path.name, row=int(rows["row"][first]) + 1, column=key, value=rows["code"][first]
                ),
                expected=expected,
                remedy=remedy,
                **fields,
            )

    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    refuse(absent, N_("this area has no shape"), N_("a polygon"), N_("download the file again"))
    flat = ~np.isin(shapely.get_type_id(shapes), (3, 6))
    refuse(
        flat,
        N_("this shape is not a polygon"),
        N_("a polygon"),
        N_("give the file with areas, not points or lines"),
    )
    west, south, east, north = shapely.bounds(shapes).T
    inside = (west > WEST) & (south > SOUTH) & (east < EAST) & (north < NORTH)
    refuse(
        ~inside,
        N_("this area lies outside the Netherlands"),
        N_("coordinates in EPSG:28992 (RD) or EPSG:4326 (WGS84), as the file says"),
        N_("the file may name the wrong projection: save it again in RD"),
    )
    crossing = ~shapely.is_valid(shapes)
    why = shapely.is_valid_reason(shapes[crossing][0]) if crossing.any() else ""
    refuse(
        crossing,
        N_("the boundary of this area crosses itself ({why})"),
        N_("a valid polygon"),
        N_("mend it with 'Fix geometries' in QGIS, or download the file again"),
        why=why,
    )
