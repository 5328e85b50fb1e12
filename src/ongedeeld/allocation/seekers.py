"""The seekers of a round: read, held against the law and the City, and seen as a household by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import polars as pl

from ongedeeld.allocation.cells import spelled
from ongedeeld.allocation.reading import ROW, checked
from ongedeeld.city import City
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.codes import URGENCY_GROUPS, Codes
from ongedeeld.rules.household import AGE_CLASSES, Bond, Household
from ongedeeld.rules.income import GROUNDS
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import FreeSpaceOrder, UrgencyScheme
from ongedeeld.vocabulary import Both

PURPOSE = N_("a move inside the stock")
# Nobody of pension age is in a class that ends before this age, on any day that the rules know.
YOUNGEST_OF_PENSION_AGE = 65
# Columns in which an empty cell says no or none, as their meaning in tables.csv tells.
EMPTY_IS_NO = (
    "assets_exception",
    "bound",
    "motivation",
    "neighbourly_work",
    "granted_priority",
    "re_housing",
    "step_free_needed",
)
EMPTY_IS_ZERO = ("search_points", "situation_points", "start_points", "municipality_earlier_years")


def read_seekers(frame: pl.DataFrame, city: City, law: LawOfDay, place: Place | None = None) -> pl.DataFrame:
    """The seekers of a round, checked.

    Parameters
    ----------
    frame
        A row per seeker with the columns of `INPUTS["seekers"]`, and no other.
    city
        With the current dwellings of those who move inside the stock, and the areas that they wish.
    law
        The law of the day: nobody is registered after it.
    place
        The file it was read from, for messages.

    Returns
    -------
    pl.DataFrame
        In the order of their numbers, with `route` and `household_type` beside the columns that were read.

    Raises
    ------
    InputError
        For what :func:`ongedeeld.allocation.reading.checked` refuses; a registration after the day, facts
        that cannot both be so, a code or dwelling that is not known, a dwelling that two would leave.
    """
    where = place or Place("seekers")
    rows = checked("seekers", frame, where)
    later = rows.filter(pl.col("registered") > law.day)
    _refuse(later, "registered", where, N_("a day up to and including that of the round"))
    minors = rows.filter(pl.col("minors") >= pl.col("household_size"))
    _refuse(minors, "minors", where, N_("fewer minors than people in the household"))
    _refuse_contradictions(rows, where)
    rows = _in_codes(rows, "urgency", _urgency_codes(law), where)
    rows = _in_codes(rows, "free_space_ground", _grounds(law), where)
    _refuse_current(rows, city, where)
    _refuse_unknown(rows, "part", city.table("areas")["code"].to_list(), where)
    _refuse_wished(rows, city, where)
    filled = rows.with_columns(
        pl.col(*EMPTY_IS_NO).fill_null(value=False), pl.col(*EMPTY_IS_ZERO).fill_null(0)
    )
    return filled.with_columns(route=_route(), household_type=_household_type()).sort("seeker")


def household_of(row: Mapping[str, object], area: str = "", district: str = "") -> Household:
    """A seeker as the rules see it, from those columns of its row that are given.

    Parameters
    ----------
    row
        Columns of the table of seekers; what is not among them is not known.
    area, district
        Where the home lies, for a bond with part of the municipality.
    """
    return _household(tuple(row.items()), area, district)


@lru_cache(maxsize=1 << 16)
def _household(facts: tuple[tuple[str, object], ...], area: str, district: str) -> Household:
    """The household of these facts: made once, for a round asks for the same one again and again."""
    row = dict(facts)
    group = row.get("target_group")
    return Household(
        size=_int(row.get("household_size")) or 1,
        minors=_int(row.get("minors")) or 0,
        age_class=_text(row.get("age_class")),
        pension_age=None if row.get("pension_age") is None else bool(row["pension_age"]),
        income_class=_text(row.get("income_class")),
        groups=frozenset([str(group)] if group else []),
        urgency=_text(row.get("urgency")),
        region=_bond(row, "region_years"),
        municipality=_bond(row, "municipality_years"),
        part=_bond_with_part(row, area, district),
        profession=_text(row.get("profession")),
        assets_exception=bool(row.get("assets_exception")),
    )


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _bond(row: Mapping[str, object], column: str) -> Bond | None:
    """A bond as far as it is known; who lives in the municipality lives in the region."""
    bound = bool(row.get("bound"))
    years = [_int(row.get(each)) for each in dict.fromkeys((column, "municipality_years"))]
    known = [each for each in years if each is not None]
    if not known and not bound:
        return None
    earlier = _int(row.get("municipality_earlier_years")) or 0
    return Bond(years=max(known, default=0), earlier_years=earlier, interest=bound)


def _bond_with_part(row: Mapping[str, object], area: str, district: str) -> Bond | None:
    if not area:
        return None
    if row.get("part") not in (area, district):
        return Bond()
    years = _int(row.get("part_years"))
    return None if years is None else Bond(years=years)


def _route() -> pl.Expr:
    """By which way somebody seeks; the first that holds."""
    return (
        pl.when("re_housing").then(pl.lit("re_housing"))
        .when(pl.col("contingent").is_not_null()).then(pl.lit("mediated"))
        .when(pl.col("urgency").is_not_null()).then(pl.lit("urgent"))
        .when(pl.col("current_dwelling").is_not_null()).then(pl.lit("internal"))
        .otherwise(pl.lit("regular"))
    )  # fmt: skip


def _household_type() -> pl.Expr:
    return (
        pl.when(pl.col("household_size") == 1).then(pl.lit("one_person"))
        .when(pl.col("minors") > 0).then(pl.lit("with_minors"))
        .when(pl.col("minors") == 0).then(pl.lit("without_minors"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip


def _urgency_codes(law: LawOfDay) -> Codes:
    own = {group: Both(group, group) for one in law.records(UrgencyScheme) for group in one.groups}
    return {**own, **URGENCY_GROUPS}


def _grounds(law: LawOfDay) -> Codes:
    own = {group: Both(group, group) for one in law.records(FreeSpaceOrder) for group in one.groups}
    return {**own, **{ground: label for ground, (_, label) in GROUNDS.items()}}


def _in_codes(rows: pl.DataFrame, column: str, codes: Codes, where: Place) -> pl.DataFrame:
    """The rows with codes of a list that the law and local policy make, also where its words were written."""
    known = spelled(codes)
    strange = rows.filter(
        pl.col(column).is_not_null() & ~pl.col(column).str.to_lowercase().is_in(list(known))
    )
    _refuse(strange, column, where, N_("one of: {known}"), ", ".join(codes))
    as_code = pl.col(column).str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)
    return rows.with_columns(as_code.alias(column))


def _refuse_contradictions(rows: pl.DataFrame, where: Place) -> None:
    """Refuse facts of one seeker that cannot both be so."""
    asks = pl.col("assets_exception").fill_null(value=False)
    _refuse(
        rows.filter(asks & ~pl.col("pension_age").fill_null(value=False)),
        "assets_exception",
        where,
        N_("this exception only where pension_age says yes: it is for elderly households (BTIV 54a)"),
    )
    young = [name for name, (_, last) in AGE_CLASSES.items() if last < YOUNGEST_OF_PENSION_AGE]
    _refuse(
        rows.filter(pl.col("pension_age") & pl.col("age_class").is_in(young)),
        "pension_age",
        where,
        N_("no elderly household where the eldest is of this age class"),
    )
    _refuse(
        rows.filter((pl.col("urgency") == "no_fixed_abode_minors") & (pl.col("minors") == 0)),
        "minors",
        where,
        N_("one minor or more beside this urgency, which is for households with minors"),
    )


def _refuse_current(rows: pl.DataFrame, city: City, where: Place) -> None:
    """Refuse a current dwelling that is not the association's, or that two seekers would leave."""
    homes = city.own_stock("dwellings", PURPOSE)
    own = homes.filter(pl.col("tenure") == "association")["dwelling"].to_list()
    _refuse_unknown(rows, "current_dwelling", own, where)
    twice = rows.filter(
        pl.col("current_dwelling").is_not_null() & pl.col("current_dwelling").is_duplicated()
    ).sort("current_dwelling", ROW)
    _refuse(twice.slice(1), "current_dwelling", where, N_("one seeker for each home that would come free"))


def refuse_moves_to_themselves(
    seekers: pl.DataFrame, vacancies: pl.DataFrame, place: Place | None = None
) -> None:
    """Refuse seekers whose current dwelling is a vacancy of the round: who lives in a home did not leave it.

    Parameters
    ----------
    seekers, vacancies
        As they were read.
    place
        The file of the seekers, for messages.

    Raises
    ------
    InputError
        With the row.
    """
    there = seekers.filter(pl.col("current_dwelling").is_in(vacancies["dwelling"].implode()))
    expected = N_("a home that its tenant still has, and no vacancy of this round")
    _refuse(there, "current_dwelling", place or Place("seekers"), expected)


def _refuse_unknown(rows: pl.DataFrame, column: str, known: list[str], where: Place) -> None:
    strange = rows.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(known))
    listed = len(known) <= 30
    expected = N_("one of: {known}") if listed else N_("one that the association has in the City")
    _refuse(strange, column, where, expected, ", ".join(known) if listed else "")


def _refuse_wished(rows: pl.DataFrame, city: City, where: Place) -> None:
    known = city.table("areas")["code"].to_list()
    wished = rows.select(ROW, wish_areas=pl.col("wish_areas").str.extract_all(r"[^\s,;]+")).explode(
        "wish_areas"
    )
    strange = wished.filter(pl.col("wish_areas").is_not_null() & ~pl.col("wish_areas").is_in(known))
    _refuse(strange, "wish_areas", where, N_("codes of neighbourhoods of the City, with spaces between"))


def _refuse(wrong: pl.DataFrame, column: str, where: Place, expected: str, known: str = "") -> None:
    if len(wrong):
        first = wrong.row(0, named=True)
        raise InputError(
            N_("this cannot be read as a seeker of this round"),
            place=replace(where, row=first[ROW], column=column, value=str(first[column])),
            expected=expected,
            remedy=N_("correct the row, or leave it out"),
            known=known,
        )
