"""The start page of the atlas tells how mixed and how divided the city is, and who is served least."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.reporting import write_atlas
from tests.reporting.cast import ROZEN, bare_city, full_city, with_status
from tests.reporting.reading import Page


def start_page(city: City, folder: Path, audience: str = "internal") -> Page:
    file = write_atlas(city, folder, language="en", audience=audience)  # type: ignore[arg-type]
    return Page(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return start_page(full_city(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(large_atlas: Callable[[str, str], Path]) -> Page:
    return Page(large_atlas("en", "internal").read_text(encoding="utf-8"))


def test_the_mix_of_the_city_stands_above_that_of_its_districts(small: Page) -> None:
    assert [row[:2] for row in small.table("mix-tenure")] == [
        ["area", "homes of associations"],
        ["Vogelstad", "40%"],
        ["Bloemwijk", "23%"],
        ["Vogelwijk", "53%"],
    ]


def test_sets_of_different_numbers_of_groups_stand_side_by_side_and_are_not_ranked(large: Page) -> None:
    sets = [row[0] for row in large.table("divided")[1:]]
    assert sets[:4] == [
        "Income class of households",
        "Tenure of homes",
        "Age of residents",
        "Type of household",
    ]
    assert "they stand side by side and not in order" in large.words
    assert "divided most by" not in large.words


def test_a_number_freed_of_chance_stands_on_a_line_from_0_to_1(small: Page) -> None:
    assert small.table("divided")[1][:2] == ["Tenure of homes", "0.23"]
    spread = small.html.partition('aria-label="Dissimilarity of neighbourhoods')[2].partition("</svg>")[0]
    assert [words.partition("<")[0] for words in spread.split(">")[-5:] if words.strip()][-1:] == ["1"]


def test_it_says_what_an_interval_around_a_count_of_everybody_tells(small: Page) -> None:
    assert "These are counts of everybody, not a sample." in small.words


def test_the_scales_add_up_and_stand_with_chance(small: Page) -> None:
    # M of Vogelstad by tenure: 0.0516 between its two districts and 0.0218 within them.
    first, second = small.table("scales")[1:3]
    assert first[0] == "Tenure of homes: between districts"
    assert [float(row[3]) for row in (first, second)] == pytest.approx([0.0516, 0.0218], abs=1e-4)
    assert sum(int(row[1].rstrip("%")) for row in (first, second)) == 100
    assert "right: how large the whole is, in nats" in small.words
    assert all(0 < float(row[5]) < 0.002 for row in (first, second))


def test_the_profile_falls_from_near_to_far_beside_chance(small: Page) -> None:
    rows = small.table("profile-tenure")[1:]
    distances = [row for row in rows if row[0].startswith("By distance")]
    assert [row[0] for row in rows if row[0].startswith("By nearest")]
    assert float(distances[0][1]) > float(distances[-1][1])
    assert all(float(row[2]) < 0.01 for row in distances)
    assert "division between streets cannot be seen here" in small.words


def test_scales_with_the_same_people_around_are_told_once(large: Page) -> None:
    # Beyond 3 km everybody of the small model city is around: 4 and 6 km would tell nothing more.
    rows = [row[0] for row in large.table("profile-tenure")[1:]]
    assert [row for row in rows if row.startswith("By distance")][-1] == "By distance: 3\N{NO-BREAK SPACE}km"


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
    head, *rows = large.table("change-tenure")
    assert head == ["part", "percentage points", "between"]
    *parts, whole = (float(row[1].replace("−", "-")) for row in rows)
    assert sum(parts) == pytest.approx(whole, abs=1e-9)
    for row in rows:
        low, high = (float(limit.replace("−", "-")) for limit in row[2].split(" to "))
        assert low <= float(row[1].replace("−", "-")) <= high
    assert "it does not show what policy did" in large.words


def test_the_heading_of_the_change_is_answered_in_words_from_its_interval(large: Page) -> None:
    low, high = large.table("change-tenure")[-1][2].split(" to ")
    assert low.startswith("−")
    assert high.startswith("+")
    assert "Of none of these groups can it be told whether it became more or less divided" in large.words
    assert "The change is no more than chance gives." in large.words


def test_one_year_is_no_change(small: Page) -> None:
    assert "Did it become more divided? Not known: figures of two dates are needed" in small.words


def test_the_least_served_are_named_per_figure_for_internal_use_only(
    large: Page, large_atlas: Callable[[str, str], Path]
) -> None:
    public = Page(large_atlas("en", "public").read_text(encoding="utf-8"))
    rows = large.table("least-served")
    assert rows[0] == ["what", "lowest in"]
    assert rows[1][1].count(";") == 2
    with pytest.raises(LookupError):
        public.table("least-served")
    assert "Who is served least?" not in public.words
    assert "no neighbourhood is named and nothing is ranked" in public.words


def test_the_public_sees_numbers_per_amenity_and_no_neighbourhood_by_name(tmp_path: Path) -> None:
    # Tulpenbuurt is 1.9 km from a practice, Rozenbuurt 1.2 km from a shop; its practice is not known.
    city = with_status(full_city(), ROZEN, "distance_gp", "missing")
    public, internal = (start_page(city, tmp_path / one, one) for one in ("public", "internal"))
    assert public.table("far")[1:] == [["GP practice", "1", "3"], ["Large supermarket", "1", "4"]]
    assert "Of the 4 neighbourhoods with known distances, 2 have a daily amenity" in public.words
    names = [row[0] for row in internal.table("far")[1:]]
    assert len(names) == 2
    assert names[1] == "Tulpenbuurt"


def test_the_table_of_all_neighbourhoods_stands_behind_what_is_told_of_the_city(large: Page) -> None:
    order = [attributes["id"] for tag, attributes in large.elements if tag == "h2" and "id" in attributes]
    assert order.index("served") < order.index("table") < order.index("unknown")
    assert "All neighbourhoods as a table" in large.words


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
