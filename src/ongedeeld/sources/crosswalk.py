"""Carry figures over from one division into areas to another, by a table that says which area went where.

Municipalities redraw their districts and neighbourhoods; a crosswalk lists, for every area of the old
division, the areas of the new one that it went to and the share of its residents or homes that went there::

    van;naar;aandeel
    BU03440111;BU03440118;1
    BU03440112;BU03440119;0,6
    BU03440112;BU03440118;0,4
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ongedeeld.city import Remark, Source, empty
from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import codes, numbers
from ongedeeld.sources.layouts import find_header
from ongedeeld.sources.reading import Reading
from ongedeeld.sources.tabular import Sheet, read_sheets
from ongedeeld.vocabulary import INDICATORS

HEADERS = {"from": ("from", "van"), "to": ("to", "naar"), "share": ("share", "aandeel")}
# Shares with few decimals need not add up to 1 exactly (0.333 three times); they are scaled to do so.
SLACK = 0.005

FIGURE = ("indicator", "period")
OF_PARTS = {
    "averaged": N_(
        "figures of recoded areas averaged without regard to residents, who are not known: {count}"
    ),
    "lost": N_("classes of recoded areas that are missing, as their parts are of different classes: {count}"),
    "gaps": N_("figures of recoded areas that are missing, as they are missing in a part: {count}"),
}
"""What is remarked of the figures of areas that are made of parts."""


@dataclass(frozen=True)
class Crosswalk:
    """Which area went where.

    `moves` has a row for each pair of areas: `from`, `to` and `share` (above 0, at most 1; those of one
    `from` add up to 1). `until` is the last year whose figures are still by the old division, where that was
    said.
    """

    moves: pl.DataFrame
    source: Source
    until: int | None = None


def read_crosswalk(path: Path, until: int | None = None) -> Crosswalk:
    """Read which area went where.

    Parameters
    ----------
    path
        A csv or xlsx file with the columns `from` (or `van`), `to` (or `naar`) and, if areas were split,
        `share` (or `aandeel`), from 0 to 1; no share means all of it.
    until
        The last year whose figures are by the old division. Without it, the crosswalk serves every file that
        holds areas which the newest division does not have.

    Raises
    ------
    InputError
        When a column or code is missing, a pair stands there twice, or the shares of an area do not add up to
        1.
    """
    sheet, names = _sheet(path)
    moves = sheet.frame.select(
        *(numbers.bare(pl.col(names[end])).str.to_uppercase().alias(end) for end in ("from", "to")),
        share=_share(names.get("share")),
    )
    for end in ("from", "to"):
        _refuse(
            sheet,
            ~moves[end].fill_null("").str.contains(codes.CODE),
            names[end],
            N_("this is not the code of an area"),
            N_("codes such as GM0344, WK034401 or BU03440111"),
        )
    levels = moves["from"].str.head(2) != moves["to"].str.head(2)
    _refuse(
        sheet, levels, names["to"], N_("this area is of another level"), N_("areas of one level in a row")
    )
    wrong = ~moves["share"].is_between(0, 1, closed="right").fill_null(value=False)
    _refuse(sheet, wrong, names.get("share"), N_("this is not a share"), N_("a number above 0 and at most 1"))
    double = moves.select(pl.struct("from", "to").is_duplicated()).to_series()
    _refuse(sheet, double, names["from"], N_("this pair stands here twice"), N_("one row for each pair"))
    _refuse_bad_sums(sheet, moves, names["from"])
    source = Source(
        key=path.name,
        title=N_("recoding of areas"),
        owner=N_("own records"),
        file=path.name,
        sha256=sha256(path),
        licence=N_("not public"),
        date=None,
        reader="crosswalk",
    )
    return Crosswalk(moves.with_columns(pl.col("share") / pl.col("share").sum().over("from")), source, until)


def _sheet(path: Path) -> tuple[Sheet, dict[str, str]]:
    """The first sheet with the columns of a crosswalk, and their headers."""
    for sheet in read_sheets(path):
        found = {name: find_header(known, sheet.frame.columns) for name, known in HEADERS.items()}
        names = {name: header for name, header in found.items() if header is not None}
        if {"from", "to"} <= names.keys():
            return sheet, names
    raise InputError(
        N_("this is not a crosswalk of areas"),
        place=Place(path.name, row=1),
        expected=N_("the columns from (or van) and to (or naar), and if areas were split share (or aandeel)"),
        remedy=N_("give these columns their names in the first row"),
    )


def _share(column: str | None) -> pl.Expr:
    if column is None:
        return pl.lit(1.0)
    text = numbers.bare(pl.col(column)).fill_null("")
    return pl.when(text == "").then(1.0).otherwise(numbers.number(text))


def _refuse(sheet: Sheet, wrong: pl.Series, column: str | None, problem: str, expected: str) -> None:
    if wrong.any():
        raise InputError(
            problem,
            place=sheet.place(int(wrong.arg_max() or 0), column),
            expected=expected,
            remedy=N_("mend this row; rows like it: {count}"),
            count=wrong.sum(),
        )


def _refuse_bad_sums(sheet: Sheet, moves: pl.DataFrame, column: str | None) -> None:
    sums = moves.select(pl.col("share").sum().over("from")).to_series()
    wrong = (sums - 1).abs() > SLACK
    if wrong.any():
        first = int(wrong.arg_max() or 0)
        raise InputError(
            N_("the shares of {code} add up to {total}"),
            place=sheet.place(first, column),
            expected=N_("shares that add up to 1 for each area"),
            remedy=N_("add the areas that are missing, or mend the shares"),
            code=moves["from"][first],
            total=f"{sums[first]:.3f}".rstrip("0").rstrip("."),
        )


def recode(
    indicators: pl.DataFrame, crosswalk: Crosswalk, residents: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, list[Remark]]:
    """Carry figures over to the areas of a new division.

    A count is divided by the shares and summed. Another figure is averaged; each part weighs as many
    residents as moved with it (share x residents in the nearest year), or by its share where those are not
    known. A class stays where all parts are of that class. What is missing in a part is missing in the whole.
    The result is `estimated`, unless an area just got another code: then nothing but the code changes. Areas
    that the crosswalk does not name stay.

    Parameters
    ----------
    indicators
        The table of the City, by the old division.
    crosswalk
        Which area went where. An area that stays as it is and takes in others need not be listed.
    residents
        More rows of that table, to find the residents of the old areas in.

    Returns
    -------
    tuple
        The same table by the new division, and remarks on what had to be assumed or was lost.
    """
    present = indicators["area"].unique().implode()
    listed = crosswalk.moves
    reached = listed.filter(pl.col("from").is_in(present))["to"].unique()
    # A part whose own figure is absent counts as well: the whole is then not known.
    moves = listed.filter(pl.col("to").is_in(reached.implode()))
    stayers = reached.filter(reached.is_in(present) & ~reached.is_in(listed["from"].implode()))
    moves = pl.concat([moves, pl.DataFrame({"from": stayers, "to": stayers}).with_columns(share=pl.lit(1.0))])
    just_renamed = (pl.len().over("to") == 1) & (pl.col("share") == 1)
    renamed, mixed = moves.filter(just_renamed), moves.filter(~just_renamed)
    untouched = indicators.join(moves, left_on="area", right_on="from", how="anti")
    recoded = indicators.join(renamed, left_on="area", right_on="from").with_columns(area="to")
    population = indicators if residents is None else pl.concat([indicators, residents])
    mixtures, remarks = _mixed(indicators, mixed, population, crosswalk.source.key)
    columns = indicators.columns
    return pl.concat([untouched, recoded.select(columns), mixtures.select(columns)]), remarks


def _mixed(
    indicators: pl.DataFrame, moves: pl.DataFrame, population: pl.DataFrame, key: str
) -> tuple[pl.DataFrame, list[Remark]]:
    """The figures of the areas that are made of parts."""
    figures = _put_together(_parts(indicators, moves, population))
    lost = pl.col("is_class") & ~pl.col("one_class")
    told = pl.col("complete") & ~lost
    estimate = pl.when("additive").then("total").when("is_class").then("highest").otherwise("mean")
    result = figures.with_columns(
        area="to",
        value=pl.when(told).then(estimate),
        status=pl.when(told)
        .then(pl.lit("estimated"))
        .when(~pl.col("complete") & pl.col("secret"))
        .then(pl.lit("suppressed"))
        .otherwise(pl.lit("missing")),
    )
    averaged = told & ~pl.col("additive") & ~pl.col("is_class") & ~pl.col("weighed")
    counts = figures.select(
        averaged=averaged.sum(), lost=(pl.col("complete") & lost).sum(), gaps=(~pl.col("complete")).sum()
    ).row(0, named=True)
    return result, [
        Remark(key, text, {"count": counts[name]}) for name, text in OF_PARTS.items() if counts[name]
    ]


def _parts(indicators: pl.DataFrame, moves: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Every figure of every part of a new area, with its weight: who moves with it, or else its share."""
    told = moves.join(indicators, left_on="from", right_on="area").select("to", *FIGURE).unique()
    parts = (
        told.join(moves, on="to")
        .join(indicators, left_on=["from", *FIGURE], right_on=["area", *FIGURE], how="left")
        .join(_residents(told, moves, population), on=["from", "period"], how="left")
        .with_columns(additive=_of_vocabulary("additive"), is_class=_of_vocabulary("class"))
    )
    whole = ["to", *FIGURE]
    moving = pl.col("share") * pl.col("residents")
    known = moving.is_not_null().all().over(whole) & (moving.sum().over(whole) > 0)
    return parts.with_columns(weight=pl.when(known).then(moving).otherwise("share"), weighed=known)


def _put_together(parts: pl.DataFrame) -> pl.DataFrame:
    """A row for each figure of a new area: what its parts add up to, and what is known of them."""
    value, share, weight = pl.col("value"), pl.col("share"), pl.col("weight")
    return parts.group_by(["to", *FIGURE], maintain_order=True).agg(
        additive=pl.col("additive").first(),
        is_class=pl.col("is_class").first(),
        weighed=pl.col("weighed").first(),
        complete=value.is_not_null().all(),
        secret=(pl.col("status") == "suppressed").any(),
        one_class=value.n_unique() == 1,
        total=(value * share).sum(),
        mean=(value * weight).sum() / weight.sum(),
        highest=value.max(),
        source=pl.col("source").drop_nulls().first(),
    )


def _of_vocabulary(what: str) -> pl.Expr:
    """Whether an indicator is `additive`, or of the unit `class`."""
    names = [
        name
        for name, indicator in INDICATORS.items()
        if (indicator.additive if what == "additive" else indicator.unit == what)
    ]
    return pl.col("indicator").is_in(names)


def _residents(told: pl.DataFrame, moves: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """The residents of each old area for each period, from the nearest one in which they are known."""
    counted = population.filter((pl.col("indicator") == "residents") & pl.col("value").is_not_null())
    counted = counted.select(pl.col("area").alias("from"), counted="period", residents="value").unique()
    return (
        told.select("to", "period")
        .unique()
        .join(moves, on="to")
        .select("from", "period")
        .unique()
        .join(counted, on="from")
        .sort((pl.col("period") - pl.col("counted")).abs(), "counted")
        .unique(["from", "period"], keep="first", maintain_order=True)
        .select("from", "period", "residents")
    )


def into_newest_division(
    readings: Sequence[Reading], naming: Sequence[Reading], crosswalks: Sequence[Crosswalk]
) -> list[Reading]:
    """The readings, with the figures by older divisions carried over to the newest.

    Parameters
    ----------
    readings
        What was read, by whatever division.
    naming
        What tells which areas there are, and how many people lived in them; the newest year among these is
        the newest division.
    crosswalks
        One for each change of the division, from old to new.
    """
    named = pl.concat([empty("areas"), *(reading.areas for reading in naming)])
    newest = named.filter(pl.col("division") == pl.col("division").max())["code"].unique()
    population = pl.concat([empty("indicators"), *(reading.indicators for reading in naming)])
    population = population.filter(pl.col("indicator") == "residents")
    return [_carried_over(reading, newest, population, crosswalks) for reading in readings]


def _carried_over(
    reading: Reading, newest: pl.Series, population: pl.DataFrame, crosswalks: Sequence[Crosswalk]
) -> Reading:
    for crosswalk in crosswalks:
        strangers = reading.areas.filter(~pl.col("code").is_in(newest.implode()))
        year = reading.areas["division"].max()
        if strangers.is_empty() or (crosswalk.until and isinstance(year, int) and year > crosswalk.until):
            continue
        indicators, remarks = recode(reading.indicators, crosswalk, population)
        gone = crosswalk.moves.filter(~pl.col("from").is_in(crosswalk.moves["to"].implode()))
        reading = replace(
            reading,
            areas=reading.areas.join(gone, left_on="code", right_on="from", how="anti"),
            indicators=indicators,
            remarks=(*reading.remarks, *(replace(remark, source=reading.source.key) for remark in remarks)),
        )
    return reading
