"""The cost of a profile against the number of locations and of scales, drawn for the docs."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from bench.undividedness import country

LOCATIONS = [1_000, 4_000, 16_000, 64_000, 256_000]
SCALES = [2, 8, 32]
NEAREST_M, FARTHEST_M = 250.0, 4_000.0
RUNS = 5
INK, COLOURS = "#1d2426", ["#5d676a", "#0f5c63", "#a94d26"]


def measured() -> list[dict[str, object]]:
    """The best of five runs for every number of locations and scales, on one core, without draws."""
    from ongedeeld.measures.undividedness.profile import profile

    rows: list[dict[str, object]] = []
    for locations in LOCATIONS:
        counts, points = country(locations)
        for scales in SCALES:
            radii = np.geomspace(FARTHEST_M, NEAREST_M, scales).tolist()
            profile(counts[:50], points[:50], radii_m=radii, kernel="biweight", draws=0)
            seconds = []
            for _ in range(RUNS):
                start = time.perf_counter()
                profile(counts, points, radii_m=radii, kernel="biweight", draws=0)
                seconds.append(time.perf_counter() - start)
            rows.append({"locations": locations, "scales": f"{scales} distances", "seconds": min(seconds)})
    return rows


def plot(file: Path) -> None:
    """Measure and write the chart as SVG."""
    import altair as alt
    import polars as pl

    rows = measured()
    base = alt.Chart(pl.DataFrame(rows)).encode(
        x=alt.X(
            "locations:Q", title="locations", scale=alt.Scale(type="log"), axis=alt.Axis(values=LOCATIONS)
        ),
        y=alt.Y("seconds:Q", title="seconds, one core", scale=alt.Scale(type="log")),
        color=alt.Color("scales:N", legend=None, sort=None, scale=alt.Scale(range=COLOURS)),
    )
    last = base.transform_filter(f"datum.locations === {LOCATIONS[-1]}")
    words = last.mark_text(align="left", dx=8, fontSize=13).encode(text="scales:N")
    chart = alt.layer(base.mark_line(point=True), words).properties(
        width=520,
        height=300,
        title="A profile up to 4 km, biweight kernel, three groups, in one made-up country",
    )
    styled = chart.configure(font="system-ui, sans-serif", background="white").configure_axis(
        labelFontSize=13, titleFontSize=13, labelColor=INK, titleColor=INK, grid=False
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    styled.configure_view(strokeWidth=0).save(file)
