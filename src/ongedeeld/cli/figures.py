"""How measured figures are shown at the prompt, in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ongedeeld.cli.voice import out, tell, voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import CHOICES

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.notes import Note

OUTCOMES = {"known": "", "too_few": N_("too few to say"), "not_known": N_("not known")}


def write_csv(rows: pl.DataFrame, file: Path) -> None:
    """Write a table to a csv file."""
    try:
        rows.write_csv(file)
    except OSError as error:
        raise InputError(
            N_("{file} cannot be written: {detail}"),
            remedy=N_("choose a folder that is there and may be written to"),
            file=file,
            detail=error.strerror or str(error),
        ) from error


def tell_city(city: City) -> None:
    """Say which City this is, and whether it is invented."""
    tell(N_("{name} ({region})"), name=city.manifest.name, region=city.manifest.region)
    if city.manifest.invented:
        tell(N_("Everything in this City is invented."))


def number(value: float | None, decimals: int = 3) -> str:
    """A number as people write it; a dash where it is not known."""
    from ongedeeld.reporting.text import Speech

    return "-" if value is None else Speech(voice.language).number(value, decimals)


def figure(value: float | None, unit: str) -> str:
    """A figure with its unit."""
    from ongedeeld.reporting.text import Speech

    if value is None:
        return "-"
    if unit == "share":
        return f"{number(100 * value, 1)}\N{NO-BREAK SPACE}%"
    if unit == "metres":
        return f"{number(value, 0)}\N{NO-BREAK SPACE}m"
    if unit.startswith("grade") or unit == "score":
        return number(value, 2 if unit == "score" else 1)
    return Speech(voice.language).figure(value, unit)


def interval(low: float | None, high: float | None, shown: Callable[[float | None], str] = number) -> str:
    """Two limits; a dash where there are none."""
    return (
        "-"
        if low is None or high is None
        else f"{shown(low)}\N{NO-BREAK SPACE}\N{EN DASH}\N{NO-BREAK SPACE}{shown(high)}"
    )


def period(period: date | None) -> str:
    """A year or a day; a dash where there is none."""
    from ongedeeld.reporting.text import Speech

    return "-" if period is None else Speech(voice.language).period(period)


def scale(scale: str) -> str:
    """What people see for a level of areas or of the stock."""
    choice = CHOICES["level"].get(scale) or CHOICES["place_level"][scale]
    return choice.label(voice.language)


def said(texts: Mapping[str, str], name: str) -> str:
    """One of these texts, in the language of this run."""
    return voice.translate(texts[name]) if texts[name] else ""


MEASURED = (N_("value"), N_("by chance"), N_("adjusted"), N_("interval"), N_("p-value"), N_("remark"))


def measured(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of a measured index, in the order of `MEASURED`."""
    return (
        *(number(row[name]) for name in ("value", "expected_by_chance", "adjusted")),
        interval(row["low"], row["high"]),
        number(row["p_value"]),
        said(OUTCOMES, row["outcome"]),
    )


def tell_notes(notes: Iterable[Note]) -> None:
    """Print notes, each on a line of its own."""
    for each in notes:
        out.print(f"- {each.say(voice.translate)}", markup=False, highlight=False)
