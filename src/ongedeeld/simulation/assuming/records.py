"""What an assumption of a simulation is: a value with its unit, its range, its source and its grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from ongedeeld.simulation.assuming.household_types import even_by
from ongedeeld.vocabulary import Both
from ongedeeld.vocabulary.evidence_records import EvidenceGrade

HALF = Fraction(1, 2)
ONE = Fraction(1)
Entry = Fraction | tuple[Fraction, ...]
Value = Fraction | Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number of an assumption means, and the highest and lowest that it can be."""

    label: Both
    most: Fraction
    least: Fraction = Fraction(0)

    def within(self, number: Fraction) -> Fraction:
        """The number, or the nearest that can be."""
        return min(max(number, self.least), self.most)


UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "share": Unit(Both("aandeel", "share"), ONE),
        "share_a_year": Unit(Both("aandeel per jaar", "share a year"), ONE),
        "share_a_month": Unit(Both("aandeel per maand", "share a month"), ONE),
        "for_each_home": Unit(Both("per woning", "for each home"), Fraction(20)),
        "months": Unit(Both("maanden", "months"), Fraction(1200)),
        "years": Unit(Both("jaar", "years"), Fraction(100), HALF),
        "factor": Unit(Both("keer", "times"), Fraction(100)),
        "against_mean": Unit(Both("keer het gemiddelde", "times the mean"), Fraction(100), Fraction(1, 100)),
        "weight": Unit(
            Both("gewicht; alleen de verhoudingen tellen", "weight; only the proportions count"),
            Fraction(1_000_000),
        ),
    }
)
"""The bounds keep out what no simulation can work with; what is likely is for the range of each to say."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that nobody knows for sure, with how far off it may be and where it comes from.

    Parameters
    ----------
    name, label, unit
        What the program and what people call it, and a key of `UNITS`.
    value
        A number, a table of numbers by code, or a table of equally likely values by code.
    low, high
        The range: of a number in its own unit, of a table as factors of every number in it, of weights as
        factors of how far they lie from even, and of numbers against a mean of how far they lie from it.
    source, grade, evidence
        Where it comes from, how firm that is (`GRADES` of the evidence records), and the record that tells
        more, where there is one.
    own
        The file of the user that it was read from, or nothing.
    source_nl
        Where it comes from in Dutch; empty where it is told in one language.
    """

    name: str
    label: Both
    value: Value
    low: Fraction
    high: Fraction
    unit: str
    source: str
    grade: EvidenceGrade
    evidence: str
    own: str = ""
    source_nl: str = ""

    def at(self, quantile: Fraction) -> Value:
        """The value at a quantile of its range: `low` at 0, the stated value at a half, `high` at 1."""
        middle = self.value if isinstance(self.value, Fraction) else Fraction(1)
        if quantile <= HALF:
            found = self.low + 2 * quantile * (middle - self.low)
        else:
            found = middle + (2 * quantile - 1) * (self.high - middle)
        if isinstance(self.value, Fraction):
            return found
        if self.unit == "weight":
            numbers = tuple(one for one in self.value.values() if isinstance(one, Fraction))
            return MappingProxyType(dict(zip(self.value, even_by(numbers, found), strict=True)))
        if self.unit == "against_mean":
            return MappingProxyType({code: _stretched(one, found) for code, one in self.value.items()})
        return MappingProxyType({code: _times(one, found, self.unit) for code, one in self.value.items()})


def _stretched(entry: Entry, factor: Fraction) -> Entry:
    """How many times more or less than the mean, that many times further from it.

    Multiplied, all codes alike would change by as much as their mean does, so that nothing would come of it.
    """
    if isinstance(entry, tuple) or not entry:
        return entry
    if entry >= 1:
        return UNITS["against_mean"].within(1 + factor * (entry - 1))
    return UNITS["against_mean"].within(1 / (1 + factor * (1 / entry - 1)))


def _times(entry: Entry, factor: Fraction, unit: str) -> Entry:
    within = UNITS[unit].within
    return (
        tuple(within(one * factor) for one in entry) if isinstance(entry, tuple) else within(entry * factor)
    )
