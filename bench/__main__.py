"""Run every case several times, each run in a process of its own, ours and plain in turn; then the workbench.

``python -m bench [--runs N] [TEXT]`` runs the cases whose name holds TEXT, and prints a table in Markdown.
Without TEXT it goes on to measure the workbench, signals, the map, a vault and a life map in their small
form, which takes some minutes: it shows that they work, and about where they stand. The full form of each, in
which the figures of the documentation were measured, is asked for by name: ``--workbench DATABASE`` the pages
of the workbench, ``--signals DATABASE`` reports and lists of signals, ``--map`` the map in a browser,
``--vault`` the opening of a resident's map, ``--life`` how smoothly a life map follows the hand; ``--small``
beside one of them is the small form of it alone.

The other side of some cases is a package in an environment of its own, which runs once; ``--peers PYTHON``
names another interpreter for it. ``python -m bench --plot FILE`` draws the cost of a profile, ``--plot-cards
FILE`` that of cards.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

# Each is loaded where its cases run: the environment of a peer holds that peer and nothing of ours.
ROOMS = ("cases", "undividedness", "capacity", "disclosure", "forecast", "allocation", "simulation")
PEERS = Path(".venv-peers/bin/python")
# What is drawn or measured by itself, by the option that asks for it.
PLOTS = {"plot": "cost", "plot_cards": "capacity", "plot_simulation": "simulation"}
SERVED = {
    "workbench": "workbench",
    "signals": "signals",
    "map": "workbench_map",
    "vault": "vault",
    "life": "life_map",
}
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Figure:
    """What one run took, and the numbers it gave where it gave numbers."""

    seconds: float
    peak_mb: float
    numbers: list[float] = field(default_factory=list)


def run_here(room: str, name: str, side: int) -> None:
    """Run one side of a case in this process and print its figure."""
    cases = import_module(f"bench.{room}")
    prepare = cases.CASES[name][side]
    if prepare is None:
        sys.exit(f"{name} has no other side")
    work = prepare()
    start = time.perf_counter()
    answer = work()
    seconds = (time.perf_counter() - start) / getattr(cases, "UNITS", {}).get(name, (1, 1))[side]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbers = answer if isinstance(answer, list) else []
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak_mb, "numbers": numbers}))


def run_apart(room: str, name: str, side: int, python: str | Path) -> Figure:
    """Run one side of a case in a process of its own."""
    command = [python, "-m", "bench", name, "--here", room, "--side", str(side)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Figure(**json.loads(done.stdout))


def row(room: str, name: str, runs: int, peers: Path) -> str:
    """One line of the table: medians, spread, memory, ratio to the other way, how far answers differ."""
    cases = import_module(f"bench.{room}")
    ours, others = [], []
    has_other = cases.CASES[name][1] is not None
    is_peer = name in getattr(cases, "PEERS", ())
    for run in range(runs):
        ours.append(run_apart(room, name, 0, sys.executable))
        if has_other and not is_peer:
            others.append(run_apart(room, name, 1, sys.executable))
        elif is_peer and run == 0 and peers.exists():
            others.append(run_apart(room, name, 1, peers))
    seconds = [figure.seconds for figure in ours]
    cells = [
        name,
        f"{statistics.median(seconds):.4g}",
        f"{min(seconds):.4g}-{max(seconds):.4g}",
        f"{statistics.median(figure.peak_mb for figure in ours):.0f}",
        *_compared(ours, others),
    ]
    return "| " + " | ".join(cells) + " |"


def _compared(ours: list[Figure], others: list[Figure]) -> list[str]:
    if not others:
        return ["", "", "", ""]
    # A peer ran once: every one of our runs is set against that run.
    pairs = list(zip(ours, others if len(others) == len(ours) else others * len(ours), strict=True))
    ratio = statistics.median(our.seconds / other.seconds for our, other in pairs)
    apart = [
        abs(one - two)
        for our, other in pairs
        if our.numbers and len(our.numbers) == len(other.numbers)
        for one, two in zip(our.numbers, other.numbers, strict=True)
    ]
    return [
        f"{statistics.median(other.seconds for other in others):.4g}",
        f"{statistics.median(other.peak_mb for other in others):.0f}",
        f"{ratio:.3g}",
        f"{max(apart):.1g}" if apart else "",
    ]


def main() -> None:
    """Parse the call and run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("text", nargs="?", default="")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--here")
    parser.add_argument("--side", type=int, default=0)
    parser.add_argument("--peers", type=Path, default=PEERS)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--plot-cards", type=Path)
    parser.add_argument("--plot-simulation", type=Path)
    parser.add_argument("--workbench", choices=DATABASES)
    parser.add_argument("--signals", choices=DATABASES)
    parser.add_argument("--map", action="store_true")
    parser.add_argument("--vault", action="store_true")
    parser.add_argument("--life", action="store_true")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    for option, room in PLOTS.items():
        if asked := getattr(options, option):
            import_module(f"bench.{room}").plot(asked)
            return
    for option, room in SERVED.items():
        if asked := getattr(options, option):
            import_module(f"bench.{room}").measure(asked, small=options.small)
            return
    if options.here:
        run_here(options.here, options.text, options.side)
        return
    run_cases(options)
    if not options.text:
        sys.exit(max(map(serve_small, SERVED)))


def run_cases(options: argparse.Namespace) -> None:
    """Print the table of all cases that are asked for."""
    if not options.peers.exists():
        sys.stderr.write(f"There is no {options.peers}: cases beside PySAL run without it.\n")
    sys.stdout.write(
        "| case | median s | range s | peak MB | other way, median s | peak MB | ratio | largest gap |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    for room in ROOMS:
        cases = import_module(f"bench.{room}")
        chosen = [name for name in cases.CASES if options.text.lower() in name.lower()]
        for name in chosen:
            sys.stdout.write(row(room, name, options.runs, options.peers) + "\n")
            sys.stdout.flush()
        if chosen and hasattr(cases, "verdict"):
            sys.stdout.write(f"\n{cases.verdict()}\n")


def serve_small(option: str) -> int:
    """Measure what is served in its small form, on each database that it asks for; not 0 where one failed."""
    sys.stdout.write(f"\n{option}, in its small form\n")
    sys.stdout.flush()
    databases = DATABASES if option in ("workbench", "signals") else ("",)
    commands = [
        [sys.executable, "-m", "bench", f"--{option}", *filter(None, (database,)), "--small"]
        for database in databases
    ]
    return max(subprocess.run(command, check=False).returncode for command in commands)


if __name__ == "__main__":
    main()
