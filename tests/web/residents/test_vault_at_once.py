"""Devices that write in one vault at the same moment: nothing is lost, and each change has its own number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from ongedeeld.errors import AbsentError
from ongedeeld.web.residents.models import Item, Vault
from ongedeeld.web.residents.vault import items, vaults
from ongedeeld.web.residents.vault.bodies import NewLock, Showing, Written
from tests.web.residents.device import invitation, new_vault

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 5
Came = TypeVar("Came")


def at_once(doing: Callable[[int], Came]) -> list[Came]:
    """What comes of doing it in several threads, each with a connection of its own."""

    def done(number: int) -> Came:
        try:
            return doing(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(done, range(WRITERS)))


def test_of_many_who_write_the_same_version_one_is_kept() -> None:
    vault, key = new_vault(), uuid4()

    def write(number: int) -> list[UUID]:
        return items.put(vault, [Written(key, 1, f"w{number}")], timezone.now()).kept

    kept = at_once(write)
    assert sorted(kept, key=len) == [[]] * (WRITERS - 1) + [[key]]
    assert Item.objects.count() == 1


def test_what_many_write_is_kept_whole_and_numbered_without_a_gap() -> None:
    vault = new_vault()

    def write(number: int) -> int:
        for _ in range(EACH):
            items.put(vault, [Written(uuid4(), 1, f"w{number}")], timezone.now())
        return number

    at_once(write)
    whole = WRITERS * EACH
    assert sorted(Item.objects.values_list("sequence", flat=True)) == list(range(1, whole + 1))
    assert Vault.objects.get().sequence == whole
    assert len(items.since(vault, 0).items) == whole


def test_an_invitation_that_many_use_at_once_begins_one_vault() -> None:
    token = invitation()

    def begin(number: int) -> bool:
        now = timezone.now()
        locks = [
            NewLock(kind, Showing(f"{number}{at}".rjust(64, "0"), bytes(32)), "A" * 80)
            for at, kind in enumerate(("card", "recovery"))
        ]
        try:
            vaults.begin(token, uuid4(), locks, elsewhere=True, now=now, today=timezone.localdate(now))
        except (AbsentError, OperationalError):
            return False
        return True

    assert sum(at_once(begin)) == 1
    assert Vault.objects.count() == 1
