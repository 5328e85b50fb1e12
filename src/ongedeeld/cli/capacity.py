"""The command that lists the cards of all places of a level: capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import polars as pl
import typer

from ongedeeld.cli.bearing import (
    AskedDay,
    OwnEvidence,
    ScoringFile,
    ViewsFile,
    asked_day,
    between,
    day_said,
    make_cards,
    score,
    tell_register,
    whole,
)
from ongedeeld.cli.figures import scale, tell_city, tell_notes, write_csv
from ongedeeld.cli.options import AsCsv, AsJson, Folder, Lang, open_city
from ongedeeld.cli.protecting import FOR_TEAM, ForTeam
from ongedeeld.cli.team import has_records, refuse_for_nobody, tell_written
from ongedeeld.cli.voice import print_json, table, tell, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import load_evidence

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.measures.capacity import Cards

Scale = Literal["complex", "neighbourhood", "district", "entrance"]
THEMES = {
    "clean_whole_safe": N_("clean, whole, safe"),
    "nuisance": N_("nuisance"),
    "financial": N_("financial"),
    "social": N_("social"),
    "livability": N_("livability"),
}
SIDES = {"load": N_("load"), "capacity": N_("capacity"), "balance": N_("balance")}


def capacity(
    folder: Folder,
    level: Annotated[
        Scale | None,
        typer.Option(help="By default complex; neighbourhood for a City without complexes of its own."),
    ] = None,
    scoring: ScoringFile = None,
    views: ViewsFile = None,
    evidence: OwnEvidence = None,
    day: AskedDay = None,
    as_json: AsJson = False,
    csv: AsCsv = None,
    for_team: ForTeam = False,
    lang: Lang = None,
) -> None:
    """List the cards of all complexes, neighbourhoods or districts: themes, load, capacity and balance."""
    city = open_city(folder)
    when = asked_day(city, day)
    refuse_for_nobody(city, to_file=as_json or csv is not None, for_team=for_team)
    asked = level or ("complex" if city.has("complexes") else "neighbourhood")
    made = make_cards(city, asked, when, scoring, views, load_evidence(evidence))
    if csv is not None:
        write_csv(as_rows(made), csv)
    if as_json:
        print_json(_as_data(city, made))
        return
    tell_city(city)
    tell_register(city, when)
    tell(
        N_("Cards by {level}, as known on {day}; places: {count}, largest task first."),
        level=scale(asked),
        day=day_said(when),
        count=whole(len(made.units)),
    )
    rows = as_rows(made).to_dicts()
    _tell_themes(made, rows)
    _tell_balance(made, rows)
    tell_notes(made.notes)
    tell(N_("See what a card is made of with: ongedeeld card DIR {unit}"), unit=rows[0]["unit"])
    if csv is not None:
        tell_written(city, csv)


def as_rows(made: Cards) -> pl.DataFrame:
    """A row per unit, largest task first: its themes, load, capacity, balance and place in the order.

    Parameters
    ----------
    made
        The cards.

    Returns
    -------
    pl.DataFrame
        `unit`, `name` and `homes`; per theme its score, `_low`, `_high`, `_outcome` and `_overruled`; the
        columns of the balance and of the ranks, of which `score` is that of all themes together.
    """
    columns = ("score", "low", "high", "outcome", "overruled")
    wide = made.themes.pivot("theme", index="unit", values=columns, separator=" ")
    themes = made.themes["theme"].unique(maintain_order=True)
    named = [
        pl.col(f"{column} {theme}").alias(theme if column == "score" else f"{theme}_{column}")
        for theme in themes
        for column in columns
    ]
    joined = made.units.join(wide.select("unit", *named), on="unit", how="left")
    for part in (made.balance, made.ranks):
        joined = joined.join(part, on="unit", how="left")
    return joined.sort("rank", "weights_first", "unit", nulls_last=True)


def _tell_themes(made: Cards, rows: list[dict[str, Any]]) -> None:
    themes = [theme for theme in THEMES if theme in rows[0]]
    table(
        N_("Themes, with the interval below: 1 is a small task, 5 a large one"),
        (voice.say(N_("{level} (homes)"), level=scale(made.level)), *(THEMES[theme] for theme in themes)),
        ((_with_homes(row), *(_theme(row, theme) for theme in themes)) for row in rows),
    )


def _theme(row: dict[str, Any], theme: str) -> str:
    """The score of a theme, its interval and, where there is one, the view of professionals."""
    lines = [score(row[theme], row[f"{theme}_outcome"]), between(row[f"{theme}_low"], row[f"{theme}_high"])]
    if row[f"{theme}_overruled"] is not None:
        lines.append(voice.say(N_("prof.: {score}"), score=score(row[f"{theme}_overruled"], "known")))
    return "\n".join(lines)


def _tell_balance(made: Cards, rows: list[dict[str, Any]]) -> None:
    sides = [side for side in SIDES if rows[0][f"{side}_low"] is not None]
    table(
        N_("Load against capacity; place in the order, and what it hangs on"),
        (
            scale(made.level),
            *(SIDES[side] for side in sides),
            N_("place"),
            N_("other weights"),
            N_("by chance"),
        ),
        (
            (
                f"{row['name']}\n{row['unit']}",
                *(_side(row, side) for side in sides),
                whole(row["rank"]),
                between(row["weights_first"], row["weights_last"], whole),
                between(row["chance_first"], row["chance_last"], whole),
            )
            for row in rows
        ),
    )


def _side(row: dict[str, Any], side: str) -> str:
    """Load, capacity or balance with its interval; a balance lacks what one of its sides lacks."""
    lacking = [row[f"{each}_outcome"] for each in ("load", "capacity") if row[each] is None]
    outcome = row.get(f"{side}_outcome") or (lacking or ["known"])[0]
    return f"{score(row[side], outcome)}\n{between(row[f'{side}_low'], row[f'{side}_high'])}"


def _with_homes(row: dict[str, Any]) -> str:
    """The name of a place, its number or code, and how many homes the association has there."""
    homes = "" if row["homes"] is None else f" ({whole(row['homes'])})"
    return f"{row['name']}\n{row['unit']}{homes}"


def _as_data(city: City, made: Cards) -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    notes = [each.say() for each in made.notes]
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        "level": made.level,
        "day": made.day,
        "cards": as_rows(made).to_dicts(),
        "figures": made.figures.to_dicts(),
        "grades": made.grades.to_dicts(),
        "scoring": made.scoring.origin,
        "evidence": list(made.evidence),
        "notes": [*notes, str(FOR_TEAM)] if has_records(city) else notes,
    }
