"""Rents of homes in bands: few different rents, with which every limit of the law has the same outcome."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, Place
from ongedeeld.rules.law import LawOfDay
from ongedeeld.simulation.kernel._state import Longs
from ongedeeld.vocabulary import Quantity

STEP_CENTS = 25_00
"""The width of a band of rents that no limit cuts."""

LIMITS = ("kwaliteitskorting", "aftopping_low", "aftopping_high", "social_rent_limit")
"""The limits of the law that part rents."""


def offered_rents(homes: pl.DataFrame, law: LawOfDay, city: City) -> Longs:
    """The rent at which each home is offered when no instrument sets another.

    That is its target rent, or else the rent of now; no more than its maximum by points and, of a social
    home, than the limit of social rent.

    Parameters
    ----------
    homes
        Dwellings of a City.
    law
        The law of the first day.
    city
        Where they come from, for messages.

    Raises
    ------
    AbsentError
        When a home has neither, or its sector is not known: then nobody knows who may have it.
    """
    refuse_gap(homes, pl.coalesce("target_rent_cents", "rent_cents"), "rent_cents", city)
    refuse_gap(homes, pl.col("sector"), "sector", city)
    highest = pl.when(pl.col("sector") == "social").then(law.cents("social_rent_limit"))
    return _cents(
        homes.select(
            pl.min_horizontal(
                pl.coalesce("target_rent_cents", "rent_cents"), "maximum_rent_cents", highest
            ).alias("rent")
        )["rent"]
    )


def rents_of_now(homes: pl.DataFrame) -> Longs:
    """The rent that is paid for each home; the target rent where that is not known."""
    return _cents(homes.select(pl.coalesce("rent_cents", "target_rent_cents").alias("rent"))["rent"])


def banded(rents: Longs, limits: Iterable[int]) -> Longs:
    """Rents with that in the middle of their band in the place of each.

    Bands are `STEP_CENTS` wide and cut at every limit, so that a rent and what stands for it lie on the same
    side of each.

    Parameters
    ----------
    rents
        In cents a month [H].
    limits
        Amounts in cents up to and including which something holds.

    Examples
    --------
    >>> banded(np.array([601_00, 605_00, 624_00, 626_00]), [625_50]).tolist()
    [60500, 60500, 60500, 62600]
    """
    edges = np.unique([*limits, *range(0, int(rents.max(initial=0)) + STEP_CENTS, STEP_CENTS)])
    band = np.searchsorted(edges, rents, side="left")
    order = np.lexsort((rents, band))
    kinds, first, count = np.unique(band[order], return_index=True, return_counts=True)
    middle = rents[order][first + (count - 1) // 2]
    return np.asarray(middle[np.searchsorted(kinds, band)], np.int64)


def _cents(rents: pl.Series) -> Longs:
    return rents.cast(pl.Int64).to_numpy().astype(np.int64)


def refuse_gap(homes: pl.DataFrame, known: pl.Expr, column: str, city: City) -> None:
    """Refuse homes of which something is not known on which every round hangs.

    Raises
    ------
    AbsentError
        With how many they are and the first of them.
    """
    gaps = homes.filter(known.is_null())
    if len(gaps):
        raise AbsentError(
            N_("of {count} homes of the association the column {column} is empty, {dwelling} the first"),
            place=Place(city.path or city.manifest.name, column=column),
            expected=N_("a value for every home: who can have it hangs on it in every round"),
            remedy=N_("fill it in and build the City anew, or simulate with a stock drawn from totals"),
            count=Quantity(len(gaps)),
            column=column,
            dwelling=gaps["dwelling"][0],
        )
