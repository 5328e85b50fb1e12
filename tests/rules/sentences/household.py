"""Sentences on the day and the household."""

from __future__ import annotations

from ongedeeld.rules import Bond, Income
from ongedeeld.rules import codes as lists
from tests.rules.sentences.case import AREAS, DAY, EUROS, Case, cents, code, day_of, given


@given(f"het is {DAY}")
def _day(case: Case, day: str) -> None:
    case.day = day_of(day)


@given(r"een huishouden van (\d+) perso(?:on|nen)(?:, waarvan (\d+) minderjarig)?")
def _size(case: Case, size: str, minors: str | None) -> None:
    case.household |= {"size": int(size), "minors": int(minors or 0)}


@given(r"(niet )?op pensioenleeftijd")
def _pension(case: Case, below: str | None) -> None:
    case.household["pension_age"] = below is None


@given(r"de oudste is (\d+) jaar")
def _age(case: Case, age: str) -> None:
    case.household["age"] = int(age)


@given(r"de leeftijdsklasse is onder de 23")
def _young(case: Case) -> None:
    case.household["age_class"] = "under_23"


@given(rf"een inkomen van {EUROS} over (\d{{4}})")
def _income(case: Case, amount: str, year: str) -> None:
    case.facts["income"] = Income(cents(amount), int(year))


@given(r"het inkomen ligt (.+)")
def _income_class(case: Case, words: str) -> None:
    case.household["income_class"] = code(words, lists.INCOME_CLASSES)


@given(r"het huishouden hoort bij: (.+)")
def _group(case: Case, words: str) -> None:
    case.household["groups"] = frozenset({code(words, lists.TARGET_GROUPS)})


@given(r"het vroeg om de uitzondering voor vermogen")
def _assets(case: Case) -> None:
    case.household["assets_exception"] = True


@given(r"het kreeg urgentie voor: (.+)")
def _urgency(case: Case, words: str) -> None:
    case.household["urgency"] = code(words, lists.URGENCY_GROUPS)


@given(r"het woont (\d+) jaar onafgebroken in de (regio|gemeente|buurt)")
def _years(case: Case, years: str, where: str) -> None:
    case.household[AREAS[where]] = Bond(years=int(years))


@given(r"het woonde in de laatste tien jaar (\d+) jaar onafgebroken in de (regio|gemeente|buurt)")
def _earlier(case: Case, years: str, where: str) -> None:
    case.household[AREAS[where]] = Bond(earlier_years=int(years))


@given(r"het werkt in de (regio|gemeente|buurt)")
def _works(case: Case, where: str) -> None:
    case.household[AREAS[where]] = Bond(economic=True)


@given(r"het beroep is (.+)")
def _profession(case: Case, words: str) -> None:
    case.household["profession"] = words
