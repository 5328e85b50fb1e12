"""Whatever is shown to people is there in both languages."""

from __future__ import annotations

import pytest

from tools.texts import catalogue, placeholders, texts, translations


@pytest.fixture(scope="module")
def dutch() -> dict[str, str]:
    return translations(catalogue())


@pytest.fixture(scope="module")
def places() -> dict[str, list[str]]:
    """Where every text stands."""
    return texts()


def test_it_finds_texts_in_code_and_in_templates(places: dict[str, list[str]]) -> None:
    assert any(place.startswith("errors.py") for place in places["Expected: {what}"])
    assert any(".html:" in place for where in places.values() for place in where)


def test_every_text_has_a_dutch_translation(dutch: dict[str, str], places: dict[str, list[str]]) -> None:
    missing = {text: where for text, where in places.items() if not dutch.get(text, "").strip()}
    assert not missing, "run `python -m tools.texts` and fill in what it prints"


def test_no_translation_is_left_of_a_text_that_is_gone(
    dutch: dict[str, str], places: dict[str, list[str]]
) -> None:
    assert not set(dutch) - set(places)
    assert not list(catalogue().obsolete)


def test_no_translation_is_a_guess() -> None:
    assert not [message.id for message in catalogue() if message.id and message.fuzzy]


def test_what_is_filled_in_is_the_same_in_both_languages(dutch: dict[str, str]) -> None:
    differing = {
        text: translation
        for text, translation in dutch.items()
        if translation and placeholders(text) != placeholders(translation)
    }
    assert not differing


def test_no_text_in_either_language_shouts(dutch: dict[str, str]) -> None:
    assert not [text for pair in dutch.items() for text in pair if "!" in text]
