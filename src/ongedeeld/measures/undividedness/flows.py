"""Why a group's share of a place changed: who came, who left, what changed in place, and the stock.

With g members among n homes, and a bar for the mean of start and end, the change of the share s = g / n is
exactly ``s_end - s_start = Σ_flows (Δg - s̄ Δn) / n̄``, whatever the order of events: a flow raises the share
as far as more of it belongs to the group than the share of the place. That is the product rule ``Δg = s̄ Δn +
n̄ Δs`` for finite changes (Kitagawa 1955 splits rates in the same way).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, note

TERMS = ("inflow", "outflow", "in_place", "stock")
ENDS = ("group_start", "all_start", "group_end", "all_end")
MOVES = (
    "group_in",
    "all_in",
    "group_out",
    "all_out",
    "group_changed",
    "group_built",
    "all_built",
    "group_removed",
    "all_removed",
)

SPLIT = N_(
    "Every term is (change in members - mean share x change in homes) / mean number of homes; they add up "
    "to the change, with what the counts leave unexplained as residual."
)
INCONSISTENT = N_(
    "{places} places have counts that do not add up from start to end: {names}. The difference stands under "
    "residual."
)
UNKNOWN = N_("{places} places have a count missing or no homes at either date, and no split: {names}.")
FROM_NOTHING = N_(
    "{places} places have no homes at one of the dates, as they were built or went in between: {names}. "
    "Their change is counted from or to a share of 0, so that it stands under stock."
)
NEAR_ZERO = 1e-9


@dataclass(frozen=True, eq=False)
class Flows:
    """The split per place.

    `table` has a row per place with `place`, `share_start`, `share_end`, `change`, `inflow`, `outflow`,
    `in_place`, `stock` and `residual`: ``change = inflow + outflow + in_place + stock + residual``. Nulls
    where a count is missing or a place has no homes at either date. The change of a place that has homes at
    one date only is counted from or to a share of 0, and the share of the other date is null.
    """

    table: pl.DataFrame
    notes: tuple[Note, ...]


def decompose_flows(flows: pl.DataFrame) -> Flows:
    """The change in a group's share of every place, split exactly.

    Parameters
    ----------
    flows
        A row per `place` with numbers of members of the group and of all homes (or households): at the start
        and end (`group_start`, `all_start`, `group_end`, `all_end`), that came (`group_in`, `all_in`), left
        (`group_out`, `all_out`), became members less ceased to be (`group_changed`), were added with new
        stock (`group_built`, `all_built`) or went with stock (`group_removed`, `all_removed`). A move that is
        not a column is 0; a null is unknown. :func:`flows_from_tenancies` and :func:`flows_from_observations`
        make such a table.

    Returns
    -------
    Flows

    Raises
    ------
    InputError
        When a column is missing or unknown, a count is negative, a group is larger than all, or a place
        occurs twice.

    Examples
    --------
    >>> counts = {"group_start": 10, "group_in": 6, "group_out": 2, "group_changed": 1, "group_end": 15}
    >>> table = pl.DataFrame([{"place": "A", "all_start": 100, "all_end": 100, **counts}])
    >>> decompose_flows(table).table.select("change", "inflow", "outflow", "in_place").row(0)[1:]
    (0.06, -0.02, 0.01)
    """
    counted = _checked(flows)
    homes = (pl.col("all_start") + pl.col("all_end")) / 2.0
    share = (_share("start").fill_null(0.0) + _share("end").fill_null(0.0)) / 2.0

    def term(members: pl.Expr, all_homes: pl.Expr) -> pl.Expr:
        return (members - share * all_homes) / homes

    def left(column: str) -> pl.Expr:
        moved = (
            pl.col(f"{column}_in")
            - pl.col(f"{column}_out")
            + pl.col(f"{column}_built")
            - pl.col(f"{column}_removed")
        )
        return pl.col(f"{column}_end") - pl.col(f"{column}_start") - moved

    nothing = pl.lit(0.0)
    known = pl.all_horizontal(homes > 0, *(pl.col(name).is_not_null() for name in (*ENDS, *MOVES)))
    table = counted.with_columns(
        share_start=_share("start"),
        share_end=_share("end"),
        known=known,
        inflow=term(pl.col("group_in"), pl.col("all_in")),
        outflow=-term(pl.col("group_out"), pl.col("all_out")),
        in_place=term(pl.col("group_changed"), nothing),
        stock=term(
            pl.col("group_built") - pl.col("group_removed"), pl.col("all_built") - pl.col("all_removed")
        ),
        residual=term(left("group") - pl.col("group_changed"), left("all")),
    ).with_columns(change=pl.col("share_end").fill_null(0.0) - pl.col("share_start").fill_null(0.0))
    parts = [pl.when("known").then(pl.col(name)).alias(name) for name in ("change", *TERMS, "residual")]
    answer = table.select("place", "share_start", "share_end", *parts)
    return Flows(answer, _notes(answer))


def _share(day: str) -> pl.Expr:
    """The share at the start or the end; null where there are no homes then, or a count is missing."""
    return pl.when(pl.col(f"all_{day}") > 0).then(pl.col(f"group_{day}") / pl.col(f"all_{day}"))


def _notes(table: pl.DataFrame) -> tuple[Note, ...]:
    said = [note(SPLIT)]
    one_end_only = pl.col("change").is_not_null() & pl.any_horizontal(
        pl.col("share_start", "share_end").is_null()
    )
    for text, places in (
        (INCONSISTENT, table.filter(pl.col("residual").abs() > NEAR_ZERO)),
        (UNKNOWN, table.filter(pl.col("change").is_null())),
        (FROM_NOTHING, table.filter(one_end_only)),
    ):
        if places.height:
            said.append(note(text, places=places.height, names=", ".join(places["place"].head(10).to_list())))
    return tuple(said)


def _checked(flows: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in ("place", *ENDS) if name not in flows.columns]
    extra = [name for name in flows.columns if name not in ("place", *ENDS, *MOVES)]
    if missing or extra:
        raise InputError(
            N_("the flows lack {missing} and have {extra} too many"),
            expected=N_("columns {columns}"),
            missing=", ".join(missing) or "-",
            extra=", ".join(extra) or "-",
            columns=", ".join(("place", *ENDS, *MOVES)),
        )
    added = [pl.lit(0.0).alias(name) for name in MOVES if name not in flows.columns]
    try:
        counted = flows.with_columns(pl.col("place").cast(pl.String), *added).with_columns(
            pl.col(*ENDS, *MOVES).cast(pl.Float64).fill_nan(None)
        )
    except pl.exceptions.PolarsError as error:
        raise InputError(
            N_("the flows hold something that is not a number"), expected=N_("numbers of homes")
        ) from error
    if counted["place"].is_duplicated().any() or counted["place"].null_count():
        raise InputError(
            N_("a place has no name, or occurs more than once in the flows"), expected=N_("one row per place")
        )
    for name in (name for name in (*ENDS, *MOVES) if name != "group_changed"):
        _refuse(counted, pl.col(name) < 0, N_("{where}: {column} is negative"), name)
    for name in ("start", "in", "out", "built", "removed", "end"):
        # Members may move without a home coming or going, so only where homes are counted can there be too
        # many.
        counts_homes = pl.lit(name in ("start", "end")) | (pl.col(f"all_{name}") > 0)
        too_many = counts_homes & (pl.col(f"group_{name}") > pl.col(f"all_{name}") + NEAR_ZERO)
        _refuse(counted, too_many, N_("{where}: {column} is larger than that of all homes"), f"group_{name}")
    return counted


def _refuse(table: pl.DataFrame, wrong: pl.Expr, problem: str, column: str) -> None:
    rows = table.filter(wrong)
    if rows.height:
        raise InputError(
            problem,
            expected=N_("numbers of homes, those of the group among those of all"),
            remedy=N_("correct the count"),
            column=column,
            where=rows["place"][0],
        )
