"""Amounts as a reason says them, in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import Translate
from ongedeeld.vocabulary import grouped, language_of


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
