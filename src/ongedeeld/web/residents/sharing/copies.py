"""What a resident does with copies: share one, send it anew, take it back. Nobody else shares or widens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.vocabulary.spoken import Day
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Breakthrough, Reply, Share, Vault
from ongedeeld.web.residents.sharing.contents import NO_COLUMNS, Copy, copy_of
from ongedeeld.web.residents.sharing.ended import shares_ended
from ongedeeld.web.residents.sharing.receivers import receiver
from ongedeeld.web.residents.vault import ending
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after

PURPOSE = "residents.share"
LONGEST_DAYS = 365
"""For how long a resident can share at once; longer they share anew."""
MOST = 300
"""How much of one vault can be shared at a time."""
GO_ALONG = {"doneOn"}
"""What goes with a field that was shared: the day on which a step was done, with its state."""


@dataclass(frozen=True)
class Grant:
    """Whom the resident lets read, for what and until when; the last day counts."""

    receiver_kind: str
    receiver: UUID
    purpose: str
    until: date


def live(today: date) -> Q:
    """What is shared on a day: neither taken back nor past its end."""
    return Q(withdrawn_at__isnull=True, until_day__gte=today) & ~Q(sealed="")


def live_of(vault: Vault, today: date) -> QuerySet[Share]:
    """What the resident of a vault shares on a day."""
    return vault.shares.filter(live(today))


def subject_of(vault: Vault) -> str:
    """Whom the processing log is told that it is about: the vault (see `ending.subject_of`)."""
    return ending.subject_of(vault.key)


def share(vault: Vault, item: UUID, copy: Copy, grant: Grant, *, now: datetime, today: date) -> Share:
    """Let somebody read a copy of one thing.

    Of one thing, one receiver has one copy for one purpose: sharing it again takes the earlier copy back.

    Parameters
    ----------
    vault
        Whose it is.
    item
        The key of the thing in the vault.
    copy
        What of it is shared.
    grant
        With whom, for what and until when.
    now, today
        The moment and its day.

    Raises
    ------
    InputError
        When nobody could read it, the end is past or too far away, or too much is shared at once.
    """
    _check(vault, copy, grant, today)
    key = uuid4()
    with processing("residents.share_item", of=PURPOSE, subject=subject_of(vault)):
        # Who shares from this map in the same moment waits, and then finds what is shared here.
        Vault.objects.filter(pk=vault.pk).update(sequence=F("sequence"))
        _refuse_too_many(vault, today)
        same = vault.shares.filter(withdrawn_at__isnull=True).exclude(sealed="")
        for earlier in same.filter(
            item=item,
            receiver_kind=grant.receiver_kind,
            receiver=grant.receiver,
            purpose=grant.purpose,
        ):
            if earlier.until_day < today:
                _empty(Share.objects.filter(pk=earlier.pk))
            else:
                _end(earlier, now, today)
        made = Share.objects.create(
            key=key,
            vault=vault,
            item=item,
            kind=copy.kind,
            receiver_kind=grant.receiver_kind,
            receiver=grant.receiver,
            purpose=grant.purpose,
            sealed=copy.sealed_for(key),
            made_at=now,
            until_day=grant.until,
            remove_after=removed_after(PURPOSE, grant.until),
            **copy.columns,
        )
        record(None, "residents.share_item", "share", key, ["sealed", "receiver", "purpose", "until_day"])
    return made


def send_anew(vault: Vault, key: UUID, copy: Copy, *, today: date) -> Share:
    """Put what the thing says now in place of the copy: for the same receiver, purpose and end.

    Raises
    ------
    AbsentError
        When it is not shared any more.
    InputError
        When it is a thing of another kind, or tells more than was shared of it.
    """
    made = live_share_of(vault, key, today)
    before = copy_of(made)
    wider = set(copy.told) - set(before.told) - GO_ALONG
    if copy.kind != made.kind or copy.sender != before.sender or wider:
        raise InputError(N_("this is something else than what you shared"), remedy=N_("share it by itself"))
    with processing("residents.send_anew", of=PURPOSE, subject=subject_of(vault)):
        # A copy that was taken back in this moment stays taken back.
        changed = live_of(vault, today).filter(pk=made.pk)
        if not changed.update(sealed=copy.sealed_for(key), version=F("version") + 1, **copy.columns):
            raise _absent()
        record(None, "residents.send_anew", "share", key, ["sealed"])
    made.refresh_from_db()
    return made


def withdraw(vault: Vault, key: UUID, *, now: datetime, today: date) -> None:
    """Take a copy back: it is emptied at once, with everything that was asked on it.

    Raises
    ------
    AbsentError
        When it is not shared any more.
    """
    made = live_share_of(vault, key, today)
    with processing("residents.withdraw_share", of=PURPOSE, subject=subject_of(vault)):
        _end(made, now, today)
        record(None, "residents.withdraw_share", "share", key, ["sealed"])


def withdraw_all(vault: Vault, *, now: datetime, today: date) -> int:
    """Take everything back that is shared from a vault; how much that was."""
    with processing("residents.withdraw_all_shares", of=PURPOSE, subject=subject_of(vault)):
        going = list(live_of(vault, today))
        for one in going:
            _end(one, now, today)
            record(None, "residents.withdraw_share", "share", one.key, ["sealed"])
    return len(going)


def empty_past(today: date, most: int) -> int:
    """Empty copies whose last day is over; nobody could read them since. How many."""
    past = Share.objects.filter(until_day__lt=today).exclude(sealed="")
    going = list(past.order_by("pk").values_list("pk", flat=True)[:most])
    _empty(Share.objects.filter(pk__in=going))
    return len(going)


def _end(made: Share, now: datetime, today: date) -> None:
    _empty(
        Share.objects.filter(pk=made.pk, withdrawn_at__isnull=True),
        withdrawn_at=now,
        remove_after=removed_after(PURPOSE, today),
    )


def _empty(shares: QuerySet[Share], **values: object) -> None:
    """Nothing of a copy stays, nothing of what was asked on it, and nothing that others made of it."""
    ending = dict(shares.values_list("pk", "key"))
    asked = Breakthrough.objects.filter(share__in=list(ending))
    # The copy first: who asks something on it in this moment is waited for, and that is emptied as well.
    shares.update(sealed="", version=F("version") + 1, **NO_COLUMNS, **values)
    asked.filter(state=Breakthrough.State.ASKED).update(state=Breakthrough.State.WITHDRAWN)
    asked.exclude(sealed="").update(sealed="", version=F("version") + 1)
    Reply.objects.filter(share__in=list(ending)).exclude(sealed="").update(sealed="")
    shares_ended.send(Share, keys=list(ending.values()))


def live_share_of(vault: Vault, key: UUID, today: date) -> Share:
    """What the resident of a vault shares under a key.

    Raises
    ------
    AbsentError
        When it is not shared, or not any more.
    """
    made = live_of(vault, today).filter(key=key).first()
    if made is None:
        raise _absent()
    return made


def _absent() -> AbsentError:
    return AbsentError(
        N_("this is not shared any more"), remedy=N_("share it again if you want somebody to read it")
    )


def _check(vault: Vault, copy: Copy, grant: Grant, today: date) -> None:
    receiver(grant.receiver_kind, grant.receiver, today)
    if grant.purpose not in Share.Purpose.values:
        raise InputError(N_("nobody will know what it is for"), remedy=N_("choose what they may use it for"))
    if grant.purpose == Share.Purpose.BREAKTHROUGH and copy.kind != Share.Kind.STEP:
        raise InputError(
            N_("a rule can only give way for a step of your plan"),
            remedy=N_("share the step for which the rule is in the way"),
        )
    last = today + timedelta(days=LONGEST_DAYS)
    if not today <= grant.until <= last:
        raise InputError(
            N_("this end cannot be"),
            expected=N_("a day from {first} to {last}"),
            remedy=N_("choose another day; you can always share it longer later"),
            first=Day(today),
            last=Day(last),
        )


def _refuse_too_many(vault: Vault, today: date) -> None:
    if live_of(vault, today).count() >= MOST:
        raise InputError(
            N_("you share {most} things already"), remedy=N_("take back what is not needed"), most=MOST
        )
