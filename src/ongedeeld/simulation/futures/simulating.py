"""Live through a scenario many times: as many futures as asked, kept in a folder as they are finished."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

from ongedeeld.errors import N_, InputError
from ongedeeld.simulation.futures.asked import Asked
from ongedeeld.simulation.futures.drawing import sharing
from ongedeeld.simulation.futures.lawfulness import footings
from ongedeeld.simulation.futures.parcel import packed
from ongedeeld.simulation.futures.results import Results, writing
from ongedeeld.simulation.futures.scenario import Scenario
from ongedeeld.simulation.futures.workers import Crew, Done, Numbers, crew
from ongedeeld.simulation.preparing.caveats import caveats

TICK_SECONDS = 0.2
MOST_LOSSES = 3
"""How often in a row workers may be lost before a single future is finished."""


@dataclass(frozen=True)
class Progress:
    """How far a simulation is.

    Parameters
    ----------
    finished, asked
        Futures that are kept, and how many there will be, with those that were there already.
    seconds_left
        How long it will still take, by how it went; None before anything can be said of it.
    compiling_seconds
        How long a worker compiled, at the longest; 0 where all had been compiled before.
    """

    finished: int
    asked: int
    seconds_left: float | None
    compiling_seconds: float


def simulate(
    scenario: Scenario,
    out: str | Path,
    *,
    runs: int = 200,
    seed: int = 1,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Results:
    """Simulate a scenario.

    Futures that are in the folder already are not done again, so a simulation that was broken off goes on by
    asking the same again, and one with more runs adds to it. Neither the number of workers nor where they are
    changes a result.

    Parameters
    ----------
    scenario
        What is simulated.
    out
        The folder of the results: a new one, or one with futures of the same scenario and seed.
    runs
        The number of futures.
    seed
        The same seed gives the same futures, under any policy.
    workers
        How many processes work on this machine; with one, all is done in this process.
    scheduler
        The address of a Dask scheduler whose workers do it instead.
    progress
        Called at the beginning and whenever futures are finished.
    stop
        When it is set, no new futures are begun; those that are under way are finished and kept.

    Returns
    -------
    Results
        The futures in the folder: all, or fewer when it was stopped.

    Raises
    ------
    InputError, AbsentError, CityError
        When the policy is not lawful, a fact lacks on which all rounds hang, the folder holds something else
        or cannot be written, no scheduler answers, or workers keep ending before they finish a future. What
        was finished is kept.
    """
    _refuse_none(runs, N_("the number of futures"), "--runs")
    _refuse_none(workers, N_("the number of workers"), "--workers")
    setting = scenario.prepare()
    asked = Asked.of(scenario, runs, seed, caveats(setting), footings(setting))
    with writing(Path(out), asked) as results:
        there = set(results.futures)
        left = list(sharing(number for number in range(1, runs + 1) if number not in there))
        all_of_them = len(there.union(range(1, runs + 1)))
        desk = _Desk(results, all_of_them, progress or _say_nothing, stop or Event())
        desk.tell()
        parcel = packed(scenario, whole=scheduler is not None)
        losses = 0
        while left and not desk.stop.is_set():
            with crew(parcel, workers, scheduler) as ready:
                still = desk.work_through(ready, seed, left)
            losses = losses + 1 if len(still) == len(left) else 0
            if losses == MOST_LOSSES:
                raise _lost()
            left = still
    return results


@dataclass
class _Desk:
    """Where futures are handed out and taken in."""

    results: Results
    asked: int
    progress: Callable[[Progress], None]
    stop: Event
    compiling_seconds: float = 0.0
    before: int = field(init=False)
    first: tuple[float, int] | None = None

    def __post_init__(self) -> None:
        self.before = len(self.results.futures)

    def work_through(self, ready: Crew, seed: int, tasks: Iterable[Numbers]) -> list[Numbers]:
        """Have tasks done until all are, a worker is lost, or it is enough; gives what is left of them."""
        waiting, lost = deque(tasks), list[Numbers]()
        running: dict[Future[Done], Numbers] = {}
        while True:
            try:
                while waiting and not lost and not self.stop.is_set() and len(running) <= ready.size():
                    future = ready.submit(seed, waiting[0])
                    running[future] = waiting.popleft()
            except ready.lost:
                lost.append(waiting.popleft())
            if not running:
                return [*lost, *waiting]
            for future in wait(running, TICK_SECONDS, FIRST_COMPLETED).done:
                numbers = running.pop(future)
                try:
                    done = future.result()
                except ready.lost:
                    lost.append(numbers)
                else:
                    self._take_in(done)

    def _take_in(self, done: Done) -> None:
        for number, tables in done.tables.items():
            self.results.keep(number, tables)
        self.compiling_seconds = max(self.compiling_seconds, done.compiling_seconds)
        self.tell()

    def tell(self) -> None:
        """Tell how far it is, and how long it will still take by the pace since the first was finished."""
        finished, now, left = len(self.results.futures), monotonic(), None
        if self.first is not None and finished > self.first[1]:
            left = (now - self.first[0]) / (finished - self.first[1]) * (self.asked - finished)
        elif finished > self.before:
            # What came before is no measure: workers started and compiled.
            self.first = (now, finished)
        self.progress(Progress(finished, self.asked, left, self.compiling_seconds))


def _say_nothing(_: Progress) -> None:
    pass


def _refuse_none(count: int, what: str, option: str) -> None:
    if count < 1:
        raise InputError(
            N_("{what} cannot be {count}"),
            expected=N_("a whole number from 1"),
            remedy=N_("give another number with {option}"),
            what=what,
            count=count,
            option=option,
        )


def _lost() -> InputError:
    return InputError(
        N_("workers ended {count} times before a future was finished"),
        expected=N_("a worker that has memory enough for a future"),
        remedy=N_("take fewer workers or more memory, and run it again: what is finished stays"),
        count=MOST_LOSSES,
    )
