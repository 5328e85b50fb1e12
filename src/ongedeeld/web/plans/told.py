"""The signs of a plan in words, for the page and the document."""

from __future__ import annotations

from collections.abc import Sequence

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.plans.figures import label_of, unit_of, written
from ongedeeld.web.plans.queries import Shown

_HEADS = (N_("figure"), N_("at the start"), N_("expected"), N_("due"), N_("now"))


def sign_heads(speech: Speech) -> list[str]:
    """What stands above the columns of :func:`sign_rows`."""
    return [speech.say(text) for text in _HEADS]


def sign_rows(signs: Sequence[Shown], speech: Speech) -> list[tuple[str, str, str, str, str]]:
    """A row per sign: the figure, where it began, where it should be and when, and what it is now."""
    return [_row(one, speech) for one in signs]


def sign_name(shown: Shown, speech: Speech) -> str:
    """The figure of a sign, as people see it."""
    return label_of(shown.sign.figure, speech)


def _row(one: Shown, speech: Speech) -> tuple[str, str, str, str, str]:
    sign, unit = one.sign, unit_of(one.sign.figure)
    began = speech.say(
        "{figure} ({period})",
        figure=written(sign.began_at, unit, speech),
        period=speech.period(sign.began_on),
    )
    return (
        label_of(sign.figure, speech),
        began,
        written(sign.expected, unit, speech),
        speech.day(sign.by_day),
        _now(one, speech),
    )


def _now(one: Shown, speech: Speech) -> str:
    if one.now is None or not one.is_newer:
        return speech.say("no newer figure yet")
    now = speech.say("{figure} ({period})", figure=one.now.text(speech), period=speech.period(one.now.period))
    if one.way is None or one.now.is_few:
        return now
    if one.way < 0:
        return speech.say("{now}: the other way", now=now)
    return speech.say("{now}: {share} of the way", now=now, share=speech.figure(min(one.way, 9.99), "share"))
