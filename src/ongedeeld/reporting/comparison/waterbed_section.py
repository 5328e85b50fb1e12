"""Where it lands: for each policy maps, where load goes, the waterbed, and who gets a home elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.comparison.bearing_load import COMPLEX, ceilings_of, load_of
from ongedeeld.reporting.comparison.change_map import MAPPED, change_charts, changes_of, drawn_city
from ongedeeld.reporting.comparison.gains import landing
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.drawn import LINE, TILE, block, drawing, lines_of, words
from ongedeeld.reporting.figures import Chart, Grid, Panel, Research, Section
from ongedeeld.reporting.maps import Shapes
from ongedeeld.simulation.comparing.comparison import NEIGHBOURHOOD, Compared
from ongedeeld.simulation.comparing.spread import FEWEST_TO_TELL
from ongedeeld.simulation.comparing.waterbed import HOW, SAMPLED, Waterbed

MOST_FLOWS, MOST_LINKS, MOST_ROWS = 8, 6, 40
LEAST_FLOW = 0.5
"""Fewer seekers a future than this are no bar: it would say 0."""
ONCE = (HOW, SAMPLED)
"""Notes that are the same for every policy."""
BAR = 16.0


def landing_section(told: Told) -> Section:
    """Where a policy lands, for every policy."""
    speech, drawn = told.speech, drawn_city(told)
    policies = told.comparison.policies
    tables = [(speech.say("In how strong neighbourhoods groups get a home"), landing(told))]
    for one in policies:
        by_complex = load_of(one, COMPLEX, told)
        if by_complex is not None:
            tables.append((speech.say("Load by complex: {policy}", policy=told.label(one)), by_complex))
        flows = _flows_grid(told.comparison.waterbeds[one.label], told)
        tables.append((speech.say("Moves that changed, by group: {policy}", policy=told.label(one)), flows))
    notes = dict.fromkeys(
        f"{speech.told(note)}."
        for one in told.comparison.waterbeds.values()
        for note in one.notes
        if note.text in ONCE
    )
    return Section(
        "places",
        speech.say("Where does it land?"),
        lead=tuple(_lead(told)),
        panels=tuple(_panel(one, drawn, told) for one in policies),
        research=Research(tuple(tables), tuple(notes)),
    )


def _lead(told: Told) -> Iterator[str]:
    speech = told.speech
    yield speech.say(
        "Load, capacity and balance are scores: load and capacity from 1 to 5, balance is capacity less "
        "load. A balance that falls means that a place is asked more than it can bear. A star says that a "
        "change is beyond chance."
    )


def summary(one: Compared, told: Told) -> Iterator[str]:
    """In how many neighbourhoods a policy changes what matters, by the classes of the maps."""
    speech = told.speech
    if told.comparison.pairs < FEWEST_TO_TELL:
        return
    for mapped in MAPPED[:1]:
        rows = changes_of(one, mapped, told)
        if not rows:
            return
        classes = [int(row["class"][1]) for row in rows.values()]
        fewer, more = sum(each < 3 for each in classes), sum(each > 3 for each in classes)
        edge = told.edge(mapped.edges[0], mapped.unit)
        if not fewer and not more:
            yield speech.say(
                "In none of the {all} neighbourhoods the balance of capacity and load changes by {edge} or "
                "more.",
                all=speech.number(len(rows)),
                edge=edge,
            )
        else:
            yield speech.say(
                "Of {all} neighbourhoods {worse} get a balance of capacity and load that is lower by {edge} "
                "or more, and {better} one that is higher.",
                all=speech.number(len(rows)),
                worse=speech.counted(fewer),
                better=speech.counted(more),
                edge=edge,
            )


def _panel(one: Compared, drawn: Shapes | None, told: Told) -> Panel:
    speech, bed = told.speech, told.comparison.waterbeds[one.label]
    flows = _flows(bed)
    tables = [
        (title, grid)
        for title, grid in (
            (speech.say("Where load goes, mean of the years (change)"), load_of(one, NEIGHBOURHOOD, told)),
            (speech.say("Ceilings on lettings by mediation"), ceilings_of(one, told)),
        )
        if grid is not None
    ]
    charts = (*change_charts(one, drawn, told), *((_chart(one, flows, told),) if len(flows) else ()))
    return Panel(told.label(one), charts, tuple(_sentences(one, bed, told)), tables=tuple(tables))


def _sentences(one: Compared, bed: Waterbed, told: Told) -> Iterator[str]:
    speech = told.speech
    yield from summary(one, told)
    yield from (_link(row, told) for row in bed.links.head(MOST_LINKS).to_dicts())
    yield from (f"{speech.told(note)}." for note in bed.notes if note.text not in ONCE)
    if len(bed.flows):
        yield _moved(bed, told)
    if one.manifest.ceilings_follow_capacity:
        yield speech.say("The ceilings are parted anew every year by what each complex can bear.")


def _link(row: dict[str, Any], told: Told) -> str:
    return told.speech.say(
        "{worse} bears more and {better} less, by {measure}; in a future {net} more seekers who under {now} "
        "got a home in {better} get one in {worse} than the other way round.",
        worse=told.name(row["worse"]),
        better=told.name(row["better"]),
        measure=told.measure(row["measure"]),
        net=told.figure(row["net"], "count"),
        now=told.now,
    )


def _moved(bed: Waterbed, told: Told) -> str:
    """How many get their home elsewhere, get one at all, or get none any more."""
    speech, whole = told.speech, bed.flows.filter(grouping="all")
    elsewhere = whole.drop_nulls(["area_now", "area_policy"])["seekers"].sum()
    gained = whole.filter(pl.col("area_now").is_null())["seekers"].sum()
    lost = whole.filter(pl.col("area_policy").is_null())["seekers"].sum()
    return speech.say(
        "In a future {elsewhere} seekers get their home in another neighbourhood than under {now}, {gained} "
        "get one who would get none in these years, and {lost} get none who would get one.",
        elsewhere=speech.number(float(elsewhere)),
        gained=speech.number(float(gained)),
        lost=speech.number(float(lost)),
        now=told.now,
    )


def _flows(bed: Waterbed) -> pl.DataFrame:
    """The largest net moves: from a neighbourhood to another one, and to or from no home in these years."""
    whole = bed.flows.filter(pl.col("grouping") == "all", pl.col("net") >= LEAST_FLOW)
    return whole.sort("net", descending=True).head(MOST_FLOWS)


def _chart(one: Compared, flows: pl.DataFrame, told: Told) -> Chart:
    speech = told.speech
    title = speech.say("Who gets a home elsewhere")
    caption = speech.say(
        "Seekers a future who go from the first to the second when {now} becomes {policy}, less those the "
        "other way round; from half a seeker on",
        now=told.now,
        policy=told.label(one),
    )
    rows = [
        (f"{_place(row['area_now'], told)} → {_place(row['area_policy'], told)}", row["net"], row["seekers"])
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


def _place(code: str | None, told: Told) -> str:
    return told.speech.say("no home in these years") if code is None else told.name(code)


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


def _flows_grid(bed: Waterbed, told: Told) -> Grid:
    speech = told.speech
    rows = bed.flows.filter(pl.col("grouping").is_in(["all", "kind"])).sort("seekers", descending=True)
    lines = [
        (
            _place(row["area_now"], told),
            _place(row["area_policy"], told),
            speech.say("everybody") if row["grouping"] == "all" else told.group("kind", row["group"]),
            told.figure(row["seekers"], "count"),
            told.speech.number(row["net"], 1, signed=True),
        )
        for row in rows.head(MOST_ROWS).to_dicts()
    ]
    header = (
        told.now,
        speech.say("under this policy"),
        speech.say("group"),
        speech.say("seekers a future"),
        speech.say("net of both ways"),
    )
    return Grid(header, tuple(lines), "flows")
