"""The background of the map: from a file of one's own, for who may see the map."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.background import opened
from tests.web.conftest import Hire, Visit
from tests.web.tiles import NORTH_WEST, WORLD, write_tiles


def test_it_gives_the_picture_of_a_tile_counted_from_the_north(tmp_path: Path) -> None:
    ground = opened(write_tiles(tmp_path / "ground.mbtiles"))
    assert (ground.furthest, ground.nearest, ground.kind) == (0, 1, "image/png")
    assert ground.tile(0, 0, 0) == WORLD
    assert ground.tile(1, 0, 0) == NORTH_WEST
    assert ground.tile(1, 0, 1) is None
    assert ground.tile(9, 0, 0) is None


@pytest.mark.parametrize("kind", ["absent", "no tiles at all", "tiles of shapes"])
def test_it_refuses_a_file_that_is_no_background_and_says_what_to_do(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "ground.mbtiles"
    if kind == "no tiles at all":
        file.write_text("not a database, but long enough to look like one" * 20)
    if kind == "tiles of shapes":
        write_tiles(file, "pbf")
    with pytest.raises(
        InputError, match=r"ground\.mbtiles.*\nExpected: an MBTiles with pictures.*\nNext: mend"
    ):
        opened(file)


@pytest.mark.usefixtures("city")
def test_the_map_offers_it_and_says_whose_it_is(hire: Hire, visit: Visit) -> None:
    client = visit(hire(Role.POLICY_ADVISER, ["GM9999"]))
    page = client.get(reverse("map")).text
    assert "Kaart van niemand (verzonnen)" in page
    assert 'data-background="/kaart/achtergrond/"' in page
    answer = client.get(reverse("map_tile", args=[0, 0, 0]))
    assert (answer.content, answer.headers["Content-Type"]) == (WORLD, "image/png")
    assert "private" in answer.headers["Cache-Control"]
    assert client.get(reverse("map_tile", args=[1, 1, 1])).status_code == 204
