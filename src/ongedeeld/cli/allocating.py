"""The command that runs one round from files: allocate."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.options import AsJson, Folder, Lang, Seed, open_city
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, InputError, Place

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.allocation import Round
    from ongedeeld.allocation.effects import Effect
    from ongedeeld.city import City
    from ongedeeld.rules import LawOfDay, Lettings

OnDay = Annotated[
    str,
    typer.Option("--date", metavar="DAY", help="Day of the round, as 2026-09-01 or 1-9-2026; its law holds."),
]
DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")


def allocate(
    folder: Folder,
    vacancies: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The homes that came free (csv or xlsx).")
    ] = None,
    seekers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The seekers (csv or xlsx); delete it afterwards.")
    ] = None,
    day: OnDay = "",
    policy: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="The instruments to use (TOML); without it, none."),
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
    about: Annotated[
        str, typer.Option("--seeker", metavar="NUMBER", help="Tell somebody of every home why or why not.")
    ] = "",
    reasons: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the reasons of every letting to this new csv.")
    ] = None,
    letter: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the letter to --seeker to this new txt, md or html file."),
    ] = None,
    letters: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a letter to every seeker to this new folder.")
    ] = None,
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
    from ongedeeld.cli import round_files, round_told

    if templates is not None:
        _write_templates(templates)
        return
    if vacancies is None or seekers is None or not day:
        raise InputError(
            N_("a round needs vacancies, seekers and a day"),
            expected="--vacancies FILE --seekers FILE --date DAY",
            remedy=N_("get empty files by: ongedeeld allocate DIR --templates FOLDER"),
        )
    from ongedeeld.allocation import allocate as run_round
    from ongedeeld.allocation.reading import read_so_far
    from ongedeeld.rules import load_law

    _refuse_without_seeker(letter, about)
    city = open_city(folder)
    law = load_law(*(local_policy or ())).on(read_day(day))
    so_far = None if lettings is None else read_so_far(*_read(lettings))
    used = _one(policy)
    effects = _effects(used, city, law, so_far, what_if=what_if)
    files: dict[str, Path | None] = {"vacancies": vacancies, "seekers": seekers, "reactions": reactions}
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
    given = {**files, "lettings": lettings, "policy": used}
    given |= {f"local_policy_{number}": file for number, file in enumerate(local_policy or (), start=1)}
    writing = round_files.Writing(
        round_files.Made({what: file for what, file in given.items() if file is not None}),
        about,
        invented=city.manifest.invented,
    )
    writing.write(done, reasons=reasons, letter=letter, letters=letters, folder=out)
    if as_json:
        print_json(round_told.as_data(done, city, why, about))
        return
    if why or about:
        _tell_asked(done, why, about)
    else:
        round_told.tell_round(done, city)
    _tell_written((reasons, letter, letters, out), out, alone=lettings is None)
    round_told.tell_deletion(done)


def read_day(written: str) -> date:
    """A day as people write it, with the year or the day first.

    Raises
    ------
    InputError
        When it is not a day.

    Examples
    --------
    >>> read_day("22-11-2026")
    datetime.date(2026, 11, 22)
    """
    found = DAY.fullmatch(written.strip()) or DAY_FIRST.fullmatch(written.strip())
    try:
        parts = {} if found is None else {name: int(part) for name, part in found.groupdict().items()}
        return date(**parts)
    except (TypeError, ValueError) as error:
        raise InputError(
            N_("--date '{written}' is not a day"),
            expected=N_("a date such as 31-12-2024 or 2024-12-31"),
            written=written,
        ) from error


def _one(policies: list[Path] | None) -> Path | None:
    """The one file of a policy; a second does not silently replace the first."""
    if policies and len(policies) > 1:
        raise InputError(
            N_("a round has one policy, and {count} were given: {files}"),
            expected=N_("--policy once"),
            remedy=N_("put all instruments in one file"),
            count=len(policies),
            files=", ".join(map(str, policies)),
        )
    return policies[0] if policies else None


def _refuse_without_seeker(letter: Path | None, about: str) -> None:
    if letter is not None and not about:
        raise InputError(
            N_("a letter is to somebody"),
            expected="--seeker NUMBER --letter FILE",
            remedy=N_("name the seeker, or write a letter to everybody with --letters FOLDER"),
        )


def _tell_asked(done: Round, why: str, about: str) -> None:
    from ongedeeld.cli import round_told

    if why:
        round_told.tell_why(done, why)
    if about:
        round_told.tell_seeker(done, about)


def _tell_written(files: tuple[Path | None, ...], out: Path | None, *, alone: bool) -> None:
    """Tell what was written, and what of it to know; `alone` tells that no lettings so far were given."""
    for file in files:
        if file is not None:
            tell(N_("Written: {file}"), file=file)
    if out is not None and alone:
        tell(N_("so_far.csv holds this round alone: add the lettings of this year and the year before to it"))
    if out is not None and not (out / "refused.csv").exists():
        tell(N_("refused.csv was not written: too many people did not get a home; --seeker tells why of one"))


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
