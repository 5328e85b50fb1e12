"""The report of a dry run in the language of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import INDICATORS, TABLES
from ongedeeld.web.cities.losing import Losses, losses_in
from ongedeeld.web.cities.models import CityVersion

MOST_NAMED = 20
"""How many areas and figures are told by name."""
SEVERITY_HEADS = {
    "error": N_("Errors: these make results wrong"),
    "warning": N_("Warnings: these may make results wrong"),
    "note": N_("Notes: what is not known"),
}


_NOTHING: Mapping[str, Any] = {"tables": ()}


@dataclass(frozen=True)
class Found:
    """What one check found: what is the matter, in which file and rows, and what to do next."""

    text: str
    where: str
    rows: tuple[str, ...]
    more: int
    following: str


@dataclass(frozen=True)
class Report:
    """A report to be shown.

    `losses` are sentences on what is gone beside the version in use.
    `findings` are the severities, their heads, and what was found of each; `tables` and `changes` are rows of
    tables, `unchanged` the tables in which nothing changes; `news` are words with names behind them.
    """

    error: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str, tuple[Found, ...]], ...]
    remarks: tuple[tuple[str, str], ...]
    compared: bool
    tables: tuple[tuple[str, ...], ...]
    unchanged: str
    news: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, ...], ...]
    errors: int
    losses: tuple[str, ...]


def report_of(version: CityVersion, speech: Speech) -> Report:
    """The report of a version."""
    told: Mapping[str, Any] = version.report
    language = speech.language
    compared = told.get("compared")
    return Report(
        error=tuple(told["error"][language].splitlines()) if "error" in told else (),
        files=tuple((one["name"], one["kind"][language]) for one in told.get("files", ())),
        findings=tuple(_findings(told, language)),
        remarks=tuple((one["source"], one["text"][language]) for one in told.get("remarks", ())),
        compared=compared is not None,
        tables=tuple(_tables(told, speech)),
        unchanged=", ".join(
            TABLES[one["table"]].label(language)
            for one in (compared or _NOTHING)["tables"]
            if not _differs(one)
        ),
        news=tuple(_news(compared, speech)) if compared else (),
        changes=tuple(_change(one, speech) for one in compared["largest"]) if compared else (),
        errors=told.get("counts", {}).get("error", 0),
        losses=tuple(_losses(losses_in(told), speech)),
    )


def _losses(lost: Losses, speech: Speech) -> Iterator[str]:
    """What is gone, in sentences."""
    for name, before, now in lost.tables:
        yield speech.say(
            N_("Of the table {table} {now} rows are left of {before}."),
            table=TABLES[name].label(speech.language),
            now=speech.number(now),
            before=speech.number(before),
        )
    if lost.areas:
        yield speech.say(N_("Areas that are gone: {names}."), names=_listed(list(lost.areas), speech))
    if lost.indicators:
        labels = [INDICATORS[one].label(speech.language) for one in lost.indicators if one in INDICATORS]
        yield speech.say(N_("Figures that are gone: {names}."), names=_listed(labels, speech))


def _findings(told: Mapping[str, Any], language: str) -> Any:
    for severity, head in SEVERITY_HEADS.items():
        found = [one for one in told.get("findings", ()) if one["severity"] == severity]
        if found:
            yield severity, head, tuple(_found(one, language) for one in found)


def _found(one: Mapping[str, Any], language: str) -> Found:
    table = one["table"][language] if one["table"] else ""
    rows = tuple(row[language] for row in one["rows"])
    return Found(
        one["text"][language],
        " · ".join(part for part in (one["file"], table) if part),
        rows,
        one["count"] - len(rows),
        one["next"][language],
    )


def _tables(told: Mapping[str, Any], speech: Speech) -> Any:
    compared = told.get("compared")
    if compared is None:
        for name, rows in told.get("tables", {}).items():
            yield (TABLES[name].label(speech.language), speech.number(rows))
        return
    for one in filter(_differs, compared["tables"]):
        numbers = (one[name] for name in ("before", "now", "new", "gone", "changed"))
        yield (TABLES[one["table"]].label(speech.language), *(speech.number(count) for count in numbers))


def _differs(one: Mapping[str, Any]) -> bool:
    return any(one[name] for name in ("new", "gone", "changed"))


def _news(compared: Mapping[str, Any], speech: Speech) -> Any:
    labels = {
        name: [INDICATORS[one].label(speech.language) for one in compared[name] if one in INDICATORS]
        for name in ("indicators_new", "indicators_gone")
    }
    periods = [speech.period(date.fromisoformat(one)) for one in compared["periods_new"]]
    for head, names in (
        (N_("New areas"), compared["areas_new"]),
        (N_("Areas that are gone"), compared["areas_gone"]),
        (N_("New figures"), labels["indicators_new"]),
        (N_("Figures that are gone"), labels["indicators_gone"]),
        (N_("New periods"), periods),
    ):
        if names:
            yield speech.say(head), _listed(list(names), speech)


def _listed(names: list[str], speech: Speech) -> str:
    shown, more = "; ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return (
        speech.say(N_("{shown}; and {more} more"), shown=shown, more=speech.number(more))
        if more > 0
        else shown
    )


def _change(one: Mapping[str, Any], speech: Speech) -> tuple[str, ...]:
    indicator = INDICATORS[one["indicator"]]
    return (
        one["area"],
        indicator.label(speech.language),
        speech.period(date.fromisoformat(one["period"])),
        speech.figure(one["before"], indicator.unit),
        speech.figure(one["now"], indicator.unit),
    )


def goes_on(version: CityVersion) -> date | None:
    """The day on which a version is removed; none where it is in use or gone."""
    since = version.ended_at if version.state == CityVersion.State.RETIRED else version.made_at
    if version.state in (CityVersion.State.CURRENT, CityVersion.State.DELETED) or since is None:
        return None
    return timezone.localdate(since + timedelta(days=settings.CITY_DAYS + 1))
