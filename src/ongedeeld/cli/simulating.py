"""The command that lives through a policy many times: simulate."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.options import Folder, Lang, Seed, open_city
from ongedeeld.cli.voice import err, number, tell, voice, warn
from ongedeeld.errors import N_

if TYPE_CHECKING:
    from ongedeeld.simulation.futures.results import Results
    from ongedeeld.simulation.futures.simulating import Progress

INTERRUPTED = 130
"""The exit code of a program that was stopped by Ctrl-C."""


def simulate(
    folder: Folder,
    out_: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Folder of the results; the same one resumes.")
    ],
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The instruments (TOML); without it, as now.")
    ] = None,
    years: Annotated[int, typer.Option(help="How many years each future lasts.")] = 10,
    runs: Annotated[int, typer.Option(help="How many futures.")] = 200,
    seed: Seed = 1,
    workers: Annotated[
        int | None, typer.Option(help="Processes on this machine; by default as many as it has processors.")
    ] = None,
    start: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="First of a month; by default of this one."),
    ] = None,
    local_policy: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Local policy: ordinance, agreements, designations (TOML)."),
    ] = None,
    assumptions: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Assumptions of your own (TOML).")
    ] = None,
    stock_plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Homes built, demolished and sold (csv or xlsx).")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers do it: tcp://HOST:PORT."),
    ] = None,
    what_if: Annotated[
        bool, typer.Option("--what-if", help="Simulate a policy that is not lawful; every output says so.")
    ] = False,
    follow: Annotated[
        bool,
        typer.Option(
            "--ceilings-follow-capacity", help="Part the ceilings every year by what each complex can bear."
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Simulate years of allocation under a policy, in many futures, and keep what came of each."""
    from ongedeeld.simulation.futures.scenario import read_scenario
    from ongedeeld.simulation.futures.simulating import simulate as live_through

    scenario = read_scenario(
        open_city(folder),
        policy,
        start=start.date() if start else _start(out_),
        years=years,
        local_policy=local_policy or (),
        assumptions=assumptions or (),
        stock_plan=stock_plan,
        what_if=what_if,
    )
    stop = Event()
    with _stopped_by_interrupt(stop), _shown() as progress:
        results = live_through(
            replace(scenario, ceilings_follow_capacity=follow),
            out_,
            runs=runs,
            seed=seed,
            workers=_processors() if workers is None else workers,
            scheduler=scheduler,
            progress=progress,
            stop=stop,
        )
    lacking = set(range(1, runs + 1)).difference(results.futures)
    if lacking:
        _tell_broken_off(results, len(results.futures) + len(lacking))
        raise typer.Exit(INTERRUPTED)
    _tell_finished(results)


def _start(out: Path) -> date:
    """The first of this month, or that with which the results in a folder began."""
    from ongedeeld.simulation.futures.results import MANIFEST, open_results

    if (out / MANIFEST).exists():
        return open_results(out).manifest.start
    return date.today().replace(day=1)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _stopped_by_interrupt(stop: Event) -> Iterator[None]:
    """Take the first Ctrl-C as a wish to stop, and the second as an order."""

    def interrupted(*_: object) -> None:
        if stop.is_set():
            # What is finished is on disk whole, and processes end with this one.
            os._exit(INTERRUPTED)
        stop.set()
        told = voice.say(N_("Stopping: what is under way is finished. Ctrl-C again stops at once."))
        # In a thread of its own: the signal may come while this one is printing, which cannot be begun anew.
        Thread(target=err.print, args=(told,)).start()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None]]:
    """Show progress as a bar on a terminal, and as a line now and then elsewhere."""
    if not err.is_terminal:
        yield _Lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TextColumn("{task.fields[left]}"), console=err, transient=True) as bar:
        task = bar.add_task(voice.say(N_("Futures")), total=None, left="")
        compiled = _Compiling()

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.finished, total=progress.asked, left=_left(progress))
            compiled(progress)

        yield show


class _Lines:
    """Tells progress in a line for each tenth part."""

    def __init__(self) -> None:
        self._told = -1
        self._compiled = _Compiling()

    def __call__(self, progress: Progress) -> None:
        self._compiled(progress)
        tenth = 10 * progress.finished // progress.asked
        if tenth > self._told:
            self._told = tenth
            line = voice.say(
                N_("{finished} of {asked} futures"),
                finished=number(progress.finished),
                asked=number(progress.asked),
            )
            err.print(f"{line} {_left(progress)}".rstrip(), markup=False, highlight=False)


class _Compiling:
    """Tells once how long it took to compile, where it took long enough to wonder."""

    def __init__(self) -> None:
        self._told = False

    def __call__(self, progress: Progress) -> None:
        if progress.compiling_seconds >= 1 and not self._told:
            self._told = True
            text = N_("Compiling took {time}; where it can be kept, the next run does without.")
            err.print(voice.say(text, time=_time(progress.compiling_seconds)), markup=False, highlight=False)


def _left(progress: Progress) -> str:
    if progress.seconds_left is None or progress.finished == progress.asked:
        return ""
    return voice.say(N_("({time} left)"), time=_time(progress.seconds_left))


def _time(seconds: float) -> str:
    """A length of time in words, no more precise than it is useful."""
    if seconds < 1.5:
        return voice.say(N_("a second"))
    if seconds < 100:
        return voice.say(N_("{count} seconds"), count=round(seconds))
    if seconds < 6000:
        return voice.say(N_("{count} minutes"), count=round(seconds / 60))
    return voice.say(N_("{count} hours"), count=number(round(seconds / 3600, 1)))


def _tell_broken_off(results: Results, runs: int) -> None:
    if not results.futures:
        tell(N_("Stopped before a future was finished; nothing was kept."))
        return
    tell(
        N_("Stopped: {finished} of {runs} futures are finished and kept in {folder}."),
        finished=number(len(results.futures)),
        runs=number(runs),
        folder=results.folder,
    )
    tell(N_("The same command goes on from there."))


def _tell_finished(results: Results) -> None:
    from ongedeeld.cli.round_told import WHAT_IF
    from ongedeeld.simulation.preparing.caveats import beside

    asked = results.manifest
    if asked.what_if:
        warn(voice.say(WHAT_IF))
    if asked.invented:
        tell(N_("Everything in this City is invented."))
    if asked.drawn:
        tell(N_("The homes were drawn from published totals; no home is a real one."))
    several = N_("In {folder}: {futures} futures, each from {start} on, in years: {years}.")
    tell(
        several
        if len(results.futures) > 1
        else N_("In {folder}: one future, from {start} on, in years: {years}."),
        futures=number(len(results.futures)),
        years=asked.years,
        start=asked.start.isoformat(),
        folder=results.folder,
    )
    if asked.carried_from is not None:
        text = N_("Values of the law that are not known yet are those last known, carried on from {day}.")
        tell(text, day=asked.carried_from.isoformat())
    for caveat in beside(asked.caveats):
        warn(caveat.say(voice.translate))
