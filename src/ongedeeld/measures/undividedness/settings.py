"""What every measure of undividedness can be asked, with its defaults."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TypedDict

import numpy as np

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness.counts import Counts, Table, counts_of

FEWEST_DRAWS = 19


class Options(TypedDict, total=False):
    """What every measure can be asked, by keyword.

    Parameters
    ----------
    draws
        Random allotments for the p-value, which is never below 1 / (1 + draws), and simulated tables for the
        adjusted value and interval; by default 999. Limits differ from seed to seed by about the
        `interval_error` of the result, which falls with the root of the number of draws. With 0 none of the
        three is given, and the value by chance only where it is exact.
    seed
        Seed of chance, a whole number of 0 or more; the same seed gives the same answer with any number of
        workers.
    level
        The share of intervals that should hold the truth, between 0 and 1.
    workers
        How many threads make the draws.
    rounded_to
        The unit that the owner of the counts rounded to: 5 for most tables of CBS. It stands for rounding
        to the nearest multiple. Random rounding, as Statistics New Zealand rounds to 3, moves counts by up to
        one less than the unit and is not modelled: leave this out then, and take it that the interval is
        somewhat too narrow.
    suppressed_below
        What missing cells are below, where the owner suppressed small counts.
    """

    draws: int
    seed: int
    level: float
    workers: int
    rounded_to: int
    suppressed_below: int


@dataclass(frozen=True)
class Settings:
    """Options with their defaults, checked."""

    draws: int = 999
    seed: int = 0
    level: float = 0.95
    workers: int = 1
    rounded_to: int = 1
    suppressed_below: int = 0

    def __post_init__(self) -> None:
        for name, least in (("draws", 0), ("seed", 0), ("workers", 1)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
                raise InputError(
                    N_("{name} is {value}"),
                    expected=N_("a whole number of at least {least}"),
                    name=name,
                    value=value,
                    least=least,
                )
        if 0 < self.draws < FEWEST_DRAWS:
            raise InputError(
                N_("{draws} draws are too few to tell anything"),
                expected=N_("0, or at least {least}"),
                remedy=N_("ask for 999"),
                draws=self.draws,
                least=FEWEST_DRAWS,
            )
        if not 0.0 < self.level < 1.0:
            raise InputError(N_("level is {value}"), expected=N_("a share between 0 and 1"), value=self.level)

    def checked(self, counts: Table | Counts) -> Counts:
        """The counts, read as these settings say they were published."""
        return counts_of(counts, rounded_to=self.rounded_to, suppressed_below=self.suppressed_below)


def settings_of(options: Mapping[str, object], *, others: Collection[str] = (), draws: int = 999) -> Settings:
    """Options with their defaults, checked.

    Parameters
    ----------
    options
        What was asked, by name.
    others
        What may be asked besides, to name to whoever makes a typing error.
    draws
        The number where none was asked.

    Raises
    ------
    InputError
        When there is no such option, with the nearest, or a value is not as expected.
    """
    known = [*(each.name for each in fields(Settings)), *others]
    for name in options:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise InputError(
                N_("there is no option {option}"),
                expected=N_("one of: {known}"),
                remedy=N_("write {near}") if near else "",
                option=name,
                known=", ".join(known),
                near=", ".join(near),
            )
    return Settings(**{"draws": draws, **options})  # type: ignore[arg-type]
