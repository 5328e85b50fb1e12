"""Chance in plain whole numbers: the twin of what the kernel draws.

A draw is a 64-bit number that follows from a seed, a key (of a home, a seeker or a municipality), a month and
a purpose, so whatever else happens, the same thing is drawn for the same home or seeker.
"""

from __future__ import annotations

from ongedeeld.simulation.kernel._state import Keys

HIGHEST = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mixed(bits: int) -> int:
    """The finishing hash of splitmix64 (Steele, Lea and Flood, 2014).

    >>> hex(mixed(1))
    '0x5692161d100b05e5'
    """
    bits &= HIGHEST
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & HIGHEST
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & HIGHEST
    return bits ^ (bits >> 31)


def salt(seed: int, month: int, purpose: int) -> int:
    """What sets the draws of one month and purpose apart from all others."""
    return mixed(mixed(seed + GOLDEN) + (month * 64 + purpose + 1) * GOLDEN)


def draw(seed: int, key: int, month: int, purpose: int) -> int:
    """What is drawn for the home, seeker or municipality with a key."""
    return mixed(key ^ salt(seed, month, purpose))


def draw_of_pair(seed: int, seeker: int, home: int, month: int, purpose: int) -> int:
    """What is drawn for a seeker and a home together, by their keys."""
    return mixed(seeker ^ mixed(home ^ salt(seed, month, purpose)))


def key_from_outside(municipality: int, month: int, number: int) -> int:
    """The key of the seeker with a number among those who come new to a municipality in a month."""
    return mixed(municipality ^ mixed((month << 32) + number))


def key_of_tenant(home: int, month: int) -> int:
    """The key of the tenant of a home who starts to seek in a month."""
    return mixed(home ^ mixed(2**63 + month))


def event(drawn: int, cumulative: Keys) -> int | None:
    """Which of several events happens: the first whose cumulative threshold is above the draw, or none."""
    return next((place for place, most in enumerate(cumulative) if drawn < int(most)), None)


def choice(drawn: int, cumulative: Keys) -> int:
    """Which of several possibilities is chosen: as an event, and the last where none is above the draw."""
    found = event(drawn, cumulative)
    return len(cumulative) - 1 if found is None else found


def one_of(drawn: int, count: int) -> int:
    """Which of a number of equally likely possibilities is chosen, from 0."""
    return (drawn >> 32) * count >> 32
