"""What early warning answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from ongedeeld.measures.capacity.warning.funnel import Funnel
from ongedeeld.measures.capacity.warning.watched import Level
from ongedeeld.measures.notes import Note

Outcome = Literal["worse", "within_chance", "too_few", "not_known"]


@dataclass(frozen=True, eq=False)
class Warnings:
    """Which complexes or neighbourhoods worsen beyond chance; of places only, never of people.

    Parameters
    ----------
    level, false_discovery
        What was asked: the scale, and the share of alarms that may be false.
    table
        A row per unit, most evidence first: `unit`, `name`, `homes`, `worsens` (an alarm), `p_value`,
        `adjusted` (for the number of units; an alarm when at most `false_discovery`), `broad` and `sharp` (a
        little on everything, much on one thing), `tested` (how many indicators could be tested),
        `indicators` (those that stand out), `nuisance` (worse, few_households, fewer_recorded, within_chance,
        not_known), `rank`, `rank_low` and `rank_high` (95 %). A unit without figures has nulls and stands
        last.
    changes
        A row per unit and indicator: `unit`, `indicator`, `measure` (per_home_year, share_of_homes, grade),
        `before`, `now`, `stock_before`, `stock_now` (of all other units), `count_before`, `count_now` (or
        answers), `size` (how many times what the stock's change gives, or points worse beside the stock),
        `low`, `high` (95 %), `p_value`, `adjusted` (an indicator stands out in a unit with an alarm when at
        most `false_discovery`), `outcome` (worse, within_chance, too_few, not_known) and `before_start`,
        `before_end`, `now_start`, `now_end` (first days of the periods).
    nuisance
        How much of the reports of the last year comes from the two households with most in a complex and
        quarter; see :func:`~ongedeeld.measures.capacity.warning.nuisance.concentration`.
    registration
        Jumps of the whole stock that look like another way of writing down: `indicator`, `since`, `factor`,
        `middle` (the factor of the middle half of the units).
    funnels
        Of each indicator that has a size, which units stand out now.
    sentences
        What an alarm rests on, in words, most evidence first.
    notes
        How to read it, and what is not known.
    evidence
        Names of the evidence records used.
    """

    level: Level
    false_discovery: float
    table: pl.DataFrame
    changes: pl.DataFrame
    nuisance: pl.DataFrame
    registration: pl.DataFrame
    funnels: Mapping[str, Funnel]
    sentences: tuple[Note, ...]
    notes: tuple[Note, ...]
    evidence: tuple[str, ...] = field(default=())
