"""Numbers, periods and sentences as people read them, in Dutch or English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from ongedeeld.vocabulary import Language, translator

NO_BREAK = "\N{NO-BREAK SPACE}"
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_DECIMALS = {
    "count": 0,
    "count_mean": 1,
    "per_1000": 0,
    "per_100": 1,
    "per_km2": 0,
    "number": 1,
    "score": 2,
    "class": 0,
    "kwh": 0,
    "m3": 0,
    "ha": 0,
    "db": 0,
}
_SUFFIXES = {"kwh": "kWh", "m3": "m³", "ha": "ha", "db": "dB"}


@dataclass(frozen=True)
class Speech:
    r"""One language: its sentences and its way of writing numbers.

    >>> Speech("nl").figure(0.744, "share")
    '74\xa0%'
    >>> Speech("en").figure(4200, "count")
    '4,200'
    """

    language: Language

    def say(self, text: str, **fields: object) -> str:
        """A text of the catalogue, filled after translation."""
        return translator(self.language).gettext(text).format(**fields)

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """A number with its separators; `signed` also shows a plus."""
        places = f".{'0' * decimals}" if decimals else ""
        text = format_decimal(abs(value), f"#,##0{places}", locale=_LOCALES[self.language])
        if not any(digit in text for digit in "123456789"):
            return text
        return f"−{text}" if value < 0 else f"+{text}" if signed else text

    def figure(self, value: float, unit: str, *, signed: bool = False) -> str:
        """A figure with its unit; `unit` is one of the units of indicators, or `per_100`."""
        if unit == "share":
            return f"{self.number(value * 100, signed=signed)}{NO_BREAK}%"
        if unit == "cents":
            return f"€{NO_BREAK}{self.number(round(value / 100, -2 if abs(value) >= 10_000_00 else 0))}"
        if unit == "metres":
            if value < 1000:
                return f"{self.number(round(value, -1), signed=signed)}{NO_BREAK}m"
            return f"{self.number(value / 1000, 1, signed=signed)}{NO_BREAK}km"
        text = self.number(value, _DECIMALS[unit], signed=signed)
        return f"{text}{NO_BREAK}{_SUFFIXES[unit]}" if unit in _SUFFIXES else text

    def period(self, period: date) -> str:
        """A year for 1 January, else the day."""
        if (period.month, period.day) == (1, 1):
            return str(period.year)
        return self.day(period)

    def day(self, day: date) -> str:
        """A date in full."""
        return str(format_date(day, "d MMMM yyyy", locale=_LOCALES[self.language]))

    def listing(self, parts: Sequence[str]) -> str:
        """Words in a row: 'a, b and c'."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def short(name: str, longest: int = 26) -> str | None:
    """A name that fits on a map, or none."""
    shorter = name.replace(" en omgeving", " e.o.")
    return shorter if len(shorter) <= longest else None
