"""Bands: from which value to which a figure has each score from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

from ongedeeld.errors import N_
from ongedeeld.measures.capacity._scoring_file import Table, one_of

By = Literal["position", "value"]
SMALLEST, LARGEST = 1, 5


@dataclass(frozen=True, slots=True)
class Bands:
    """From which value to which a figure has each score.

    Parameters
    ----------
    name
        Of the table of bands.
    by
        `position`, from 0 to 1, in the distribution of the units of one's own stock, or `value`, in the unit
        of the indicator.
    edges
        The four values between the five bands, in rising order.
    rising
        Whether a higher figure is a larger task.
    """

    name: str
    by: By
    edges: tuple[float, float, float, float]
    rising: bool


def lies_within(bands: Bands, least: float, most: float) -> bool:
    """Whether every score can occur of a figure from `least` to `most`."""
    return bands.by == "position" or (bands.edges[0] > least and bands.edges[-1] < most)


def bands_of(table: Table, name: str, value: Mapping[str, Any]) -> Bands:
    """The bands of a table, refused where they leave a gap, overlap or jump."""
    by: By = one_of(table, value, "by", get_args(By), N_("bands {owner} have no {key}"), owner=name)
    limits = {}
    table.refuse_unknown(value, ("by", *map(str, range(SMALLEST, LARGEST + 1))), f"[bands.{name}]")
    for score in range(SMALLEST, LARGEST + 1):
        pair = _pair(value.get(str(score)))
        if pair is None:
            raise table.refuse(
                N_("bands {name} have no good band for score {score}"),
                expected=N_("for each score from 1 to 5 the values from and up to, such as 3 = [0.4, 0.6]"),
                remedy=N_("give the band of this score"),
                name=name,
                score=score,
            )
        limits[score] = pair
    ordered = sorted(limits, key=lambda score: limits[score])
    if ordered not in (sorted(limits), sorted(limits, reverse=True)):
        raise table.refuse(
            N_("bands {name} jump between scores"),
            expected=N_("scores that only rise or only fall as the figure rises"),
            remedy=N_("put the bands in order"),
            name=name,
        )
    for lower, upper in pairwise(ordered):
        _refuse_gap_or_overlap(table, name, limits, lower, upper)
    if by == "position" and (limits[ordered[0]][0] != 0.0 or limits[ordered[-1]][1] != 1.0):
        raise table.refuse(
            N_("bands {name} leave a gap: positions run from 0 to 1"),
            expected=N_("a lowest band from 0 and a highest up to 1"),
            remedy=N_("widen the outer bands"),
            name=name,
        )
    edges = tuple(limits[score][1] for score in ordered[:-1])
    return Bands(name, by, (edges[0], edges[1], edges[2], edges[3]), ordered[0] == SMALLEST)


def _pair(pair: object) -> tuple[float, float] | None:
    if not isinstance(pair, list) or len(pair) != 2:
        return None
    if any(isinstance(limit, bool) or not isinstance(limit, int | float) for limit in pair):
        return None
    return (float(pair[0]), float(pair[1])) if pair[0] < pair[1] else None


def _refuse_gap_or_overlap(
    table: Table, name: str, limits: Mapping[int, tuple[float, float]], lower: int, upper: int
) -> None:
    end, start = limits[lower][1], limits[upper][0]
    if end == start:
        return
    problem = (
        N_("bands {name} leave a gap between scores {lower} and {upper}: {end} to {start}")
        if end < start
        else N_("bands {name} overlap between scores {lower} and {upper}: {start} to {end}")
    )
    raise table.refuse(
        problem,
        expected=N_("bands that begin where the one before ends"),
        remedy=N_("correct the limits of one of the two"),
        name=name,
        lower=lower,
        upper=upper,
        end=end,
        start=start,
    )
