"""The command that lists and explains what is assumed: evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from ongedeeld.cli.options import AsJson, Lang
from ongedeeld.cli.voice import number, out, print_json, table, tell, voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import EvidenceRecord, load_evidence
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, GRADES, EvidenceGrade


def evidence(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Explain this record.")] = "",
    own: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own records, which may overrule (TOML).")
    ] = None,
    grade: Annotated[EvidenceGrade | None, typer.Option(help="List only records of this grade.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List what is assumed about neighbourhoods, with effect, source and grade; or explain one record."""
    if name and grade:
        raise InputError(
            N_("a name and a grade were both given"),
            expected=N_("the name of one record, or a grade to list"),
        )
    held = load_evidence(own)
    records = [held[name]] if name else [each for each in held.values() if grade in {None, each.grade}]
    if as_json:
        data = [_as_data(record) for record in records]
        print_json(data[0] if name else data)
    elif name:
        _explain(records[0])
    else:
        _list(records)


def _list(records: list[EvidenceRecord]) -> None:
    table(
        N_("What is assumed"),
        (
            N_("name"),
            N_("about"),
            N_("for livability"),
            N_("figure"),
            N_("grade"),
            N_("year"),
            N_("stands in"),
        ),
        (
            (
                record.name,
                record.label.say(voice.translate),
                DIRECTIONS[record.direction].say(voice.translate),
                record.effect.say(voice.translate) if record.effect else "-",
                GRADES[record.grade].label.say(voice.translate),
                record.say_years(voice.translate),
                _from(record),
            )
            for record in records
        ),
    )
    tell(
        N_("Records: {count}. No figure means that none was found, not that it is zero."),
        count=number(len(records)),
    )
    tell(N_("Explain one with: ongedeeld evidence NAME"))


def _from(record: EvidenceRecord) -> str:
    if record.origin is None:
        return voice.say(N_("this version"))
    file = record.origin.name
    return voice.say(N_("{file}, overrules"), file=file) if record.overruled else file


def _explain(record: EvidenceRecord) -> None:
    translate = voice.translate
    grade = GRADES[record.grade]
    out.print(f"[bold]{escape(record.label.say(translate))}[/bold] ({record.name})", highlight=False)
    out.print(record.claim.say(translate), markup=False, highlight=False)
    lines = [
        (N_("For livability"), DIRECTIONS[record.direction].say(translate)),
        (N_("Figure"), _figure(record)),
        (N_("Found"), record.found_where.say(translate)),
        (N_("Grade"), f"{grade.label.say(translate)}: {grade.meaning.say(translate)}"),
        (N_("Not for"), record.not_for.say(translate)),
        (N_("Stands in"), _from(record)),
    ]
    if record.reason:
        lines.append((N_("Overrules because"), record.reason.say(translate)))
    for label, text in lines:
        out.print(f"  [bold]{escape(translate(label))}[/bold]: {escape(text)}", highlight=False)
    tell(N_("Sources:"))
    for source in record.sources:
        parts = (source.title, source.say_year(translate), source.url)
        out.print(f"  - {', '.join(filter(None, parts))}", markup=False, highlight=False)
    if record.overruled:
        out.print()
        tell(N_("The record that is overruled:"))
        _explain(record.overruled)


def _figure(record: EvidenceRecord) -> str:
    if record.effect is None:
        return voice.say(N_("none was found"))
    return f"{record.effect.say(voice.translate)} ({record.effect.of.say(voice.translate)})"


def _as_data(record: EvidenceRecord) -> dict[str, Any]:
    """A record for another program: names are those of the code, texts in the language of the run."""
    translate, effect = voice.translate, record.effect
    return {
        "name": record.name,
        "label": record.label.say(translate),
        "claim": record.claim.say(translate),
        "direction": record.direction,
        "effect": effect
        and {"low": effect.low, "high": effect.high, "unit": effect.unit, "of": effect.of.say(translate)},
        "found_where": record.found_where.say(translate),
        "sources": [
            {"title": source.title, "url": source.url, "year": source.year, "undated": source.undated}
            for source in record.sources
        ],
        "grade": record.grade,
        "not_for": record.not_for.say(translate),
        "origin": record.origin,
        "reason": record.reason and record.reason.say(translate),
        "overruled": record.overruled and _as_data(record.overruled),
    }
