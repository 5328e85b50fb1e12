"""Where it lands: maps of change, the waterbed, and the moves that changed."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.comparison.change_map import change_charts
from ongedeeld.reporting.comparison.gains import landing
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.drawn import LINE, TILE, block, drawing, lines_of, words
from ongedeeld.reporting.figures import Chart, Grid, Panel, Research, Section
from ongedeeld.simulation.waterbed import Waterbed

MOST_FLOWS = 10
BAR = 16.0


def landing_section(told: Told) -> Section:
    """Where a policy lands, for every policy."""
    speech = told.speech
    return Section(
        "places",
        speech.say("Where does it land?"),
        tiles=change_charts(told),
        panels=tuple(_panel(label, one, told) for label, one in told.comparison.waterbeds.items()),
        research=Research(
            (
                (speech.say("In how strong neighbourhoods groups get a home"), landing(told)),
                *(
                    (
                        speech.say("Moves that changed, by group: {policy}", policy=told.label(label)),
                        _flows_grid(one, told),
                    )
                    for label, one in told.comparison.waterbeds.items()
                ),
            )
        ),
    )


def _panel(label: str, one: Waterbed, told: Told) -> Panel:
    speech = told.speech
    named = [_sentence(row, told) for row in one.links.head(6).to_dicts()]
    flows = _flows(one)
    title = speech.say("Does one place get better at the cost of another? {policy}", policy=told.label(label))
    return Panel(
        title,
        charts=(_chart(label, flows, told),) if len(flows) else (),
        sentences=(*named, *(f"{speech.told(note)}." for note in one.notes)),
    )


def _sentence(row: dict[str, Any], told: Told) -> str:
    speech = told.speech
    return speech.say(
        "{worse} bears more and {better} less, by {measure}; in a future {net} more seekers who as now got a "
        "home in {better} get one in {worse} than the other way round.",
        worse=told.name(row["worse"]),
        better=told.name(row["better"]),
        measure=told.measure(row["measure"]),
        net=told.figure(row["net"], "count"),
    )


def _flows(one: Waterbed) -> pl.DataFrame:
    """The largest net moves from a neighbourhood to another one."""
    whole = one.flows.filter(pl.col("grouping") == "all", pl.col("net") > 0)
    return whole.drop_nulls(["area_now", "area_policy"]).sort("net", descending=True).head(MOST_FLOWS)


def _chart(label: str, flows: pl.DataFrame, told: Told) -> Chart:
    speech = told.speech
    title = speech.say("Homes elsewhere")
    caption = speech.say(
        "Seekers a future who as now get a home in the first neighbourhood and under {policy} in the second, "
        "less those the other way round; the {most} largest",
        policy=told.label(label),
        most=len(flows),
    )
    rows = [
        (f"{told.name(row['area_now'])} → {told.name(row['area_policy'])}", row["net"], row["seekers"])
        for row in flows.to_dicts()
    ]
    grid = Grid(
        (speech.say("from and to"), speech.say("net"), speech.say("all who go that way")),
        tuple((name, told.figure(net, "count"), told.figure(all_, "count")) for name, net, all_ in rows),
        "moves",
    )
    said = f"{title}. {caption}. " + "; ".join(f"{row[0]}: {row[1]}" for row in grid.rows)
    return Chart(
        title, caption, _bars([(name, net, told.figure(net, "count")) for name, net, _ in rows], said), grid
    )


def _bars(rows: list[tuple[str, float, str]], label: str) -> Drawing:
    """A bar from zero for each row, with its words above."""
    most = max(value for _, value, _ in rows)

    def draw(width: int) -> tuple[str, float]:
        made, top = [], 0.0
        for name, value, text in rows:
            lines = lines_of(name, width - 60)
            made += [words(0, top + LINE * at + LINE / 2, line) for at, line in enumerate(lines)]
            made.append(words(width, top + LINE / 2, text, anchor="end", strong=True))
            top += LINE * len(lines) + 2
            made.append(block(0, top, width * value / most, BAR - 4, "teal"))
            top += BAR + 6
        return "".join(made), top

    return drawing(draw, label, TILE)


def _flows_grid(one: Waterbed, told: Told) -> Grid:
    speech = told.speech
    none = speech.say("no home in these years")
    rows = (
        one.flows.filter(pl.col("grouping").is_in(["all", "kind"])).sort("seekers", descending=True).head(40)
    )
    lines = [
        (
            none if row["area_now"] is None else told.name(row["area_now"]),
            none if row["area_policy"] is None else told.name(row["area_policy"]),
            speech.say("everybody") if row["grouping"] == "all" else told.group("kind", row["group"]),
            told.figure(row["seekers"], "count"),
            told.speech.number(row["net"], 1, signed=True),
        )
        for row in rows.to_dicts()
    ]
    header = (
        speech.say("as now"),
        speech.say("under this policy"),
        speech.say("group"),
        speech.say("seekers a future"),
        speech.say("net of both ways"),
    )
    return Grid(header, tuple(lines), "flows")
