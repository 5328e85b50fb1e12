"""Give a copy of a life for learning, and take it back.

What is kept must not lead back to whose life it is. So a donation has a number that is drawn, and no day but
its quarter; the record says that one was given, not which; and that a vault gave stands apart, under a keyed
digest.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from uuid import UUID

from ongedeeld.errors import N_, InputError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.giving.copy import Copy, kept, read
from ongedeeld.web.residents.models import Donation, Given, Vault
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.sealing import blind, seal, unseal
from ongedeeld.web.signals.counting.quarters import quarter_of

PURPOSE = "residents.donation"
_NUMBERS = 2**62
_DIGITS = frozenset("0123456789abcdef")


def give(vault: Vault, digest: str, copy: object, *, today: date) -> None:
    """Take in a copy that a resident gives. The same once more changes nothing.

    Parameters
    ----------
    vault
        Whose map is open: it gives one copy at a time.
    digest
        SHA-256 of the token with which it can be taken back, in hexadecimal digits.
    copy
        What the browser made: see :mod:`~ongedeeld.web.residents.giving.copy`.
    today
        Only its quarter is kept.

    Raises
    ------
    InputError
        When it is not in the form, another copy was given before, or one was counted.
    """
    given = read(copy)
    if len(digest) != 64 or not _DIGITS.issuperset(digest):
        raise InputError(N_("this copy came without the means to take it back"), expected=N_("a digest"))
    if Donation.objects.filter(token_hash=digest).exists():
        return
    with processing("residents.give_life", of=PURPOSE):
        # Terms are reckoned from the end of the year: a day would tell when it was.
        until = removed_after(PURPOSE, date(today.year, 12, 31))
        before, is_first = Given.objects.get_or_create(
            digest=_of(vault.key), defaults={"remove_after": until}
        )
        if not is_first and before.counted:
            raise InputError(
                N_("this map was counted already"),
                remedy=N_("a map is counted once, so you do not have to give it again"),
            )
        if not is_first:
            raise InputError(
                N_("a copy of this map was given before"),
                remedy=N_("take that one back first; then you can give it as it is now"),
            )
        # In the order of their numbers, donations would stand as they came.
        Donation.objects.create(
            pk=secrets.randbelow(_NUMBERS) + 1,
            token_hash=digest,
            contents=seal(given.written(), bound_to(digest)),
            quarter=quarter_of(today),
            remove_after=until,
        )
        record(None, "residents.give_life", "donation", "", ("contents",))


def take_back(vault: Vault, token: str) -> bool:
    """Remove what was given with a token; whether there was any. What was published of it stays as it was."""
    with processing("residents.take_life_back", of=PURPOSE):
        removed, _ = Donation.objects.filter(token_hash=sha256(token.encode()).hexdigest()).delete()
        if removed:
            # Who was counted is in a group that was published: in another they would be counted twice.
            Given.objects.filter(digest=_of(vault.key), counted=False).delete()
            record(None, "residents.take_life_back", "donation", "")
    return bool(removed)


def forget(vault: UUID) -> None:
    """Forget that a vault gave: it is no more."""
    Given.objects.filter(digest=_of(vault)).delete()


def mark_counted() -> None:
    """Keep of every vault that gave until now that it was counted."""
    Given.objects.filter(counted=False).update(counted=True)


def copies_between(since: date, until: date) -> Iterator[Copy]:
    """Every copy that is held of those given after one quarter, up to the end of another."""
    given = Donation.objects.filter(quarter__gt=since, quarter__lte=until)
    for one in given.order_by("pk").iterator():
        yield kept(unseal(one.contents, bound_to(one.token_hash)))


def bound_to(digest: str) -> str:
    """To what the contents of a donation are sealed."""
    return f"donation:{digest}"


def _of(vault: UUID) -> str:
    return blind(f"given:{vault}")
