"""Sentences that ask what holds for contracts, money, permits and tallies."""

from __future__ import annotations

import polars as pl

from ongedeeld.rules import LawOfDay, read_lettings, running_tallies
from ongedeeld.rules import codes as lists
from ongedeeld.rules.contracts import campus_contract, student_contract, temporary_contract, youth_contract
from ongedeeld.rules.livability_spending import may_spend
from ongedeeld.rules.permits import (
    KEEPING,
    keeps_registration_time,
    leaves_duties_possible,
    may_ask_income_source,
    may_have_middle_rent,
    ordinance_duration,
    permit_ground,
    priority_criterion,
    shuts_nobody_out,
)
from ongedeeld.rules.purpose import PURPOSES, may_read_income
from tests.rules.sentences.case import DAY, PLACE, Case, Outcome, asked, code, day_of


@asked(r"een jongerencontract begint met een huurder van (\d+)")
def _ask_youth(_case: Case, law: LawOfDay, age: str) -> Outcome:
    return youth_contract(int(age), law)


@asked(r"een tijdelijk contract van (\d+) maanden begint om: (.+)")
def _ask_temporary(_case: Case, law: LawOfDay, months: str, words: str) -> Outcome:
    return temporary_contract(code(words, lists.TEMPORARY_GROUNDS), int(months), law)


@asked("de corporatie wil woningen met een campuscontract aan studenten verhuren")
def _ask_students(_case: Case, law: LawOfDay) -> Outcome:
    return student_contract(law)


@asked(
    r"een campuscontract voor een (student|promovendus|groot gezin)(?: van (\d+))? begint"
    "(, zonder bestemming|, zonder afspraak over de volgende huurder)?"
)
def _ask_campus(_case: Case, law: LawOfDay, words: str, size: str | None, rest: str | None) -> Outcome:
    return campus_contract(
        code(words, lists.CAMPUS_GROUPS),
        law,
        destined=rest != ", zonder bestemming",
        let_again=rest != ", zonder afspraak over de volgende huurder",
        size=int(size) if size else None,
    )


@asked(r"een verordening stelt in (BU\d{8}) een eis aan de bron van het inkomen")
def _ask_source_demand(_case: Case, law: LawOfDay, area: str) -> Outcome:
    return may_ask_income_source(area, law)


@asked(
    r"onder een verordening is passend toewijzen (haalbaar|onhaalbaar) "
    r"en verhuren aan de doelgroep (haalbaar|onhaalbaar|onzeker)"
)
def _ask_duties(_case: Case, law: LawOfDay, fitting: str, target: str) -> Outcome:
    known = {"haalbaar": True, "onhaalbaar": False, "onzeker": None}
    duties = {"passend_toewijzen": known[fitting], "daeb_target_group": known[target]}
    return leaves_duties_possible(duties, law)


@asked(r"de corporatie betaalt voor: (.+?)(, ook voor anderen)?(, niet bij eigen woningen)?")
def _ask_spend(_case: Case, law: LawOfDay, words: str, others: str | None, away: str | None) -> Outcome:
    kind = next((name for name, both in lists.SPENDING.items() if both.nl == words), words)
    return may_spend(kind, law, own_tenants=others is None, near_own_homes=away is None)


@asked(r"een vergunning wordt verdeeld om (schaarste|leefbaarheid|veiligheid)")
def _ask_ground(_case: Case, law: LawOfDay, words: str) -> Outcome:
    return permit_ground({"schaarste": "scarcity", "leefbaarheid": "livability"}.get(words, words), law)


@asked(r"voorrang hangt af van (.+)")
def _ask_criterion(_case: Case, law: LawOfDay, words: str) -> Outcome:
    names = {both.nl: name for name, both in lists.PRIORITY_CRITERIA.items()}
    return priority_criterion(names.get(words, words), law)


@asked(
    r"voor de laagste inkomens staan (\d+|onbekend veel) woningen open en voor de inkomens daarboven (\d+)"
)
def _ask_shut(_case: Case, law: LawOfDay, low: str, next_: str) -> Outcome:
    lowest = int(low) if low.isdigit() else None
    return shuts_nobody_out({"below_passend": lowest, "below_daeb": int(next_)}, law)


@asked(rf"een verordening geldt van {DAY} tot en met {DAY}")
def _ask_ordinance(_case: Case, law: LawOfDay, start: str, end: str) -> Outcome:
    return ordinance_duration(day_of(start), day_of(end), law)


@asked(r"de inschrijfduur blijft bij: (.+)")
def _ask_kept(_case: Case, law: LawOfDay, words: str) -> Outcome:
    names = {both.nl: name for name, both in KEEPING.items()}
    return keeps_registration_time(names.get(words, words), law)


@asked(r"iemand inkomensgegevens leest voor: (.+)")
def _ask_purpose(_case: Case, law: LawOfDay, words: str) -> Outcome:
    names = {both.nl: name for name, both in PURPOSES.items()}
    return may_read_income(names.get(words, words), law)


@asked(r"de corporatie vraagt de telling ([a-z_]+(?::\S+)?)")
def _ask_tally(case: Case, law: LawOfDay, name: str) -> Outcome:
    lettings = read_lettings(pl.DataFrame(case.lettings))
    return next(tally for tally in running_tallies(lettings, law.law, law.day) if tally.name == name).decision


@asked(rf"het huishouden wil middenhuur in {PLACE}")
def _ask_middle_rent(case: Case, law: LawOfDay, place: str) -> Outcome:
    return may_have_middle_rent(case.who(), place, law)
