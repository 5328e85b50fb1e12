"""Case meetings: a list of referrals to talk about, of which each party sees those that concern it.

There are no minutes: of each item stands what was agreed, and nothing else. A party is concerned by a
referral when it is to them, or when a referral of theirs about the same home is still running; what it may
read beside what was agreed is what it was told itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.partners.queries import organisations_of
from ongedeeld.web.referrals.contents import agreed_of, sealed_agreed
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.grants import Read, readable, tells_anything
from ongedeeld.web.referrals.models import RUNNING, Meeting, MeetingItem, Referral
from ongedeeld.web.referrals.queries import ANSWER, PURPOSE, REFER, kept, referral_for, referrals_for, whole
from ongedeeld.web.referrals.receivers import there
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.signals.changing import write
from ongedeeld.web.signals.wording_guard import refuse_words

NONE_SUCH = N_("There is no such meeting, or it is not open to you.")
MOST_WORDS = 1000
AHEAD = timedelta(days=183)


@dataclass(frozen=True)
class Discussed:
    """One item as somebody sees it.

    Parameters
    ----------
    item
        The item.
    referral
        The referral of theirs that it is about.
    reads
        What a partner may read of that; nothing for a colleague, who reads it on its own page.
    agreed
        What was agreed.
    parties
        The names of whom it concerns.
    """

    item: MeetingItem
    referral: Referral
    reads: list[Read]
    agreed: str
    parties: list[str]


def begin(on_day: date, *, actor: Person, now: datetime, today: date) -> Meeting:
    """Plan a meeting.

    Raises
    ------
    Refused
        When the actor may refer nobody.
    InputError
        When the day has passed, or is too far away.
    """
    require(actor, REFER)
    if not today <= on_day <= today + AHEAD:
        raise InputError(
            N_("a meeting cannot be on that day"), expected=N_("a day from today, within half a year")
        )
    with processing("referrals.plan_meeting", of=PURPOSE):
        meeting = Meeting.objects.create(
            on_day=on_day, made_by=actor.key, made_at=now, remove_after=removed_after(PURPOSE, on_day)
        )
        record(actor, "referrals.plan_meeting", "meeting", meeting.key, ["on_day"])
    return meeting


def put_on(meeting: Meeting, key: UUID, *, actor: Person, today: date) -> MeetingItem:
    """Put a referral on a meeting: from then on it concerns the partner that it is to.

    Raises
    ------
    Refused, Http404
        When the actor may not see the referral.
    InputError
        When it has ended, or stands there already.
    """
    referral = referral_for(actor, key, today=today)
    _refuse_closed(meeting)
    if not referral.is_running:
        raise InputError(N_("this referral has ended and is not changed any more"))
    with processing("referrals.put_on_meeting", of=PURPOSE, subject=referral.home):
        item, made = MeetingItem.objects.get_or_create(meeting=meeting, referral=referral)
        if not made:
            raise InputError(N_("this referral stands on the meeting already"))
        item.concerns.add(referral.organisation)
        record(actor, "referrals.put_on_meeting", "meeting", meeting.key, ["items"], place=referral.complex)
    return item


def concern(
    item: MeetingItem,
    organisations: Iterable[UUID],
    *,
    asked: str,
    asked_on: date | None,
    actor: Person,
    today: date,
) -> None:
    """Say which other parties an item concerns: only those with a running referral about the same home.

    Who joins hears that the others help there, so the resident is asked; none joins without. How that was
    is kept until the resident is asked about somebody else, also when who joined leaves.

    Raises
    ------
    Refused, Http404
        When the actor may not see the referral.
    InputError
        When one of them has nothing to do with this home, or it is not known how the resident was asked.
    """
    referral = referral_for(actor, item.referral.key, today=today)
    _refuse_closed(item.meeting)
    wanted, could = set(organisations), {one.key: one for one in could_concern(referral, today)}
    if not wanted <= set(could):
        raise InputError(
            N_("this partner has no referral about this home"),
            remedy=N_("refer the resident to them first, with the resident's agreement"),
        )
    joins = wanted - {one.key for one in item.concerns.all()}
    if joins and (not asked or asked_on is None or asked_on > today):
        raise InputError(
            N_("it is not known how and when the resident was asked"),
            remedy=N_("ask, and write down how and on which day"),
        )
    with processing("referrals.concern", of=PURPOSE, subject=referral.home):
        item.concerns.set([referral.organisation, *(could[key] for key in wanted)])
        changed = ["concerns"]
        if joins:
            MeetingItem.objects.filter(pk=item.pk).update(asked=asked, asked_on=asked_on)
            changed += ["asked", "asked_on"]
        record(actor, "referrals.concern", "meeting", item.meeting.key, changed, place=referral.complex)


def could_concern(referral: Referral, today: date) -> list[Organisation]:
    """The other partners with a running referral about the same home."""
    running = kept(today).filter(home=referral.home, state__in=RUNNING).exclude(pk=referral.pk)
    there_now = Organisation.objects.filter(there(today), pk__in=running.values("organisation"))
    return list(there_now.exclude(pk=referral.organisation_id))


def agree(item: MeetingItem, words: str, *, version: int, actor: Person, now: datetime, today: date) -> None:
    """Write down what was agreed of an item: who does what, and when. No minutes.

    Raises
    ------
    Refused, Http404
        When the actor may not see the referral.
    InputError
        When the meeting is closed, nothing is written, or the words tell what must not be held.
    ChangedMeanwhileError
        When somebody else wrote it.
    """
    referral = referral_for(actor, item.referral.key, today=today)
    _refuse_closed(item.meeting)
    if not referral.is_running:
        raise InputError(N_("this referral has ended and is not changed any more"))
    if not words.strip() or len(words) > MOST_WORDS:
        raise InputError(
            N_("what was agreed tells nothing, or too much"),
            expected=N_("at most {most} characters"),
            most=MOST_WORDS,
        )
    refuse_words(words)
    with processing("referrals.agree", of=PURPOSE, subject=referral.home):
        first = not item.sealed
        write(item, version, sealed=sealed_agreed(item, words.strip()))
        if first:
            happened(referral, Step.DISCUSSED, side=Side.ASSOCIATION, now=now, actor=actor)
        record(actor, "referrals.agree", "meeting", item.meeting.key, ["sealed"], place=referral.complex)


def close_meeting(meeting: Meeting, *, version: int, actor: Person, now: datetime) -> None:
    """Close a meeting: nothing is added or changed any more.

    Raises
    ------
    InputError
        When the actor did not plan it, or it was closed already.
    ChangedMeanwhileError
        When somebody else closed it.
    """
    require(actor, REFER)
    _refuse_closed(meeting)
    if meeting.made_by != actor.key:
        raise InputError(N_("who planned a meeting closes it"))
    with processing("referrals.close_meeting", of=PURPOSE):
        write(meeting, version, closed_at=now)
        record(actor, "referrals.close_meeting", "meeting", meeting.key, ["closed_at"])


def meetings_for(person: Person, *, today: date) -> QuerySet[Meeting]:
    """The meetings that a colleague planned, or at which a referral in their reach is discussed."""
    inside = MeetingItem.objects.filter(referral__in=referrals_for(person, today=today)).values("meeting")
    mine = Q(made_by=person.key) | Q(pk__in=inside)
    return Meeting.objects.filter(mine, remove_after__gte=today)


def meeting_for(person: Person, key: UUID, *, today: date) -> Meeting:
    """One of them.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    found = meetings_for(person, today=today).filter(key=key).first()
    if found is None:
        raise Http404(NONE_SUCH)
    return found


def item_for(person: Person, key: UUID, *, today: date) -> MeetingItem:
    """An item of a meeting about a referral in the reach of a colleague.

    Raises
    ------
    Http404
        When there is none such.
    """
    mine = MeetingItem.objects.filter(referral__in=referrals_for(person, today=today))
    found = mine.select_related("meeting", "referral").filter(key=key).first()
    if found is None:
        raise Http404(NONE_SUCH)
    return found


def items_for(person: Person, meeting: Meeting, *, today: date) -> list[Discussed]:
    """What a colleague sees of a meeting: the referrals in their reach, and none else."""
    here = referrals_for(person, today=today).filter(meetings__meeting=meeting)
    referrals = {one.pk: one for one in whole(here)}
    items = meeting.items.filter(referral__in=list(referrals)).prefetch_related("concerns")
    with seeing("referrals.see_meeting", of=PURPOSE) as doing:
        record(person, "referrals.see_meeting", "meeting", meeting.key, ["items"])
        shown = []
        for item in items:
            referral = referrals[item.referral_id]
            doing.about(referral.home)
            shown.append(Discussed(item, referral, [], agreed_of(item), _names(item)))
    return shown


def meetings_of_partner(person: Person, *, today: date) -> QuerySet[Meeting]:
    """The meetings of which an item concerns a partner of somebody who signs in for it."""
    pks = [item.meeting_id for item, _ in _of_partner(person, None, today)]
    return Meeting.objects.filter(pk__in=pks)


def items_of_partner(person: Person, key: UUID, *, today: date) -> tuple[Meeting, list[Discussed]]:
    """What a partner sees of a meeting: the items that concern it, and not how many others there are.

    Raises
    ------
    Http404
        When nothing of it concerns them.
    """
    found = _of_partner(person, key, today)
    if not found:
        raise Http404(NONE_SUCH)
    meeting = found[0][0].meeting
    with seeing("referrals.see_meeting", of=PURPOSE) as doing:
        record(person, "referrals.see_meeting", "meeting", meeting.key, ["items"])
        shown = []
        for item, own in found:
            doing.about(own.home)
            shown.append(Discussed(item, own, readable(own, today), agreed_of(item), _names(item)))
    return meeting, shown


def _of_partner(person: Person, key: UUID | None, today: date) -> list[tuple[MeetingItem, Referral]]:
    """Each item that concerns a partner of somebody, with the running referral of theirs about that home.

    What was agreed closes with what was told: with the partner's own items, and with those that it is about.
    """
    require(person, ANSWER)
    mine = organisations_of(person, today)
    items = MeetingItem.objects.filter(
        concerns__in=mine, meeting__remove_after__gte=today, referral__in=kept(today)
    )
    if key is not None:
        items = items.filter(meeting__key=key)
    own = list(whole(kept(today)).filter(organisation__in=mine, state__in=RUNNING))
    by_home = {one.home: one for one in reversed(own)}
    by_pk = {one.pk: one for one in own}
    discussed = list(items.distinct().select_related("meeting").prefetch_related("concerns"))
    about = {
        one.pk: one for one in whole(kept(today)).filter(pk__in=[item.referral_id for item in discussed])
    }
    found = []
    for item in discussed:
        referral = about[item.referral_id]
        theirs = by_pk.get(referral.pk) or by_home.get(referral.home)
        if theirs and tells_anything(theirs, today) and tells_anything(referral, today):
            found.append((item, theirs))
    return found


def _names(item: MeetingItem) -> list[str]:
    return sorted(one.name for one in item.concerns.all())


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.closed_at is not None:
        raise InputError(N_("this meeting was closed and is not changed any more"))
