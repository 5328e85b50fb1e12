"""Draws that depend on their key and on nothing else, and whole numbers drawn exactly from a distribution.

A stream is the splitmix64 sequence (Steele, Lea and Flood, 2014) that starts at the hash of (seed, draw), so
the number of workers and the order in which draws are made change nothing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ongedeeld.chance import GOLDEN
from ongedeeld.compiling import compiled, mixed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
State = NDArray[np.uint64]

FIRST = np.uint64(0xBF58476D1CE4E5B9)
LOG_FACTORIALS = np.cumsum(np.log(np.maximum(np.arange(2048.0), 1.0)))
NEGLIGIBLE = 1e-19
MOST_PRODUCT = 2.0**62


@compiled
def stream(seed: int, draw: int) -> State:
    """The state at the start of the stream of one draw."""
    state = np.empty(1, dtype=np.uint64)
    start = mixed(np.uint64(seed) * GOLDEN + FIRST)
    state[0] = mixed(start + (np.uint64(draw) + np.uint64(1)) * GOLDEN)
    return state


@compiled
def uniform(state: State) -> float:
    """The next number between 0 and 1, one excluded."""
    state[0] += GOLDEN
    return float(mixed(state[0]) >> np.uint64(11)) * 2.0**-53


@compiled
def log_factorial(number: int) -> float:
    """The logarithm of the factorial: from a table, beyond it by Stirling's series, then as exact."""
    if number < LOG_FACTORIALS.size:
        return float(LOG_FACTORIALS[number])
    value = float(number)
    return (value + 0.5) * math.log(value) - value + 0.9189385332046727 + 1.0 / (12.0 * value)


@compiled
def hypergeometric_mode(people: int, members: int, everybody: int) -> int:
    """The likeliest number of members among `people` drawn from `everybody`; nearly so beyond 2**62."""
    if float(people + 1) * float(members + 1) < MOST_PRODUCT:
        return (people + 1) * (members + 1) // (everybody + 2)
    mode = int(float(people + 1) / float(everybody + 2) * float(members + 1))
    return min(max(mode, people + members - everybody), people, members)


@compiled
def binomial_mode(people: int, share: float) -> int:
    """The most likely count of a binomial distribution."""
    return min(int((people + 1) * share), people)


@compiled
def binomial_at(count: int, people: int, share: float) -> float:
    """The probability of a count under a binomial distribution, 0 < share < 1."""
    ways = log_factorial(people) - log_factorial(count) - log_factorial(people - count)
    return math.exp(ways + count * math.log(share) + (people - count) * math.log1p(-share))


@compiled
def turned_over(draw: float, mode: int, at_mode: float, people: int, odds: float) -> int:
    """The binomial count of a uniform draw: probability is used up from the mode outward, side by side."""
    draw -= at_mode
    high = low = mode
    above = below = at_mode
    while draw > 0.0:
        if high < people:
            above *= (people - high) * odds / (high + 1)
            high += 1
            draw -= above
            if draw <= 0.0:
                return high
        else:
            above = 0.0
        if low > 0:
            below *= low / ((people - low + 1) * odds)
            low -= 1
            draw -= below
            if draw <= 0.0:
                return low
        else:
            below = 0.0
        if above + below < NEGLIGIBLE:
            break
    return mode


@compiled
def binomial(state: State, people: int, share: float) -> int:
    """A count drawn from a binomial distribution."""
    if share <= 0.0 or people == 0:
        return 0
    if share >= 1.0:
        return people
    mode = binomial_mode(people, share)
    at_mode = binomial_at(mode, people, share)
    return turned_over(uniform(state), mode, at_mode, people, share / (1.0 - share))
