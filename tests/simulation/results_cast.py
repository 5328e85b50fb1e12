"""Results to compare: those of a short simulation, and the same with a policy's name and other outcomes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.city import City
from ongedeeld.simulation.futures.asked import Asked
from ongedeeld.simulation.futures.files import FUTURES
from ongedeeld.simulation.futures.results import MANIFEST, Results, open_results
from ongedeeld.simulation.futures.scenario import read_scenario
from ongedeeld.simulation.futures.simulating import simulate
from ongedeeld.sources.model_city import model_city

START = date(2026, 7, 1)
Change = Callable[[pl.DataFrame], pl.DataFrame]


def lived_through(folder: Path, futures: int = 4) -> Results:
    """One year of the smallest model city as now, in some futures."""
    if not (folder / "city").exists():
        model_city(scale=0.05).save(folder / "city")
    scenario = read_scenario(City.open(folder / "city"), start=START, years=1)
    return simulate(scenario, folder / "now", runs=futures, seed=1)


def as_if(
    results: Results, folder: Path, policy: str, changes: Mapping[str, Change] | None = None, **asked: object
) -> Results:
    """The same results under the name of a policy, with other tables and another manifest."""
    shutil.copytree(results.folder, folder)
    text = f'name = "{policy}"' if policy else ""
    manifest: Asked = replace(results.manifest, policy=policy, policy_text=text, **asked)  # type: ignore[arg-type]
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    for name, change in (changes or {}).items():
        for file in (folder / FUTURES).glob(f"*/{name}.parquet"):
            change(pl.read_parquet(file)).write_parquet(file)
    return open_results(folder)


def without(grouping: str, group: str) -> Change:
    """A table of groups in which nobody of a group gets a home."""
    here = (pl.col("grouping") == grouping) & (pl.col("group") == group)

    def changed(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            housed=pl.when(here).then(0).otherwise("housed"),
            share_housed=pl.when(here).then(0.0).otherwise("share_housed"),
        )

    return changed
