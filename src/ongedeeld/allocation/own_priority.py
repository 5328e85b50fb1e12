"""Why a seeker's own ground for going first did not work for a home.

Somebody with urgency, a good intake or a place in a contingent who did not go first is owed the reason: a
fact that is not known, a scheme without that group, a share that was used up, a ceiling that was reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ongedeeld.allocation import _plain
from ongedeeld.allocation.deciding import base_of, label_of
from ongedeeld.allocation.effects import Condition, Row
from ongedeeld.errors import N_
from ongedeeld.reasons import Reason

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round

CLAIMS: Mapping[str, str] = MappingProxyType(
    {
        "urgency": "urgency",
        "motivation_letting": "motivation",
        "neighbourly_work": "neighbourly_work",
        "vital_professions": "profession",
        "wbmgp_priority": "granted_priority",
        "internal_movers": "current_dwelling",
        "contingent": "contingent",
        "support_agreement": "contingent",
        "omklapcontract": "contingent",
        "direct_mediation": "contingent",
    }
)
"""The column by which somebody may count on going first, by rule or instrument."""

USED_UP = N_("{name} would put this seeker first, but its share or number was used up for this home")
NO_HOMES_LEFT = N_("{name} would put this seeker first, but all homes of it were let")
AT_CEILING = N_(
    "{name} would put this seeker first, but the ceiling on mediated lettings in this complex was reached"
)


def what_did_not_work(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> list[Reason]:
    """The reasons why what would put this seeker first did not, for the home in one place.

    Parameters
    ----------
    a_round
        The round.
    vacancy, seeker
        Their places in the tables.
    home, person
        Their rows.
    """
    return [
        *_reservations(a_round, vacancy, seeker, home, person),
        *_priorities(a_round, vacancy, seeker, home, person),
    ]


def _priorities(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Iterator[Reason]:
    problem, opened = a_round.problem, a_round.outcome.priority_open[vacancy]
    for at, one in enumerate(a_round.plan.priorities):
        if not _plain.holds(problem, int(problem.priorities[at]), vacancy, seeker):
            yield from _not_met(one.condition, home, person)
        elif not opened[at]:
            yield _closed(a_round, one.condition, USED_UP)


def _reservations(a_round: Round, vacancy: int, seeker: int, home: Row, person: Row) -> Iterator[Reason]:
    problem, opened = a_round.problem, a_round.outcome.reservation_open[vacancy]
    for at, one in enumerate(a_round.plan.reservations):
        if not _plain.holds(problem, int(problem.reservations[at]), vacancy, seeker):
            yield from _not_met(one.condition, home, person)
        elif not opened[at]:
            full = one.mediated and _other_homes_left(a_round, vacancy, at)
            yield _closed(a_round, one.condition, AT_CEILING if full else NO_HOMES_LEFT)


def _other_homes_left(a_round: Round, vacancy: int, at: int) -> bool:
    """Whether a reservation that was closed for a home was open for a later one: then a ceiling closed it."""
    homes, slot = a_round.plan.reservations[at].homes, a_round.problem.reservation_slot[at]
    if homes is None:
        return True
    let = 0
    for earlier in range(vacancy):
        winner = int(a_round.outcome.winner[earlier])
        if winner >= 0:
            place = _plain.place(a_round.problem, a_round.outcome, earlier, winner)
            slots = a_round.problem.reservation_slot
            let += place.reservation < len(slots) and slots[place.reservation] == slot
    return let < homes


def _not_met(condition: Condition, home: Row, person: Row) -> Iterator[Reason]:
    """Why a condition is not met that the seeker may count on, on a home that it is about."""
    claim = CLAIMS.get(base_of(condition.name))
    if claim and person[claim] and condition.is_about(home):
        yield from condition.judge(home, person).reasons


def _closed(a_round: Round, condition: Condition, text: str) -> Reason:
    return Reason(condition.name, text, {"name": label_of(condition.name, a_round.given.law)})
