"""The classes of a scale in words, for legends and tables."""

from __future__ import annotations

from itertools import pairwise

from ongedeeld.reporting.scales import AROUND, Scale
from ongedeeld.reporting.text import Speech


def class_name(scale: Scale | None, value: float | None, speech: Speech) -> str:
    """The class of a value in words."""
    if scale is None or value is None:
        return speech.say("not known")
    if scale.kind == "around":
        return speech.say(AROUND[scale.place(value)])
    return class_names(scale, speech)[scale.place(value)]


def class_names(scale: Scale, speech: Speech) -> list[str]:
    """All classes in words, from low to high; a rising scale has no words but its numbers."""
    if scale.kind == "around":
        return [speech.say(words) for words in AROUND]
    every = len(scale.breaks) + 1
    return [speech.say("class {number} of {all}", number=place + 1, all=every) for place in range(every)]


def legend(scale: Scale | None, unit: str, speech: Speech) -> tuple[tuple[str, str], ...]:
    """The classes with their colours: style name and words."""
    unknown = (("unknown", speech.say("not known")),)
    if scale is None:
        return unknown
    if scale.kind == "around":
        words = [speech.say(AROUND[place]) for place in scale.places]
        return (*zip(scale.styles, words, strict=True), *unknown)
    cuts = [speech.figure(cut, unit) for cut in scale.breaks]
    if not cuts:
        return unknown
    words = [
        speech.say("below {value}", value=cuts[0]),
        *(speech.say("{low} to {high}", low=low, high=high) for low, high in pairwise(cuts)),
        speech.say("{value} and over", value=cuts[-1]),
    ]
    return (*zip(scale.styles, words, strict=True), *unknown)
