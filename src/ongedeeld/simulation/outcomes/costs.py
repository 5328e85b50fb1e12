"""What a policy costs in a run: rent that was forgone, and hours of support with who pays for them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from ongedeeld.simulation.outcomes.seen import MONTHS, Seen
from ongedeeld.simulation.outcomes.tables import TABLES
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run

WEEKS = 52
RENT = "rent"
ASSOCIATION = "association"


def costs(seen: Seen) -> pl.DataFrame:
    """The table `costs` of a run.

    Rent is forgone in every month of a tenancy that began in the run: the rent without rent policy less the
    rent that was agreed, at the prices of the letting. Hours of support are those that a use of the policy
    states, of 52 weeks a year, for as long as the household lives there and the support lasts; of a use that
    mediates and does not state them they are not known. Support that sitting tenants have is not in it.
    """
    lettings = seen.run.lettings.with_columns(end=tenancy_ends(seen.run, seen.setting.months))
    rows = [*_rent(lettings, seen.years), *_support(lettings, seen.setting, seen.years)]
    table = TABLES["costs"]
    schema = {"year": pl.Int32, "use": pl.String, "payer": pl.String}
    return pl.DataFrame(
        rows, schema={name: schema.get(name, pl.Float64) for name in (*table.key, *table.measures)}
    ).sort(table.key)


def tenancy_ends(run: Run, months: int) -> pl.Series:
    """The month in which each letting's tenancy ended, in the order of the lettings; `months` where it runs.

    A tenancy ends when the tenant leaves, is evicted or put out, or moves on inside the stock.
    """
    left = run.happened.filter(pl.col("what").is_in(["left", "evicted", "put_out"])).select("home", "month")
    moved = run.lettings.filter(pl.col("from_home") >= 0).select(home="from_home", month="month")
    ends = pl.concat([left, moved]).select("home", "month", end=pl.col("month").cast(pl.Int32)).sort("month")
    begun = run.lettings.select("home", month=pl.col("month")).with_row_index().sort("month")
    # What ends in the month of a letting ended before it: a home that falls vacant is let a month later.
    later = begun.with_columns(month=pl.col("month") + 1)
    found = later.join_asof(ends, on="month", by="home", strategy="forward", check_sortedness=False)
    return found.sort("index")["end"].fill_null(months).alias("end")


def _rent(lettings: pl.DataFrame, years: int) -> list[dict[str, Any]]:
    lower = lettings.filter(pl.col("rent_cents") != pl.col("full_rent_cents"))
    forgone = (lower["full_rent_cents"] - lower["rent_cents"]).to_numpy().astype(np.int64)
    rows = []
    for year in range(1, years + 1):
        lived = _months_in(lower["month"], lower["end"], year)
        amount = float((forgone * lived).sum())
        rows.append(
            {"year": year, "use": RENT, "payer": ASSOCIATION, "rent_forgone": amount, "support_hours": 0.0}
        )
    return rows


def _support(lettings: pl.DataFrame, setting: Setting, years: int) -> list[dict[str, Any]]:
    rows = []
    for use in setting.policy.uses:
        stated = use.parameters.get("hours_a_week")
        if stated is None and not use.instrument.mediates:
            continue
        let = lettings.filter(let_by(setting, use.name)).with_columns(
            until=pl.min_horizontal("end", pl.col("month") + pl.col("support_months").cast(pl.Int32))
        )
        payer = str(use.parameters.get("payer", ""))
        for year in range(1, years + 1):
            hours = None
            if stated is not None:
                monthly = Fraction(str(stated)) * WEEKS / MONTHS
                hours = float(monthly * int(_months_in(let["month"], let["until"], year).sum()))
            rows.append(
                {"year": year, "use": use.name, "payer": payer, "rent_forgone": 0.0, "support_hours": hours}
            )
    return rows


def let_by(setting: Setting, name: str) -> pl.Expr:
    """Whether a letting was made by a reservation of a use of the policy, by the name of the use."""
    there = [
        (pl.col("plan") == place) & (pl.col("reservation") == number)
        for place, planned in enumerate(setting.plans)
        for number, one in enumerate(planned.plan.reservations)
        if one.tally == name
    ]
    return pl.any_horizontal(there) if there else pl.lit(value=False)


def _months_in(since: pl.Series, end: pl.Series, year: int) -> np.ndarray:
    """How many months of each stretch, from its first month up to its end, lie in a year."""
    first, past = MONTHS * (year - 1), MONTHS * year
    begun = np.maximum(since.to_numpy().astype(np.int64), first)
    months: np.ndarray = np.maximum(np.minimum(end.to_numpy().astype(np.int64), past) - begun, 0)
    return months
