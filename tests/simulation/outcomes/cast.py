"""The policy and the years of the run that the tables tell of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from ongedeeld.simulation.recording import Run

START, YEARS = date(2026, 7, 1), 3
POLICY = """
name = "support and rents"

[[instrument]]
name = "support_agreement"
from = 2026-07-01
agreement = "shelter"
group = "wmo_shelter"
homes = 6
partner = "Haven"
months = 10
hours_a_week = 3
payer = "municipality"
source = "policy"
agreed = ["municipality", "partner"]

[[instrument]]
name = "lowered_target_rent"
from = 2026-07-01
source = "policy"
agreed = ["tenants"]
"""


def year_of(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.filter(pl.col("month") // 12 + 1 == year)


def by_hand(done: Run, happened: list[tuple[int, int, str]], lettings: list[dict[str, object]]) -> Run:
    """A run in which just this happened."""
    rows = [{**done.lettings.row(0, named=True), "from_home": -1, **one} for one in lettings]
    return replace(
        done,
        lettings=pl.DataFrame(rows, schema=done.lettings.schema),
        happened=pl.DataFrame(happened, schema=done.happened.schema, orient="row"),
    )
