"""What the resident sees of sharing: who may read what, who looked when, and what was asked and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.breakthroughs.contents import Plea, plea_of
from ongedeeld.web.residents.models import Breakthrough, Share, Vault
from ongedeeld.web.residents.sharing.contents import Copy, copy_of
from ongedeeld.web.residents.sharing.copies import PURPOSE, live_of, subject_of
from ongedeeld.web.residents.sharing.receivers import names_of
from ongedeeld.web.residents.sharing.replies import words_of
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.speaking import speech

GONE = N_("somebody who does not work here any more")
VISIT = timedelta(minutes=30)
"""Who looks again within this time is still there: it is told as one look."""


@dataclass(frozen=True)
class Looked:
    """Somebody who looked, from when until when: each answer that is given there draws the page anew."""

    name: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class Asked:
    """A request that a rule gives way: of whom, by whom, and what came of it."""

    one: Breakthrough
    plea: Plea
    of: str
    by: str


@dataclass(frozen=True)
class Replied:
    """What somebody who reads it answered."""

    name: str
    at: datetime
    state: str
    words: str


@dataclass(frozen=True)
class Given:
    """Something that is shared now.

    Parameters
    ----------
    share, copy
        With whom, for what and until when; and what they read.
    receiver
        Their name.
    looks
        Who looked, the last first.
    asked
        What was asked on it.
    replies
        What was answered, the first first.
    """

    share: Share
    copy: Copy
    receiver: str
    looks: Sequence[Looked]
    asked: Sequence[Asked]
    replies: Sequence[Replied] = ()


@dataclass(frozen=True)
class Ended:
    """Something that was shared before: with whom, until when, and who looked; what it said is gone."""

    share: Share
    receiver: str
    on: date
    looks: Sequence[Looked]


@dataclass(frozen=True)
class AllGiven:
    """Everything that was shared: what is now, the last first, and what was before."""

    now: Sequence[Given]
    before: Sequence[Ended]


def given(vault: Vault, today: date) -> AllGiven:
    """Everything that was shared from a vault and is not removed yet."""
    everything = list(vault.shares.prefetch_related("looks", "breakthroughs", "replies").order_by("-id"))
    open_now = set(live_of(vault, today).values_list("pk", flat=True))
    names = _names(everything)
    with seeing("residents.see_own_shares", of=PURPOSE, subject=subject_of(vault)):
        now = [_given(one, names) for one in everything if one.pk in open_now]
    before = [_ended(one, names) for one in everything if one.pk not in open_now]
    return AllGiven(now, before)


def shares_told(vault: Vault, today: date) -> list[dict[str, Any]]:
    """What is shared now, for the script of the page: of each thing with whom, for what, until when."""
    shown = list(live_of(vault, today))
    names = names_of((one.receiver_kind, one.receiver) for one in shown)
    with seeing("residents.see_own_shares", of=PURPOSE, subject=subject_of(vault)):
        return [
            {
                "key": str(one.key),
                "item": str(one.item),
                "kind": one.kind,
                "receiver_kind": one.receiver_kind,
                "receiver": str(one.receiver),
                "name": names.get(one.receiver) or speech().say(GONE),
                "purpose": one.purpose,
                "until": one.until_day.isoformat(),
                "from": copy.sender,
                "content": dict(copy.told),
            }
            for one, copy in ((one, copy_of(one)) for one in shown)
        ]


def all_told(vault: Vault, today: date) -> dict[str, Any]:
    """All of sharing that is kept, to take along: what is shared, was shared and asked, and who looked."""
    everything = given(vault, today)
    shares = [(one.share, one.looks) for one in everything.now]
    shares += [(one.share, one.looks) for one in everything.before]
    return {
        "shares": shares_told(vault, today),
        "ended": [_ended_told(one) for one in everything.before],
        "looks": [
            {
                "share": str(share.key),
                "name": look.name,
                "at": look.at.isoformat(),
                "until": look.until.isoformat(),
            }
            for share, looks in shares
            for look in looks
        ],
        "asked": [_asked_told(asked) for one in everything.now for asked in one.asked],
        "replies": [
            {"share": str(one.share.key), **asdict(reply), "at": reply.at.isoformat()}
            for one in everything.now
            for reply in one.replies
        ],
    }


def _ended_told(ended: Ended) -> dict[str, Any]:
    share = ended.share
    told = {"key": share.key, "item": share.item, "kind": share.kind, "purpose": share.purpose}
    return {name: str(value) for name, value in told.items()} | {
        "name": ended.receiver,
        "ended_on": ended.on.isoformat(),
    }


def _asked_told(asked: Asked) -> dict[str, Any]:
    return {
        "share": str(asked.one.share.key),
        "of": asked.of,
        "by": asked.by,
        "state": asked.one.state,
        "asked_at": asked.one.asked_at.isoformat(),
        "said": asdict(asked.plea),
    }


def _names(shares: Sequence[Share]) -> Mapping[UUID, str]:
    people = {look.person for one in shares for look in one.looks.all()}
    people |= {reply.person for one in shares for reply in one.replies.all()}
    people |= {key for one in shares for asked in one.breakthroughs.all() for key in _people_of(asked)}
    known = dict(Person.objects.filter(key__in=people).values_list("key", "name"))
    return known | names_of((one.receiver_kind, one.receiver) for one in shares)


def _people_of(asked: Breakthrough) -> list[UUID]:
    return [key for key in (asked.asked_of, asked.asked_by) if key is not None]


def _given(share: Share, names: Mapping[UUID, str]) -> Given:
    asked = [
        Asked(
            one,
            plea_of(one),
            _name(names, one.asked_of),
            _name(names, one.asked_by) if one.asked_by else "",
        )
        for one in share.breakthroughs.all()
        if one.sealed
    ]
    replies = [
        Replied(_name(names, one.person), one.at, one.get_state_display(), words_of(one))
        for one in share.replies.all()
    ]
    return Given(share, copy_of(share), _name(names, share.receiver), _looks(share, names), asked, replies)


def _ended(share: Share, names: Mapping[UUID, str]) -> Ended:
    on = timezone.localdate(share.withdrawn_at) if share.withdrawn_at else share.until_day
    return Ended(share, _name(names, share.receiver), on, _looks(share, names))


def _looks(share: Share, names: Mapping[UUID, str]) -> list[Looked]:
    visits: list[Looked] = []
    last: dict[UUID, int] = {}
    for look in share.looks.all():
        at = last.get(look.person)
        if at is not None and look.at - visits[at].until <= VISIT:
            visits[at] = replace(visits[at], until=look.at)
        else:
            last[look.person] = len(visits)
            visits.append(Looked(_name(names, look.person), look.at, look.at))
    return visits[::-1]


def _name(names: Mapping[UUID, str], key: UUID) -> str:
    return names.get(key) or speech().say(GONE)
