"""A policy: which instruments are used where, from when until when, and how they are set.

One TOML file in UTF-8, with a table for each use of an instrument. Whether the law allows it is asked in
:mod:`ongedeeld.allocation.lawful`; here it is only read, and refused where it is not of that form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from ongedeeld.allocation._policy_values import checked, known, text, wrong
from ongedeeld.allocation.catalogue import PARTIES, Instrument, load_catalogue
from ongedeeld.allocation.places import Scope, scope_of
from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.rules.lines import Lines
from ongedeeld.rules.toml_file import read_toml
from ongedeeld.vocabulary import CHOICES, Both

_OWN_KEYS = (
    "name", "areas", "except_areas", "complexes", "labels", "from", "until", "agreement", "agreed", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """An instrument as a policy uses it.

    Parameters
    ----------
    instrument
        The instrument of the catalogue.
    number
        Its place in the file, counted from 1.
    areas, complexes, labels
        The places as they are named in the file; without an area or complex it is used everywhere.
    scope
        The homes that these make together.
    start, end
        First and last day; the last day of the calendar where it has no end.
    parameters
        By name, with what holds by default filled in; one that has no value is absent.
    agreement, agreed, source
        The name of what was agreed, the keys of `PARTIES` that agreed, and where it can be read; empty where
        the file does not say.
    place
        Where it stands in the file.
    """

    instrument: Instrument
    number: int
    areas: tuple[str, ...]
    complexes: tuple[str, ...]
    labels: tuple[str, ...]
    scope: Scope
    start: date
    end: date
    parameters: Mapping[str, Any]
    agreement: str
    agreed: tuple[str, ...]
    source: str
    place: Place = field(compare=False)

    @property
    def name(self) -> str:
        """Its own name, by which lettings are counted."""
        return f"{self.instrument.name}-{self.number}"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of the register that bind it: of the instrument, and of each parameter that is set."""
        parameters = self.instrument.parameters.items()
        by_parameter = (rule for name, one in parameters if self.parameters.get(name) for rule in one.basis)
        return (*self.instrument.basis, *by_parameter)

    @property
    def order(self) -> int:
        """The place of its instrument among the priorities.

        Raises
        ------
        ValueError
            When the instrument gives no priority.
        """
        if self.instrument.order is None:
            raise ValueError(f"{self.instrument.name} gives no priority")
        return self.instrument.order

    def holds(self, day: date) -> bool:
        """Whether it is used on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Policy:
    """A set of instruments with their places, dates and parameters."""

    name: str
    uses: tuple[Use, ...] = ()

    def on(self, day: date) -> tuple[Use, ...]:
        """What is used on a day, in the order of the file."""
        return tuple(use for use in self.uses if use.holds(day))


def read_allocation_policy(file: Path, city: City) -> Policy:
    """Read a policy for a City.

    Raises
    ------
    InputError
        With the line: when the file is not TOML in UTF-8, an instrument, key, area or complex is not known, a
        parameter lacks or has a value outside its range, or two uses of an instrument meet in time and place.
    """
    what = Both("beleid", "a policy")
    written, table = read_toml(file, what, N_("see the page on a policy file in the documentation"))
    lines = Lines(written)
    for key in table:
        known(key, ("name", "instrument"), Place(file, line=lines.of("", key=key) or lines.of(key)))
    name = text(table.get("name"), "name", Place(file, line=lines.of("", key="name")))
    rows = table.get("instrument", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong(
            "instrument",
            Place(file, line=lines.of("instrument")),
            N_("a table under [[instrument]] for each use"),
        )
    uses = tuple(_Row(file, lines, number, row, city).use() for number, row in enumerate(rows, start=1))
    _refuse_overlap(uses)
    return Policy(name, uses)


@dataclass(frozen=True, slots=True)
class _Row:
    """A table of the file being read, that knows on which line each key stands."""

    file: Path
    lines: Lines
    number: int
    row: Mapping[str, Any]
    city: City

    def place(self, key: str = "") -> Place:
        return Place(self.file, line=self.lines.of("instrument", self.number, key))

    def use(self) -> Use:
        instrument = self._instrument()
        for key in self.row:
            known(key, (*_OWN_KEYS, *instrument.parameters), self.place(key))
        start, end = self._date("from"), self._date("until", date.max)
        if end < start:
            raise wrong("until", self.place("until"), N_("a last day that is not before the first"))
        parameters = self._parameters(instrument)
        areas, complexes = self._places(instrument, parameters)
        without = self._known("except_areas", self.city.table("areas")["code"])
        labels = self._known("labels", CHOICES["dwelling_label"])
        if not (areas or complexes or labels):
            labels = instrument.labels
        return Use(
            instrument=instrument,
            number=self.number,
            areas=areas,
            complexes=complexes,
            labels=labels,
            scope=scope_of(areas, complexes, labels, self.city, without),
            start=start,
            end=end,
            parameters=parameters,
            agreement=self._optional("agreement"),
            agreed=self._known("agreed", PARTIES),
            source=self._optional("source"),
            place=self.place(),
        )

    def _instrument(self) -> Instrument:
        name = text(self.row.get("name"), "name", self.place("name"))
        try:
            return load_catalogue()[name]
        except AbsentError as error:
            raise InputError(
                error.problem,
                place=self.place("name"),
                expected=error.expected,
                remedy=error.remedy,
                **error.fields,
            ) from error

    def _date(self, key: str, default: date | None = None) -> date:
        value = self.row.get(key, default)
        if type(value) is not date:
            raise wrong(key, self.place(key), N_("a date, such as 2026-07-01"))
        return value

    def _places(
        self, instrument: Instrument, parameters: Mapping[str, Any]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The areas and complexes that are named, also those that a parameter names."""
        areas = self._known("areas", self.city.table("areas")["code"])
        complexes = self._known("complexes", self.city.table("complexes")["complex"])
        for name, parameter in instrument.parameters.items():
            if parameter.kind == "areas":
                areas += parameters[name]
            elif parameter.kind == "homes_by_place":
                complexes += tuple(parameters[name])
        return areas, complexes

    def _known(self, key: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The codes under a key, of which every one must exist."""
        if key not in self.row:
            return ()
        found: tuple[str, ...] = checked(self.row[key], "texts", key, self.place(key), codes=tuple(codes))
        return found

    def _optional(self, key: str) -> str:
        return text(self.row[key], key, self.place(key)) if key in self.row else ""

    def _parameters(self, instrument: Instrument) -> dict[str, Any]:
        values = {}
        for name, parameter in instrument.parameters.items():
            if name in self.row:
                values[name] = self._value(name, instrument)
            elif parameter.required:
                raise wrong(name, self.place(), N_("this parameter, which may not be left out"))
            elif parameter.default is not None:
                values[name] = parameter.default
        return values

    def _value(self, name: str, instrument: Instrument) -> object:
        parameter = instrument.parameters[name]
        codes: tuple[str, ...] = tuple(parameter.code_list)
        if parameter.kind == "homes_by_place":
            codes = tuple(self.city.table("complexes")["complex"])
        elif parameter.kind == "areas":
            codes = tuple(self.city.table("areas")["code"])
        return checked(
            self.row[name],
            parameter.kind,
            name,
            self.place(name),
            codes=codes,
            between=(parameter.minimum, parameter.maximum),
        )


def _refuse_overlap(uses: Iterable[Use]) -> None:
    """Refuse two uses on the same homes on the same day, of one instrument or of two that cannot go together.

    Mediation under different agreements may go together: each has homes of its own.
    """
    for earlier, later in combinations(uses, 2):
        if _subject(earlier) != _subject(later) or not earlier.scope.meets(later.scope):
            continue
        if earlier.start <= later.end and later.start <= earlier.end:
            raise InputError(
                N_("{instrument} is used here on homes that have {earlier} already, from {start} on"),
                place=later.place,
                expected=N_("one of these on a home on each day"),
                remedy=N_("end the one on line {line} with until, or give them other places"),
                instrument=later.instrument.label,
                earlier=earlier.instrument.label,
                start=earlier.start.isoformat(),
                line=earlier.place.line,
            )


def _subject(use: Use) -> tuple[str, str]:
    return use.instrument.one_of, use.agreement if use.instrument.mediates else ""
