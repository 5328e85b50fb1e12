"""Targeted allocation: the Wbmgp, binding, the free space, labels, a ranking of areas, ceilings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ongedeeld.allocation.effects import Ceiling, Effect, Priority, Requirement, Reservation, Row
from ongedeeld.allocation.families._conditions import Setting, Test, decided, on_homes
from ongedeeld.allocation.places import ancestry, parents_of, scope_of
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.seekers import household_of
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, all_of
from ongedeeld.rules.binding import bound
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.rules.wbmgp import priority_outranks_urgency
from ongedeeld.vocabulary import CHOICES, Both

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
    chain = [place for area in use.areas for place in ancestry(area, parents)]
    before = any(priority_outranks_urgency(place, setting.law) for place in (*chain, *use.complexes))
    texts = (
        N_("{instrument}: the municipality granted priority here"),
        N_("{instrument}: the municipality granted no priority here"),
    )

    def granted(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["granted_priority"] is True)

    condition = on_homes(use, setting, granted, of_seeker=("granted_priority",))
    yield Priority(condition, BEFORE_URGENCY if before else use.order)


def local_binding(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for who is bound, for at most a share of the lettings."""

    def held(_home: Row, seeker: Row) -> Decision:
        return bound(household_of(seeker), use.parameters["bound_to"], setting.law)

    condition = on_homes(use, setting, held, of_seeker=BOND)
    yield Priority(condition, use.order, BINDING_TALLY, most_share=use.parameters["share"])


def vital_professions(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority, among the bound, for a profession that the ordinance names."""
    texts = (
        N_("{instrument}: the ordinance names this profession: {profession}"),
        N_("{instrument}: no profession that the ordinance names is known"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        profession = seeker["profession"]
        named = profession in use.parameters["professions"]
        vital = decided(use, setting, texts, {"profession": profession}, met=named)
        held = bound(household_of(seeker), use.parameters["bound_to"], setting.law)
        return all_of([vital, held])

    condition = on_homes(use, setting, held, of_seeker=(*BOND, "profession"))
    yield Priority(condition, use.order, BINDING_TALLY, most_share=use.parameters["share"])


def free_space(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for incomes above the limit of social homes, for at most a share of the lettings."""
    texts = (
        N_("{instrument}: this income class goes first here: {income_class}"),
        N_("{instrument}: this income class does not go first here: {income_class}"),
    )

    def held(home: Row, seeker: Row) -> Decision:
        code = str(seeker["income_class"] or "")
        chosen = home["sector"] == "social" and code in use.parameters["income_classes"]
        known = INCOME_CLASSES.get(code, Both("onbekend", "not known"))
        return decided(use, setting, texts, {"income_class": known}, met=chosen)

    condition = on_homes(use, setting, held, of_vacancy=("sector",), of_seeker=("income_class",))
    yield Priority(condition, use.order, use.name, most_share=use.parameters["share"])


def label_by_age(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for age classes; with a youth contract the home goes to them alone."""
    texts = (
        N_("{instrument}: the eldest is in an age class that it is for: {age}"),
        N_("{instrument}: the eldest is not known to be in an age class that it is for"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        code = str(seeker["age_class"] or "")
        facts = {"age": age_label(code)}
        return decided(use, setting, texts, facts, met=code in use.parameters["age_classes"])

    yield from _label(use, setting, held, ("age_class",))


def label_large_families(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for large households with children, on large homes."""
    wanted = use.parameters
    texts = (
        N_("{instrument}: a household of {size} with {minors} minors, and a home of {rooms} rooms"),
        N_("{instrument}: household and home are not both large enough by it"),
    )

    def held(home: Row, seeker: Row) -> Decision:
        facts = {"size": seeker["household_size"], "minors": seeker["minors"], "rooms": home["rooms"]}
        least = {"size": wanted["household_size"], "minors": wanted["minors"], "rooms": wanted["rooms"]}
        return decided(
            use, setting, texts, facts, met=all(int(str(facts[one] or 0)) >= least[one] for one in least)
        )

    columns = ("household_size", "minors")
    yield Priority(on_homes(use, setting, held, of_vacancy=("rooms",), of_seeker=columns), use.order)


def label_students(use: Use, setting: Setting) -> Iterable[Effect]:
    """Priority for full-time students; with a campus contract the home goes to them alone."""
    texts = (
        N_("{instrument}: the seeker is a full-time student"),
        N_("{instrument}: the seeker is not known to be a full-time student"),
    )

    def held(_home: Row, seeker: Row) -> Decision:
        return decided(use, setting, texts, met=seeker["target_group"] == "student")

    yield from _label(use, setting, held, ("target_group",))


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
        yield Reservation(condition, left, mediated=True, tally=use.name, rank=place)


def ceiling(use: Use, _setting: Setting) -> Iterable[Effect]:
    """The largest number of mediated lettings in each complex of the table."""
    for name, most in use.parameters["most"].items():
        yield Ceiling(name, most, use.source)


def age_label(code: str) -> Both:
    """The words of an age class; those of not known where there is none."""
    choice = CHOICES["age_class"].get(code)
    return Both(choice.label_nl, choice.label_en) if choice else Both("onbekend", "not known")


def _label(use: Use, setting: Setting, test: Test, columns: tuple[str, ...]) -> Iterable[Effect]:
    yield Priority(on_homes(use, setting, test, of_seeker=columns), use.order)
    if "contract" in use.parameters:
        yield Requirement(on_homes(use, setting, test, of_seeker=columns, elsewhere=True))


EFFECTS = {
    "wbmgp_income": permit,
    "wbmgp_priority": wbmgp_priority,
    "wbmgp_nuisance": permit,
    "local_binding": local_binding,
    "vital_professions": vital_professions,
    "free_space": free_space,
    "label_seniors": label_by_age,
    "label_youth": label_by_age,
    "label_large_families": label_large_families,
    "label_students": label_students,
    "area_ranking": area_ranking,
    "ceiling": ceiling,
}
