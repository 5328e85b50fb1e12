"""Refer somebody to a partner, tell one thing more, take something back, hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.urls import reverse

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.reasons import Decision
from ongedeeld.vocabulary.spoken import Day
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.referrals.colleagues import able
from ongedeeld.web.referrals.contents import sealed_address, sealed_words
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.grants import under
from ongedeeld.web.referrals.models import Referral, ReferralEvent, ReferralItem, ReferralPlace
from ongedeeld.web.referrals.queries import PURPOSE, REFER
from ongedeeld.web.referrals.sending.notice import Telling, Under, longest, may_be_told
from ongedeeld.web.referrals.sending.origins import Origin
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.signals.arranging.handing import HANDED, WAITS
from ongedeeld.web.signals.reporting.wording_guard import refuse_words
from ongedeeld.web.working_days import working_days_after

Kind, Ground, State = ReferralItem.Kind, ReferralItem.Ground, Referral.State
TERMS = (2, 5, 10)
"""The terms for an answer, in working days."""
MOST_WORDS = 1000


class NotAllowedError(InputError):
    """An item may not be told; `decision` says why."""

    def __init__(self, kind: str, decision: Decision) -> None:
        reason = next(iter(decision.reasons))
        super().__init__(
            N_("{what} may not be told: {why}"),
            remedy=N_("leave it out, or ask the resident"),
            what=Kind(kind).label,
            why=reason,
        )
        self.decision = decision


class PartError(InputError):
    """One part of what was written down is not as it has to be; `part` is its name in the forms."""

    def __init__(
        self, part: str, problem: str, *, expected: str = "", remedy: str = "", **fields: Any
    ) -> None:
        super().__init__(problem, expected=expected, remedy=remedy, **fields)
        self.part = part


def part_of(error: OngedeeldError) -> str | None:
    """The field of the forms that an error is about; none where it is about the whole."""
    return error.part if isinstance(error, PartError) else None


@dataclass(frozen=True)
class Item:
    """One thing to be told.

    Parameters
    ----------
    telling
        What kind, on which ground, until when.
    words
        What it tells.
    asked, asked_on
        How and on which day the resident was asked; only where they agreed.
    told_free
        Whether they heard that a no changes nothing for their home.
    share
        The key of what the resident shared, where it was taken over from there.
    """

    telling: Telling
    words: str
    asked: str = ""
    asked_on: date | None = None
    told_free: bool = False
    share: UUID | None = None


@dataclass(frozen=True)
class Draft:
    """A referral that is not sent yet.

    Parameters
    ----------
    origin
        Where it begins.
    receiver
        The partner, and its offer.
    agreement
        Under which agreement; none is on the word of the resident alone.
    domain
        The life domain.
    items
        What is told.
    days
        The term for an answer, in working days.
    """

    origin: Origin
    receiver: Receiver
    domain: str
    items: tuple[Item, ...]
    agreement: Agreement | None = None
    days: int = 5


def refer(draft: Draft, *, actor: Person, now: datetime, today: date, once: UUID | None = None) -> Referral:
    """Refer somebody; sent again with the same key it is the same referral.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When nothing is asked, the term is none, or an item may not be told.
    """
    origin = draft.origin
    require(actor, REFER, origin)
    key = once or uuid4()
    before = Referral.objects.filter(key=key, made_by=actor.key).first()
    if before is not None:
        return before
    _check(draft, today)
    try:
        return _made(draft, key, actor, now, today)
    except IntegrityError:  # the same form came twice at one moment: the other one was first
        before = Referral.objects.filter(key=key, made_by=actor.key).first()
        if before is None:
            raise InputError(
                N_("this was sent already"), remedy=N_("begin anew where you want to refer somebody")
            ) from None
        return before


def _made(draft: Draft, key: UUID, actor: Person, now: datetime, today: date) -> Referral:
    origin = draft.origin
    with processing("referrals.refer", of=PURPOSE, subject=origin.home):
        referral = Referral.objects.create(
            key=key,
            home=origin.home,
            address=sealed_address(key, origin.address),
            complex=origin.complex,
            vault=origin.vault,
            organisation=draft.receiver.organisation,
            offer=draft.receiver.offer,
            agreement=draft.agreement,
            from_signal=origin.signal,
            from_share=origin.share,
            domain=draft.domain,
            made_by=actor.key,
            owner=actor.key,
            sent_at=now,
            respond_by=working_days_after(today, draft.days),
            no_later=origin.no_later,
            remove_after=kept_until(today, origin.no_later),
        )
        ReferralPlace.objects.bulk_create(
            ReferralPlace(referral=referral, code=code) for code in origin.area_codes
        )
        for item in draft.items:
            _tell(referral, item, actor, now)
        happened(referral, Step.SENT, side=Side.ASSOCIATION, now=now, actor=actor)
        kinds = [item.telling.kind for item in draft.items]
        record(actor, "referrals.refer", "referral", key, kinds, place=origin.complex)
    return referral


def tell_more(referral: Referral, item: Item, *, actor: Person, now: datetime, today: date) -> None:
    """Tell the partner one thing more, on a ground of its own: what was told before stays as it was.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the partner has nothing to do with it any more, it was told already, or may not be told.
    """
    require(actor, REFER, referral)
    _refuse_ended(referral)
    if referral.items.filter(kind=item.telling.kind, withdrawn_at__isnull=True).exists():
        raise InputError(
            N_("{what} was told already"),
            remedy=N_("take that back first, and ask the resident again"),
            what=Kind(item.telling.kind).label,
        )
    _check_item(item, under(referral), None, today)
    with processing("referrals.tell_more", of=PURPOSE, subject=referral.home):
        _tell(referral, item, actor, now)
        about = item.telling.kind
        happened(referral, Step.ITEM_TOLD, side=Side.ASSOCIATION, now=now, actor=actor, about=about)
        record(actor, "referrals.tell_more", "referral", referral.key, [about], place=referral.complex)


def take_back_item(
    referral: Referral, key: UUID, *, actor: Person | None, side: ReferralEvent.Side, now: datetime
) -> None:
    """Take back one item: from this moment nobody reads it any more, and its words are gone.

    Raises
    ------
    Refused
        When the actor may not, there; of a resident `following` judges it, and `actor` is none.
    InputError
        When there is no such item, or it was taken back already.
    """
    if actor is not None:
        require(actor, REFER, referral)
    with processing("referrals.take_back_item", of=PURPOSE, subject=referral.home):
        item = referral.items.filter(key=key, withdrawn_at__isnull=True).first()
        taken = referral.items.filter(key=key, withdrawn_at__isnull=True).update(sealed="", withdrawn_at=now)
        if item is None or not taken:
            raise InputError(N_("this was taken back already"))
        happened(referral, Step.ITEM_WITHDRAWN, side=side, now=now, actor=actor, about=item.kind)
        record(
            actor, "referrals.take_back_item", "referral", referral.key, [item.kind], place=referral.complex
        )


def withdraw(
    referral: Referral,
    *,
    version: int,
    actor: Person | None,
    side: ReferralEvent.Side,
    now: datetime,
    today: date,
) -> None:
    """Take the whole referral back: its items, its links and what was agreed of it at meetings are gone.

    Raises
    ------
    Refused
        When the actor may not, there; of a resident `following` judges it, and `actor` is none.
    InputError
        When it has ended already.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    if actor is not None:
        require(actor, REFER, referral)
    _refuse_ended(referral)
    with processing("referrals.withdraw", of=PURPOSE, subject=referral.home):
        write(referral, version, state=State.WITHDRAWN, sealed="", **ended(referral, today))
        close(referral, now)
        referral.items.filter(withdrawn_at__isnull=True).update(sealed="", withdrawn_at=now)
        referral.meetings.update(sealed="")
        happened(referral, Step.WITHDRAWN, side=side, now=now, actor=actor)
        record(actor, "referrals.withdraw", "referral", referral.key, ["state"], place=referral.complex)


def hand_over(referral: Referral, to: UUID, *, version: int, actor: Person, now: datetime) -> None:
    """Let a colleague keep it from now on.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the colleague may not.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    require(actor, REFER, referral)
    if to not in {one.key for one in able(referral.area_codes)}:
        raise InputError(
            N_("this colleague may not see referrals from there"),
            remedy=N_("choose a colleague who works there"),
        )
    with processing("referrals.hand_over", of=PURPOSE, subject=referral.home):
        write(referral, version, owner=to)
        happened(referral, Step.HANDED_OVER, side=Side.ASSOCIATION, now=now, actor=actor)
        record(actor, "referrals.hand_over", "referral", referral.key, ["owner"], place=referral.complex)
        if to != actor.key:
            write_to(to, HANDED, WAITS, reverse("referral", args=[referral.key]))


def close(referral: Referral, now: datetime) -> None:
    """End every link of a referral."""
    referral.links.filter(ended_at__isnull=True).update(ended_at=now, open_hash="", code_hash="")


def ended(referral: Referral, today: date) -> dict[str, object]:
    """What a referral holds once it has ended."""
    return {"ended_on": today, "remove_after": kept_until(today, referral.no_later)}


def kept_until(day: date, no_later: date | None) -> date:
    """The day after which it is removed."""
    return removed_after(PURPOSE, day, *([no_later] if no_later else []))


def _check(draft: Draft, today: date) -> None:
    if draft.days not in TERMS:
        raise InputError(N_("this is no term for an answer"), remedy=N_("choose one of the list"))
    kinds = [item.telling.kind for item in draft.items]
    if Kind.QUESTION not in kinds:
        raise InputError(
            N_("nothing is asked of the partner"),
            remedy=N_("write down what is asked, and on which ground it may be told"),
        )
    if len(set(kinds)) != len(kinds):
        raise InputError(N_("one thing is told twice"), remedy=N_("tell each thing once"))
    stands = Under(draft.agreement, draft.receiver.organisation.pk, draft.origin.area_codes)
    for item in draft.items:
        _check_item(item, stands, draft.origin.until, today)


def _check_item(item: Item, stands: Under, until: date | None, today: date) -> None:
    telling = item.telling
    decision = may_be_told(telling, stands, today)
    if not decision:
        raise NotAllowedError(telling.kind, decision)
    last = longest(telling, stands, today)
    last = min(last, until) if until else last
    if telling.until > last:
        raise PartError(
            "until",
            N_("this cannot be read for so long: {what}"),
            expected=N_("a day no later than {last}"),
            what=Kind(telling.kind).label,
            last=Day(last),
        )
    if telling.ground == Ground.CONSENT:
        _check_asked(item, today)
    elif item.asked or item.told_free:
        raise InputError(
            N_("where a law is the ground, nobody is asked to agree"),
            remedy=N_("tell the resident what is told and by which article"),
        )
    if not item.words.strip() or len(item.words) > MOST_WORDS:
        raise InputError(
            N_("{what} tells nothing, or too much"),
            expected=N_("at most {most} characters"),
            what=Kind(telling.kind).label,
            most=MOST_WORDS,
        )
    refuse_words(item.words)


def _check_asked(item: Item, today: date) -> None:
    if not item.asked or item.asked_on is None or item.asked_on > today:
        raise PartError(
            "asked_on" if item.asked else "asked",
            N_("it is not known how and when the resident was asked"),
            remedy=N_("ask, and write down how and on which day"),
        )
    if not item.told_free:
        raise PartError(
            "told_free",
            N_("the resident has to know that a no changes nothing for their home"),
            remedy=N_("tell them so, and ask again"),
        )


def _tell(referral: Referral, item: Item, actor: Person, now: datetime) -> None:
    key, telling = uuid4(), item.telling
    ReferralItem.objects.create(
        key=key,
        referral=referral,
        kind=Kind(telling.kind),
        sealed=sealed_words(key, item.words.strip()),
        ground=Ground(telling.ground),
        article=telling.article,
        asked=item.asked,
        asked_on=item.asked_on,
        told_free=item.told_free,
        share=item.share,
        made_at=now,
        made_by=actor.key,
        until_day=telling.until,
    )


def _refuse_ended(referral: Referral) -> None:
    if not referral.is_running:
        raise InputError(N_("this referral has ended and is not changed any more"))
