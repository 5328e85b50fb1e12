"""Commands that bring data in: fetch, template, build."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ongedeeld.cli.options import AsJson, Lang
from ongedeeld.cli.rows import readable, some
from ongedeeld.cli.voice import err, number, out, print_json, tell, voice, warn
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import TABLES

if TYPE_CHECKING:
    from rich.progress import TaskID

    from ongedeeld.city import City


def fetch(
    region: Annotated[str, typer.Argument(help="Code of a municipality, such as GM0344.")],
    out_: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for the files.")] = Path(
        "open-data"
    ),
    year: Annotated[list[int] | None, typer.Option(help="Year of the key figures; may be repeated.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Download open data of a municipality from its owners; what is there already is kept."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from ongedeeld.sources.fetching import fetch as fetch_files

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=err) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(escape(what), total=None)
            bars.update(tasks[what], completed=done, total=total)

        fetched = fetch_files(region, out_, today=date.today(), years=year or None, progress=progress)
    if as_json:
        print_json([asdict(file) for file in fetched.files])
        return
    for file in fetched.files:
        tell(N_("Written: {file}"), file=out_ / file.name)
    tell(N_("Next: {what}"), what=fetched.command())


def template(
    table: Annotated[str, typer.Argument(help="Table to fill, such as dwellings.")],
    out_: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="csv or xlsx; default TABLE.xlsx.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Write an empty file for your own data, with its columns explained."""
    from ongedeeld.sources import write_template

    if table not in TABLES:
        raise InputError(
            N_("there is no table {table}"),
            expected=N_("one of: {known}"),
            table=table,
            known=", ".join(TABLES),
        )
    path = out_ or Path(f"{table}.xlsx")
    write_template(table, path, voice.language)
    tell(N_("Written: {file}"), file=path)


def _own_files(**paths: Path | None) -> dict[str, str | Path]:
    return {table: path for table, path in paths.items() if path is not None}


def build(
    region: Annotated[str, typer.Argument(help="NL, or the code of a municipality, such as GM0344.")],
    out_: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write the City to.")],
    kwb: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Key figures of CBS; FILE or 2023=FILE.")
    ] = None,
    livability: Annotated[list[str] | None, typer.Option(metavar="FILE", help="Leefbaarometer.")] = None,
    boundaries: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="GeoPackage, GeoJSON or Shapefile.")
    ] = None,
    proximity: Annotated[list[str] | None, typer.Option(metavar="FILE", help="CBS proximity.")] = None,
    crime: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Registered crimes, as `fetch` writes them.")
    ] = None,
    crosswalk: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Recodings between divisions: from, to, share.")
    ] = None,
    complexes: Annotated[Path | None, typer.Option(metavar="FILE", help="Own complexes.")] = None,
    entrances: Annotated[Path | None, typer.Option(metavar="FILE", help="Own entrances.")] = None,
    dwellings: Annotated[Path | None, typer.Option(metavar="FILE", help="Own dwellings.")] = None,
    tenancies: Annotated[Path | None, typer.Option(metavar="FILE", help="Own tenancies.")] = None,
    observations: Annotated[Path | None, typer.Option(metavar="FILE", help="Counts per complex.")] = None,
    surveys: Annotated[Path | None, typer.Option(metavar="FILE", help="Residents' answers.")] = None,
    inspections: Annotated[Path | None, typer.Option(metavar="FILE", help="Inspections.")] = None,
    caretaker_hours: Annotated[Path | None, typer.Option(metavar="FILE", help="Hours of caretakers.")] = None,
    places: Annotated[Path | None, typer.Option(metavar="FILE", help="Amenities and meeting places.")] = None,
    draw_stock: Annotated[
        int | None,
        typer.Option(metavar="SEED", help="Draw homes from published totals, for simulation only."),
    ] = None,
    lang: Lang = None,
) -> None:
    """Build a City from files, as their owners publish them, and write it whole or not at all.

    Exit with 1 when its checks find an error; they are told.
    """
    from ongedeeld.sources import Inputs
    from ongedeeld.sources import build as build_city
    from ongedeeld.sources import draw_stock as draw

    own = _own_files(
        complexes=complexes,
        entrances=entrances,
        dwellings=dwellings,
        tenancies=tenancies,
        observations=observations,
        surveys=surveys,
        inspections=inspections,
        caretaker_hours=caretaker_hours,
        places=places,
    )
    inputs = Inputs(
        kwb=kwb or (),
        livability=livability or (),
        proximity=proximity or (),
        boundaries=boundaries or (),
        crime=crime or (),
        crosswalk=crosswalk or (),
        own=own,
    )
    city = build_city(region, inputs, today=date.today())
    if draw_stock is not None:
        city = draw(city, draw_stock)
    city = city.save(out_)
    _tell_built(city, out_)


def _tell_built(city: City, folder: Path) -> None:
    findings = city.check()
    counts = {
        severity: sum(f.severity == severity for f in findings) for severity in ("error", "warning", "note")
    }
    remarks = city.manifest.remarks
    files = {source.key: source.file for source in city.manifest.sources if source.key.startswith("own-")}
    # What was made of the reader's own files, and that homes are drawn, comes before all else.
    drawn = [remark for remark in remarks if remark.source == "drawn-stock"][:1]
    first = [*drawn, *(remark for remark in remarks if remark.source in files)]
    for remark in first:
        warn(f"{files.get(remark.source, remark.source)}: {remark.say(voice.translate)}")
    tell(
        N_("{name}: {areas} areas and {figures} figures in {folder}."),
        name=city.manifest.name,
        areas=number(city.table("areas").height),
        figures=number(city.table("indicators").height),
        folder=folder,
    )
    for remark in remarks:
        if remark not in first:
            out.print(f"- {remark.source}: {remark.say(voice.translate)}", markup=False, highlight=False)
    for finding in findings:
        if finding.severity == "error":
            warn(f"{finding.say(voice.translate)} ({some(finding.rows, readable(city))})")
    tell(
        N_("Checks: errors {error}, warnings {warning}, notes {note}; see `ongedeeld check {folder}`."),
        folder=folder,
        **counts,
    )
    if counts["error"]:
        raise typer.Exit(1)
