"""The command that tells how divided a City is: undivided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ongedeeld.cli.figures import (
    MEASURED,
    OUTCOMES,
    figure,
    measured,
    number,
    p_value,
    period,
    said,
    scale,
    tell_city,
    tell_notes,
    with_interval,
    write_csv,
)
from ongedeeld.cli.options import AsCsv, AsJson, Draws, Folder, Lang, Seed, open_city
from ongedeeld.cli.protecting import (
    FOR_TEAM,
    AcceptEased,
    DryRun,
    ForTeam,
    Leaving,
    NewLedger,
    Publish,
    publish,
)
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
    accept_eased: AcceptEased = False,
    dry_run: DryRun = False,
    draws: Draws = 199,
    seed: Seed = 0,
    lang: Lang = None,
) -> None:
    """Tell how divided a City is for groups, at which scale, and how that changed."""
    from ongedeeld.measures.undividedness.undivided import as_rows
    from ongedeeld.measures.undividedness.undivided import undivided as divided

    city = open_city(folder)
    period, earlier = (None if each is None else _first_day(each) for each in (year, since))
    leaving = Leaving(group, for_team, publish_in, new_ledger, accept_eased, dry_run)
    besides = {"--areas": areas, "--profile": profile, "--scales": scales, "--since": since}
    leaving.refuse_unclear(to_file=as_json or csv is not None, besides=besides)
    if leaving.ledger is not None:
        publish(city, leaving, scale, period, csv, as_json=as_json)
        return
    asked = checked_scales(profile, scales)
    found = divided(city, group, scale, period=period, since=earlier, draws=draws, seed=seed)
    made, on_profile = around(
        city, found, profile, asked, draws=draws, seed=seed, needed=csv is not None and not areas
    )
    notes = _all_notes(found, on_profile, by_area=areas or as_json)
    if csv is not None:
        write_csv(_areas(found) if areas else made.table if made else as_rows(found.results), csv)
    if as_json:
        print_json(leaving.marked(_as_data(city, found, made, notes)))
        return
    tell_city(city)
    _tell_groups(found)
    _tell_indices(found, draws)
    _tell_levels(found, draws)
    if made is not None:
        tell_profile(made, draws)
    _tell_change(found, draws)
    if areas:
        _tell_areas(found, draws)
    tell_notes(notes)
    if csv is not None:
        tell(N_("Written: {file}"), file=csv)
        if leaving.of_tenants:
            tell(FOR_TEAM)


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


def _tell_indices(found: Undivided, draws: int) -> None:
    from ongedeeld.measures.undividedness.index_names import INDEX_NAMES
    from ongedeeld.measures.undividedness.undivided import FIRST, as_rows

    rows = as_rows(found.results).to_dicts()
    unsure = any(row["outcome"] != "known" for row in rows)
    for title, chosen in (
        (N_("How divided"), [row for row in rows if row["index"] in FIRST]),
        (N_("For researchers"), [row for row in rows if row["index"] not in FIRST]),
    ):
        table(
            title,
            (N_("index"), *MEASURED, *((N_("remark"),) if unsure else ())),
            (
                (
                    said(INDEX_NAMES, row["index"]),
                    *measured(row, draws),
                    *((said(OUTCOMES, row["outcome"]),) if unsure else ()),
                )
                for row in chosen
            ),
        )
    errors = [result.interval_error for result in found.results if result.interval_error is not None]
    if errors:
        tell(
            N_(
                "With {draws} draws the limits of intervals differ from seed to seed by about {error}; with "
                "four times as many by half of that."
            ),
            draws=number(draws, 0),
            error=number(max(errors)),
        )


def _tell_levels(found: Undivided, draws: int) -> None:
    if found.levels is None:
        return
    table(
        N_("At which scale: parts of M"),
        (N_("scale (units)"), N_("share"), *MEASURED),
        (
            (
                f"{scale(row['level'])}\N{NO-BREAK SPACE}({number(row['units'], 0)})",
                figure(row["share"], "share"),
                *(_fine(row[name]) for name in ("value", "expected_by_chance")),
                with_interval(row["adjusted"], row["low"], row["high"], _fine),
                p_value(row["p_value"], draws),
            )
            for row in found.levels.table.to_dicts()
        ),
    )


def _fine(value: float | None) -> str:
    """A number of nats, which are small."""
    return number(value, 4)


def _tell_change(found: Undivided, draws: int) -> None:
    if found.change is None or found.compared is None:
        return
    low, high = found.compared.interval or (None, None)
    tell(
        N_(
            "Since {since} dissimilarity changed by {change}; adjusted for chance by {adjusted} (p-value "
            "{p_value})."
        ),
        since=period(found.since),
        change=_signed(found.compared.value),
        adjusted=with_interval(found.compared.adjusted, low, high, _signed),
        p_value=p_value(found.compared.p_value, draws, sides=2),
    )
    rows = _change_rows(found)
    unsure = any(row["enough"] is False for row in rows)
    table(
        N_("Change in M"),
        (N_("part"), N_("value"), N_("adjusted (interval)"), *((N_("remark"),) if unsure else ())),
        (
            (
                said(CHANGES, row["part"]),
                _fine(row["value"]),
                with_interval(row["adjusted"], row["low"], row["high"], _fine),
                *((said(OUTCOMES, "too_few" if row["enough"] is False else "known"),) if unsure else ()),
            )
            for row in rows
        ),
    )


def _signed(value: float | None) -> str:
    """A change, with its sign."""
    from ongedeeld.reporting.text import Speech

    return "-" if value is None else Speech(voice.language).number(value, 3, signed=True)


def _change_rows(found: Undivided) -> list[dict[str, Any]]:
    """M at both dates, and the parts of its change."""
    if found.change is None:
        return []
    empty = {"adjusted": None, "low": None, "high": None, "enough": None}
    dates = [{"part": name, "value": getattr(found.change, name), **empty} for name in ("before", "after")]
    return [*dates, *found.change.parts.to_dicts()]


def _areas(found: Undivided) -> pl.DataFrame:
    return found.areas.table.with_columns(name=found.counts.names)


def _tell_areas(found: Undivided, draws: int) -> None:
    rows = _areas(found).sort("contribution", descending=True, nulls_last=True).to_dicts()
    table(
        N_("What every area adds to M"),
        (
            N_("area"),
            N_("name"),
            N_("number"),
            N_("adds"),
            N_("local M"),
            N_("estimate (interval)"),
            N_("p-value"),
        ),
        (
            (
                row["area"],
                row["name"],
                number(row["people"], 0),
                _fine(row["contribution"]),
                number(row["value"]),
                *measured(row, draws)[2:],
            )
            for row in rows
        ),
    )
    tell(
        N_(
            "The estimate of an area is pulled to the whole, the more so the fewer live there; it is not the "
            "adjusted value of an index."
        )
    )


def _all_notes(found: Undivided, on_profile: Sequence[Note], *, by_area: bool) -> list[Note]:
    """Every note once, the order kept."""
    said = [
        *found.notes,
        *(each for result in found.results for each in result.notes),
        *(found.levels.notes if found.levels else ()),
        *on_profile,
        *(found.change.notes if found.change else ()),
        *(found.compared.notes if found.compared else ()),
        *(found.areas.notes if by_area else ()),
    ]
    return list({str(each): each for each in said}.values())


def _as_data(city: City, found: Undivided, made: Profile | None, notes: Sequence[Note]) -> dict[str, Any]:
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
        "notes": [each.say() for each in notes],
    }
