"""Amounts as a reason says them, in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import Translate
from ongedeeld.vocabulary import Both, grouped, language_of


@dataclass(frozen=True, slots=True)
class Euros:
    """An amount of money, in whole cents; a rent is said with its cents, also where there are none.

    >>> Euros(71_302).say(str), Euros(51_537_00).say(str), Euros(539_00, rent=True).say(str)
    ('€ 713.02', '€ 51,537', '€ 539.00')
    """

    cents: int
    rent: bool = False

    def say(self, translate: Translate) -> str:
        """The amount as the language of `translate` writes it."""
        language = language_of(translate)
        euros, cents = divmod(abs(self.cents), 100)
        mark = "," if language == "nl" else "."
        sign = "-" if self.cents < 0 else ""
        return f"€ {sign}{grouped(euros, language)}" + (f"{mark}{cents:02d}" if cents or self.rent else "")


@dataclass(frozen=True, slots=True)
class Percent:
    """A share from 0 to 1, said as a percentage.

    >>> Percent(0.925).say(str)
    '92.5%'
    """

    share: float

    def say(self, translate: Translate) -> str:
        """The percentage as the language of `translate` writes it."""
        return f"{grouped(round(self.share * 100, 2), language_of(translate))}%"


UNITS = {
    "share": Both("%", "%"),
    "cents": Both("", ""),
    "cents_per_month": Both("per maand", "a month"),
    "cents_per_year": Both("per jaar", "a year"),
    "factor": Both("maal", "times"),
    "years": Both("jaar", "years"),
    "weeks": Both("weken", "weeks"),
    "months": Both("maanden", "months"),
    "times": Both("keer", "times"),
    "people": Both("mensen", "people"),
    "points": Both("punten", "points"),
}
"""The units of rule values, and the words behind a number in each."""


@dataclass(frozen=True, slots=True)
class InUnit:
    """A rule value in one of `UNITS`, as people write it.

    >>> InUnit(0.5, "share").say(str), InUnit(71_302, "cents_per_month").say(str), InUnit(4, "years").say(str)
    ('50%', '€ 713.02 a month', '4 years')
    """

    value: float
    unit: str

    def say(self, translate: Translate) -> str:
        """The value with its unit; a factor keeps all its decimals, for it decides to the cent."""
        if self.unit == "share":
            return Percent(self.value).say(translate)
        return f"{self._number(translate)} {UNITS[self.unit].say(translate)}".rstrip()

    def _number(self, translate: Translate) -> str:
        language = language_of(translate)
        if self.unit.startswith("cents"):
            return Euros(int(self.value)).say(translate)
        if self.unit == "factor":
            return str(self.value).replace(".", "," if language == "nl" else ".")
        return grouped(self.value, language)
