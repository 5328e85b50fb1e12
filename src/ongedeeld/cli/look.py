"""Commands that look at a City: check, describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ongedeeld.cli.options import AsJson, Folder, open_city
from ongedeeld.cli.voice import out, print_json, table, tell, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import CHOICES

if TYPE_CHECKING:
    from ongedeeld.reporting.description import Description

SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}


def check(
    folder: Folder,
    strict: Annotated[bool, typer.Option(help="Count warnings as failure too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run every named check; exit with 1 when there are errors (or warnings, with --strict)."""
    findings = open_city(folder).check()
    if as_json:
        print_json([asdict(finding) | {"text": finding.say()} for finding in findings])
    elif not findings:
        tell(N_("No findings."))
    for finding in [] if as_json else findings:
        severity = voice.translate(SEVERITIES[finding.severity])
        out.print(
            f"[bold]{severity}[/bold] {finding.check}: {escape(finding.say(voice.translate))}",
            highlight=False,
        )
        out.print(f"  {_some(finding.rows)}", markup=False, highlight=False)
    failing = {"error", "warning"} if strict else {"error"}
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(1)


def _some(rows: tuple[str, ...], most: int = 5) -> str:
    shown = ", ".join(rows[:most])
    more = len(rows) - most
    return shown if more <= 0 else voice.say(N_("{shown} and {more} more"), shown=shown, more=more)


def describe(folder: Folder, as_json: AsJson = False) -> None:
    """Tell what is in a City, what is missing, and where it comes from."""
    from ongedeeld.reporting.description import describe as facts_of

    facts = facts_of(open_city(folder), voice.language, voice.translate)
    if as_json:
        print_json(asdict(facts))
        return
    tell(
        N_("{name} ({region}), built on {created}"),
        name=facts.name,
        region=facts.region,
        created=facts.created,
    )
    if facts.invented:
        tell(N_("Everything in this City is invented."))
    if facts.stock == "drawn":
        tell(N_("The homes are drawn from published totals: for simulation only."))
    levels = {code: choice.label(voice.language) for code, choice in CHOICES["level"].items()}
    table(
        N_("Areas"),
        (N_("level"), N_("areas"), N_("with boundary")),
        ((levels[level], count, facts.with_boundary[level]) for level, count in facts.areas.items()),
    )
    table(N_("Tables"), (N_("table"), N_("rows")), facts.tables.items())
    table(
        N_("Indicators, latest period"),
        (N_("indicator"), N_("years"), *(levels[level] for level in facts.areas)),
        _coverage_rows(facts),
    )
    table(
        N_("Sources"),
        (N_("source"), N_("owner"), N_("licence"), N_("file")),
        ((s["title"], s["owner"], s["licence"], s["file"]) for s in facts.sources),
    )
    for remark in facts.remarks:
        out.print(f"- {remark}", markup=False, highlight=False)


def _coverage_rows(facts: Description) -> Iterator[tuple[str, ...]]:
    """A row for each indicator: its years, and for each level how many areas know it."""
    for label, group in groupby(facts.coverage, key=lambda row: row.label):
        rows = list(group)
        years = sorted({row.first for row in rows} | {row.last for row in rows})
        by_level = {row.level: f"{row.known}/{row.areas}" for row in rows}
        span = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
        yield (label, span, *(by_level.get(level, "-") for level in facts.areas))
