"""What residents share for `things`: with who visits, and with somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.breakthroughs.contents import Plea
from ongedeeld.web.residents.models import Breakthrough, Share, Vault
from ongedeeld.web.residents.sharing.contents import taken
from tests.web.residents.device import new_vault


class Visiting(Protocol):
    """Who visits a page: a person, a resident with an open map, or nobody."""

    @property
    def person(self) -> Person | None:
        """The person."""

    @property
    def vault(self) -> Vault | None:
        """The open map."""


Pair = tuple[object, object]
STEP = {"issue": "Huur", "domain": "benefits", "what": "Samen bellen", "who": "Sanne", "state": "to_do"}


def sharing_makers() -> dict[str, Callable[[Visiting], Pair]]:
    """What makes one with who visits and one with somebody else, by the word of the column `with`."""
    return {
        "share": _both(_share),
        "breakthrough": _both(_breakthrough),
        "own_share": lambda visit: (_share(uuid4(), visit.vault), _share(uuid4())),
    }


def _both(make: Callable[[UUID], UUID]) -> Callable[[Visiting], Pair]:
    return lambda visit: (make(visit.person.key if visit.person else uuid4()), make(uuid4()))


def _share(receiver: UUID, vault: Vault | None = None) -> UUID:
    today, key = timezone.localdate(), uuid4()
    copy = taken("step", STEP, "Jo")
    Share.objects.create(
        key=key,
        vault=vault or new_vault(),
        item=uuid4(),
        kind=copy.kind,
        receiver_kind=Share.Receiver.PERSON,
        receiver=receiver,
        purpose=Share.Purpose.BREAKTHROUGH,
        sealed=copy.sealed_for(key),
        made_at=timezone.now(),
        until_day=today + timedelta(days=30),
        remove_after=today + timedelta(days=400),
        **copy.columns,
    )
    return key


def _breakthrough(person: UUID) -> UUID:
    """A request that somebody asked of themselves, so that they may both answer it and take it back."""
    key, today = uuid4(), timezone.localdate()
    Breakthrough.objects.create(
        key=key,
        share=Share.objects.get(key=_share(person)),
        asked_of=person,
        asked_by=person,
        sealed=Plea("regel", "wet", "inzet", "opbrengst").sealed_for(key),
        asked_at=timezone.now(),
        respond_by=today + timedelta(days=14),
        remove_after=today + timedelta(days=365),
    )
    return key
