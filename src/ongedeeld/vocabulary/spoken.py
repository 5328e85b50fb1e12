"""What stands in a message and is said in another way in each language: a label, a number, a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ongedeeld.errors import Translate
from ongedeeld.vocabulary.language import Language, language_of

_DUTCH_MARKS = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Both:
    """Words in both languages.

    >>> Both("buurt", "neighbourhood").say(str)
    'neighbourhood'
    """

    nl: str
    en: str

    def say(self, translate: Translate) -> str:
        """The words in the language of `translate`."""
        return self.nl if language_of(translate) == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, if it has one.

    >>> Quantity(2000, "m2").say(str)
    '2,000 m2'
    """

    value: float
    unit: str = ""

    def say(self, translate: Translate) -> str:
        """The number as the language of `translate` writes it."""
        return f"{grouped(self.value, language_of(translate))} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Day:
    """A day in full.

    >>> Day(date(2026, 1, 31)).say(str)
    '31 January 2026'
    """

    date: date

    def say(self, translate: Translate) -> str:
        """The day as the language of `translate` writes it."""
        from babel.dates import format_date

        return str(format_date(self.date, "d MMMM y", locale=language_of(translate)))


def grouped(value: float, language: Language) -> str:
    """A number with the marks of a language, and no decimals that say nothing.

    >>> grouped(187395, "nl"), grouped(612.5, "nl"), grouped(612.5, "en")
    ('187.395', '612,5', '612.5')
    """
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(_DUTCH_MARKS) if language == "nl" else text
