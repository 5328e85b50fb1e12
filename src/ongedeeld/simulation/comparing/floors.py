"""Nobody is excluded: the chance on a home of every group under a policy, in every future and every year.

A group that has a chance without the policy and none with it is shut out: that is refused, and the result
is not to be used. A group of which the chance falls below a floor, or below half of what it is as now, is
flagged before anything else is told. Each is judged over the whole run and over each year by itself, so that
a policy that ends early or begins late hides nothing behind the other years.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import binom, poisson

from ongedeeld.allocation.groupings import UNKNOWN
from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, note

FLOOR = 0.01
"""The share of the seekers of a group that should get a home in a year: one in a hundred."""
HALF = 0.5
RARE = 0.001
"""What would happen by accident less often than this, is taken for no accident."""
ENOUGH_LETTINGS = 7
"""A group with so many lettings as now would have none by accident less than once in a thousand times."""
WHOLE = 0
"""The year that stands for all years of the run together."""

SHUT_OUT, BELOW_FLOOR, BELOW_HALF, OPEN, CLOSED, TOO_FEW = (
    "shut_out",
    "below_floor",
    "below_half",
    "open",
    "closed_already",
    "too_few",
)
VERDICTS: dict[str, str] = {
    SHUT_OUT: N_("has a chance as now and none under this policy"),
    BELOW_FLOOR: N_("fewer get a home in a year than the floor"),
    BELOW_HALF: N_("less than half of the chance as now"),
    OPEN: N_("has a chance"),
    CLOSED: N_("gets no home as now either"),
    TOO_FEW: N_("too few to say"),
}
"""The verdicts on a group, from worst to mildest."""
FLAGGED = (SHUT_OUT, BELOW_FLOOR, BELOW_HALF)
KEY = ("grouping", "group")
_RANKS = {name: at for at, name in enumerate(VERDICTS)}

FLOOR_TOLD = N_(
    "The floor is an assumption of this project: of {many} seekers of a group at least one gets a home in a "
    "year. No source gives such a number; another can be chosen when comparing"
)
HALF_TOLD = N_("Beside it a group is flagged whose share that gets a home is less than half of that as now")
COUNTED_TOLD = N_(
    "Judged are all years together and every year by itself. A group is shut out where it has lettings as "
    "now and none under the policy, and that would happen by accident less than once in a thousand times, "
    "allowing for the number of groups, years and futures: in a single future, in more futures than as now, "
    "or in all. With fewer than {enough} lettings of a group nothing is said of it"
)
GROUPS_TOLD = N_(
    "Of some groups it is known who got a home and not who sought one, as whether somebody needs a home "
    "without steps: their lettings are held against those as now"
)
ANYWHERE_TOLD = N_(
    "Judged is the chance on a home anywhere in the stock. That a group gets no home in one place, as those "
    "who are refused a permit do in a designated area, does not shut it out here: see who loses, and where "
    "groups get homes"
)
UNTESTED = N_(
    "What cannot be tested here: what this does by origin. Origin, nationality and ethnicity of persons are "
    "not held, so that nobody is chosen by them; whether a policy touches them unevenly has to be looked at "
    "otherwise, with published figures and with those concerned"
)
ALONE = N_(
    "There is no result as now beside it, so that a fall cannot be seen; simulate one without a policy"
)


@dataclass(frozen=True, eq=False)
class Floors:
    """The chance of every group under a policy.

    Parameters
    ----------
    table
        By `grouping` and `group`, worst first: `seekers` (in a year; null where that is not known),
        `housed_now` and `housed_policy` (all futures together), the shares `share_now` and `share_policy`
        that get a home in a year, the `ratio` of these, or of the lettings where there are no shares, in how
        many `futures` the group got no home though it did as now (`futures_shut`), and the `verdict`. All of
        it is of the `year` of the run in which the verdict is worst, or of all years where that is null.
    what_if
        Whether the policy was run to see what it would do.
    notes
        How it was judged, and what cannot be.
    """

    table: pl.DataFrame
    what_if: bool
    notes: tuple[Note, ...]

    @property
    def shut_out(self) -> pl.DataFrame:
        """The groups that are shut out."""
        return self.table.filter(pl.col("verdict") == SHUT_OUT)

    @property
    def flagged(self) -> pl.DataFrame:
        """The groups that are shut out, below the floor or below half of as now."""
        return self.table.filter(pl.col("verdict").is_in(FLAGGED))

    @property
    def untold(self) -> pl.DataFrame:
        """The groups of which nothing can be said: they have too few seekers or lettings."""
        return self.table.filter(pl.col("verdict") == TOO_FEW)

    @property
    def usable(self) -> bool:
        """Whether the result may be used: nobody is shut out."""
        return self.shut_out.is_empty()


def floors(
    now: pl.DataFrame | None,
    policy: pl.DataFrame,
    *,
    floor: float = FLOOR,
    what_if: bool = False,
    as_now: bool = True,
) -> Floors:
    """Judge the chance of every group.

    Parameters
    ----------
    now, policy
        The table `groups` of the same futures, with the column `future`; `now` of the law alone, or None
        where there is no such result.
    floor
        The share of the seekers of a group that should get a home in a year.
    what_if
        Whether the policy was run to see what it would do.
    as_now
        Whether `now` is of the law alone, and not of another policy that stands in its place.

    Returns
    -------
    Floors
    """
    counted = _spans(policy).filter(pl.col("group") != UNKNOWN)
    beside = counted.clear() if now is None else _spans(now)
    both = counted.join(beside, on=[*KEY, "year", "future"], how="left", suffix="_now")
    spans = _summed(both)
    judged = spans.with_columns(_shut(spans)).with_columns(verdict=_verdict(floor))
    told = judged.with_columns(rank=pl.col("verdict").replace_strict(_RANKS))
    # A year by itself counts only where it is worse than all years together.
    worst = told.filter((pl.col("year") == WHOLE) | pl.col("verdict").is_in(FLAGGED))
    first = worst.sort("rank", "year").unique(KEY, keep="first", maintain_order=True)
    table = first.sort("rank", *KEY).select(
        *KEY,
        pl.col("year").replace(WHOLE, None),
        "seekers",
        "housed_now",
        "housed_policy",
        "share_now",
        "share_policy",
        "ratio",
        "futures_shut",
        "futures",
        "verdict",
    )
    return Floors(table, what_if, _notes(floor, alone=now is None or not as_now))


def _spans(groups: pl.DataFrame) -> pl.DataFrame:
    """By future and group what was counted in each year, and in all of them together."""
    years = groups.select("future", *KEY, pl.col("year").cast(pl.Int32), "seekers", "housed")
    if groups["year"].n_unique() == 1:
        return years.with_columns(year=pl.lit(WHOLE, pl.Int32), years=pl.lit(1))
    # A sum of what is not known is not known: polars takes it for zero.
    known = pl.col("seekers").is_not_null().all()
    whole = years.group_by("future", *KEY).agg(
        pl.lit(WHOLE, pl.Int32).alias("year"),
        pl.when(known).then(pl.col("seekers").sum()),
        pl.col("housed").sum(),
        years=pl.len(),
    )
    return pl.concat([years.with_columns(years=pl.lit(1)), whole], how="vertical_relaxed")


def _summed(both: pl.DataFrame) -> pl.DataFrame:
    """Each group and span over all futures."""
    none, none_now = pl.col("housed") == 0, pl.col("housed_now") == 0
    expected = pl.min_horizontal(pl.col("housed_now"), pl.col("housed_now").mean())
    known = pl.col("seekers").is_not_null().all()
    summed = both.group_by(*KEY, "year").agg(
        futures=pl.len().cast(pl.Int64),
        futures_shut=(none & ~none_now).sum().cast(pl.Int64),
        seekers=pl.when(known).then(pl.col("seekers").sum() / pl.col("years").sum()),
        housed_policy=pl.col("housed").sum(),
        housed_now=pl.when(pl.col("housed_now").is_not_null().all()).then(pl.col("housed_now").sum()),
        share_policy=_share("housed", "seekers"),
        share_now=_share("housed_now", "seekers_now"),
        sought=pl.col("seekers").sum(),
        zeros=none.sum().cast(pl.Int64),
        zeros_now=none_now.sum().cast(pl.Int64),
        lost=expected.filter(none).max(),
    )
    shares = pl.when(pl.col("share_now") > 0).then(pl.col("share_policy") / pl.col("share_now"))
    lettings = pl.when(pl.col("housed_now") > 0).then(pl.col("housed_policy") / pl.col("housed_now"))
    counted = pl.col("seekers").is_not_null()
    return summed.with_columns(ratio=pl.when(counted).then(shares).otherwise(lettings))


def _share(part: str, whole: str) -> pl.Expr:
    """A part of a whole over all futures; null where there is no whole."""
    return pl.when(pl.col(whole).sum() > 0).then(pl.col(part).sum() / pl.col(whole).sum())


def _shut(spans: pl.DataFrame) -> pl.Series:
    """Whether each group and span is shut out, beyond what happens by accident.

    Were the chance as now, the number of lettings would be a draw around that as now, at the narrowest one of
    Poisson: so none where `n` are expected has a chance of ``exp(-n)``. Over futures together it is counted
    in how many there is none, beside the share of futures in which there is none as now (with one added, as
    what never happened yet may still), or that of Poisson where it is larger.
    """
    futures, now, policy, zeros, zeros_now, lost = (
        spans[name].cast(pl.Float64).fill_null(0.0).to_numpy()
        for name in ("futures", "housed_now", "housed_policy", "zeros", "zeros_now", "lost")
    )
    tried = len(spans)
    all_of_them = (policy == 0) & (now >= log(tried / RARE))
    in_one = lost >= np.log(tried * futures / RARE)
    none = np.maximum(np.exp(-now / futures), (zeros_now + 1) / (futures + 2))
    in_more = binom.sf(zeros - 1, futures, none) < RARE / tried
    lettings = now >= ENOUGH_LETTINGS
    return pl.Series("shut", lettings & (all_of_them | in_one | in_more))


def _verdict(floor: float) -> pl.Expr:
    """The verdict on each group and span; on a year by itself only what is no accident counts."""
    known, seen = pl.col("housed_now").is_not_null(), pl.col("seekers").is_not_null()
    fewer = pl.struct("housed_policy", "housed_now", "sought", "year")
    nobody = (pl.col("sought") == 0) & (pl.col("housed_policy") == 0)
    few = known & (pl.col("housed_now") < ENOUGH_LETTINGS) & (pl.col("housed_policy") < ENOUGH_LETTINGS)
    below_floor = (pl.col("share_policy") < floor) & fewer.map_batches(
        lambda rows: _no_accident(rows, floor), return_dtype=pl.Boolean
    )
    below_half = (pl.col("ratio") < HALF) & fewer.map_batches(
        lambda rows: _no_accident(rows, None), return_dtype=pl.Boolean
    )
    return (
        pl.when("shut").then(pl.lit(SHUT_OUT))
        .when(seen & nobody).then(pl.lit(TOO_FEW))
        .when(~seen & ~known).then(pl.lit(TOO_FEW))
        .when(known & (pl.col("housed_now") == 0) & (pl.col("housed_policy") == 0)).then(pl.lit(CLOSED))
        .when(few).then(pl.lit(TOO_FEW))
        .when(below_floor).then(pl.lit(BELOW_FLOOR))
        .when(below_half).then(pl.lit(BELOW_HALF))
        .otherwise(pl.lit(OPEN))
    )  # fmt: skip


def _no_accident(rows: pl.Series, floor: float | None) -> pl.Series:
    """Whether so few lettings are no accident, held against the floor or against those as now.

    All years together are told as they are; of one year among many some are low by accident alone.
    """
    policy, now, sought, year = (
        rows.struct.field(name).cast(pl.Float64).fill_null(0.0).to_numpy()
        for name in ("housed_policy", "housed_now", "sought", "year")
    )
    chance: NDArray[np.float64] = (
        binom.cdf(policy, policy + now, 0.5) if floor is None else poisson.cdf(policy, floor * sought)
    )
    return pl.Series((year == WHOLE) | (chance < RARE / len(rows)))


def _notes(floor: float, *, alone: bool) -> tuple[Note, ...]:
    told = [note(FLOOR_TOLD, many=round(1 / floor) if floor else 0), note(HALF_TOLD)]
    told += [note(COUNTED_TOLD, enough=ENOUGH_LETTINGS), note(GROUPS_TOLD)]
    told.append(note(ANYWHERE_TOLD))
    return (*told, *((note(ALONE),) if alone else ()), note(UNTESTED))
