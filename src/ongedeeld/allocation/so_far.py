"""The lettings before a round as a policy counts them: in the period and on the homes of a use."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

import polars as pl

from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.effects import Earlier
from ongedeeld.allocation.places import COLUMNS
from ongedeeld.allocation.policies import Use
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.lettings import Lettings

# Of a mixed complex the note says which side of the ratio the letting was for.
PART = ":"


def refuse_unknown_instruments(lettings: Lettings, place: Place) -> None:
    """Refuse lettings that name an instrument which the catalogue does not have.

    Raises
    ------
    InputError
        With the name, and the one that was probably meant.
    """
    if "instruments" not in lettings.frame.columns:
        return
    named = lettings.frame["instruments"].str.split(" ").explode().drop_nulls().unique().sort()
    instruments = load_catalogue().by_name
    for name in named:
        if name and name.partition(PART)[0] not in instruments:
            near = get_close_matches(name, instruments, n=1)
            raise InputError(
                N_("there is no instrument {name}"),
                place=Place(place.file, column="instruments", value=name),
                expected=N_("names from the catalogue, with spaces between"),
                remedy=N_("did you mean {near}?") if near else N_("take a name from the catalogue"),
                name=name,
                near=", ".join(near),
            )


def mediated_in(complex_name: str, lettings: Lettings | None, use: Use, day: date) -> int:
    """How many homes of a complex were let by mediation in the period of a use, up to and including a day.

    Raises
    ------
    AbsentError
        When lettings were given that do not tell complex and contingent: what was not counted is not zero.
    """
    if lettings is None:
        return 0
    lettings.with_column("complex")
    rows = _in_period(lettings.with_column("contingent"), use, day)
    return rows.filter(pl.col("complex") == complex_name, pl.col("contingent").is_not_null()).height


def homes_let(lettings: Lettings | None, use: Use, day: date) -> int:
    """How many homes of a mediation were let under its agreement, in its period and on its homes.

    Where the lettings do not tell the instruments, one under the agreement counts for each of its uses there:
    never more than was agreed.

    Raises
    ------
    AbsentError
        When lettings were given that do not tell the contingent, or where the homes lie.
    """
    if lettings is None:
        return 0
    lettings.with_column("contingent")
    rows = _of_use(lettings, use, day).filter(pl.col("contingent") == use.agreement)
    return (rows.filter(_noted(use.instrument.name)) if "instruments" in rows.columns else rows).height


def earlier(lettings: Lettings | None, use: Use, day: date, noted: str, *, social: bool = False) -> Earlier:
    """The lettings that count in the share or number of a use.

    Parameters
    ----------
    lettings
        Those before the round; None where they were not given.
    use, day
        Its period, up to and including the day, and its homes.
    noted
        The word by which those are noted that were let by it.
    social
        Whether only social homes count.

    Raises
    ------
    AbsentError
        When lettings were given that do not tell the instruments, or where the homes lie.
    """
    if lettings is None:
        return Earlier()
    lettings.with_column("instruments")
    rows = _of_use(lettings, use, day)
    rows = rows.filter("social") if social else rows
    return Earlier(frozenset(rows["letting"]), frozenset(rows.filter(_noted(noted))["letting"]))


def _noted(word: str) -> pl.Expr:
    return pl.col("instruments").fill_null("").str.split(" ").list.contains(word)


def _in_period(rows: pl.DataFrame, use: Use, day: date) -> pl.DataFrame:
    return rows.filter(pl.col("date").is_between(use.start, day))


def _of_use(lettings: Lettings, use: Use, day: date) -> pl.DataFrame:
    """The lettings of a use; where it is used everywhere, where they lie need not be told."""
    scope = use.scope
    needed = () if scope.everywhere and not scope.without else ("area", "complex")
    for column in (*needed, *(("label",) if scope.labels else ())):
        lettings.with_column(column)
    rows = _in_period(lettings.frame, use, day)
    untold = [pl.lit(None, pl.String).alias(name) for name in COLUMNS if name not in rows.columns]
    places = rows.with_columns(untold).select(COLUMNS).with_columns(pl.col("label").fill_null("none"))
    return rows.filter(
        pl.Series([scope.covers(home) for home in places.iter_rows(named=True)], dtype=pl.Boolean)
    )
