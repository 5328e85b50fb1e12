"""The sections on livability: where it stands, what drives it, how it develops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    absent_dimensions,
    change_since,
    comparable_periods,
    contributions,
    dimension_name,
)
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import LIVABILITY

LEAST_SPAN = 0.2
"""What the bars of differences span at least, in points of the score."""


def livability_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """The score and what drives it; with `ranks` also among those of all neighbourhoods."""
    title = speech.say("How livable is it here?")
    score = ground.score
    if score is None or code not in score.values:
        why = (
            N_("the Leefbaarometer publishes no score where few people live")
            if score
            else N_("the Leefbaarometer is not in the sources that were used")
        )
        how_to = "" if score else speech.say("Add files of the Leefbaarometer with --livability FILE.")
        return Section("livability", title, why_empty=speech.say(why), how_to=how_to)
    drawn = [_strip(ground, code, score, speech)] if ranks else []
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
            speech.say(
                "The Leefbaarometer of the Dutch government estimates livability from dozens of registered "
                "figures; higher is better. 'Below' and 'above average' are against the neighbourhoods of "
                "{city}, not against the Netherlands. It signals; it does not explain.",
                city=ground.name,
            ),
            *(_similar_words(ground, code, speech) if ranks else ()),
        ),
    )


def _strip(ground: Ground, code: str, score: Series, speech: Speech) -> Chart:
    title = speech.say("The score beside those of all neighbourhoods")
    caption = speech.say(
        "{figure}, {period}; each tick is a neighbourhood of {city}, the grey line their mean",
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
    absent = absent_dimensions(ground, code)
    caption = speech.say(
        "Difference from the average of the neighbourhoods in {city}, per dimension; together the "
        "difference of the score",
        city=ground.name,
    )
    return _signed_bars(
        "drivers",
        speech.say("What is the score made of?"),
        caption,
        rows.select("dimension", value="difference"),
        absent,
        speech,
    )


def _signed_bars(
    name: str, title: str, caption: str, rows: pl.DataFrame, absent: tuple[str, ...], speech: Speech
) -> Chart:
    """Bars to both sides of zero per dimension, the lowest first and what the dimensions do not tell last.

    Drawn as it is written, in hundredths, so that 0.00 has no bar.
    """
    written = rows.with_columns(pl.col("value").round(2))
    rest = (pl.col("dimension") == REST) & (pl.col("value") == 0)
    ordered = written.filter(~rest).sort(pl.col("dimension") == REST, "value")
    drawn = [
        {
            "label": capital(dimension_name(dimension, speech, absent)),
            "value": value,
            "text": speech.figure(value, "score", signed=True),
            "compare": None,
            "mean": False,
        }
        for dimension, value in ordered.select("dimension", "value").iter_rows()
    ]
    note = ""
    if absent and (ordered["dimension"] == REST).any():
        note = speech.ngettext(
            "The source does not tell one dimension separately; it is in the row '{row}'.",
            "The source does not tell {count} dimensions separately; they are in the row '{row}'.",
            len(absent),
            row=drawn[-1]["label"],
        )
    low, high = _wide_enough([float(row["value"]) for row in drawn])
    grid = Grid(
        (speech.say("dimension"), speech.say("difference")),
        tuple((str(row["label"]), str(row["text"])) for row in drawn),
        name,
    )
    label = f"{title} " + "; ".join(" ".join(row) for row in grid.rows)
    return Chart(title, caption, charts.bars(drawn, (low, high), label, speech.language), grid, note)


def _wide_enough(values: list[float]) -> tuple[float, float]:
    """From where to where bars around zero run: small differences must not look large."""
    low, high = min(0.0, *values), max(0.0, *values)
    if high <= low:
        return -LEAST_SPAN / 2, LEAST_SPAN / 2
    stretch = max(1.0, LEAST_SPAN / (high - low))
    return low * stretch, high * stretch


def _ranks(ground: Ground, code: str, score: Series, speech: Speech) -> Iterator[Fact]:
    scores = pl.DataFrame({"area": list(score.values), "score": list(score.values.values())})
    rank, among = rank_among(scores, code, ground.codes)
    told = N_("{rank} of {all}")
    yield Fact(
        speech.say("Place among all neighbourhoods"),
        speech.say(told, rank=rank, all=among),
        speech.say("1 is the highest") + _shared(score, code, list(score.values), speech),
    )
    try:
        similar = ground.likeness.similar(code, among=list(score.values))
    except AbsentError:
        return
    others = similar.areas["area"].to_list()
    rank, among = rank_among(scores, code, others)
    yield Fact(
        speech.say("Place among similar neighbourhoods"),
        speech.say(told, rank=rank, all=among),
        speech.say("alike in housing and urbanity") + _shared(score, code, [code, *others], speech),
    )


def _shared(score: Series, code: str, among: Sequence[str], speech: Speech) -> str:
    """With how many a place is shared, as a part of a sentence; empty when with none."""
    own = speech.figure(score.values[code], "score")
    equal = sum(speech.figure(score.values[at], "score") == own for at in set(among) if at in score.values)
    return "" if equal < 2 else "; " + speech.say("shared by {count}", count=equal)


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
    names[-1] = names[-1].removesuffix(".")  # 'e.o.' ends with the dot of the sentence
    by = [short_label(name, speech).lower() for name in similar.indicators]
    yield speech.say(
        "Most similar neighbourhoods: {names}. Compared on {indicators}.",
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
        return Section(
            "development",
            title,
            why_empty=speech.say(
                "there is one measurement of the Leefbaarometer, of {period}",
                period=speech.period(periods[0]),
            ),
            how_to=speech.say("Add earlier years of the Leefbaarometer with --livability FILE."),
        )
    version, _ = ground.livability.newest()
    first, last = periods[-5:][0], periods[-1]
    start, end = speech.period(first), speech.period(last)
    change = change_since(ground, code)
    drawn = [_score_over_time(ground, code, version, speech)]
    if len(change) > 1:
        drawn.append(_changed_dimensions(change, version, (start, end), speech))
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


def _changed_dimensions(change: pl.DataFrame, version: str, span: tuple[str, str], speech: Speech) -> Chart:
    """The change of every dimension between two periods, and which of them have none."""
    start, end = span
    known = set(change["dimension"].to_list())
    return _signed_bars(
        "change",
        speech.say("What changed?"),
        speech.say("Change between {start} and {end}, per dimension", start=start, end=end),
        change.select("dimension", value="change"),
        tuple(name for name in _dimensions(version) if name not in known),
        speech,
    )


def _score_over_time(ground: Ground, code: str, version: str, speech: Speech) -> Chart:
    scores = ground.livability.scores.filter(pl.col("version") == version)
    return over_time(
        speech.say("Score over the years"),
        speech.say("Leefbaarometer {version}; brown: this neighbourhood, grey: the mean", version=version),
        scores.filter(pl.col("area") == code).select("period", "score"),
        scores.group_by("period").agg(pl.col("score").mean()).sort("period"),
        "score",
        speech,
    )


def _dimensions(version: str) -> tuple[str, ...]:
    return next(one.dimensions for one in LIVABILITY if one.name == version)


def _other_versions(ground: Ground, version: str, speech: Speech) -> Iterator[str]:
    for other in LIVABILITY:
        if other.name != version and ground.livability.periods(other.name):
            yield speech.say(
                "Measurements of version {other} are not shown: versions differ in dimensions and scale "
                "and are not comparable.",
                other=other.name,
            )
