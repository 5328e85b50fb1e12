"""A card in words and tables at the prompt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from ongedeeld.cli.bearing import between, day_said, estimated, score, score_limits, span, whole
from ongedeeld.cli.figures import OUTCOMES, interval, number, said, scale, tell_notes
from ongedeeld.cli.voice import out, table, tell, voice
from ongedeeld.errors import N_

if TYPE_CHECKING:
    from ongedeeld.measures.capacity import Card

MADE_OF = {
    "load": N_("What asks of this place (load)"),
    "capacity": N_("What helps it bear (capacity)"),
    "outcome": N_("What both are read against (livability)"),
    "shown": N_("Shown, in no score"),
}
SIDES = {
    "load": N_("load: from 1 (asks little) to 5 (asks much)"),
    "capacity": N_("capacity: from 1 (bears little) to 5 (bears much)"),
    "balance": N_("balance: capacity minus load, from -4 to 4"),
}
BANDS = N_("Under other weights {weights}, by chance {chance}.")


def tell_card(card: Card) -> None:
    """Print a card.

    Parameters
    ----------
    card
        Of one unit.
    """
    out.print()
    out.print(f"[bold]{escape(card.name)}[/bold] ({escape(card.unit)})", highlight=False)
    tell(
        N_("{level}; homes of the association: {homes}; as known on {day}."),
        level=scale(card.level),
        homes=voice.say(N_("not known")) if card.homes is None else number(card.homes, 0),
        day=day_said(card.day),
    )
    _tell_themes(card)
    _tell_balance(card)
    _tell_place(card)
    _tell_residents(card)
    for role in MADE_OF:
        _tell_made_of(card, role)
    _tell_missing(card)
    tell_notes(card.notes)


def _tell_themes(card: Card) -> None:
    from ongedeeld.measures.capacity import THEME_LABELS

    by_theme = {row["theme"]: row for row in card.themes.to_dicts()}
    rows = [by_theme[theme] for theme in THEME_LABELS if theme in by_theme]
    table(
        N_("Themes: 1 is a small task, 5 a large one"),
        (N_("theme"), N_("score"), N_("interval"), N_("indicators known"), N_("professionals")),
        (
            (
                voice.translate(THEME_LABELS[row["theme"]]),
                score(row["score"], row["outcome"]),
                interval(row["low"], row["high"], score_limits),
                voice.say(N_("{known} of {all}"), known=row["known"], all=row["indicators"]),
                "" if row["overruled"] is None else score_limits(row["overruled"]),
            )
            for row in rows
        ),
    )
    for row in rows:
        if row["overruled"] is not None:
            tell(
                N_("Professionals on {theme}: {score}, because {reason} (until {until})."),
                theme=voice.translate(THEME_LABELS[row["theme"]]),
                score=score_limits(row["overruled"]),
                reason=row["reason"],
                until=day_said(row["until"]),
            )


def _tell_balance(card: Card) -> None:
    row = card.balance.row(0, named=True)
    unsaid = next((row[f"{side}_outcome"] for side in ("load", "capacity") if row[side] is None), "known")
    outcomes = {"load": row["load_outcome"], "capacity": row["capacity_outcome"], "balance": unsaid}
    table(
        N_("Load against capacity"),
        (N_("what"), N_("value"), N_("interval")),
        (
            (
                said(SIDES, side),
                score(row[side], outcomes[side]),
                interval(row[f"{side}_low"], row[f"{side}_high"], score_limits),
            )
            for side in SIDES
            if row[f"{side}_low"] is not None
        ),
    )


def _tell_place(card: Card) -> None:
    row = card.ranks.row(0, named=True)
    count = row["ranked"]
    if row["rank"] is None:
        told = voice.say(N_("No place in the order of {count}: a theme has no score."), count=count)
    else:
        told = voice.say(
            N_("Place {rank} of {count}, where 1 is the largest task."), rank=row["rank"], count=count
        )
    bands = {by: interval(row[f"{by}_first"], row[f"{by}_last"], whole) for by in ("weights", "chance")}
    out.print(f"{told} {voice.say(BANDS, **bands)}\n", markup=False, highlight=False)


def _tell_residents(card: Card) -> None:
    for row in card.grades.to_dicts():
        tell(
            N_("Residents give living here a {grade} (answers: {answers}, {day})."),
            grade=score_limits(row["grade"]),
            answers=row["answers"],
            day=day_said(row["day"]),
        )
    for words in card.quotes:
        tell(N_('A resident: "{words}"'), words=words)
    if card.unquoted:
        tell(N_("Answers of residents that may not be quoted: {count}."), count=card.unquoted)


def _tell_made_of(card: Card, role: str) -> None:
    from ongedeeld.measures.capacity import CARD_INDICATORS

    rows = [row for row in card.figures.to_dicts() if row["role"] == role]
    if rows:
        table(
            MADE_OF[role],
            (N_("indicator"), N_("estimate (interval)"), N_("score"), N_("counted"), N_("period")),
            (
                (voice.translate(CARD_INDICATORS[row["indicator"]].label), *_cells(row, card.day))
                for row in rows
            ),
        )


def _cells(row: dict[str, Any], day: date) -> tuple[str, ...]:
    """The estimate, its score, what was counted and when."""
    from ongedeeld.measures.capacity import CARD_INDICATORS

    period = _period(row["period_start"], row["period_end"], day)
    if row["outcome"] != "known":
        return (said(OUTCOMES, row["outcome"]), "-", _counted(row), period)
    estimate = estimated(CARD_INDICATORS[row["indicator"]], row["estimate"], row["low"], row["high"])
    limits = between(row["score_low"], row["score_high"])
    return (estimate, f"{score(row['score'], 'known')} ({limits})", _counted(row), period)


def _period(start: date | None, end: date | None, day: date) -> str:
    if start is None or end is None:
        return "-"
    return voice.say(N_("that day")) if start == end == day else span(start, end)


def _counted(row: dict[str, Any]) -> str:
    """What an estimate rests on: so many of so many, or so many answers or homes."""
    if row["count"] is not None:
        return voice.say(
            N_("{known} of {all}"), known=number(row["count"], 0), all=number(row["exposure"], 0)
        )
    return "-" if row["answers"] is None else number(row["answers"], 0)


def _tell_missing(card: Card) -> None:
    from ongedeeld.measures.capacity import CARD_INDICATORS

    missing = [
        voice.translate(CARD_INDICATORS[row["indicator"]].label)
        for row in card.figures.to_dicts()
        if row["outcome"] != "known" and row["role"] != "shown"
    ]
    if missing:
        tell(N_("Missing, which widens intervals and is not filled in: {names}."), names="; ".join(missing))
