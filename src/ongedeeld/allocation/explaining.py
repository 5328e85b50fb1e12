"""Why a seeker did or did not get a home, in sentences, and how to object.

Nothing is told of another seeker but the rule or instrument by which somebody went before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.allocation import _plain
from ongedeeld.allocation._problem import NOBODY
from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.declines import CONSEQUENCES, SIDES, decline_of
from ongedeeld.allocation.effects import Condition, Reservation, Row
from ongedeeld.allocation.preparing import REGISTRATION
from ongedeeld.allocation.ranking import points
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.law import LawOfDay
from ongedeeld.vocabulary import Both, Quantity

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round

ONLY_ONE = "only_candidate"
OFFER_SENTENCES = {
    "registration": N_(
        "after the priorities who registered first goes first; this seeker did on {registered}"
    ),
    "points": N_("after the priorities who has most points goes first; here {points}"),
    "lottery": N_("after the priorities the lot decides, drawn with seed {seed}"),
    "direct": N_("the home was offered directly: without reactions, to who registered first"),
}
MODELS = {
    "registration": Both("inschrijfduur", "registration time"),
    "points": Both("punten", "points"),
    "lottery": Both("loting", "lottery"),
    "direct": Both("directe bemiddeling", "direct mediation"),
    ONLY_ONE: Both("enige kandidaat", "only candidate"),
    "no_interest": Both("geen reactie, of niet als gewenst", "no reaction, or not as wished"),
    "other_home": Both("kreeg een andere woning", "got another home"),
    "free_space": Both("vrije ruimte", "free space"),
}
"""Words for what decides that is neither a rule of the register nor an instrument."""

WISHES = {
    "wish_areas": N_("the home does not lie in a neighbourhood that the seeker wishes"),
    "rooms_min": N_("the home has fewer rooms than the seeker wishes"),
    "step_free_needed": N_("the home cannot be reached without steps, or that is not known"),
    "rent_max_cents": N_("the rent is above the highest that the seeker wishes"),
}


def index_of(frame: pl.DataFrame, column: str, name: str) -> int:
    """The place of a vacancy or seeker in its table.

    Raises
    ------
    AbsentError
        When it is not there.
    """
    place = frame[column].index_of(name)
    if place is None:
        raise AbsentError(
            N_("{name} is not in this round"),
            expected=N_("a number from the table of this round"),
            remedy=N_("check the number; capitals count"),
            name=name,
        )
    return place


def label_of(name: str, law: LawOfDay) -> Both:
    """What people call a rule, an instrument (or its use in a policy) or a model, by its name."""
    if name in MODELS:
        return MODELS[name]
    if name in law.law.register.by_name:
        return law.law.register[name].label
    instruments = load_catalogue().by_name
    used = name if name in instruments else name.rpartition("-")[0]
    return instruments[used].label if used in instruments else Both(name, name)


def reservation_of(a_round: Round, vacancy: int) -> Reservation | None:
    """The reservation by which the home in this place was let; None where it was not by one."""
    standing = _plain.place(a_round.problem, a_round.outcome, vacancy, int(a_round.outcome.winner[vacancy]))
    held = a_round.plan.reservations
    return held[standing.reservation] if standing.reservation < len(held) else None


def uses_priority(a_round: Round, vacancy: int, name: str) -> bool:
    """Whether the home in this place was let to somebody who went first by the priority of this name."""
    standing = _plain.place(a_round.problem, a_round.outcome, vacancy, int(a_round.outcome.winner[vacancy]))
    named = [one.condition.name == name for one in a_round.plan.priorities]
    return any(mine == 0 and held for mine, held in zip(standing.priorities, named, strict=True))


def decided_by(a_round: Round, vacancy: int) -> str:
    """What put the one who got the home in this place before the next: a rule, an instrument or a model."""
    second = int(a_round.outcome.second[vacancy])
    if second == NOBODY:
        return ONLY_ONE
    condition = _between(a_round, vacancy, int(a_round.outcome.winner[vacancy]), second)
    return condition.name if condition else _model(a_round, vacancy)


def _between(a_round: Round, vacancy: int, first: int, other: int) -> Condition | None:
    """The first reservation or priority that puts one seeker before another; None for the offer model."""
    one = _plain.place(a_round.problem, a_round.outcome, vacancy, first)
    two = _plain.place(a_round.problem, a_round.outcome, vacancy, other)
    if one.reservation != two.reservation:
        return a_round.plan.reservations[one.reservation].condition
    pairs = zip(one.priorities, two.priorities, a_round.plan.priorities, strict=True)
    return next((effect.condition for mine, theirs, effect in pairs if mine != theirs), None)


def _model(a_round: Round, vacancy: int) -> str:
    offer = int(a_round.problem.offer[vacancy])
    offers = a_round.plan.offers
    return offers[offer].model if offer < len(offers) else REGISTRATION


def explain(a_round: Round, vacancy: int, seeker: int) -> Decision:
    """Why the seeker in one place did or did not get the home in another, and how to object."""
    rows = a_round.given.vacancies.row(vacancy, named=True), a_round.given.seekers.row(seeker, named=True)
    if a_round.outcome.winner[vacancy] == seeker:
        decision = _granted(a_round, vacancy, seeker, *rows)
    else:
        decision = _not_granted(a_round, vacancy, seeker, *rows)
    return Decision(decision.allowed, (*_said_first(a_round), *decision.reasons, how_to_object()))


def _said_first(a_round: Round) -> tuple[Reason, ...]:
    if not a_round.what_if:
        return ()
    text = N_("what if the law allowed it: nobody asked whether this policy is lawful on {day}")
    return (Reason("what_if", text, {"day": a_round.given.law.day.isoformat()}),)


def how_to_object() -> Reason:
    """How somebody who disagrees can object."""
    text = N_(
        "who does not agree can ask the association to look again, and then go to its complaints committee; "
        "against a decision of the municipality on a permit or on urgency one objects with the municipality"
    )
    return Reason("objection", text)


def _granted(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Decision:
    met = [effect.condition.judge(home, person) for effect in a_round.plan.requirements]
    reasons = list(all_of(met).reasons) if met else []
    facts = {"count": int(a_round.outcome.candidates[vacancy]), "rent": Euros(a_round.rent_cents(vacancy))}
    reasons.append(Reason("order", N_("first of {count} in the order; the rent is {rent}"), facts))
    rent = a_round.plan.offering.which(home, person)
    if rent is not None:
        reasons.extend(rent.condition.judge(home, person).reasons)
    reasons.extend(_went_first_by(a_round, vacancy, seeker, home, person))
    second = int(a_round.outcome.second[vacancy])
    if second == NOBODY:
        reasons.append(Reason("order", N_("nobody else who could take the home stood in the order")))
    elif _between(a_round, vacancy, seeker, second) is None:
        reasons.append(_by_model(a_round, vacancy, person))
    return yes(*_each_once(reasons))


def _went_first_by(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> list[Reason]:
    """The reasons of the reservation and of every priority by which a seeker went first."""
    standing = _plain.place(a_round.problem, a_round.outcome, vacancy, seeker)
    held = [one.condition for one in a_round.plan.reservations[standing.reservation :][:1]]
    pairs = zip(standing.priorities, a_round.plan.priorities, strict=True)
    held += [one.condition for ahead, one in pairs if ahead == 0]
    return [reason for condition in held for reason in condition.judge(home, person).reasons]


def _each_once(reasons: list[Reason]) -> list[Reason]:
    """Reasons without those that say again what was said."""
    return list({one.say(): one for one in reversed(reasons)}.values())[::-1]


def _by_model(a_round: Round, vacancy: int, person: Row) -> Reason:
    model = _model(a_round, vacancy)
    facts: dict[str, object] = {"registered": str(person["registered"]), "seed": a_round.given.seed}
    if model == "points":
        offer = a_round.plan.offers[int(a_round.problem.offer[vacancy])]
        row = pl.DataFrame([person], schema=a_round.given.seekers.schema)
        held = points(row, a_round.given.law.day, offer.parameters)
        facts["points"] = Quantity(float(held.of(0)))
    return Reason(model, OFFER_SENTENCES[model], facts)


def _not_granted(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Decision:
    plan, standing = a_round.plan, _plain.place(a_round.problem, a_round.outcome, vacancy, seeker)
    judged = [effect.condition.judge(home, person) for effect in plan.requirements]
    if not all(judged):
        return all_of(judged)
    limits = len(plan.requirements) + len(plan.limits)
    if 0 <= standing.stop < limits:
        limit = plan.limits[standing.stop - len(plan.requirements)]
        text = N_("of such lettings this round has no more than {most}, and they were made")
        used_up = Reason(limit.condition.name, text, {"most": limit.most})
        return no(*limit.condition.judge(home, person).reasons, *((used_up,) if limit.most else ()))
    if standing.stop == limits:
        return no(*_no_interest(a_round, vacancy, seeker))
    if standing.stop == limits + 1:
        other = a_round.given.vacancies["vacancy"][int(a_round.outcome.let_as[seeker])]
        return no(Reason("order", N_("the seeker got another home in this round: {other}"), {"other": other}))
    if standing.refused:
        return no(_declined(a_round, str(home["vacancy"]), str(person["seeker"])))
    return no(*_passed(a_round, vacancy, seeker, home, person))


def _no_interest(a_round: Round, vacancy: int, seeker: int) -> list[Reason]:
    problem = a_round.problem
    if len(problem.reacted_from) and problem.needs_reaction[problem.offer[vacancy]]:
        return [Reason("interest", N_("the seeker did not react to this home"))]
    held = _plain.wishes(problem, vacancy, seeker)
    return [Reason("interest", WISHES[name]) for name, is_so in held.items() if not is_so]


def _declined(a_round: Round, vacancy: str, seeker: str) -> Reason:
    assert a_round.given.reactions is not None  # noqa: S101 - who declined reacted
    row = a_round.given.reactions.row(
        by_predicate=(pl.col("vacancy") == vacancy) & (pl.col("seeker") == seeker), named=True
    )
    reason = decline_of(row["answer"], row["reason"])
    facts = {
        "side": SIDES[reason.side],
        "reason": reason.label,
        "consequence": CONSEQUENCES[reason.consequence],
    }
    text = N_("the offer came to nothing, on the side of the {side}: {reason}; what follows: {consequence}")
    return Reason("declined", text, facts)


def _passed(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> list[Reason]:
    order = a_round.ranked(str(home["vacancy"]))
    rank = order["seeker"].index_of(str(person["seeker"]))
    facts = {"rank": 0 if rank is None else rank + 1, "count": len(order)}
    first = Reason(
        "order", N_("place {rank} of {count} in the order; the home went to who stood before"), facts
    )
    condition = _between(a_round, vacancy, int(a_round.outcome.winner[vacancy]), seeker)
    if condition is None:
        return [first, _by_model(a_round, vacancy, person)]
    text = N_("somebody went before by: {name}")
    why_not = condition.judge(home, person)
    named = {"name": label_of(condition.name, a_round.given.law)}
    return [first, Reason(condition.name, text, named), *why_not.reasons]
