"""Who gains and who waits: the chance on a home of every group under each policy, beside that as now."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.group_rows import by_group, dot_of
from ongedeeld.reporting.comparison.group_sentences import sentences
from ongedeeld.reporting.comparison.said import GROUPINGS, Told
from ongedeeld.reporting.comparison.waiting import WAITING_TITLES, waiting_chart
from ongedeeld.reporting.figures import Chart, Folded, Grid, Panel, Section
from ongedeeld.reporting.interval_parts import interval_chart
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.outcomes.seeking_groups import LABELS
from ongedeeld.simulation.outcomes.tables import SURROUNDINGS

CAPTION = N_(
    "{policy}: seekers who get a home in a year, of all years together; grey line and in brackets: {now}; "
    "band: 80% of the futures"
)
FIRST = "kind"
"""The grouping that is in sight; the others are folded."""
FARES = {
    "weak": N_("weak neighbourhoods"),
    "middle": N_("neighbourhoods in the middle"),
    "strong": N_("strong neighbourhoods"),
}


def gains(told: Told) -> Section:
    """The groups of seekers under every policy."""
    speech = told.speech
    shares, changes, search = _shares(told), _changes(told), _search(told)
    panels, rest = [], []
    for one in told.comparison.policies:
        charts = {grouping: _chart(one, grouping, shares, changes, search, told) for grouping in GROUPINGS}
        waits = {grouping: waiting_chart(one, grouping, told) for grouping in WAITING_TITLES}
        shown = tuple(chart for chart in (charts.pop(FIRST), waits.pop(FIRST)) if chart is not None)
        panels.append(Panel(told.label(one), shown, tuple(sentences(one, told))))
        rest += [chart for chart in (*charts.values(), *waits.values()) if chart is not None]
    return Section(
        "gains",
        speech.say("Who gains, and who waits longer?"),
        lead=(
            speech.say(
                "Of all who seek a home in a year, so many get one; {years} together. A registration that "
                "ended in a home counts only those who got one; how long the others have waited so far "
                "stands below it.",
                years=told.years,
            ),
        ),
        panels=tuple(panels),
        folded=Folded(speech.say("By route, household, age and income"), tuple(rest)) if rest else None,
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
    now = by_group(shares, told.comparison.now.label, grouping)
    policy = by_group(shares, one.label, grouping)
    order = [group for group in LABELS[grouping] if policy.get(group, {}).get("mean") is not None]
    if not order:
        return None
    dots = [dot_of(group, grouping, policy[group], now.get(group), told) for group in order]
    most = max(max(dot.high or dot.value or 0.0, dot.beside or 0.0) for dot in dots) or 1.0
    caption = speech.say(CAPTION, policy=told.label(one), now=told.now)
    grid = _grid(one, grouping, order, (now, policy), by_group(changes, one.label, grouping), search, told)
    ends = (told.figure(0.0, "share"), told.figure(most, "share"))
    title = speech.say(GROUPINGS[grouping])
    if grouping != FIRST:
        title = f"{title}: {told.label(one)}"
    return interval_chart(title, caption, dots, (0.0, most), ends, grid)


def _ways(change: dict[str, Any], told: Told) -> str:
    """In how many futures there is more and in how many less of it."""
    if not change:
        return "–"
    return told.speech.say("{rises} and {falls} of {futures}", **change)


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
    searched = [by_group(search, label, grouping) for label in (told.comparison.now.label, one.label)]
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
                _ways(change, told),
                *(told.figure(each.get(group, {}).get("mean"), "months") for each in searched),
            )
        )
    header = (
        speech.say("group"),
        speech.say("housed a year, {now}", now=told.now),
        speech.say("under this policy"),
        speech.say("change"),
        speech.say("sure of the change (95%)"),
        speech.say("futures in which more and fewer get one"),
        speech.say("registered for, in the last year, {now}", now=told.now),
        speech.say("registered for, under this policy"),
    )
    return Grid(header, tuple(rows), f"groups-{grouping}")
