"""The pictures of a card: its themes, load beside capacity, and its place among all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import THEME_LABELS, Card, Cards
from ongedeeld.reporting.against import Axes, Spot, against
from ongedeeld.reporting.bearing_words import AMOUNTS, TASKS, scored, span
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.score_rows import Score, score_rows
from ongedeeld.reporting.text import Speech, capital

AGAINST_HEADS = (
    N_("place"),
    N_("load"),
    N_("load between"),
    N_("capacity"),
    N_("capacity between"),
    N_("balance"),
)
SIDES = {"load": N_("load: what asks of this place"), "capacity": N_("capacity: what helps it bear")}
PAINTS = {"load": "clay", "capacity": "teal"}


def themes_chart(card: Card, speech: Speech, name: str = "themes") -> Chart:
    """The five themes with their intervals, and the view of professionals beside them."""
    rows = [row for theme in THEME_LABELS for row in card.themes.to_dicts() if row["theme"] == theme]
    scores = [
        Score(
            capital(speech.say(THEME_LABELS[row["theme"]])),
            scored(row["score"], row["outcome"], TASKS, speech),
            row["score"], row["low"], row["high"], row["overruled"],
        )
        for row in rows
    ]  # fmt: skip
    title = speech.say("The task by theme")
    percent = _percent(card)
    caption = (
        speech.say(
            "From 1 to 5; band: {percent}% interval; diamond: the view of professionals", percent=percent
        )
        if any(row["overruled"] is not None for row in rows)
        else speech.say("From 1 to 5; band: {percent}% interval", percent=percent)
    )
    heads = (N_("theme"), N_("score"), N_("between"), N_("rests on"), N_("professionals"))
    cells = tuple(
        (
            score.label,
            score.text,
            span(row["low"], row["high"], speech),
            speech.say("{known} of {all} figures", known=row["known"], all=row["indicators"]),
            "–" if row["overruled"] is None else speech.number(row["overruled"], 1),
        )
        for score, row in zip(scores, rows, strict=True)
    )
    ends = (speech.say("small task"), speech.say("large task"))
    grid = Grid(tuple(speech.say(text) for text in heads), cells, name)
    return Chart(title, caption, score_rows(scores, ends, _said(title, cells)), grid)


def _percent(card: Card) -> int:
    """How sure the intervals are, as the notes of the card say."""
    told = (one.fields["percent"] for one in card.notes if "percent" in one.fields)
    return int(str(next(told, 95)))


def sides_chart(card: Card, speech: Speech) -> Chart:
    """Load beside capacity, and the balance in the table."""
    row = card.balance.row(0, named=True)
    scores = [
        Score(
            capital(speech.say(text)),
            scored(row[side], row[f"{side}_outcome"] or "not_known", AMOUNTS, speech),
            row[side],
            *_limits(row, side),
            paint=PAINTS[side],
        )
        for side, text in SIDES.items()
    ]
    title = speech.say("Load beside capacity")
    caption = speech.say("From 1 (little) to 5 (much); band: {percent}% interval", percent=_percent(card))
    cells = [(score.label, score.text, span(score.low, score.high, speech)) for score in scores]
    cells.append(
        (
            speech.say("Balance: capacity minus load"),
            "–" if row["balance"] is None else speech.number(row["balance"], 1, signed=True),
            "–"
            if row["balance_low"] is None
            else speech.say(
                "{low} to {high}",
                low=speech.number(row["balance_low"], 1, signed=True),
                high=speech.number(row["balance_high"], 1, signed=True),
            ),
        )
    )
    heads = (speech.say("side"), speech.say("score"), speech.say("between"))
    grid = Grid(heads, tuple(cells), "balance")
    ends = (speech.say("little"), speech.say("much"))
    return Chart(title, caption, score_rows(scores, ends, _said(title, cells)), grid)


def _limits(row: Mapping[str, Any], side: str) -> tuple[float, float]:
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    return (1.0 if low is None else low, 5.0 if high is None else high)


def beyond_chance(cards: Cards) -> frozenset[str]:
    """The places of which the load is larger than the capacity by more than chance."""
    known = cards.balance.filter(pl.col("balance").is_not_null() & (pl.col("balance_high") < 0))
    return frozenset(known["unit"])


def against_chart(
    cards: Cards,
    title: str,
    caption: str,
    name: str,
    speech: Speech,
    *,
    marked: Iterable[str],
    among: pl.Series | None = None,
) -> Chart | None:
    """Load against capacity of all places with both, or of those among a few; None where there are none."""
    names = dict(cards.units.select("unit", "name").iter_rows())
    every = cards.balance if among is None else cards.balance.filter(pl.col("unit").is_in(among.implode()))
    rows = every.drop_nulls("balance").sort("balance").to_dicts()
    if not rows:
        return None
    chosen = set(marked)
    spots = [
        Spot(
            names[row["unit"]] or row["unit"],
            row["load"], row["load_low"], row["load_high"],
            row["capacity"], row["capacity_low"], row["capacity_high"],
            row["unit"] in chosen,
        )
        for row in rows
    ]  # fmt: skip
    cells = tuple(_against_row(spot, row, speech) for spot, row in zip(spots, rows, strict=True))
    grid = Grid(tuple(speech.say(text) for text in AGAINST_HEADS), cells, name)
    drawing = against(spots, _axes(speech), _said(title, cells[:10]))
    return Chart(title, caption, drawing, grid, _not_drawn(len(every) - len(rows), speech))


def _axes(speech: Speech) -> Axes:
    return Axes(
        speech.say("load"),
        speech.say("capacity"),
        speech.say("more capacity than load"),
        speech.say("more load than capacity"),
    )


def _not_drawn(places: int, speech: Speech) -> str:
    """How many places are left out of a picture; nothing where none is."""
    if not places:
        return ""
    return speech.ngettext(
        "One place is not drawn: there is too little to say.",
        "{count} places are not drawn: there is too little to say.",
        places,
    )


def _against_row(spot: Spot, row: Mapping[str, Any], speech: Speech) -> tuple[str, ...]:
    low, high = (speech.number(row[f"balance_{end}"], 1, signed=True) for end in ("low", "high"))
    return (
        spot.label,
        speech.number(spot.load, 1),
        span(spot.load_low, spot.load_high, speech),
        speech.number(spot.capacity, 1),
        span(spot.capacity_low, spot.capacity_high, speech),
        speech.say(
            "{value} ({low} to {high})", value=speech.number(spot.balance, 1, signed=True), low=low, high=high
        ),
    )


def complexes_chart(cards: Cards, units: pl.Series, speech: Speech) -> Chart | None:
    """Load against capacity of the complexes of a neighbourhood."""
    return against_chart(
        cards,
        speech.say("Load against capacity: the complexes here"),
        speech.say(
            "Each dot is a complex, those with more load than capacity beyond chance in clay; lines: "
            "intervals; dashed: as much load as capacity"
        ),
        "complexes",
        speech,
        marked=beyond_chance(cards),
        among=units,
    )


def ranks_chart(card: Card, speech: Speech) -> Chart:
    """The place of a card among all: under every weighting in the stated set, and by chance."""
    row = card.ranks.row(0, named=True)
    count = row["ranked"]
    title = speech.say("Its place among all {count}", count=speech.number(count))
    rank = row["rank"]
    dots = [
        Dot(
            capital(speech.say(text)),
            speech.say("{first} to {last}", first=row[f"{by}_first"], last=row[f"{by}_last"]),
            rank if rank is not None else (row[f"{by}_first"] + row[f"{by}_last"]) / 2,
            row[f"{by}_first"],
            row[f"{by}_last"],
            sure=rank is not None,
        )
        for by, text in (
            ("weights", N_("under every weighting in the set")),
            ("chance", N_("by chance, under the stated weights")),
        )
    ]
    caption = speech.say(
        "Left is place 1, the largest task, right place {count}; dot: under the stated weights", count=count
    )
    cells = tuple((dot.label, "–" if rank is None else str(rank), dot.text) for dot in dots)
    grid = Grid((speech.say("what differs"), speech.say("place"), speech.say("between")), cells, "ranks")
    if rank is None:
        dots = [Dot(dot.label, dot.text, None, dot.low, dot.high, sure=False) for dot in dots]
    last = max(count, row["weights_last"], row["chance_last"], 2)
    drawn = intervals(dots, (1, last), (speech.number(1), speech.number(last)), _said(title, cells))
    return Chart(title, caption, drawn, grid)


def _said(title: str, cells: Iterable[Sequence[str]]) -> str:
    """What a picture says, for who does not see it."""
    return f"{title}. " + "; ".join(f"{row[0]}: {', '.join(row[1:3])}" for row in cells)
