"""Years of a city, beside the same city the Mesa way, and the cost of futures.

Both live through the first year of the city with two instruments. Whether both give the same city is tested
over some seeds of a small one.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.cases import Work
from bench.cost import COLOURS, INK
from bench.many_homes import ALL, HOMES_OF_ONE, START, TWO, many, setting

if TYPE_CHECKING:
    from ongedeeld.simulation.preparing.setting import Setting

YEARS, MONTHS, YEAR = 10, 120, 12
COUNTRY = 92
SEEDS = 8
SMALL, SMALL_YEARS = 0.2, 2
UNLIKELY = 0.01
PLOT_COPIES, PLOT_YEARS = (1, 2, 4, 8), (5, 10, 20)


@cache
def hundred_thousand(policy: str) -> Setting:
    """100,000 homes in four municipalities under one of the policies."""
    return setting(many(4), {"two": TWO, "all": ALL}[policy], YEARS)


def _compiled(held: Setting) -> Setting:
    from ongedeeld.simulation.running import run

    run(held, 1, 2)
    return held


def two_instruments(months: int) -> Callable[[], Work]:
    """Some months with a share for who is bound and with support under an agreement."""

    def prepare() -> Work:
        from ongedeeld.simulation.running import run

        held = _compiled(hundred_thousand("two"))
        return lambda: run(held, 1, months)

    return prepare


def mesa() -> Work:
    """A year of the same the Mesa way."""
    from bench.mesa_city import City

    model = City(hundred_thousand("two"), 1)

    def work() -> object:
        for _ in range(YEAR):
            model.step()
        return len(model.agents)

    return work


def all_instruments() -> Work:
    """Ten years with every instrument of the catalogue that can go together."""
    from ongedeeld.simulation.running import run

    held = _compiled(hundred_thousand("all"))
    return lambda: run(held, 1, MONTHS)


def preparing() -> Work:
    """What is made once for all futures of that."""
    city = many(4)
    return lambda: setting(city, ALL, YEARS)


def country() -> Work:
    """2.3 million homes in 92 municipalities, ten years under the law alone."""
    from ongedeeld.simulation.running import run

    held = _compiled(setting(many(COUNTRY), {}, YEARS))
    return lambda: run(held, 1, MONTHS)


def outcomes() -> Work:
    """The tables of outcomes of ten years of 575,000 homes under the law alone."""
    from ongedeeld.simulation.outcomes.bearing import known_of
    from ongedeeld.simulation.outcomes.reckoning import tables_of
    from ongedeeld.simulation.running import run

    city = many(COUNTRY // 4)
    held = setting(city, {}, YEARS)
    known, done = known_of(city, held), run(held, 1, MONTHS)
    return lambda: tables_of(done, held, known)


def eight_futures(workers: int) -> Callable[[], Work]:
    """Eight futures of 100,000 homes by so many workers; workers start and prepare within the clock."""

    def prepare() -> Work:
        from ongedeeld.simulation.futures.scenario import read_scenario
        from ongedeeld.simulation.futures.simulating import simulate

        scenario = read_scenario(many(4), start=START, years=YEARS)
        warm = Path(tempfile.mkdtemp()) / "warm"
        simulate(scenario, warm, runs=1)
        out = Path(tempfile.mkdtemp()) / "out"
        return lambda: simulate(scenario, out, runs=8, workers=workers)

    return prepare


def first_run(*, compiled: bool) -> Callable[[], Work]:
    """The first month of a process, with kernels compiled before or not."""

    def prepare() -> Work:
        if not compiled:
            os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp()
        from ongedeeld.simulation.running import run

        held = setting(many(1, 0.05), TWO, 1)
        return lambda: run(held, 1, 1)

    return prepare


def verdict(seeds: int = SEEDS) -> str:
    """Whether our city and that of Mesa are the same in what is counted, over some seeds of each."""
    from scipy.stats import ttest_ind

    held = setting(many(1, SMALL), TWO, SMALL_YEARS)
    ours = [_ours(held, seed) for seed in range(1, seeds + 1)]
    others = [_mesas(held, seed) for seed in range(1, seeds + 1)]
    lines = ["| counted in two years of 5,000 homes | ours | Mesa | p |", "|---|---|---|---|"]
    names = sorted(set().union(*ours, *others))
    chances = []
    for name in names:
        mine, theirs = ([one[name] for one in counts] for counts in (ours, others))
        p = float(ttest_ind(mine, theirs, equal_var=False).pvalue) if mine != theirs else 1.0
        chances.append(p)
        lines.append(f"| {name} | {np.mean(mine):.1f} | {np.mean(theirs):.1f} | {p:.2f} |")
    # Of so many comparisons the smallest chance is held against its share of what is unlikely.
    same = min(chances) >= UNLIKELY / len(names)
    told = "the same within chance" if same else "NOT the same"
    return "\n".join([*lines, "", f"{seeds} seeds each, {len(names)} counts: {told}"])


def _ours(held: Setting, seed: int) -> Counter[str]:
    from ongedeeld.simulation.running import run

    done = run(held, seed, YEAR * SMALL_YEARS)
    groups = [one.kind for one in held.people.types]
    counted = Counter(done.happened["what"].cast(str).to_list())
    del counted["support_ends"]
    counted.update(f"route: {route}" for route in done.lettings["route"].cast(str))
    counted.update(f"group: {groups[type_]}" for type_ in done.lettings["type"])
    by_what = done.seekers.group_by("what").sum().select(pl.col("what").cast(pl.String), "seekers")
    counted.update({what: count for what, count in by_what.iter_rows() if what in ("arrived", "stopped")})
    counted["lettings"] = len(done.lettings)
    counted["declined"] = int(done.declined["offers"].sum())
    return counted


def _mesas(held: Setting, seed: int) -> Counter[str]:
    from bench.mesa_city import City

    model = City(held, seed)
    for _ in range(YEAR * SMALL_YEARS):
        model.step()
    return model.counted


def plot(file: Path) -> None:
    """Measure runs of growing numbers of homes and years in seconds of one core, and draw the cost as SVG.

    The best of three counts; time in which the core did other work does not.
    """
    import altair as alt

    from ongedeeld.simulation.running import run

    rows = []
    for copies in PLOT_COPIES:
        held = _compiled(setting(many(copies), {}, max(PLOT_YEARS)))
        for years in PLOT_YEARS:
            seconds = []
            for _ in range(3):
                start = process_time()
                run(held, 1, YEAR * years)
                seconds.append(process_time() - start)
            homes = copies * HOMES_OF_ONE
            rows.append({"homes": homes, "years": f"{years} years", "seconds": min(seconds)})
    base = alt.Chart(pl.DataFrame(rows)).encode(
        x=alt.X("homes:Q", title="homes", axis=alt.Axis(format=",d")),
        y=alt.Y("seconds:Q", title="seconds, one core"),
        color=alt.Color("years:N", legend=None, sort=None, scale=alt.Scale(range=COLOURS)),
    )
    last = base.transform_filter(f"datum.homes === {PLOT_COPIES[-1] * HOMES_OF_ONE}")
    words = last.mark_text(align="left", dx=8, fontSize=13).encode(text="years:N")
    chart = alt.layer(base.mark_line(point=True), words).properties(
        width=520, height=300, title="One future under the law alone, in invented cities"
    )
    styled = chart.configure(font="system-ui, sans-serif", background="white").configure_axis(
        labelFontSize=13, titleFontSize=13, labelColor=INK, titleColor=INK, grid=False
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    styled.configure_view(strokeWidth=0).save(file)


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "Simulation: 100,000 homes, a year, two instruments (other way: Mesa)": (two_instruments(YEAR), mesa),
    "Simulation: 100,000 homes, 10 years, two instruments": (two_instruments(MONTHS), None),
    "Simulation: 100,000 homes, 10 years, all instruments": (all_instruments, None),
    "Simulation: prepare 100,000 homes for all instruments": (preparing, None),
    "Simulation: 2.3 million homes, 10 years, the law alone": (country, None),
    "Simulation: outcomes of 575,000 homes, 10 years": (outcomes, None),
    "Simulation: 8 futures of 100,000 homes, 2 workers (other way: 1 worker)": (
        eight_futures(2),
        eight_futures(1),
    ),
    "Simulation: first month of a process, compiled before (other way: not)": (
        first_run(compiled=True),
        first_run(compiled=False),
    ),
}
