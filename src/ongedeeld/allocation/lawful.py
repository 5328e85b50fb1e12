"""Whether a policy is lawful on a day, and what it does to a round.

A policy that is not lawful is refused with the reasons, or run as "what if the law allowed", with a mark on
every decision that follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ongedeeld.allocation.conditions_met import CONDITIONS, agreed
from ongedeeld.allocation.effects import Effect, WhatIf
from ongedeeld.allocation.families import EFFECTS, Setting
from ongedeeld.allocation.policies import Policy, Use
from ongedeeld.allocation.questions import Question
from ongedeeld.allocation.refusal import Refusal
from ongedeeld.allocation.rules_met import RULES
from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.rules.law import Law, LawOfDay
from ongedeeld.rules.lettings import Lettings


def lawful(policy: Policy, law: Law, city: City, day: date) -> Decision:
    """Whether all that a policy uses on a day is lawful.

    Parameters
    ----------
    policy
        The policy; uses that do not hold on the day play no part.
    law
        The rules and values by date, with local policy: designations, agreements, schemes.
    city
        With the areas, complexes and homes.
    day
        The day.

    Returns
    -------
    Decision
        Yes with the rules that carry each use; no with all that stands in the way.

    Raises
    ------
    AbsentError
        When a rule or value that decides is not known; the error says where to supply it.
    """
    uses = policy.on(day)
    if not uses:
        text = N_("the policy uses no instrument on {day}")
        return yes(Reason("policy", text, {"day": day.isoformat()}))
    return all_of(lawful_use(use, policy, law.on(day), city) for use in uses)


def lawful_use(use: Use, policy: Policy, law: LawOfDay, city: City) -> Decision:
    """Whether one use of an instrument is lawful on the day of the law.

    Raises
    ------
    AbsentError
        When a rule or value that decides is not known.
    """
    return all_of(_tested(Question(use, policy, law, city)))


def _tested(question: Question) -> Iterator[Decision]:
    """The outcome of every rule and condition in the order of the catalogue, and whether all agreed."""
    for rule in question.use.rules:
        facts = {"rule": question.law.law.register[rule].label}
        if not question.law.holds(rule):
            yield no(question.reason(N_("{instrument}: the rule '{rule}' is not in force"), facts))
        elif rule in RULES:
            yield from RULES[rule](question)
        else:
            yield yes(question.law.reason(rule, N_("the rule '{rule}' holds"), facts))
    for condition in question.use.instrument.conditions:
        yield from CONDITIONS[condition](question)
    yield from agreed(question)


def refuse_unlawful(policy: Policy, law: Law, city: City, day: date) -> None:
    """Refuse a policy that is not lawful on a day.

    Raises
    ------
    InputError
        With the line of the first use that is not lawful, and all reasons against it and against the others.
    AbsentError
        When a rule or value that decides is not known.
    """
    refused = _refused(policy, law, city, day)
    if refused:
        (use, decision), *others = refused
        raise InputError(
            N_("{instrument} is not lawful on {day}:\n{reasons}"),
            place=use.place,
            expected=N_("a policy that the law of the day allows"),
            remedy=N_(
                "change it, or run it as what if the law allowed (--what-if): every outcome then says so"
            ),
            instrument=use.instrument.label,
            day=day.isoformat(),
            reasons=Refusal(decision, tuple(others)),
        )


def _refused(policy: Policy, law: Law, city: City, day: date) -> list[tuple[Use, Decision]]:
    """The uses that are not lawful on a day, in the order of the file."""
    found: list[tuple[Use, Decision]] = []
    for use in policy.on(day):
        try:
            decision = lawful_use(use, policy, law.on(day), city)
        except AbsentError:
            if not found:
                raise
            # What is known to be wrong comes first; what lacks is asked for when that is mended.
            break
        if not decision:
            found.append((use, decision))
    return found


def effects_of(
    policy: Policy, law: Law, city: City, day: date, *, so_far: Lettings | None = None, what_if: bool = False
) -> tuple[Effect, ...]:
    """What a policy does to a round on a day.

    Parameters
    ----------
    policy, law, city, day
        As in :func:`lawful`.
    so_far
        The lettings so far, by which a mediation has fewer homes left; without them it has all.
    what_if
        Whether a policy that is not lawful, or of which that cannot be told, is run all the same; every
        decision of its effects then says so.

    Raises
    ------
    InputError
        When it is not lawful and `what_if` was not asked.
    AbsentError
        When that cannot be told and `what_if` was not asked.
    """
    if not what_if:
        refuse_unlawful(policy, law, city, day)
    setting = Setting(
        law.on(day), city, so_far, what_if=what_if and not _surely_lawful(policy, law, city, day)
    )
    effects = [effect for use in policy.on(day) for effect in EFFECTS[use.instrument.name](use, setting)]
    return WhatIf(effects) if setting.what_if else tuple(effects)


def _surely_lawful(policy: Policy, law: Law, city: City, day: date) -> bool:
    try:
        return bool(lawful(policy, law, city, day))
    except AbsentError:
        return False
