"""The lists of a round as files: a folder with all of them, or the reasons of every letting alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.round_words import in_order_of_codes, in_words
from ongedeeld.cli.voice import voice
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import Both

if TYPE_CHECKING:
    from ongedeeld.allocation import Round
    from ongedeeld.reasons import Decision, Reason

# What is written in a folder, and not told as data: it follows from the rest.
ONLY_IN_FILES = ("orders", "so_far", "refused")
# For the next round, so with the names of the columns in every language.
FOR_THE_NEXT = "so_far"
WITH_NUMBERS = ("lettings", "declined", "consequences", "orders", "reasons", "refused")
RECORD = "round"
# Beyond so many homes x seekers the reasons of who did not get a home are told on request alone.
MOST_REFUSED, MOST_LOOKED_AT = 20_000, 20_000_000
NOT_IN_LISTS = Both("niet vermeld in deze lijst", "not told in this list")


@dataclass(frozen=True)
class Made:
    """From what a round was made: the files by what they hold, for the record of the round."""

    files: Mapping[str, Path] = field(default_factory=dict)

    def record(self, done: Round) -> dict[str, Any]:
        """What somebody needs to run the round again and to account for it."""
        from ongedeeld import __version__

        return {
            "day": done.given.law.day.isoformat(),
            "version": __version__,
            "seed": done.given.seed,
            "what_if": done.what_if,
            "files": {
                what: {"name": file.name, "sha256": sha256(file.read_bytes()).hexdigest()}
                for what, file in self.files.items()
            },
            "homes": len(done.given.vacancies),
            "seekers": len(done.given.seekers),
            "lettings": len(done.lettings),
            "with_numbers_of_seekers": [f"{name}.csv" for name in WITH_NUMBERS],
            "not_before": _iso(delete_from(done)),
        }


def tables_of(done: Round) -> Mapping[str, pl.DataFrame]:
    """All lists of a round, by the name of their file; of a what-if each row says that it is."""
    orders = [
        done.ranked(vacancy).with_columns(vacancy=pl.lit(vacancy))
        for vacancy in done.given.vacancies["vacancy"]
    ]
    frames = {
        "lettings": done.lettings,
        "not_let": done.not_let,
        "declined": done.declined,
        "consequences": done.consequences,
        "chain": done.chain,
        "refusals": done.refusals,
        "chances": in_order_of_codes(done.chances),
        "tallies": tallies_of(done),
        "orders": pl.concat(orders).select("vacancy", "rank", "seeker", "outcome") if orders else None,
        "reasons": reasons_of(done),
        "refused": refused_of(done),
        "so_far": done.lettings_so_far(),
    }
    return {name: _marked(frame, done) for name, frame in frames.items() if frame is not None}


def tallies_of(done: Round) -> pl.DataFrame:
    """The running tallies after the round, a row each; the round itself is in them."""
    columns = {"tally": pl.String, "start": pl.Date, "end": pl.Date, "done": pl.Int64, "of": pl.Int64}
    rooms = {"may_still": pl.Int64, "must_still": pl.Int64, "met": pl.Boolean, "sentence": pl.String}
    rows = [
        {
            **{name: getattr(one, name) for name in (*columns, *rooms) if hasattr(one, name)},
            "tally": one.label.say(voice.translate),
            "met": one.decision.allowed,
            "sentence": one.decision.reasons[0].say(voice.translate),
        }
        for one in done.tallies
    ]
    return pl.DataFrame(rows, schema={**columns, **rooms})


def reasons_of(done: Round) -> pl.DataFrame:
    """A row for each letting: who got the home, who came next, what decided, and every reason in sentences.

    Returns
    -------
    pl.DataFrame
        `vacancy`, `dwelling`, `seeker`, `runner_up`, `ground`, `decided_by` and, in the language of the
        screen, `reasons`. A list links a home to a seeker, so no group that counts for a priority is named.
    """
    lettings = done.lettings.select("vacancy", "dwelling", "seeker", "runner_up", "ground", "decided_by")
    pairs = lettings.select("vacancy", "seeker").iter_rows()
    told = [_in_a_list(done.why(*pair)) for pair in pairs]
    return lettings.with_columns(pl.Series("reasons", told, pl.String))


def refused_of(done: Round) -> pl.DataFrame | None:
    """A row for everybody who wanted a home and did not get it, with the reasons.

    None where there are so many that they are told on request alone.
    """
    pairs = list(_wanted(done))
    if len(pairs) > MOST_REFUSED or len(pairs) * len(done.given.seekers) > MOST_LOOKED_AT:
        return None
    rows = [(*pair, _in_a_list(done.why(*pair))) for pair in pairs]
    return pl.DataFrame(rows, schema=dict.fromkeys(("vacancy", "seeker", "reasons"), pl.String), orient="row")


def _wanted(done: Round) -> Iterator[tuple[str, str]]:
    """Who wanted a home and did not get it: those who reacted, or of the round whom it suits."""
    winners = set(done.lettings.select("vacancy", "seeker").iter_rows())
    if done.given.reactions is not None:
        pairs = done.given.reactions.select("vacancy", "seeker").sort("vacancy", "seeker").iter_rows()
    else:
        ordered = (done.ranked(vacancy) for vacancy in done.given.vacancies["vacancy"])
        named = zip(done.given.vacancies["vacancy"], ordered, strict=True)
        pairs = ((vacancy, seeker) for vacancy, order in named for seeker in order["seeker"])
    yield from (pair for pair in pairs if pair not in winners)


def _in_a_list(decision: Decision) -> str:
    """A decision in sentences without the group that somebody belongs to: a list is read by many."""
    return replace(decision, reasons=tuple(map(_without_group, decision.reasons))).say(voice.translate)


def _without_group(reason: Reason) -> Reason:
    return (
        replace(reason, inputs={**reason.inputs, "group": NOT_IN_LISTS})
        if "group" in reason.inputs
        else reason
    )


def delete_from(done: Round) -> date | None:
    """The first day on which nobody can object any more; None where local policy does not tell the term."""
    from ongedeeld.allocation.explaining import objection_of

    told = objection_of(done.given.law)
    return None if told is None else done.given.law.day + timedelta(days=told.days + 1)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _marked(frame: pl.DataFrame, done: Round) -> pl.DataFrame:
    return frame.with_columns(what_if=pl.lit(value=True)) if done.what_if else frame


def as_csv(frame: pl.DataFrame, done: Round, *, with_codes: bool = False) -> bytes:
    """A list as csv: in Dutch with words, `;` and a mark that a spreadsheet knows, else with codes."""
    if voice.language == "nl":
        shown = frame if with_codes else in_words(frame, done)
        return b"\xef\xbb\xbf" + shown.write_csv(separator=";", date_format="%d-%m-%Y").encode()
    return frame.write_csv().encode()


def write_reasons(done: Round, file: Path) -> None:
    """Write the reasons of every letting as csv to a new file, whole or not at all.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    write_new(file, as_csv(_marked(reasons_of(done), done), done))


@dataclass(frozen=True)
class Writing:
    """All that a round is asked to write, and from what it was made."""

    made: Made
    about: str
    invented: bool

    def write(
        self,
        done: Round,
        *,
        reasons: Path | None,
        letter: Path | None,
        letters: Path | None,
        folder: Path | None,
    ) -> None:
        """Write what was asked, each whole or not at all."""
        if reasons is not None:
            write_reasons(done, reasons)
        if letter is not None:
            write_letter(done, self.about, letter, invented=self.invented)
        if letters is not None:
            write_letters(done, letters, invented=self.invented)
        if folder is not None:
            write_folder(done, folder, self.made)


def write_letter(done: Round, seeker: str, file: Path, *, invented: bool) -> None:
    """Write the letter to a seeker to a new file, in the form of its ending.

    Raises
    ------
    InputError
        When the ending is of no form of a letter, or something is there already, or cannot be written.
    """
    from ongedeeld.reporting.letters import FORMS, WRITERS, letter

    form = file.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        raise InputError(
            N_("a letter cannot be written as {form}"),
            place=Place(file),
            expected=N_("a file that ends in one of: {forms}"),
            form=file.suffix or file.name,
            forms=", ".join(FORMS),
        )
    written = letter(done, seeker, voice.language, invented=invented)
    write_new(file, WRITERS[form](written).encode())


def write_letters(done: Round, folder: Path, *, invented: bool) -> None:
    """Write a letter to every seeker of the round to a new folder, as text.

    Files have the place of the seeker in the round for a name, for a number may hold what a name cannot; the
    letter itself tells whose it is.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    from ongedeeld.reporting.letters import as_text, letter

    numbers = done.given.seekers["seeker"]
    width = len(str(len(numbers)))
    files = {
        f"{place:0{width}}.txt": as_text(letter(done, number, voice.language, invented=invented)).encode()
        for place, number in enumerate(numbers, start=1)
    }
    write_new_folder(folder, files)


def write_new(file: Path, content: bytes) -> None:
    """Write a new file, whole or not at all.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    try:
        with file.open("xb") as opened:
            opened.write(content)
    except FileExistsError as error:
        raise InputError(
            N_("this file exists already and is left as it is"),
            place=Place(file),
            remedy=N_("choose another name"),
        ) from error
    except OSError as error:
        raise _unwritable(file, error) from error


def write_folder(done: Round, folder: Path, made: Made | None = None) -> None:
    """Write every list as csv, and the record of the round, to a new folder, whole or not at all.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    files = {
        f"{name}.csv": as_csv(frame, done, with_codes=name == FOR_THE_NEXT)
        for name, frame in tables_of(done).items()
    }
    record = (made or Made()).record(done)
    files[f"{RECORD}.json"] = json.dumps(record, indent=2, ensure_ascii=False).encode()
    write_new_folder(folder, files)


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files to a new folder, whole or not at all: what was begun is removed whatever happens.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    if folder.exists():
        raise InputError(
            N_("this folder exists already and is left as it is"),
            place=Place(folder),
            remedy=N_("choose another folder"),
        )
    beside = None
    try:
        beside = Path(mkdtemp(dir=folder.resolve().parent, prefix=f".{folder.name}-"))
        for name, content in files.items():
            (beside / name).write_bytes(content)
        beside.rename(folder)
    except BaseException as error:
        # The lists hold numbers of seekers: also an interruption leaves none of them behind.
        if beside is not None:
            with suppress(OSError):
                shutil.rmtree(beside)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise


def _unwritable(file: Path, error: OSError) -> InputError:
    return InputError(
        N_("{file} cannot be written: {detail}"),
        remedy=N_("choose a folder that is there and may be written to"),
        file=file,
        detail=error.strerror or str(error),
    )
