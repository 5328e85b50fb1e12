"""Join what the readers found into one City."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from ongedeeld.city import City, Manifest, Remark, empty
from ongedeeld.errors import N_, InputError
from ongedeeld.sources import codes
from ongedeeld.sources.boundaries import read_boundaries
from ongedeeld.sources.crosswalk import Crosswalk, into_newest_division, read_crosswalk
from ongedeeld.sources.figures import read_figures
from ongedeeld.sources.layouts import Kind
from ongedeeld.sources.own import OwnTable, read_all_own
from ongedeeld.sources.reading import Reading


@dataclass(frozen=True)
class Inputs:
    """The files that a City is built from; a file may be preceded by its year: ``2023=kwb.xlsx``.

    `own` holds the association's own tables, by table name. Each `crosswalk` carries figures by an older
    division over to the newest; a year before it is the last one by the old division.
    """

    kwb: Sequence[str | Path] = ()
    livability: Sequence[str | Path] = ()
    proximity: Sequence[str | Path] = ()
    boundaries: Sequence[str | Path] = ()
    own: Mapping[str, str | Path] = field(default_factory=dict)
    crosswalk: Sequence[str | Path] = ()
    crime: Sequence[str | Path] = ()


def build(region: str, inputs: Inputs, *, today: date) -> City:
    """Build the City of a region.

    Parameters
    ----------
    region
        `NL`, or the code of a municipality, such as `GM0344`.
    inputs
        The files; at least one must tell which areas there are.
    today
        The day that the manifest names.

    Raises
    ------
    InputError
        When the region or a file is not what it should be. Nothing is written.
    """
    _refuse_strange_region(region)
    by_kind, boundaries, crosswalks = _everything_read(region, inputs)
    readings = [reading for found in by_kind.values() for reading in found]
    if not readings and not boundaries:
        raise InputError(
            N_("there is nothing to build from"), remedy=N_("give at least --kwb FILE or --boundaries FILE")
        )
    naming = by_kind["kwb"] or boundaries or readings
    areas, indicators, remarks = _join(naming, readings, boundaries)
    own = read_all_own(inputs.own, areas)
    everything: list[Reading | OwnTable] = [*readings, *boundaries, *own]
    everything += [Reading(crosswalk.source) for crosswalk in crosswalks]
    told: list[Reading | OwnTable] = [*own, *readings, *boundaries]
    manifest = Manifest(
        name=_name(areas, region),
        region=region,
        created=today,
        stock="own" if "dwellings" in inputs.own else "none",
        sources=tuple({reading.source.key: reading.source for reading in everything}.values()),
        remarks=tuple(remark for reading in told for remark in reading.remarks) + tuple(remarks),
    )
    tables = {"areas": areas, "indicators": indicators} | {table.table: table.frame for table in own}
    return City.of(tables, manifest)


def _everything_read(
    region: str, inputs: Inputs
) -> tuple[dict[Kind, list[Reading]], list[Reading], list[Crosswalk]]:
    """The figures by kind, in the newest division; the boundaries; and which area went where."""
    kinds: dict[Kind, Sequence[str | Path]] = {
        "kwb": inputs.kwb,
        "livability": inputs.livability,
        "proximity": inputs.proximity,
        "crime": inputs.crime,
    }
    taken: dict[str, str] = {}
    by_kind = {
        kind: [
            _with_key_of_its_own(reading, taken) for spec in specs for reading in _read(spec, kind, region)
        ]
        for kind, specs in kinds.items()
    }
    boundaries = [_with_key_of_its_own(_read_boundaries(spec, region), taken) for spec in inputs.boundaries]
    crosswalks = [read_crosswalk(*_with_year(spec)) for spec in inputs.crosswalk]
    if crosswalks:
        naming = by_kind["kwb"] or boundaries
        by_kind = {kind: into_newest_division(found, naming, crosswalks) for kind, found in by_kind.items()}
    return by_kind, boundaries, crosswalks


def _refuse_strange_region(region: str) -> None:
    if not codes.is_region(region):
        raise InputError(
            N_("'{region}' is not a region"),
            expected=N_("NL, or the code of a municipality such as GM0344"),
            remedy=N_("look the code up in the list of municipalities of CBS"),
            region=region,
        )


def _with_key_of_its_own(reading: Reading, taken: dict[str, str]) -> Reading:
    """Two files may have one name; `taken` holds the checksum of the file that goes by each key."""
    name, key = reading.source.key, reading.source.key
    for number in count(2):
        if taken.setdefault(key, reading.source.sha256) == reading.source.sha256:
            break
        key = f"{name} ({number})"
    return reading if key == name else reading.renamed(key)


def _read_boundaries(spec: str | Path, region: str) -> Reading:
    path, year = _with_year(spec)
    return read_boundaries(path, region, year)


def _read(spec: str | Path, kind: Kind, region: str) -> list[Reading]:
    path, year = _with_year(spec)
    return read_figures(path, kind, region, year)


def _with_year(spec: str | Path) -> tuple[Path, int | None]:
    """The path and the year of `2023=path`, or the path alone."""
    year, equals, path = str(spec).partition("=")
    if equals and year.isdigit() and len(year) == 4:
        return Path(path), int(year)
    return Path(spec), None


def _join(
    naming: list[Reading], figures: list[Reading], boundaries: list[Reading]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Remark]]:
    """The areas that the naming readings tell of, with the shapes and figures of all readings for them."""
    areas = (
        pl.concat([reading.areas for reading in naming])
        # Codes come and go: the City has the areas of the newest division, level by level.
        .filter(pl.col("division").fill_null(0) == pl.col("division").fill_null(0).max().over("level"))
        .unique("code", keep="first", maintain_order=True)
        .drop("geometry")
    )
    shapes = pl.concat([empty("areas"), *(reading.areas for reading in boundaries)])
    shapes = shapes.select("code", "geometry").unique("code", keep="first", maintain_order=True)
    remarks = [
        *_remarks_on_strangers(
            areas, boundaries, N_("boundaries of areas outside this division, which are left out: {count}")
        ),
        *_remarks_on_strangers(
            areas, figures, N_("areas outside this division whose figures are left out: {count}")
        ),
    ]
    areas = areas.join(shapes, on="code", how="left")
    areas, orphans = _without_absent_parents(areas)
    if orphans:
        text = N_("areas in an area that this City does not have: {count}")
        remarks.append(Remark("areas", text, {"count": orphans}))
    indicators, doubled = _first_figures(areas, figures)
    remarks.extend(doubled)
    return areas, indicators, remarks


def _remarks_on_strangers(areas: pl.DataFrame, readings: Iterable[Reading], text: str) -> list[Remark]:
    strangers = ((reading, reading.areas.join(areas, on="code", how="anti")) for reading in readings)
    return [
        Remark(reading.source.key, text, {"count": len(rows)}) for reading, rows in strangers if len(rows)
    ]


def _without_absent_parents(areas: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    known = pl.col("parent").is_in(areas["code"].to_list())
    orphans = areas.filter(pl.col("parent").is_not_null() & ~known).height
    return areas.with_columns(parent=pl.when(known).then("parent")), orphans


def _first_figures(areas: pl.DataFrame, readings: list[Reading]) -> tuple[pl.DataFrame, list[Remark]]:
    """All figures of these areas; where files tell the same figure, the first that knows it counts."""
    figures = pl.concat([empty("indicators"), *(reading.indicators for reading in readings)])
    figures = figures.join(areas.select(area="code"), on="area", how="semi", maintain_order="left")
    if len(readings) < 2:
        return figures, []
    ordered = figures.sort(pl.col("value").is_null(), maintain_order=True)
    first = ordered.unique(["area", "indicator", "period"], keep="first", maintain_order=True)
    remarks = []
    if doubled := len(figures) - len(first):
        text = N_("figures in more than one file, of which the first file that knows it counts: {count}")
        remarks.append(Remark("indicators", text, {"count": doubled}))
    return first, remarks


def _name(areas: pl.DataFrame, region: str) -> str:
    if region == codes.COUNTRY:
        return "Nederland"
    named = areas.filter(pl.col("code") == region)["name"]
    return str(named[0]) if len(named) else region
