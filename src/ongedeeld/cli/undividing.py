"""The command that tells how divided a City is: undivided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ongedeeld.cli.figures import (
    MEASURED,
    figure,
    interval,
    measured,
    number,
    period,
    said,
    scale,
    tell_city,
    tell_notes,
    write_csv,
)
from ongedeeld.cli.options import AsCsv, AsJson, Draws, Folder, Lang, Seed, open_city
from ongedeeld.cli.protecting import ForTeam, Leaving, NewLedger, Publish, publish
from ongedeeld.cli.surroundings import AskedProfile, AskedScales, around, checked_scales, tell_profile
from ongedeeld.cli.voice import print_json, table, tell, voice
from ongedeeld.errors import N_, InputError, Marked

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.notes import Note
    from ongedeeld.measures.undividedness.groups import GroupCounts
    from ongedeeld.measures.undividedness.profile import Profile
    from ongedeeld.measures.undividedness.undivided import Undivided

Scale = Literal["neighbourhood", "district", "complex", "entrance"]
INDICES = {
    "dissimilarity": N_("dissimilarity (D)"),
    "theil_h": N_("Theil's H"),
    "mutual_information": N_("mutual information (M)"),
    "gini": N_("Gini"),
    "atkinson": N_("Atkinson (b = 0.5)"),
    "simpson_interaction": N_("Simpson interaction"),
    "correlation_ratio": N_("correlation ratio"),
}
CHANGES = {
    "before": N_("M before"),
    "after": N_("M after"),
    "change": N_("change"),
    "mix": N_("of which the mix of the city"),
    "place": N_("of which who lives where"),
    "left": N_("of which areas left"),
    "new": N_("of which new areas"),
}


def undivided(
    folder: Folder,
    group: Annotated[
        str,
        typer.Option(
            metavar="GROUPS", help="Groups, such as tenure; or one group of them, such as tenure:association."
        ),
    ],
    scale: Annotated[
        Scale | None, typer.Option(help="By default neighbourhood; complex for groups of tenants.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year of the figures; by default the last.")] = None,
    since: Annotated[int | None, typer.Option(help="Earlier year to compare with.")] = None,
    areas: Annotated[
        bool, typer.Option("--areas", help="Show what every area adds to M; with --csv, write that.")
    ] = False,
    profile: AskedProfile = None,
    scales: AskedScales = None,
    as_json: AsJson = False,
    csv: AsCsv = None,
    for_team: ForTeam = False,
    publish_in: Publish = None,
    new_ledger: NewLedger = False,
    draws: Draws = 199,
    seed: Seed = 0,
    lang: Lang = None,
) -> None:
    """Tell how divided a City is for groups, at which scale, and how that changed."""
    from ongedeeld.measures.undividedness.undivided import as_rows
    from ongedeeld.measures.undividedness.undivided import undivided as divided

    city = open_city(folder)
    period, earlier = (None if each is None else _first_day(each) for each in (year, since))
    leaving = Leaving(group, for_team, publish_in, new_ledger)
    leaving.refuse_unclear(lists=areas, to_file=as_json or csv is not None)
    if leaving.ledger is not None:
        publish(city, leaving, scale, period, csv, as_json=as_json)
        return
    asked = checked_scales(profile, scales)
    found = divided(city, group, scale, period=period, since=earlier, draws=draws, seed=seed)
    made = around(city, found, profile, asked, draws=draws, seed=seed)
    if csv is not None:
        write_csv(_areas(found) if areas else made.table if made else as_rows(found.results), csv)
    if as_json:
        print_json(leaving.without_lists(_as_data(city, found, made)))
        return
    tell_city(city)
    _tell_groups(found)
    _tell_indices(found)
    _tell_levels(found)
    if made is not None:
        tell_profile(made)
    _tell_change(found)
    if areas:
        _tell_areas(found)
    tell_notes(_all_notes(found, made))
    if csv is not None:
        tell(N_("Written: {file}"), file=csv)


def _first_day(year: int) -> date:
    if not 1900 <= year <= 2100:
        raise InputError(N_("{year} is not a year"), expected=N_("1900 to 2100"), year=year)
    return date(year, 1, 1)


def _group(counts: GroupCounts, group: str) -> str:
    text = counts.groups.label(group, voice.language)
    return voice.translate(text) if isinstance(text, Marked) else text


def _tell_groups(found: Undivided) -> None:
    counts = found.counts
    tell(
        N_("{groups} by {scale}, {period}; units: {areas}, counted: {people}."),
        groups=voice.translate(counts.groups.title),
        scale=scale(counts.scale),
        period=period(counts.period),
        areas=found.results[0].areas,
        people=number(found.results[0].people, 0),
    )
    if found.group:
        tell(N_("One group against the rest: {group}."), group=_group(counts, found.group))
    sums = {name: int(counts.table[name].sum()) for name in counts.groups.names}
    whole = sum(sums.values()) or 1
    table(
        N_("Groups"),
        (N_("group"), N_("number"), N_("share")),
        ((_group(counts, name), number(n, 0), figure(n / whole, "share")) for name, n in sums.items()),
    )


def _tell_indices(found: Undivided) -> None:
    from ongedeeld.measures.undividedness.undivided import FIRST, as_rows

    rows = as_rows(found.results).to_dicts()
    for title, chosen in (
        (N_("How divided"), [row for row in rows if row["index"] in FIRST]),
        (N_("For researchers"), [row for row in rows if row["index"] not in FIRST]),
    ):
        table(
            title,
            (N_("index"), *MEASURED),
            ((said(INDICES, row["index"]), *measured(row)) for row in chosen),
        )


def _tell_levels(found: Undivided) -> None:
    if found.levels is None:
        return
    table(
        N_("At which scale: parts of M"),
        (N_("scale"), N_("units"), N_("value"), N_("share"), N_("by chance"), N_("adjusted"), N_("p-value")),
        (
            (
                scale(row["level"]),
                row["units"],
                number(row["value"], 4),
                figure(row["share"], "share"),
                *(number(row[name], 4) for name in ("expected_by_chance", "adjusted")),
                number(row["p_value"]),
            )
            for row in found.levels.table.to_dicts()
        ),
    )


def _tell_change(found: Undivided) -> None:
    if found.change is None or found.compared is None:
        return
    tell(
        N_("Since {since}: dissimilarity {change}, adjusted {adjusted} ({interval}), p-value {p_value}."),
        since=period(found.since),
        change=number(found.compared.value),
        adjusted=number(found.compared.adjusted),
        interval=interval(*(found.compared.interval or (None, None))),
        p_value=number(found.compared.p_value),
    )
    table(
        N_("Change in M"),
        (N_("part"), N_("value"), N_("adjusted"), N_("interval")),
        (
            (
                said(CHANGES, row["part"]),
                *(number(row[name], 4) for name in ("value", "adjusted")),
                interval(row["low"], row["high"], lambda value: number(value, 4)),
            )
            for row in _change_rows(found)
        ),
    )


def _change_rows(found: Undivided) -> list[dict[str, Any]]:
    """M at both dates, and the parts of its change."""
    if found.change is None:
        return []
    empty = {"adjusted": None, "low": None, "high": None}
    dates = [{"part": name, "value": getattr(found.change, name), **empty} for name in ("before", "after")]
    return [*dates, *found.change.parts.to_dicts()]


def _areas(found: Undivided) -> pl.DataFrame:
    return found.areas.table.with_columns(name=found.counts.names)


def _tell_areas(found: Undivided) -> None:
    rows = _areas(found).sort("contribution", descending=True, nulls_last=True).to_dicts()
    table(
        N_("What every area adds to M"),
        (N_("area"), N_("name"), N_("number"), N_("adds"), N_("local M"), *MEASURED[1:5]),
        (
            (
                row["area"],
                row["name"],
                number(row["people"], 0),
                number(row["contribution"], 4),
                number(row["value"]),
                *measured(row | {"outcome": "known"})[1:5],
            )
            for row in rows
        ),
    )


def _all_notes(found: Undivided, made: Profile | None) -> list[Note]:
    """Every note once, the order kept."""
    said = [
        *found.notes,
        *(each for result in found.results for each in result.notes),
        *(found.levels.notes if found.levels else ()),
        *(made.notes if made else ()),
        *(found.change.notes if found.change else ()),
        *(found.compared.notes if found.compared else ()),
        *found.areas.notes,
    ]
    return list({str(each): each for each in said}.values())


def _as_data(city: City, found: Undivided, made: Profile | None) -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    from ongedeeld.measures.undividedness.undivided import as_rows

    compared, counts = found.compared, found.counts
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        "groups": counts.groups.name,
        "group": found.group,
        "scale": counts.scale,
        "period": counts.period,
        "counts": {name: int(counts.table[name].sum()) for name in counts.groups.names},
        "indices": as_rows(found.results).to_dicts(),
        "levels": found.levels.table.to_dicts() if found.levels else [],
        "profile": made.table.to_dicts() if made else [],
        "since": found.since,
        "change": _change_rows(found),
        "compared": {
            name: getattr(compared, name) for name in ("index", "value", "adjusted", "interval", "p_value")
        }
        if compared
        else None,
        "areas": _areas(found).to_dicts(),
        "notes": [each.say() for each in _all_notes(found, made)],
    }
