"""Every example in the documentation runs, and shows what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.sources import Inputs, build
from tests.docs.pages import examples, name, pages
from tests.docs.workplace import FILES, Workplace, missing_line
from tests.shared import shared

RUNNING = [page for page in pages() if examples(page)]
FROM_NOTHING = "docs/tutorial/utrecht.md"


@pytest.fixture(scope="session")
def part_of_utrecht(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The City that other pages than the tutorial begin with: one district, whose atlas is soon written."""
    kwb, livability, boundaries, proximity = (shared(f"utrecht/{there}") for there in FILES.values())
    inputs = Inputs(kwb=[kwb], livability=[livability], boundaries=[boundaries], proximity=[proximity])
    whole = build("GM0344", inputs, today=date(2026, 1, 1))
    areas = whole.table("areas").filter(
        (pl.col("level") == "municipality") | pl.col("code").str.slice(2).str.starts_with("034401")
    )
    figures = whole.table("indicators").join(areas.select(area="code"), on="area", how="semi")
    folder = tmp_path_factory.mktemp("utrecht") / "city"
    City.of({"areas": areas, "indicators": figures}, whole.manifest).save(folder)
    return folder


@pytest.mark.parametrize("page", RUNNING, ids=name)
def test_every_example_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    place = Workplace(tmp_path, monkeypatch)
    text = page.read_text(encoding="utf-8")
    if name(page) == FROM_NOTHING:
        place.lay_out(None)
    elif "city" in text or "utrecht/" in text:
        place.lay_out(request.getfixturevalue("part_of_utrecht"))
    for block in examples(page):
        if name(page) == FROM_NOTHING and "ongedeeld atlas" in block.text:
            place.exchange(request.getfixturevalue("part_of_utrecht"))
        place.run(block)


def test_shown_output_must_occur_in_its_order() -> None:
    output = "one  two\nthree\nfour five\n"
    assert missing_line(("one two", "…", "four …"), output) is None
    assert missing_line(("three", "one two"), output) == "one two"
    assert missing_line(("six",), output) == "six"
