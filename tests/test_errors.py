"""Errors say what is wrong, where, what was expected and what to do next."""

from __future__ import annotations

import pickle

from ongedeeld.errors import AbsentError, CityError, FetchError, InputError, OngedeeldError, Place


def an_error() -> InputError:
    return InputError(
        "{code} stands here twice",
        place=Place("homes.csv", "2024", 7, "code", "BU00010101"),
        expected="one row for each area",
        remedy="remove row {row}",
        code="BU00010101",
        row=7,
    )


def test_an_error_says_problem_place_expectation_and_next_step() -> None:
    assert str(an_error()) == (
        "homes.csv, sheet 2024, row 7, column code, value 'BU00010101': BU00010101 stands here twice\n"
        "Expected: one row for each area\n"
        "Next: remove row 7"
    )


def test_an_error_is_translated_before_it_is_filled_in() -> None:
    dutch = {
        "{code} stands here twice": "{code} staat hier twee keer",
        "row {part}": "rij {part}",
        "column {part}": "kolom {part}",
        "value '{part}'": "waarde '{part}'",
        "sheet {part}": "blad {part}",
        "Expected: {what}": "Verwacht: {what}",
        "Next: {what}": "Nu: {what}",
        "one row for each area": "één rij per gebied",
        "remove row {row}": "verwijder rij {row}",
    }
    assert an_error().say(dutch.__getitem__) == (
        "homes.csv, blad 2024, rij 7, kolom code, waarde 'BU00010101': BU00010101 staat hier twee keer\n"
        "Verwacht: één rij per gebied\n"
        "Nu: verwijder rij 7"
    )


def test_braces_in_a_value_are_shown_as_they_are() -> None:
    error = InputError("this is not {thing}", place=Place("a.csv", value="{x}"), thing="{number}")
    assert str(error) == "a.csv, value '{x}': this is not {number}"


def test_a_long_or_many_lined_value_takes_one_short_line() -> None:
    said = Place("a.csv", value="first\nsecond\x1b[31m" + "x" * 10_000).say()
    assert said.startswith("a.csv, value 'first second [31mxxx")
    assert said.endswith("…'")
    assert len(said) < 90


def test_every_error_of_the_package_has_one_root() -> None:
    for kind in (InputError, CityError, AbsentError, FetchError):
        assert issubclass(kind, OngedeeldError)


def test_an_error_survives_the_way_from_another_process() -> None:
    assert str(pickle.loads(pickle.dumps(an_error()))) == str(an_error())  # noqa: S301
