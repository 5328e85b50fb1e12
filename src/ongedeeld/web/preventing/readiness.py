"""Whether an early debt signal may be sent: the four conditions of the law, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.web.preventing.models import Condition

Kind, How = Condition.Kind, Condition.How

SOURCE = "https://zoek.officielebekendmakingen.nl/stb-2020-240.html"
OBJECTION_DAYS = 14
"""How long a tenant can object after being told. The law names no term: a choice of this project."""
FIGURE_DAYS = 14
"""How old arrears that are sent may be, so that who has paid is not reported: a choice of this project."""
CONDITION_DAYS = 365
"""How long a condition counts, so that it is about these arrears: a choice of this project."""

IN_WRITING = (How.LETTER, How.EMAIL, How.PORTAL)
IN_PERSON = (How.PHONE, How.VISIT, How.OFFICE)
HOWS: dict[Condition.Kind, tuple[Condition.How, ...]] = {
    Kind.REMINDER: IN_WRITING,
    Kind.CONTACT: IN_PERSON,
    Kind.HELP: (*IN_WRITING, *IN_PERSON),
    Kind.TOLD: IN_WRITING,
}
"""How each of the conditions can be met."""

ARTICLES: dict[Condition.Kind, str] = {
    Kind.CONTACT: "Besluit gemeentelijke schuldhulpverlening 2(a)",
    Kind.HELP: "Besluit gemeentelijke schuldhulpverlening 2(b)",
    Kind.REMINDER: "Besluit gemeentelijke schuldhulpverlening 2(c)",
    Kind.TOLD: "Besluit gemeentelijke schuldhulpverlening 2(d)",
}
_MISSING: dict[Condition.Kind, str] = {
    Kind.REMINDER: N_("no written reminder was sent yet"),
    Kind.CONTACT: N_("nobody has tried to reach the tenant in person yet"),
    Kind.HELP: N_("the tenant was not pointed to help with debts yet"),
    Kind.TOLD: N_("the tenant was not told in writing yet that a signal goes to the municipality"),
}
_MET: dict[Condition.Kind, str] = {
    Kind.REMINDER: N_("a written reminder was sent"),
    Kind.CONTACT: N_("somebody tried to reach the tenant in person"),
    Kind.HELP: N_("the tenant was pointed to help with debts"),
    Kind.TOLD: N_("the tenant was told in writing and did not object"),
}


def may_be_sent(held: Iterable[Condition], counted_on: date, today: date) -> Decision:
    """Whether a signal of these arrears may go to the municipality today, and what stands in the way.

    Parameters
    ----------
    held
        The conditions that were met.
    counted_on
        The day of which the arrears are.
    today
        The day on which it would go.
    """
    by_kind = {Kind(one.kind): one for one in held}
    refused = [_reason(kind, _MISSING[kind]) for kind in Kind if kind not in by_kind]
    refused += _of_time(by_kind, counted_on, today)
    if refused:
        return no(*refused)
    return yes(*(_reason(kind, _MET[kind]) for kind in Kind))


def _of_time(by_kind: dict[Condition.Kind, Condition], counted_on: date, today: date) -> list[Reason]:
    refused = [
        Reason(
            f"preventing.{kind}",
            N_("what was done on {day} is of more than a year ago: do it again for these arrears"),
            {"day": one.day.isoformat()},
            ARTICLES[kind],
            SOURCE,
        )
        for kind, one in by_kind.items()
        if (today - one.day).days > CONDITION_DAYS
    ]
    told, reminder = by_kind.get(Kind.TOLD), by_kind.get(Kind.REMINDER)
    if told and reminder and told.day < reminder.day:
        refused.append(
            _reason(Kind.TOLD, N_("the tenant was told before the reminder, not with or after it"))
        )
    if told and today < (first := told.day + timedelta(days=OBJECTION_DAYS)):
        refused.append(
            Reason(
                "preventing.objection",
                N_("the tenant can object for {days} days after being told, until {day}"),
                {"days": OBJECTION_DAYS, "day": first.isoformat()},
            )
        )
    if (today - counted_on).days > FIGURE_DAYS:
        refused.append(
            Reason(
                "preventing.figures",
                N_("the arrears are of more than {days} days ago: look them up again"),
                {"days": FIGURE_DAYS},
            )
        )
    return refused


def _reason(kind: Condition.Kind, text: str) -> Reason:
    return Reason(f"preventing.{kind}", text, {}, ARTICLES[kind], SOURCE)
