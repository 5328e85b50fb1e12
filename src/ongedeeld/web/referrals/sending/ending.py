"""What who keeps a referral hears of it where the partner writes nothing: somebody came, or it was done."""

from __future__ import annotations

from datetime import date, datetime

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import PURPOSE, REFER
from ongedeeld.web.referrals.sending.referring import close, ended
from ongedeeld.web.safeguards.processing import processing

State = Referral.State


def hear_of_contact(referral: Referral, *, actor: Person, now: datetime) -> None:
    """Write down that the resident says that somebody of the partner came: nobody asks after it any more.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the partner did not say yes, or it was written down already.
    """
    require(actor, REFER, referral)
    _refuse_not_accepted(referral)
    if referral.events.filter(step=Step.CONTACTED).exists():
        raise InputError(N_("this was written down already"))
    with processing("referrals.hear_of_contact", of=PURPOSE, subject=referral.home):
        happened(referral, Step.CONTACTED, side=Side.ASSOCIATION, now=now, actor=actor)
        record(actor, "referrals.hear_of_contact", "referral", referral.key, place=referral.complex)


def close_as_done(referral: Referral, *, version: int, actor: Person, now: datetime, today: date) -> None:
    """Say that it was done, as the resident or the partner told: the partner reads nothing of it any more.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the partner did not say yes.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    require(actor, REFER, referral)
    _refuse_not_accepted(referral)
    with processing("referrals.close_as_done", of=PURPOSE, subject=referral.home):
        write(referral, version, state=State.DONE, **ended(referral, today))
        close(referral, now)
        happened(referral, Step.DONE, side=Side.ASSOCIATION, now=now, actor=actor)
        record(actor, "referrals.close_as_done", "referral", referral.key, ["state"], place=referral.complex)


def _refuse_not_accepted(referral: Referral) -> None:
    if referral.state != State.ACCEPTED:
        raise InputError(
            N_("the partner did not say yes, or it is over"), remedy=N_("look at it as it is now")
        )
