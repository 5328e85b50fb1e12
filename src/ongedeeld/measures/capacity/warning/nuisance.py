"""Nuisance read with care: how many households it comes from, and whether the registration changed.

Many reports can come from one or two households, and a rise or drop may lie in how reports are written down
(Woonstad Rotterdam and Woonbedrijf in the evidence of this project). So the alarm rests on households, each
counted once a quarter; reports stand beside it. Only counts per complex are known: nothing here points at a
household, and one or two troubled households call for help, not for a judgement on a complex.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.city import City
from ongedeeld.measures.capacity.warning.comparing import Comparison, Span
from ongedeeld.measures.capacity.warning.false_discovery import benjamini_hochberg
from ongedeeld.measures.capacity.warning.stock import Stock

# At this level of one test, more households count as a sign that the rise is not of a few alone.
_RISE = 0.05
_MOST = 0.5


def concentration(city: City, stock: Stock, span: Span | None) -> pl.DataFrame:
    """How much of the reports comes from the two households with most, per unit, in a span of periods.

    Of R reports about H households in a complex and quarter, the two with most have all when ``H <= 2``, and
    else at least ``2R / H`` (rounded up) and at most ``R - (H - 2)``. These are added up over complexes and
    quarters.

    Parameters
    ----------
    city
        Its table `observations` is read.
    stock
        The units and their complexes.
    span
        From the first to the last period, both included; None when no nuisance was compared.

    Returns
    -------
    pl.DataFrame
        A row per unit: `unit`, `reports`, `households` (counted once a quarter), `reports_per_household`,
        `two_households_least` and `two_households_most` (shares of the reports) and `dominated` (the least is
        at least a half). Null where reports or households are not known.
    """
    kinds = {"nuisance_new": "reports", "nuisance_households": "households"}
    within = pl.col("period").is_between(span.start, span.end) if span else pl.lit(value=False)
    rows = city.table("observations").filter(pl.col("observation").is_in(list(kinds)) & within)
    quarters = (
        rows.drop_nulls("count")
        .group_by("complex", "period")
        .agg(
            *(
                pl.col("count").filter(pl.col("observation") == kind).sum().alias(name)
                for kind, name in kinds.items()
            ),
            known=pl.col("observation").n_unique(),
        )
        .filter(pl.col("known") == len(kinds))
        .join(stock.complexes, on="complex")
    )
    reports, households = pl.col("reports"), pl.col("households")
    few = households <= 2
    sums = quarters.group_by("place").agg(
        reports.sum(),
        households.sum(),
        least=pl.when(few).then(reports).otherwise((2 * reports / households).ceil()).sum(),
        most=pl.when(few).then(reports).otherwise(reports - households + 2).sum(),
    )
    units = stock.units.select("unit", place=pl.int_range(pl.len()))
    joined = units.join(sums, on="place", how="left", maintain_order="left")
    return joined.select(
        "unit",
        "reports",
        "households",
        reports_per_household=pl.when(households > 0).then(reports / households),
        two_households_least=pl.when(reports > 0).then(pl.col("least") / reports),
        two_households_most=pl.when(reports > 0).then(pl.col("most") / reports),
        dominated=pl.when(reports > 0).then(pl.col("least") >= _MOST * reports),
    )


def readings(
    households: Comparison | None, reports: Comparison | None, worse: NDArray[np.bool_], rate: float
) -> list[str]:
    """How the nuisance of each unit reads.

    Parameters
    ----------
    households, reports
        The comparisons of both; None where the City does not have them.
    worse
        For which units the households are named as worse.
    rate
        The share of units with more reports that may have them by chance.

    Returns
    -------
    list of str
        `worse`: more households. `few_households`: more reports than chance explains, and no sign of more
        households. `fewer_recorded`: fewer of either, which is not read as peace. `within_chance`, or
        `not_known`.
    """
    if households is None:
        return ["not_known"] * len(worse)
    unknown = np.isnan(households.before)
    more_households = households.tested.p_value < _RISE
    more_reports = np.zeros(len(worse), dtype=bool)
    fewer = households.tested.high < 1.0
    if reports is not None:
        more_reports = benjamini_hochberg(reports.tested.p_value) <= rate
        fewer |= reports.tested.high < 1.0
    return list(
        np.select(
            [worse, unknown, more_reports & ~more_households, fewer],
            ["worse", "not_known", "few_households", "fewer_recorded"],
            "within_chance",
        ).tolist()
    )
