"""Chance by key: a draw is a 64-bit whole number that hangs on what it befalls, and on no other draw.

An event with a chance happens when its draw lies below a threshold, so no float decides, and neither the
order of draws nor the machine changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import blake2b
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ALWAYS = 2**64 - 1
PURPOSES = 64


def keys_of(names: Iterable[str]) -> Keys:
    """A 64-bit whole number for each name, always the same.

    >>> keys_of(["GM0344"]) == keys_of(["GM0344"])
    array([ True])
    """
    digests = (blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


def mixed(bits: Keys) -> Keys:
    """The finishing hash of splitmix64 (Steele, Lea and Flood, 2014).

    Parameters
    ----------
    bits
        An array: its overflow is meant, and numpy warns of that of a lone number.
    """
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def salts(seed: int, month: int) -> Keys:
    """What tells the draws of one seed and month apart by purpose, from 0 up to `PURPOSES` [purposes].

    ``salt = mixed(mixed(seed + GOLDEN) + (month * 64 + purpose + 1) * GOLDEN)``, modulo 2**64: the state of
    splitmix64 after that many steps from the hash of the seed.

    Parameters
    ----------
    seed
        Any whole number; only its lowest 64 bits count.
    month
        May be negative.
    """
    start = mixed(np.array([(seed + int(GOLDEN)) % 2**64], dtype=np.uint64))
    steps = [(month * PURPOSES + purpose + 1) % 2**64 for purpose in range(PURPOSES)]
    return mixed(start + np.array(steps, dtype=np.uint64) * GOLDEN)


def salt(seed: int, month: int, purpose: int) -> np.uint64:
    """The one of :func:`salts` for a purpose."""
    return np.uint64(salts(seed, month)[purpose])


def draws(keys: Keys, salt: np.uint64) -> Keys:
    """A draw for each key."""
    return mixed(keys ^ salt)


def threshold(chance: Fraction) -> np.uint64:
    """The number below which draws lie with this chance: ``floor(chance * 2**64)``, from 0 up to `ALWAYS`.

    >>> from fractions import Fraction
    >>> threshold(Fraction(1, 4)) == 2**62
    np.True_
    """
    return np.uint64(min(max(chance.numerator * 2**64 // chance.denominator, 0), ALWAYS))


def cumulative(chances: Iterable[Fraction]) -> Keys:
    """The thresholds of things of which one draw tells at most one: the first that is above it.

    >>> from fractions import Fraction
    >>> cumulative([Fraction(1, 2), Fraction(1, 4)]).tolist() == [2**63, 2**63 + 2**62]
    True
    """
    return np.array([threshold(chance) for chance in accumulate(chances)], dtype=np.uint64)
