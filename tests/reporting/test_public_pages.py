"""A public page is the same whether or not the association gave tables of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ongedeeld.reporting import write_atlas
from tests.reporting.cast import WALK, bare_large_city, large_city
from tests.reporting.pages import page_of


def test_a_public_portrait_is_the_same_without_the_own_tables() -> None:
    bare = page_of(bare_large_city(), WALK, "en", "public").html
    assert page_of(large_city(), WALK, "en", "public").html == bare
    assert page_of(large_city(), WALK, "en").html != bare


def test_a_public_atlas_is_the_same_without_the_own_tables(
    tmp_path: Path, large_atlas: Callable[[str, str], Path]
) -> None:
    full = large_atlas("en", "public").parent
    bare = write_atlas(bare_large_city(), tmp_path, language="en", audience="public").parent
    names = sorted(file.name for file in bare.iterdir() if file.is_file())
    assert f"{WALK}.html" in names
    for name in names:
        assert (full / name).read_bytes() == (bare / name).read_bytes(), name
