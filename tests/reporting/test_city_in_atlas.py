"""The start page of the atlas tells how mixed and how divided the city is, and who is served least."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.reporting import write_atlas
from tests.reporting.cast import bare_city, full_city, large_city
from tests.reporting.reading import Page


def start_page(city: City, folder: Path, audience: str = "internal") -> Page:
    file = write_atlas(city, folder, language="en", audience=audience)  # type: ignore[arg-type]
    return Page(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return start_page(full_city(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return start_page(large_city(), tmp_path_factory.mktemp("large"))


def test_the_mix_of_the_city_stands_above_that_of_its_districts(small: Page) -> None:
    assert [row[:2] for row in small.table("mix-tenure")] == [
        ["area", "homes of associations"],
        ["Vogelstad", "40%"],
        ["Bloemwijk", "23%"],
        ["Vogelwijk", "53%"],
    ]


def test_the_most_divided_groups_are_named_with_a_number_freed_of_chance(small: Page) -> None:
    assert "It is divided most by tenure of homes: 0.23, on a scale from 0" in small.words
    assert small.table("divided")[1][0] == "Tenure of homes"


def test_the_scales_add_up_and_stand_with_chance(small: Page) -> None:
    # M of Vogelstad by tenure: 0.0516 between its two districts and 0.0218 within them.
    first, second = small.table("scales")[1:3]
    assert first[0] == "Tenure of homes: between districts"
    assert [float(row[3]) for row in (first, second)] == pytest.approx([0.0516, 0.0218], abs=1e-4)
    assert sum(int(row[1].rstrip("%")) for row in (first, second)) == 100
    assert all(0 < float(row[5]) < 0.002 for row in (first, second))


def test_the_profile_falls_from_near_to_far_beside_chance(small: Page) -> None:
    rows = small.table("profile-tenure")[1:]
    distances = [row for row in rows if row[0].startswith("By distance")]
    assert [row[0] for row in rows if row[0].startswith("By nearest")]
    assert float(distances[0][1]) > float(distances[-1][1])
    assert all(float(row[2]) < 0.01 for row in distances)


def test_what_is_for_researchers_is_folded_with_null_and_seed(small: Page) -> None:
    told = small.words.partition("For researchers")[2]
    for name in ("Gini", "Simpson interaction", "correlation ratio"):
        assert name in told
        assert name not in small.words.partition("For researchers")[0]
    assert "199 random allotments, seed 0." in told
    assert "everybody allotted to an area at random" in told


def test_of_one_group_against_the_rest_researchers_also_find_atkinson(large: Page) -> None:
    names = [row[0] for row in large.table("measures")]
    assert "Social assistance: Atkinson (b = 0.5)" in names


def test_a_change_between_two_years_is_split(large: Page) -> None:
    *parts, whole = (float(row[1].replace("−", "-")) for row in large.table("change-tenure")[1:])
    assert sum(parts) == pytest.approx(whole, abs=0.02)
    assert "it does not show what policy did" in large.words


def test_one_year_is_no_change(small: Page) -> None:
    assert "Did it become more divided? Not known: figures of two dates are needed" in small.words


def test_the_least_served_are_named_per_figure_for_internal_use_only(large: Page, tmp_path: Path) -> None:
    public = start_page(large_city(), tmp_path, "public")
    rows = large.table("least-served")
    assert rows[0] == ["what", "lowest in"]
    assert rows[1][1].count(";") == 2
    with pytest.raises(LookupError):
        public.table("least-served")
    assert "have a daily amenity farther than 1.0 km" in public.words


def test_without_boundaries_there_is_no_profile_and_it_says_why(tmp_path: Path) -> None:
    city = full_city()
    flat = city.table("areas").with_columns(geometry=pl.lit(None, pl.Binary))
    page = start_page(
        City.of({"areas": flat, "indicators": city.table("indicators")}, city.manifest), tmp_path
    )
    assert "At what distance is it divided? Not known: this City does not tell where" in page.words


def test_a_city_of_which_nothing_is_known_has_a_start_page_that_teaches(tmp_path: Path) -> None:
    words = start_page(bare_city(), tmp_path).words
    assert "How divided is the city? Not known: no figures on groups" in words
    assert "Who is served least? Not known: this City has no distances to daily amenities." in words


def test_every_section_is_reached_from_the_list_at_the_top(large: Page) -> None:
    links = {address[1:] for address in large.attributes("href") if address.startswith("#")}
    assert {"mix", "divided", "profile", "change", "flows", "served"} <= links
    assert links <= {*large.attributes("id")}
