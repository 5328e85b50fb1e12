"""Why a seeker did or did not get a home, in sentences, and how to object.

Nothing is told of another seeker but the rule or instrument by which somebody went before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.allocation import _plain
from ongedeeld.allocation._problem import NOBODY
from ongedeeld.allocation.deciding import alike, base_of, between, label_of, model_of
from ongedeeld.allocation.declines import CONSEQUENCES, SIDES, decline_of
from ongedeeld.allocation.effects import Row
from ongedeeld.allocation.own_priority import what_did_not_work
from ongedeeld.allocation.used_up import used_up
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import Objection
from ongedeeld.vocabulary import Quantity
from ongedeeld.vocabulary.spoken import Day

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round

OFFER_SENTENCES = {
    "registration": N_(
        "after the priorities who registered first goes first; this seeker did on {registered}"
    ),
    "points": N_("after the priorities who has most points goes first; here {points}"),
    "lottery": N_("after the priorities the lot decides, drawn with seed {seed}"),
    "direct": N_("the home was offered directly: without reactions, to who registered first"),
}
DRAWN_ELSEWHERE = N_("after the priorities the lot decides, as it was drawn by {by}")
EQUAL_SENTENCES = {
    "registration": N_(
        "after the priorities who registered first goes first; several registered on {registered}, and "
        "between them the lot decided, drawn with seed {seed}"
    ),
    "points": N_(
        "after the priorities who has most points goes first; several have {points} and registered on "
        "{registered}, and between them the lot decided, drawn with seed {seed}"
    ),
    "direct": N_(
        "the home was offered directly, to who registered first; several registered on {registered}, and "
        "between them the lot decided, drawn with seed {seed}"
    ),
}
WENT_BEFORE = {
    "urgency": N_("a seeker with urgency went before"),
    "local_binding": N_("a seeker who is bound to the place went before"),
    "vital_professions": N_("a seeker with a vital profession went before"),
    "free_space_order": N_("a seeker went before by the order of the decree inside the free space"),
    "internal_movers": N_("a tenant of ours who leaves a home behind went before"),
    "contingent": N_("a seeker whom a partner proposed under an agreement went before"),
    "support_agreement": N_("a seeker whom a partner proposed under an agreement went before"),
    "omklapcontract": N_("a seeker whom a partner proposed under an agreement went before"),
    "direct_mediation": N_("a seeker whom a partner proposed under an agreement went before"),
}
"""How it is said that somebody went before, by rule or instrument."""

WENT_BEFORE_BY = N_("a seeker went before by: {name}")
"""How it is said of all others."""

WISHES = {
    "wish_areas": N_("the home does not lie in a neighbourhood that the seeker wishes"),
    "rooms_min": N_("the home has fewer rooms than the seeker wishes"),
    "step_free_needed": N_("the home cannot be reached without steps, or that is not known"),
    "rent_max_cents": N_("the rent is above the highest that the seeker wishes"),
}
NOT_SUPPLIED = N_(
    "who does not agree can ask the association to look again, and then go to its complaints committee; "
    "where and within how many days the association has to supply, under [[objection]] in local policy"
)
"""What is said of objecting where local policy does not tell the place."""


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


def explain(a_round: Round, vacancy: int, seeker: int) -> Decision:
    """Why the seeker in one place did or did not get the home in another; after a no, how to object."""
    rows = a_round.given.vacancies.row(vacancy, named=True), a_round.given.seekers.row(seeker, named=True)
    if a_round.outcome.winner[vacancy] == seeker:
        decision, after = _granted(a_round, vacancy, seeker, *rows), tuple[Reason, ...]()
    else:
        decision = _not_granted(a_round, vacancy, seeker, *rows)
        after = (how_to_object(a_round.given.law),)
    reasons = _each_once(decision.reasons)
    return Decision(decision.allowed, (*_said_first(a_round), *reasons, *after))


def _said_first(a_round: Round) -> tuple[Reason, ...]:
    if not a_round.what_if:
        return ()
    text = N_("what if the law allowed it: nobody asked whether this policy is lawful on {day}")
    return (Reason("what_if", text, {"day": Day(a_round.given.law.day)}),)


def how_to_object(law: LawOfDay) -> Reason:
    """How somebody who disagrees can object, as local policy tells it."""
    supplied = objection_of(law)
    if supplied is None:
        return Reason("objection", NOT_SUPPLIED)
    text = N_(
        "who does not agree can tell {association} within {days} days, and then go to {body}, {address}; "
        "against a decision of the municipality on a permit or on urgency one objects with the municipality"
    )
    facts = {name: getattr(supplied, name) for name in ("association", "days", "body", "address")}
    return Reason("objection", text, facts, source=supplied.source)


def objection_of(law: LawOfDay) -> Objection | None:
    """Where to object, as local policy tells it; None where it does not."""
    return next(iter(law.records(Objection)), None)


def _granted(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Decision:
    met = [effect.condition.judge(home, person) for effect in a_round.plan.requirements]
    reasons = list(all_of(met).reasons) if met else []
    rent = Euros(a_round.rent_cents(vacancy), rent=True)
    facts = {"count": int(a_round.outcome.candidates[vacancy]), "rent": rent}
    reasons.append(Reason("order", N_("first of {count} in the order; the rent is {rent}"), facts))
    offered = a_round.plan.offering.which(home, person)
    if offered is not None:
        reasons.extend(offered.condition.judge(home, person).reasons)
    reasons.extend(_went_first_by(a_round, vacancy, seeker, home, person))
    second = int(a_round.outcome.second[vacancy])
    if second == NOBODY:
        reasons.append(Reason("order", N_("nobody else who could take the home stood in the order")))
    elif between(a_round, vacancy, seeker, second) is None:
        reasons.append(_by_model(a_round, vacancy, seeker, second))
    return yes(*reasons)


def _went_first_by(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> list[Reason]:
    """The reasons of the reservation and of every priority by which a seeker went first."""
    standing = _plain.place(a_round.problem, a_round.outcome, vacancy, seeker)
    held = [one.condition for one in a_round.plan.reservations[standing.reservation :][:1]]
    pairs = zip(standing.priorities, a_round.plan.priorities, strict=True)
    held += [one.condition for ahead, one in pairs if ahead == 0]
    return [reason for condition in held for reason in condition.judge(home, person).reasons]


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Reasons without those that say again what was said."""
    return tuple({one.say(): one for one in reversed(reasons)}.values())[::-1]


def _by_model(a_round: Round, vacancy: int, seeker: int, other: int) -> Reason:
    """What the offer model decided between a seeker and another."""
    model, lots = model_of(a_round, vacancy), a_round.given.lots
    registered = a_round.given.seekers["registered"][seeker]
    facts: dict[str, object] = {"registered": Day(registered), "seed": a_round.given.seed}
    if model == "points":
        facts["points"] = Quantity(float(a_round.points(vacancy, seeker)))
    if model == "lottery" and lots is not None:
        return Reason(model, DRAWN_ELSEWHERE, {"by": lots.by})
    sentences = EQUAL_SENTENCES if alike(a_round, vacancy, seeker, other) else OFFER_SENTENCES
    return Reason(model, sentences[model], facts)


def _not_granted(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Decision:
    plan, standing = a_round.plan, _plain.place(a_round.problem, a_round.outcome, vacancy, seeker)
    if not _plain.wants(a_round.problem, vacancy, seeker, standing.reservation):
        return no(*_no_interest(a_round, vacancy, seeker))
    judged = [effect.condition.judge(home, person) for effect in plan.requirements]
    if not all(judged):
        return no(*(reason for decision in judged if not decision for reason in _in_the_way(decision)))
    limits = len(plan.requirements) + len(plan.limits)
    if 0 <= standing.stop < limits:
        place = standing.stop - len(plan.requirements)
        met = plan.limits[place].condition.judge(home, person)
        return no(*met.reasons, *used_up(a_round, vacancy, place))
    if standing.stop > limits:
        other = a_round.given.vacancies["vacancy"][int(a_round.outcome.let_as[seeker])]
        return no(
            Reason("other_home", N_("the seeker got another home in this round: {other}"), {"other": other})
        )
    if standing.refused and _was_offered(a_round, vacancy, seeker):
        return no(_declined(a_round, str(home["vacancy"]), str(person["seeker"])))
    return no(*_passed(a_round, vacancy, seeker, home, person))


def _in_the_way(decision: Decision) -> tuple[Reason, ...]:
    """The reasons of a no without what only leads up to it: that an income rule applies at all."""
    last = decision.reasons[-1]
    return (last,) if last.rule == "passend_toewijzen" else decision.reasons


def _no_interest(a_round: Round, vacancy: int, seeker: int) -> list[Reason]:
    problem = a_round.problem
    if len(problem.reacted_from) and problem.needs_reaction[problem.offer[vacancy]]:
        return [Reason("interest", N_("the seeker did not react to this home"))]
    held = _plain.wishes(problem, vacancy, seeker)
    return [Reason("interest", WISHES[name], {"wish": name}) for name, is_so in held.items() if not is_so]


def _was_offered(a_round: Round, vacancy: int, seeker: int) -> bool:
    """Whether somebody who declined stood before who took the home: after them nobody was offered it."""
    winner = int(a_round.outcome.winner[vacancy])
    return winner == NOBODY or a_round.rank(vacancy, seeker) < a_round.rank(vacancy, winner)


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
    rank, count = a_round.rank(vacancy, seeker)
    facts = {"rank": rank, "count": count}
    first = Reason(
        "order", N_("place {rank} of {count} in the order; the home went to who stood before"), facts
    )
    own = what_did_not_work(a_round, vacancy, seeker, home, person)
    winner = int(a_round.outcome.winner[vacancy])
    condition = between(a_round, vacancy, winner, seeker)
    if condition is None:
        return [first, _by_model(a_round, vacancy, seeker, winner), *own]
    base = base_of(condition.name)
    text = WENT_BEFORE.get(base, WENT_BEFORE_BY)
    before = Reason(condition.name, text, {"name": label_of(condition.name, a_round.given.law)})
    why_not = condition.judge(home, person)
    return [first, before, *(() if why_not else why_not.reasons), *own]
