"""Which groups of seekers lose and gain by a policy, and who of them waits longer, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.comparison.waiting import WAITING_TITLES
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.comparing.gaining import FEWER, MORE, NONE, homes_by_group, waiting_by_group
from ongedeeld.simulation.comparing.spread import FEWEST_TO_TELL
from ongedeeld.simulation.outcomes.tables import TABLES, Unit

MOST_NAMED = 4
"""How many groups a sentence names of those that gain or lose."""


def sentences(one: Compared, told: Told) -> Iterator[str]:
    """Which groups lose most, which gain most, and who of them waits longer; nothing with too few futures."""
    if told.comparison.pairs < FEWEST_TO_TELL:
        return
    homes = homes_by_group(told.comparison, one.label)
    for turn, text in (
        (FEWER, N_("Fewer get a home under {policy}, all years together: {groups}.")),
        (MORE, N_("More get a home under {policy}, all years together: {groups}.")),
    ):
        found = homes.filter(turn=turn)
        found = found if turn == FEWER else found.reverse()
        if len(found):
            yield told.speech.say(text, policy=told.label(one), groups=_named(found, turn, told))
    waits = waiting_by_group(told.comparison, one.label).filter(
        pl.col("grouping").is_in(list(WAITING_TITLES))
    )
    longer = waits.filter(turn=MORE)
    if len(longer):
        text = N_("Who is still on the list has been registered longer under {policy}: {groups}.")
        yield told.speech.say(text, policy=told.label(one), groups=_named(longer, MORE, told))
    if not len(longer) and not len(homes.filter(pl.col("turn") != NONE)):
        text = N_("Under {policy} no group gets homes more or less often, or waits longer, beyond chance.")
        yield told.speech.say(text, policy=told.label(one))


def _named(found: pl.DataFrame, turn: str, told: Told) -> str:
    """The first of these groups with their figures, and how many more there are."""
    speech = told.speech
    # The same people may be a group of two groupings, as permit holders are a kind and a target group.
    different = found.unique(["now", "policy", "rises", "falls"], keep="first", maintain_order=True)
    named = [_one(row, turn, told) for row in different.head(MOST_NAMED).iter_rows(named=True)]
    if len(different) > MOST_NAMED:
        more = len(different) - MOST_NAMED
        named.append(speech.ngettext("one more group", "{count} more groups", more))
    return "; ".join(named)


def _one(row: dict[str, Any], turn: str, told: Told) -> str:
    measure = TABLES["groups"].measures[row["measure"]]
    return told.speech.say(
        "{group} {policy} ({base} {now}; in {agree} of {futures} futures)",
        group=told.group(row["grouping"], row["group"]),
        policy=_a_year(row["policy"], measure.unit, told),
        base=told.now,
        now=told.figure(row["now"], measure.unit),
        agree=row["rises" if turn == MORE else "falls"],
        futures=row["futures"],
    )


def _a_year(value: float, unit: Unit, told: Told) -> str:
    """A figure; lettings, which are counted where it is not known who sought, say that they are of a year."""
    figure = told.figure(value, unit)
    return told.speech.say("{figure} lettings a year", figure=figure) if unit == "count" else figure
