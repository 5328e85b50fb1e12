"""What who reads a shared step answers, so that the resident sees how far it is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.models import Reply, Share
from ongedeeld.web.residents.sharing.copies import PURPOSE, live, subject_of
from ongedeeld.web.residents.sharing.reading import live_share, not_shared
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.sealing import seal, unseal
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

MOST_WORDS = 300
MOST = 20
"""So often one copy can be answered."""


def may_reply(share: Share) -> bool:
    """Whether a share asks for something: a step that is shared for more than to know of it."""
    return share.kind == Share.Kind.STEP and share.purpose != Share.Purpose.KNOW


def reply(person: Person, key: UUID, state: str, words: str, *, now: datetime, today: date) -> Reply:
    """Answer a step that is shared with somebody, or with the partner at which they work.

    Raises
    ------
    Refused, Http404
        When they may read nothing such, or there is none such, or none any more.
    InputError
        When it asks for nothing, was answered often enough, or the words tell what must not be held.
    """
    share = live_share(person, key, today)
    if not may_reply(share) or state not in Reply.State.values:
        raise InputError(N_("this was shared so that you know of it"), remedy=N_("call the resident"))
    if len(words) > MOST_WORDS:
        raise InputError(N_("this is too long"), expected=N_("at most {most} characters"), most=MOST_WORDS)
    refuse_words(words)
    if share.replies.count() >= MOST:
        raise InputError(N_("this was answered often enough"), remedy=N_("call the resident"))
    own = uuid4()
    with processing("residents.reply", of=PURPOSE, subject=subject_of(share.vault)):
        sealed = seal(words.strip(), bound_to(own)) if words.strip() else ""
        made = Reply.objects.create(
            key=own, share=share, person=person.key, at=now, state=state, sealed=sealed
        )
        if not Share.objects.filter(live(today), pk=share.pk).exists():
            raise not_shared()  # it was taken back meanwhile
        record(person, "residents.reply", "share", share.key, ["state", "sealed"])
    return made


def words_of(made: Reply) -> str:
    """What was written with an answer; empty where nothing was, or it is gone."""
    return unseal(made.sealed, bound_to(made.key)) if made.sealed else ""


def bound_to(key: UUID) -> str:
    """To what the words of an answer are sealed."""
    return f"reply:{key}"
