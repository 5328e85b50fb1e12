"""The chance of the model city, held against a plain twin and against what such draws must be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.sources.model_city.chance import Chance, decay, shared_out

WORD = 2**64


def twin_mix(bits: int) -> int:
    """The finalizer of splitmix64, as in the reference implementation of Sebastiano Vigna."""
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB % WORD
    return bits ^ (bits >> 31)


def twin_step(state: int, word: int) -> int:
    return twin_mix((state + (word + 1) * 0x9E3779B97F4A7C15) % WORD)


def twin_uniform(seed: int, purpose: str, entity: int, moment: int) -> float:
    word = 0xCBF29CE484222325
    for byte in purpose.encode():
        word = (word ^ byte) * 0x100000001B3 % WORD
    for part in (seed, entity, moment):
        word = twin_step(word, part % WORD)
    return (word >> 11) * 2.0**-53


def test_its_hash_is_splitmix64() -> None:
    assert twin_step(0, 0) == 0xE220A8397B1DCDAF, "the first output of splitmix64 from state 0"


@given(st.integers(-(2**70), 2**70), st.text(max_size=8), st.integers(0, 2**40), st.integers(-1, 5000))
def test_a_draw_is_that_of_the_plain_twin(seed: int, purpose: str, entity: int, moment: int) -> None:
    drawn = Chance(seed).uniform(purpose, [entity], moment)
    assert drawn.tolist() == [twin_uniform(seed, purpose, entity, moment)]


def test_the_luck_of_one_does_not_depend_on_the_others() -> None:
    chance = Chance(1)
    together = chance.poisson("cases", np.arange(100), 2.5, 7)
    alone = [int(chance.poisson("cases", [entity], 2.5, 7)[0]) for entity in range(100)]
    assert together.tolist() == alone


def test_draws_have_the_mean_and_spread_they_should() -> None:
    chance, many = Chance(3), np.arange(200_000)
    uniform = chance.uniform("uniform", many)
    assert (uniform.mean(), uniform.std()) == pytest.approx((0.5, 12**-0.5), abs=0.003)
    bell = chance.bell("bell", many)
    assert (bell.mean(), bell.std()) == pytest.approx((0.0, 1.0), abs=0.01)
    assert chance.duration("duration", many, 10.0).mean() == pytest.approx(10.0, rel=0.05)


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.7, 4.0, 29.0, 31.0, 250.0])
def test_poisson_counts_have_their_mean_and_variance(mean: float) -> None:
    counts = Chance(4).poisson("count", np.arange(100_000), mean)
    assert counts.min() >= 0
    error = 5 * math.sqrt(max(mean, 1e-9) / 100_000)
    assert counts.mean() == pytest.approx(mean, abs=error)
    assert counts.var() == pytest.approx(mean, rel=0.15 if mean < 0.1 else 0.03, abs=1e-9)


@given(st.floats(0, 30), st.floats(0, 1), st.integers(0, 10_000))
def test_a_lower_mean_never_gives_a_higher_count(mean: float, share: float, entity: int) -> None:
    chance = Chance(5)
    lower = chance.poisson("cases", [entity], mean * share)
    assert lower[0] <= chance.poisson("cases", [entity], mean)[0]


def test_choices_are_drawn_by_their_weights() -> None:
    chosen = Chance(6).pick("choice", np.arange(100_000), np.array([1.0, 0.0, 3.0]))
    shares = np.bincount(chosen, minlength=3) / 100_000
    assert shares.tolist() == pytest.approx([0.25, 0.0, 0.75], abs=0.01)


@given(st.floats(0, 50))
def test_decay_is_the_exponential_function(rate: float) -> None:
    assert decay(rate) == pytest.approx(math.exp(-rate), rel=1e-5)


@given(
    st.integers(100, 100_000),
    st.lists(st.floats(0, 1000), min_size=2, max_size=40).filter(lambda weights: sum(weights) > 1),
)
def test_what_is_shared_out_adds_up_and_is_in_proportion(total: int, weights: list[float]) -> None:
    shares = shared_out(total, np.array(weights))
    assert shares.sum() == total
    exact = total * np.array(weights) / sum(weights)
    assert np.abs(shares - exact).max() <= 1


def test_everyone_with_weight_gets_the_least_that_was_promised() -> None:
    assert shared_out(20, np.array([0.0, 1.0, 1000.0]), least=4).tolist() == [0, 4, 16]
