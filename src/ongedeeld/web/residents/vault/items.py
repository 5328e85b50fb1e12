"""The contents of a vault, which the server keeps and gives as ciphertext and never reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Sum
from django.db.models.functions import Length

from ongedeeld.errors import N_
from ongedeeld.web.residents.models import Item, Vault
from ongedeeld.web.residents.vault.bodies import Written
from ongedeeld.web.residents.vault.openings import ClosedError
from ongedeeld.web.residents.vault.problems import FullError

MOST_ITEMS = 5_000
MOST_KEYS = 20_000
"""Of which the others were removed: that is all that is kept of them."""
MOST_LETTERS = 64_000_000
"""What all versions of a vault may hold together."""
MOST_VERSIONS = 20
A_PAGE = 1_000


@dataclass
class Kept:
    """What came of what a device sent: kept, or what stands there that the device does not know yet."""

    sequence: int = 0
    kept: list[UUID] = field(default_factory=list)
    conflicts: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """The newest versions after a number, in the order in which they came."""

    sequence: int
    items: Sequence[Item]
    more: bool


def since(vault: Vault, number: int) -> Page:
    """What is new in a vault since a device last asked; an item that changed more than once comes once."""
    newest = Vault.objects.values_list("sequence", flat=True).get(pk=vault.pk)
    later = Item.objects.filter(vault=OuterRef("vault"), key=OuterRef("key"), version__gt=OuterRef("version"))
    new = Item.objects.filter(vault=vault, sequence__gt=number, sequence__lte=newest).exclude(Exists(later))
    items = list(new.order_by("sequence")[: A_PAGE + 1])
    more = len(items) > A_PAGE
    page = items[:A_PAGE]
    return Page(page[-1].sequence if more else newest, page, more)


def versions_of(vault: Vault, key: UUID) -> QuerySet[Item]:
    """The versions of an item that are kept, newest first."""
    return Item.objects.filter(vault=vault, key=key).order_by("-version")[:MOST_VERSIONS]


@transaction.atomic
def put(vault: Vault, written: Sequence[Written], now: datetime) -> Kept:
    """Keep new versions: each that follows on the newest is kept, and of no other anything.

    Raises
    ------
    ClosedError
        When the vault was deleted meanwhile.
    FullError
        When the vault would hold more than it can; nothing is kept then.
    """
    # Who writes in the same vault at the same moment waits here.
    if not Vault.objects.filter(pk=vault.pk).update(sequence=F("sequence")):
        raise ClosedError
    before = Vault.objects.values_list("sequence", flat=True).get(pk=vault.pk)
    known = _newest(vault, [one.key for one in written])
    done = Kept()
    new: list[Item] = []
    for one in written:
        if one.version != known.get(one.key, 0) + 1:
            done.conflicts.append(_standing(vault, one.key, new))
            continue
        known[one.key] = one.version
        done.kept.append(one.key)
        number = before + len(new) + 1
        new.append(
            Item(
                vault=vault,
                key=one.key,
                version=one.version,
                ciphertext=one.ciphertext,
                sequence=number,
                at=now,
            )
        )
    done.sequence = before + len(new)
    Item.objects.bulk_create(new)
    _forget_older(vault, new)
    _refuse_too_much(vault)
    Vault.objects.filter(pk=vault.pk).update(sequence=done.sequence)
    return done


def told(item: Item) -> dict[str, object]:
    """An item as a device reads it."""
    return {
        "id": str(item.key),
        "version": item.version,
        "ciphertext": item.ciphertext or None,
        "sequence": item.sequence,
        "at": item.at.isoformat(),
    }


def _newest(vault: Vault, keys: Sequence[UUID]) -> dict[UUID, int]:
    found = Item.objects.filter(vault=vault, key__in=keys).values("key").order_by("key")
    return dict(found.annotate(newest=Max("version")).values_list("key", "newest"))


def _standing(vault: Vault, key: UUID, new: Sequence[Item]) -> Item:
    """The newest version of an item, also where it came in the same breath; version 0 where there is none."""
    here = next((one for one in reversed(new) if one.key == key), None)
    stored = here or Item.objects.filter(vault=vault, key=key).order_by("-version").first()
    return stored or Item(vault=vault, key=key, version=0, ciphertext="", sequence=0)


def _forget_older(vault: Vault, new: Sequence[Item]) -> None:
    """Keep the newest twenty versions, and of what was removed nothing but that it was."""
    for one in new:
        last = one.version - MOST_VERSIONS if one.ciphertext else one.version - 1
        if last > 0:
            Item.objects.filter(vault=vault, key=one.key, version__lte=last).delete()


def _refuse_too_much(vault: Vault) -> None:
    rows = Item.objects.filter(vault=vault)
    living = rows.exclude(ciphertext="").values("key").distinct().count()
    ever = rows.values("key").distinct().count()
    letters = rows.aggregate(held=Sum(Length("ciphertext")))["held"] or 0
    if living > MOST_ITEMS or ever > MOST_KEYS or letters > MOST_LETTERS:
        raise FullError(
            N_("your map is full"), remedy=N_("remove something that you do not need, and try it again")
        )
