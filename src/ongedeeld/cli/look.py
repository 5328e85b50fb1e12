"""Commands that look at a City: check, describe, areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ongedeeld.cli.options import AsJson, Folder, Lang, open_city
from ongedeeld.cli.rows import readable, some
from ongedeeld.cli.voice import number, out, print_json, table, tell, voice, warn
from ongedeeld.errors import N_, AbsentError
from ongedeeld.vocabulary import CHOICES, TABLES

if TYPE_CHECKING:
    from ongedeeld.reporting.description import Description

SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}


def check(
    folder: Folder,
    strict: Annotated[bool, typer.Option(help="Count warnings as failure too.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Run every named check; exit with 1 when there are errors (or warnings, with --strict)."""
    city = open_city(folder)
    findings = city.check()
    in_words = readable(city)
    if as_json:
        print_json([asdict(finding) | {"text": finding.say(voice.translate)} for finding in findings])
    elif not findings:
        tell(N_("No findings."))
    for finding in [] if as_json else findings:
        severity = voice.translate(SEVERITIES[finding.severity])
        out.print(
            f"[bold]{severity}[/bold] {finding.check}: {escape(finding.say(voice.translate))}",
            highlight=False,
        )
        out.print(f"  {some(finding.rows, in_words)}", markup=False, highlight=False)
    failing = {"error", "warning"} if strict else {"error"}
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(1)


def areas(
    folder: Folder,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Part of a code, or of the name of an area or district.")
    ] = "",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List the neighbourhoods of a City, with their codes and districts."""
    from ongedeeld.city.lookup import near_names, neighbourhoods

    held = open_city(folder).table("areas")
    found = neighbourhoods(held, text)
    if as_json:
        print_json(found.to_dicts())
    elif len(found):
        table(
            N_("Neighbourhoods"),
            (N_("code"), N_("name"), N_("district")),
            ((code, name, district or "-") for code, name, district in found.iter_rows()),
        )
    else:
        near = near_names(neighbourhoods(held), text)
        raise AbsentError(
            N_("no neighbourhood of this City holds {name} in its code, name or district"),
            expected=N_("one that comes near: {near}") if near else "",
            remedy=N_("list all with: ongedeeld areas DIR"),
            name=text,
            near=near,
        )


def describe(folder: Folder, as_json: AsJson = False, lang: Lang = None) -> None:
    """Tell what is in a City, what is missing, and where it comes from."""
    from ongedeeld.reporting.description import describe as facts_of

    facts = facts_of(open_city(folder), voice.language, voice.translate)
    if as_json:
        print_json(asdict(facts))
        return
    _tell_city(facts)
    _tell_tables(facts)
    for remark in facts.remarks:
        out.print(f"- {remark}", markup=False, highlight=False)


def _tell_city(facts: Description) -> None:
    """Tell what City it is, and of what it is made."""
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
        for remark in [remark for remark in facts.remarks if remark.startswith("drawn-stock")][:1]:
            warn(remark)


def _tell_tables(facts: Description) -> None:
    """Tell how many areas, rows and figures there are, and their sources."""
    levels = {code: choice.label(voice.language) for code, choice in CHOICES["level"].items()}
    table(
        N_("Areas"),
        (N_("level"), N_("areas"), N_("with boundary")),
        (
            (levels[level], number(count), number(facts.with_boundary[level]))
            for level, count in facts.areas.items()
        ),
    )
    table(
        N_("Tables"),
        (N_("table"), N_("rows")),
        ((TABLES[name].label(voice.language), number(rows)) for name, rows in facts.tables.items()),
    )
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


def _coverage_rows(facts: Description) -> Iterator[tuple[str, ...]]:
    """A row for each indicator: its years, and for each level how many areas know it."""
    for label, group in groupby(facts.coverage, key=lambda row: row.label):
        rows = list(group)
        years = sorted({row.first for row in rows} | {row.last for row in rows})
        by_level = {row.level: f"{row.known}/{row.areas}" for row in rows}
        span = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
        yield (label, span, *(by_level.get(level, "-") for level in facts.areas))
