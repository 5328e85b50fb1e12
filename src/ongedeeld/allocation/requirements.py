"""What the law itself asks of every letting, as effects: it holds whatever the policy.

Requirements: the income limit with the free space, a fitting rent, the permit where the municipality refused
it, and middle rent where it reserves that. Priorities: urgency and local binding, as far as the municipality
laid them down in local policy, each at the place of the instrument of the same name. A fact of a seeker that
is not known is never taken for a yes; a value of the law or of local policy that is not known stops the
round.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.effects import Condition, Effect, Limit, Priority, Requirement, Row
from ongedeeld.allocation.free_space import FREE_SPACE, FREE_SPACE_ORDER, INCOME, FreeSpace, own_policy_last
from ongedeeld.allocation.middle_rent import TELL_MIDDLE_RENT, is_middle_rent
from ongedeeld.allocation.offering import Offering, fitting_kind
from ongedeeld.allocation.seekers import household_of
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.binding import bound, largest_share, vital_profession
from ongedeeld.rules.fitting import cap_name, fitting
from ongedeeld.rules.household import Bond, Household
from ongedeeld.rules.income import GROUNDS, free_space_order, in_target_group
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.permits import may_have_middle_rent
from ongedeeld.rules.records import Binding, Designation, FreeSpaceOrder, MiddleRent, UrgencyScheme
from ongedeeld.rules.urgency import binding_may_count_against, urgent
from ongedeeld.rules.wbmgp import ARTICLE_RULES, designation, permit

Test = Callable[[Row, Row], Decision]
FITTING = (*INCOME, "pension_age", "assets_exception")
BONDS = ("region_years", "municipality_years", "municipality_earlier_years", "bound")


@dataclass(frozen=True)
class Whereabouts:
    """Which municipalities the homes of a round lie in, and which groups with urgency seek."""

    municipalities: tuple[str, ...]
    urgency_groups: tuple[str, ...]


def lawful_effects(
    law: LawOfDay, where: Whereabouts, offering: Offering, free_space: FreeSpace | None
) -> tuple[Effect, ...]:
    """The requirements and priorities of the law on a day.

    Parameters
    ----------
    law
        The law of the day, with local policy.
    where
        The municipalities of the homes, and the urgency groups among the seekers.
    offering
        The rents that the policy sets: the fitting-rent rule judges the rent that is offered.
    free_space
        What part of the social lettings of the year may go to who is above the income limit, and how many
        did; None where that is not known: then none does.

    Raises
    ------
    AbsentError
        When a value that a rule needs is not known on the day, or local policy on urgency lacks.
    """
    return (
        *_income(law, free_space),
        *_fitting(law, offering),
        *_permit(law),
        *_middle_rent(law),
        *_urgency(law, where),
        *(effect for record in law.records(Binding) for effect in _binding(record, law)),
    )


def effects_together(
    law: LawOfDay, where: Whereabouts, policy: Sequence[Effect], free_space: FreeSpace | None
) -> tuple[Effect, ...]:
    """The effects of the law of a day and those of a policy: own policy comes last inside the free space.

    Parameters
    ----------
    law, where, free_space
        As in :func:`lawful_effects`.
    policy
        What the instruments do.
    """
    lawful = lawful_effects(law, where, Offering.of(policy), free_space)
    return (*lawful, *(own_policy_last(policy, law) if free_space else policy))


def _as_no(rule: str, test: Callable[[], Decision]) -> Decision:
    """The outcome; a fact of the seeker that is not known is a no that says what lacks.

    What the law or local policy lacks was asked for before, with a seeker of whom everything is known.
    """
    try:
        return test()
    except AbsentError as error:
        return no(Reason(rule, error.problem, error.fields))


def _income(law: LawOfDay, free_space: FreeSpace | None) -> Iterable[Effect]:
    rule = "daeb_target_group"
    for size in (1, 2):
        in_target_group(Household(size=size, income_class="above"), law)

    def within(vacancy: Row, seeker: Row) -> Decision:
        if vacancy["sector"] != "social":
            return yes(law.reason(rule, N_("the rule is about social homes; this is not one")))
        return _as_no(rule, lambda: in_target_group(household_of(seeker), law))

    def known(vacancy: Row, seeker: Row) -> Decision:
        told = within(vacancy, seeker)
        return yes(*told.reasons) if told or seeker["income_class"] else told

    def outside(vacancy: Row, seeker: Row) -> Decision:
        told = within(vacancy, seeker)
        if told or not seeker["income_class"]:
            return no(*told.reasons)
        text = N_("so the home would go into the free space")
        if free_space is None:
            text = N_("this round lets no home out of the free space: how much is left is not known")
        return yes(*told.reasons, law.reason(rule, text))

    columns = ("sector",), INCOME
    yield Requirement(Condition(rule, *columns, known))
    above = Condition(FREE_SPACE, *columns, outside, about=_is_social)
    if free_space is None:
        yield Limit(above, FREE_SPACE, most=0)
    else:
        yield Limit(above, FREE_SPACE, free_space.share, done=free_space.done, of=free_space.of)
        yield from _free_space_classes(law, outside)


def _is_social(vacancy: Row) -> bool:
    return vacancy["sector"] == "social"


def _free_space_classes(law: LawOfDay, outside: Test) -> Iterable[Effect]:
    """The order of the decree inside the free space: a priority for each class before the next."""
    own = [group for record in law.records(FreeSpaceOrder) for group in record.groups]
    ranked = {ground: free_space_order(ground, law) for ground in (*GROUNDS, *own)}
    last = max(one.order for one in ranked.values())

    def within(most: int) -> Test:
        def test(vacancy: Row, seeker: Row) -> Decision:
            into = outside(vacancy, {name: seeker[name] for name in INCOME})
            if not into:
                return yes(*into.reasons)
            ground = ranked.get(str(seeker["free_space_ground"]))
            if ground is None:
                text = N_("no ground for a place in the free space is known")
                return no(law.reason("free_space_order", text))
            return yes(ground.reason) if ground.order <= most else no(ground.reason)

        return test

    for most in range(1, last + 1):
        columns = ("sector",), (*INCOME, "free_space_ground")
        yield Priority(Condition("free_space_order", *columns, within(most)), FREE_SPACE_ORDER + most)


def _fitting(law: LawOfDay, offering: Offering) -> Iterable[Effect]:
    rule = "passend_toewijzen"
    caps = [law.cents(cap_name(size)) for size in (1, 3)]

    def test(vacancy: Row, seeker: Row) -> Decision:
        rent = offering.rent_cents(vacancy, seeker)
        return _as_no(rule, lambda: fitting(household_of(seeker), rent, law))

    def alike(vacancy: Row) -> Hashable:
        if offering.rents:
            return offering.kind_of_vacancy(vacancy)
        rent = offering.rent_cents(vacancy, {})
        return sum(rent > cap for cap in caps)

    def alike_seeker(seeker: Row) -> Hashable:
        household = household_of({name: seeker[name] for name in FITTING})
        return fitting_kind(household, law), offering.kind_of_seeker(seeker)

    of_seeker = tuple(dict.fromkeys((*FITTING, *offering.of_seeker)))
    yield Requirement(Condition(rule, offering.of_vacancy, of_seeker, test, alike, alike_seeker))


def _permit(law: LawOfDay) -> Iterable[Effect]:
    """A permit that the municipality refused stands in the way; one not yet decided is a proviso."""
    articles = sorted({one for record in law.records(Designation) for one in record.articles} & {8, 10})

    def of(article: int) -> Test:
        rule = ARTICLE_RULES[article]

        def test(vacancy: Row, seeker: Row) -> Decision:
            places = [str(vacancy[name]) for name in ("area", "district", "complex") if vacancy[name]]
            held = [place for place in places if designation(place, article, law)]
            if not held:
                return yes(law.reason(rule, N_("the home does not lie in a designated area")))
            if seeker["permit"] is None:
                return yes(
                    law.reason(rule, N_("the home is let only when the municipality grants the permit"))
                )
            return permit(held[0], article, str(seeker["permit"]), law)

        return test

    for article in articles:
        columns = ("area", "district", "complex"), ("permit",)
        yield Requirement(Condition(ARTICLE_RULES[article], *columns, of(article)))


def _middle_rent(law: LawOfDay) -> Iterable[Effect]:
    """Where a municipality reserves middle rent for middle incomes, such a home goes to no higher income."""
    rule, reserved = "middle_rent_income", {one.municipality for one in law.records(MiddleRent)}
    if not reserved:
        return

    def is_reserved(vacancy: Row) -> bool:
        return vacancy["municipality"] in reserved and bool(is_middle_rent(vacancy, law))

    def test(vacancy: Row, seeker: Row) -> Decision:
        if not is_reserved(vacancy):
            text = N_("the home is not one of middle rent that the municipality reserves for middle incomes")
            return yes(law.reason(rule, text))
        where = str(vacancy["municipality"])
        return _as_no(rule, lambda: may_have_middle_rent(household_of(seeker), where, law))

    def alike(vacancy: Row) -> Hashable:
        return str(vacancy["municipality"]) if is_reserved(vacancy) else ""

    columns = ("municipality", *TELL_MIDDLE_RENT), ("income_class", "urgency")
    yield Requirement(Condition(rule, *columns, test, alike))


def _urgency(law: LawOfDay, where: Whereabouts) -> Iterable[Effect]:
    if not where.urgency_groups:
        return
    bound_somehow = Bond(interest=True)
    for municipality in where.municipalities:
        for group in where.urgency_groups:
            urgent(Household(size=1, urgency=group, region=bound_somehow), municipality, law)
    if not any(scheme.groups for scheme in law.records(UrgencyScheme)):
        return

    def test(vacancy: Row, seeker: Row) -> Decision:
        return _as_no("urgency", lambda: urgent(household_of(seeker), str(vacancy["municipality"]), law))

    condition = Condition("urgency", ("municipality",), ("urgency", *BONDS), test)
    yield Priority(condition, _order("urgency"))


def _binding(record: Binding, law: LawOfDay) -> Iterable[Effect]:
    share, why = largest_share(record, law)
    tally = f"local_binding:{record.municipality}:{record.category}"

    def about(vacancy: Row) -> Decision:
        here = (vacancy["municipality"], vacancy["category"]) == (record.municipality, record.category)
        text = N_("the ordinance gives no priority for binding to this category of homes")
        return yes(why) if here else no(law.reason("local_binding", text))

    def unless_protected(rule: str, household: Household, held: Callable[[], Decision]) -> Decision:
        """The outcome, or a yes for an urgent group against which binding may not be held (Hvw 16)."""
        against = binding_may_count_against(household, record.municipality, law)
        return _as_no(rule, held) if against else yes(*against.reasons)

    def test(vacancy: Row, seeker: Row) -> Decision:
        here = about(vacancy)
        one = household_of(seeker, str(vacancy["area"]), str(vacancy["district"]))
        return here and unless_protected("local_binding", one, lambda: bound(one, record.bound_to, law))

    def vital(vacancy: Row, seeker: Row) -> Decision:
        here = about(vacancy)
        one = household_of(seeker, str(vacancy["area"]), str(vacancy["district"]))
        return here and unless_protected(
            "vital_professions",
            one,
            lambda: vital_profession(one, record.municipality, record.category, law),
        )

    of_vacancy = ("municipality", "category", *(("area", "district") if record.bound_to == "part" else ()))
    of_seeker = (*BONDS, "urgency", *(("part", "part_years") if record.bound_to == "part" else ()))
    placed = _as_it_is if record.bound_to == "part" else _without_place

    def covers(vacancy: Row) -> bool:
        return bool(about(vacancy))

    condition = Condition("local_binding", of_vacancy, of_seeker, placed(test), about=covers)
    yield Priority(condition, _order("local_binding"), tally, share)
    if record.vital_professions:
        columns = (*of_seeker, "profession")
        condition = Condition("vital_professions", of_vacancy, columns, placed(vital), about=covers)
        yield Priority(condition, _order("vital_professions"), tally, share)


def _order(instrument: str) -> int:
    """The place among the priorities of the instrument of a name."""
    order = load_catalogue()[instrument].order
    if order is None:
        raise ValueError(instrument)
    return order


def _as_it_is(test: Test) -> Test:
    return test


def _without_place(test: Test) -> Test:
    """A test that gets no place, because none plays a part in it."""
    return lambda vacancy, seeker: test({**vacancy, "area": "", "district": ""}, seeker)
