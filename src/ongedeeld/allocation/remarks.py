"""What about a round may not be as somebody meant it, and is allowed all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.allocation.deciding import base_of
from ongedeeld.allocation.effects import Priority, Requirement, Reservation
from ongedeeld.allocation.middle_rent import is_middle_rent
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Reason
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.records import Binding, MiddleRent, UrgencyScheme
from ongedeeld.rules.urgency import scheme_is_complete
from ongedeeld.vocabulary import CHOICES, Both
from ongedeeld.vocabulary.spoken import Day

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round

LOW_PART = 0.5
LABELS = "label_"


def remarks(a_round: Round) -> tuple[Reason, ...]:
    """What to look at before a round is acted on, each in a sentence.

    A free space of which nobody knows how much is left, an urgency scheme that lacks a group of the law, a
    home of which nobody knows whether it is one of middle rent that the municipality reserves, a home that is
    available in another year than that of the round, a rent far below the target, a category or label that
    nothing of the policy is about.
    """
    return (
        *_free_space(a_round),
        *_schemes(a_round),
        *_middle_rent(a_round),
        *_other_year(a_round),
        *_low_rents(a_round),
        *_categories(a_round),
        *_labels(a_round),
    )


def _free_space(a_round: Round) -> Iterator[Reason]:
    if a_round.so_far is None and (a_round.given.vacancies["sector"] == "social").any():
        text = N_(
            "nobody above the income limit gets a social home in this round: without the lettings so far "
            "nobody knows how much free space is left"
        )
        yield Reason("free_space", text)


def _schemes(a_round: Round) -> Iterator[Reason]:
    """What the urgency schemes of the municipalities lack, as far as local policy tells them."""
    law, here = a_round.given.law, set(a_round.given.vacancies["municipality"])
    for municipality in sorted(here & {one.municipality for one in law.records(UrgencyScheme)}):
        try:
            decision = scheme_is_complete(municipality, law)
        except AbsentError as missing:
            yield Reason("urgency", missing.problem, missing.fields)
        else:
            yield from () if decision else decision.reasons


def _middle_rent(a_round: Round) -> Iterator[Reason]:
    law, homes = a_round.given.law, a_round.given.vacancies
    reserved = {one.municipality for one in law.records(MiddleRent)}
    for home in homes.filter(pl.col("municipality").is_in(reserved)).iter_rows(named=True):
        if is_middle_rent(home, law) is None:
            text = N_(
                "whether {vacancy} is a home of middle rent, which {municipality} reserves for middle "
                "incomes, is not known: give its points"
            )
            facts = {"vacancy": home["vacancy"], "municipality": home["municipality"]}
            yield Reason("middle_rent_income", text, facts)


def _other_year(a_round: Round) -> Iterator[Reason]:
    day = a_round.given.law.day
    other = a_round.given.vacancies.filter(pl.col("available").dt.year() != day.year)
    text = N_(
        "{vacancy} is available on {available}; this round uses the limits of {year}, while those of the day "
        "of the contract decide"
    )
    for vacancy, available in other.select("vacancy", "available").iter_rows():
        yield Reason("day", text, {"vacancy": vacancy, "available": Day(available), "year": str(day.year)})


def _low_rents(a_round: Round) -> Iterator[Reason]:
    low = a_round.given.vacancies.filter(pl.col("rent_cents") < LOW_PART * pl.col("target_rent_cents"))
    text = N_("the rent of {vacancy}, {rent}, is less than half of its target rent of {target}")
    for vacancy, rent, target in low.select("vacancy", "rent_cents", "target_rent_cents").iter_rows():
        facts = {"vacancy": vacancy, "rent": Euros(rent, rent=True), "target": Euros(target, rent=True)}
        yield Reason("rent", text, facts)


def _categories(a_round: Round) -> Iterator[Reason]:
    homes, law = a_round.given.vacancies, a_round.given.law
    told = set(homes.select("municipality", "category").drop_nulls().iter_rows())
    known = {(one.municipality, one.category) for one in law.records(Binding)}
    here = set(homes["municipality"])
    for municipality, category in sorted(told - known):
        text = N_("no [[binding]] of local policy is about the category {category} in {municipality}")
        yield Reason("local_binding", text, {"category": category, "municipality": municipality})
    for municipality, category in sorted(known - told):
        if municipality in here:
            text = N_(
                "local policy has priority for binding for {category} in {municipality}, but no home of this "
                "round has that category"
            )
            yield Reason("local_binding", text, {"category": category, "municipality": municipality})


def _labels(a_round: Round) -> Iterator[Reason]:
    plan = a_round.plan
    effects: tuple[Requirement | Priority | Reservation, ...]
    effects = (*plan.requirements, *plan.priorities, *plan.reservations)
    conditions = [one.condition for one in effects if base_of(one.condition.name).startswith(LABELS)]
    unheeded: dict[str, list[str]] = {}
    for home in a_round.given.vacancies.filter(pl.col("label") != "none").iter_rows(named=True):
        if not any(one.is_about(home) for one in conditions):
            unheeded.setdefault(home["label"], []).append(home["vacancy"])
    text = N_("no instrument of the policy acts on the label '{label}' of {vacancies}")
    for code, vacancies in unheeded.items():
        label = CHOICES["dwelling_label"][code]
        facts = {"vacancies": ", ".join(vacancies), "label": Both(label.label_nl, label.label_en)}
        yield Reason("label", text, facts)
