"""How mixed a neighbourhood is: beside its district and its city, freed of chance, in plain words."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.reporting import portrait, write_atlas
from tests.real_cities import utrecht
from tests.reporting.cast import MEREL, SPREEUW, TULP, bare_city, full_city
from tests.reporting.pages import page_of
from tests.reporting.reading import Page


def read(city: City, code: str, audience: str = "internal") -> Page:
    return page_of(city, code, "en", audience)


def merel() -> Page:
    """A neighbourhood of the small city."""
    return read(full_city(), MEREL)


def test_every_mix_stands_beside_that_of_district_and_city() -> None:
    # 600 of 1000 homes; with Spreeuwenbuurt 800 of 1500; 1070 of all 2650; and 0.6 / 0.4038 = 1.49.
    head, first, *_ = merel().table("mix-tenure")
    assert head == ["group", "Merelbuurt", "Vogelwijk", "Vogelstad", "times the city", "between"]
    assert first[:5] == ["Homes of associations", "60%", "53%", "40%", "1.49"]


def test_it_says_in_words_what_differs_and_how_sure_that_is() -> None:
    # Wilson's interval of 600 in 1000 is 0.569 to 0.630: 1.41 to 1.56 times, and wider for whole percents.
    words = merel().words
    assert "Homes of associations: 1.5 times as often as in the city (between 1.4 and 1.6)." in words
    assert "differs most in: tenure of homes and type of household." in words


def test_diversity_is_told_as_a_number_of_groups_of_equal_size() -> None:
    # The entropy of 60, 20 and 20% is 0.950, and e to that power 2.6; of the city 1.064 and 2.9.
    page = merel()
    assert "As mixed as 2.6 groups of equal size; the city as 2.9." in page.words
    assert page.table("mix-research")[1][:3] == ["Tenure of homes", "0.950", "1.064"]


def test_local_figures_stand_with_chance_interval_and_p_value() -> None:
    # The sum of share times the logarithm of share over that of the city: 0.0941 for Merelbuurt.
    row = merel().table("mix-research")[1]
    value, by_chance, adjusted = (float(row[column]) for column in (3, 4, 5))
    low, high = (float(limit) for limit in row[6].split(" to "))
    assert value == pytest.approx(0.0941, abs=1e-4)
    assert 0 < by_chance < 0.01
    assert low < adjusted < high
    assert row[7] == "≤\N{NO-BREAK SPACE}0.005"  # one in 200: the least that 199 draws can tell


def test_a_neighbourhood_like_the_city_differs_no_more_than_chance() -> None:
    same = full_city(
        dwellings=(120, 500, 750, 400),
        share_association=(0.4, 0.4, 0.4, 0.4),
        share_private_rent=(0.2, 0.2, 0.2, 0.2),
        share_owner_occupied=(0.4, 0.4, 0.4, 0.4),
    )
    words = read(same, MEREL).words
    assert "The difference from the city is no larger than chance gives among so few." in words
    assert "In one of the 3 mixes it differs no more than chance gives." in words


def test_of_too_few_homes_or_people_no_mix_is_told() -> None:
    few = full_city(dwellings=(39, 500, 750, 400))
    page = read(few, MEREL)
    assert "Too few homes or people to say: tenure of homes." in page.words
    with pytest.raises(LookupError):
        page.table("mix-tenure")
    assert read(few, SPREEUW).table("mix-tenure")


def test_a_missing_figure_is_no_mix_and_never_zero() -> None:
    page = read(full_city(share_association=(None, 0.4, 0.2, 0.3)), MEREL)
    with pytest.raises(LookupError):
        page.table("mix-tenure")


def test_without_figures_it_teaches_how_to_get_them_but_not_to_the_public() -> None:
    why = "How mixed is it here? Not known: no figures on groups are in the sources that were used."
    internal, public = (read(bare_city(), "BU99990101", one).words for one in ("internal", "public"))
    assert why in internal
    remedies = internal.partition("What would fill this")[2]
    assert "How mixed is it here? Add the key figures of CBS with --kwb FILE." in remedies
    assert why in public
    assert "--kwb" not in public


def test_who_has_work_or_a_benefit_are_dots_on_one_line() -> None:
    # 300 of the 1000 aged 15 to 64 of Tulpenbuurt; of all 3650 the city has 460, for Rozenbuurt is not known.
    page = read(full_city(benefits_social_assistance=(100, 60, 300, None)), TULP)
    row = page.table("mix-benefits")[1]
    assert row[:4] == ["People on social assistance", "30%", "30%", "15%"]
    assert "People on social assistance: 2.0 times as often as in the city" in page.words


def test_origin_is_never_among_the_mixes() -> None:
    words = read(utrecht(), "BU03440341").words
    assert "As mixed as" in words
    assert words.count("Origin of residents, published figures") == 1
    assert words.lower().count("origin") == 1


def test_the_same_city_gives_the_same_page_alone_and_in_the_atlas(tmp_path: Path) -> None:
    city = full_city()
    assert portrait(city, MEREL) == portrait(city, MEREL)
    write_atlas(city, tmp_path, language="en")
    in_atlas = Page((tmp_path / f"{MEREL}.html").read_text(encoding="utf-8"))
    assert in_atlas.table("mix-research") == read(city, MEREL).table("mix-research")


def test_a_neighbourhood_of_two_is_told_beside_the_other() -> None:
    city = full_city()
    two = city.table("areas").filter(~pl.col("code").is_in([TULP, "BU99990202", "WK999902"]))
    known = city.table("indicators").filter(pl.col("area").is_in([MEREL, SPREEUW]))
    page = read(City.of({"areas": two, "indicators": known}, city.manifest), MEREL)
    assert page.table("mix-tenure")[1][1:4] == ["60%", "53%", "53%"]
