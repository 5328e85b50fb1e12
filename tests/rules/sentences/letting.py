"""Sentences that ask what holds for a letting."""

from __future__ import annotations

import re

from ongedeeld.rules import LawOfDay
from ongedeeld.rules import codes as lists
from ongedeeld.rules.binding import (
    binding_record,
    bound,
    largest_share,
    priority_for_binding,
    vital_profession,
)
from ongedeeld.rules.fitting import fitting
from ongedeeld.rules.income import (
    free_space_order,
    in_target_group,
    income_class,
    may_be_housed,
    smallest_share,
)
from ongedeeld.rules.permit_holders import permit_holder_priority, permit_holder_target, swap
from ongedeeld.rules.rents import (
    middle_rent,
    middle_rent_for,
    rent_allowance_of_the_young,
    social,
    within_points,
)
from ongedeeld.rules.urgency import (
    binding_may_count_against,
    home_may_refuse,
    income_may_refuse,
    scheme_is_complete,
    urgent,
    urgent_share,
)
from ongedeeld.rules.wbmgp import (
    designation,
    income_source_may_count,
    keeps_chance_elsewhere,
    permit,
    priority_outranks_urgency,
)
from tests.rules.sentences.case import AREAS, PLACE, Case, Outcome, asked, percent, share


@asked("de corporatie bepaalt de inkomensklasse")
def _ask_class(case: Case, law: LawOfDay) -> Outcome:
    return lists.INCOME_CLASSES[income_class(case.who(), case.facts["income"], law)].nl


@asked("de corporatie toetst of de verhuring telt voor de doelgroep")
def _ask_target(case: Case, law: LawOfDay) -> Outcome:
    return in_target_group(case.who(), law)


@asked("de corporatie toetst of het huishouden sociaal mag huren")
def _ask_housed(case: Case, law: LawOfDay) -> Outcome:
    return may_be_housed(case.who(), case.facts["left"], law)


@asked(r"de corporatie vraagt het aandeel voor de doelgroep in (.+)")
def _ask_share(_case: Case, law: LawOfDay, places: str) -> Outcome:
    return percent(smallest_share(places.split(" en "), law)[0])


@asked(r"de corporatie vraagt de volgorde in de vrije ruimte van: (.+)")
def _ask_order(_case: Case, law: LawOfDay, ground: str) -> Outcome:
    names = {"urgent": "urgent", "woningruil": "house_swap", "verordening": "ordinance_priority"}
    return f"klasse {free_space_order(names.get(ground, ground), law).order}"


@asked("de corporatie toetst of de huur passend is")
def _ask_fitting(case: Case, law: LawOfDay) -> Outcome:
    return fitting(case.who(), case.facts["rent"], law)


@asked("de corporatie toetst of de woning sociaal is")
def _ask_social(case: Case, law: LawOfDay) -> Outcome:
    return social(case.facts["rent"], law)


@asked("de corporatie toetst de huur aan de punten")
def _ask_points(case: Case, law: LawOfDay) -> Outcome:
    return within_points(case.facts["rent"], case.facts.get("maximum"), law)


@asked("de corporatie toetst de middenhuur")
def _ask_middle(case: Case, law: LawOfDay) -> Outcome:
    return middle_rent(case.facts["rent"], case.facts["points"], law)


@asked("de gemeente toetst het inkomen voor middenhuur")
def _ask_middle_income(case: Case, law: LawOfDay) -> Outcome:
    return middle_rent_for(case.who(), law)


@asked("de corporatie vraagt of de leeftijd de huurtoeslag laat staan")
def _ask_young(case: Case, law: LawOfDay) -> Outcome:
    return rent_allowance_of_the_young(case.who(), case.facts["rent"], law)


@asked(rf"de toezichthouder toetst de urgentieregeling van {PLACE}")
def _ask_scheme(_case: Case, law: LawOfDay, place: str) -> Outcome:
    return scheme_is_complete(place, law)


@asked(rf"het huishouden vraagt voorrang in {PLACE}")
def _ask_urgent(case: Case, law: LawOfDay, place: str) -> Outcome:
    return urgent(case.who(), place, law)


@asked(rf"lokale binding wordt in {PLACE} tegengeworpen")
def _ask_against(case: Case, law: LawOfDay, place: str) -> Outcome:
    return binding_may_count_against(case.who(), place, law)


@asked(rf"het inkomen wordt in {PLACE} tegengeworpen")
def _ask_income_against(case: Case, law: LawOfDay, place: str) -> Outcome:
    return income_may_refuse(case.who(), place, law)


@asked(
    rf"de vergunning wordt in {PLACE} geweigerd aan wie (geen|een) woning achterlaat"
    "(, na een tijd zonder woning)?"
)
def _ask_home(case: Case, law: LawOfDay, place: str, left: str, without: str | None) -> Outcome:
    return home_may_refuse(case.who(), place, law, leaves_home=left == "een", was_without=without is not None)


@asked(rf"de corporatie vraagt het aandeel voor urgenten in {PLACE}")
def _ask_urgent_share(_case: Case, law: LawOfDay, place: str) -> Outcome:
    return percent(urgent_share(place, law)[0])


@asked(r"de gemeente toetst de binding aan de (regio|gemeente|buurt)")
def _ask_bound(case: Case, law: LawOfDay, where: str) -> Outcome:
    return bound(case.who(), AREAS[where], law)


@asked("het huishouden vraagt voorrang om zijn binding")
def _ask_binding(case: Case, law: LawOfDay) -> Outcome:
    place, category = case.facts["place"], case.facts["category"]
    return priority_for_binding(case.who(), place, category, case.facts.get("room"), law)


@asked("de corporatie vraagt het grootste aandeel voor binding")
def _ask_largest(case: Case, law: LawOfDay) -> Outcome:
    record = binding_record(case.facts["place"], case.facts["category"], law)
    assert record is not None
    most = largest_share(record, law)[0]
    return "geen maximum" if most is None else percent(most)


@asked("het huishouden vraagt voorrang om zijn beroep")
def _ask_profession(case: Case, law: LawOfDay) -> Outcome:
    return vital_profession(case.who(), case.facts["place"], case.facts["category"], law)


@asked(rf"de gemeente {PLACE} met ([\d.]+) van de ([\d.]+) inwoners rekent haar taakstelling uit")
def _ask_reckoned(_case: Case, law: LawOfDay, place: str, residents: str, country: str) -> Outcome:
    numbers = (int(text.replace(".", "")) for text in (residents, country))
    target = permit_holder_target(
        place, law, **dict(zip(("residents", "residents_of_country"), numbers, strict=True))
    )
    return f"{target.people} mensen"


@asked(rf"de gemeente {PLACE} vraagt haar taakstelling")
def _ask_target_people(_case: Case, law: LawOfDay, place: str) -> Outcome:
    return f"{permit_holder_target(place, law).people} mensen"


@asked(r"twee gemeenten hun taakstellingen (\d+) en (\d+) ruilen voor (\d+) en (\d+)")
def _ask_swap(_case: Case, law: LawOfDay, *numbers: str) -> Outcome:
    first, second, third, fourth = map(int, numbers)
    return swap({"GM0001": first, "GM0002": second}, {"GM0001": third, "GM0002": fourth}, law)


@asked("de gemeente vraagt of vergunninghouders voorrang mogen krijgen")
def _ask_permit_holders(_case: Case, law: LawOfDay) -> Outcome:
    return permit_holder_priority(law)


@asked(r"de corporatie vraagt of artikel (8|9|10) geldt in (BU\d{8})")
def _ask_designation(_case: Case, law: LawOfDay, article: str, area: str) -> Outcome:
    return designation(area, int(article), law)


@asked(r"de vergunning naar artikel (8|10) in (BU\d{8}) (is verleend|is geweigerd|is nog niet beslist)")
def _ask_permit(_case: Case, law: LawOfDay, article: str, area: str, outcome: str) -> Outcome:
    outcomes = {"is verleend": "granted", "is geweigerd": "refused", "is nog niet beslist": None}
    return permit(area, int(article), outcomes[outcome], law)


@asked(r"de gemeente de bron van het inkomen wil wegen in (BU\d{8})")
def _ask_source(case: Case, law: LawOfDay, area: str) -> Outcome:
    return income_source_may_count(case.who(), area, law)


@asked(r"de voorrang van artikel 9 in (BU\d{8}) boven urgentie gaat")
def _ask_outranks(_case: Case, law: LawOfDay, area: str) -> Outcome:
    return priority_outranks_urgency(area, law)


@asked(r"wie is geweigerd in de regio (geen kans|een kans van \d+%|een onbekende kans) houdt")
def _ask_chance(_case: Case, law: LawOfDay, words: str) -> Outcome:
    number = re.search(r"\d+", words)
    return keeps_chance_elsewhere(
        share(number[0]) if number else (0.0 if words == "geen kans" else None), law
    )
