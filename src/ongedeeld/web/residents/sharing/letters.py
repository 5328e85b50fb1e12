"""Let who may read something hear that it waits: by a letter without a word of what it is, or of whom."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.residents.models import Share
from ongedeeld.web.residents.sharing.reading import shared_with
from ongedeeld.web.residents.sharing.receivers import readers_of
from ongedeeld.web.residents.sharing.rules import SEE

_SUBJECT = N_("Something waits for you in Ongedeeld")
_SHARED = N_("Something is shared with you that you did not open yet.")


def tell_receivers(share: Share, today: date) -> int:
    """Write to who may read a copy that was just made; how many letters went.

    Where something else waits to be opened a letter went before, and one is enough.
    """
    page = reverse("shared")
    return sum(
        write_to(person.key, _SUBJECT, _SHARED, page)
        for person in readers_of(share.receiver_kind, share.receiver, today)
        if may(person, SEE) and not _waits_already(person, share, today)
    )


def _waits_already(person: Person, share: Share, today: date) -> bool:
    others = shared_with(person, today).exclude(pk=share.pk)
    return others.exclude(looks__person=person.key).exists()
