"""Whatever happens in whatever order, a vault is open only where a live code opened it till it closed.

And who holds the card alone never takes the vault from who holds the second code, unless a week passes in
which nobody undoes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.web.residents.models import Lock, Opening, Pending, Vault
from ongedeeld.web.residents.vault.delaying import DELAY, settle_all
from tests.web.conftest import Visit
from tests.web.residents.device import Device, code, invitation, shown

PLACES = 3
WHAT = ("open", "open_old", "renew", "block", "close", "delete", "delete_wrongly", "undo", "wait")


@dataclass(frozen=True)
class Happening:
    """What somebody does on which device, with which code."""

    what: str
    where: int
    kind: str
    by: str
    which: int


happenings = st.lists(
    st.builds(
        Happening,
        what=st.sampled_from(WHAT),
        where=st.integers(0, PLACES - 1),
        kind=st.sampled_from(("card", "recovery")),
        by=st.sampled_from(("card", "recovery")),
        which=st.integers(0, 20),
    ),
    max_size=14,
)


@dataclass
class World:
    """Three devices, one vault, the codes that open it and those that did, and where it should be open.

    `waits` holds what was asked with the card: the new second code, or none for deleting.
    """

    devices: list[Device]
    live: dict[str, dict[str, str]] = field(default_factory=dict)
    dead: list[dict[str, str]] = field(default_factory=list)
    open: set[int] = field(default_factory=set)
    waits: dict[str, dict[str, str] | None] = field(default_factory=dict)
    is_gone: bool = False

    def __post_init__(self) -> None:
        first = self.devices[0]
        assert first.begin(invitation()).status_code == 201
        self.live, self.open = {"card": first.card, "recovery": first.second}, {0}

    def do(self, it: Happening) -> None:
        """Let it happen, and see that it is answered as it should be."""
        getattr(self, f"_{it.what}")(it, self.devices[it.where], it.where in self.open)

    def _open(self, it: Happening, device: Device, _: bool) -> None:
        if known := self.live.get(it.kind):
            assert device.open(known).status_code == 200
            self.open.add(it.where)

    def _open_old(self, it: Happening, device: Device, _: bool) -> None:
        if self.dead:
            old = self.dead[it.which % len(self.dead)]
            assert device.open(old).status_code == device.block(old).status_code == 404

    def _close(self, it: Happening, device: Device, _: bool) -> None:
        assert device.post("close", {}).status_code == 204
        self.open.discard(it.where)

    def _delete_wrongly(self, _: Happening, device: Device, here: bool) -> None:
        assert device.post("delete", shown(code())).status_code == (404 if here else 401)

    def _undo(self, _: Happening, device: Device, here: bool) -> None:
        assert device.post("undo", {}).status_code == (200 if here else 401)
        if here:
            self._drop_all_waiting()

    def _renew(self, it: Happening, device: Device, here: bool) -> None:
        if not (by := self.live.get(it.by)):
            return
        new, waits = code(it.kind), it.by == "card" and it.kind == "recovery"
        assert device.renew(new, by=by).status_code == ((202 if waits else 201) if here else 401)
        if here and waits:
            self._drop_waiting("recovery")
            self.waits["recovery"] = new
        elif here:
            if it.by == "recovery":
                self._drop_all_waiting()
            self._drop(it.kind)
            self.live[it.kind], self.open = new, {it.where}

    def _block(self, it: Happening, device: Device, _: bool) -> None:
        if not (known := self.live.get(it.kind)):
            return
        blocks = it.kind == "recovery"
        assert device.block(known).status_code == (200 if blocks else 404)
        if blocks:
            self._drop_all_waiting()
            self._drop("card")
            self.open = set()

    def _delete(self, it: Happening, device: Device, here: bool) -> None:
        if not (by := self.live.get(it.by)):
            return
        waits = it.by == "card"
        assert device.post("delete", shown(by)).status_code == ((202 if waits else 200) if here else 401)
        if here and waits:
            self.waits["delete"] = None
        elif here:
            self._end()

    def _wait(self, it: Happening, device: Device, _: bool) -> None:
        """A week passes: what waited takes effect when somebody shows a code, or in the daily work."""
        assert all(one.takes_effect_at - one.asked_at == DELAY for one in Pending.objects.all())
        Pending.objects.update(takes_effect_at=timezone.now() - timedelta(seconds=1))
        known = self.live.get(it.kind)
        if it.which % 2 or not known or not self.waits:
            settle_all(timezone.now())
            self._settle()
            return
        opens = "delete" not in self.waits and not (it.kind == "recovery" and "recovery" in self.waits)
        self._settle()
        assert device.open(known).status_code == (200 if opens else 404)
        if opens:
            self.open.add(it.where)

    def _settle(self) -> None:
        if "delete" in self.waits:
            self._end()
        elif new := self.waits.pop("recovery", None):
            self._drop("recovery")
            self.live["recovery"], self.open = new, set()

    def _end(self) -> None:
        self._drop_all_waiting()
        for kind in list(self.live):
            self._drop(kind)
        self.open, self.is_gone = set(), True

    def _drop_all_waiting(self) -> None:
        for change in list(self.waits):
            self._drop_waiting(change)

    def _drop_waiting(self, change: str) -> None:
        if new := self.waits.pop(change, None):
            self.dead.append(new)

    def _drop(self, kind: str) -> None:
        if kind in self.live:
            self.dead.append(self.live.pop(kind))

    def check(self) -> None:
        """It is open where it should be and nowhere else, and each code that is good has one lock."""
        cache.clear()  # how often a device may ask is tested elsewhere
        vault = Vault.objects.filter(key=self.devices[0].vault).first()
        assert (vault is None) == self.is_gone
        assert {at for at, one in enumerate(self.devices) if one.is_open} == self.open
        assert Opening.objects.count() == len(self.open)
        kept = dict(Lock.objects.values_list("kind", "locator"))
        assert kept == {kind: one["locator"] for kind, one in self.live.items()}
        waiting = dict(Pending.objects.values_list("change", "locator"))
        assert waiting == {change: one["locator"] if one else "" for change, one in self.waits.items()}


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(happened=happenings)
def test_a_vault_is_open_only_where_it_should_be(visit: Visit, happened: list[Happening]) -> None:
    cache.clear()
    Vault.objects.all().delete()
    world = World([Device(visit(None)) for _ in range(PLACES)])
    world.check()
    for one in happened:
        world.do(one)
        world.check()
    gives = {at for at, one in enumerate(world.devices) if one.get("items").status_code == 200}
    assert gives == world.open
