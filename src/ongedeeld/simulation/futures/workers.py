"""Those who do the work: this process, more processes on this machine, or workers of a Dask cluster.

All are asked through the same `concurrent.futures`, and do the same: a few futures of a scenario at a time,
given back as files of Parquet. What comes out hangs on the scenario, the seed and the number of the future
alone, so it does not matter who did it, where, in which order, or for the how many-th time.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures as concurrent
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from numba.core import event

from ongedeeld.errors import N_, InputError
from ongedeeld.simulation.futures.asked import PROGRAM
from ongedeeld.simulation.futures.drawing import Future
from ongedeeld.simulation.futures.parcel import Parcel, as_parquet
from ongedeeld.simulation.outcomes.bearing import Known, known_of
from ongedeeld.simulation.outcomes.ceilings import following_capacity
from ongedeeld.simulation.outcomes.reckoning import tables_of
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.running import OnYear, run

if TYPE_CHECKING:
    from distributed import Client

Numbers = tuple[int, ...]

ANSWER_SECONDS = 10
"""How long a scheduler may take to answer, and its first worker to come."""

SCHEDULER_AGAIN = N_("start one with `dask scheduler`, check the address, or leave --scheduler out")


@dataclass(frozen=True)
class Done:
    """Finished futures.

    Parameters
    ----------
    tables
        Of each future the tables by name, as files of Parquet.
    compiling_seconds
        How long it took to compile what had not been compiled before.
    """

    tables: Mapping[int, Mapping[str, bytes]]
    compiling_seconds: float


@dataclass(frozen=True)
class Crew:
    """Workers that stand ready.

    Parameters
    ----------
    submit
        Has futures done by number, under a seed.
    size
        How many work at the same time.
    lost
        The errors that tell that a worker was lost with its work.
    """

    submit: Callable[[int, Numbers], concurrent.Future[Done]]
    size: Callable[[], int]
    lost: tuple[type[BaseException], ...]


def crew(parcel: Parcel, workers: int, scheduler: str | None) -> AbstractContextManager[Crew]:
    """Workers on this machine, or those of a scheduler.

    Raises
    ------
    InputError
        When no scheduler answers there, or it has no workers that can do this.
    """
    if scheduler is not None:
        return _cluster(parcel, scheduler)
    return _processes(parcel, workers) if workers > 1 else _this_process(parcel)


@contextmanager
def _this_process(parcel: Parcel) -> Iterator[Crew]:
    with concurrent.ThreadPoolExecutor(1) as pool:
        yield Crew(lambda *task: pool.submit(work, parcel, *task), lambda: 1, ())


@contextmanager
def _processes(parcel: Parcel, workers: int) -> Iterator[Crew]:
    # Started anew, not forked: a fork would copy the threads of Polars in whatever state they are.
    pool = concurrent.ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_settle, initargs=(parcel,)
    )
    with pool:
        yield Crew(lambda *task: pool.submit(_work_as_settled, *task), lambda: workers, (BrokenProcessPool,))


@contextmanager
def _cluster(parcel: Parcel, address: str) -> Iterator[Crew]:
    try:
        from distributed import KilledWorker
    except ImportError as error:
        raise InputError(
            N_("a cluster needs a part of this program that is not installed"),
            remedy=N_("pip install 'ongedeeld[cluster]', or leave --scheduler out"),
        ) from error
    with _client(address) as client, _quiet_dask():
        _refuse_other_workers(client)
        sent = client.scatter(parcel, broadcast=True, hash=False)
        pool = client.get_executor(pure=False)
        lost = (KilledWorker, concurrent.CancelledError, OSError)
        yield Crew(
            lambda *task: pool.submit(work, sent, *task), lambda: sum(client.nthreads().values()), lost
        )


def _client(address: str) -> Client:
    from distributed import Client

    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            N_("no scheduler answers at {address}"),
            expected=N_("the address of a Dask scheduler, such as tcp://127.0.0.1:8786"),
            remedy=SCHEDULER_AGAIN,
            address=address,
        ) from error
    return client


@contextmanager
def _quiet_dask() -> Iterator[None]:
    """Keep Dask from telling at length what an error of ours tells in a line."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _refuse_other_workers(client: Client) -> None:
    """Refuse a scheduler without workers, and workers that run another version of this program."""
    try:
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
    except TimeoutError as error:
        raise InputError(
            N_("the scheduler has no workers"), remedy=N_("start them with `dask worker ADDRESS`")
        ) from error
    try:
        programs = client.run(_program)
    except ImportError as error:
        raise InputError(
            N_("the workers of this scheduler do not have this program"),
            remedy=N_("install the same version of ongedeeld on each of them"),
        ) from error
    other = {worker: program for worker, program in programs.items() if program != PROGRAM}
    if other:
        raise InputError(
            N_("workers run another version of this program: {other}"),
            expected=N_("version {program}"),
            remedy=N_("install the same version of ongedeeld on each of them"),
            other=", ".join(f"{worker} {program}" for worker, program in other.items()),
            program=PROGRAM,
        )


def _program() -> str:
    return PROGRAM


def work(parcel: Parcel, seed: int, numbers: Numbers) -> Done:
    """Do some futures of a scenario that share what is assumed."""
    with event.install_timer("numba:compile", lambda _: None) as compiling:
        begin = _beginning(parcel)
        quantiles = Future(seed, numbers[0]).quantiles(begin.setting.assumptions)
        setting = begin.setting.under(begin.setting.assumptions.drawn(quantiles))
        assumed = {"assumption": list(quantiles), "quantile": list(map(float, quantiles.values()))}
        tables = {}
        for number in numbers:
            done = run(setting, Future(seed, number).chance, setting.months, begin.on_year)
            held = {**tables_of(done, setting, begin.known), "assumed": pl.DataFrame(assumed)}
            tables[number] = {name: as_parquet(_numbered(frame, number)) for name, frame in held.items()}
    return Done(tables, compiling.duration if compiling.done else 0.0)


def _numbered(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    return frame.select(pl.lit(number, pl.Int32).alias("future"), pl.all())


_UNPACKING = threading.Lock()


class _Beginning(NamedTuple):
    """What all futures of a scenario start from."""

    setting: Setting
    known: Known | None
    on_year: OnYear | None


def _beginning(parcel: Parcel) -> _Beginning:
    """What all futures start from; it is made once in a process, also where that works in several threads."""
    with _UNPACKING:
        return _unpacked(parcel)


@lru_cache(maxsize=1)
def _unpacked(parcel: Parcel) -> _Beginning:
    scenario = parcel.unpacked()
    setting = scenario.prepare()
    known = known_of(scenario.city, setting)
    follow = scenario.ceilings_follow_capacity
    return _Beginning(setting, known, following_capacity(setting, known) if follow else None)


_settled: list[Parcel] = []
"""What a process on this machine works on."""


def _settle(parcel: Parcel) -> None:
    """Begin as a process: keep the parcel, leave Ctrl-C to the process that asked, and end when that ends."""
    _settled.append(parcel)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_as_settled(seed: int, numbers: Numbers) -> Done:
    return work(_settled[0], seed, numbers)
