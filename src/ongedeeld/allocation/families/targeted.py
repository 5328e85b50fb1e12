"""Targeted allocation: the Wbmgp, binding, the free space, a ranking of areas, ceilings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ongedeeld.allocation.effects import Ceiling, Effect, Priority, Requirement, Reservation, Row
from ongedeeld.allocation.families._conditions import (
    Setting,
    decided,
    limited,
    on_homes,
    unless_protected,
)
from ongedeeld.allocation.free_space import INCOME, into_free_space
from ongedeeld.allocation.places import ancestry, parents_of, scope_of
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.seekers import household_of
from ongedeeld.allocation.so_far import mediated_in
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, all_of
from ongedeeld.rules.binding import bound
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.rules.household import Household
from ongedeeld.rules.income import GROUNDS
from ongedeeld.rules.wbmgp import priority_outranks_urgency
from ongedeeld.vocabulary import Both

BOND = ("region_years", "municipality_years", "municipality_earlier_years", "bound")
BINDING_TALLY = "local_binding"
"""Lettings for binding and for vital professions count together (Hvw 14)."""

BEFORE_URGENCY = 5
"""The order of priority by Wbmgp 9 where the ordinance puts it before urgency and binding by law."""


def permit(use: Use, setting: Setting) -> Iterable[Effect]:
    """Not who was refused the permit: the outcome of the municipality and nothing else (Wbmgp 8 and 10)."""
    granted = N_("{instrument}: the municipality granted the permit")
    refused = N_(
        "{instrument}: the municipality refused the permit; it tells the seeker why and how to object"
    )
    waits = N_("{instrument}: the home is let only when the municipality grants the permit")

    def open_to(_home: Row, seeker: Row) -> Decision:
        outcome = seeker["permit"]
        texts = (granted if outcome == "granted" else waits, refused)
        return decided(use, setting, texts, met=outcome != "refused")

    yield Requirement(on_homes(use, setting, open_to, of_seeker=("permit",), elsewhere=True))


def wbmgp_priority(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority that the municipality granted, before or after urgency as the ordinance says (Wbmgp 9)."""
    parents = parents_of(setting.city)
    around = {*use.areas, *(place for area in use.scope.areas for place in ancestry(area, parents))}
    before = {one for one in (*around, *use.scope.complexes) if priority_outranks_urgency(one, setting.law)}
    texts = (
        N_("{instrument}: the municipality granted priority here"),
        N_("{instrument}: the municipality granted no priority here"),
    )

    def granted(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["granted_priority"] is True)

    places = [{"area": area, "complex": None} for area in use.scope.areas]
    places += [{"area": "", "complex": name} for name in use.complexes]

    def goes_before(home: Row) -> bool:
        return home["complex"] in before or bool(before & set(ancestry(str(home["area"]), parents)))

    def goes_after(home: Row) -> bool:
        return not goes_before(home)

    for order, suits in ((BEFORE_URGENCY, goes_before), (use.order, goes_after)):
        if any(suits(home) for home in places):
            condition = on_homes(use, setting, granted, of_seeker=("granted_priority",), suits=suits)
            yield Priority(condition, order)


def local_binding(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who is bound, for at most a share of the lettings."""

    def held(home: Row, seeker: Row) -> Decision:
        household, to = household_of(seeker), use.parameters["bound_to"]
        return unless_protected(household, home, setting.law, lambda: bound(household, to, setting.law))

    condition = on_homes(use, setting, held, of_vacancy=("municipality",), of_seeker=(*BOND, "urgency"))
    yield limited(use, setting, condition, share=use.parameters["share"], tally=BINDING_TALLY)


def vital_professions(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority, among the bound, for a profession that the ordinance names."""
    texts = (
        N_("{instrument}: the ordinance names this profession: {profession}"),
        N_("{instrument}: no profession that the ordinance names is known"),
    )

    def vital(seeker: Row, household: Household) -> Decision:
        profession = seeker["profession"]
        named = profession in use.parameters["professions"]
        among = decided(use, setting, texts, {"profession": profession}, met=named)
        return all_of([among, bound(household, use.parameters["bound_to"], setting.law)])

    def held(home: Row, seeker: Row) -> Decision:
        household = household_of(seeker)
        return unless_protected(household, home, setting.law, lambda: vital(seeker, household))

    condition = on_homes(
        use, setting, held, of_vacancy=("municipality",), of_seeker=(*BOND, "urgency", "profession")
    )
    yield limited(use, setting, condition, share=use.parameters["share"], tally=BINDING_TALLY)


def free_space(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for incomes above the limit of social homes, for at most a share of the lettings."""
    texts = (
        N_("{instrument}: this income class goes first here: {income_class}"),
        N_("{instrument}: this income class does not go first here: {income_class}"),
    )
    on_ground = N_("{instrument}: who has a ground of the decree for a place in the free space goes along")

    def held(home: Row, seeker: Row) -> Decision:
        code = str(seeker["income_class"] or "")
        grounded = seeker["free_space_ground"] in GROUNDS and into_free_space(home, seeker, setting.law)
        chosen = home["sector"] == "social" and (code in use.parameters["income_classes"] or grounded)
        if grounded and chosen:
            return decided(use, setting, (on_ground, on_ground), met=True)
        known = INCOME_CLASSES.get(code, Both("onbekend", "not known"))
        return decided(use, setting, texts, {"income_class": known}, met=chosen)

    def is_social(home: Row) -> bool:
        return home["sector"] == "social"

    of_seeker = (*INCOME, "free_space_ground")
    condition = on_homes(
        use, setting, held, of_vacancy=("sector",), of_seeker=of_seeker, suits=is_social, by=("sector",)
    )
    yield limited(use, setting, condition, share=use.parameters["share"], social=True)


def area_ranking(use: Use, setting: Setting) -> Iterable[Effect]:
    """Homes for mediated seekers, area by area in the order of the policy; their number stays as agreed."""
    texts = (
        N_("{instrument}: proposed under {agreement}; this area stands in place {place}"),
        N_("{instrument}: not proposed under {agreement}"),
    )
    left = setting.homes_left(use)
    for place, area in enumerate(use.parameters["ranking"], start=1):
        facts = {"agreement": use.agreement, "place": place}
        ranked = replace(use, scope=scope_of([area], [], use.labels, setting.city))

        def held(_home: Row, seeker: Row, facts: Mapping[str, object] = facts) -> Decision:
            return decided(use, setting, texts, facts, met=seeker["contingent"] == use.agreement)

        condition = on_homes(ranked, setting, held, of_seeker=("contingent",))
        noted = use.instrument.name
        yield Reservation(condition, left, mediated=True, tally=use.name, rank=place, noted=noted)


def ceiling(use: Use, setting: Setting) -> Iterable[Effect]:
    """The largest number of mediated lettings in each complex of the table."""
    for name, most in use.parameters["most"].items():
        let = mediated_in(name, setting.so_far, use, setting.law.day)
        yield Ceiling(name, most, use.source, let)


EFFECTS = {
    "wbmgp_income": permit,
    "wbmgp_priority": wbmgp_priority,
    "wbmgp_nuisance": permit,
    "local_binding": local_binding,
    "vital_professions": vital_professions,
    "free_space": free_space,
    "area_ranking": area_ranking,
    "ceiling": ceiling,
}
