"""Headers are recognised in any spelling of any year, and never taken for another."""

from __future__ import annotations

from ongedeeld.sources.layouts import Layout, find_header, layouts


def layout(name: str) -> Layout:
    return next(found for found in layouts() if found.name == name)


def told(name: str, *headers: str) -> dict[str, str]:
    return {header: target.indicator for header, target in layout(name).targets(headers).items()}


def test_a_numbered_key_is_recognised_in_every_year() -> None:
    for number in (42, 43, 49):
        header = f"InBezitWoningcorporatie_{number}"
        assert told("kwb", header) == {header: "share_association"}


def test_a_header_may_be_padded_and_in_capitals() -> None:
    assert told("kwb", " P_WCORPW ") == {" P_WCORPW ": "share_association"}


def test_nederland_alone_tells_nothing() -> None:
    assert told("kwb", "Nederland", "Europa", "Buiten Europa") == {}


def test_the_first_of_two_headers_for_one_figure_counts() -> None:
    assert told("kwb", "g_wozbag", "g_woz") == {"g_wozbag": "property_value"}


def test_four_kinds_of_school_are_told_apart() -> None:
    primary = "Onderwijs/Basisonderwijs/Afstand tot school (km)"
    secondary = "Onderwijs/Voortgezet onderwijs/Voortgezet onderwijs totaal/Afstand tot school (km)"
    assert told("proximity", primary, secondary) == {
        primary: "distance_primary_school",
        secondary: "distance_secondary_school",
    }


def test_homes_built_before_and_since_2000_are_not_exchanged() -> None:
    assert told("kwb", "p_bjj2k", "p_bjo2k") == {
        "p_bjj2k": "share_built_before_2000",
        "p_bjo2k": "share_built_since_2000",
    }


def test_a_class_of_urbanity_is_no_density() -> None:
    assert told("kwb", "ste_mvs", "ste_oad") == {"ste_mvs": "urbanity", "ste_oad": "address_density"}
    assert told("kwb_map", "stedelijkheid_adressen_per_km2") == {"stedelijkheid_adressen_per_km2": "urbanity"}


def test_poverty_since_2024_is_another_figure_than_before() -> None:
    before = told("kwb", "p_hh_110", "p_hh_120", "p_hh_osm").values()
    assert before
    assert set(told("kwb", "p_ink_ar").values()).isdisjoint(before)


def test_the_key_is_the_most_precise_code() -> None:
    assert layout("kwb_map").key_column(["gemeentecode", "wijkcode", "buurtcode"]) == "buurtcode"
    assert find_header(("codering",), ["Codering_3"]) == "Codering_3"
