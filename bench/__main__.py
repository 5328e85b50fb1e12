"""Run every case several times, each run in a process of its own, ours and plain in turn.

``python -m bench [--runs N] [TEXT]`` runs the cases whose name holds TEXT, and prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from bench.cases import CASES


@dataclass(frozen=True)
class Figure:
    """What one run took."""

    seconds: float
    peak_mb: float


def run_here(name: str, side: int) -> None:
    """Run one side of a case in this process and print its figure."""
    prepare = CASES[name][side]
    if prepare is None:
        sys.exit(f"{name} has no other side")
    work = prepare()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak_mb}))


def run_apart(name: str, side: int) -> Figure:
    """Run one side of a case in a process of its own."""
    command = [sys.executable, "-m", "bench", "--here", name, "--side", str(side)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Figure(**json.loads(done.stdout))


def row(name: str, runs: int) -> str:
    """One line of the table: medians, spread, memory, and the ratio to the plain way run by run."""
    sides = [side for side in (0, 1) if CASES[name][side] is not None]
    figures: dict[int, list[Figure]] = {side: [] for side in sides}
    for _ in range(runs):
        for side in sides:
            figures[side].append(run_apart(name, side))
    ours = figures[0]
    seconds = [figure.seconds for figure in ours]
    cells = [
        name,
        f"{statistics.median(seconds):.3f}",
        f"{min(seconds):.3f}-{max(seconds):.3f}",
        f"{statistics.median(figure.peak_mb for figure in ours):.0f}",
    ]
    if 1 in figures:
        plain = [figure.seconds for figure in figures[1]]
        ratio = statistics.median(our / other for our, other in zip(seconds, plain, strict=True))
        cells += [f"{statistics.median(plain):.3f}", f"{ratio:.2f}"]
    else:
        cells += ["", ""]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Parse the call and run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("text", nargs="?", default="")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--here")
    parser.add_argument("--side", type=int, default=0)
    options = parser.parse_args()
    if options.here:
        run_here(options.here, options.side)
        return
    sys.stdout.write(
        "| case | median s | range s | peak MB | plain, median s | ratio |\n|---|---|---|---|---|---|\n"
    )
    for name in CASES:
        if options.text.lower() in name.lower():
            sys.stdout.write(row(name, options.runs) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
