"""A portrait tells the figures of the City, in both languages, and nothing that may not be told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import polars as pl
import pytest

from ongedeeld.city import City, Remark
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.reporting import portrait, write_portrait
from ongedeeld.vocabulary import LANGUAGES, Language
from tests.real_cities import netherlands, utrecht
from tests.reporting.cast import (
    MEREL,
    ROZEN,
    SOURCE,
    SPREEUW,
    TULP,
    bare_city,
    full_city,
    own_city,
    told_city,
    with_status,
)
from tests.reporting.reading import Page

ZAMBESIDREEF = "BU03440341"


def read(city: City, code: str, language: Language = "nl", audience: str = "internal") -> Page:
    return Page(portrait(city, code, language=language, audience=audience))  # type: ignore[arg-type]


def test_it_says_where_the_neighbourhood_lies() -> None:
    page = read(full_city(), MEREL)
    assert "Vogelstad › Vogelwijk › Merelbuurt" in page.words
    assert "<title>Merelbuurt, Vogelstad" in portrait(full_city(), MEREL)


def test_it_opens_with_sentences_that_the_figures_bear_out() -> None:
    # 4.1 against a mean of 4.233 is 1.07 standard deviations lower; nuisance differs most.
    page = read(full_city(), MEREL)
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
    page = read(full_city(), MEREL, "en")
    assert ("html", {"lang": "en"}) in page.elements
    assert (
        "In 2023 livability was below the average of the neighbourhoods in Vogelstad. "
        "Of the two known dimensions the score on nuisance and unsafety weighed most in that." in page.words
    )
    assert "Between 2021 and 2023 livability fell." in page.words
    assert "In 2023 60% of the homes belonged to housing associations." in page.words


@pytest.mark.parametrize(
    ("language", "residents", "value"), [("nl", "2.000", "€ 220.000"), ("en", "2,000", "€220,000")]
)
def test_numbers_are_written_as_in_that_language(language: Language, residents: str, value: str) -> None:
    words = read(full_city(), MEREL, language).words
    assert residents in words
    assert value in words


def test_shares_are_made_where_only_counts_are_published() -> None:
    # 400 of 2000 residents are younger than 15; 120 crimes among 2000 residents are 60 per 1,000.
    words = read(full_city(), MEREL).words
    assert "0 tot 15 jaar 20%" in words
    assert "Geregistreerde misdrijven per 1.000 inwoners 60" in words


def test_no_share_is_made_of_few_people() -> None:
    few = full_city(residents=(40, 1000, 1500, 800), residents_0_14=(20, 200, 200, 100))
    told, unknown = read(few, MEREL).words.rsplit("Wat we niet weten", 1)
    assert "0 tot 15 jaar 50%" not in told
    assert "Inwoners van 0 tot 15 jaar 20" in told
    assert "Hier wonen zo weinig mensen dat er aantallen staan en geen aandelen." in told
    assert "Van zo weinig mensen, huishoudens of woningen staan hier geen aandelen:" in unknown
    assert "Aandeel inwoners van 0 tot 15 jaar" in unknown


def test_a_published_share_of_few_homes_is_not_told() -> None:
    told, unknown = read(full_city(dwellings=(6, 500, 750, 400)), MEREL).words.rsplit("Wat we niet weten", 1)
    assert "van de woningen van corporaties" not in told
    assert "Aandeel woningen van corporaties" in unknown


def test_origin_is_told_of_larger_groups_only() -> None:
    few = full_city(residents=(195, 1000, 1500, 800))
    assert "Herkomst" not in read(few, MEREL).words


def test_a_rate_of_a_count_that_is_mostly_rounding_is_a_range() -> None:
    # 10 of 2000 may be 5 to 15, so at most 0.75 per 100; 20 of 1000 may be 15 to 25.
    city = full_city(benefits_social_assistance=(10, 20, 300, None))
    assert "Personen met bijstand (per 100 inwoners) minder dan 1" in read(city, MEREL).words
    assert "Personen met bijstand (per 100 inwoners) 1,5 tot 2,5" in read(city, SPREEUW).words
    assert "Personen met bijstand (per 100 inwoners) 20,0" in read(city, TULP).words


def test_shares_that_do_not_add_up_say_that_they_are_rounded() -> None:
    ages = {"residents_0_14": (415, 200, 200, 100)}
    assert "Samen 100%" not in read(full_city(), MEREL).words
    assert "Samen 101%: de gepubliceerde cijfers zijn afgerond." in read(full_city(**ages), MEREL).words


def test_a_chart_can_be_saved_by_itself_as_svg_and_its_table_as_csv() -> None:
    saved = [
        (attributes["download"], attributes["href"])
        for tag, attributes in read(full_city(), MEREL).elements
        if tag == "a" and "download" in attributes
    ]
    drawings = [unquote(address.partition(",")[2]) for name, address in saved if name.endswith(".svg")]
    assert drawings
    for drawing in drawings:
        assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314 - drawn just now
        assert "var(--" in drawing
        assert not re.findall(r"var\(--\w+\)", drawing)
    tables = {name: unquote(address.partition(",")[2]) for name, address in saved if name.endswith(".csv")}
    assert "Overlast en onveiligheid;−0,08" in tables["verzonnen-drivers.csv"]


def test_the_contributions_of_the_dimensions_are_told_beside_the_chart() -> None:
    words = read(full_city(), MEREL).words
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
        "2,1 keer zo ver." in read(full_city(), TULP).words
    )


def test_a_change_is_told_without_dimensions_too() -> None:
    city = full_city()
    scores = city.table("indicators").filter(pl.col("indicator") == "livability3_score")
    page = read(City.of({"areas": city.table("areas"), "indicators": scores}, city.manifest), MEREL)
    assert "Verandering van de score gemiddeld −0,03 −0,20" in page.words
    assert "Wat veranderde er?" not in page.words


def test_one_measurement_is_not_a_development() -> None:
    page = read(utrecht(), ZAMBESIDREEF)
    assert (
        "Hoe ontwikkelt het zich? Niet bekend: er is één meting van de Leefbaarometer, van 2020."
        in page.words
    )


def test_what_is_not_known_is_named_and_never_zero() -> None:
    page = read(full_city(), ROZEN)
    assert (
        "Ontbreekt voor deze buurt: Gemiddelde WOZ-waarde · Geregistreerde misdrijven per 1.000 inwoners"
        in page.words
    )
    assert "De Leefbaarometer gaf in 2023 geen score voor deze buurt." in page.words
    assert "€ 0" not in page.words


def test_what_is_held_back_is_told_apart_from_what_is_missing() -> None:
    words = read(with_status(full_city(), MEREL, "property_value", "suppressed"), MEREL).words
    assert "omdat het om weinig mensen gaat: Gemiddelde WOZ-waarde" in words


def test_an_estimate_is_called_one() -> None:
    words = read(with_status(full_city(), MEREL, "share_association", "estimated"), MEREL).words
    assert "Aandeel woningen van corporaties (geschat)" in words
    assert "Woningcorporatie (geschat)" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_neighbourhood_of_which_nothing_is_known_gives_a_page_that_teaches(language: Language) -> None:
    page = read(bare_city(), "BU99990101", language)
    for option in ("--boundaries", "--livability", "--proximity"):
        assert option in page.words
    assert "Kaalbuurt" in page.words


@pytest.mark.parametrize("code", [ZAMBESIDREEF, "BU03440133"])
def test_it_is_one_light_file_that_asks_nothing_of_the_network(code: str) -> None:
    html = portrait(utrecht(), code)
    page = Page(html)
    assert page.asked_of_others() == []
    assert "@import" not in html
    assert "url(http" not in html
    assert "script" not in {tag for tag, _ in page.elements}
    assert len(html.encode()) < 300_000


def test_nothing_in_it_is_a_handler_or_a_style_of_an_element() -> None:
    page = read(full_city(), MEREL)
    names = {name for _, attributes in page.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_every_chart_has_words_for_who_does_not_see_it_and_a_table() -> None:
    page = read(full_city(), MEREL)
    drawings = [
        attributes for tag, attributes in page.elements if tag == "svg" and "aria-hidden" not in attributes
    ]
    assert drawings
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)
    figures = sum(tag == "figure" for tag, _ in page.elements)
    assert page.words.count("Als tabel") == figures


def test_a_hostile_name_is_only_text() -> None:
    name = "<script>alert(1)</script>\"'&"
    html = portrait(bare_city(name), "BU99990101")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html
    areas = (
        full_city()
        .table("areas")
        .with_columns(name=pl.when(pl.col("code") == MEREL).then(pl.lit(name)).otherwise("name"))
    )
    drawn = portrait(
        City.of({"areas": areas, "indicators": full_city().table("indicators")}, full_city().manifest), TULP
    )
    assert "<script>" not in drawn


def test_a_public_portrait_has_no_rank_and_nothing_of_the_association() -> None:
    internal, public = (
        read(utrecht(), ZAMBESIDREEF, audience=audience).words for audience in ("internal", "public")
    )
    assert "105 van 106" in internal
    assert "Plaats tussen" in internal
    assert "105 van 106" not in public
    assert "Plaats tussen" not in public
    assert "Meest vergelijkbare" not in public
    assert "Eigen woningen" not in read(own_city(), MEREL, audience="public").words


def test_origin_is_one_modest_line_that_says_what_it_is_for() -> None:
    page = read(full_city(), MEREL)
    assert (
        "Herkomst van inwoners, gepubliceerde cijfers van 2023, alleen om te beschrijven: "
        "Nederland 50%, Europa buiten Nederland 20%, Buiten Europa 30%." in page.words
    )
    assert page.words.lower().count("herkomst") == 1


def test_an_invented_city_says_so() -> None:
    assert (
        "Voorbeeldstad: elke plek, elke persoon en elk cijfer hier is verzonnen."
        in read(full_city(), MEREL).words
    )
    assert "verzonnen" not in read(utrecht(), ZAMBESIDREEF).words


def test_the_sources_stand_on_the_page_with_owner_licence_and_date() -> None:
    words = read(full_city(), MEREL).words
    assert "Cijfers van Vogelstad . de proefopstelling, CC0, 2023" in words


def test_own_homes_are_told_at_the_scale_of_the_neighbourhood() -> None:
    words = read(own_city(), MEREL).words
    assert "Eigen woningen 10" in words
    assert "Opnieuw verhuurde woningen in 2022 60% van de woningen 6" in words
    assert "Mediaan van de huur per maand € 700" in words
    assert "A of beter 22%" in words
    assert "Voelt zich veilig in de buurt 6,4" in words
    assert "Uren van huismeesters in een jaar 220 per 100 woningen 22" in words
    assert "Ontmoetingsplek De Huiskamer 1" in words


def test_a_public_portrait_names_no_source_of_the_association() -> None:
    internal, public = (read(told_city(), MEREL, audience=one).words for one in ("internal", "public"))
    assert "geheim.xlsx" in internal
    assert "3 gaten" in internal
    assert "Voor intern gebruik: met rangorde en cijfers van de corporatie." in internal
    assert "geheim.xlsx" not in public
    assert "gaten" not in public
    assert "cijfers van de corporatie" not in public
    assert "Openbare uitgave: zonder rangorde." in public


def test_without_own_tables_the_foot_does_not_speak_of_them() -> None:
    assert "Voor intern gebruik: met rangorde." in read(full_city(), MEREL).words
    assert "cijfers van de corporatie" not in read(full_city(), MEREL).words


def test_remarks_name_figures_by_what_they_are_called() -> None:
    remark = Remark(SOURCE.key, "left out: {indicators}", {"indicators": "distance_gp; residents"})
    city = full_city()
    noted = City.of(
        {"areas": city.table("areas"), "indicators": city.table("indicators")},
        replace(city.manifest, remarks=(remark,)),
    )
    assert "left out: afstand tot huisartsenpraktijk; inwoners" in read(noted, MEREL).words


def test_a_public_page_names_no_option_of_the_command_line() -> None:
    assert "--" not in read(bare_city(), "BU99990101", audience="public").words


def test_every_section_is_reached_from_the_list_at_the_top() -> None:
    page = read(full_city(), MEREL)
    ids = set(page.attributes("id"))
    links = [address[1:] for address in page.attributes("href") if address.startswith("#")]
    assert {"map", "livability", "development", "people", "homes", "amenities", "safety"} <= set(links)
    assert set(links) <= ids


def test_equal_scores_share_a_place_and_say_so() -> None:
    assert (
        "1 is de hoogste; gedeeld door 2 2 van 3"
        in read(full_city(livability3_score=(4.1, 4.1, 4.4, None)), MEREL).words
    )


def test_where_there_are_hardly_any_homes_of_associations_that_is_told() -> None:
    none = full_city(share_association=(0.0, 0.4, 0.2, 0.3))
    assert "In 2023 stonden er vrijwel geen corporatiewoningen." in read(none, MEREL).words


def test_in_a_city_of_many_municipalities_one_is_compared() -> None:
    words = read(netherlands(), ZAMBESIDREEF, "en").words
    assert "Utrecht › Overvecht › Zambesidreef en omgeving" in words
    assert "Registered crime over the years" in words


def test_the_first_sentence_of_a_real_neighbourhood() -> None:
    assert (
        "In 2020 lag de leefbaarheid ver onder het gemiddelde van de buurten in Utrecht. Van de vier bekende "
        "dimensies woog de score op overlast en onveiligheid daarin het zwaarst. "
        "Van de vijf dimensies is er één niet apart bekend: woningvoorraad. "
        "In 2023 was 74% van de woningen van corporaties, tegen 31% in heel Utrecht."
        in read(utrecht(), ZAMBESIDREEF).words
    )


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(AbsentError, match="BU1 is not an area of this City"):
        portrait(full_city(), "BU1")


def test_a_district_has_no_portrait() -> None:
    with pytest.raises(AbsentError, match="WK999901 is not one"):
        portrait(full_city(), "WK999901")


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    written = write_portrait(full_city(), MEREL, tmp_path / "new" / "merel.html")
    assert written.read_text(encoding="utf-8") == portrait(full_city(), MEREL)
    (tmp_path / "file").write_text("here first")
    with pytest.raises(InputError, match="could not be written"):
        write_portrait(full_city(), MEREL, tmp_path / "file" / "merel.html")
    assert (tmp_path / "file").read_text() == "here first"


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
    assert "buurten in Losse buurten" in read(loose, MEREL).words


def test_it_tells_why_a_section_is_empty_and_does_not_blame_the_sources_for_a_gap() -> None:
    # Of Rozenbuurt no crime is published; of the bare city there is no source of it at all.
    city = full_city(crimes_per_1000=(60, 30, 30, None), residents=(2000, 1000, 1500, None))
    assert "Hoe veilig is het? Niet bekend: voor deze buurt is geen" in read(city, ROZEN).words
    assert "Niet bekend: geregistreerde criminaliteit zit niet in de gebruikte bronnen." in (
        read(bare_city(), "BU99990101").words
    )


@pytest.mark.parametrize("parents", [("WK999901", "WK999901"), ("WK999902", "WK999901")])
def test_areas_that_lie_in_each_other_end_the_line(parents: tuple[str, str]) -> None:
    city = full_city()
    looped = city.table("areas").with_columns(
        parent=pl.col("code").replace_strict(
            dict(zip(("WK999901", "WK999902"), parents, strict=True)), default=pl.col("parent")
        )
    )
    city = City.of({"areas": looped, "indicators": city.table("indicators")}, city.manifest)
    assert "Vogelwijk › Merelbuurt" in read(city, MEREL).words


def test_an_area_that_lies_in_itself_has_a_portrait() -> None:
    areas = bare_city().table("areas").with_columns(parent=pl.lit("BU99990101"))
    assert "Kaalbuurt" in read(City.of({"areas": areas}, bare_city().manifest), "BU99990101").words
