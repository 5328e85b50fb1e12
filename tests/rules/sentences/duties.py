"""Sentences on evidence of income, data duties, social real estate and selecting openly."""

from __future__ import annotations

from datetime import date
from typing import Any

from ongedeeld.rules import LawOfDay
from ongedeeld.rules import codes as lists
from ongedeeld.rules.data_duties import (
    may_hold_number_for_check,
    may_hold_number_for_registration,
    may_keep_income_data,
)
from ongedeeld.rules.income_evidence import Evidence, income_is_shown
from ongedeeld.rules.real_estate import is_social_real_estate, others_fit, social_tenant
from ongedeeld.rules.selection import reasons_owed, selection_is_open, working_method
from tests.rules.sentences.case import DAY, MONTHS, Case, Outcome, asked, code, day_of, given


@given(r"de verklaring over het huishouden is (niet )?getekend")
def _household_statement(case: Case, missing: str | None) -> None:
    case.facts["household_statement"] = missing is None


@given(
    rf"(vergunninghouder uit de taakstelling|ontvangt algemene bijstand|ontvangt studiefinanciering|"
    rf"student uit het buitenland|overige bewoner): (.+?)(?: van {DAY})?(?: over (\d{{4}}))?"
)
def _evidence(case: Case, situation: str, words: str, issued: str | None, year: str | None) -> None:
    kind = None if words == "geen bewijs" else code(words, lists.EVIDENCE)
    one: dict[str, Any] = {"situation": code(situation, lists.SITUATIONS), "kind": kind}
    one["issued"] = day_of(issued) if issued else None
    one["year"] = int(year) if year else None
    case.facts.setdefault("people", []).append(one)


@given(r"de grond voor de eigen verklaring is: (.+)")
def _ground(case: Case, words: str) -> None:
    case.facts["people"][-1]["ground"] = code(words, lists.OWN_STATEMENT_GROUNDS)


@given(rf"erbij liggen loonstroken van ({'|'.join(MONTHS)}) (\d{{4}})")
def _payslips(case: Case, month: str, year: str) -> None:
    case.facts["people"][-1]["payslip"] = date(int(year), MONTHS.index(month) + 1, 1)


@given(r"erbij ligt een jaaropgave over (\d{4})")
def _annual_statement(case: Case, year: str) -> None:
    case.facts["people"][-1]["year"] = int(year)


@asked("de corporatie toetst het bewijs van inkomen")
def _ask_evidence(case: Case, law: LawOfDay) -> Outcome:
    people = [Evidence(**one) for one in case.facts["people"]]
    return income_is_shown(people, law, household_statement=case.facts.get("household_statement", False))


@given(rf"de compensatie over (\d{{4}}) staat vast op {DAY}")
def _final(case: Case, year: str, day: str) -> None:
    case.policy.append(
        f"[[compensation]]\nyear = {year}\nfrom = {day_of(day).isoformat()}\nsource = 'besluit'"
    )


@asked(r"de corporatie inkomensgegevens van het passend toewijzen over (\d{4}) bewaart")
def _ask_keep(_case: Case, law: LawOfDay, year: str) -> Outcome:
    return may_keep_income_data(int(year), law)


@asked(
    rf"de corporatie houdt het burgerservicenummer van een inkomenstoets van {DAY}"
    "(, zonder ieders instemming|, na intrekking)?"
)
def _ask_number(_case: Case, law: LawOfDay, day: str, rest: str | None) -> Outcome:
    agreed, withdrawn = rest != ", zonder ieders instemming", rest == ", na intrekking"
    return may_hold_number_for_check(law, agreed=agreed, checked=day_of(day), withdrawn=withdrawn)


@asked(r"de corporatie houdt het burgerservicenummer van een (in|uit)geschreven woningzoekende")
def _ask_registered(_case: Case, law: LawOfDay, which: str) -> Outcome:
    return may_hold_number_for_registration(law, agreed=True, deregistered=which == "uit")


@asked(r"van ([\d.]+) m2 maatschappelijk vastgoed gaat ([\d.]+|onbekend veel) m2 naar anderen")
def _ask_others(_case: Case, law: LawOfDay, total: str, others: str) -> Outcome:
    said = None if others == "onbekend veel" else float(others.replace(".", ""))
    return others_fit(said, float(total.replace(".", "")), law)


@asked(r"maatschappelijk vastgoed gaat naar: (.+?)(, voor commercieel gebruik)?")
def _ask_tenant(_case: Case, law: LawOfDay, words: str, commercial: str | None) -> Outcome:
    kind = next((name for name, both in lists.SOCIAL_TENANTS.items() if both.nl == words), words)
    return social_tenant(kind, law, commercial=commercial is not None)


@asked(r"de corporatie vraagt of een (buurthuis) maatschappelijk vastgoed is")
def _ask_building(_case: Case, law: LawOfDay, _building: str) -> Outcome:
    is_social_real_estate(law)


@asked(r"een afgewezen kandidaat vraagt waarom, bij een verhuring (via|buiten) het verdeelsysteem(?: om)?")
def _ask_reasons(_case: Case, law: LawOfDay, how: str) -> Outcome:
    return reasons_owed(law, by_distribution_system=how == "via")


@asked(r"een selectie (heeft een|heeft geen) duidelijke werkwijze en (bekende|geheime) criteria")
def _ask_open(_case: Case, law: LawOfDay, method: str, criteria: str) -> Outcome:
    return selection_is_open(law, procedure=method == "heeft een", criteria_told=criteria == "bekende")


@asked(r"de werkwijze tegen woondiscriminatie staat (op schrift|niet op schrift) en is (openbaar|besloten)")
def _ask_method(_case: Case, law: LawOfDay, written: str, public: str) -> Outcome:
    told = public == "openbaar"
    return working_method(law, written=written == "op schrift", public=told, staff_informed=True)
