"""How a run stands by what the law counts over many lettings, and by what was agreed with partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import polars as pl

from ongedeeld.rules.lettings import Lettings, read_lettings
from ongedeeld.rules.records import Contingent
from ongedeeld.rules.tallies import (
    binding_tallies,
    contingent_tallies,
    fitting_tallies,
    permit_holder_tallies,
    social_tallies,
)
from ongedeeld.rules.tally import Tally
from ongedeeld.simulation.outcomes.costs import let_by
from ongedeeld.simulation.outcomes.seen import MONTHS, Seen
from ongedeeld.simulation.outcomes.tables import TABLES
from ongedeeld.simulation.preparing.setting import Setting

AGREEMENT = "agreement:"
"""Before the name of a use of the policy under which a partner proposes seekers."""
CONTINGENT = "contingent:"
"""Before the name of a contingent of local policy."""


@dataclass(frozen=True)
class _Standing:
    """A tally on a day: what was counted, what was asked, and whether that is met; None before it is due."""

    year: int
    tally: str
    done: int
    of: int | None
    asked: float | None
    agreed: int | None
    met: bool | None


def tallies(seen: Seen) -> pl.DataFrame:
    """The table `tallies` of a run.

    The law counts by calendar year, so in a year of the run its tallies stand as on 31 December; those of
    permit holders are added over the half years that end in it. Lettings before the run are not known and
    do not count. A contingent of local policy and an agreement of the policy stand as on the last day of the
    year or, in the year in which their term ends, as on that day; only there it is told whether they are met,
    as until then there is time left. After that year they have no row.
    """
    setting, lettings = seen.setting, read_lettings(_rows(seen))
    standings = [
        *_of_law(lettings, setting, seen.years),
        *_of_contingents(lettings, setting, seen.years),
        *_of_agreements(seen),
    ]
    key = attrgetter("year", "tally")
    together = [_together(each) for _, each in groupby(sorted(standings, key=key), key)]
    table = TABLES["tallies"]
    schema = {"year": pl.Int32, "tally": pl.String}
    return pl.DataFrame(
        together, schema={name: schema.get(name, pl.Float64) for name in (*table.key, *table.measures)}
    ).sort(table.key)


def _together(standings: Iterable[_Standing]) -> dict[str, Any]:
    """One standing, or those of two half years added up."""
    parts = list(standings)
    first, done = parts[0], sum(one.done for one in parts)
    agreed = None if first.agreed is None else sum(one.agreed or 0 for one in parts)
    return {
        "year": first.year,
        "tally": first.tally,
        "done": done,
        "of": first.of,
        "share": done / first.of if first.of else None,
        "asked": first.asked,
        "agreed": agreed,
        "met": None if first.met is None else float(all(one.met for one in parts)),
    }


def _rows(seen: Seen) -> pl.DataFrame:
    """The lettings as the rules read them."""
    setting, let = seen.setting, seen.run.lettings
    homes, types = setting.homes, setting.people.types
    home = homes.select("municipality", "area", "complex", "category", "sector")[let["home"].cast(pl.UInt32)]
    days = pl.DataFrame(
        {"month": range(setting.months), "date": [setting.day_of(month) for month in range(setting.months)]},
        schema={"month": pl.Int16, "date": pl.Date},
    )
    of_types = pl.DataFrame(
        {
            "type": range(len(types)),
            "household_size": [one.household_size for one in types],
            "income_class": [one.income_class or None for one in types],
            "group": [one.target_group or None for one in types],
        },
        schema={"type": pl.Int16, "household_size": pl.Int64, "income_class": pl.String, "group": pl.String},
    )
    names = [None, *(one.name for one in setting.people.partnerships)]
    told = let.join(days, on="month", how="left", maintain_order="left").join(
        of_types, on="type", how="left", maintain_order="left"
    )
    permit_holder = (pl.col("group") == "permit_holder").fill_null(value=False)
    return told.with_columns(home["municipality", "area", "complex", "category"].get_columns()).select(
        pl.int_range(pl.len()).cast(pl.String).alias("letting"),
        "date",
        "municipality",
        (home["sector"] == "social").alias("social"),
        pl.col("rent_cents").cast(pl.Int64),
        "household_size",
        "income_class",
        "group",
        "category",
        _by_binding(setting).alias("bound_priority"),
        pl.when(permit_holder).then("household_size").otherwise(0).alias("permit_holders"),
        pl.col("contingent").replace_strict(dict(enumerate(names)), return_dtype=pl.String),
        "area",
        "complex",
    )


def _by_binding(setting: Setting) -> pl.Expr:
    """Whether a letting was made by a priority for local binding."""
    there = [
        (pl.col("plan") == place) & (pl.col("priority") == number)
        for place, planned in enumerate(setting.plans)
        for number, one in enumerate(planned.plan.priorities)
        if one.tally.startswith("local_binding")
    ]
    return pl.any_horizontal(there) if there else pl.lit(value=False)


def _of_law(lettings: Lettings, setting: Setting, years: int) -> Iterator[_Standing]:
    law = setting.ahead.law
    for day, year in _last_days(setting.start, years):
        if day.month == MONTHS:
            where = setting.housing.municipalities
            for tally in (
                *fitting_tallies(lettings, law, day),
                *social_tallies(lettings, law, day, municipalities=where),
                *binding_tallies(lettings, law, day),
            ):
                yield _standing(year, tally)
        for tally in permit_holder_tallies(lettings, law, day):
            yield _standing(year, tally)


def _last_days(start: date, years: int) -> Iterator[tuple[date, int]]:
    """The last days of the half years that end in the run, each with the year of the run in which it lies."""
    for half in range(2 * years + 1):
        year, second = divmod(half + (start.month > MONTHS // 2), 2)
        day = date(start.year + year, *((12, 31) if second else (6, 30)))
        months = (day.year - start.year) * MONTHS + day.month - start.month
        if 0 <= months < years * MONTHS:
            yield day, months // MONTHS + 1


def _of_contingents(lettings: Lettings, setting: Setting, years: int) -> Iterator[_Standing]:
    """What was delivered of the contingents of local policy, in every year of the run in which they hold."""
    law = setting.ahead.law
    records = [one for local in law.policies for one in local.records if isinstance(one, Contingent)]
    for year in range(1, years + 1):
        first, last = _year(setting, year)
        for record in records:
            if record.start <= last and record.end >= first:
                day = min(last, record.end)
                for tally in contingent_tallies(lettings, law, day):
                    if tally.name == f"{CONTINGENT}{record.name}":
                        yield _standing(year, tally, due=record.end <= last)


def _year(setting: Setting, year: int) -> tuple[date, date]:
    """The first and the last day of a year of the run."""
    first, past = (setting.start.replace(year=setting.start.year + year - 1 + more) for more in (0, 1))
    return first, past - timedelta(days=1)


def _standing(year: int, tally: Tally, *, due: bool = True) -> _Standing:
    met = tally.decision.allowed if due else None
    return _Standing(year, tally.name, tally.done, tally.of, tally.limit, tally.target, met)


def _of_agreements(seen: Seen) -> Iterator[_Standing]:
    """What was delivered of what the policy agreed with partners, up to the year in which its term ends."""
    setting = seen.setting
    for use in setting.policy.uses:
        if not use.instrument.mediates or "homes" not in use.parameters:
            continue
        let = seen.run.lettings.filter(let_by(setting, use.name))["month"]
        agreed = int(use.parameters["homes"])
        for year in range(1, seen.years + 1):
            first, last = _year(setting, year)
            if use.start <= last and use.end >= first:
                done = int((let < MONTHS * year).sum())
                met = done >= agreed if use.end <= last else None
                yield _Standing(year, f"{AGREEMENT}{use.name}", done, None, None, agreed, met)
