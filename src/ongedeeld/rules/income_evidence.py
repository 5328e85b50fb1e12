"""Evidence of income before a letting (BTIV 56): which is asked of whom, and whether it will do.

What stands in the evidence is not held: only its kind, its day or year, and whether it is there. How an
income of an earlier year is indexed stands in :class:`ongedeeld.rules.purpose.Income`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, all_of, no, yes
from ongedeeld.rules.codes import EVIDENCE, OWN_STATEMENT_GROUNDS, SITUATIONS, known_code
from ongedeeld.rules.days import months_earlier
from ongedeeld.rules.law import LawOfDay
from ongedeeld.vocabulary import Both

Fact = TypeVar("Fact")

RULE, FALLBACK = "income_evidence", "income_evidence_fallback"
ASKED: Mapping[str, str] = MappingProxyType(
    {
        "permit_holder": "reception_statement",
        "social_assistance": "social_assistance_award",
        "other": "tax_data",
        "study_finance": "tax_data",
        "student_from_abroad": "tax_data",
    }
)
"""Which evidence is asked of a person (BTIV 56(5)); of students alone in a home none is (56(4))."""
MOST_STUDENTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence of income of one person who will live in the home.

    Parameters
    ----------
    situation
        A code of `SITUATIONS`.
    kind
        A code of `EVIDENCE`; None where there is none.
    issued
        The day of the statement: that of the reception agency, or the person's own.
    year
        The calendar year that the tax data, or the annual statement beside an own statement, is about.
    payslip
        A day in the month of the payslips beside an own statement.
    ground
        Why an own statement is used, a code of `OWN_STATEMENT_GROUNDS`.
    """

    situation: str
    kind: str | None = None
    issued: date | None = None
    year: int | None = None
    payslip: date | None = None
    ground: str | None = None

    def __post_init__(self) -> None:
        known_code(self.situation, SITUATIONS, Both("situatie van een bewoner", "situation of a resident"))
        if self.kind is not None:
            known_code(self.kind, EVIDENCE, Both("bewijs van inkomen", "evidence of income"))
        if self.ground is not None:
            what = Both("grond voor een eigen verklaring", "ground of an own statement")
            known_code(self.ground, OWN_STATEMENT_GROUNDS, what)


def income_is_shown(people: Collection[Evidence], law: LawOfDay, *, household_statement: bool) -> Decision:
    """Whether the evidence will do to establish the household income before a letting (BTIV 56).

    Parameters
    ----------
    people
        The evidence of each person with whose income is reckoned, one or more.
    law
        The law of the day on which the contract would start.
    household_statement
        Whether the tenant signed a statement of who belong to the household. Where all are permit holders the
        statement of the reception agency tells it instead (56(3)).

    Raises
    ------
    InputError
        When there are no people.
    AbsentError
        When the day or year of a piece of evidence, or a term of the law, is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> law = load_law().on(date(2026, 7, 1))
    >>> one = Evidence(situation="other", kind="tax_data", year=2024)
    >>> bool(income_is_shown([one], law, household_statement=True))
    True
    """
    if not people:
        raise InputError(N_("evidence of income is about one person or more"))
    return all_of([_household(people, law, signed=household_statement), *_each(people, law)])


def _household(people: Collection[Evidence], law: LawOfDay, *, signed: bool) -> Decision:
    if all(one.situation == "permit_holder" for one in people):
        return yes(law.reason(RULE, N_("the statement of the reception agency tells who belong to it")))
    if signed:
        return yes(law.reason(RULE, N_("the tenant signed a statement of who belong to the household")))
    return no(law.reason(RULE, N_("the signed statement of who belong to the household is missing")))


def _each(people: Collection[Evidence], law: LawOfDay) -> list[Decision]:
    situations = {one.situation for one in people}
    few_students = situations == {"study_finance"} and len(people) <= MOST_STUDENTS
    if few_students or situations == {"student_from_abroad"}:
        return [_studies(one, law) for one in people]
    return [_shown(one, law) for one in people]


def _studies(one: Evidence, law: LawOfDay) -> Decision:
    """Students alone in a home show their study, and no income (56(4))."""
    facts = {"situation": SITUATIONS[one.situation]}
    if one.kind == "study_proof":
        text = N_("no evidence of income is asked, and the study was shown: {situation}")
        return yes(law.reason(RULE, text, facts))
    text = N_("no evidence of income is asked, but proof of the study is missing: {situation}")
    return no(law.reason(RULE, text, facts))


def _shown(one: Evidence, law: LawOfDay) -> Decision:
    """Whether the evidence of one person will do."""
    asked = ASKED[one.situation]
    facts = {"situation": SITUATIONS[one.situation], "asked": EVIDENCE[asked]}
    if one.kind is None:
        return no(law.reason(RULE, N_("evidence of income is missing ({situation}): {asked}"), facts))
    if one.kind == "own_statement":
        return _own_statement(one, law)
    if one.kind != asked:
        facts["kind"] = EVIDENCE[one.kind]
        text = N_("this is not the evidence that the decree asks here ({situation}): {kind}, not {asked}")
        return no(law.reason(RULE, text, facts))
    if asked == "reception_statement":
        return _recent(one, law)
    if asked == "tax_data":
        return _of_an_asked_year(one, law)
    return yes(law.reason(RULE, N_("the evidence is what the decree asks: {asked}"), facts))


def _recent(one: Evidence, law: LawOfDay) -> Decision:
    issued = _known(one.issued, N_("the day of the statement"))
    months = int(law.value("reception_statement_max_months"))
    facts = {"issued": issued.isoformat(), "months": months}
    if months_earlier(law.day, months) <= issued <= law.day:
        text = N_("the statement of the reception agency is of {issued}, at most {months} months old")
        return yes(law.reason(RULE, text, facts))
    text = N_("the statement of the reception agency of {issued} is not of the {months} months before")
    return no(law.reason(RULE, text, facts))


def _of_an_asked_year(one: Evidence, law: LawOfDay) -> Decision:
    year = _known(one.year, N_("the calendar year of the tax data"))
    first, last = law.day.year - 2, law.day.year - 1
    facts = {"year": year, "first": first, "last": last}
    if first <= year <= last:
        text = N_("the tax data are of {year}, one of the two years before; they are indexed to this year")
        return yes(law.reason(RULE, text, facts))
    return no(law.reason(RULE, N_("the tax data are of {year}, not of {first} or {last}"), facts))


def _own_statement(one: Evidence, law: LawOfDay) -> Decision:
    """The two ways past what is asked: an own statement with an annual statement or payslips (56(6)-(7))."""
    if one.ground is None:
        return no(law.reason(FALLBACK, N_("an own statement of income needs a ground of the decree")))
    if one.ground == "no_tax_data_yet" and ASKED[one.situation] != "tax_data":
        return no(law.reason(FALLBACK, N_("this ground is only for those of whom tax data are asked")))
    signed = _known(one.issued, N_("the day on which the own statement was signed"))
    facts: dict[str, object] = {"ground": OWN_STATEMENT_GROUNDS[one.ground], "year": law.day.year - 1}
    stated = law.reason(FALLBACK, N_("an own statement was signed, on this ground: {ground}"), facts)
    if one.year == law.day.year - 1:
        return yes(stated, law.reason(FALLBACK, N_("with an annual statement of {year}"), facts))
    first = months_earlier(signed.replace(day=1), int(law.value("payslip_max_months")))
    if one.payslip is not None and first <= one.payslip <= law.day:
        facts["month"] = f"{one.payslip:%Y-%m}"
        return yes(stated, law.reason(FALLBACK, N_("with payslips of {month}"), facts))
    text = N_("with it belongs an annual statement of {year}, or payslips of a month from {month} on")
    return no(law.reason(FALLBACK, text, facts | {"month": f"{first:%Y-%m}"}))


def _known(fact: Fact | None, what: str) -> Fact:
    if fact is None:
        raise AbsentError(
            N_("of the evidence of income this is not known: {what}"),
            remedy=N_("take it from the evidence itself"),
            what=what,
        )
    return fact
