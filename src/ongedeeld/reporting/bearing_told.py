"""A card in sentences: what asks most, whether capacity bears it, and what its place hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import CARD_INDICATORS, THEME_LABELS, Card
from ongedeeld.measures.capacity.scoring import Theme
from ongedeeld.reporting.bearing_words import AMOUNTS, in_words
from ongedeeld.reporting.text import Speech, capital

SIGNALS = N_(
    "A card signals where to look and does not tell why. It says nothing about any resident, and most "
    "trouble enters through ordinary letting."
)
OUTCOME: Theme = "livability"
_HANGS = 0.5
"""Where the weights move a place over more than this part of all places, its order hangs on them."""


def told(card: Card, speech: Speech) -> Iterator[str]:
    """The card in a few sentences."""
    themes = {row["theme"]: row for row in card.themes.to_dicts()}
    known = [theme for theme in THEME_LABELS if theme in themes and themes[theme]["score"] is not None]
    tasks = [theme for theme in known if theme != OUTCOME]
    if tasks:
        most = max(tasks, key=lambda theme: themes[theme]["score"])
        yield speech.say(
            "Of the themes, {theme} asks most here: {score} on a scale from 1 (small task) to 5 (large "
            "task), between {low} and {high}.",
            theme=speech.say(THEME_LABELS[most]),
            **{key: speech.number(themes[most][key], 1) for key in ("score", "low", "high")},
        )
    unknown = [speech.say(THEME_LABELS[theme]) for theme in themes if theme not in known]
    if unknown:
        yield speech.say("There is too little to say on: {themes}.", themes=speech.listing(unknown))
    yield balance_told(card, speech)
    if OUTCOME in known:
        yield speech.say(
            "{theme}, against which both are read, scores {score} on the same scale.",
            theme=capital(speech.say(THEME_LABELS[OUTCOME])),
            score=speech.number(themes[OUTCOME]["score"], 1),
        )


def balance_told(card: Card, speech: Speech) -> str:
    """Load beside capacity, and whether they differ by more than chance."""
    row = card.balance.row(0, named=True)
    if row["balance"] is None:
        return speech.say("There is too little to say whether capacity bears the load.")
    if row["balance_high"] < 0:
        text = N_(
            "The load ({load}: {load_words}) is larger than the capacity ({capacity}: {capacity_words}), by "
            "more than chance explains."
        )
    elif row["balance_low"] > 0:
        text = N_(
            "The capacity ({capacity}: {capacity_words}) is larger than the load ({load}: {load_words}), by "
            "more than chance explains."
        )
    else:
        text = N_(
            "Load ({load}: {load_words}) and capacity ({capacity}: {capacity_words}) do not differ by more "
            "than chance explains."
        )
    return speech.say(
        text,
        **{side: speech.number(row[side], 1) for side in ("load", "capacity")},
        **{f"{side}_words": in_words(row[side], AMOUNTS, speech) for side in ("load", "capacity")},
    )


def rank_told(card: Card, factors: tuple[float, ...], speech: Speech) -> str:
    """The place among all, and whether it hangs on the weights."""
    row = card.ranks.row(0, named=True)
    first, last, count = row["weights_first"], row["weights_last"], row["ranked"]
    fields = {"first": first, "last": last, "count": speech.number(count), "rank": row["rank"]}
    if row["rank"] is None:
        text = N_(
            "It has no place among {count}, as a theme has no score. Whatever that score is and however "
            "themes are weighed, it would be {first} to {last}."
        )
        return speech.say(text, **fields)
    weighed = speech.say(
        "By all themes together it is number {rank} of {count}; number 1 has the largest task. With each "
        "theme weighing {least} to {most} times as much it is {first} to {last}.",
        least=speech.number(min(factors), 1),
        most=speech.number(max(factors), 1),
        **fields,
    )
    hangs = (
        N_("So its place hangs on the weights.")
        if last - first > _HANGS * count
        else N_("Read it as that band, not as one number.")
    )
    return f"{weighed} {speech.say(hangs)}"


def missing_told(card: Card, speech: Speech) -> tuple[str, ...]:
    """What is missing on the card, by why."""
    rows = card.figures.to_dicts()
    lines = []
    for outcome, text in (
        ("not_known", N_("Not known here: {figures}.")),
        ("too_few", N_("Too few to say: {figures}.")),
    ):
        names = [
            speech.say(CARD_INDICATORS[row["indicator"]].label) for row in rows if row["outcome"] == outcome
        ]
        if names:
            lines.append(speech.say(text, figures=" · ".join(names)))
    partly = [
        speech.say(
            "{figure} ({share} of the homes)",
            figure=speech.say(CARD_INDICATORS[row["indicator"]].label),
            share=speech.figure(row["coverage"], "share"),
        )
        for row in rows
        if row["outcome"] == "known" and row["coverage"] is not None and row["coverage"] < 1
    ]
    if partly:
        lines.append(speech.say("Known of a part of the homes: {figures}.", figures=" · ".join(partly)))
    return tuple(lines)


def residents_told(card: Card, speech: Speech) -> str:
    """The grade that residents give; empty without one."""
    lines = [
        speech.say(
            "Residents give living here {grade} out of 10 ({answers} answers, {day}).",
            grade=speech.number(row["grade"], 1),
            answers=speech.number(row["answers"]),
            day=speech.day(row["day"]),
        )
        for row in card.grades.to_dicts()
    ]
    return " ".join(lines)


def overrules_told(card: Card, speech: Speech) -> tuple[tuple[str, str, str], ...]:
    """What professionals overrule: what from and to, why, and until when."""
    return tuple(
        (
            speech.say(
                "{theme}: the figure says {figure}, professionals say {score}.",
                theme=capital(speech.say(THEME_LABELS[row["theme"]])),
                figure=speech.say("nothing") if row["score"] is None else speech.number(row["score"], 1),
                score=speech.number(row["overruled"], 1),
            ),
            row["reason"],
            speech.say("Holds until {day}; both stay in view.", day=speech.day(row["until"])),
        )
        for row in card.themes.drop_nulls("overruled").to_dicts()
    )
