"""Whether an eviction can be the last resort: after people were reached and help was offered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.web.preventing.models import Case, Tried

What, Occasion = Tried.What, Case.Occasion

HELPING: dict[Case.Occasion, tuple[Tried.What, ...]] = {
    Occasion.ARREARS: (What.ARRANGEMENT, What.DEBT_HELP, What.BUDGET, What.SUPPORT),
    Occasion.NUISANCE: (What.MEDIATION, What.SUPPORT, What.OTHER_HOME),
}
"""What counts as help, for what a case comes from. Which steps suffice is a choice of this project."""
SPEAKING = frozenset(What) - {What.REMINDER, What.SIGNAL, What.WARNING, What.OTHER}
"""What is done with the household, so that who did it spoke with them unless nobody was reached."""


def can_be_last_resort(case: Case, tries: Iterable[Tried], decider: UUID) -> Decision:
    """Whether somebody may decide today that nothing else is left, and what stands in the way.

    Parameters
    ----------
    case
        The case.
    tries
        What was tried.
    decider
        The key of who would decide.
    """
    held = list(tries)
    done = {What(one.what) for one in held}
    refused = []
    if What.VISIT not in done:
        refused.append(_reason("reaching", N_("nobody has gone to the door yet")))
    if not done.intersection(HELPING[Occasion(case.occasion)]):
        refused.append(_reason("helping", _LACKS[Occasion(case.occasion)]))
    if not any(_tells_of_contact(one) for one in held):
        refused.append(_reason("contact", _NO_CONTACT))
    if is_still_going_on(held):
        refused.append(_reason("running", N_("something that may help is still going on")))
    if decider == case.owner:
        refused.append(_reason("two", N_("who keeps the case does not decide: another area manager does")))
    if refused:
        return no(*refused)
    count = sum(one.what in SPEAKING for one in held)
    return yes(
        _reason("tried", N_("people were reached for and help was offered, {count} times in all"), count)
    )


def is_still_going_on(tries: Iterable[Tried]) -> bool:
    """Whether something may help yet: no line is changed, so the last of its kind and of who did it counts.

    A line that does not tell what came of it ends nothing. Of an arrangement that was agreed somebody has to
    tell how it went: until then it may hold.

    Parameters
    ----------
    tries
        What was tried, in order.
    """
    telling = (one for one in tries if one.result != Tried.Result.UNTOLD or one.what == What.ARRANGEMENT)
    last = {(one.what, one.by): one.result for one in telling}
    return any(result in (Tried.Result.RUNNING, Tried.Result.UNTOLD) for result in last.values())


def _tells_of_contact(one: Tried) -> bool:
    """Whether somebody was reached by this, or it tells why nobody can be; a letter reaches nobody."""
    if one.result == Tried.Result.UNREACHABLE:
        return True
    return one.what in SPEAKING and one.result not in _WITHOUT_CONTACT


_WITHOUT_CONTACT = (Tried.Result.NO_CONTACT, Tried.Result.UNTOLD)
_NO_CONTACT = N_(
    "nobody has spoken with the household yet: tell of contact, or in a line why they cannot be reached"
)
_LACKS = {
    Occasion.ARREARS: N_(
        "no help was offered yet: a payment arrangement, help with debts or money, or support"
    ),
    Occasion.NUISANCE: N_("no help was offered yet: mediation, support, or another home or contract"),
}


def _reason(rule: str, text: str, count: int = 0) -> Reason:
    return Reason(f"preventing.{rule}", text, {"count": count} if count else {})
