"""Boundaries from every kind of map, in RD."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from ongedeeld.errors import InputError
from ongedeeld.sources.boundaries import read_boundaries
from tests.shared import shared
from tests.sources.forms import box, write_map

# The tower of Our Lady in Amersfoort, where the Dutch grid has its origin.
TOWER_RD, TOWER_WGS84 = (155_000, 463_000), (5.38720621, 52.15517440)


def shapes(path: Path, region: str = "GM0344") -> dict[str, shapely.Geometry]:
    areas = read_boundaries(path, region).areas
    return dict(zip(areas["code"], shapely.from_wkb(areas["geometry"].to_list()), strict=True))


@pytest.mark.parametrize("suffix", ["gpkg", "shp"])
def test_shapes_in_rd_stay_as_they_are(tmp_path: Path, suffix: str) -> None:
    path = write_map(tmp_path / f"map.{suffix}", [box(), box(137_000)])
    assert shapes(path)["BU03440102"].normalize().equals_exact(box(137_000).normalize(), 1e-6)


def test_shapes_in_degrees_come_to_rd(tmp_path: Path) -> None:
    square = shapely.box(*TOWER_WGS84, TOWER_WGS84[0] + 0.01, TOWER_WGS84[1] + 0.01)
    for crs in ("EPSG:4326", "OGC:CRS84"):
        (shape,) = shapes(write_map(tmp_path / "map.geojson", [square], crs)).values()
        corners = shapely.get_coordinates(shape)
        assert np.hypot(*(corners - TOWER_RD).T).min() < 1


def test_a_height_is_dropped(tmp_path: Path) -> None:
    high = shapely.force_3d(box(), 7)
    (shape,) = shapes(write_map(tmp_path / "map.gpkg", [high])).values()
    assert not shape.has_z


def test_land_and_water_of_one_area_are_one_and_what_lies_abroad_is_left_out(tmp_path: Path) -> None:
    path = write_map(
        tmp_path / "map.gpkg", [box(), box(136_500), box(900_000)],
        gemeentecode=["GM0344", "GM0344", "GM0344"], water=["NEE", "JA", "B"],
    )  # fmt: skip
    assert shapes(path)["GM0344"].area == 2 * 500 * 500


def test_two_shapes_for_one_area_are_refused(tmp_path: Path) -> None:
    path = write_map(tmp_path / "map.gpkg", [box(), box(136_500)], gemeentecode=["GM0344", "GM0344"])
    with pytest.raises(InputError) as refusal:
        read_boundaries(path, "GM0344")
    said = str(refusal.value)
    assert "map.gpkg, row 2" in said
    assert "GM0344 stands here twice; the other is in row 1" in said


def test_every_layer_of_a_map_is_read_by_its_own_code(tmp_path: Path) -> None:
    path = tmp_path / "wijkbuurtkaart_2023.gpkg"
    write_map(path, [box()], layer="wijken", wijkcode=["WK034401"], gemeentecode=["GM0344"])
    write_map(path, [box()], layer="buurten", append=True, buurtcode=["BU03440101"], wijkcode=["WK034401"])
    reading = read_boundaries(path, "GM0344")
    assert set(reading.areas["code"]) == {"WK034401", "BU03440101"}
    assert set(reading.areas["division"]) == {2023}
    assert read_boundaries(path, "GM0344", 2021).areas["division"].to_list() == [2021, 2021]


def test_a_projection_named_in_another_way_is_known(tmp_path: Path) -> None:
    path = write_map(tmp_path / "map.shp", [box()], pyproj.CRS(28992).to_wkt("WKT1_ESRI"))
    (shape,) = shapes(path).values()
    assert shapely.hausdorff_distance(shape, box()) < 1


def test_the_real_map_of_utrecht_lies_in_utrecht() -> None:
    found = shapes(shared("utrecht/neighbourhoods-2020-partial.geojson"))
    assert len(found) == 98
    west, south, east, north = shapely.total_bounds(np.array(list(found.values())))
    assert 126_000 < west < east < 142_000
    assert 448_000 < south < north < 462_000


def test_the_real_map_of_districts_is_as_large_as_the_land() -> None:
    found = shapes(shared("districts_2022/nl_wijken_2022.gpkg"), "NL")
    assert len(found) == 3_340
    square_kilometres = shapely.area(np.array(list(found.values()))).sum() / 1e6
    assert 33_000 < square_kilometres < 38_000
