"""What a resident asks about their data, from their own map; who they are is made sure by whoever answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from ongedeeld.errors import N_, InputError
from ongedeeld.web.cities.addresses import address_at
from ongedeeld.web.residents.models import OwnRequest, Vault
from ongedeeld.web.residents.vault.ending import subject_of
from ongedeeld.web.residents.vault.locks import wait_for_others
from ongedeeld.web.safeguards import request_actions
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.safeguards.request_contents import Contents, answer_bound_to, contents_of
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.sealing import unseal

MOST_OPEN = 5


@dataclass(frozen=True)
class Asked:
    """A request as the resident sees it: what they wrote, how it stands, and the answer once there is one."""

    request: Request
    words: str
    answer: str


def ask(
    vault: Vault, right: str, contents: Contents, *, key: UUID, now: datetime, today: date
) -> Request | None:
    """Send a request to whoever answers requests; none where it was sent already.

    Parameters
    ----------
    vault
        The map from which it is sent, where the answer is read.
    right
        What they ask: one of `Request.Right`.
    contents
        Who they are and what they say. The address is looked up, and nothing of that is told.
    key
        Made with the form, so that what is sent twice is one request.
    now, today
        When.

    Raises
    ------
    InputError
        When several requests from this map wait for an answer already.
    """
    found = address_at(contents.address)
    if found is not None:
        contents = Contents(contents.name, contents.reach, contents.words, contents.address, home_of(found))
    with processing("residents.ask_about_data", of=request_actions.PURPOSE, subject=subject_of(vault.key)):
        wait_for_others(vault)
        waiting = _of(vault).filter(state=Request.State.OPEN).exclude(key=key)
        if waiting.count() >= MOST_OPEN:
            raise InputError(
                N_("{most} of your questions wait for an answer already"),
                remedy=N_("wait for an answer first, or call the housing association"),
                most=MOST_OPEN,
            )
        made = request_actions.take_in_of_resident(
            request_actions.Asked(right, contents, today, key), now=now
        )
        # Somebody else's key leads to nothing: a request is linked with the map from which it came alone.
        if made is not None:
            OwnRequest.objects.create(vault=vault, request=made.key)
    return made


def asked_by(vault: Vault) -> Sequence[Asked]:
    """What was asked from a map, the last first, as long as it is kept."""
    with seeing("residents.see_own_requests", of=request_actions.PURPOSE, subject=subject_of(vault.key)):
        return [_shown(one) for one in _of(vault).order_by("-id")]


def requests_told(vault: Vault) -> list[dict[str, Any]]:
    """The same, to take along."""
    return [
        {
            "right": one.request.right,
            "received_on": one.request.received_on.isoformat(),
            "due": one.request.due.isoformat(),
            "state": one.request.state,
            "outcome": one.request.outcome,
            "words": one.words,
            "answer": one.answer,
        }
        for one in asked_by(vault)
    ]


@receiver(pre_delete, sender=Request, dispatch_uid="own_requests_go_with_a_request")
def forget(instance: Request, **_: Any) -> None:
    """That a map asked goes with what it asked."""
    OwnRequest.objects.filter(request=instance.key).delete()


def _of(vault: Vault) -> QuerySet[Request]:
    return Request.objects.filter(key__in=OwnRequest.objects.filter(vault=vault).values("request"))


def _shown(request: Request) -> Asked:
    answer = unseal(request.answer, answer_bound_to(request.key)) if request.answer else ""
    return Asked(request, contents_of(request.key, request.sealed).words, answer)
