"""How many tenants of a group live where, as it was published: what stands in the ledger, to everybody alike.

`ongedeeld undivided --publish` protects counts of tenants and notes them in a ledger. Of that file the map
and the API tell what went out, and nothing else: what is hidden there is not in it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure import Ledger
from ongedeeld.measures.disclosure.stock import COUNTED
from ongedeeld.measures.undividedness.group_sets import GROUP_SETS
from ongedeeld.reporting.ground import Series
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.web.areas.map_figures import Figure, Level
from ongedeeld.web.cities.opened import Opened

logger = logging.getLogger(__name__)

FIRST = "tenants_"
THEME = N_("Tenants of the association")
PROTECTED = N_(
    "Counts of tenants are protected: small ones are not told, and others are rounded. What is told here was "
    "published before."
)
COLUMNS = frozenset({"counted", "period", "area", "group", "count"})
_SCHEMA = {"period": pl.String, "area": pl.String, "group": pl.String, "count": pl.Int64}
LEVELS = (Level.NEIGHBOURHOOD, Level.DISTRICT)
SETS = {name: one for name, one in GROUP_SETS.items() if one.column is not None}


class TenantFigure(Figure):
    """How many tenants of a group there are; its name holds the set of groups and the group."""

    @property
    def group(self) -> str:
        """The group as the ledger has it."""
        return self.name.removeprefix(FIRST).replace(".", ":", 1)

    def label(self, speech: Speech) -> str:
        """What people see."""
        name, _, group = self.group.partition(":")
        words = speech.say(SETS[name].label(group, speech.language))
        return f"{capital(speech.say(SETS[name].title))}: {words}"

    def periods(self, opened: Opened, level: Level) -> tuple[date, ...]:
        """The days of which it was published at a level, the newest first."""
        days = _of(self.group, level)["period"].unique().sort(descending=True)
        return tuple(date.fromisoformat(day) for day in days)

    @property
    def note(self) -> str:
        """How the counts are protected."""
        return PROTECTED

    def when(self, period: date, speech: Speech) -> str:
        """The day as people read it."""
        return speech.day(period)


def ledger_file() -> Path:
    """The ledger of counts of tenants; it belongs to the workbench, and goes into a backup with it."""
    return Path(settings.DATA_FOLDER) / "published" / "tenants.json"


def tenant_figures() -> Mapping[str, Figure]:
    """The figures by name; none before anything was published."""
    known = set(published()["group"])
    found = {}
    for name, groups in SETS.items():
        for group in groups.names:
            held = f"{name}:{group}"
            levels = tuple(level for level in LEVELS if held in known and len(_of(held, level)))
            if levels:
                full = f"{FIRST}{name}.{group}"
                found[full] = TenantFigure(full, THEME, "count", levels)
    return found


def series_of(figure: TenantFigure, level: Level, day: date) -> tuple[Series, frozenset[str]]:
    """The counts of a day by area, and the areas of which they are not told."""
    rows = _of(figure.group, level).filter(period=day.isoformat())
    shown = {area.partition(":")[2]: count for area, count in rows.select("area", "count").iter_rows()}
    values = {code: float(count) for code, count in shown.items() if count is not None}
    untold = frozenset(code for code, count in shown.items() if count is None)
    return Series(figure.name, "count", day, values, None), untold


def _of(group: str, level: Level) -> pl.DataFrame:
    here = pl.col("area").str.starts_with(f"{level.english}:")
    return published().filter((pl.col("group") == group) & here)


def published() -> pl.DataFrame:
    """Every count of tenants that was published, as it was shown; an area is its level and its code."""
    file = ledger_file()
    if not file.exists():
        return pl.DataFrame(schema=_SCHEMA)
    told = file.stat()
    return _read(file, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int, _size: int) -> pl.DataFrame:
    """What a ledger tells, once for each state of its file; nothing where it is damaged."""
    try:
        ledger = Ledger.open(file)
    except InputError as error:
        logger.error("counts of tenants are not shown: the ledger is not whole (%s)", error.problem)
        return pl.DataFrame(schema=_SCHEMA)
    tables = [
        one.table.filter(pl.col("counted") == COUNTED).select(
            pl.col(name).cast(kind) for name, kind in _SCHEMA.items()
        )
        for one in ledger
        if set(one.table.columns) >= COLUMNS
    ]
    # Of a count that was published twice the last stands.
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *tables]).unique(["period", "area", "group"], keep="last")
