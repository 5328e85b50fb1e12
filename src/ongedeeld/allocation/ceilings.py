"""How many mediated lettings were agreed, how many a policy has, and for how many its ceilings leave room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import polars as pl

from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.questions import Question
from ongedeeld.rules.days import years_later
from ongedeeld.rules.records import Contingent


@dataclass(frozen=True, slots=True)
class Mediated:
    """Mediated lettings beside a ceiling.

    Parameters
    ----------
    agreed
        By the records of contingents in local policy, and by mediation that has no record.
    planned
        By the policy.
    elsewhere
        By other associations under the same agreements.
    room
        Of those planned, for how many homes are likely to fall vacant under the ceilings.
    """

    agreed: int
    planned: int
    elsewhere: int
    room: int


def mediated_under(question: Question) -> Mediated:
    """What was agreed, planned and has room, for a use of a ceiling.

    Parameters
    ----------
    question
        About a ceiling.
    """
    uses = [use for use in question.policy.on(question.law.day) if use.instrument.mediates]
    records = question.law.records(Contingent)
    named = {one.name for one in records}
    loose = sum(use.parameters["homes"] for use in uses if use.agreement not in named)
    most: Mapping[str, int] = question.use.parameters["most"]
    return Mediated(
        agreed=sum(one.homes for one in records) + loose,
        planned=sum(use.parameters["homes"] for use in uses),
        elsewhere=question.use.parameters["elsewhere"],
        room=min([sum(_room(question, [use], most) for use in uses), _room(question, uses, most)])
        if uses
        else 0,
    )


def _room(question: Question, uses: Sequence[Use], most: Mapping[str, int]) -> int:
    """How many homes of these mediations find a place together: under a ceiling at most what it says."""
    homes = pl.concat([question.homes(use) for use in uses]).unique("dwelling", maintain_order=True)
    under = pl.col("complex").is_in(list(most)).fill_null(value=False)
    counts = homes.filter(under).group_by("complex").len().iter_rows()
    kept = sum(min(most[name], int(count)) for name, count in counts)
    asked = sum(int(use.parameters["homes"]) for use in uses)
    return min(asked, kept + _likely_vacant(question, uses, homes.filter(~under)))


def _likely_vacant(question: Question, uses: Sequence[Use], homes: pl.DataFrame) -> int:
    """How many of these homes fall vacant in the period of these uses, by the year before the day.

    Where the City tells no tenancy that began in that year, each home counts once: nothing is known of it.
    """
    day = question.law.day
    if not question.city.has("tenancies"):
        return homes.height
    year = pl.col("start").is_between(years_later(day, -1), day, closed="left")
    begun = question.city.table("tenancies").filter(year)
    if begun.is_empty():
        return homes.height
    here = begun.join(homes.select("dwelling"), on="dwelling", how="semi").height
    years = max(1.0, *((min(use.end, years_later(use.start, 4)) - use.start).days / 365.25 for use in uses))
    return ceil(here * years)
