"""What decided a letting: the ground by which somebody went first, and what parted them from the next."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ongedeeld.allocation import _plain
from ongedeeld.allocation._problem import NOBODY
from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.effects import Condition, Reservation
from ongedeeld.allocation.preparing import REGISTRATION
from ongedeeld.rules.law import LawOfDay
from ongedeeld.vocabulary import Both

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round

ONLY_ONE = "only_candidate"
FREE_SPACE, ITS_ORDER = "free_space", "free_space_order"
MODELS = {
    "registration": Both("inschrijfduur", "registration time"),
    "points": Both("punten", "points"),
    "lottery": Both("loting", "lottery"),
    "direct": Both("directe bemiddeling", "direct mediation"),
    "lot": Both("loting tussen gelijken", "the lot between equals"),
    ONLY_ONE: Both("enige kandidaat", "only candidate"),
    "no_interest": Both(
        "reageerde niet, of de woning past niet bij de wensen", "did not react, or the home is not as wished"
    ),
    "other_home": Both("kreeg een andere woning", "got another home"),
    FREE_SPACE: Both("vrije ruimte", "free space"),
}
"""Words for what decides that is neither a rule of the register nor an instrument."""


def base_of(name: str) -> str:
    """The rule or instrument of a condition: a use of an instrument has its name with a number.

    >>> base_of("local_binding-2"), base_of("daeb_target_group")
    ('local_binding', 'daeb_target_group')
    """
    used = name.rpartition("-")[0]
    return used if used in load_catalogue().by_name else name


def label_of(name: str, law: LawOfDay) -> Both:
    """What people call a rule, an instrument (or its use in a policy) or a model, by its name."""
    if name in MODELS:
        return MODELS[name]
    if name in law.law.register.by_name:
        return law.law.register[name].label
    instruments, used = load_catalogue().by_name, base_of(name)
    return instruments[used].label if used in instruments else Both(name, name)


def reservation_of(a_round: Round, vacancy: int) -> Reservation | None:
    """The reservation by which the home in this place was let; None where it was not by one."""
    standing = _winner(a_round, vacancy)
    held = a_round.plan.reservations
    return held[standing.reservation] if standing.reservation < len(held) else None


def uses_priority(a_round: Round, vacancy: int, names: Collection[str]) -> bool:
    """Whether the home in this place was let to somebody who went first by a priority of one of these names.

    A rule of the law has its own name; a use of an instrument has that of the instrument with a number.
    """
    standing = _winner(a_round, vacancy)
    named = [base_of(one.condition.name) in names for one in a_round.plan.priorities]
    return any(mine == 0 and one for mine, one in zip(standing.priorities, named, strict=True))


def noted(a_round: Round, vacancy: int) -> tuple[str, ...]:
    """The instruments by which who got the home in this place went first, as lettings so far note them."""
    standing, winner = _winner(a_round, vacancy), int(a_round.outcome.winner[vacancy])
    kept = a_round.plan.reservations[standing.reservation :][:1]
    pairs = zip(standing.priorities, a_round.plan.priorities, strict=True)
    counted = (
        one.noted
        for (mine, one), condition in zip(pairs, a_round.problem.priorities, strict=True)
        if mine == 0 or (one.counts_always and _plain.holds(a_round.problem, int(condition), vacancy, winner))
    )
    words = (*(one.noted for one in kept), *counted)
    return tuple(dict.fromkeys(word for word in words if word))


def ground(a_round: Round, vacancy: int) -> str:
    """By what who got the home in this place stood where they did, for the account of the letting.

    The reservation, or else the first priority by which they went before others, or else `free_space` where
    the home went there, or else the offer model.
    """
    kept = reservation_of(a_round, vacancy)
    if kept is not None:
        return kept.condition.name
    standing, winner = _winner(a_round, vacancy), int(a_round.outcome.winner[vacancy])
    # Who is within the income limit meets the order of the free space without being in it.
    ahead = (
        one.condition.name
        for mine, one in zip(standing.priorities, a_round.plan.priorities, strict=True)
        if mine == 0 and one.condition.name != ITS_ORDER
    )
    limits = zip(a_round.plan.limits, a_round.problem.limits, strict=True)
    into = (
        one.condition.name
        for one, condition in limits
        if _plain.holds(a_round.problem, int(condition), vacancy, winner)
    )
    return next(ahead, None) or next(into, None) or model_of(a_round, vacancy)


def decided_by(a_round: Round, vacancy: int) -> str:
    """What put the one who got the home in this place before the next: a rule, an instrument or a model."""
    second = int(a_round.outcome.second[vacancy])
    if second == NOBODY:
        return ONLY_ONE
    winner = int(a_round.outcome.winner[vacancy])
    condition = between(a_round, vacancy, winner, second)
    if condition:
        return condition.name
    return "lot" if alike(a_round, vacancy, winner, second) else model_of(a_round, vacancy)


def between(a_round: Round, vacancy: int, first: int, other: int) -> Condition | None:
    """The first reservation or priority that puts one seeker before another; None for the offer model."""
    one = _plain.place(a_round.problem, a_round.outcome, vacancy, first)
    two = _plain.place(a_round.problem, a_round.outcome, vacancy, other)
    if one.reservation != two.reservation:
        return a_round.plan.reservations[min(one.reservation, two.reservation)].condition
    pairs = zip(one.priorities, two.priorities, a_round.plan.priorities, strict=True)
    return next((effect.condition for mine, theirs, effect in pairs if mine != theirs), None)


def model_of(a_round: Round, vacancy: int) -> str:
    """The offer model of the home in this place."""
    offer = int(a_round.problem.offer[vacancy])
    offers = a_round.plan.offers
    return offers[offer].model if offer < len(offers) else REGISTRATION


def alike(a_round: Round, vacancy: int, one: int, other: int) -> bool:
    """Whether the offer model of a home cannot part two seekers, so that the lot between equals did."""
    model = model_of(a_round, vacancy)
    if model == "lottery":
        return False
    registered = a_round.given.seekers["registered"]
    same = bool(registered[one] == registered[other])
    return same and (model != "points" or a_round.points(vacancy, one) == a_round.points(vacancy, other))


def _winner(a_round: Round, vacancy: int) -> _plain.Place:
    return _plain.place(a_round.problem, a_round.outcome, vacancy, int(a_round.outcome.winner[vacancy]))
