"""The page of what can be done with a signal: a picture and a table of the steps, drawn from the code."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

import django

from tools.reference.markdown import code, table, whole

if TYPE_CHECKING:
    from ongedeeld.web.signals.answering.transitions import Step

INTRODUCTION = """# Steps of a signal

What can be done with a signal, from where to where. A step that does not stand here cannot be taken; every
step is taken by a person, who says why, and stands in the history for as long as the signal is kept.
[How to answer a signal](../how-to/answer-a-signal.md) tells how it goes on screen.

What leads on stands at the right of the picture, what leads back at the left. Steps that lead nowhere else,
such as a note, stand in the table only.
"""
TABLE = """## The steps

*The reporter reads* is the sentence that whoever reported it reads, in Dutch or English; where it is empty
nothing is told of the step. Whoever answers can add words of their own.
"""
ASKED = {
    "partner": "with whom",
    "ground": "the ground",
    "outcome": "the outcome",
    "to": "who goes on",
    "told_by": "the day",
    "answer": "words for the reporter",
}
WIDTH, GAP, TOP, MIDDLE, BOX = 850, 110, 30, 385, (150, 40)
REACH = 106


def page() -> str:
    """The picture, and every step with where it leads, what it asks and what the reporter reads."""
    steps, states, outcomes, grounds = _told()
    return whole(
        INTRODUCTION,
        _picture(steps, states),
        TABLE,
        table(
            ("step", "on the button", "from", "to", "who", "asks", "the reporter reads"),
            [_row(step, len(states)) for step in steps],
        ),
        "## How it can end",
        table(("outcome", "the reporter reads"), outcomes),
        "## Why it can be passed on",
        "Without one of these grounds no signal is passed on to another organisation.",
        table(("ground", "meaning"), grounds),
    )


def _told() -> tuple[Sequence[Step], Sequence[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """The steps, states, outcomes and grounds of the workbench."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ongedeeld.web.site.settings")
    os.environ.setdefault("SECRET_KEY", "of the made pages")
    django.setup()
    from ongedeeld.web.signals.answering.transitions import OUTCOMES, STEPS
    from ongedeeld.web.signals.models import Signal, SignalEvent

    return (
        tuple(STEPS.values()),
        [str(state) for state in Signal.State],
        [(code(str(outcome)), sentence) for outcome, sentence in OUTCOMES.items()],
        [(code(str(ground)), str(ground.label)) for ground in SignalEvent.Ground],
    )


def _row(step: Step, all_states: int) -> tuple[str, ...]:
    froms = "any" if len(step.from_states) == all_states else ", ".join(map(str, step.from_states))
    asks = [ASKED[one] for one in step.asks] + (["why or what was agreed"] if step.why else [])
    return (
        code(step.name),
        step.text,
        froms or "nothing",
        str(step.to) if step.to else "where it was",
        str(step.who),
        ", ".join(asks),
        step.heard,
    )


def _picture(steps: Sequence[Step], states: Sequence[str]) -> str:
    """The states one below the other, and an arc for all steps from one to another."""
    height = 2 * TOP + GAP * (len(states) - 1) + BOX[1]
    lines = [
        (
            f'<div><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            'aria-label="The states of a signal and the steps between them; the table tells the same" '
            'font-family="sans-serif" font-size="13" fill="currentColor">'
        ),
        (
            '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
            '<path d="M0 0 L8 4 L0 8 z"/></marker></defs>'
        ),
        *_arcs(steps, states),
        *(_box(place, state) for place, state in enumerate(states)),
        "</svg></div>",
    ]
    return "\n".join(lines)


def _box(place: int, state: str) -> str:
    x, y = MIDDLE - BOX[0] / 2, _height(place) - BOX[1] / 2
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{BOX[0]}" height="{BOX[1]}" rx="6" fill="none" '
        f'stroke="currentColor"/><text x="{MIDDLE}" y="{_height(place) + 5:g}" text-anchor="middle" '
        f'font-weight="bold">{escape(state)}</text>'
    )


def _arcs(steps: Sequence[Step], states: Sequence[str]) -> Iterator[str]:
    between: dict[tuple[int, int], list[str]] = defaultdict(list)
    for step in steps:
        for state in step.from_states:
            if step.to is not None and step.to != state:
                between[states.index(state), states.index(step.to)].append(step.name)
    for (begin, end), names in sorted(between.items()):
        yield from _arc(begin, end, names)


def _arc(begin: int, end: int, names: Sequence[str]) -> Iterator[str]:
    """An arc at the right where it leads on, at the left where it leads back, the wider the farther."""
    side = 1 if end > begin else -1
    edge = MIDDLE + side * BOX[0] / 2
    bend = edge + side * REACH * abs(end - begin)
    # A little apart, so that arcs that end at the same box do not meet in one point.
    start, stop = _height(begin) + side * (4 + 2 * abs(end - begin)), _height(end) - side * 8
    yield (
        f'<path d="M{edge:g} {start:g} C{bend:g} {start:g} {bend:g} {stop:g} {edge:g} {stop:g}" fill="none" '
        'stroke="currentColor" opacity="0.6" marker-end="url(#tip)"/>'
    )
    x = edge + side * (0.75 * REACH * abs(end - begin) + 6)
    anchor = "start" if side > 0 else "end"
    for line, name in enumerate(names):
        y = (start + stop) / 2 + 4 + 15 * (line - (len(names) - 1) / 2)
        yield f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(name)}</text>'


def _height(place: int) -> float:
    return TOP + BOX[1] / 2 + GAP * place
