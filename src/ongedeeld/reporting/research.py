"""The folded part for researchers: all measures with chance, interval and p-value, and how they were made."""

from __future__ import annotations

from collections.abc import Mapping

from ongedeeld.errors import N_
from ongedeeld.measures.undividedness import GROUP_SETS, Levels, Result, Undivided
from ongedeeld.measures.undividedness.index_names import INDEX_NAMES
from ongedeeld.reporting.divided import DRAWS, SEED
from ongedeeld.reporting.figures import Grid, Research
from ongedeeld.reporting.mix_sections import number_or_dash, p_value
from ongedeeld.reporting.text import Speech, capital

_HEADS = (
    N_("groups and measure"),
    N_("value"),
    N_("by chance"),
    N_("adjusted"),
    N_("between"),
    N_("p-value"),
    N_("areas"),
    N_("number"),
)


def research_of(found: Mapping[str, Undivided], split: Mapping[str, Levels], speech: Speech) -> Research:
    """The full table of measures of the city, and its notes once each."""
    rows = tuple(
        _row(GROUP_SETS[name].title, result, speech) for name, one in found.items() for result in one.results
    )
    grid = Grid(tuple(speech.say(text) for text in _HEADS), rows, "measures")
    said = [
        *(note for one in found.values() for note in one.notes),
        *(note for one in found.values() for result in one.results for note in result.notes),
        *(note for levels in split.values() for note in levels.notes),
    ]
    method = speech.say(
        "{draws} random allotments, seed {seed}. D, H and the correlation ratio run from 0 to 1, M is in "
        "nats.",
        draws=DRAWS,
        seed=SEED,
    )
    title = speech.say("All measures, of neighbourhoods")
    return Research(((title, grid),), (method, *dict.fromkeys(speech.told(note) for note in said)))


def _row(title: str, result: Result, speech: Speech) -> tuple[str, ...]:
    limits = "–"
    if result.interval is not None:
        low, high = (speech.number(limit, 3) for limit in result.interval)
        limits = speech.say("{low} to {high}", low=low, high=high)
    return (
        f"{capital(speech.say(title))}: {speech.say(INDEX_NAMES[result.index])}",
        number_or_dash(result.value, 3, speech),
        number_or_dash(result.expected_by_chance, 3, speech),
        number_or_dash(result.adjusted, 3, speech),
        limits,
        p_value(result.p_value, DRAWS, speech),
        speech.number(result.areas),
        speech.number(result.people),
    )
