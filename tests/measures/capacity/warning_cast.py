"""A City of twelve complexes for early warning, small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.city import City, conform
from ongedeeld.vocabulary.language import Language, translator
from tests.small_city import NEIGHBOURHOODS, small_city

Counts = NDArray[np.int64]

COMPLEXES = [f"C{number:02d}" for number in range(1, 13)]
QUARTERS = [date(2021 + quarter // 4, 3 * (quarter % 4) + 1, 1) for quarter in range(16)]
YEARS = [date(year, 1, 1) for year in range(2021, 2025)]
HOMES = 50
BRAND = COMPLEXES.index("C05")


def steady(*, least: int = 2, most: int = 4) -> Counts:
    """Counts by complex and quarter that go up and down a little, everywhere alike."""
    place, quarter = np.indices((len(COMPLEXES), len(QUARTERS)))
    return least + (3 * place + 5 * quarter + place * quarter) % (most - least + 1)


def observed(observation: str, counts: Counts, periods: list[date]) -> pl.DataFrame:
    """A table of observations; a negative count is missing."""
    return pl.DataFrame(
        {
            "complex": np.repeat(COMPLEXES, len(periods)),
            "period": periods * len(COMPLEXES),
            "observation": observation,
            "reason": "none",
            "count": counts.ravel(),
        }
    ).with_columns(
        count=pl.when(pl.col("count") >= 0).then("count"),
        status=pl.when(pl.col("count") >= 0).then(pl.lit("observed")).otherwise(pl.lit("missing")),
    )


def city(
    periods: list[date] = QUARTERS, more: dict[str, pl.DataFrame] | None = None, /, **counts: Counts
) -> City:
    """Twelve complexes of fifty homes, three in each neighbourhood of Vogelstad, with these observations."""
    areas = list(NEIGHBOURHOODS) * 3
    complexes = pl.DataFrame(
        {"complex": COMPLEXES, "name": [f"Hof {name}" for name in COMPLEXES], "area": areas}
    )
    dwellings = pl.DataFrame(
        {
            "dwelling": [f"W{number:04d}" for number in range(HOMES * len(COMPLEXES))],
            "complex": np.repeat(COMPLEXES, HOMES),
            "area": np.repeat(areas, HOMES),
        }
    )
    tables = {"complexes": complexes, "dwellings": dwellings, **(more or {})}
    if counts:
        tables["observations"] = pl.concat(observed(name, of, periods) for name, of in counts.items())
    return small_city({name: conform(name, frame) for name, frame in tables.items()})


def raised(counts: Counts, times: int, since: int = 12) -> Counts:
    """The counts of Hof C05 times as high from a quarter on."""
    changed = counts.copy()
    changed[BRAND, since:] *= times
    return changed


def nuisance(households: Counts, per_household: int = 1) -> dict[str, Counts]:
    return {"nuisance_households": households, "nuisance_new": households * per_household}


def row_of(frame: pl.DataFrame, unit: str, **where: str) -> dict[str, Any]:
    return frame.filter(unit=unit, **where).row(0, named=True)


def said(found: Any, language: Language = "en") -> str:
    translate = translator(language).gettext
    return "\n".join(note.say(translate) for note in (*found.sentences, *found.notes))
