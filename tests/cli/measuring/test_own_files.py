"""Numbers of households and a network of paths from files of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from ongedeeld import City
from tests.cli.measuring.printed import Run, figures_of

HOUSEHOLDS = "size,age,income,households,source,period,young_below\n"


def test_types_of_household_that_are_absent_do_not_count(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    file = tmp_path / "households.csv"
    kinds = [
        f"{size},{age},{income},{int(size == '5+')},CBS,2024-01-01,23"
        for size in ("1", "2", "3-4", "5+")
        for age in ("young", "adult", "elderly")
        for income in ("below_passend", "below_daeb", "middle", "above")
    ]
    file.write_text(HOUSEHOLDS + "\n".join(kinds))
    words = (voorbeeldstad, "--day", "2026-03-01")
    fewer = figures_of(run, *words, "--households", file)["room", "homes_for_nobody"]["value"]
    assert fewer > figures_of(run, *words)["room", "homes_for_nobody"]["value"]
    text = run("--lang", "en", "measure", *words, "--draws", 0, "--households", file)[1]
    assert "as published by CBS, 2024." in " ".join(text.split())


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1,adult,middle,8.000,CBS,2024-01-01,23", "row 2, column households, value '8.000'"),
        ("1,adult,rich,8000,CBS,2024-01-01,23", "column income holds 'rich'"),
        ("1,adult,middle,8000,CBS,2024,23", "column period, value '2024'"),
        ("1,adult,middle,8000,CBS,2024-02-31,23", "'2024-02-31' is not a day"),
        ("1,adult,middle,8000,,2024-01-01,23", "numbers of households need a source"),
        ("1,adult,middle,8,CBS,2024-01-01,23\n2,adult,middle,8,CBS,2024-01-01,21", "differ in young_below"),
    ],
)
def test_strange_households_are_refused_by_place(
    run: Run, voorbeeldstad: Path, tmp_path: Path, row: str, expected: str
) -> None:
    file = tmp_path / "households.csv"
    file.write_text(HOUSEHOLDS + row)
    code, text = run("--lang", "en", "measure", voorbeeldstad, "--households", file)
    assert code == 2
    assert "households.csv" in text
    assert expected in " ".join(text.split())


def grid(city: City) -> list[tuple[float, float, float, float]]:
    """Streets every 100 m over the whole of the City, in blocks."""
    doors = city.table("entrances").select("x_m", "y_m").drop_nulls().to_numpy()
    (west, south), (east, north) = doors.min(axis=0) // 100 * 100 - 1000, doors.max(axis=0) + 1000
    corners = [(x, y) for x in np.arange(west, east, 100) for y in np.arange(south, north, 100)]
    return [(x, y, x + dx, y + dy) for x, y in corners for dx, dy in ((100, 0), (0, 100))]


def test_along_a_network_fewer_homes_are_near_and_a_map_tells_the_same(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    streets = grid(City.open(voorbeeldstad))
    paths, lines = tmp_path / "paths.csv", tmp_path / "paths.gpkg"
    columns = ["start_x_m", "start_y_m", "end_x_m", "end_y_m"]
    drawn = pl.DataFrame(streets, schema=columns, orient="row")
    drawn.with_columns(length_m=pl.lit(100.0)).write_csv(paths)
    shapes = shapely.to_wkb([shapely.LineString([street[:2], street[2:]]) for street in streets])
    about = {"geometry_type": "LineString", "crs": "EPSG:28992", "layer": "paths"}
    pyogrio.raw.write(lines, shapes, [], [], **about)
    words = (voorbeeldstad, "--day", "2026-03-01")
    straight = figures_of(run, *words)["homes_near", "supermarket"]["value"]
    along = figures_of(run, *words, "--network", paths)["homes_near", "supermarket"]["value"]
    assert 0 < along < straight
    mapped = figures_of(run, *words, "--network", lines)["homes_near", "supermarket"]["value"]
    assert mapped == pytest.approx(along)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("0,0,300,400,many", "row 2, column length_m, value 'many'"),
        ("0,0,300,400,100", "shorter than the straight line"),
    ],
)
def test_strange_paths_are_refused_by_place(
    run: Run, voorbeeldstad: Path, tmp_path: Path, row: str, expected: str
) -> None:
    file = tmp_path / "paths.csv"
    file.write_text(f"start_x_m,start_y_m,end_x_m,end_y_m,length_m\n{row}")
    code, text = run("--lang", "en", "measure", voorbeeldstad, "--network", file)
    assert code == 2
    assert "paths.csv" in text
    assert expected in " ".join(text.split())
