"""Case meetings: a list of referrals to talk about, of which each party sees those that concern it.

There are no minutes: of each item stands what was agreed, and nothing else. A party is concerned by a
referral when it is to them, or when a referral of theirs about the same home is still running; what it may
read beside what was agreed is what it was told itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.partners.queries import organisations_of
from ongedeeld.web.referrals.contents import agreed_of, sealed_agreed
from ongedeeld.web.referrals.events import Side, Step, happened
from ongedeeld.web.referrals.grants import Read, readable, tells_anything
from ongedeeld.web.referrals.models import RUNNING, Meeting, MeetingItem, MeetingParty, Referral
from ongedeeld.web.referrals.queries import ANSWER, PURPOSE, REFER, kept, referral_for, referrals_for, whole
from ongedeeld.web.referrals.sending.receivers import there
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

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


def put_on(meeting: Meeting, key: UUID, *, actor: Person, now: datetime, today: date) -> MeetingItem:
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
        _let_in(item, referral.organisation, actor, now)
        record(actor, "referrals.put_on_meeting", "meeting", meeting.key, ["items"], place=referral.complex)
    return item


def concern(
    item: MeetingItem,
    organisations: Iterable[UUID],
    *,
    asked: str,
    asked_on: date | None,
    actor: Person,
    now: datetime,
    today: date,
) -> None:
    """Say which other parties an item concerns: only those with a running referral about the same home.

    Who joins hears that the others help there, so the resident is asked; none joins without. How that was
    is kept for each of them, also when they leave; who joins again is asked about again.

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
    here = {one.organisation.key: one for one in parties_of(item)}
    joins = wanted - set(here)
    if joins and (not asked or asked_on is None or asked_on > today):
        raise InputError(
            N_("it is not known how and when the resident was asked"),
            remedy=N_("ask, and write down how and on which day"),
        )
    with processing("referrals.concern", of=PURPOSE, subject=referral.home):
        leave = [one.pk for key, one in here.items() if key not in {*wanted, referral.organisation.key}]
        item.parties.filter(pk__in=leave).update(left_at=now)
        for key in sorted(joins):
            _let_in(item, could[key], actor, now, asked=asked, asked_on=asked_on)
        changed = ["concerns", *(["asked", "asked_on"] if joins else [])]
        record(actor, "referrals.concern", "meeting", item.meeting.key, changed, place=referral.complex)


def _let_in(item: MeetingItem, organisation: Organisation, actor: Person, now: datetime, **told: Any) -> None:
    MeetingParty.objects.create(item=item, organisation=organisation, made_by=actor.key, made_at=now, **told)


def parties_of(item: MeetingItem) -> list[MeetingParty]:
    """The parties whom an item concerns now, the first first."""
    return [one for one in item.parties.all() if one.left_at is None]


def could_concern(referral: Referral, today: date) -> list[Organisation]:
    """The other partners with a running referral about the same home, and of no other household there."""
    return could_concern_each([referral], today)[referral.pk]


def could_concern_each(referrals: Collection[Referral], today: date) -> dict[int, list[Organisation]]:
    """The same of several referrals, by their primary key."""
    running = kept(today).filter(home__in={one.home for one in referrals}, state__in=RUNNING)
    by_home: dict[str, list[Referral]] = defaultdict(list)
    for other in running.filter(there(today, "organisation__")):
        by_home[other.home].append(other)
    found = {}
    for one in referrals:
        others = {
            other.organisation_id: other.organisation
            for other in by_home[one.home]
            if _of_one_household(one, other) and other.organisation_id != one.organisation_id
        }
        found[one.pk] = sorted(others.values(), key=lambda organisation: (organisation.name, organisation.pk))
    return found


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
    items = meeting.items.filter(referral__in=list(referrals)).prefetch_related("parties__organisation")
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


def items_of_link(referral: Referral, *, today: date) -> list[Discussed]:
    """What who answers by link sees of meetings: what was agreed about this one referral, the last first.

    The link was judged by whoever opened it: it leads to this referral and to no other of the partner.
    """
    mine = Organisation.objects.filter(pk=referral.organisation_id)
    found = [item for item, own in _concerning(mine, None, today) if own.pk == referral.pk]
    return [
        Discussed(item, referral, [], agreed_of(item), _names(item))
        for item in sorted(found, key=lambda item: item.meeting.on_day, reverse=True)
    ]


def _of_partner(person: Person, key: UUID | None, today: date) -> list[tuple[MeetingItem, Referral]]:
    """Each item that concerns a partner of somebody, with the running referral of theirs about that home.

    What was agreed closes with what was told: with the partner's own items, and with those that it is about.
    """
    require(person, ANSWER)
    return _concerning(organisations_of(person, today), key, today)


def _concerning(
    mine: QuerySet[Organisation], key: UUID | None, today: date
) -> list[tuple[MeetingItem, Referral]]:
    joined = MeetingParty.objects.filter(organisation__in=mine, left_at__isnull=True)
    items = MeetingItem.objects.filter(
        pk__in=joined.values("item"), meeting__remove_after__gte=today, referral__in=kept(today)
    )
    if key is not None:
        items = items.filter(meeting__key=key)
    own = list(whole(kept(today)).filter(organisation__in=mine, state__in=RUNNING))
    by_home: dict[str, list[Referral]] = defaultdict(list)
    for one in own:
        by_home[one.home].append(one)
    by_pk = {one.pk: one for one in own}
    discussed = list(items.select_related("meeting").prefetch_related("parties__organisation"))
    about = {
        one.pk: one for one in whole(kept(today)).filter(pk__in=[item.referral_id for item in discussed])
    }
    found = []
    for item in discussed:
        referral = about[item.referral_id]
        theirs = by_pk.get(referral.pk) or next(
            (one for one in by_home[referral.home] if _of_one_household(one, referral)), None
        )
        if theirs and tells_anything(theirs, today) and tells_anything(referral, today):
            found.append((item, theirs))
    return found


def _of_one_household(one: Referral, other: Referral) -> bool:
    """Whether two referrals about a home can be of the same household: not where two maps see them."""
    return one.vault is None or other.vault is None or one.vault == other.vault


def _names(item: MeetingItem) -> list[str]:
    return sorted(one.organisation.name for one in parties_of(item))


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.closed_at is not None:
        raise InputError(N_("this meeting was closed and is not changed any more"))
