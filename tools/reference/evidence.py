"""The page of evidence records, from the files beside the vocabulary."""

from __future__ import annotations

import re

from ongedeeld.vocabulary import EvidenceRecord, EvidenceSource, load_evidence
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, EFFECT_UNITS, GRADES
from tools.reference.markdown import code, table, whole

INTRODUCTION = """# Evidence records

What is assumed about neighbourhoods, and how well it is supported. `ongedeeld evidence` lists the same;
`load_evidence()` reads it. [Own records](../how-to/own-evidence.md) may be added and may overrule these;
[why there are records at all](../explanation/evidence.md) is told elsewhere.

A record without a figure is one for which none was found, which is not zero. *Read in* stands with a page
that bears no date.
"""


def page() -> str:
    """All records with effect, sources and grade, and the words they may use."""
    parts = [INTRODUCTION, "## Grades", _grades(), "## Directions and units", _words()]
    for record in load_evidence().values():
        parts += [f"## {record.name}", _facts(record)]
    return whole(*parts)


def _grades() -> str:
    rows = [(code(name), term.label.nl, term.meaning.en, str(_graded(name))) for name, term in GRADES.items()]
    return table(("grade", "Dutch", "meaning", "records"), rows)


def _graded(grade: str) -> int:
    return sum(record.grade == grade for record in load_evidence().values())


def _words() -> str:
    directions = [(code(name), label.en, label.nl) for name, label in DIRECTIONS.items()]
    units = [(code(name), unit.label.en, unit.label.nl) for name, unit in EFFECT_UNITS.items()]
    return whole(
        table(("direction, for livability", "English", "Dutch"), directions),
        table(("unit of an effect", "shown in English", "shown in Dutch"), units),
    )


def _facts(record: EvidenceRecord) -> str:
    effect = record.effect
    figure = f"{effect.say(str)} ({effect.of.en})" if effect else "none was found"
    facts = [
        f"Grade: {code(record.grade)}. For livability: {DIRECTIONS[record.direction].en}.",
        f"Figure: {figure}.",
        f"Found: {record.found_where.en}.",
        f"Not for: {record.not_for.en}",
        f"Sources: {'; '.join(map(_source, record.sources))}.",
    ]
    heading = f"**{record.label.en}** (*{record.label.nl}*). {record.claim.en}"
    return whole(heading, "\n".join(f"- {fact}" for fact in facts))


def _source(source: EvidenceSource) -> str:
    host = re.match(r"https?://(?:www\.)?([^/]+)", source.url)
    address = f", [{host[1]}]({source.url})" if host else ""
    return f"{source.title} ({source.say_year(str)}){address}"
