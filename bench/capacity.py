"""Cards of 100,000 homes in 10,000 complexes, and their shrinkage beside pandas and SciPy per complex.

The stock is made up with NumPy from a seed: complexes of about ten homes, a year of counts by quarter, a
survey, inspections and hours of caretakers. ``python -m bench --plot-cards FILE`` draws the cost against the
number of homes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from ongedeeld.city import City

Work = Callable[[], object]
COMPLEXES, HOMES, AREAS = 10_000, 100_000, 400
DAY = date(2026, 1, 1)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
MONTHS = [date(2025, month, 1) for month in range(1, 13)]
# Expected counts a home and quarter.
COUNTS = {
    "vacancies": 0.02,
    "reactions": 1.6,
    "evictions": 0.0005,
    "arrears_households": 0.04,
    "support_present": 0.05,
    "nuisance_open": 0.03,
    "nuisance_households": 0.015,
}
QUESTIONS = (
    "clean",
    "effort",
    "nuisance",
    "knows_neighbours",
    "greeted",
    "someone_to_turn_to",
    "safe",
    "home",
)
SHARES = ("arrears_households", "support_present", "nuisance_households")
RATES = ("vacancies", "evictions", "nuisance_open")
WHOLE_YEAR = ("vacancies", "evictions")
# Homes for which the cost is drawn.
SIZES = [6_250, 12_500, 25_000, 50_000, 100_000]
INK = "#1d2426"


def stock(complexes: int = COMPLEXES, homes: int = HOMES, seed: int = 1) -> dict[str, pl.DataFrame]:
    """The tables of a made-up stock."""
    luck = np.random.default_rng(seed)
    names = np.array([f"C{number:05d}" for number in range(complexes)])
    place = np.concatenate([np.arange(complexes), luck.integers(0, complexes, homes - complexes)])
    size = np.bincount(place, minlength=complexes)
    areas = np.array([f"BU0001{number:04d}" for number in range(AREAS)])
    area = areas[luck.integers(0, AREAS, complexes)]
    dwelling = np.array([f"D{number:06d}" for number in range(homes)])
    start = np.datetime64("2026-01-01") - luck.integers(0, 9_000, homes).astype("timedelta64[D]")
    ages = np.array(["under_23", "23_34", "35_54", "55_66", "67_and_over"])
    return {
        "areas": pl.DataFrame(
            {"code": areas, "level": "neighbourhood", "name": areas, "parent": "WK000101"}
        ).vstack(
            pl.DataFrame({"code": ["WK000101"], "level": "district", "name": "Wijk", "parent": "GM0001"})
        ),
        "complexes": pl.DataFrame(
            {
                "complex": names,
                "name": names,
                "area": area,
                "x_m": luck.uniform(100_000, 110_000, complexes),
                "y_m": luck.uniform(400_000, 410_000, complexes),
            }
        ),
        "dwellings": pl.DataFrame({"dwelling": dwelling, "complex": names[place], "area": area[place]}),
        "tenancies": pl.DataFrame(
            {
                "tenancy": dwelling,
                "dwelling": dwelling,
                "start": start,
                "age_class": ages[luck.integers(0, 5, homes)],
                "route": np.where(luck.random(homes) < 0.1, "mediated", "regular"),
            }
        ),
        "observations": _observations(luck, names, size),
        "surveys": _surveys(luck, names, size),
        "inspections": _inspections(luck, names),
        "caretaker_hours": pl.DataFrame(
            {
                "complex": np.repeat(names, 12),
                "period": MONTHS * complexes,
                "hours": np.repeat(0.3 * size, 12) * luck.uniform(0.5, 1.5, 12 * complexes),
            }
        ),
        "places": pl.DataFrame(
            {
                "place": [f"P{number}" for number in range(200)],
                "kind": "meeting_place",
                "x_m": luck.uniform(100_000, 110_000, 200),
                "y_m": luck.uniform(400_000, 410_000, 200),
            }
        ),
    }


def _observations(luck: np.random.Generator, names: np.ndarray, size: np.ndarray) -> pl.DataFrame:
    frames = []
    for observation, mean in COUNTS.items():
        rate = mean * luck.gamma(4.0, 0.25, len(names))
        count = luck.poisson((rate * size)[:, None], (len(names), 4))
        count = count if observation in ("reactions", "nuisance_open") else np.minimum(count, size[:, None])
        frames.append(
            pl.DataFrame(
                {
                    "complex": np.repeat(names, 4),
                    "period": QUARTERS * len(names),
                    "observation": observation,
                    "reason": "none",
                    "count": count.ravel(),
                    "status": "observed",
                }
            )
        )
    return pl.concat(frames)


def _surveys(luck: np.random.Generator, names: np.ndarray, size: np.ndarray) -> pl.DataFrame:
    answers = np.maximum(luck.binomial(size, 0.5), 1)
    liked = luck.normal(7.0, 0.5, len(names))
    frames = [
        pl.DataFrame(
            {
                "level": "complex",
                "unit": names,
                "period": date(2025, 9, 1),
                "question": question,
                "answers": answers,
                "mean": np.clip(liked + luck.normal(0.0, 1.8, len(names)) / np.sqrt(answers), 1.0, 10.0),
                "spread": 1.8,
            }
        )
        for question in QUESTIONS
    ]
    return pl.concat(frames)


def _inspections(luck: np.random.Generator, names: np.ndarray) -> pl.DataFrame:
    grades = np.clip(
        np.repeat(luck.normal(3.8, 0.3, (len(names), 3)), 4, axis=0)
        + luck.normal(0.0, 0.3, (4 * len(names), 3)),
        1.0,
        5.0,
    )
    return pl.DataFrame(
        {
            "level": "complex",
            "unit": np.repeat(names, 4),
            "period": QUARTERS * len(names),
            "by": "staff",
            **{aspect: grades[:, column] for column, aspect in enumerate(("clean", "whole", "safe"))},
        }
    )


def city(complexes: int = COMPLEXES, homes: int = HOMES) -> City:
    """The made-up stock as a City."""
    from ongedeeld.city import City, Manifest

    manifest = Manifest("Meetstad", "GM0001", DAY, invented=True, stock="own")
    return City.of(stock(complexes, homes), manifest)


def all_cards() -> Work:
    """All cards with intervals, ranks and balances, of 21 indicators."""
    from ongedeeld.measures.capacity import cards

    made = city()
    cards(city(50, 500), day=DAY)

    def work() -> object:
        cards(made, day=DAY)
        return None

    return work


def shrinkage() -> Work:
    """Six counts of every complex, shrunk with intervals; the numbers are the estimates."""
    from ongedeeld.measures.capacity import shrink_rates, shrink_shares

    tables = stock()
    shrink_shares([0, 1], [2, 3])

    def work() -> object:
        homes = tables["dwellings"].group_by("complex").agg(homes=pl.len())
        numbers: list[float] = []
        for observation in SHARES + RATES:
            rows = tables["observations"].filter(pl.col("observation") == observation)
            if observation not in WHOLE_YEAR:
                rows = rows.filter(pl.col("period") == QUARTERS[-1])
            counts = (
                rows.group_by("complex").agg(pl.col("count").sum()).join(homes, on="complex").sort("complex")
            )
            shrink = shrink_shares if observation in SHARES else shrink_rates
            numbers += shrink(counts["count"], counts["homes"]).estimate.tolist()
        return numbers

    return work


def shrinkage_per_complex() -> Work:
    """The same counts with pandas and SciPy, complex by complex, the fitted distribution taken as certain."""
    import pandas
    from scipy import optimize, stats

    tables = stock()
    dwellings = pandas.DataFrame(tables["dwellings"].select("complex").to_dict(as_series=False))
    homes = dwellings.groupby("complex").size()
    counts = pandas.DataFrame(
        tables["observations"].select("complex", "period", "observation", "count").to_dict(as_series=False)
    )

    def shares(observation: str) -> dict[str, tuple[float, float, float]]:
        last = counts[(counts.observation == observation) & (counts.period == QUARTERS[-1])]
        k = last.set_index("complex")["count"]
        n = homes[k.index]

        def minus(at: np.ndarray) -> float:
            mean, size = 1.0 / (1.0 + np.exp(-at[0])), np.exp(at[1])
            return -float(stats.betabinom.logpmf(k, n, mean * size, (1 - mean) * size).sum())

        best = optimize.minimize(minus, [-3.0, 3.0], method="Nelder-Mead").x
        mean, size = 1.0 / (1.0 + np.exp(-best[0])), np.exp(best[1])
        found = {}
        for name in k.index:
            likely = stats.beta(k[name] + mean * size, n[name] - k[name] + (1 - mean) * size)
            found[name] = (likely.mean(), *likely.interval(0.95))
        return found

    def rates(observation: str) -> dict[str, tuple[float, float, float]]:
        of_kind = counts[counts.observation == observation]
        k = (
            of_kind.groupby("complex")["count"].sum()
            if observation in WHOLE_YEAR
            else of_kind[of_kind.period == QUARTERS[-1]].set_index("complex")["count"]
        )
        e = homes[k.index]

        def minus(at: np.ndarray) -> float:
            mean, size = np.exp(at[0]), np.exp(at[1])
            return -float(stats.nbinom.logpmf(k, mean * size, size / (size + e)).sum())

        best = optimize.minimize(minus, [-3.0, 3.0], method="Nelder-Mead").x
        mean, size = np.exp(best[0]), np.exp(best[1])
        found = {}
        for name in k.index:
            likely = stats.gamma(k[name] + mean * size, scale=1.0 / (e[name] + size))
            found[name] = (likely.mean(), *likely.interval(0.95))
        return found

    def work() -> object:
        made = {observation: shares(observation) for observation in SHARES}
        made |= {observation: rates(observation) for observation in RATES}
        return [float(found[name][0]) for found in made.values() for name in homes.index]

    return work


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "All cards (100,000 homes, 10,000 complexes)": (all_cards, None),
    "Shrinkage of six counts (10,000 complexes)": (shrinkage, shrinkage_per_complex),
}


def plot(file: Path) -> None:
    """Measure the cards of stocks of growing size, the best of three runs, and draw the cost as SVG."""
    import altair as alt

    from ongedeeld.measures.capacity import cards

    cards(city(50, 500), day=DAY)
    rows = []
    for homes in SIZES:
        made = city(homes // 10, homes)
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            cards(made, day=DAY)
            seconds.append(time.perf_counter() - start)
        rows.append({"homes": homes, "seconds": min(seconds)})
    base = alt.Chart(pl.DataFrame(rows)).encode(
        x=alt.X("homes:Q", title="homes", axis=alt.Axis(values=SIZES[2:], format=",")),
        y=alt.Y("seconds:Q", title="seconds"),
    )
    chart = alt.layer(base.mark_line(color="#0f5c63"), base.mark_circle(color="#0f5c63", size=60)).properties(
        width=520, height=300, title="All cards of a made-up stock with ten homes to a complex"
    )
    styled = chart.configure(font="system-ui, sans-serif", background="white").configure_axis(
        labelFontSize=13, titleFontSize=13, labelColor=INK, titleColor=INK, grid=False
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    styled.configure_view(strokeWidth=0).save(file)
