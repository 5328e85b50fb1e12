"""Room for different groups: which homes fit which type of household, and how many come free.

A home fits a type when it has rooms enough, its rent is one that the type may be let (by the rule values of
the day), its label admits the type, and those who need it can reach it without steps. What is not known of
a home stays not known: ``share = fits / (homes - not known)``, with ``fits / homes`` and ``(fits + not
known) / homes`` as the limits between which it lies. Homes that come free are a count of events, with the
exact interval of Garwood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.inclusion.answer import Assumption, assumed, inclusion_assumptions
from ongedeeld.measures.inclusion.fitting import Limits, fit, prepared, serving
from ongedeeld.measures.inclusion.households import (
    KEY,
    TYPES,
    HouseholdType,
    PublishedHouseholds,
    highest_rent,
)
from ongedeeld.measures.inclusion.intervals import poisson
from ongedeeld.measures.notes import Note, note
from ongedeeld.rules import Parameters, load_parameters

DAYS_IN_A_YEAR = 365.25
_PURPOSE = N_("room for groups")
_ALWAYS = (
    note(
        N_(
            "A home is held against the rent it would have when let anew: its target rent, or else the "
            "present one; homes let to a higher income within the free margin of the law do not count as "
            "room"
        )
    ),
    note(N_("A home without a label is taken to be meant for everybody; care homes do not count")),
    note(
        N_("A home that fits several types counts for each of them: numbers of types are not to be added up")
    ),
    note(N_("A tenancy that ends counts as a home that comes free, also where the home was then sold")),
    note(N_("A home that is let for the first time does not count as one that comes free")),
)


@dataclass(frozen=True)
class Room:
    """Which homes of the association fit which type of household.

    `table` has a row per area (each neighbourhood with homes, and the region as a whole) and type: `area`,
    `size`, `age`, `income`, `households` (in the region, null when not published), `homes`, `fits`,
    `not_known` (homes), `share`, `low` and `high`, `outcome` (known, too_few, not_known), `freed` (homes
    that surely fit and came free in the period), `freed_per_year` with `freed_low` and `freed_high` (95%),
    and `turnover` (a year, of the homes that fit).

    `homes_for_nobody` has the homes that surely fit no type of household of which there are any, each with
    its `obstacles`: which of rooms, rent, sector, label and step_free each by itself keeps it from fitting
    somebody; or several. `limits` has the rule values used, with article, source and grade. `period` is that
    of the homes that came free, its last day excluded; None when that is not known.
    """

    day: date
    region: str
    table: pl.DataFrame
    homes_for_nobody: pl.DataFrame
    limits: pl.DataFrame
    period: tuple[date, date] | None
    notes: tuple[Note, ...]
    missing: tuple[Note, ...]
    sources: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def types_without_home(self, area: str | None = None) -> pl.DataFrame:
        """The types of household that no home fits, as rows of `table`: in an area, or in the region.

        A type of which there are no households is left out; one that some home may fit, if more were known
        of it, too.
        """
        none = (pl.col("fits") == 0) & (pl.col("not_known") == 0)
        some = pl.col("households").is_null() | (pl.col("households") > 0)
        return self.table.filter((pl.col("area") == (area or self.region)) & none & some)


def room_for_groups(
    city: City,
    day: date,
    *,
    households: PublishedHouseholds | None = None,
    rules: Parameters | None = None,
    years: int = 3,
) -> Room:
    """The homes that fit each type of household, and how many come free in a year.

    Parameters
    ----------
    city
        With the association's own homes (`dwellings`); with `tenancies` for what comes free.
    day
        The day of which the rule values hold.
    households
        Published numbers of households of the region by type; without them no type is left out as absent.
    rules
        Rule values; those of the law by default. Add local policy with
        :meth:`ongedeeld.rules.Parameters.with_local`.
    years
        Over how many years, at least 1, up to the last recorded move, homes that came free are counted.

    Raises
    ------
    AbsentError
        For a drawn stock, a City without own homes, or a day for which no rent limit is known.
    InputError
        For `years` below 1.
    """
    if years < 1:
        raise InputError(N_("{years} years is no period"), expected=N_("a whole number from 1"), years=years)
    law = rules or load_parameters()
    limits, unknown = _rent_limits(day, law)
    region, counting = city.manifest.region, prepared(city, _PURPOSE, limits["social_rent_limit"])
    homes, period, gaps = _with_ends(city, counting, day, years)
    counted = pl.concat([homes.drop_nulls("area"), homes.with_columns(area=pl.lit(region))])
    table = _with_households(pl.concat([_counted(counted, kind, limits) for kind in TYPES]), households)
    nobody, unsure = _for_nobody(serving(homes, _sought(table, region), limits))
    used = _limits_used(day, law)
    return Room(
        day,
        region,
        _with_shares(table, period, _length(period)),
        nobody,
        used,
        period,
        (*_ALWAYS, *_about_the_young(households, day, law)),
        (*unknown, *gaps, *unsure, *_unpublished(households)),
        (
            "dwellings",
            "tenancies",
            *used["source"].unique().sort(),
            *([households.source] if households else []),
        ),
        assumed("minimum_rooms", "labels", "youth_limit_sizes", "accessible_for", "fewest_homes"),
    )


def _sought(table: pl.DataFrame, region: str) -> list[HouseholdType]:
    """The types of which there are households in the region, or may be."""
    types = table.filter((pl.col("area") == region) & (pl.col("households").fill_null(1) > 0))
    return [HouseholdType(*key) for key in types.select(KEY).iter_rows()]


def _for_nobody(homes: pl.DataFrame) -> tuple[pl.DataFrame, list[Note]]:
    """The homes that serve nobody; and what is to be said of those of which that is not known."""
    nobody = homes.filter(~pl.col("serves")).select(
        "dwelling", "area", "complex", "rooms", "asked_cents", "social", "label", "step_free", "obstacles"
    )
    unsure = homes["serves"].null_count()
    text = N_("of {count} of {homes} homes it is not known whether they fit anybody")
    return nobody, [note(text, count=unsure, homes=len(homes))] if unsure else []


def _rent_limits(day: date, law: Parameters) -> tuple[dict[str, float | None], list[Note]]:
    """The rent limits of the day; one that is not known is null and said; refused when none is known."""
    limits: dict[str, float | None] = {}
    unknown: list[AbsentError] = []
    for kind in TYPES:
        rule = kind.rent_rule()
        if rule is not None and rule not in limits:
            try:
                limits[rule] = highest_rent(kind, day, law)
            except AbsentError as error:
                limits[rule] = None
                unknown.append(error)
    if len(unknown) == len(limits):
        raise unknown[0]
    return limits, [
        note(said.text, **said.fields)
        for error in unknown
        for said in (note(error.problem, **error.fields), note(error.remedy, **error.fields))
    ]


def _limits_used(day: date, law: Parameters) -> pl.DataFrame:
    names = dict.fromkeys(
        name for kind in TYPES for name in (kind.rent_rule(), kind.income_rule()) if name is not None
    )
    rows = []
    for name in (*names, "rent_allowance_youth_age"):
        rule, dated = law[name], law[name].at(day)
        rows.append(
            {
                "rule": name,
                "value": dated.value if dated else None,
                "unit": rule.unit,
                "article": rule.article,
                "from": dated.start if dated else None,
                "source": dated.source if dated and dated.source else None,
                "grade": dated.grade if dated else None,
            }
        )
    return pl.DataFrame(rows, schema_overrides={"value": pl.Float64, "from": pl.Date}).drop_nulls("source")


def _with_ends(
    city: City, homes: pl.DataFrame, day: date, years: int
) -> tuple[pl.DataFrame, tuple[date, date] | None, list[Note]]:
    """Each home with the number of its tenancies that ended in the period; null when that is not known."""
    tenancies = city.own_stock("tenancies", _PURPOSE).filter(pl.col("start") <= day)
    ends = tenancies.filter(pl.col("end") < day)["end"]
    first, last = ends.min(), max([*ends, *tenancies["start"]], default=None)
    if not isinstance(first, date) or not isinstance(last, date):
        gap = note(
            N_(
                "how many homes come free is not known: no tenancy that ended is recorded; give them with "
                "--tenancies"
            )
        )
        return homes.with_columns(ended=pl.lit(None, pl.Int64)), None, [gap]
    until = min(day, last + timedelta(days=1))
    # What ended before the first recorded end may have been left out of the records.
    period = (max(until - timedelta(days=round(DAYS_IN_A_YEAR * years)), first), until)
    ended = (
        tenancies.filter(pl.col("end").is_between(*period, closed="left"))
        .group_by("dwelling")
        .agg(ended=pl.len())
    )
    joined = homes.join(ended, on="dwelling", how="left", maintain_order="left")
    return joined.with_columns(pl.col("ended").fill_null(0).cast(pl.Int64)), period, []


def _length(period: tuple[date, date] | None) -> float:
    """The length of a period in years of 365.25 days."""
    return (period[1] - period[0]).days / DAYS_IN_A_YEAR if period else 0.0


def _counted(homes: pl.DataFrame, kind: HouseholdType, limits: Limits) -> pl.DataFrame:
    """How many homes fit a type in each area; `ruled` tells whether the rule value that decides is known."""
    fits, rule = fit(kind, limits), kind.rent_rule()
    ruled = rule is None or limits[rule] is not None
    ended = pl.col("ended")
    counts = homes.group_by("area", maintain_order=True).agg(
        homes=pl.len().cast(pl.Int64),
        fits=fits.sum().cast(pl.Int64),
        not_known=fits.is_null().sum().cast(pl.Int64),
        freed=pl.when(ended.is_not_null().all() & ruled).then(ended.filter(fits).sum()),
    )
    named = [pl.lit(getattr(kind, part)).alias(part) for part in KEY]
    return counts.select("area", *named, "homes", "fits", "not_known", "freed", ruled=pl.lit(ruled))


def _with_households(table: pl.DataFrame, households: PublishedHouseholds | None) -> pl.DataFrame:
    if households is None:
        return table.with_columns(households=pl.lit(None, pl.Int64))
    return table.join(households.table, on=KEY, how="left", maintain_order="left")


def _with_shares(table: pl.DataFrame, period: tuple[date, date] | None, length: float) -> pl.DataFrame:
    fewest = inclusion_assumptions()["fewest_homes"].value
    known = pl.col("homes") - pl.col("not_known")
    outcome = (
        pl.when((known == 0) | ~pl.col("ruled"))
        .then(pl.lit("not_known"))
        .when(known < fewest)
        .then(pl.lit("too_few"))
        .otherwise(pl.lit("known"))
    )
    said = pl.col("outcome") == "known"
    shared = table.with_columns(outcome=outcome).with_columns(
        share=pl.when(said).then(pl.col("fits") / known),
        low=pl.when(said).then(pl.col("fits") / pl.col("homes")),
        high=pl.when(said).then((pl.col("fits") + pl.col("not_known")) / pl.col("homes")),
    )
    counts = sorted(set(table["freed"].drop_nulls()))
    limits = pl.DataFrame(
        [(count, *(limit / length for limit in poisson(count))) for count in counts],
        schema={"freed": pl.Int64, "freed_low": pl.Float64, "freed_high": pl.Float64},
        orient="row",
    )
    freed = shared.join(limits, on="freed", how="left", maintain_order="left")
    per_year = pl.col("freed") / length if period else pl.lit(None, pl.Float64)
    return freed.with_columns(
        freed_per_year=per_year,
        turnover=pl.when((pl.col("fits") > 0) & said).then(per_year / pl.col("fits")),
    ).select(
        "area", *KEY, "households", "homes", "fits", "not_known", "share", "low", "high", "outcome", "freed",
        "freed_per_year", "freed_low", "freed_high", "turnover",
    )  # fmt: skip


def _about_the_young(households: PublishedHouseholds | None, day: date, law: Parameters) -> list[Note]:
    dated = law["rent_allowance_youth_age"].at(day)
    if households is None or dated is None or dated.value in (None, households.young_below):
        return []
    text = N_(
        "The figures call a household young below {published}, the rent allowance below {rule} on {day}: "
        "those in between are held against the youth limit or not by the age of the figures"
    )
    return [note(text, published=households.young_below, rule=dated.value, day=day.isoformat())]


def _unpublished(households: PublishedHouseholds | None) -> list[Note]:
    if households is None:
        text = N_(
            "the number of households by type was not given, so that no type is left out because nobody "
            "belongs to it"
        )
        return [note(text)]
    known = households.table.drop_nulls("households")
    absent = len(TYPES) - len(known)
    return [note(N_("of {count} of {types} types the number of households is not published"),
                 count=absent, types=len(TYPES))] if absent else []  # fmt: skip
