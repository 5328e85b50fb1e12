"""What a card is made of, row by row, and the records of evidence it leans on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import CARD_INDICATORS, THEME_LABELS, Card, Cards
from ongedeeld.measures.capacity.scoring import Role, ScoredIndicator
from ongedeeld.reporting.bearing_words import counted, estimated, period_of, source_of
from ongedeeld.reporting.figures import Grid
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import translator
from ongedeeld.vocabulary.evidence import Evidence
from ongedeeld.vocabulary.evidence_records import GRADES, EvidenceRecord

ROLES: dict[Role, str] = {
    "load": N_("load"),
    "capacity": N_("capacity"),
    "outcome": N_("outcome"),
    "shown": N_("shown only"),
}
HEADS = (
    N_("indicator"), N_("estimate"), N_("score"), N_("counts as"), N_("counted"), N_("period"),
    N_("source"), N_("evidence"),
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A record of evidence that the card leans on, as people read it."""

    label: str
    grade: str
    claim: str
    not_for: str


@dataclass(frozen=True)
class Made:
    """A theme and the rows of what it is made of: cells, each with what is left out where room is short."""

    theme: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def made_of(
    card: Card, cards: Cards, records: Evidence, speech: Speech, names: Mapping[str, str]
) -> tuple[Made, ...]:
    """What every theme is made of: a row per indicator, in the order of the table of scoring."""
    rows = {row["indicator"]: row for row in card.figures.to_dicts()}
    made = (
        Made(
            capital(speech.say(label)),
            tuple(
                _made_row(one, rows[name], records[one.evidence], speech, names)
                for name, one in cards.scoring.indicators.items()
                if one.theme == theme and name in rows
            ),
        )
        for theme, label in THEME_LABELS.items()
    )
    return tuple(one for one in made if one.rows)


def _made_row(
    one: ScoredIndicator,
    row: Mapping[str, Any],
    record: EvidenceRecord,
    speech: Speech,
    names: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    translate = translator(speech.language).gettext
    around = "" if row["of"] in (None, row["unit"]) else names.get(row["of"], row["of"])
    return (
        (capital(speech.say(CARD_INDICATORS[one.name].label)), ""),
        (estimated(row, speech), ""),
        ("–" if row["score"] is None or one.role == "shown" else _score(row, speech), ""),
        (speech.say(ROLES[one.role]), ""),
        (counted(row, speech) if row["outcome"] == "known" else "–", ""),
        (period_of(row, speech), ""),
        (source_of(row, speech), around),
        (GRADES[record.grade].label.say(translate), record.label.say(translate)),
    )


def _score(row: Mapping[str, Any], speech: Speech) -> str:
    limits = (round(row[name], 1) for name in ("score_low", "score_high"))
    low, high = (speech.number(limit, 0 if limit.is_integer() else 1) for limit in limits)
    score = speech.number(row["score"], 1)
    return score if low == high else f"{score} ({low}–{high})"


def made_of_grid(made: Iterable[Made], speech: Speech) -> Grid:
    """The make-up as one table, to save."""
    heads = (speech.say("indicator"), speech.say("theme"), *(speech.say(text) for text in HEADS[1:]))
    rows = []
    for one in made:
        for first, *others in one.rows:
            cells = (": ".join(filter(None, cell)) for cell in others)
            rows.append((first[0], one.theme, *cells))
    return Grid(heads, tuple(rows), "card")


def record_of(record: EvidenceRecord, speech: Speech) -> Record:
    """A record of evidence as people read it."""
    translate = translator(speech.language).gettext
    return Record(
        capital(record.label.say(translate)),
        GRADES[record.grade].label.say(translate),
        record.claim.say(translate),
        record.not_for.say(translate),
    )
