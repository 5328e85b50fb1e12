"""Who gains and who waits: the chance on a home of every group under each policy, beside that as now."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import GROUPINGS, Told
from ongedeeld.reporting.figures import Chart, Grid, Section
from ongedeeld.reporting.interval_parts import interval_chart
from ongedeeld.reporting.intervals import Dot
from ongedeeld.simulation.comparing import Compared
from ongedeeld.simulation.outcome_tables import SURROUNDINGS
from ongedeeld.simulation.seeking_groups import LABELS

CAPTION = N_("{policy}: seekers who get a home in a year; grey line: as now; band: 80% of the futures")
FARES = {
    "weak": N_("weak neighbourhoods"),
    "middle": N_("neighbourhoods in the middle"),
    "strong": N_("strong neighbourhoods"),
}


def gains(told: Told) -> Section:
    """The groups of seekers under every policy."""
    speech = told.speech
    shares, changes, search = _shares(told), _changes(told), _search(told)
    charts = [
        _chart(one, grouping, shares, changes, search, told)
        for one in told.comparison.policies
        for grouping in GROUPINGS
    ]
    return Section(
        "gains",
        speech.say("Who gains, and who waits longer?"),
        lead=(
            speech.say(
                "Of all who seek a home in a year, so many get one; the mean over {years}. Who waits is on "
                "the list and in no figure of registration: that counts only those who got a home.",
                years=told.years,
            ),
        ),
        tiles=tuple(chart for chart in charts if chart is not None),
    )


def landing(told: Told) -> Grid:
    """In how strong neighbourhoods the groups get their homes, as shares of their lettings a year."""
    speech = told.speech
    values = told.comparison.values("where", SURROUNDINGS, over_years=True)
    rows = []
    for group in ("regular", "urgent", "proposed", "permit_holder", "student"):
        for one in told.comparison.compared:
            held = values.filter(result=one.label, grouping="kind", group=group)
            by_unit = dict(held.select("unit", "mean").iter_rows())
            total = sum(value or 0.0 for value in by_unit.values())
            cells = [
                told.figure((by_unit.get(unit) or 0.0) / total, "share") if total else "–" for unit in FARES
            ]
            rows.append((told.group("kind", group), told.label(one), *cells))
    header = (speech.say("group"), speech.say("result"), *(speech.say(text) for text in FARES.values()))
    return Grid(header, tuple(rows), "where")


def _shares(told: Told) -> pl.DataFrame:
    return told.comparison.values("groups", over_years=True).filter(pl.col("measure") == "share_housed")


def _changes(told: Told) -> pl.DataFrame:
    return told.comparison.differences("groups", over_years=True).filter(pl.col("measure") == "share_housed")


def _search(told: Told) -> pl.DataFrame:
    values = told.comparison.values("groups").filter(pl.col("measure") == "registered_mean")
    return values.filter(pl.col("year") == pl.col("year").max())


def _chart(
    one: Compared,
    grouping: str,
    shares: pl.DataFrame,
    changes: pl.DataFrame,
    search: pl.DataFrame,
    told: Told,
) -> Chart | None:
    speech = told.speech
    now = _by_group(shares, told.comparison.now.label, grouping)
    policy = _by_group(shares, one.label, grouping)
    order = [group for group in LABELS[grouping] if policy.get(group, {}).get("mean") is not None]
    if not order:
        return None
    dots = [_dot(group, grouping, policy[group], now.get(group), told) for group in order]
    most = max(max(dot.high or dot.value or 0.0, dot.beside or 0.0) for dot in dots) or 1.0
    caption = speech.say(CAPTION, policy=told.label(one))
    grid = _grid(one, grouping, order, (now, policy), _by_group(changes, one.label, grouping), search, told)
    ends = (told.figure(0.0, "share"), told.figure(most, "share"))
    return interval_chart(speech.say(GROUPINGS[grouping]), caption, dots, (0.0, most), ends, grid)


def _by_group(frame: pl.DataFrame, label: str, grouping: str) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in frame.filter(result=label, grouping=grouping).iter_rows(named=True)}


def _dot(group: str, grouping: str, row: dict[str, Any], now: dict[str, Any] | None, told: Told) -> Dot:
    before = None if now is None else now["mean"]
    text = told.figure(row["mean"], "share")
    if before is not None:
        text = told.speech.say("{share} (as now {now})", share=text, now=told.figure(before, "share"))
    return Dot(told.group(grouping, group), text, row["mean"], row["low_80"], row["high_80"], before)


def _grid(
    one: Compared,
    grouping: str,
    order: list[str],
    shares: tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]],
    changes: dict[str, dict[str, Any]],
    search: pl.DataFrame,
    told: Told,
) -> Grid:
    speech, (now, policy) = told.speech, shares
    searched = [_by_group(search, label, grouping) for label in (told.comparison.now.label, one.label)]
    rows = []
    for group in order:
        change = changes.get(group, {})
        sure = told.between(change.get("sure_low"), change.get("sure_high"), "share", change=True)
        rows.append(
            (
                told.group(grouping, group),
                told.figure(now.get(group, {}).get("mean"), "share"),
                told.figure(policy[group]["mean"], "share"),
                told.change(change.get("mean"), "share"),
                sure,
                *(told.figure(each.get(group, {}).get("mean"), "months") for each in searched),
            )
        )
    header = (
        speech.say("group"),
        speech.say("housed a year, as now"),
        speech.say("under this policy"),
        speech.say("change"),
        speech.say("sure of the change (95%)"),
        speech.say("registered for, in the last year, as now"),
        speech.say("registered for, under this policy"),
    )
    return Grid(header, tuple(rows), f"groups-{grouping}")
