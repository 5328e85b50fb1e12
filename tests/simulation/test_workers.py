"""Whoever does the work, wherever, and whatever happens to them: the same futures, and none is lost."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from ongedeeld.city import City
from ongedeeld.errors import CityError, InputError
from ongedeeld.simulation.futures import simulating, workers
from ongedeeld.simulation.futures.parcel import checksum_of, packed
from ongedeeld.simulation.futures.results import Results, open_results
from ongedeeld.simulation.futures.scenario import Scenario, read_scenario
from ongedeeld.simulation.futures.simulating import Progress, simulate
from ongedeeld.simulation.futures.workers import Crew, Done
from ongedeeld.sources.model_city import model_city

RUNS = 6


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The smallest model city, in a folder."""
    return model_city(scale=0.05).save(tmp_path_factory.mktemp("cities") / "city")


@pytest.fixture(scope="module")
def scenario(city: City) -> Scenario:
    """A year by the law alone."""
    return read_scenario(city, start=date(2026, 9, 1), years=1)


@pytest.fixture(scope="module")
def alone(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of it, in one go."""
    return files(simulate(scenario, tmp_path_factory.mktemp("alone") / "R", runs=RUNS))


def files(results: Results) -> dict[str, bytes]:
    """Every file of every future, by its place."""
    return {
        str(file.relative_to(results.folder)): file.read_bytes()
        for file in sorted(results.folder.rglob("*.parquet"))
    }


def at_first(act: Callable[[], object]) -> Callable[[Progress], None]:
    """Do something once, as soon as futures are finished."""
    waiting = [act]

    def progress(now: Progress) -> None:
        if 0 < now.finished < now.asked and waiting:
            waiting.pop()()

    return progress


def test_the_futures_of_a_killed_process_are_done_again(
    scenario: Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    def kill() -> None:
        multiprocessing.active_children()[0].kill()

    done = simulate(scenario, tmp_path / "R", runs=RUNS, workers=2, progress=at_first(kill))
    assert files(done) == alone


def test_a_simulation_that_was_stopped_keeps_what_it_has_and_goes_on_from_there(
    scenario: Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    stop = Event()
    stopped = simulate(scenario, tmp_path / "R", runs=RUNS, progress=at_first(stop.set), stop=stop)
    kept = len(stopped.futures)
    assert 0 < kept < RUNS
    assert files(stopped).items() < alone.items()
    told: list[Progress] = []
    assert files(simulate(scenario, tmp_path / "R", runs=RUNS, progress=told.append)) == alone
    assert told[0].finished == kept


def test_more_futures_begin_with_those_of_fewer(
    scenario: Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    simulate(scenario, tmp_path / "R", runs=1)
    assert files(simulate(scenario, tmp_path / "R", runs=RUNS)) == alone


def test_two_processes_make_the_same_as_one_also_of_a_city_that_is_in_no_folder(
    scenario: Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    tables = {name: scenario.city.table(name) for name in scenario.city.tables()}
    in_memory = read_scenario(City.of(tables, scenario.city.manifest), start=scenario.start, years=1)
    done = simulate(in_memory, tmp_path / "R", runs=RUNS, workers=2)
    assert files(done) == alone
    assert done.manifest.city == ""
    assert done.manifest.city_checksum == checksum_of(scenario.city)


def test_a_city_that_was_saved_anew_meanwhile_is_refused(tmp_path: Path) -> None:
    city = model_city(scale=0.05).save(tmp_path / "city")
    scenario = read_scenario(city, start=date(2026, 9, 1), years=1)
    model_city(seed=2, scale=0.05).save(tmp_path / "city")
    with pytest.raises(CityError, match="saved anew"):
        simulate(scenario, tmp_path / "R", runs=2)
    assert not (tmp_path / "R").exists()


def test_two_policies_meet_the_same_futures(scenario: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        'name = "lots"\n[[instrument]]\nname = "lottery"\nfrom = 2026-07-01\n'
        'source = "published"\nagreed = ["municipality"]\n'
    )
    lots = simulate(
        read_scenario(scenario.city, file, start=scenario.start, years=1), tmp_path / "lots", runs=2
    )
    law = simulate(scenario, tmp_path / "law", runs=2)
    assert lots.table("assumed").collect().equals(law.table("assumed").collect())
    assert not lots.table("groups").collect().equals(law.table("groups").collect())
    differing = [one.name for one in lots.manifest.differences(law.manifest)]
    assert differing == ["policy_text"]


def test_what_is_refused_on_a_worker_is_told_here_and_nothing_is_left(city: City, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        'name = "half"\n[[instrument]]\nname = "local_binding"\nshare = 0.8\nfrom = 2026-07-01\n'
        'source = "published"\nagreed = ["municipality"]\n'
    )
    unlawful = read_scenario(city, file, start=date(2026, 9, 1), years=1)
    with pytest.raises(InputError, match="50%"):
        simulate(unlawful, tmp_path / "R", runs=4, workers=2)
    assert not (tmp_path / "R").exists()


def test_workers_that_keep_ending_are_told(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def dying(*_: object) -> Iterator[Crew]:
        def submit(*_: object) -> Future[Done]:
            lost: Future[Done] = Future()
            lost.set_exception(MemoryError())
            return lost

        yield Crew(submit, lambda: 2, (MemoryError,))

    monkeypatch.setattr(simulating, "crew", dying)
    with pytest.raises(InputError, match="workers ended 3 times before a future was finished"):
        simulate(scenario, tmp_path / "R", runs=4)


def test_no_workers_and_no_runs_are_refused(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the number of futures cannot be 0"):
        simulate(scenario, tmp_path / "R", runs=0)
    with pytest.raises(InputError, match="workers cannot be -1"):
        simulate(scenario, tmp_path / "R", workers=-1)


class Cluster:
    """A scheduler and workers as processes of their own, as on other machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self.file)]
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        self.processes.append(process)
        return process

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker that nobody starts again when it ends."""
        local = str(self.folder / f"worker-{len(self.processes)}")
        settings = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", local]
        return self._start("worker", *settings)

    def address(self) -> str:
        """Where the scheduler listens, as soon as it does."""
        import json
        from time import sleep

        while not self.file.exists() or not self.file.read_text():
            assert self.scheduler.poll() is None, (self.folder / "0.log").read_text()
            sleep(0.1)
        return str(json.loads(self.file.read_text())["address"])

    def end(self) -> None:
        """End all that was started."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    started = Cluster(tmp_path)
    yield started
    started.end()


def test_a_cluster_of_which_a_worker_is_killed_halfway_makes_the_same(
    scenario: Scenario, alone: dict[str, bytes], cluster: Cluster, tmp_path: Path
) -> None:
    address, first = cluster.address(), cluster.work()
    cluster.work()
    killed = at_first(first.kill)
    done = simulate(scenario, tmp_path / "R", runs=RUNS, scheduler=address, progress=killed)
    assert first.wait() == -signal.SIGKILL
    assert files(done) == alone


def test_a_scheduler_without_workers_and_workers_of_another_version_are_told(
    scenario: Scenario, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr(workers, "ANSWER_SECONDS", 1)
        with pytest.raises(InputError, match="the scheduler has no workers"):
            simulate(scenario, tmp_path / "R", runs=2, scheduler=cluster.address())
    cluster.work()
    monkeypatch.setattr(workers, "PROGRAM", "9.9")
    with pytest.raises(InputError, match="workers run another version of this program"):
        simulate(scenario, tmp_path / "R", runs=2, scheduler=cluster.address())
    assert not (tmp_path / "R").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "ftp://127.0.0.1:1"])
def test_a_scheduler_that_is_not_there_is_told(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 1)
    with pytest.raises(InputError, match=f"no scheduler answers at {address}"):
        simulate(scenario, tmp_path / "R", runs=2, scheduler=address)
    assert not (tmp_path / "R").exists()


def test_what_is_finished_stays_when_the_scheduler_ends(
    scenario: Scenario, alone: dict[str, bytes], cluster: Cluster, tmp_path: Path
) -> None:
    address = cluster.address()
    cluster.work()
    with pytest.raises(InputError, match="no scheduler answers"):
        simulate(
            scenario, tmp_path / "R", runs=RUNS, scheduler=address, progress=at_first(cluster.scheduler.kill)
        )
    assert open_results(tmp_path / "R").futures
    assert files(simulate(scenario, tmp_path / "R", runs=RUNS)) == alone


def test_what_is_finished_stays_when_the_last_worker_ends(
    scenario: Scenario, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, last = cluster.address(), cluster.work()

    def kill() -> None:
        monkeypatch.setattr(workers, "ANSWER_SECONDS", 1)
        last.kill()

    with pytest.raises(InputError, match="the scheduler has no workers"):
        simulate(scenario, tmp_path / "R", runs=RUNS, scheduler=address, progress=at_first(kill))
    assert open_results(tmp_path / "R").futures


def test_a_parcel_holds_the_scenario_whole(scenario: Scenario) -> None:
    for whole in (True, False):
        found = packed(scenario, whole=whole).unpacked()
        assert found.policy == scenario.policy
        assert found.assumptions.checksum() == scenario.assumptions.checksum()
        assert found.city.table("dwellings").equals(scenario.city.table("dwellings"))
