"""Results of policies side by side: of the same City, start and futures, so that only the policy differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path

import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.measures.notes import Note, note
from ongedeeld.simulation.comparing.floors import FLOOR, Floors, floors
from ongedeeld.simulation.comparing.notes import (
    DRAWN,
    IN_COMMON,
    NO_AS_NOW,
    PEOPLE_INVENTED,
    AtHand,
    notes_of_results,
)
from ongedeeld.simulation.comparing.spread import Parts, differences, parts_of, spread
from ongedeeld.simulation.comparing.waterbed import MORE_IS_WORSE, Waterbed, waterbed
from ongedeeld.simulation.futures.asked import Asked, Differences
from ongedeeld.simulation.futures.drawing import SHARING
from ongedeeld.simulation.futures.results import Results, open_results
from ongedeeld.simulation.outcomes.bearing import HELD
from ongedeeld.simulation.outcomes.key_outcomes import KEY_OUTCOMES, KeyOutcome
from ongedeeld.simulation.outcomes.tables import TABLES

MAY_DIFFER = ("policy_text", "what_if", "ceilings_follow_capacity")
"""In what the results may differ: the policy, whether it need not be lawful, and what its ceilings follow."""
NEIGHBOURHOOD = "neighbourhood"
AS_NOW = N_("the law alone")
"""The label of results without a policy."""


@dataclass(frozen=True, eq=False)
class Compared:
    """One of the results.

    Parameters
    ----------
    results
        Its futures.
    label
        Its name, different from that of the others.
    as_now
        Whether no policy was used.
    """

    results: Results
    label: str
    as_now: bool

    @property
    def manifest(self) -> Asked:
        """What was asked."""
        return self.results.manifest


@dataclass(frozen=True, eq=False)
class Comparison:
    """Results side by side.

    Parameters
    ----------
    compared
        As now first; the others are held against it.
    futures
        The numbers of the futures that all of them have.
    floor
        The share of the seekers of a group that should get a home in a year.
    """

    compared: tuple[Compared, ...]
    futures: tuple[int, ...]
    floor: float = FLOOR
    _kept: dict[object, pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def now(self) -> Compared:
        """What the others are held against."""
        return self.compared[0]

    @property
    def pairs(self) -> int:
        """How many of the futures differ in what is assumed: those that share it count as one."""
        return len({(future - 1) // SHARING for future in self.futures})

    @property
    def policies(self) -> tuple[Compared, ...]:
        """The others."""
        return self.compared[1:]

    @property
    def asked(self) -> Asked:
        """What was asked of all of them, but for the policy."""
        return self.now.manifest

    def values(self, table: str, level: str = "", *, over_years: bool = False) -> pl.DataFrame:
        """The outcomes of a table with their intervals.

        Parameters
        ----------
        table
            One of `TABLES`.
        level
            Where the table has levels, that which is wanted.
        over_years
            The mean over the years in place of every year; of a share what was counted over all of them.

        Returns
        -------
        pl.DataFrame
            By `result`, the key of the table and `measure`, the columns of
            :func:`~ongedeeld.simulation.comparing.spread.spread`.
        """
        key = _key(table, over_years=over_years)
        parts = [
            spread(self.long(one, table, level, over_years=over_years), key).select(
                pl.lit(one.label).alias("result"), pl.all()
            )
            for one in self.compared
        ]
        return pl.concat(parts)

    def differences(self, table: str, level: str = "", *, over_years: bool = False) -> pl.DataFrame:
        """What every policy changes, future by future; parameters as for :meth:`values`.

        Returns
        -------
        pl.DataFrame
            By `result`, the key of the table and `measure`, the columns of
            :func:`~ongedeeld.simulation.comparing.spread.differences`.
        """
        key = _key(table, over_years=over_years)
        now = self.long(self.now, table, level, over_years=over_years)
        parts = [
            differences(now, self.long(one, table, level, over_years=over_years), key).select(
                pl.lit(one.label).alias("result"), pl.all()
            )
            for one in self.policies
        ]
        return pl.concat(parts)

    def long(self, one: Compared, table: str, level: str = "", *, over_years: bool = False) -> pl.DataFrame:
        """The outcomes of one of the results: by `future`, key and `measure` the `value`."""
        return self._once(
            ("long", one.label, table, level, over_years),
            lambda: self._long(one, table, level, over_years=over_years),
        )

    def _once(self, name: object, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What was made before, or what is made now."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def _long(self, one: Compared, table: str, level: str, *, over_years: bool) -> pl.DataFrame:
        held = TABLES[table]
        frame = one.results.table(table).filter(pl.col("future").is_in(self.futures))
        if level:
            frame = frame.filter(pl.col("level") == level)
        names, key = list(held.measures), list(held.key)
        told = frame.select("future", *key, pl.col(names).cast(pl.Float64))
        if over_years:
            key.remove("year")
            told = told.group_by("future", *key).agg(pl.col(names).mean())
            told = told.with_columns(**{name: _ratio(*of) for name, of in held.ratios.items()})
        long = told.unpivot(on=names, index=["future", *key], variable_name="measure", value_name="value")
        return long.sort("future", *key, "measure").collect()

    @cached_property
    def floors(self) -> Mapping[str, Floors]:
        """The chance of every group under each policy, by its label."""
        now = self._groups(self.now)
        return {
            one.label: floors(
                now, self._groups(one), floor=self.floor, what_if=one.manifest.what_if, as_now=self.now.as_now
            )
            for one in self.policies
        }

    @property
    def usable(self) -> bool:
        """Whether the results may be used: nobody is shut out, but where a policy was run as what-if."""
        return all(one.usable or one.what_if for one in self.floors.values())

    @cached_property
    def waterbeds(self) -> Mapping[str, Waterbed]:
        """What moved from one place to another under each policy, by its label."""
        now = self._by_place(self.now), self._moves(self.now)
        return {
            one.label: waterbed(now[0], self._by_place(one), now[1], self._moves(one))
            for one in self.policies
        }

    def key_values(self, one: KeyOutcome) -> pl.DataFrame:
        """A key outcome by `result` and `year` with its intervals; without rows where it is not known."""
        parts = [
            spread(self._of_key(each, one), ["year"]).select(pl.lit(each.label).alias("result"), pl.all())
            for each in self.compared
        ]
        return pl.concat(parts).filter(pl.col("futures") > 0)

    def key_differences(self, one: KeyOutcome) -> pl.DataFrame:
        """What each policy changes in a key outcome, by `result` and `year`."""
        now = self._of_key(self.now, one)
        parts = [
            differences(now, self._of_key(each, one), ["year"]).select(
                pl.lit(each.label).alias("result"), pl.all()
            )
            for each in self.policies
        ]
        return pl.concat(parts).filter(pl.col("futures") > 0)

    def parts(self, one: KeyOutcome, of: Compared) -> Parts:
        """How much of the spread of a key outcome in the last year is chance, and how much which assumption.

        For a policy it is the spread of what it changes; for as now that of the outcome.
        """
        values = _last(self._of_key(of, one))
        if of is not self.now:
            now = _last(self._of_key(self.now, one))
            values = {number: value - now[number] for number, value in values.items() if number in now}
        return parts_of(values, self._quantiles)

    @property
    def key_outcomes(self) -> tuple[KeyOutcome, ...]:
        """The key outcomes that these results tell of."""
        return tuple(one for one in KEY_OUTCOMES if len(self.key_values(one)))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the reader must know before anything else."""
        asked, at_hand = self.asked, AtHand(len(self.futures), self.pairs)
        more = any(len(one.results.futures) > at_hand.futures for one in self.compared)
        return (
            *notes_of_results({one.label: one.manifest for one in self.compared}),
            *(() if self.now.as_now else (note(NO_AS_NOW, policy=self.now.label),)),
            *at_hand.notes(),
            *((note(IN_COMMON, futures=at_hand.futures),) if more else ()),
            note(PEOPLE_INVENTED),
            note(DRAWN if asked.drawn else HELD),
        )

    def _of_key(self, of: Compared, one: KeyOutcome) -> pl.DataFrame:
        return self._once(("key", of.label, one.name), lambda: self._read_key(of, one))

    def _read_key(self, of: Compared, one: KeyOutcome) -> pl.DataFrame:
        frame = of.results.table(one.table).filter(pl.col("future").is_in(self.futures))
        for column, wanted in one.where.items():
            frame = frame.filter(pl.col(column) == wanted)
        value = pl.col(one.measure).cast(pl.Float64)
        taken = value.min() if one.least else value.sum() if one.summed else value.first()
        # A sum with a part that is not known is not known either.
        enough = value.is_not_null().all() if one.summed else value.is_not_null().any()
        known = frame.group_by("future", "year").agg(value=pl.when(enough).then(taken))
        return known.drop_nulls("value").sort("year", "future").collect()

    def _groups(self, one: Compared) -> pl.DataFrame:
        return one.results.table("groups").filter(pl.col("future").is_in(self.futures)).collect()

    def _moves(self, one: Compared) -> pl.DataFrame:
        return one.results.table("moves").filter(pl.col("future").is_in(self.futures)).collect()

    def _by_place(self, one: Compared) -> pl.DataFrame:
        parts = [self.long(one, table, NEIGHBOURHOOD, over_years=True) for table in ("places", "bearing")]
        told = pl.concat(part.select("future", "unit", "measure", "value") for part in parts)
        return told.filter(pl.col("measure").is_in(list(MORE_IS_WORSE)))

    @cached_property
    def _quantiles(self) -> Mapping[str, Mapping[int, float]]:
        """Where in its range each assumption lay in each future; the same in all results."""
        found: dict[str, dict[int, float]] = {}
        frame = self.now.results.table("assumed").collect()
        for future, name, quantile in frame.select("future", "assumption", "quantile").iter_rows():
            found.setdefault(name, {})[future] = quantile
        return found


def compare(*folders: str | Path, floor: float = FLOOR) -> Comparison:
    """Put the results of several policies side by side.

    Parameters
    ----------
    *folders
        Of results, two or more. That of things as now comes first whatever its place; where there is none,
        the first stands in its place.
    floor
        The share of the seekers of a group that should get a home in a year, from 0 to 1.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        For fewer than two results, or one simulation twice; for results of another City, start, number of
        years, seed, assumptions, local policy, stock plan or version; when they have no future in common; or
        for a floor outside its range.
    """
    if len(folders) < 2:
        raise InputError(
            N_("there is nothing to compare with one result"),
            expected=N_("two folders of results or more"),
            remedy=N_("simulate as now beside it, without --policy, with the same --seed and --years"),
        )
    if not 0 <= floor < 1:
        raise InputError(
            N_("{floor} is no share of seekers"), expected=N_("a number from 0 to 1"), floor=floor
        )
    opened = [open_results(folder) for folder in folders]
    for other in opened[1:]:
        _refuse_other(opened[0], other)
    for one, other in combinations(opened, 2):
        _refuse_same(one, other)
    futures = set(opened[0].futures).intersection(*(one.futures for one in opened[1:]))
    if not futures:
        raise InputError(
            N_("these results have no future in common"),
            expected=N_("at least one finished future in each"),
            remedy=N_("finish them with: ongedeeld simulate, with the same --out"),
        )
    order = sorted(range(len(opened)), key=lambda at: (not _is_as_now(opened[at]), at))
    labels = _labels([opened[at] for at in order])
    compared = [
        Compared(opened[at], label, _is_as_now(opened[at])) for at, label in zip(order, labels, strict=True)
    ]
    return Comparison(tuple(compared), tuple(sorted(futures)), floor)


def _refuse_other(first: Results, other: Results) -> None:
    found = tuple(one for one in first.manifest.differences(other.manifest) if one.name not in MAY_DIFFER)
    if found:
        raise InputError(
            N_("these results cannot stand beside those in {first}; another is: {found}"),
            place=Place(other.folder),
            expected=N_("results that differ in the policy alone"),
            remedy=N_("simulate both with the same City, start, years, seed and files"),
            first=str(first.folder),
            found=Differences(found),
        )


def _refuse_same(one: Results, other: Results) -> None:
    """Refuse results of one and the same simulation: every change would be nothing, and seem sure."""
    if not one.manifest.differences(other.manifest):
        raise InputError(
            N_("these results are of the same simulation as those in {first}"),
            place=Place(other.folder),
            expected=N_("results that differ in the policy"),
            remedy=N_("name each simulation once"),
            first=str(one.folder),
        )


def _is_as_now(results: Results) -> bool:
    return not results.manifest.policy_text


def _labels(results: Sequence[Results]) -> list[str]:
    """The name of each policy, with its folder where names are alike."""
    names = [AS_NOW if _is_as_now(one) else one.name for one in results]
    return [
        name if name not in names[:at] else f"{name} ({one.folder})"
        for at, (name, one) in enumerate(zip(names, results, strict=True))
    ]


def _ratio(part: str, whole: str) -> pl.Expr:
    """One column of another; null where there is nothing to be a part of."""
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))


def _key(table: str, *, over_years: bool) -> list[str]:
    key = [name for name in TABLES[table].key if not (over_years and name == "year")]
    return [*key, "measure"]


def _last(values: pl.DataFrame) -> dict[int, float]:
    """The value of the last year by future."""
    last = values.filter(pl.col("year") == pl.col("year").max())
    return dict(last.select("future", "value").iter_rows())
