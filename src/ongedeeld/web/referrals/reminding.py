"""No answer does not stay without one, and nothing that runs is forgotten: somebody hears who can act.

That a letter went stands in the history of the referral, so that a day on which the work did not run loses
none, and a second run sends none twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals.colleagues import able, lead_of
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.letters import remind_partner
from ongedeeld.web.referrals.models import Referral, ReferralEvent
from ongedeeld.web.referrals.queries import PURPOSE, kept, whole
from ongedeeld.web.referrals.standing import conditions
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.working_days import is_working_day, working_days_after

LEAD_AFTER = 2
"""So many working days after the owner, who leads hears that there is no answer yet."""
_SUBJECT = N_("Ongedeeld: a referral was not answered")
_OWNER = N_("A partner has not answered a referral that you keep, and its term is over. Call them.")
_NOBODY = N_(
    "A partner has not answered a referral that nobody keeps any more, and its term is over. Look at it "
    "together, and let one of you keep it."
)
_LEAD = N_("A partner has not answered a referral in a team that you lead, and its term is over.")
_OTHERS = N_("A partner has not answered a referral in your area, and its term is over. Look at it together.")
_STANDS = N_("Ongedeeld: look at a referral that you keep")
_NOT_REMINDED = N_(
    "A partner has to answer a referral that you keep by tomorrow, and no reminder could be sent. Call them."
)
_LINES = {
    Step.CONTACT_DUE: N_(
        "A partner said yes to a referral that you keep, and the day of contact passed or was never told. "
        "Ask the resident whether somebody came."
    ),
    Step.PARTNER_GONE: N_(
        "A partner with a referral that you keep stands in the register no longer. Nobody there reads it any "
        "more: ask another partner, with the resident."
    ),
    Step.AGREEMENT_OVER: N_(
        "The agreement under which you keep a referral holds no more, so that the partner may read it no "
        "longer. Ask the resident whether it has to go on, and begin anew."
    ),
    Step.GOES_SOON: N_(
        "A referral that you keep runs and will be removed soon, as it may not be kept longer. Close it, or "
        "begin a new one with the resident."
    ),
}


def escalate(now: datetime, today: date) -> int:
    """Tell who has to know, on working days; how many letters went.

    A referral whose owner is gone comes to who leads there, who is told at once; where nobody leads,
    everybody hears of it who may see it.
    """
    if not is_working_day(today):
        return 0
    waits = whole(kept(today)).filter(state=Referral.State.SENT)
    letters = 0
    for one in waits.filter(respond_by__lt=today, escalated_on__isnull=True):
        letters += _tell_owner(one, now, today)
    for one in waits.filter(escalated_on__isnull=False, lead_told_on__isnull=True):
        if one.escalated_on is not None and working_days_after(one.escalated_on, LEAD_AFTER) <= today:
            letters += _tell_lead(one, now, today)
    if settings.EMAIL_HOST:
        letters += sum(_remind(one, now, today) for one in _to_remind(waits, today))
    for one, step, line in _standing(today):
        letters += _tell_once(one, step, line, now, today)
    return letters


def _to_remind(waits: QuerySet[Referral], today: date) -> QuerySet[Referral]:
    """Whose term ends today or on the next working day, and of which the partner was not reminded."""
    soon = waits.filter(respond_by__gte=today, respond_by__lte=working_days_after(today, 1))
    return soon.exclude(events__step__in=(Step.REMINDED, Step.NOT_REMINDED))


def _remind(referral: Referral, now: datetime, today: date) -> int:
    """Remind a partner; where no letter goes, the owner hears it, who can call."""
    sent = remind_partner(referral, today)
    if not sent:
        return _tell_once(referral, Step.NOT_REMINDED, _NOT_REMINDED, now, today)
    with processing("referrals.remind_partner", of=PURPOSE, subject=referral.home):
        happened(referral, Step.REMINDED, side=Side.WORKBENCH, now=now)
        record(None, "referrals.remind_partner", "referral", referral.key, place=referral.complex)
    return sent


def _standing(today: date) -> Iterator[tuple[Referral, ReferralEvent.Step, str]]:
    """What runs and stands still, or goes soon, with what its owner is told; each is told once."""
    for step, which in conditions(today).items():
        for one in whole(kept(today)).filter(which).exclude(events__step=step):
            yield one, step, _LINES[step]


def _tell_once(referral: Referral, step: ReferralEvent.Step, line: str, now: datetime, today: date) -> int:
    """Tell who keeps it, or else who leads there or may see it; it is written where a letter goes."""
    page = reverse("referral", args=[referral.key])
    verb = f"referrals.{step}"
    with processing(verb, of=PURPOSE, subject=referral.home):
        sent = sum(write_to(one, _STANDS, line, page) for one in _keepers(referral, today))
        if sent:
            happened(referral, step, side=Side.WORKBENCH, now=now)
            record(None, verb, "referral", referral.key, place=referral.complex)
    return sent


def _keepers(referral: Referral, today: date) -> list[UUID]:
    here = {one.key for one in able(referral.area_codes, today)}
    if referral.owner in here:
        return [referral.owner]
    lead = lead_of(referral.area_codes, today)
    return [lead] if lead is not None else sorted(here)


def _tell_owner(referral: Referral, now: datetime, today: date) -> int:
    page = reverse("referral", args=[referral.key])
    here = {one.key for one in able(referral.area_codes, today)}
    lead = lead_of(referral.area_codes, today)
    gone = referral.owner not in here
    with processing("referrals.escalate", of=PURPOSE, subject=referral.home):
        values: dict[str, object] = {"escalated_on": today}
        if gone and lead is not None:
            values |= {"owner": lead, "lead_told_on": today}
            happened(referral, Step.HANDED_OVER, side=Side.WORKBENCH, now=now)
        Referral.objects.filter(pk=referral.pk).update(**values)
        happened(referral, Step.ESCALATED, side=Side.WORKBENCH, now=now)
        record(None, "referrals.escalate", "referral", referral.key, ["escalated_on"], place=referral.complex)
    if gone and lead is None:
        return sum(write_to(one, _SUBJECT, _NOBODY, page) for one in sorted(here))
    return write_to(lead if gone and lead else referral.owner, _SUBJECT, _OWNER, page)


def _tell_lead(referral: Referral, now: datetime, today: date) -> int:
    """Tell who leads there; where nobody does, or the owner leads, the other colleagues there."""
    lead = lead_of(referral.area_codes, today)
    others = {one.key for one in able(referral.area_codes, today)} - {referral.owner}
    next_ones = [lead] if lead is not None and lead != referral.owner else sorted(others)
    with processing("referrals.tell_lead", of=PURPOSE, subject=referral.home):
        Referral.objects.filter(pk=referral.pk).update(lead_told_on=today)
        if next_ones:
            happened(referral, Step.LEAD_TOLD, side=Side.WORKBENCH, now=now)
        record(
            None, "referrals.tell_lead", "referral", referral.key, ["lead_told_on"], place=referral.complex
        )
    page = reverse("referral", args=[referral.key])
    return sum(write_to(one, _SUBJECT, _LEAD if one == lead else _OTHERS, page) for one in next_ones)
