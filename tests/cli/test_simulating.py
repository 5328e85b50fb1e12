"""The command simulate: it tells how far it is, can be broken off, goes on, and says what is wrong."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ongedeeld.cli.simulating import _time
from ongedeeld.cli.voice import err, out
from ongedeeld.simulation.futures import workers
from ongedeeld.simulation.futures.results import Results, open_results
from ongedeeld.sources.model_city import model_city

Run = Callable[..., tuple[int, str]]

SETTINGS = ("--years", "1", "--start", "2026-09-01", "--workers", "1")
POLICY = """name = "lots"

[[instrument]]
name = "local_binding"
from = 2026-07-01
source = "published"
agreed = ["municipality"]
share = {share}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the smallest model city."""
    folder = tmp_path_factory.mktemp("simulating")
    model_city(scale=0.05).save(folder / "city")
    return folder


@pytest.fixture
def run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command there: its exit code and all that it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(out, "width", 200)
    monkeypatch.setattr(err, "width", 200)

    def ran(*words: object, settings: tuple[str, ...] = SETTINGS, lang: str = "en") -> tuple[int, str]:
        return run("simulate", "city", *words, *settings, "--lang", lang)

    return ran


def files(results: Results) -> dict[str, bytes]:
    """Every file of every future, by its place."""
    return {
        str(file.relative_to(results.folder)): file.read_bytes()
        for file in sorted(results.folder.rglob("*.parquet"))
    }


def test_it_tells_how_far_it_is_and_what_was_made(run: Run, folder: Path) -> None:
    code, told = run("--runs", 2, "--out", "told")
    assert code == 0
    assert "0 of 2 futures" in told
    assert "2 of 2 futures" in told
    assert "Everything in this City is invented." in told
    assert "In told: 2 futures, each from 2026-09-01 on, in years: 1." in told
    assert open_results(folder / "told").futures == (1, 2)


def test_it_says_from_which_day_the_law_is_carried_on(run: Run) -> None:
    _, told = run("--runs", 1, "--out", "law")
    assert "carried on from 2027-01-01" in told


def test_it_tells_the_reasons_for_care_and_keeps_them(run: Run, folder: Path) -> None:
    (folder / "late.toml").write_text(
        POLICY.format(share=0.5).replace("2026-07-01", "2035-01-01"), encoding="utf-8"
    )
    _, told = run("--runs", 1, "--out", "care", "--policy", "late.toml")
    assert "plays no part: it holds on none of the rounds" in told
    assert "no urgency scheme of Voorbeeldstad" in told
    kept = [one.say() for one in open_results(folder / "care").manifest.caveats]
    assert any("plays no part" in one for one in kept)
    assert any("is invented" in one for one in kept)


def test_it_speaks_dutch(run: Run) -> None:
    code, told = run("--runs", 1, "--out", "dutch", lang="nl")
    assert code == 0
    assert "Alles in deze stad is verzonnen." in told


def test_it_begins_where_the_results_began_unless_told_otherwise(run: Run, folder: Path) -> None:
    run("--runs", 1, "--out", "begin")
    code, told = run("--runs", 2, "--out", "begin", settings=("--years", "1", "--workers", "1"))
    assert code == 0
    assert "1 of 2 futures" in told
    assert open_results(folder / "begin").futures == (1, 2)


def test_futures_that_were_there_already_are_counted_where_fewer_are_asked(run: Run, folder: Path) -> None:
    run("--runs", 3, "--out", "fewer")
    code, told = run("--runs", 1, "--out", "fewer")
    assert code == 0
    assert "3 of 3 futures" in told
    assert "In fewer: 3 futures" in told


def test_a_future_that_lacks_between_others_is_done(run: Run, folder: Path) -> None:
    run("--runs", 3, "--out", "gap")
    shutil.rmtree(folder / "gap" / "futures" / "000001")
    code, told = run("--runs", 2, "--out", "gap")
    assert code == 0
    assert "2 of 3 futures" in told
    assert open_results(folder / "gap").futures == (1, 2, 3)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "a second"), (1.4, "a second"), (1.6, "2 seconds"), (120, "2 minutes")]
)
def test_a_length_of_time_is_told_in_words(seconds: float, told: str) -> None:
    assert _time(seconds) == told


def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(run: Run, folder: Path) -> None:
    words = ["simulate", "city", "--runs", "12", "--out", "broken", *SETTINGS, "--lang", "en"]
    started = subprocess.Popen(
        [sys.executable, "-c", "from ongedeeld.cli import main; main()", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "200"},
    )
    assert started.stderr is not None
    for line in started.stderr:
        if not line.startswith("0 of") and " of 12 futures" in line:
            break
    started.send_signal(signal.SIGINT)
    told, rest = started.communicate()
    assert started.returncode == 130, rest
    assert "Stopping: what is under way is finished." in rest
    kept = open_results(folder / "broken")
    assert 0 < len(kept.futures) < 12
    assert f"Stopped: {len(kept.futures)} of 12 futures are finished and kept in broken." in told
    assert "The same command goes on from there." in told

    assert run("--runs", 12, "--out", "broken")[0] == 0
    assert run("--runs", 12, "--out", "whole")[0] == 0
    assert files(open_results(folder / "broken")) == files(open_results(folder / "whole"))


def test_other_futures_are_not_put_beside_those_that_are_there(run: Run, folder: Path) -> None:
    run("--runs", 1, "--out", "other")
    (folder / "half.toml").write_text(POLICY.format(share=0.4), encoding="utf-8")
    code, told = run("--runs", 2, "--out", "other", "--seed", 2, "--policy", "half.toml")
    assert code == 2
    assert "other: this folder holds futures of another simulation" in told
    assert "policy, seed (there 1, now 2)" in told
    assert open_results(folder / "other").futures == (1,)


def test_a_policy_that_is_not_lawful_is_refused_with_its_line(run: Run, folder: Path) -> None:
    (folder / "over.toml").write_text(POLICY.format(share=0.8), encoding="utf-8")
    code, told = run("--runs", 2, "--out", "over", "--policy", "over.toml")
    assert code == 2
    assert "over.toml, line 3" in told
    assert "50%" in told
    assert not (folder / "over").exists()


def test_what_if_says_so(run: Run, folder: Path) -> None:
    (folder / "over.toml").write_text(POLICY.format(share=0.8), encoding="utf-8")
    code, told = run("--runs", 1, "--out", "if", "--policy", "over.toml", "--what-if")
    assert code == 0
    assert "What if the law allowed it" in told
    assert open_results(folder / "if").manifest.what_if


def test_an_assumption_without_a_range_is_refused_with_its_line(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text('["void.months"]\nvalue = 3\nsource = "our own"\n', encoding="utf-8")
    code, told = run("--runs", 1, "--out", "own", "--assumptions", "own.toml")
    assert code == 2
    assert "own.toml" in told
    assert not (folder / "own").exists()


def test_assumptions_of_ones_own_are_kept_with_the_results(run: Run, folder: Path) -> None:
    (folder / "mine.toml").write_text(
        '[void.months]\nvalue = 3\nlow = 2\nhigh = 4\nsource = "our own figures of 2025"\n', encoding="utf-8"
    )
    assert run("--runs", 1, "--out", "mine", "--assumptions", "mine.toml")[0] == 0
    held = open_results(folder / "mine").manifest.assumptions["void.months"]
    assert (held["value"], held["low"], held["high"]) == (3.0, 2.0, 4.0)
    assert held["source"] == "our own figures of 2025"


def test_a_scheduler_that_is_not_there_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 1)
    code, told = run("--runs", 1, "--out", "far", "--scheduler", "tcp://127.0.0.1:1")
    assert code == 2
    assert "no scheduler answers at tcp://127.0.0.1:1" in told
    assert "dask scheduler" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--start", "2026-09-15"), "cannot start on 2026-09-15"),
        (("--years", "0"), "cannot last 0 years"),
        (("--runs", "0"), "the number of futures cannot be 0"),
        (("--workers", "0"), "the number of workers cannot be 0"),
        (("--workers", "0"), "Next: give another number with --workers"),
        (("--policy", "absent.toml"), "absent.toml: this file of a policy is not there"),
        (("--policy", "."), ".: this is a folder"),
        (("--local-policy", "absent.toml"), "absent.toml: this file of local policy is not there"),
        (("--assumptions", "absent.toml"), "absent.toml: this file of assumptions is not there"),
        (("--stock-plan", "absent.csv"), "absent.csv: this file is not there"),
    ],
)
def test_wrong_use_gives_one_clear_error(run: Run, folder: Path, words: tuple[str, ...], told: str) -> None:
    code, output = run("--out", "wrong", *words, settings=("--lang", "en"))
    assert code == 2
    assert told in output
    assert "Traceback" not in output
    assert not (folder / "wrong").exists()
