"""What a cell of an own file may name: neighbourhoods of the City, and rows of the other own files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from ongedeeld.city.lookup import called, near_names, neighbourhoods
from ongedeeld.errors import N_
from ongedeeld.sources import codes
from ongedeeld.sources.faults import MOST, Fault
from ongedeeld.vocabulary import TABLES, Both
from ongedeeld.vocabulary.tables import Column


@dataclass(frozen=True)
class Known:
    """The neighbourhoods of the City (`code`, `name`), and the keys of own tables that were read before.

    Of a table that is not among the files, any key is taken as it is; the checks of the City tell of it.
    """

    areas: pl.DataFrame | None = None
    keys: Mapping[str, pl.Series] = field(default_factory=dict)

    @classmethod
    def of(cls, areas: pl.DataFrame, keys: Mapping[str, pl.Series]) -> Known:
        """What is known from the areas of a City and the keys of own tables."""
        return cls(neighbourhoods(areas).select("code", "name"), keys)

    def resolved(
        self, values: pl.Series, column: Column, rows: pl.Series, header: str
    ) -> tuple[pl.Series, list[Fault]]:
        """The values of a column, names of neighbourhoods as their codes, and what is strange among them.

        Parameters
        ----------
        values
            The cells.
        column
            What they tell.
        rows
            The place of each in the sheet.
        header
            The name of the column in the sheet.
        """
        if column.references == "areas.code":
            return self._neighbourhoods(values, rows, header)
        if column.references in self.keys:
            return values, self._strangers(values, column, rows, header)
        return values, []

    def _neighbourhoods(
        self, values: pl.Series, rows: pl.Series, header: str
    ) -> tuple[pl.Series, list[Fault]]:
        upper = values.str.to_uppercase()
        named = values.filter((~upper.str.contains(codes.CODE)).fill_null(value=False)).unique().sort()
        codes_of = {
            name: called(self.areas, name) if self.areas is not None else [] for name in named.to_list()
        }
        told = {name: found[0] for name, found in codes_of.items() if len(found) == 1}
        by_name = values.replace_strict(told, default=None, return_dtype=pl.String) if told else None
        strange = [name for name in named.to_list() if name not in told]
        faults = [
            self._not_an_area(name, len(codes_of[name]), rows.filter(values == name), header)
            for name in strange[:MOST]
        ]
        rest = strange[MOST:]
        if rest:
            faults.append(
                Fault(
                    header, rows.filter(values.is_in(rest)).to_list(), N_("this is not a neighbourhood"), ""
                )
            )
        return (upper if by_name is None else pl.select(pl.coalesce(by_name, upper)).to_series()), faults

    def _not_an_area(self, name: str, count: int, rows: pl.Series, header: str) -> Fault:
        near = "" if self.areas is None else near_names(self.areas, name)
        problem = (
            N_("more than one neighbourhood is called so") if count else N_("this is not a neighbourhood")
        )
        expected = N_("the code or the name of a neighbourhood, such as BU03440111")
        if near:
            expected = N_("the code or the name of a neighbourhood; near it: {near}")
        return Fault(header, rows.to_list(), problem, expected, {"near": near})

    def _strangers(self, values: pl.Series, column: Column, rows: pl.Series, header: str) -> list[Fault]:
        target = TABLES[column.references.partition(".")[0]]
        strange = ~values.is_in(self.keys[column.references].to_list()) & values.is_not_null()
        if not strange.any():
            return []
        fields = {"table": Both(target.label_nl, target.label_en)}
        problem, expected = (
            N_("this is not in the file of {table}"),
            N_("a number that is in the file of {table}"),
        )
        return [Fault(header, rows.filter(strange).to_list(), problem, expected, fields)]
