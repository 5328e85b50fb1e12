"""The lists of a round as people read them: headers and codes in words, amounts in euros."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.figures import figure
from ongedeeld.cli.voice import voice
from ongedeeld.errors import N_
from ongedeeld.rules.amounts import Euros

if TYPE_CHECKING:
    from ongedeeld.allocation import Round

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "vacancy": N_("vacancy"),
        "dwelling": N_("home"),
        "complex": N_("complex"),
        "area": N_("neighbourhood"),
        "seeker": N_("seeker"),
        "rent_cents": N_("rent"),
        "route": N_("route"),
        "candidates": N_("candidates"),
        "runner_up": N_("next in the order"),
        "ground": N_("went first by"),
        "decided_by": N_("parted from the next by"),
        "reasons": N_("reasons"),
        "reason": N_("reason"),
        "side": N_("side"),
        "consequence": N_("what follows"),
        "acts": N_("who acts"),
        "start": N_("from"),
        "by": N_("by the letting of"),
        "stopped_by": N_("fell off at"),
        "seekers": N_("seekers"),
        "grouping": N_("by"),
        "group": N_("group"),
        "verdict": N_("remark"),
        "article": N_("protected by"),
        "chance_now": N_("without instruments"),
        "chance_policy": N_("with this policy"),
        "let_now": N_("lettings without instruments"),
        "let_policy": N_("lettings with this policy"),
        "open_now": N_("open without instruments"),
        "open_policy": N_("open with this policy"),
        "rank": N_("place"),
        "outcome": N_("outcome"),
        "what_if": N_("what if the law allowed it"),
        "tally": N_("tally"),
        "end": N_("until"),
        "done": N_("done"),
        "of": N_("of"),
        "may_still": N_("room left"),
        "must_still": N_("still to do"),
        "met": N_("met"),
        "sentence": N_("in words"),
    }
)
OUTCOMES = {
    "letting": N_("gets the home"),
    "declined": N_("the offer came to nothing"),
    "passed": N_("somebody went before"),
}
VERDICTS = {
    "open": "",
    "closed_already": N_("no chance in the region, with the policy or without"),
    "shut_out": N_("shut out by the policy"),
}


def in_words(frame: pl.DataFrame, done: Round) -> pl.DataFrame:
    """A list with its headers and codes in the language of the screen."""
    said = [_said(frame, name, done) for name in frame.columns]
    return pl.DataFrame(said).rename(
        {name: voice.say(HEADERS[name]) for name in frame.columns if name in HEADERS}
    )


def in_order_of_codes(chances: pl.DataFrame) -> pl.DataFrame:
    """The chances of groups in the order of the lists of codes: ages from young to old, incomes from low."""
    from ongedeeld.allocation.groupings import LABELS, LOOKED_AT

    names = [name for name in (*LABELS, *LOOKED_AT) if name in set(chances["grouping"])]
    place = {
        (name, group): (at, number)
        for at, name in enumerate(names)
        for number, group in enumerate(LABELS.get(name) or LOOKED_AT[name])
    }
    last = (len(place), len(place))
    keys = [
        place.get(pair, (names.index(pair[0]), last[1]))
        for pair in chances.select("grouping", "group").iter_rows()
    ]
    return chances[sorted(range(len(keys)), key=keys.__getitem__)]


def _said(frame: pl.DataFrame, name: str, done: Round) -> pl.Series:
    if name == "group":
        words = _groups()
        pairs = frame.select("grouping", "group").iter_rows()
        return pl.Series(name, [words(*pair) for pair in pairs], pl.String)
    say = _sayers(done).get(name)
    values = frame[name]
    if say is None and values.dtype == pl.Boolean:
        say = _yes_or_no
    if say is None:
        return values
    return pl.Series(name, [None if value is None else say(value) for value in values], pl.String)


def _sayers(done: Round) -> dict[str, Callable[[Any], str]]:
    from ongedeeld.allocation.deciding import label_of
    from ongedeeld.allocation.declines import ACTORS, CONSEQUENCES, DECLINES, SIDES
    from ongedeeld.allocation.groupings import grouping_label
    from ongedeeld.vocabulary import CHOICES

    translate = voice.translate

    def label(name: str) -> str:
        return label_of(name, done.given.law).say(translate)

    return {
        "ground": label,
        "decided_by": label,
        "stopped_by": label,
        "rent_cents": lambda cents: Euros(cents, rent=True).say(translate),
        "chance_now": lambda share: figure(share, "share"),
        "chance_policy": lambda share: figure(share, "share"),
        "route": lambda code: CHOICES["route"][code].label(voice.language),
        "reason": lambda code: DECLINES[code].label.say(translate),
        "side": lambda code: SIDES[code].say(translate),
        "consequence": lambda code: CONSEQUENCES[code].say(translate),
        "acts": lambda code: ACTORS[code].say(translate),
        "outcome": lambda code: translate(OUTCOMES[code]),
        "verdict": lambda code: translate(VERDICTS[code]) if VERDICTS[code] else "",
        "grouping": lambda code: grouping_label(code).say(translate),
    }


def _groups() -> Callable[[str, str], str]:
    from ongedeeld.allocation.groupings import group_label

    return lambda grouping, group: group_label(grouping, group).say(voice.translate)


def _yes_or_no(value: bool) -> str:
    return voice.say(N_("yes")) if value else voice.say(N_("no"))
