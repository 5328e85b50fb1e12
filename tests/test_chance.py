"""Draws by key: known values, thresholds from exact fractions, and the compiled twin."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import chance, compiling
from ongedeeld.chance import ALWAYS, GOLDEN, cumulative, draws, keys_of, mixed, salt, salts, threshold

WHOLE = st.integers(0, 2**64 - 1)
# The first numbers of splitmix64 from the states 0 and 1234567, as its authors' program prints them.
KNOWN = {
    0: [16294208416658607535, 7960286522194355700, 487617019471545679],
    1234567: [6457827717110365317, 3203168211198807973, 9817491932198370423],
}


@pytest.mark.parametrize("state", KNOWN)
def test_the_hash_gives_the_published_numbers_of_splitmix64(state: int) -> None:
    steps = np.array([(state + step * int(GOLDEN)) % 2**64 for step in (1, 2, 3)], np.uint64)
    assert mixed(steps).tolist() == KNOWN[state]


@given(bits=WHOLE)
def test_the_compiled_hash_is_the_same(bits: int) -> None:
    assert int(compiling.mixed(np.uint64(bits))) == int(mixed(np.array([bits], np.uint64))[0])


@given(seed=WHOLE, month=st.integers(-600, 600), purpose=st.integers(0, chance.PURPOSES - 1))
def test_a_salt_is_a_step_of_splitmix64_from_the_hash_of_the_seed(
    seed: int, month: int, purpose: int
) -> None:
    def hashed(number: int) -> int:
        return int(mixed(np.array([number % 2**64], np.uint64))[0])

    step = month * 64 + purpose + 1
    assert int(salt(seed, month, purpose)) == hashed(hashed(seed + int(GOLDEN)) + step * int(GOLDEN))


def test_purposes_months_and_seeds_have_salts_of_their_own() -> None:
    held = np.concatenate([salts(seed, month) for seed in (1, 2) for month in (-1, 0, 1, 119)])
    assert len(set(held.tolist())) == held.size


def test_a_threshold_is_the_share_of_all_draws_below_it() -> None:
    assert [int(threshold(Fraction(*share))) for share in ((0, 1), (1, 3), (1, 2), (1, 1), (5, 4))] == [
        0,
        6148914691236517205,
        2**63,
        ALWAYS,
        ALWAYS,
    ]


def test_thresholds_that_add_up_do_not_lose_what_is_left_over() -> None:
    thirds = cumulative([Fraction(1, 3)] * 3)
    assert thirds.tolist() == [6148914691236517205, 12297829382473034410, ALWAYS]


def test_events_happen_about_as_often_as_their_chance() -> None:
    keys = keys_of(map(str, range(40_000)))
    happened = (draws(keys, salt(1, 3, 7)) < threshold(Fraction(1, 5))).sum()
    assert abs(int(happened) - 8_000) < 4 * 80


def test_a_name_has_the_same_key_on_every_machine() -> None:
    assert keys_of(["x", "y"]).tolist() == [5717441744405258058, 6892360672924705551]
