"""The vocabulary: everything has both its names, names are unique, and what points at something finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from ongedeeld.city.schema import DTYPES
from ongedeeld.sources.layouts import layouts, spellings
from ongedeeld.vocabulary import CHOICES, INDICATORS, LIVABILITY, TABLES, Column, Table

UNITS = {
    "count", "count_mean", "share", "cents", "metres", "per_1000", "per_km2", "number", "score", "class",
    "kwh", "m3", "ha", "db",
}  # fmt: skip
# Figures that no layout fills yet, and why they are there.
NOT_READ = {
    "socio_economic_score": "published apart, as SES-WOA",
    "noise_road": "published apart, by RIVM",
    "noise_rail": "published apart, by RIVM",
    "share_education_high": "reckoned from the counts by education",
    "livability2_class": "published in a file of classes only",
}


def columns() -> Iterator[tuple[Table, Column]]:
    for table in TABLES.values():
        for column in table.columns:
            yield table, column


def test_every_column_has_names_and_a_meaning_in_both_languages() -> None:
    for _, column in columns():
        for text in (column.label("nl"), column.label("en"), column.meaning("nl"), column.meaning("en")):
            assert text.strip() == text != ""


def test_column_names_and_labels_are_unique_within_their_table() -> None:
    for table in TABLES.values():
        for names in (
            [column.name for column in table.columns],
            [column.label_nl for column in table.columns],
            [column.label_en for column in table.columns],
        ):
            assert len(set(names)) == len(names), table.name


def test_every_table_has_a_key_whose_columns_are_required() -> None:
    for table in TABLES.values():
        assert table.key
        assert all(table[name].required for name in table.key)


def test_every_column_has_a_known_type() -> None:
    assert {column.type for _, column in columns()} <= set(DTYPES)


def test_choice_columns_and_only_those_name_a_list_of_choices() -> None:
    for _, column in columns():
        assert (column.type == "choice") == bool(column.choices)
        assert not column.choices or column.codes()
    assert {column.choices for _, column in columns() if column.choices} == set(CHOICES)


def test_choices_have_unique_labels_in_both_languages() -> None:
    for choices in CHOICES.values():
        for labels in (
            [choice.label("nl") for choice in choices.values()],
            [choice.label("en") for choice in choices.values()],
        ):
            assert all(labels)
            assert len(set(labels)) == len(labels)


def test_a_reference_names_the_whole_key_of_its_table() -> None:
    for _, column in columns():
        if column.references:
            table, key = column.references.split(".")
            assert TABLES[table].key == (key,)


def test_limits_stand_on_numbers_and_come_in_pairs() -> None:
    for _, column in columns():
        assert (column.minimum is None) == (column.maximum is None)
        if column.minimum is not None and column.maximum is not None:
            assert column.type in {"integer", "number"}
            assert column.minimum < column.maximum


def test_units_stand_in_the_names_of_amounts() -> None:
    for _, column in columns():
        if column.name.split("_")[-1] in {"rent", "price", "distance", "area"}:
            assert column.type == "text", column.name


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_has_a_theme_a_unit_and_both_labels(name: str) -> None:
    indicator = INDICATORS[name]
    assert indicator.unit in UNITS
    assert indicator.theme
    assert indicator.label("nl").strip() == indicator.label_nl != ""
    assert indicator.label("en").strip() == indicator.label_en != ""
    if indicator.unit == "share":
        assert (indicator.minimum, indicator.maximum) == (0, 1)
    if indicator.unit == "count":
        assert indicator.additive
        assert indicator.minimum == 0


def test_no_two_indicators_of_one_unit_bear_one_label() -> None:
    for language in ("nl", "en"):
        labels = Counter((found.label(language), found.unit) for found in INDICATORS.values())
        assert [label for label, times in labels.items() if times > 1] == []


def test_a_version_of_the_leefbaarometer_shares_no_indicator_with_another() -> None:
    used = [name for version in LIVABILITY for name in (version.deviation, *version.dimensions)]
    assert set(used) <= set(INDICATORS)
    assert len(set(used)) == len(used)


def test_layouts_speak_of_known_indicators_only() -> None:
    told = {target.indicator for layout in layouts() for target in layout.columns.values()}
    assert told <= set(INDICATORS)


def test_every_indicator_is_filled_by_some_layout() -> None:
    told = {target.indicator for layout in layouts() for target in layout.columns.values()}
    assert set(INDICATORS) - told == set(NOT_READ)


def test_a_layout_tells_each_indicator_in_one_unit() -> None:
    for layout in layouts():
        factors: dict[str, set[float]] = {}
        for target in layout.columns.values():
            factors.setdefault(target.indicator, set()).add(target.factor)
        assert {name for name, found in factors.items() if len(found) > 1} == set(), layout.name


def test_every_header_of_a_layout_can_be_recognised() -> None:
    for layout in layouts():
        for header in layout.columns:
            assert spellings(header)[0] == header, layout.name
