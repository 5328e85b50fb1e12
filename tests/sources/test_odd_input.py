"""Whatever stands in a file, it is read or refused with its place."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.sources.boundaries import read_boundaries
from ongedeeld.sources.figures import read_figures
from tests.sources.forms import KWB, box, write_csv, write_map, write_parquet, write_xlsx

# What a careless hand, a spreadsheet or a bad connection makes of a cell.
ODD = st.sampled_from(
    [
        *("", ".", ",", "-", "NaN", "inf", "-inf", "1e400", "-99997", "-99999999", "geheim", "1.234,5"),
        *("1,234.5", "12%", "€ 5", "=A1", "'", '"', ";", "\t", "\x00", "\x85", "\u2028", "\ufeff", "9" * 400),
        *("-0", "1e-320", "BU03440101", "bu03440102 ", "GM0344", "NULL", "\r", "a\nb"),
    ]
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def survives(read: Callable[[], object]) -> None:
    """Reading gives a Reading or an error that names its place; nothing else."""
    try:
        read()
    except InputError as error:
        if error.place is None:
            raise AssertionError(f"an error without a place: {error}") from error


@QUICK
@given(data=st.data())
def test_odd_cells_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    rows = [list(row) for row in KWB]
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(0, len(rows) - 1))
        match data.draw(st.sampled_from(["cell", "cell", "copy", "drop", "shorten", "swap"])):
            case "cell":
                column = data.draw(st.integers(0, len(rows[row]))) if rows[row] else 0
                rows[row][column : column + 1] = [data.draw(ODD | st.text(max_size=5))]
            case "copy":
                rows.insert(row, list(rows[row]))
            case "drop" if len(rows) > 1:
                del rows[row]
            case "shorten":
                del rows[row][-1:]
            case _:
                rows.reverse()
    match data.draw(st.sampled_from(["csv", "xlsx", "parquet"])):
        case "csv":
            separator = data.draw(st.sampled_from([";", ",", "\t", "|"]))
            file = write_csv(tmp_path / "kwb-2023.csv", rows, separator, encoding="utf-8")
        case "xlsx":
            file = write_xlsx(tmp_path / "kwb-2023.xlsx", {"kwb": rows})
        case _:
            width = min(len(row) for row in rows)
            square = [row[:width] for row in rows]
            named = dict.fromkeys(map(str, square[0]))
            if len(named) != width:
                return
            file = write_parquet(tmp_path / "kwb-2023.parquet", square)
    survives(lambda: read_figures(file, "kwb", "GM0344"))


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good file of every kind."""
    folder = tmp_path_factory.mktemp("whole")
    files = [
        write_csv(folder / "kwb-2023.csv"),
        write_xlsx(folder / "kwb-2023.xlsx"),
        write_parquet(folder / "kwb-2023.parquet"),
        write_map(folder / "map-2023.gpkg", [box(), box(137_000)]),
        write_map(folder / "map-2023.geojson", [box(), box(137_000)]),
    ]
    with zipfile.ZipFile(folder / "kwb-2023.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(files[0], "data/kwb-2023.csv")
    (folder / "kwb-2023.json").write_text(
        json.dumps({"value": [{"WijkenEnBuurten": "GM0344", "AantalInwoners_5": 5}]})
    )
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".cpg"}


@QUICK
@given(data=st.data())
def test_flipped_cut_and_repeated_bytes_are_read_or_refused(
    tmp_path: Path, whole_files: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(whole_files)))
    content = bytearray(whole_files[name])
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "repeat", "remove", "put"])):
            case "flip":
                content[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del content[max(place, 1) :]
            case "repeat":
                content[place:place] = content[place : place + 50]
            case "remove" if len(content) > 50:
                del content[place : place + 10]
            case _:
                content[place:place] = data.draw(st.binary(max_size=4))
    file = tmp_path / name
    file.write_bytes(content)
    if name.startswith("map"):
        survives(lambda: read_boundaries(file, "GM0344"))
    else:
        survives(lambda: read_figures(file, "kwb", "GM0344", 2023))


COORDINATE = st.sampled_from([0.0, 5.1, 52.1, 136_000.0, 456_000.0, 1e300, -1e9, np.inf])


@QUICK
@given(
    corners=st.lists(st.tuples(COORDINATE, COORDINATE), min_size=0, max_size=5),
    crs=st.sampled_from(["EPSG:28992", "EPSG:4326", "EPSG:3857", "EPSG:4979"]),
    code=st.sampled_from(["BU03440101", "", "Buitenland", "GM0344 ", "BU0344AE01"]),
)
def test_odd_shapes_are_read_or_refused(
    tmp_path: Path, corners: list[tuple[float, float]], crs: str, code: str
) -> None:
    ring = [*corners, corners[0]] if len(corners) >= 3 else []
    with np.errstate(invalid="ignore"):
        shape = shapely.Polygon(ring)
    file = write_map(tmp_path / "map-2023.gpkg", [shape, box()], crs, buurtcode=[code, "BU03440102"])
    survives(lambda: read_boundaries(file, "GM0344"))
    file.unlink()
