"""Why division changed between two dates: the mix of the city, and who lives where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.undividedness import formulas
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Table, counts_of
from ongedeeld.measures.undividedness.measuring import view_of

FILL = 1e-4
ROUNDS = 5_000
CLOSE_ENOUGH = 1e-10

AREAS_DIFFER = N_("the areas of the two differ: only in the first {missing}; only in the second {extra}")
GROUPS_DIFFER = N_("the groups of the two differ: only in the first {missing}; only in the second {extra}")
CHANGE_METHOD = N_(
    "Mix and place: the counts of each date fitted to the sizes of areas and groups of the other by "
    "iterative proportional fitting, both orders averaged (Mora and Ruiz-Castillo 2009; Elbers 2021); a cell "
    "that is zero at the one date only counts as 0.0001 there while fitting."
)
NOT_FITTED = N_(
    "The fitting stopped at a difference of {difference}: the split in mix and place is approximate; it "
    "adds up all the same."
)
CHANGE_ROUNDED = N_("Counts were rounded or suppressed; the split takes them as they were published.")
NO_CHANCE = N_(
    "No value by chance: compare the two dates to test whether the difference is more than chance."
)


@dataclass(frozen=True, eq=False)
class Change:
    """The change in mutual information between two dates, in nats.

    ``change = after - before = mix + place + areas_left + areas_new``. `mix` is the part from the sizes of
    groups and areas, `place` the part from who lives where, `areas_left` and `areas_new` those of areas where
    people live at one date only. `table` has a row per area with `before`, `after` (its contributions to M),
    `change`, `mix`, `place`, `left` and `new`; every column adds up to the whole.
    """

    before: float
    after: float
    change: float
    mix: float
    place: float
    areas_left: float
    areas_new: float
    table: pl.DataFrame
    notes: tuple[Note, ...]


def decompose_change(
    before: Table | Counts,
    after: Table | Counts,
    group: Group | None = None,
    *,
    rounded_to: int = 1,
    suppressed_below: int = 0,
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
    rounded_to, suppressed_below
        How the counts were published; see `Options`.

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
    first = counts_of(before, rounded_to=rounded_to, suppressed_below=suppressed_below)
    second = matched(first, counts_of(after, rounded_to=rounded_to, suppressed_below=suppressed_below))
    tables = [view_of(counts, group).table.astype(np.float64) for counts in (first, second)]
    both = (tables[0].sum(axis=1) > 0) & (tables[1].sum(axis=1) > 0)
    whole = [_contributions(table) for table in tables]
    common = [_contributions(np.where(both[:, None], table, 0.0)) for table in tables]
    mixes, places, difference = _shapley(tables, common, both)
    frame = pl.DataFrame(
        {
            "area": first.areas,
            "before": whole[0],
            "after": whole[1],
            "change": whole[1] - whole[0],
            "mix": mixes,
            "place": places,
            "left": common[0] - whole[0],
            "new": whole[1] - common[1],
        }
    )
    said = [note(CHANGE_METHOD), note(NO_CHANCE)]
    if difference > CLOSE_ENOUGH:
        said.append(note(NOT_FITTED, difference=f"{difference:.1g}"))
    if not (first.exact and second.exact):
        said.append(note(CHANGE_ROUNDED))
    first_m, second_m, change, mix, place, left, new = (
        float(frame[name].sum()) for name in frame.columns[1:]
    )
    return Change(first_m, second_m, change, mix, place, left, new, frame, tuple(said))


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
    return Counts(
        second.table[cells], first.areas, first.groups, second.rounded_to, second.suppressed_below, hidden
    )


def _contributions(table: Floats) -> Floats:
    """What every area adds to M; nothing where nobody lives."""
    sizes = table.sum(axis=1)
    added = np.zeros(len(table))
    lived = sizes > 0
    if lived.any():
        overall = table.sum(axis=0) / sizes.sum()
        added[lived] = sizes[lived] / sizes.sum() * formulas.local_informations(table[lived], overall)
    return added


def _shapley(tables: list[Floats], common: list[Floats], both: np.ndarray) -> tuple[Floats, Floats, float]:
    """Mix and place per area, and how far the fitting stopped from the margins."""
    mixes = np.zeros(len(both))
    places = np.zeros(len(both))
    if not both.any():
        return mixes, places, 0.0
    old, new = tables[0][both], tables[1][both]
    old_at_new, first = fitted_to(old, new)
    new_at_old, second = fitted_to(new, old)
    here = [common[0][both], common[1][both]]
    old_structure, new_structure = _contributions(old_at_new), _contributions(new_at_old)
    mixes[both] = (old_structure - here[0] + here[1] - new_structure) / 2.0
    places[both] = (new_structure - here[0] + here[1] - old_structure) / 2.0
    return mixes, places, max(first, second)


def fitted_to(source: Floats, target: Floats) -> tuple[Floats, float]:
    """The source with the margins of the target (Deming and Stephan 1940), and the difference left."""
    scale = target.sum()
    rows, columns = target.sum(axis=1), target.sum(axis=0)
    # A cell that is zero in both stays zero; where only the source is, fitting needs something to scale.
    table = np.where((source == 0) & (target > 0), FILL, source)
    difference = np.inf
    for _ in range(ROUNDS):
        sums = table.sum(axis=0)
        table = table * np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)
        sums = table.sum(axis=1)
        difference = float(np.abs(sums - rows).max() / scale)
        table = table * np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        if difference <= CLOSE_ENOUGH:
            break
    return table, difference
