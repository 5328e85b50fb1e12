"""The tests that a use of an instrument must pass by the rules of the register.

A rule without a test here is cited and must be in force; it asks something of the round or of people, not of
the policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import polars as pl

from ongedeeld.allocation.families.rent_policy import highest_rent
from ongedeeld.allocation.places import COLUMNS, ancestry, municipality_of, parents_of
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.questions import Question, Test
from ongedeeld.errors import N_, InputError
from ongedeeld.reasons import Decision, all_of, no, yes
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.contracts import student_contract, temporary_contract, youth_contract
from ongedeeld.rules.household import AGE_CLASSES
from ongedeeld.rules.income import smallest_share
from ongedeeld.rules.permits import permit_ground, priority_criterion, shuts_nobody_out
from ongedeeld.rules.purpose import PURPOSES, may_read_income
from ongedeeld.rules.records import Binding
from ongedeeld.rules.rents import social, within_points
from ongedeeld.rules.urgency import scheme_is_complete
from ongedeeld.rules.wbmgp import designation, keeps_chance_elsewhere

ASK_A_PERMIT = ("wbmgp_income", "wbmgp_nuisance")
"""The instruments by which a home goes to nobody to whom the municipality refused the permit."""


def designated(article: int) -> Test:
    """The test that every place lies in a valid designation for an article of the Wbmgp."""

    def test(question: Question) -> Iterator[Decision]:
        parents = parents_of(question.city)
        lies_in = dict(question.city.table("complexes").select("complex", "area").iter_rows())
        for area in question.use.areas:
            yield _any(designation(place, article, question.law) for place in ancestry(area, parents))
        for name in question.use.complexes:
            around = ancestry(lies_in[name], parents) if lies_in[name] else ()
            yield _any(designation(place, article, question.law) for place in (name, *around))

    return test


def _any(decisions: Iterable[Decision]) -> Decision:
    """The first yes, else the first no: that of the place itself."""
    weighed = list(decisions)
    return next((one for one in weighed if one), weighed[0])


def nobody_shut_out(question: Question) -> Iterator[Decision]:
    """In every municipality homes stay open to lower incomes: those on which nobody can be refused.

    Where only a share of the lettings goes to higher incomes first, the other lettings stay open.
    """
    known = question.city.has("dwellings")
    uses = [one for one in question.policy.on(question.law.day) if _can_refuse(one)]
    parents = parents_of(question.city)
    open_to_all: Counter[str] = Counter()
    for home in question.stock().select(COLUMNS).iter_rows(named=True):
        open_to_all[municipality_of(home["area"], parents)] += not any(one.scope.covers(home) for one in uses)
    for municipality in question.municipalities():
        homes = open_to_all[municipality] if known else None
        yield shuts_nobody_out({"below_passend": homes, "below_daeb": homes}, question.law)


def _can_refuse(use: Use) -> bool:
    all_go_first = use.instrument.name == "free_space" and use.parameters["share"] >= 1
    return all_go_first or use.instrument.name in ASK_A_PERMIT


def chance_elsewhere(question: Question) -> Iterator[Decision]:
    """Who was refused a permit keeps homes that ask none, by policy or by designation (Wbmgp 6)."""
    law, parents = question.law, parents_of(question.city)
    uses = [one for one in question.policy.on(law.day) if one.instrument.name in ASK_A_PERMIT]

    def asks(home: Mapping[str, object]) -> bool:
        places = [str(home["complex"] or ""), *ancestry(str(home["area"]), parents)]
        by_law = any(designation(place, article, law) for place in places for article in (8, 10))
        return by_law or any(one.scope.covers(home) for one in uses)

    kinds = question.stock().group_by(COLUMNS).len().to_dicts()
    homes = sum(kind["len"] for kind in kinds)
    elsewhere = sum(kind["len"] for kind in kinds if not asks(kind))
    decision = keeps_chance_elsewhere(elsewhere / homes if homes else None, law)
    text = N_("of the {homes} homes of the association {elsewhere} ask no permit by article 8 or 10")
    told = law.reason("wbmgp_chance_elsewhere", text, {"homes": homes, "elsewhere": elsewhere})
    yield Decision(decision.allowed, (*decision.reasons, told))


def binding_share(question: Question) -> Iterator[Decision]:
    """At most half of the lettings.

    Raises
    ------
    InputError
        Beside a priority that the ordinance gives already: that is no matter of law, it is said twice.
    """
    law, places = question.law, question.municipalities()
    for record in law.records(Binding):
        if record.municipality in places:
            text = N_("the ordinance of {municipality} gives priority for binding already, in every round")
            raise InputError(
                text,
                place=question.use.place,
                expected=N_(
                    "priority for binding in one place: the ordinance in local policy, or this policy"
                ),
                remedy=N_("leave it out here: it changes nothing and would be counted twice"),
                municipality=record.municipality,
            )
    share, most = float(question.use.parameters["share"]), law.value("local_binding_max_share")
    facts = {"share": Percent(share), "most": Percent(most)}
    if share <= most:
        yield yes(law.reason("local_binding", N_("{share} is not above the largest share of {most}"), facts))
    else:
        yield no(law.reason("local_binding", N_("{share} is above the largest share of {most}"), facts))


def free_share(question: Question) -> Iterator[Decision]:
    """The share of the free space: what the law or the agreements leave."""
    least, why = smallest_share(question.municipalities(), question.law)
    share, most = float(question.use.parameters["share"]), round(1 - least, 12)
    facts = {"share": Percent(share), "most": Percent(most)}
    if share <= most:
        text = N_("{share} is not above the free space of {most}")
        yield yes(why, question.law.reason("daeb_target_group", text, facts))
    else:
        yield no(
            why,
            question.law.reason("daeb_target_group", N_("{share} is above the free space of {most}"), facts),
        )


def criterion(question: Question) -> Iterator[Decision]:
    """Priority goes with nature, size or price of the home (Hvw 11)."""
    named = question.use.parameters["criterion"]
    yield priority_criterion(named, question.law)
    if question.use.parameters.get("goes") == "only" and named == "price":
        text = N_("{instrument}: a home goes to a group alone by its nature or size, not by its price")
        yield no(question.reason(text))


def ground(question: Question) -> Iterator[Decision]:
    """The ground of priority by permit is scarcity (Hvw 2)."""
    yield permit_ground(question.use.parameters["ground"], question.law)


def livability_by_permit(question: Question) -> Iterator[Decision]:
    """What serves livability stands in the policy of the association, not in the permit (Hvw 2(2))."""
    yield permit_ground("livability", question.law)


def rents(question: Question) -> Iterator[Decision]:
    """No home is offered above its maximum by points, nor a social home above the limit of social rent."""
    columns = ("rent_cents", "target_rent_cents", "maximum_rent_cents", "sector")
    told = question.homes(question.use).select(columns).unique(maintain_order=True)
    known = told.filter(pl.any_horizontal(pl.col(columns[:2]).is_not_null()))
    for home in known.iter_rows(named=True):
        rent = highest_rent(question.use, home, question.law)
        decisions = [within_points(rent, home["maximum_rent_cents"], question.law)]
        if home["sector"] != "free":
            decisions.append(social(rent, question.law))
        yield from (one for one in decisions if not one)
    text = N_("{count} different rents were held against the limits of the law")
    yield yes(question.law.reason("points_maximum", text, {"count": known.height}))


def youth(question: Question) -> Iterator[Decision]:
    """A youth contract is for ages that lie wholly within those of the law."""
    for code in question.use.parameters["age_classes"]:
        first, last = AGE_CLASSES[code]
        # Nobody below the age of the law rents a home, so the youngest class begins there.
        least = int(question.law.value("youth_contract_min_age"))
        yield all_of([youth_contract(max(first, least), question.law), youth_contract(last, question.law)])


def students(question: Question) -> Iterator[Decision]:
    """Homes may be let to students with a campus contract; the decision says what it must hold."""
    yield student_contract(question.law)


def temporary(question: Question) -> Iterator[Decision]:
    """A temporary contract has a ground of the decree and lasts no longer than it allows."""
    wanted = question.use.parameters
    yield temporary_contract(wanted["temporary_ground"], wanted["months"], question.law)


def urgency_schemes(question: Question) -> Iterator[Decision]:
    """The municipalities have an urgency scheme as the law asks for."""
    for municipality in question.municipalities():
        yield scheme_is_complete(municipality, question.law)


def income_purpose(question: Question) -> Iterator[Decision]:
    """Income classes serve a rule in which the level of income decides, nothing else (Woningwet 48(4))."""
    purposes = [rule for rule in question.use.instrument.basis if rule in PURPOSES]
    yield from (may_read_income(rule, question.law) for rule in purposes or [question.use.instrument.name])


RULES: Mapping[str, Test] = MappingProxyType(
    {
        "wbmgp_income": designated(8),
        "wbmgp_priority": designated(9),
        "wbmgp_nuisance": designated(10),
        "wbmgp_chance_elsewhere": chance_elsewhere,
        "nobody_shut_out": nobody_shut_out,
        "local_binding": binding_share,
        "daeb_target_group": free_share,
        "income_data_purpose": income_purpose,
        "nature_size_price": criterion,
        "scarcity_ground": ground,
        "livability_no_permit_ground": livability_by_permit,
        "points_maximum": rents,
        "youth_contract": youth,
        "student_contract": students,
        "temporary_contract": temporary,
        "urgency": urgency_schemes,
    }
)
"""The tests of rules in the register, by their name."""
