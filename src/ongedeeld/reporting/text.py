"""Numbers, periods and sentences as people read them, in Dutch or English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from ongedeeld.errors import N_, AbsentError, Sayable, said
from ongedeeld.vocabulary import Language, translator

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,\s]+%?$)")
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
_SIGNS = {"share": "%", "cents": "€", "metres": "km", **_SUFFIXES}
_STEPS = {"share": 0.01, "cents": 100_00.0, "metres": 100.0}
"""How coarse a figure is written, in its own unit; other figures by their decimals."""

NUMBERS = (
    N_("none"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
)


@dataclass(frozen=True)
class Speech:
    r"""One language: its sentences and its way of writing numbers.

    >>> Speech("nl").figure(0.744, "share")
    '74%'
    >>> Speech("en").figure(4200, "count")
    '4,200'
    """

    language: Language

    def say(self, text: str, **fields: object) -> str:
        """A text of the catalogue, filled after translation."""
        return translator(self.language).gettext(text).format(**fields)

    def told(self, thing: Sayable) -> str:
        """A thing that says itself, such as a note of a measure."""
        return thing.say(translator(self.language).gettext)

    def absence(self, error: AbsentError) -> tuple[str, str]:
        """What is not there, as the part of a sentence, and how it could be, as a sentence or empty."""
        translate = translator(self.language).gettext
        fields = {name: said(field, translate) for name, field in error.fields.items()}
        remedy = translate(error.remedy).format(**fields) if error.remedy else ""
        return translate(error.problem).format(**fields), f"{capital(remedy)}." if remedy else ""

    def ngettext(self, one: str, many: str, count: int, **fields: object) -> str:
        """A text for one or for many, filled after translation; `{count}` is the number."""
        text = translator(self.language).ngettext(one, many, count)
        return text.format(count=self.number(count), **fields)

    def counted(self, count: int) -> str:
        """A small number in words, a larger one in digits."""
        return self.say(NUMBERS[count]) if count < len(NUMBERS) else self.number(count)

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
            return f"{self.number(value * 100, signed=signed)}%"
        if unit == "cents":
            space = NO_BREAK if self.language == "nl" else ""
            return f"€{space}{self.number(self.rounded(value, unit))}"
        if unit == "metres":
            return f"{self.number(value / 1000, 1, signed=signed)}{NO_BREAK}km"
        text = self.number(value, _DECIMALS[unit], signed=signed)
        return f"{text}{NO_BREAK}{_SUFFIXES[unit]}" if unit in _SUFFIXES else text

    def rounded(self, value: float, unit: str) -> float:
        """A figure as it is written: euros, percents, kilometres, and no more decimals than are shown."""
        if unit == "cents":
            return round(value / 100, -2 if abs(value) >= 10_000_00 else 0)
        if unit == "metres":
            return round(value / 1000, 1)
        return round(value * 100) if unit == "share" else round(value, _DECIMALS[unit])

    def cell(self, value: float, unit: str) -> str:
        """A figure for a table that is counted with: as it is written, without unit or separators."""
        text = f"{self.rounded(value, unit):.10g}"
        return text.replace(".", ",") if self.language == "nl" else text

    def period(self, period: date) -> str:
        """A year for 1 January, else the day."""
        if (period.month, period.day) == (1, 1):
            return str(period.year)
        return self.day(period)

    def day(self, day: date) -> str:
        """A date in full."""
        return str(format_date(day, "d MMMM yyyy", locale=_LOCALES[self.language]))

    def month(self, day: date) -> str:
        """A month with its year."""
        return str(format_date(day, "MMMM yyyy", locale=_LOCALES[self.language]))

    def listing(self, parts: Sequence[str]) -> str:
        """Words in a row: 'a, b and c'."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def sign(unit: str) -> str:
    """The sign of a unit, for the head of a column; empty for plain numbers."""
    return _SIGNS.get(unit, "")


def decimals(unit: str) -> int:
    """With how many decimals a figure of this unit is written."""
    return _DECIMALS.get(unit, 0)


def step(unit: str) -> float:
    """The smallest difference that is visible in writing, in the unit itself."""
    return _STEPS.get(unit, 10.0 ** -decimals(unit))


def capital(text: str) -> str:
    """The text with its first letter as a capital; the accents of Dutch 'één' do not stand on a capital."""
    if text.startswith("één"):
        return f"Eé{text[2:]}"
    return text[:1].upper() + text[1:]


def short(name: str, longest: int = 26) -> str | None:
    """A name that fits on a map, or none."""
    shorter = name.replace(" en omgeving", " e.o.")
    return shorter if len(shorter) <= longest else None


def harmless(cell: str) -> str:
    """A cell of a csv file that no spreadsheet takes for a formula; numbers stay as they are.

    Examples
    --------
    >>> harmless("=1+1"), harmless("+0,10"), harmless("Merelbuurt")
    ("'=1+1", '+0,10', 'Merelbuurt')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
