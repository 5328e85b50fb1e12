"""How sure it is: what the spread of the futures comes from, and what was assumed."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.assumed import assumed
from ongedeeld.reporting.comparison.holding import holding, in_how_many
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Chart, Folded, Grid, Research, Section
from ongedeeld.reporting.stacked import Bar, legend_of, stacked
from ongedeeld.reporting.text import capital
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.comparing.spread import FEWEST_PAIRS, Parts
from ongedeeld.simulation.outcomes.key_outcomes import KeyOutcome

TOO_FEW = N_(
    "With {pairs} pairs of futures nothing is said of what the spread comes from: it takes {needed} pairs "
    "that share what is assumed."
)
HOW = N_(
    "Futures come in pairs that share what is assumed: what differs within pairs is chance. Assumptions are "
    "held against where in their ranges they lay, by linear regression. Named are those told apart from "
    "chance, allowing for their number; their parts are of one regression together. What assumptions do "
    "together, and what so many futures cannot tell apart, is the rest."
)

SMALLEST_PART = 0.01


def certainty(told: Told) -> Section:
    """Where the spread of the key outcomes comes from, of as now and of what each policy changes."""
    speech = told.speech
    found = [
        (one, [(key, told.comparison.parts(key, one)) for key in told.comparison.key_outcomes])
        for one in told.comparison.compared
    ]
    pairs = max(parts.pairs for _, held in found for _, parts in held)
    if pairs < FEWEST_PAIRS:
        lead = (speech.say(TOO_FEW, pairs=speech.number(pairs), needed=speech.number(FEWEST_PAIRS)),)
        charts: tuple[Chart, ...] = ()
    else:
        lead = (speech.say(HOW),)
        charts = tuple(chart for one, held in found for chart in _chart(one, held, told))
    return Section(
        "certainty",
        speech.say("How sure is this?"),
        lead=lead,
        panels=tuple(one for one in (holding(told),) if one.sentences),
        folded=Folded(speech.say("Where the spread of the futures comes from"), charts) if charts else None,
        research=Research(
            (
                (speech.say("In how many futures it goes which way"), in_how_many(told)),
                (speech.say("What was assumed"), assumed(told)),
            ),
            tuple(f"{speech.told(note)}." for note in told.comparison.notes),
        ),
    )


def _chart(one: Compared, held: list[tuple[KeyOutcome, Parts]], told: Told) -> tuple[Chart, ...]:
    speech = told.speech
    varied = [(key, parts) for key, parts in held if parts.enough and parts.variance > 0]
    if not varied:
        return ()
    is_now = one is told.comparison.now
    title = speech.say("Where the spread comes from: {policy}", policy=told.label(one))
    caption = (
        speech.say("Parts of the variance over futures, in the last year")
        if is_now
        else speech.say("Parts of the variance of what it changes, in the last year")
    )
    bars, rows = [], []
    for key, parts in varied:
        shares = _shares(parts)
        label = capital(speech.say(key.label))
        bars.append(Bar(label, tuple((share, speech.figure(share, "share")) for share in shares)))
        rows.append((label, *(speech.figure(share, "share") for share in shares), _named(parts, told)))
    labels = (
        speech.say("chance"),
        speech.say("assumptions told apart"),
        speech.say("other assumptions, and together"),
    )
    grid = Grid((speech.say("outcome"), *labels, speech.say("which assumptions")), tuple(rows), "spread")
    said = f"{title}. {caption}. " + "; ".join(": ".join((row[0], row[-1])) for row in rows)
    return (Chart(title, caption, stacked(bars, said), grid, legend=legend_of(labels)),)


def _shares(parts: Parts) -> tuple[float, float, float]:
    """Chance, the assumptions told apart, and the rest; together one."""
    chance = parts.chance or 0.0
    named = sum(one.share for one in parts.parts)
    return chance, named, max(0.0, 1 - chance - named)


def _named(parts: Parts, told: Told) -> str:
    stated, label = told.comparison.asked.assumptions, f"label_{told.speech.language}"
    found = [
        f"{stated[one.assumption][label]} ({_part(one.share, told)})"
        for one in parts.parts
        if one.beyond_chance
    ]
    return "; ".join(found) or told.speech.say("none told apart from chance")


def _part(share: float, told: Told) -> str:
    """A part of the spread; one that would round to nothing says that it is small."""
    if share < SMALLEST_PART:
        return told.speech.say("less than {share}", share=told.speech.figure(SMALLEST_PART, "share"))
    return told.speech.figure(share, "share")
