"""The sections on livability: where it stands, what drives it, how it develops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

import polars as pl

from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.livability import REST, rank_among
from ongedeeld.reporting import charts
from ongedeeld.reporting.catalogue import (
    full_label,
    short_label,
)
from ongedeeld.reporting.development import over_time
from ongedeeld.reporting.figures import Chart, Fact, Grid, Section
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.scales import AROUND
from ongedeeld.reporting.sentences import (
    change_since,
    comparable_periods,
    contributions,
    dimension_name,
)
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import LIVABILITY


def livability_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """The score among all neighbourhoods, what drives it, and where it ranks."""
    title = speech.say("How livable is it here?")
    score = ground.score
    if score is None or code not in score.values:
        lead = N_(
            "Here comes the score of the Leefbaarometer and what drives it. The Leefbaarometer publishes "
            "no score where "
            "few people live; a City without any scores can be built with --livability FILE."
        )
        return Section("livability", title, speech.say(lead))
    drawn = [_strip(ground, code, score, speech)]
    if drivers := _drivers(ground, code, speech):
        drawn.append(drivers)
    place = score.scale.place(score.values[code])
    told = [
        Fact(speech.say("Score"), speech.figure(score.values[code], "score"), speech.say(AROUND[place])),
        *(_ranks(ground, code, score, speech) if ranks else ()),
    ]
    version, _ = ground.livability.newest()
    return Section(
        "livability",
        title,
        charts=tuple(drawn),
        facts_title=speech.say("In figures"),
        facts_caption=speech.say(
            "Leefbaarometer {version}, {period}", version=version, period=speech.period(score.period)
        ),
        facts=tuple(told),
        notes=(
            speech.say("The Leefbaarometer signals; it does not explain."),
            *(_similar_words(ground, code, speech) if ranks else ()),
        ),
    )


def _strip(ground: Ground, code: str, score: Series, speech: Speech) -> Chart:
    title = speech.say("The score among all neighbourhoods")
    caption = speech.say(
        "{figure}, {period}; each tick is a neighbourhood of {city}",
        figure=full_label(score.name, speech),
        period=speech.period(score.period),
        city=ground.name,
    )
    own_text = speech.say("this neighbourhood {value}", value=speech.figure(score.values[code], "score"))
    mean_text = speech.say("average {value}", value=speech.figure(score.mean, "score"))
    rows = [
        *({"kind": "other", "value": value} for value in score.values.values()),
        {"kind": "mean", "value": score.mean, "text": mean_text},
        {"kind": "own", "value": score.values[code], "text": own_text},
    ]
    low, high = score.extent
    grid = Grid(
        (speech.say("score"), speech.say("value")),
        (
            (speech.say("lowest"), speech.figure(low, "score")),
            (speech.say("this neighbourhood"), speech.figure(score.values[code], "score")),
            (speech.say("average"), speech.figure(score.mean, "score")),
            (speech.say("highest"), speech.figure(high, "score")),
        ),
        "strip",
    )
    drawing = charts.strip(rows, _padded(low, high), f"{title}. {own_text}; {mean_text}.", speech.language)
    return Chart(title, caption, drawing, grid)


def _drivers(ground: Ground, code: str, speech: Speech) -> Chart | None:
    rows = contributions(ground, code)
    if not len(rows):
        return None
    version, _ = ground.livability.newest()
    absent = ground.livability.absent.get(version, ())
    note = ""
    if absent:
        note = speech.say(
            "The source of this City does not tell the dimension {names}; it is in the last row, with "
            "rounding.",
            names=speech.listing([dimension_name(name, speech) for name in absent]),
        )
    caption = speech.say(
        "Difference from the average of the neighbourhoods in {city}, per dimension; together the "
        "difference of the score",
        city=ground.name,
    )
    return _signed_bars(
        "drivers",
        speech.say("What drives it?"),
        caption,
        rows.select("dimension", value="difference"),
        speech,
        note,
    )


def _signed_bars(
    name: str, title: str, caption: str, rows: pl.DataFrame, speech: Speech, note: str = ""
) -> Chart:
    """Bars to both sides of zero per dimension, the lowest first and what the dimensions do not tell last."""
    rest = (pl.col("dimension") == REST) & (pl.col("value").abs() < 0.005)
    ordered = rows.filter(~rest).sort(pl.col("dimension") == REST, "value")
    drawn = [
        {
            "label": capital(dimension_name(dimension, speech)),
            "value": value,
            "text": speech.figure(value, "score", signed=True),
            "compare": None,
        }
        for dimension, value in ordered.select("dimension", "value").iter_rows()
    ]
    low = min(0.0, *(float(row["value"]) for row in drawn))
    high = max(0.0, *(float(row["value"]) for row in drawn))
    grid = Grid(
        (speech.say("dimension"), speech.say("difference")),
        tuple((str(row["label"]), str(row["text"])) for row in drawn),
        name,
    )
    label = f"{title} " + "; ".join(" ".join(row) for row in grid.rows)
    domain = (low, high) if high > low else (0.0, 1.0)
    return Chart(title, caption, charts.bars(drawn, domain, label, speech.language), grid, note)


def _ranks(ground: Ground, code: str, score: Series, speech: Speech) -> Iterator[Fact]:
    scores = pl.DataFrame({"area": list(score.values), "score": list(score.values.values())})
    rank, among = rank_among(scores, code, ground.codes)
    told = N_("{rank} of {all}")
    yield Fact(
        speech.say("Place among all neighbourhoods"),
        speech.say(told, rank=rank, all=among),
        speech.say("1 is the highest"),
    )
    try:
        similar = ground.likeness.similar(code, among=list(score.values))
    except AbsentError:
        return
    rank, among = rank_among(scores, code, similar.areas["area"].to_list())
    yield Fact(
        speech.say("Place among similar neighbourhoods"),
        speech.say(told, rank=rank, all=among),
        speech.say("alike in housing and urbanity"),
    )


def _similar_words(ground: Ground, code: str, speech: Speech) -> Iterator[str]:
    score = ground.score
    try:
        similar = ground.likeness.similar(code, among=list(score.values) if score else None)
    except AbsentError as absent:
        yield speech.say(
            "Not compared with similar neighbourhoods: {reason}.",
            reason=speech.say(absent.problem, **absent.fields),
        )
        return
    names = [ground.line(area)[-1][1] for area in similar.areas["area"].head(3)]
    by = [short_label(name, speech).lower() for name in similar.indicators]
    yield speech.say(
        "Most alike: {names}. Compared on {indicators}.",
        names=speech.listing(names),
        indicators=speech.listing(by),
    )


def _padded(low: float, high: float) -> tuple[float, float]:
    room = (high - low) * 0.03 or 0.5
    return low - room, high + room


def development_section(ground: Ground, code: str, speech: Speech) -> Section:
    """The score over the periods of one version, and its change split by dimension."""
    title = speech.say("How does it develop?")
    periods = comparable_periods(ground, code)
    if len(periods) < 2:
        return Section("development", title, _no_development(periods, speech))
    version, _ = ground.livability.newest()
    first, last = periods[-5:][0], periods[-1]
    start, end = speech.period(first), speech.period(last)
    change = change_since(ground, code)
    drawn = [_score_over_time(ground, code, version, speech)]
    if len(change) > 1:
        drawn.append(
            _signed_bars(
                "change",
                speech.say("What changed?"),
                speech.say("Change between {start} and {end}, per dimension", start=start, end=end),
                change.select("dimension", value="change"),
                speech,
            )
        )
    told = []
    if len(change):
        on_average = cast(float, ground.changes(first, last).unique("area")["total"].mean())
        told.append(
            Fact(
                speech.say("Change of the score"),
                speech.figure(float(change["total"][0]), "score", signed=True),
                speech.say("on average {value}", value=speech.figure(on_average, "score", signed=True)),
            )
        )
    return Section(
        "development",
        title,
        charts=tuple(drawn),
        facts_title=speech.say("In figures"),
        facts_caption=f"{start}–{end}",
        facts=tuple(told),
        notes=tuple(_other_versions(ground, version, speech)),
    )


def _score_over_time(ground: Ground, code: str, version: str, speech: Speech) -> Chart:
    scores = ground.livability.scores.filter(pl.col("version") == version)
    return over_time(
        speech.say("Score over the years"),
        speech.say("Leefbaarometer {version}; clay: this neighbourhood, grey: the average", version=version),
        scores.filter(pl.col("area") == code).select("period", "score"),
        scores.group_by("period").agg(pl.col("score").mean()).sort("period"),
        "score",
        speech,
    )


def _other_versions(ground: Ground, version: str, speech: Speech) -> Iterator[str]:
    for other in LIVABILITY:
        if other.name != version and ground.livability.periods(other.name):
            yield speech.say(
                "Measurements of version {other} are not shown: versions differ in dimensions and scale "
                "and are not comparable.",
                other=other.name,
            )


def _no_development(periods: list[date], speech: Speech) -> str:
    return speech.say(
        "There is one measurement, of {period}. With the years before it, given to the City with "
        "--livability, this "
        "shows whether it gets better or worse, and in what.",
        period=speech.period(periods[0]),
    )
