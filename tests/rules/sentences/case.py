"""The Dutch sentences of the cases: what each puts into a case, and which test each asks.

A sentence is the fact: nothing beside it says the same in another form, so the two cannot come apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ongedeeld.reasons import Decision
from ongedeeld.rules import Household, Law, load_law
from ongedeeld.rules.codes import Codes

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAY = rf"(\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}})"
EUROS = r"€ ?([\d.]+(?:,\d\d)?)"
PLACE = r"(GM\d{4})"
AREAS = {"regio": "region", "gemeente": "municipality", "buurt": "part"}
Outcome = Decision | str
Meant = TypeVar("Meant")


@dataclass
class Case:
    """What the sentences of a case say."""

    day: date = date.min
    household: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    policy: list[str] = field(default_factory=list)
    lettings: list[dict[str, Any]] = field(default_factory=list)

    def law(self, folder: Path) -> Law:
        """The law with the local policy of the case."""
        if not self.policy:
            return load_law()
        file = folder / "policy.toml"
        file.write_text("\n".join(['holder = "case"', *self.policy]), encoding="utf-8")
        return load_law(file)

    def who(self) -> Household:
        """The household of the case."""
        return Household(**self.household)


GIVEN: list[tuple[re.Pattern[str], Callable[..., None]]] = []
ASKED: list[tuple[re.Pattern[str], Callable[..., Outcome]]] = []


def given(pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A sentence that puts facts into a case."""

    def keep(function: Callable[..., None]) -> Callable[..., None]:
        GIVEN.append((re.compile(pattern), function))
        return function

    return keep


def asked(pattern: str) -> Callable[[Callable[..., Outcome]], Callable[..., Outcome]]:
    """A sentence that asks a test."""

    def keep(function: Callable[..., Outcome]) -> Callable[..., Outcome]:
        ASKED.append((re.compile(pattern), function))
        return function

    return keep


def understand(sentences: list[str]) -> Case:
    """The case that the sentences describe."""
    case = Case()
    for sentence in sentences:
        function, parts = _match(GIVEN, sentence)
        function(case, *parts)
    return case


def ask(sentence: str, case: Case, folder: Path, amend: Callable[[Law], Law] = lambda law: law) -> Outcome:
    """The outcome of the test that a sentence asks, under the law as it is or as it is amended."""
    function, parts = _match(ASKED, sentence)
    law = amend(case.law(folder))
    return function(case, law.on(case.day), *parts)


def _match(known: list[tuple[re.Pattern[str], Meant]], sentence: str) -> tuple[Meant, tuple[str, ...]]:
    found = [
        (function, match.groups()) for pattern, function in known if (match := pattern.fullmatch(sentence))
    ]
    assert len(found) == 1, f"{len(found)} meanings of: {sentence}"
    return found[0]


def day_of(words: str) -> date:
    """A Dutch date."""
    day, month, year = words.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


def cents(words: str) -> int:
    """A Dutch amount of euros in cents."""
    euros, _, rest = words.replace(".", "").partition(",")
    return int(euros) * 100 + int(rest or 0)


def share(words: str) -> float:
    """A Dutch percentage as a share."""
    return round(float(words.replace(",", ".")) / 100, 6)


def code(words: str, codes: Codes) -> str:
    """The code of Dutch words."""
    return next(name for name, both in codes.items() if both.nl == words)


def percent(value: float) -> str:
    """A share as a Dutch percentage."""
    return f"{value * 100:g}%".replace(".", ",")
