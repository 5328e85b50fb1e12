"""The lettings to expect, beside the balance of load and capacity, as they are told at the prompt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.bearing import between, day_said, score, tell_evidence, whole
from ongedeeld.cli.figures import number, scale, tell_notes
from ongedeeld.cli.voice import table, tell, voice
from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary import CHOICES, load_evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Literal

    from ongedeeld.city import City
    from ongedeeld.measures.capacity.forecast import Contingent, Pressure

NO_CARDS = N_("No balance can stand beside these lettings: {why}.")


@dataclass(frozen=True)
class Lettings:
    """Expected lettings of every place, with the names of the places and what kept the balance away."""

    found: Pressure
    names: dict[str, str]
    unbalanced: tuple[Note, ...] = ()

    name = "pressure"
    of_tenants = True

    @classmethod
    def of(
        cls,
        city: City,
        today: date,
        level: Literal["complex", "neighbourhood"],
        contingents: Sequence[Contingent],
        months: int,
    ) -> Lettings:
        """What a City lets expect; without cards it is told all the same."""
        from ongedeeld.measures.capacity import cards
        from ongedeeld.measures.capacity.forecast import pressure

        balance, why = None, tuple[Note, ...]()
        try:
            made = cards(city, day=city.manifest.created, level=level)
            balance = made.balance
        except OngedeeldError as error:
            why = (note(NO_CARDS, why=note(error.problem, **error.fields)),)
        found = pressure(city, today, contingents=contingents, balance=balance, level=level, months=months)
        return cls(found, names_of(city), why)

    def rows(self) -> pl.DataFrame:
        """A row per place and route, with the balance of the place beside it."""
        found = self.found
        name = pl.col("unit").replace_strict(self.names, default=None, return_dtype=pl.String).alias("name")
        stated = (pl.lit(getattr(found, each)).alias(each) for each in ("start", "end", "sure"))
        named = found.table.select("unit", name, *stated, pl.exclude("unit"))
        return named if found.balance is None else named.join(found.balance, on="unit", how="left")

    def data(self) -> dict[str, Any]:
        """Everything for another program."""
        found = self.found
        return {
            "level": found.unit_level,
            "start": found.start,
            "end": found.end,
            "sure": found.sure,
            "lettings": found.table.to_dicts(),
            "balance": None if found.balance is None else found.balance.to_dicts(),
            "notes": [each.say() for each in (*found.notes, *self.unbalanced)],
            "evidence": list(found.records),
        }

    def tell(self) -> None:
        """Print it, most lettings first."""
        found = self.found
        tell(
            N_("Lettings to expect by {level}, from {start} to {end}, with intervals of {percent}%."),
            level=scale(found.unit_level),
            start=day_said(found.start),
            end=day_said(found.end),
            percent=round(100 * found.sure),
        )
        tell_notes((*found.notes, *self.unbalanced))
        by_unit = {unit: rows for (unit,), rows in self.rows().group_by("unit", maintain_order=True)}
        order = sorted(by_unit.values(), key=_expected, reverse=True)
        self._tell_all(order)
        self._tell_routes(order)
        tell_evidence(found.records, load_evidence())
        tell(N_("See what a place asks and bears with: ongedeeld card DIR {unit}"), unit=order[0]["unit"][0])

    def _tell_all(self, order: Sequence[pl.DataFrame]) -> None:
        """All routes together, what of it is agreed, and the balance."""
        balanced = self.found.balance is not None
        table(
            N_("Lettings to expect, beside what the place bears already"),
            (
                scale(self.found.unit_level),
                N_("homes"),
                N_("lettings"),
                N_("of which agreed"),
                *((N_("balance of load and capacity"),) if balanced else ()),
            ),
            (
                (
                    _named(rows),
                    whole(rows["homes"][0]),
                    expected(rows.row(0, named=True)),
                    _agreed(rows),
                    *((_balance(rows.row(0, named=True)),) if balanced else ()),
                )
                for rows in order
            ),
        )
        known = [_expected(rows) for rows in order]
        tell(N_("All together about {count} lettings."), count=whole(sum(known)))

    def _tell_routes(self, order: Sequence[pl.DataFrame]) -> None:
        routes = [route for route in self.found.table["route"].unique().sort() if route != "all"]
        table(
            N_("By route"),
            (scale(self.found.unit_level), *(_route(route) for route in routes)),
            (
                (
                    _named(rows),
                    *(
                        expected(rows.row(by_predicate=pl.col("route") == route, named=True))
                        for route in routes
                    ),
                )
                for rows in order
            ),
        )


def names_of(city: City) -> dict[str, str]:
    """The names of the areas and complexes of a City, by code or number."""
    areas = city.table("areas").select("code", "name")
    complexes = city.table("complexes").select("complex", "name")
    return {code: name for part in (areas, complexes) for code, name in part.iter_rows() if name}


def expected(row: dict[str, Any]) -> str:
    """Expected lettings above their interval."""
    if row["outcome"] != "known":
        return voice.say(N_("not known"))
    return f"{number(row['expected'], 0)}\n{between(row['low'], row['high'], whole)}"


def _expected(rows: pl.DataFrame) -> float:
    """The expected lettings of a place by all routes together; none known sorts last."""
    value = rows["expected"][0]
    return 0.0 if value is None else float(value)


def _named(rows: pl.DataFrame) -> str:
    name, unit = rows["name"][0], rows["unit"][0]
    return f"{name}\n{unit}" if name else str(unit)


def _agreed(rows: pl.DataFrame) -> str:
    agreed = rows["agreed"].drop_nulls()
    return number(float(agreed.sum()), 0) if len(agreed) else "-"


def _balance(row: dict[str, Any]) -> str:
    """The balance above its interval; a dash where the place has no card."""
    if row["balance_low"] is None:
        return "-"
    lacking = (row[f"{side}_outcome"] for side in ("load", "capacity"))
    outcome = next((each for each in lacking if each != "known"), "known")
    return f"{score(row['balance'], outcome)}\n{between(row['balance_low'], row['balance_high'])}"


def _route(route: str) -> str:
    known = CHOICES["route"].get(route)
    return known.label(voice.language) if known else voice.say(N_("not known"))
