"""No answer does not stay without one: who keeps the referral hears it first, then who leads there."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals.colleagues import able, lead_of
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.letters import remind_partner
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import PURPOSE, kept, whole
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.terms import is_working_day, working_days_after

LEAD_AFTER = 2
"""So many working days after the owner, who leads hears that there is no answer yet."""
_SUBJECT = N_("Ongedeeld: a referral was not answered")
_OWNER = N_("A partner has not answered a referral that you keep, and its term is over. Call them.")
_NOBODY = N_(
    "A partner has not answered a referral that nobody keeps any more, and its term is over. Look at it "
    "together, and let one of you keep it."
)
_LEAD = N_("A partner has not answered a referral in a team that you lead, and its term is over.")


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
    tomorrow = working_days_after(today, 1)
    return letters + sum(
        remind_partner(one, today) for one in waits.filter(respond_by=tomorrow, answered_at__isnull=True)
    )


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
    lead = lead_of(referral.area_codes, today)
    if lead is None:
        return 0
    with processing("referrals.tell_lead", of=PURPOSE, subject=referral.home):
        Referral.objects.filter(pk=referral.pk).update(lead_told_on=today)
        happened(referral, Step.LEAD_TOLD, side=Side.WORKBENCH, now=now)
        record(
            None, "referrals.tell_lead", "referral", referral.key, ["lead_told_on"], place=referral.complex
        )
    return write_to(lead, _SUBJECT, _LEAD, reverse("referral", args=[referral.key]))
