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

AT_MOST = "\N{LESS-THAN OR EQUAL TO}\N{NO-BREAK SPACE}"
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


MEASURED = (N_("value"), N_("by chance"), N_("adjusted (interval)"), N_("p-value"))


def measured(row: Mapping[str, Any], draws: int) -> tuple[str, ...]:
    """The cells of a measured index, in the order of `MEASURED`; `draws` are those of its p-value."""
    return (
        *(number(row[name]) for name in ("value", "expected_by_chance")),
        with_interval(row["adjusted"], row["low"], row["high"]),
        p_value(row["p_value"], draws),
    )


def with_interval(
    value: float | None,
    low: float | None,
    high: float | None,
    shown: Callable[[float | None], str] = number,
) -> str:
    """A figure with the limits of its interval, where there are any; it stays on one line."""
    if low is None or high is None:
        return shown(value)
    return f"{shown(value)}\N{NO-BREAK SPACE}({shown(low)}\N{EN DASH}{shown(high)})"


def p_value(value: float | None, draws: int, *, sides: int = 1) -> str:
    """A p-value; the lowest that so many draws can give says no more than that it is at most that.

    Parameters
    ----------
    value
        The p-value, if there is one.
    draws
        How many random allotments it comes from.
    sides
        2 for a test of a difference either way.
    """
    floor = value is not None and value <= sides / (1 + draws) + 1e-12
    return f"{AT_MOST}{number(value)}" if floor else number(value)


def tell_notes(notes: Iterable[Note]) -> None:
    """Print notes, each once on a line of its own: what must be known first, then how figures were made."""
    told = list({each.say(voice.translate): each for each in notes}.items())
    for text in (text for text, each in told if not each.method):
        out.print(f"- {text}", markup=False, highlight=False)
    made = [text for text, each in told if each.method]
    if made:
        tell(N_("How these figures were made:"))
    for text in made:
        out.print(f"  {text}", markup=False, highlight=False)
