"""Everyone takes part to their ability: work, education, benefits, volunteering and care given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.inclusion.answer import Measured, inclusion_assumptions
from ongedeeld.measures.inclusion.answers import YES_OR_NO, answers_of_residents
from ongedeeld.measures.inclusion.intervals import wilson_within
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary import INDICATORS

_OF_WORKING_AGE = ("residents_15_24", "residents_25_44", "residents_45_64")
_EDUCATED = ("education_low", "education_middle", "education_high")
_FIGURE = {
    "area": pl.String,
    "figure": pl.String,
    "period": pl.Date,
    "outcome": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "people": pl.Float64,
    "source": pl.String,
}
# CBS publishes shares in whole percents.
_PERCENT = 0.01


@dataclass(frozen=True)
class _Share:
    """A figure on taking part: the count or published share it comes from, and whom it is a share of."""

    name: str
    indicator: str
    of: tuple[str, ...]


_SHARES = (
    _Share("in_work", "share_in_work", _OF_WORKING_AGE),
    _Share("education_low", "education_low", _EDUCATED),
    _Share("education_high", "education_high", _EDUCATED),
    _Share("social_assistance", "benefits_social_assistance", _OF_WORKING_AGE),
    _Share("disability_benefit", "benefits_disability", _OF_WORKING_AGE),
    _Share("unemployment_benefit", "benefits_unemployment", _OF_WORKING_AGE),
)
_NOTES = (
    note(
        N_(
            "Published counts are of everybody: the interval (Wilson, 95%) tells how far a share among so "
            "few people may lie from the chance behind it, with the rounding of CBS included"
        )
    ),
    note(
        N_(
            "Benefits, which run to the pension age, are held against residents aged 15 to 64, the nearest "
            "published group; work is the published share of residents aged 15 to 74, with the number aged "
            "15 to 64 as the least it can rest on"
        )
    ),
    note(N_("Whoever does not work may study, care for others or be ill: a share says nothing of effort")),
)


def participation(city: City, level: str = "neighbourhood") -> Measured:
    """Work, education and benefits from open figures, volunteering and care given from surveys.

    Shares of counts have Wilson's interval widened by the rounding of count and total
    (:func:`~ongedeeld.measures.inclusion.intervals.wilson_within`).

    Parameters
    ----------
    city
        With figures on work, education or benefits (KWB), surveys with `volunteers` and `gives_care`, or
        both.
    level
        Of the areas: `municipality`, `district` or `neighbourhood`; surveys are told of neighbourhoods only.

    Returns
    -------
    Measured
        A row per area and figure: `area`, `figure` (in_work, education_low, education_high,
        social_assistance, disability_benefit, unemployment_benefit, volunteers, gives_care), `period` (the
        latest with a figure), `value` with `low` and `high` (shares), `people` (of whom it is a share, or
        who answered), `source` and `outcome`. A figure that is nowhere known has no row and is named in
        `missing`.

    Raises
    ------
    AbsentError
        When the City tells nothing of this.
    InputError
        When the surveys cannot be, as :func:`answers_of_residents` says.
    """
    areas = city.table("areas").filter(pl.col("level") == level)["code"]
    figures = city.table("indicators").filter(pl.col("area").is_in(areas.to_list()))
    parts = {share.name: _of_figures(figures, share) for share in _SHARES}
    missing: list[Note] = []
    if level == "neighbourhood":
        parts |= _of_surveys(city)
    absent = [name for name, part in parts.items() if part.is_empty()]
    if len(absent) == len(parts):
        raise AbsentError(
            N_("this City has no figures on work, education, benefits or volunteering of level {level}"),
            remedy=N_("build it with the key figures of CBS (KWB), or give surveys with --surveys"),
            level=level,
        )
    if absent:
        missing.append(note(N_("without a figure: {indicators}"), indicators=", ".join(absent)))
    table = pl.concat([part for part in parts.values() if len(part)])
    return Measured(
        table.sort("area", "figure"),
        _NOTES,
        tuple(missing),
        tuple(table["source"].unique().sort()),
        (inclusion_assumptions()["fewest_answers"],),
    )


def _of_figures(figures: pl.DataFrame, share: _Share) -> pl.DataFrame:
    """The latest figure of each area that has one in the period in which it is known at all."""
    own = figures.filter(pl.col("indicator") == share.indicator)
    latest = own.drop_nulls("value")["period"].max()
    if not isinstance(latest, date):
        return _frame([])
    then = figures.filter(pl.col("period") == latest)
    parts = then.filter(pl.col("indicator").is_in(share.of)).drop_nulls("value")
    whole = parts.group_by("area").agg(
        people=pl.when(pl.len() == len(share.of)).then(pl.col("value").sum()).first()
    )
    rows = own.filter(pl.col("period") == latest).join(whole, on="area", how="left")
    return _frame(
        [
            (row["area"], share.name, latest, *_estimated(share, row["value"], row["people"]), row["source"])
            for row in rows.iter_rows(named=True)
        ]
    )


def _estimated(
    share: _Share, value: float | None, people: float | None
) -> tuple[str, float | None, float | None, float | None, float | None]:
    """The outcome, the share with its limits, and of how many people it is one."""
    count_rounded_to = INDICATORS[share.indicator].rounded_to
    if value is None or (count_rounded_to and not people):
        return "not_known", None, None, None, None
    if not people:
        return "known", value, None, None, None
    count = value if count_rounded_to else value * people
    count_off = (count_rounded_to or _PERCENT * people) / 2
    people_off = sum(INDICATORS[name].rounded_to or 0 for name in share.of) / 2
    low, high = wilson_within(count, people, count_off, people_off)
    return "known", min(count / people, 1.0), low, high, people


def _of_surveys(city: City) -> dict[str, pl.DataFrame]:
    empty = {question: _frame([]) for question in YES_OR_NO}
    asked = set(city.table("surveys")["question"]) & set(YES_OR_NO)
    if not asked:
        return empty
    found = answers_of_residents(city, sorted(asked)).table
    rows = found.select(
        "area",
        "period",
        "value",
        "low",
        "high",
        "outcome",
        figure="question",
        people=pl.col("answers").cast(pl.Float64),
        source=pl.lit("surveys"),
    )
    return empty | {
        str(question): part.select(list(_FIGURE))
        for (question,), part in rows.group_by("figure", maintain_order=True)
    }


def _frame(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=_FIGURE, orient="row")
