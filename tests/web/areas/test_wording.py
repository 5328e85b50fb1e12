from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.web.areas.wording import sign_of_a_person
from ongedeeld.web.safeguards.words import is_citizen_number


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Het BSN is 111222333.", "a citizen service number"),
        ("Het BSN is 111.222.333.", "a citizen service number"),
        ("BSN 11 12 22 33 3", "a citizen service number"),
        ("Er is aangifte tegen de onderbuurman gedaan.", "police or criminal data"),
        ("Somebody with a criminal record moved in.", "police or criminal data"),
        ("De bewoner van drie hoog is dement.", "health or addiction"),
        ("Er wonen veel Syriërs.", "origin, nationality or belief"),
        ("Mevrouw De Boer klaagt vaak.", "the name of a person"),
        ("Bel 06 12345678.", "a telephone or citizen service number"),
    ],
)
def test_it_sees_what_leads_to_a_person(words: str, sign: str) -> None:
    assert sign_of_a_person(words) == sign


@pytest.mark.parametrize(
    "words",
    [
        "In portiek 3 is de verlichting stuk.",
        "De wijkagent en de huismeester lopen elke dinsdag samen een ronde.",
        "In 2019 is het plein opnieuw ingericht, voor € 120.000.",
        "Residents want a bench near the playground.",
    ],
)
def test_it_lets_words_about_a_place_be(words: str) -> None:
    assert sign_of_a_person(words) is None


@given(st.integers(min_value=10_000_000, max_value=999_999_998))
def test_of_two_numbers_that_differ_in_the_last_digit_at_most_one_is_a_citizen_number(number: int) -> None:
    last = number % 10
    others = [number - last + digit for digit in range(10)]
    assert sum(is_citizen_number(str(one)) for one in others) <= 1


@pytest.mark.parametrize("digits", ["", "000000000", "1234567", "abcdefghi", "123456789"])
def test_what_fails_the_eleven_test_is_no_citizen_number(digits: str) -> None:
    assert not is_citizen_number(digits)
