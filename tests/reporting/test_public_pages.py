"""A public page is the same whether or not the association gave tables of its own."""

from __future__ import annotations

from pathlib import Path

from ongedeeld.reporting import portrait, write_atlas
from tests.reporting.cast import WALK, large_city, without_own


def test_a_public_portrait_is_the_same_without_the_own_tables() -> None:
    bare, full = (
        portrait(city, WALK, audience="public") for city in (without_own(large_city()), large_city())
    )
    assert full == bare
    assert portrait(large_city(), WALK) != bare


def test_a_public_atlas_is_the_same_without_the_own_tables(tmp_path: Path) -> None:
    for name, city in (("bare", without_own(large_city())), ("full", large_city())):
        write_atlas(city, tmp_path / name, audience="public")
    names = sorted(file.name for file in (tmp_path / "bare").iterdir() if file.is_file())
    assert f"{WALK}.html" in names
    for name in names:
        assert (tmp_path / "full" / name).read_bytes() == (tmp_path / "bare" / name).read_bytes(), name
