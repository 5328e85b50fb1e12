"""Public space and encounter: what residents answered, what inspections found, and where people can meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.inclusion import Measured
from ongedeeld.reporting.answer_change import Subjects, changed, years_table
from ongedeeld.reporting.figures import Chart, Grid, Panel
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.included import Asked, Tried, everywhere, of_area
from ongedeeld.reporting.interval_parts import between, empty_panel, interval_chart
from ongedeeld.reporting.intervals import Dot
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import CHOICES

Survey = Literal["liking", "recognition"]
ASPECTS = {"clean": N_("clean"), "whole": N_("whole"), "safe": N_("safe")}


def public_space(ground: Ground, code: str, speech: Speech) -> Panel:
    """How residents and inspections judge the public space."""
    title = speech.say("Public space that invites")
    answered, source = _answers(ground, "liking", code, speech.say("What residents answered"), speech)
    inspected = _inspected(ground, code, speech)
    charts = [chart for chart in (answered, inspected) if chart]
    if not charts:
        return empty_panel(title, ground.included.liking.absent or ground.included.inspections.absent, speech)
    if inspected:
        source = " ".join((source, speech.say("Inspections: by staff and by residents, told apart.")))
    asked: tuple[tuple[Asked, Subjects], ...] = (
        ("liking", _questions(ground, "liking", code, speech)),
        ("inspections", _aspects(_inspections(ground, code), speech)),
    )
    head = speech.say("mean of the year (answers 1 to 10, inspections 1 to 5)")
    years = years_table(ground.included, code, asked, head, speech)
    return Panel(title, tuple(charts), grid=years, source=source)


def encounter(ground: Ground, code: str, speech: Speech) -> Panel:
    """Whether residents know each other, and where they can meet."""
    title = speech.say("Encounter and recognition")
    chart, source = _answers(ground, "recognition", code, speech.say("How residents know each other"), speech)
    sentences = tuple(_meeting(ground, code, speech))
    if chart is None and not sentences:
        return empty_panel(title, ground.included.recognition.absent, speech)
    questions = _questions(ground, "recognition", code, speech)
    head = speech.say("mean of the year (1 to 10)")
    years = years_table(ground.included, code, [("recognition", questions)], head, speech) if chart else None
    return Panel(title, (chart,) if chart else (), sentences, grid=years, source=source)


def _tried(ground: Ground, asked: Survey) -> Tried[Measured]:
    return ground.included.liking if asked == "liking" else ground.included.recognition


def _answers(
    ground: Ground, asked: Survey, code: str, title: str, speech: Speech
) -> tuple[Chart | None, str]:
    """The mean grades of residents with their intervals and change, and on how many answers they rest."""
    tried = _tried(ground, asked)
    rows = of_area(tried.found.table, code) if tried.found else []
    if tried.found is None or not any(row["value"] is not None for row in rows):
        return None, ""
    means = everywhere(tried.found.table, "question", "answers")
    dots = [
        Dot(
            capital(CHOICES["question"][row["question"]].label(speech.language)),
            speech.say("too few answers") if row["value"] is None else speech.number(row["value"], 1),
            row["value"], row["low"], row["high"], means.get(row["question"]),
        )
        for row in rows
    ]  # fmt: skip
    caption = speech.say(
        "Mean grade from 1 to 10, {period}; band: 95% interval, grey line: all neighbourhoods",
        period=max(speech.period(row["period"]) for row in rows),
    )
    counts = [row["answers"] for row in rows]
    grid = _graded(dots, counts, speech.say("answers"), f"answers-{rows[0]['question']}", speech)
    note = changed(ground.included, asked, code, _questions(ground, asked, code, speech), speech)
    chart = interval_chart(title, caption, dots, (1, 10), ("1", "10"), grid, note)
    return chart, speech.say("Source: own survey, at most {count} answers to a question.", count=max(counts))


def _graded(dots: Sequence[Dot], counts: Sequence[int], of: str, name: str, speech: Speech) -> Grid:
    return Grid(
        (speech.say("what"), speech.say("mean"), speech.say("between"), speech.say("all neighbourhoods"), of),
        tuple(
            (
                dot.label,
                dot.text,
                between(dot, speech, lambda value: speech.number(value, 1)),
                "–" if dot.beside is None else speech.number(dot.beside, 1),
                speech.number(count) if dot.value is not None else speech.say("too few"),
            )
            for dot, count in zip(dots, counts, strict=True)
        ),
        name,
    )


def _questions(ground: Ground, asked: Survey, code: str, speech: Speech) -> Subjects:
    """The questions that were answered here, by their names."""
    tried = _tried(ground, asked)
    rows = of_area(tried.found.table, code) if tried.found else []
    return {(row["question"],): CHOICES["question"][row["question"]].label(speech.language) for row in rows}


def _inspections(ground: Ground, code: str) -> list[dict[str, Any]]:
    """What is known of inspections of complexes, or else of entrances."""
    found = ground.included.inspections.found
    known = [row for row in of_area(found.table, code) if row["value"] is not None] if found else []
    return [row for row in known if row["level"] == "complex"] or known


def _aspects(rows: Sequence[Mapping[str, Any]], speech: Speech) -> Subjects:
    """The aspects that were inspected, each with who looked."""
    return {
        (row["level"], row["by"], row["aspect"]): speech.say(
            "{aspect}, by {inspector}",
            aspect=speech.say(ASPECTS[row["aspect"]]),
            inspector=CHOICES["inspector"][row["by"]].label(speech.language),
        )
        for row in rows
    }


def _inspected(ground: Ground, code: str, speech: Speech) -> Chart | None:
    """What inspections found and how that changed; inspectors stand apart."""
    found, rows = ground.included.inspections.found, _inspections(ground, code)
    if found is None or not rows:
        return None
    table, aspects = found.table, _aspects(rows, speech)
    dots = []
    for row, label in zip(rows, aspects.values(), strict=True):
        same = table.filter((pl.col("level") == row["level"]) & (pl.col("by") == row["by"]))
        means = everywhere(same, "aspect", "inspections")
        text = speech.number(row["value"], 1)
        dots.append(
            Dot(capital(label), text, row["value"], row["low"], row["high"], means.get(row["aspect"]))
        )
    counts = [row["inspections"] for row in rows]
    caption = speech.say(
        "Mean from 1 to 5, {period}; band: 95% interval, grey line: all neighbourhoods",
        period=speech.period(rows[0]["start"]),
    )
    grid = _graded(dots, counts, speech.say("inspections"), "inspections", speech)
    title = speech.say("What inspections found")
    note = changed(ground.included, "inspections", code, aspects, speech)
    return interval_chart(title, caption, dots, (1, 5), ("1", "5"), grid, note)


def _meeting(ground: Ground, code: str, speech: Speech) -> Iterator[str]:
    """Where people can meet, for how many of the own homes within reach, and how long it is open."""
    found = ground.included.meeting.found
    if found is None:
        return
    column = f"share_within_{found.within_m:g}_m"
    for row in of_area(found.reach.table, code):
        if row["outcome"] == "known" and row.get(column) is not None:
            text = (
                N_(
                    "{share} of the own homes have a place to meet indoors within {metres} m in a straight "
                    "line."
                )
                if row["kind"] == "indoor"
                else N_("{share} have a playground, park or sports ground within {metres} m.")
            )
            yield speech.say(text, share=speech.figure(row[column], "share"), metres=f"{found.within_m:g}")
    names = found.places.filter(pl.col("area") == code).drop_nulls("name")
    if names.height:
        told = [
            speech.say("{place} ({hours} hours a week)", place=name, hours=speech.number(hours))
            if hours is not None
            else speech.say("{place} (opening hours not known)", place=name)
            for name, hours in names.select("name", "hours_per_week").head(4).iter_rows()
        ]
        yield speech.say("In the neighbourhood: {places}.", places=speech.listing(told))
