"""A portrait tells the figures of the City, in both languages, and nothing that may not be told."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ongedeeld.city import City
from tests.real_cities import netherlands, utrecht
from tests.reporting.cast import (
    MEREL,
    TULP,
    bare_city,
    full_city,
    own_city,
    told_city,
)
from tests.reporting.pages import page_of

ZAMBESIDREEF = "BU03440341"


def test_it_opens_with_sentences_that_the_figures_bear_out() -> None:
    # 4.1 against a mean of 4.233 is 1.07 standard deviations lower; nuisance differs most.
    page = page_of(full_city(), MEREL)
    assert (
        "In 2023 lag de leefbaarheid onder het gemiddelde van de buurten in Vogelstad. "
        "Van de twee bekende dimensies woog de score op overlast en onveiligheid daarin het zwaarst."
        in page.words
    )
    assert "Tussen 2021 en 2023 nam de leefbaarheid af." in page.words
    assert "In 2023 was 60% van de woningen van corporaties." in page.words
    assert (
        "De score is 4,10 (Leefbaarometer 3.0, 2023). Het gemiddelde van de 3 buurten met een score is 4,23"
        in page.words
    )


def test_the_same_page_speaks_english() -> None:
    page = page_of(full_city(), MEREL, "en")
    assert ("html", {"lang": "en"}) in page.elements
    assert (
        "In 2023 livability was below the average of the neighbourhoods in Vogelstad. "
        "Of the two known dimensions the score on nuisance and unsafety weighed most in that." in page.words
    )
    assert "Between 2021 and 2023 livability fell." in page.words
    assert "In 2023 60% of the homes belonged to housing associations." in page.words


def test_shares_are_made_where_only_counts_are_published() -> None:
    # 400 of 2000 residents are younger than 15; 120 crimes among 2000 residents are 60 per 1,000.
    words = page_of(full_city(), MEREL).words
    assert "0 tot 15 jaar 20%" in words
    assert "Geregistreerde misdrijven per 1.000 inwoners 60" in words


def test_the_contributions_of_the_dimensions_are_told_beside_the_chart() -> None:
    words = page_of(full_city(), MEREL).words
    # -0.10 against a mean of -0.0167, and -0.02 against 0.01.
    assert "Overlast en onveiligheid −0,08" in words
    assert "Sociale samenhang −0,03" in words
    assert (
        "De bron vermeldt 3 dimensies niet apart; zij zitten in de rij 'Fysieke omgeving, voorzieningen en "
        "woningvoorraad (niet apart bekend) en afronding'."
    ) in words


def test_the_amenity_furthest_away_is_named() -> None:
    assert (
        "Naar verhouding het verst weg: huisartsenpraktijk, 1,9 km tegen 0,9 km (gemiddelde van de buurten), "
        "2,1 keer zo ver." in page_of(full_city(), TULP).words
    )


def test_a_change_is_told_without_dimensions_too() -> None:
    city = full_city()
    scores = city.table("indicators").filter(pl.col("indicator") == "livability3_score")
    page = page_of(City.of({"areas": city.table("areas"), "indicators": scores}, city.manifest), MEREL)
    assert "Verandering van de score gemiddeld −0,03 −0,20" in page.words
    assert "Wat veranderde er?" not in page.words


def test_a_public_portrait_has_no_rank_and_nothing_of_the_association() -> None:
    internal, public = (
        page_of(utrecht(), ZAMBESIDREEF, audience=audience).words for audience in ("internal", "public")
    )
    assert "105 van 106" in internal
    assert "Plaats tussen" in internal
    assert "105 van 106" not in public
    assert "Plaats tussen" not in public
    assert "Meest vergelijkbare" not in public
    assert "Eigen woningen" not in page_of(own_city(), MEREL, audience="public").words


def test_origin_is_one_modest_line_that_says_what_it_is_for() -> None:
    page = page_of(full_city(), MEREL)
    assert (
        "Herkomst van inwoners, gepubliceerde cijfers van 2023, alleen om te beschrijven: "
        "Nederland 50%, Europa buiten Nederland 20%, Buiten Europa 30%." in page.words
    )
    assert page.words.lower().count("herkomst") == 1


def test_own_homes_are_told_at_the_scale_of_the_neighbourhood() -> None:
    words = page_of(own_city(), MEREL).words
    assert "Eigen woningen 10" in words
    assert "Opnieuw verhuurde woningen in 2022 60% van de woningen 6" in words
    assert "Mediaan van de huur per maand € 700" in words
    assert "A of beter 22%" in words
    assert "Voelt zich veilig in de buurt 6,4" in words
    assert "Uren van huismeesters in een jaar 220 per 100 woningen 22" in words
    assert "Ontmoetingsplek De Huiskamer 1" in words


def test_a_public_portrait_names_no_source_of_the_association() -> None:
    internal, public = (page_of(told_city(), MEREL, audience=one).words for one in ("internal", "public"))
    assert "geheim.xlsx" in internal
    assert "3 gaten" in internal
    assert "Voor intern gebruik: met rangorde en cijfers van de corporatie." in internal
    assert "geheim.xlsx" not in public
    assert "gaten" not in public
    assert "cijfers van de corporatie" not in public
    assert "Openbare uitgave: zonder rangorde." in public


def test_without_own_tables_the_foot_does_not_speak_of_them() -> None:
    assert "Voor intern gebruik: met rangorde." in page_of(full_city(), MEREL).words
    assert "cijfers van de corporatie" not in page_of(full_city(), MEREL).words


def test_a_public_page_names_no_option_of_the_command_line() -> None:
    assert "--" not in page_of(bare_city(), "BU99990101", audience="public").words


def test_equal_scores_share_a_place_and_say_so() -> None:
    assert (
        "1 is de hoogste; gedeeld door 2 2 van 3"
        in page_of(full_city(livability3_score=(4.1, 4.1, 4.4, None)), MEREL).words
    )


def test_where_there_are_hardly_any_homes_of_associations_that_is_told() -> None:
    none = full_city(share_association=(0.0, 0.4, 0.2, 0.3))
    assert "In 2023 stonden er vrijwel geen corporatiewoningen." in page_of(none, MEREL).words


def test_in_a_city_of_many_municipalities_one_is_compared() -> None:
    words = page_of(netherlands(), ZAMBESIDREEF, "en").words
    assert "Utrecht › Overvecht › Zambesidreef en omgeving" in words
    assert "Registered crime over the years" in words


def test_the_first_sentence_of_a_real_neighbourhood() -> None:
    assert (
        "In 2020 lag de leefbaarheid ver onder het gemiddelde van de buurten in Utrecht. Van de vier bekende "
        "dimensies woog de score op overlast en onveiligheid daarin het zwaarst. "
        "Van de vijf dimensies is er één niet apart bekend: woningvoorraad. "
        "In 2023 was 74% van de woningen van corporaties, tegen 31% in heel Utrecht."
        in page_of(utrecht(), ZAMBESIDREEF).words
    )


def test_a_city_without_municipality_is_compared_as_a_whole() -> None:
    city = full_city()
    areas = (
        city.table("areas")
        .filter(pl.col("level") == "neighbourhood")
        .with_columns(parent=pl.lit(None, pl.String))
    )
    loose = City.of(
        {"areas": areas, "indicators": city.table("indicators")}, replace(city.manifest, name="Losse buurten")
    )
    assert "buurten in Losse buurten" in page_of(loose, MEREL).words
