"""The command that runs one round from files: allocate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.options import AsJson, Folder, Lang, Seed, open_city
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, InputError, Place

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.allocation.effects import Effect
    from ongedeeld.city import City
    from ongedeeld.rules import LawOfDay, Lettings

OnDay = Annotated[
    datetime | None,
    typer.Option("--date", metavar="DAY", formats=["%Y-%m-%d"], help="Day of the round; its law holds."),
]


def allocate(
    folder: Folder,
    vacancies: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The homes that came free (csv or xlsx).")
    ] = None,
    seekers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The seekers (csv or xlsx); delete it afterwards.")
    ] = None,
    day: OnDay = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The instruments to use (TOML); without it, none.")
    ] = None,
    local_policy: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Local policy: ordinance, agreements, designations (TOML)."),
    ] = None,
    reactions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who reacted to which home (csv or xlsx).")
    ] = None,
    lettings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The lettings of this year and the year before.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write every list and reason to this new folder.")
    ] = None,
    why: Annotated[
        str, typer.Option(metavar="VACANCY[:SEEKER]", help="Tell the order for a home, or why somebody.")
    ] = "",
    what_if: Annotated[
        bool, typer.Option("--what-if", help="Run a policy that is not lawful; every output says so.")
    ] = False,
    templates: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write empty files with explanations, and stop.")
    ] = None,
    seed: Seed = 1,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Run one round: vacancies, seekers, the law and a policy give lettings, each with its reasons."""
    from ongedeeld.cli import round_told

    if templates is not None:
        _write_templates(templates)
        return
    if vacancies is None or seekers is None or day is None:
        raise InputError(
            N_("a round needs vacancies, seekers and a day"),
            expected="--vacancies FILE --seekers FILE --date DAY",
            remedy=N_("get empty files by: ongedeeld allocate DIR --templates FOLDER"),
        )
    from ongedeeld.allocation import allocate as run_round
    from ongedeeld.allocation.reading import read_so_far
    from ongedeeld.rules import load_law

    city = open_city(folder)
    law = load_law(*(local_policy or ())).on(day.date())
    so_far = None if lettings is None else read_so_far(*_read(lettings))
    effects = _effects(policy, city, law, so_far, what_if=what_if)
    files = {"vacancies": vacancies, "seekers": seekers, "reactions": reactions}
    read = {name: _read(file) for name, file in files.items() if file is not None}
    done = run_round(
        city,
        *(read[name][0] for name in ("vacancies", "seekers")),
        law=law,
        policy=effects,
        reactions=read["reactions"][0] if "reactions" in read else None,
        so_far=so_far,
        seed=seed,
        what_if=what_if,
        places={name: place for name, (_, place) in read.items()},
    )
    if out is not None:
        round_told.write_folder(done, out)
    if as_json:
        print_json(round_told.as_data(done, city, why))
    elif why:
        round_told.tell_why(done, why)
    else:
        round_told.tell_round(done, city)
    if out is not None and not as_json:
        tell(N_("Written: {file}"), file=out)
    if not as_json:
        tell(N_("Delete the file of seekers, and what was written with their numbers, after accounting."))


def _write_templates(folder: Path) -> None:
    from ongedeeld.allocation.templates import write_templates

    for file in write_templates(folder, voice.language):
        tell(N_("Written: {file}"), file=file)


def _effects(
    policy: Path | None, city: City, law: LawOfDay, so_far: Lettings | None, *, what_if: bool
) -> tuple[Effect, ...]:
    from ongedeeld.allocation import effects_of, read_allocation_policy

    if policy is None:
        return ()
    instruments = read_allocation_policy(policy, city)
    return effects_of(instruments, law.law, city, law.day, so_far=so_far, what_if=what_if)


def _read(file: Path) -> tuple[pl.DataFrame, Place]:
    """The cells of a file as text, without empty rows at its end, and where they stand."""
    import polars as pl

    from ongedeeld.sources.tabular import read_sheets

    sheet = read_sheets(file)[0]
    frame = sheet.frame
    filled = frame.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")).to_series()
    last = filled.arg_true().max()
    rows = frame.head(0 if last is None else int(str(last)) + 1)
    return rows, Place(sheet.path.name, sheet.name, row=sheet.first_row)
