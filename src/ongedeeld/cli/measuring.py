"""The command that measures a City as a whole: measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ongedeeld.cli.figures import (
    MEASURED,
    OUTCOMES,
    figure,
    measured,
    number,
    period,
    said,
    scale,
    tell_city,
    tell_notes,
    with_interval,
    write_csv,
)
from ongedeeld.cli.options import AsCsv, AsJson, Draws, Folder, Lang, Seed, open_city
from ongedeeld.cli.protecting import FOR_TEAM, WITHHELD, ForTeam
from ongedeeld.cli.voice import print_json, table, tell, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import CHOICES, INDICATORS

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.inclusion import PublishedHouseholds, WalkingNetwork
    from ongedeeld.measures.notes import Note

Households = Annotated[
    Path | None,
    typer.Option(
        "--households", metavar="FILE", help="Published numbers of households of the region by type."
    ),
]
Network = Annotated[
    Path | None,
    typer.Option(
        "--network", metavar="FILE", help="Paths to walk along: csv of paths, or GeoPackage of lines."
    ),
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--day", metavar="DATE", formats=["%Y-%m-%d"], help="The rules of this day hold; today by default."
    ),
]
MEASURES = {
    "published_distance": N_("distance as published"),
    "homes_near": N_("homes of the association within 500 m"),
    "homes_near_meeting_place": N_("homes of the association within 500 m of a place to meet"),
    "taking_part": N_("taking part"),
    "answers_of_residents": N_("residents' answers (1 to 10)"),
    "inspections": N_("inspections (1 to 5)"),
    "room": N_("room for groups"),
}
SUBJECTS = {
    "indoor": N_("indoors"),
    "outdoor": N_("outdoors"),
    "in_work": N_("in paid work"),
    "education_low": N_("lower education"),
    "education_high": N_("higher education"),
    "social_assistance": N_("social assistance"),
    "disability_benefit": N_("disability benefit"),
    "unemployment_benefit": N_("unemployment benefit"),
    "clean": N_("clean"),
    "whole": N_("whole"),
    "safe": N_("safe"),
    "types_without_home": N_("types of household that no home fits"),
    "homes_for_nobody": N_("homes that fit no type of household"),
}


def measure(
    folder: Folder,
    as_json: AsJson = False,
    csv: AsCsv = None,
    for_team: ForTeam = False,
    draws: Draws = 199,
    seed: Seed = 0,
    day: Day = None,
    households: Households = None,
    network: Network = None,
    lang: Lang = None,
) -> None:
    """Measure a City: livability, how undivided it is, and how inclusive; side by side, never added up.

    Figures on tenants are shown; they are written with --for-team only.
    """
    from ongedeeld.measures.overview import overview

    city = open_city(folder)
    of_day = date.today() if day is None else day.date()
    published = None if households is None else _read_households(households)
    ways = None if network is None else _read_network(network)
    found = overview(city, of_day, households=published, ways=ways, draws=draws, seed=seed)
    others = _without_tenants(found.table)
    written, note = (found.table, FOR_TEAM) if for_team else (others, WITHHELD)
    notes = [note] if others.height < found.table.height else []
    if csv is not None:
        write_csv(written, csv)
    if as_json:
        asked = {
            "day": of_day,
            "households": None if published is None else published.source,
            "ways": "straight_line" if ways is None else ways.name,
        }
        print_json(_as_data(city, asked, written, found.missing, notes))
        return
    tell_city(city)
    _tell_asked(of_day, published, network)
    _tell_livability(_of_theme(found.table, "livability"))
    _tell_undividedness(_of_theme(found.table, "undividedness"), draws)
    _tell_inclusion(_of_theme(found.table, "inclusion"))
    if found.missing:
        tell(N_("What this City does not tell:"))
        tell_notes(found.missing)
    if csv is not None:
        tell(N_("Written: {file}"), file=csv)
        for each in notes:
            tell(each)


def _as_data(
    city: City, asked: Mapping[str, object], figures: pl.DataFrame, missing: Sequence[Note], notes: list[str]
) -> dict[str, Any]:
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        **asked,
        "figures": figures.to_dicts(),
        "missing": [said.say() for said in missing],
        "notes": notes,
    }


def _tell_asked(day: date, published: PublishedHouseholds | None, network: Path | None) -> None:
    """Tell what the figures rest on beside the City."""
    tell(N_("Rule values are those of {day}."), day=day.isoformat())
    if published is not None:
        tell(
            N_("Types of household that are absent do not count; as published by {source}, {period}."),
            source=published.source,
            period=period(published.period),
        )
    if network is not None:
        tell(N_("Homes within 500 m: along the walking network {file}."), file=network.name)


def _read_households(file: Path) -> PublishedHouseholds:
    from ongedeeld.measures.overview import households_of
    from ongedeeld.sources.tabular import read_sheets

    return households_of(read_sheets(file)[0].frame, file.name)


def _read_network(file: Path) -> WalkingNetwork:
    from ongedeeld.measures.overview import network_of, network_of_lines
    from ongedeeld.sources.geofile import read_layers
    from ongedeeld.sources.tabular import read_sheets

    if file.suffix.lower() in (".gpkg", ".shp", ".geojson"):
        layers = read_layers(file, shapes=True)
        layer = layers[0] if len(layers) == 1 else None
        if layer is None or layer.shapes is None:
            return network_of_lines((), None, file.name)
        return network_of_lines(layer.shapes, layer.crs, file.name)
    return network_of(read_sheets(file)[0].frame, file.name)


def _without_tenants(rows: pl.DataFrame) -> pl.DataFrame:
    """The figures that do not rest on counts of the association's own tenants."""
    import polars as pl

    from ongedeeld.measures.undividedness.group_sets import GROUP_SETS

    own = [name for name, groups in GROUP_SETS.items() if groups.column is not None]
    return rows.filter((pl.col("theme") != "undividedness") | ~pl.col("subject").is_in(own))


def _of_theme(rows: pl.DataFrame, theme: str) -> list[dict[str, Any]]:
    return [row for row in rows.to_dicts() if row["theme"] == theme]


def _tell_livability(rows: list[dict[str, Any]]) -> None:
    if rows:
        table(
            N_("Livability (Leefbaarometer)"),
            (N_("scale"), N_("period"), N_("areas"), N_("mean"), N_("lowest"), N_("highest")),
            (
                (
                    scale(row["scale"]),
                    period(row["period"]),
                    row["areas"],
                    *(figure(row[name], row["unit"]) for name in ("value", "lowest", "highest")),
                )
                for row in rows
            ),
        )


def _tell_undividedness(rows: list[dict[str, Any]], draws: int) -> None:
    if not rows:
        return
    table(
        N_("Dissimilarity: 0 is the same mix everywhere, 1 is no two groups in one area"),
        (N_("groups"), N_("scale"), N_("counted"), *MEASURED[:3]),
        (_divided_row(row, draws) for row in rows),
    )
    if any(row["left_out"] for row in rows):
        tell(
            N_(
                "Counted 9 of 10 says that the others are left out, as their group or their unit at that "
                "scale is not known: figures of one group at two scales may then be of different tenants."
            )
        )


def _divided_row(row: Mapping[str, Any], draws: int) -> tuple[str, ...]:
    from ongedeeld.measures.undividedness.group_sets import GROUP_SETS

    counted, left_out = row["people"], row["left_out"] or 0
    of_all = N_("{counted} of {all}") if left_out else N_("{counted}")
    figures = measured(row, draws)
    unsure = said(OUTCOMES, row["outcome"])
    return (
        f"{voice.translate(GROUP_SETS[row['subject']].title)}, {period(row['period'])}",
        scale(row["scale"]),
        voice.say(of_all, counted=number(counted, 0), all=number(counted + left_out, 0)),
        *figures[:2],
        unsure or figures[2],
    )


def _tell_inclusion(rows: list[dict[str, Any]]) -> None:
    for name, group in groupby(rows, key=lambda row: row["measure"]):
        table(
            MEASURES[name],
            (
                N_("what"),
                N_("period"),
                N_("region (interval)"),
                N_("counted"),
                N_("lowest"),
                N_("highest"),
                N_("neighbourhoods"),
            ),
            sorted(_inclusion_row(row) for row in group),
        )


def _inclusion_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    unit = row["unit"]
    return (
        _subject(row["measure"], row["subject"]),
        period(row["period"]),
        said(OUTCOMES, row["outcome"])
        or with_interval(row["value"], row["low"], row["high"], lambda value: figure(value, unit)),
        number(row["people"], 0),
        figure(row["lowest"], unit),
        figure(row["highest"], unit),
        "-" if row["areas"] is None else number(row["areas"], 0),
    )


def _subject(measured: str, subject: str) -> str:
    """What people see for an amenity, question, figure, or aspect with who inspected what."""
    language = voice.language
    if measured == "published_distance":
        return INDICATORS[f"distance_{subject}"].label(language)
    if measured == "inspections":
        aspect, by, level = subject.split(":")
        return f"{said(SUBJECTS, aspect)}, {scale(level)}, {CHOICES['inspector'][by].label(language)}"
    if subject in CHOICES["question"] and measured in ("answers_of_residents", "taking_part"):
        return CHOICES["question"][subject].label(language)
    if subject in CHOICES["place_kind"]:
        return CHOICES["place_kind"][subject].label(language)
    return said(SUBJECTS, subject)
