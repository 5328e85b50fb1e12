"""The homes of a round: read, filled in from the City, and held against the City and the law."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.reading import ROW, checked
from ongedeeld.city import City
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.reasons import Decision
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.rents import middle_rent, social, within_points
from ongedeeld.vocabulary.spoken import Day

# What the City tells of a home where the table of vacancies does not.
FROM_CITY = (
    "complex",
    "area",
    "sector",
    "type",
    "rooms",
    "floor_area_m2",
    "step_free",
    "label",
    "target_rent_cents",
    "maximum_rent_cents",
)
# What the City tells of a home, and a table of vacancies may leave out but not contradict.
AS_IN_CITY = ("complex", "area", "sector")
# A rent below this part of the target rent is one in euros, in a column of cents.
FEWER_THAN_A = 10
PURPOSE = N_("a round of allocation")


def read_vacancies(
    frame: pl.DataFrame, city: City, law: LawOfDay, place: Place | None = None
) -> pl.DataFrame:
    """The vacancies of a round, checked.

    Parameters
    ----------
    frame
        A row per home with the columns of `INPUTS["vacancies"]`; what it does not tell of a home comes from
        the City.
    city
        With the dwelling, and no tenancy that runs on the day from which it is available.
    law
        The law of the day, for the limits of the rent.
    place
        The file it was read from, for messages.

    Returns
    -------
    pl.DataFrame
        In the order in which they are let: by `available`, then by number; with `municipality` and `district`
        beside the columns that were read.

    Raises
    ------
    InputError
        For what :func:`ongedeeld.allocation.reading.checked` refuses; an unknown dwelling, complex or area; a
        home that is let, or stands there twice; what contradicts the City; a rent above what the law allows,
        not known to be within, or so low that it must be in euros.
    """
    where = place or Place("vacancies")
    rows = checked("vacancies", frame, where)
    homes = city.own_stock("dwellings", PURPOSE)
    _refuse_unknown(rows, "dwelling", homes["dwelling"], where)
    _refuse_twice(rows, where)
    _refuse_let(rows, city, where)
    areas = city.table("areas")
    _refuse_unknown(rows, "area", areas["code"], where)
    if city.has("complexes"):
        _refuse_unknown(rows, "complex", city.table("complexes")["complex"], where)
    _refuse_other_than_city(rows, homes, where)
    filled = _filled(rows, homes)
    _refuse_gap(filled, "sector", where, N_("without it nobody knows which rules of income hold"))
    counted = N_("have its points counted: without them nobody knows whether the rent is lawful")
    _refuse_gap(filled, "maximum_rent_cents", where, counted)
    _refuse_euros(filled, where)
    _refuse_rents(filled, law, where)
    parents = areas.select(area="code", district="parent")
    whole = filled.join(parents, on="area", how="left", maintain_order="left")
    municipality = pl.lit("GM") + pl.col("area").str.slice(2, 4)
    return whole.with_columns(municipality=municipality).sort("available", "vacancy")


def _filled(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    known = homes.select("dwelling", *(pl.col(name).alias(f"{name}__city") for name in FROM_CITY))
    joined = rows.join(known, on="dwelling", how="left", maintain_order="left")
    filled = joined.with_columns(pl.coalesce(name, f"{name}__city").alias(name) for name in FROM_CITY)
    return filled.select(*INPUTS["vacancies"], ROW).with_columns(pl.col("label").fill_null("none"))


def _refuse_other_than_city(rows: pl.DataFrame, homes: pl.DataFrame, where: Place) -> None:
    """Refuse what contradicts the City: rules hang on it. A lower maximum rent does no harm."""
    told = (*AS_IN_CITY, "maximum_rent_cents")
    known = homes.select("dwelling", *(pl.col(name).alias(f"{name}__city") for name in told))
    both = rows.join(known, on="dwelling", how="left", maintain_order="left")
    for name in told:
        mine, theirs = pl.col(name), pl.col(f"{name}__city")
        other = both.filter(mine > theirs if name == "maximum_rent_cents" else mine != theirs)
        if len(other):
            first = other.row(0, named=True)
            raise InputError(
                N_("of the home {dwelling} the City says otherwise: {what} is {known}"),
                place=replace(where, row=first[ROW], column=name, value=str(first[name])),
                expected=N_("what the City says, or an empty cell"),
                remedy=N_("correct this table, or build the City anew where the City is wrong"),
                dwelling=first["dwelling"],
                what=INPUTS["vacancies"][name].label,
                known=_said(name, first[f"{name}__city"]),
            )


def _said(column: str, value: Any) -> object:
    """A value of a column in words."""
    if column == "sector":
        return INPUTS["vacancies"][column].codes[value]
    return Euros(value) if column.endswith("_cents") else value


def _refuse_euros(rows: pl.DataFrame, where: Place) -> None:
    """Refuse a rent that is euros in a column of cents: nobody lets a home for a few euros."""
    strange = rows.filter(pl.col("rent_cents") * FEWER_THAN_A < pl.col("target_rent_cents"))
    if len(strange):
        first = strange.row(0, named=True)
        raise InputError(
            N_("a rent of {rent} is less than a tenth of the target rent of {target}"),
            place=replace(where, row=first[ROW], column="rent_cents", value=str(first["rent_cents"])),
            expected=N_("the rent in whole cents; for euros, write (euro) in the header"),
            remedy=N_("correct the rent, or the header"),
            rent=Euros(first["rent_cents"]),
            target=Euros(first["target_rent_cents"]),
        )


def _refuse_unknown(rows: pl.DataFrame, column: str, known: pl.Series, where: Place) -> None:
    strange = rows.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(known.implode()))
    if len(strange):
        first = strange.row(0, named=True)
        raise InputError(
            N_("this {what} is not in the City: {name}"),
            place=replace(where, row=first[ROW], column=column, value=first[column]),
            expected=N_("one that the City has"),
            remedy=N_("correct it, or build the City anew with it"),
            what=INPUTS["vacancies"][column].label,
            name=first[column],
        )


def _refuse_twice(rows: pl.DataFrame, where: Place) -> None:
    double = rows.filter(pl.col("dwelling").is_duplicated()).sort("dwelling", ROW)
    if len(double):
        raise InputError(
            N_("the home {dwelling} is offered twice in one round"),
            place=replace(where, row=double[ROW][1], column="dwelling"),
            expected=N_("one vacancy for each home"),
            remedy=N_("remove the row that does not belong"),
            dwelling=double["dwelling"][0],
        )


def _refuse_let(rows: pl.DataFrame, city: City, where: Place) -> None:
    """Refuse a home with a tenancy that runs on the day from which it is available, or begins after it."""
    tenancies = city.table("tenancies").select("dwelling", "start", "end")
    let = rows.join(tenancies, on="dwelling", how="inner", maintain_order="left").filter(
        pl.col("end").is_null() | (pl.col("end") >= pl.col("available"))
    )
    if len(let):
        first = let.row(0, named=True)
        raise InputError(
            N_("the home {dwelling} is let since {start}, so it is not free from {day} on")
            if first["start"] is not None
            else N_("the home {dwelling} is let, so it is not free from {day} on"),
            place=replace(where, row=first[ROW], column="dwelling"),
            expected=N_("a home whose tenancy has ended by then, and that was not let again"),
            remedy=N_("give the day after the tenancy ends, or leave the home out"),
            dwelling=first["dwelling"],
            start=Day(first["start"]) if first["start"] is not None else "",
            day=Day(first["available"]),
        )


def _refuse_gap(rows: pl.DataFrame, column: str, where: Place, remedy: str) -> None:
    unknown = rows.filter(pl.col(column).is_null())
    if len(unknown):
        raise InputError(
            N_("of the home {dwelling} this is not known: {what}"),
            place=replace(where, row=unknown[ROW][0], column=column),
            expected=N_("a value here or in the City"),
            remedy=remedy,
            dwelling=unknown["dwelling"][0],
            what=INPUTS["vacancies"][column].label,
        )


def _refuse_rents(rows: pl.DataFrame, law: LawOfDay, where: Place) -> None:
    for row in rows.iter_rows(named=True):
        _refuse_rent(within_points(row["rent_cents"], row["maximum_rent_cents"], law), row[ROW], where)
        if row["sector"] == "social":
            _refuse_rent(social(row["rent_cents"], law), row[ROW], where)
        elif row["points"] is not None and _in_middle_segment(row["points"], law):
            _refuse_rent(middle_rent(row["rent_cents"], row["points"], law), row[ROW], where)


def _in_middle_segment(points: int, law: LawOfDay) -> bool:
    """Whether a home of these points is in the regulated middle segment."""
    return law.value("middle_segment_min_points") <= points <= law.value("middle_segment_max_points")


def _refuse_rent(decision: Decision, row: int, where: Place) -> None:
    if not decision:
        reason = decision.reasons[0]
        raise InputError(
            reason.text,
            place=replace(where, row=row, column="rent_cents"),
            expected=N_("a rent that the law allows"),
            remedy=N_("lower the rent before the home is offered"),
            **reason.inputs,
        )
