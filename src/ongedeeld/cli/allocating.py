"""The command that runs one round from files: allocate."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.options import AsJson, Folder, Lang, Seed, open_city
from ongedeeld.cli.voice import print_json, tell, voice
from ongedeeld.errors import N_, InputError

if TYPE_CHECKING:
    from ongedeeld.allocation import Round

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
    from ongedeeld.cli.round_given import RoundFiles, one_policy

    if templates is not None:
        _write_templates(templates)
        return
    if vacancies is None or seekers is None or not day:
        raise InputError(
            N_("a round needs vacancies, seekers and a day"),
            expected="--vacancies FILE --seekers FILE --date DAY",
            remedy=N_("get empty files by: ongedeeld allocate DIR --templates FOLDER"),
        )
    _refuse_without_seeker(letter, about)
    city, used = open_city(folder), one_policy(policy or ())
    given = RoundFiles(vacancies, seekers, reactions, lettings, used, local_policy or ())
    done = given.run(city, read_day(day), seed=seed, what_if=what_if)
    writing = round_files.Writing(round_files.Made(given.by_name()), about, invented=city.manifest.invented)
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
