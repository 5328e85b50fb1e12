"""What a portrait does not know, or knows too little of, is told as such and never as zero."""

from __future__ import annotations

import pytest

from ongedeeld.vocabulary import LANGUAGES, Language
from tests.real_cities import utrecht
from tests.reporting.cast import (
    MEREL,
    ROZEN,
    SPREEUW,
    TULP,
    bare_city,
    full_city,
    with_status,
)
from tests.reporting.pages import page_of

ZAMBESIDREEF = "BU03440341"


def test_no_share_is_made_of_few_people() -> None:
    few = full_city(residents=(40, 1000, 1500, 800), residents_0_14=(20, 200, 200, 100))
    told, unknown = page_of(few, MEREL).words.rsplit("Wat we niet weten", 1)
    assert "0 tot 15 jaar 50%" not in told
    assert "Inwoners van 0 tot 15 jaar 20" in told
    assert "Hier wonen zo weinig mensen dat er aantallen staan en geen aandelen." in told
    assert "Van zo weinig mensen, huishoudens of woningen staan hier geen aandelen:" in unknown
    assert "Aandeel inwoners van 0 tot 15 jaar" in unknown


def test_a_published_share_of_few_homes_is_not_told() -> None:
    told, unknown = page_of(full_city(dwellings=(6, 500, 750, 400)), MEREL).words.rsplit(
        "Wat we niet weten", 1
    )
    assert "van de woningen van corporaties" not in told
    assert "Aandeel woningen van corporaties" in unknown


def test_origin_is_told_of_larger_groups_only() -> None:
    few = full_city(residents=(195, 1000, 1500, 800))
    assert "Herkomst" not in page_of(few, MEREL).words


def test_a_rate_of_a_count_that_is_mostly_rounding_is_a_range() -> None:
    # 10 of 2000 may be 5 to 15, so at most 0.75 per 100; 20 of 1000 may be 15 to 25.
    city = full_city(benefits_social_assistance=(10, 20, 300, None))
    assert "Personen met bijstand (per 100 inwoners) minder dan 1" in page_of(city, MEREL).words
    assert "Personen met bijstand (per 100 inwoners) 1,5 tot 2,5" in page_of(city, SPREEUW).words
    assert "Personen met bijstand (per 100 inwoners) 20,0" in page_of(city, TULP).words


def test_shares_that_do_not_add_up_say_that_they_are_rounded() -> None:
    ages = {"residents_0_14": (415, 200, 200, 100)}
    assert "Samen 100%" not in page_of(full_city(), MEREL).words
    assert "Samen 101%: de gepubliceerde cijfers zijn afgerond." in page_of(full_city(**ages), MEREL).words


def test_one_measurement_is_not_a_development() -> None:
    page = page_of(utrecht(), ZAMBESIDREEF)
    assert (
        "Hoe ontwikkelt het zich? Niet bekend: er is één meting van de Leefbaarometer, van 2020."
        in page.words
    )


def test_what_is_not_known_is_named_and_never_zero() -> None:
    page = page_of(full_city(), ROZEN)
    assert (
        "Ontbreekt voor deze buurt: Gemiddelde WOZ-waarde · Geregistreerde misdrijven per 1.000 inwoners"
        in page.words
    )
    assert "De Leefbaarometer gaf in 2023 geen score voor deze buurt." in page.words
    assert "€ 0" not in page.words


def test_what_is_held_back_is_told_apart_from_what_is_missing() -> None:
    words = page_of(with_status(full_city(), MEREL, "property_value", "suppressed"), MEREL).words
    assert "omdat het om weinig mensen gaat: Gemiddelde WOZ-waarde" in words


def test_an_estimate_is_called_one() -> None:
    words = page_of(with_status(full_city(), MEREL, "share_association", "estimated"), MEREL).words
    assert "Aandeel woningen van corporaties (geschat)" in words
    assert "Woningcorporatie (geschat)" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_neighbourhood_of_which_nothing_is_known_gives_a_page_that_teaches(language: Language) -> None:
    page = page_of(bare_city(), "BU99990101", language)
    for option in ("--boundaries", "--livability", "--proximity"):
        assert option in page.words
    assert "Kaalbuurt" in page.words


def test_it_tells_why_a_section_is_empty_and_does_not_blame_the_sources_for_a_gap() -> None:
    # Of Rozenbuurt no crime is published; of the bare city there is no source of it at all.
    city = full_city(crimes_per_1000=(60, 30, 30, None), residents=(2000, 1000, 1500, None))
    assert "Hoe veilig is het? Niet bekend: voor deze buurt is geen" in page_of(city, ROZEN).words
    assert "Niet bekend: geregistreerde criminaliteit zit niet in de gebruikte bronnen." in (
        page_of(bare_city(), "BU99990101").words
    )
