"""Why division changed between two dates: the mix of the city, and who lives where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, method_note, note
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness.counts import Booleans, Counts, Group, Integers, Table
from ongedeeld.measures.undividedness.measuring import TOO_MUCH_CHANCE, View, about_counts, view_of
from ongedeeld.measures.undividedness.settings import Options, settings_of
from ongedeeld.measures.undividedness.split import CLOSE_ENOUGH, PARTS, Drawn, Split, drawn_parts, split
from ongedeeld.vocabulary import Quantity

FEW_DRAWS = 199

AREAS_DIFFER = N_("the areas of the two differ: only in the first {missing}; only in the second {extra}")
GROUPS_DIFFER = N_("the groups of the two differ: only in the first {missing}; only in the second {extra}")
CHANGE_METHOD = N_(
    "Mix and place: the counts of each date fitted to the sizes of areas and groups of the other by "
    "iterative proportional fitting, both orders averaged (Mora and Ruiz-Castillo 2009; Elbers 2021). A cell "
    "that is zero at the one date only counts there, while fitting, as a ten-thousandth of what an even "
    "spread would give."
)
ABSENT_GROUP = N_(
    "At one of the dates nobody belonged to: {groups}. That date does not tell where they would live; they "
    "count there as spread evenly, so that a group that comes evenly changes neither mix nor place."
)
NOT_FITTED = N_(
    "The fitting stopped at a difference of {difference}: the split in mix and place is approximate; it "
    "adds up all the same."
)
CHANGE_SIMULATED = N_(
    "Adjusted parts and {level} intervals: counts of both dates drawn from a nonparametric distribution of "
    "shares and split in the same way; the mean error is subtracted from each M that the parts are made of, "
    "down to 0. People who stayed make the real error smaller than that. Adjusted parts add up to the "
    "adjusted change."
)
CHANGE_TOO_FEW = N_(
    "Too few homes to say whether they changed: {areas} of {all} areas, where chance alone weighs more than "
    "{chance} at one of the dates and the interval of the change holds 0."
)
WHOLE_TOO_FEW = N_(
    "Too few homes to say whether division changed: at one of the dates random allotment alone gives a "
    "dissimilarity of {chance}, and the interval of the change holds 0."
)
CHANGE_NO_DRAWS = N_("Without draws there is no adjusted part or interval; ask for them with draws=199.")
NO_CHANCE = N_("To test whether the two dates differ by more than chance, compare them.")


@dataclass(frozen=True, eq=False)
class Change:
    """The change in mutual information between two dates, in nats.

    ``change = after - before = mix + place + areas_left + areas_new``. `mix` is the part from the sizes of
    groups and areas, `place` the part from who lives where, `areas_left` and `areas_new` those of areas where
    people live at one date only. `parts` has a row per part (`change`, `mix`, `place`, `left`, `new`) with
    its `value`, `adjusted` (freed of chance; these add up as well), `low` and `high`. `table` has a row per
    area with `before`, `after` (its contributions to M), `change`, `mix`, `place`, `left` and `new`, of which
    every column adds up to the whole; the limits `low` and `high` of its change; and `enough`, False where
    there are too few homes to say whether it changed. What needs draws is null without them.
    """

    before: float
    after: float
    change: float
    mix: float
    place: float
    areas_left: float
    areas_new: float
    parts: pl.DataFrame
    table: pl.DataFrame
    notes: tuple[Note, ...]


def decompose_change(
    before: Table | Counts,
    after: Table | Counts,
    group: Group | None = None,
    **options: Unpack[Options],
) -> Change:
    """How much of the change in M comes from the mix of the city and how much from who lives where.

    With M(s, m) the mutual information of the structure of date s (its odds ratios) at the margins of date m,
    ``place = ½ [M(2,1) - M(1,1) + M(2,2) - M(1,2)]`` and ``mix = ½ [M(1,2) - M(1,1) + M(2,2) - M(2,1)]``
    (Mora and Ruiz-Castillo, *Demography* 2009; Elbers, *Sociological Methods & Research* 2021): the Shapley
    value of the two orders.

    Parameters
    ----------
    before, after
        People at the two dates, shape (areas, groups), or frames with a text column of area names and a
        column per group. The areas must be the same; frames may have them in another order.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    **options
        See `Options`; `draws` are those of the adjusted parts and intervals, by default 199.

    Returns
    -------
    Change

    Raises
    ------
    InputError
        When areas or groups of the dates differ, with their names.

    Examples
    --------
    >>> split = decompose_change([[10, 90], [30, 70]], [[20, 80], [40, 60]])
    >>> round(split.change, 4), round(split.mix, 4), round(split.place, 4)
    (-0.0083, 0.0088, -0.0171)
    """
    settings = settings_of(options, draws=FEW_DRAWS)
    first = settings.checked(before)
    second = matched(first, settings.checked(after))
    views = (view_of(first, group), view_of(second, group))
    found = split(*(view.table.astype(np.float64) for view in views))
    drawn = None
    if settings.draws and first.people and second.people:
        drawn = drawn_parts(found, views, settings)
    parts = _parts(found, drawn, by_chance := _by_chance(views))
    table = _by_area(first.areas, found, drawn, views)
    said = _warnings(parts, table, by_chance)
    said += [method_note(CHANGE_METHOD), method_note(NO_CHANCE)]
    said.append(
        note(CHANGE_NO_DRAWS)
        if drawn is None
        else method_note(CHANGE_SIMULATED, level=f"{settings.level:.0%}")
    )
    if absent := _absent_groups(first, second):
        said.append(note(ABSENT_GROUP, groups=", ".join(absent)))
    if found.difference > CLOSE_ENOUGH:
        said.append(note(NOT_FITTED, difference=f"{found.difference:.1g}"))
    said += [each for each in about_counts(first, first) if each not in said]
    change, mix, place, left, new = (float(part) for part in found.parts.sum(axis=1))
    first_m, second_m = float(found.before.sum()), float(found.after.sum())
    return Change(first_m, second_m, change, mix, place, left, new, parts, table, tuple(said))


def _by_area(
    areas: tuple[str, ...], found: Split, drawn: Drawn | None, views: tuple[View, View]
) -> pl.DataFrame:
    nothing = pl.Series([None] * len(areas), dtype=pl.Float64)
    limits: dict[str, object] = {"low": nothing, "high": nothing, "enough": nothing.cast(pl.Boolean)}
    if drawn is not None:
        holds_nought = (drawn.area_low <= 0.0) & (drawn.area_high >= 0.0)
        small = _small(views[0].table) | _small(views[1].table)
        limits = {"low": drawn.area_low, "high": drawn.area_high, "enough": ~(holds_nought & small)}
    parts = dict(zip(PARTS, found.parts, strict=True))
    return pl.DataFrame({"area": areas, "before": found.before, "after": found.after, **parts, **limits})


def _small(table: Integers) -> Booleans:
    """Areas with people where chance alone puts a fifth or more of the most that could be out of place."""
    sizes = table.sum(axis=1)
    small: Booleans = np.zeros(len(table), dtype=np.bool_)
    interaction = float(formulas.interactions(table.sum(axis=0) / max(int(sizes.sum()), 1)))
    if interaction > 0.0:
        lived = sizes > 0
        off = chance.means_by_area(table[lived], x_log_x=False).sum(axis=1)
        small[lived] = off / (2.0 * sizes[lived] * interaction) >= TOO_MUCH_CHANCE
    return small


def _by_chance(views: tuple[View, View]) -> float:
    """The larger dissimilarity that chance alone gives at either date; 0 where there is one group."""
    tables = [View(view.counts.occupied(), view.into, view.groups).table for view in views]
    divisible = [table for table in tables if (table.sum(axis=0) > 0).sum() > 1]
    return max((chance.expected_dissimilarity(table) for table in divisible), default=0.0)


def _parts(found: Split, drawn: Drawn | None, by_chance: float) -> pl.DataFrame:
    nothing = [None] * len(PARTS)
    parts = pl.DataFrame(
        {
            "part": PARTS,
            "value": found.parts.sum(axis=1),
            "adjusted": nothing if drawn is None else drawn.adjusted,
            "low": nothing if drawn is None else drawn.low,
            "high": nothing if drawn is None else drawn.high,
        },
        schema_overrides=dict.fromkeys(("adjusted", "low", "high"), pl.Float64),
    )
    holds_nought = (pl.col("low") <= 0.0) & (pl.col("high") >= 0.0)
    return parts.with_columns(enough=~(holds_nought & (by_chance >= TOO_MUCH_CHANCE)))


def _warnings(parts: pl.DataFrame, table: pl.DataFrame, by_chance: float) -> list[Note]:
    """That there are too few homes to say whether the whole changed, or some areas did."""
    warned = []
    if parts["enough"][0] is False:
        warned.append(note(WHOLE_TOO_FEW, chance=Quantity(round(by_chance, 2))))
    if few := int((~table["enough"]).sum()):
        warned.append(note(CHANGE_TOO_FEW, areas=few, all=table.height, chance=Quantity(TOO_MUCH_CHANCE)))
    return warned


def _absent_groups(first: Counts, second: Counts) -> list[str]:
    """The groups to which nobody belongs at one of the dates only."""
    here, there = (counts.table.sum(axis=0) > 0 for counts in (first, second))
    return [name for name, differs in zip(first.groups, here != there, strict=True) if differs]


def matched(first: Counts, second: Counts) -> Counts:
    """The second counts with areas and groups in the order of the first.

    Raises
    ------
    InputError
        When areas or groups differ.
    """
    for problem, own, others in (
        (AREAS_DIFFER, first.areas, second.areas),
        (GROUPS_DIFFER, first.groups, second.groups),
    ):
        missing, extra = sorted(set(own) - set(others)), sorted(set(others) - set(own))
        if missing or extra:
            raise InputError(
                problem,
                expected=N_("the same names at both dates"),
                remedy=N_("bring both to the same boundaries and groups; an area without people has zeros"),
                missing=", ".join(missing[:10]) or "-",
                extra=", ".join(extra[:10]) or "-",
            )
    rows = [second.areas.index(area) for area in first.areas]
    columns = [second.groups.index(name) for name in first.groups]
    cells = np.ix_(rows, columns)
    hidden = None if second.hidden is None else second.hidden[cells]
    return replace(second, table=second.table[cells], areas=first.areas, groups=first.groups, hidden=hidden)
