"""Runs against what can be reckoned by hand: renewals, queues, lots, and a mix that nothing changes.

Whole numbers are drawn, so a mean of many is held against its expectation within five standard errors: by
chance alone that goes wrong less than once in a million times, and under a fixed seed never or always.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import sqrt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.running import run
from ongedeeld.simulation.twin.chance import key_from_outside
from tests.simulation.even_city import calm, even_city
from tests.simulation.small_runs import policy_of

ERRORS = 5
BUSY_HOMES = [(Fraction(1, 3), Fraction(1, 8)), (Fraction(1, 10), Fraction(1, 15))]
ALWAYS_ON = (date(2026, 7, 1), date(2076, 12, 31))


def close(mean: float, expected: float, error: float) -> bool:
    """Whether a mean lies within `ERRORS` standard errors of what is expected."""
    return abs(mean - expected) <= ERRORS * error


def waits(setting: Setting, seed: int, months: int, warm: int) -> pl.DataFrame:
    """By municipality the mean months from arrival to letting of those who were housed after a while."""
    lettings = run(setting, seed, months).lettings.filter(pl.col("month") >= warm)
    return lettings.group_by("home").agg((pl.col("month") - pl.col("arrived")).mean().alias("wait"))


@pytest.mark.parametrize("leaves", [Fraction(1, 4), Fraction(1, 20)])
def test_a_home_is_let_again_once_in_the_time_of_a_tenancy_and_a_month(leaves: Fraction) -> None:
    """A renewal process: a tenancy of a geometric number of months, then one month of repairs.

    With a mean of m = 1/p + 1 months between lettings and a variance of v = (1 - p)/p**2, there are on
    average ``n/m + (v + m**2 + m)/(2 * m**2)`` lettings in months 0 to n, with variance ``n * v/m**3`` (the
    renewal theorem for whole months).
    """
    homes, last = 1_000, 119
    setting = calm(even_city(1, homes), leaves=leaves, arrivals=homes * leaves * 6 / 5, listed=homes)
    lettings = run(setting, 1, last + 1).lettings
    p = float(leaves)
    between, variance = 1 / p + 1, (1 - p) / p**2
    expected = last / between + (variance + between**2 + between) / (2 * between**2)
    assert close(len(lettings) / homes, expected, sqrt(last * variance / between**3 / homes))


def test_a_list_without_homes_is_a_queue_without_servers() -> None:
    """Every month a share stops and new ones come: on average arrivals/stops wait, as in M/M/infinity.

    ``variance = ((1 - s) * s * mean + v) / (1 - (1 - s)**2)``, with v that of the arrivals of a month.
    """
    municipalities, stops, arrivals = 150, Fraction(1, 10), Fraction(5, 2)
    setting = calm(even_city(municipalities, 1), stops=stops, arrivals=arrivals)
    # The one home of each is let in the first month and never again.
    waiting = run(setting, 2, 120).waiting
    held = np.bincount(waiting.municipality, minlength=municipalities)
    s, mean = 0.1, 2.5 / 0.1
    variance = ((1 - s) * s * mean + 0.25) / (1 - (1 - s) ** 2)
    assert close(held.mean(), mean, sqrt(variance / municipalities))
    assert abs(held.var() / variance - 1) < ERRORS * sqrt(2 / municipalities)


@pytest.mark.parametrize(
    ("leaves", "arrivals"), [(Fraction(1, 3), Fraction(1, 8)), (Fraction(1, 10), Fraction(1, 15))]
)
def test_who_waits_for_one_home_waits_as_long_as_in_a_queue_geo_g_1(
    leaves: Fraction, arrivals: Fraction
) -> None:
    """One home, at most one new seeker a month, first come first served: the discrete Pollaczek-Khinchine.

    ``wait = a * E[S * (S - 1)] / (2 * (1 - a * E[S]))`` with arrivals a and S the months between lettings.
    """
    setting = calm(even_city(150), leaves=leaves, arrivals=arrivals)
    found = waits(setting, 3, 600, 150)["wait"].drop_nulls().to_numpy()
    p, a = float(leaves), float(arrivals)
    mean, variance = 1 / p + 1, (1 - p) / p**2
    expected = a * (variance + mean**2 - mean) / (2 * (1 - a * mean))
    # Means of municipalities with more lettings weigh no more, so a small bias is left.
    assert close(found.mean(), expected, found.std() / sqrt(len(found)) + 0.02 * expected)


@pytest.mark.parametrize("instrument", ["lottery", "registration_time"])
def test_equal_seekers_have_equal_chances(instrument: str, tmp_path: Path) -> None:
    """Of n who are alike each is first in 1/n of the municipalities, whether by lottery or as equals."""
    municipalities, seekers, seeds = 200, 6, range(8)
    city = even_city(municipalities)
    setting = calm(city, policy_of(tmp_path, city, [(instrument, *ALWAYS_ON)]), listed=seekers)
    numbers = {
        key_from_outside(int(key), -1, number): number
        for key in setting.stock.municipality_key
        for number in range(seekers)
    }
    first = [numbers[key] for seed in seeds for key in run(setting, seed, 1).lettings["seeker"]]
    won, draws, share = np.bincount(first, minlength=seekers), municipalities * len(seeds), 1 / seekers
    assert won.sum() == draws
    assert all(close(one / draws, share, sqrt(share * (1 - share) / draws)) for one in won)


def test_a_lottery_asks_nobody_how_long_they_were_registered(tmp_path: Path) -> None:
    """Who is new can have the home before those who were there first; in order of registration never."""
    city = even_city(100)
    lottery = policy_of(tmp_path, city, [("lottery", *ALWAYS_ON)])
    half, few = Fraction(1, 2), Fraction(1, 4)
    by_lot = run(calm(city, lottery, leaves=half, arrivals=few, listed=20), 5, 120).lettings
    in_turn = run(calm(city, leaves=half, arrivals=few, listed=20), 5, 120).lettings
    assert len(by_lot) == len(in_turn)
    first = in_turn.filter(pl.col("month") <= 20)
    assert set(first["arrived"]) == {-1}
    assert set(by_lot.filter(pl.col("month") <= 20)["arrived"]) > {-1}


def test_with_exchangeable_seekers_and_no_steering_a_city_keeps_its_mix() -> None:
    """Two types alike in all that the law and wishes ask: their share stays, in the city and in each area."""
    homes, areas, share = 3_000, 30, Fraction(2, 5)
    setting = calm(
        even_city(1, homes, areas),
        types=[("one_low", share), ("senior_one_low", 1 - share)],
        leaves=Fraction(1, 30),
        stops=Fraction(1, 40),
        arrivals=Fraction(150),
        listed=2 * homes,
    )
    first = [one.code for one in setting.people.types].index("one_low")
    p = float(share)
    for at in run(setting, 6, 96).homes_at[1:]:
        here = at.type_ == first
        lived_in = at.type_ >= 0
        assert lived_in.mean() > 0.9
        assert close(here[lived_in].mean(), p, sqrt(p * (1 - p) / lived_in.sum()))
        count = np.bincount(setting.stock.area[lived_in], minlength=areas)
        chi_squared = (
            (np.bincount(setting.stock.area[here], minlength=areas) - p * count) ** 2 / (count * p * (1 - p))
        ).sum()
        assert close(chi_squared, areas, sqrt(2 * areas))
