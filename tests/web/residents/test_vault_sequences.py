"""Whatever happens in whatever order, a vault is open only where a live code opened it till it closed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.web.residents.models import Lock, Opening, Vault
from tests.web.conftest import Visit
from tests.web.residents.device import Device, code, invitation, shown

PLACES = 3


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
        what=st.sampled_from(("open", "open_old", "renew", "block", "close", "delete")),
        where=st.integers(0, PLACES - 1),
        kind=st.sampled_from(("card", "recovery")),
        by=st.sampled_from(("card", "recovery")),
        which=st.integers(0, 20),
    ),
    max_size=14,
)


@dataclass
class World:
    """Three devices, one vault, the codes that open it and those that did, and where it should be open."""

    devices: list[Device]
    live: dict[str, dict[str, str]] = field(default_factory=dict)
    dead: list[dict[str, str]] = field(default_factory=list)
    open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        first = self.devices[0]
        assert first.begin(invitation()).status_code == 201
        self.live, self.open = {"card": first.card, "recovery": first.second}, {0}

    def do(self, it: Happening) -> None:
        """Let it happen, and see that it is answered as it should be."""
        device, known = self.devices[it.where], self.live.get(it.kind)
        if it.what == "open" and known:
            assert device.open(known).status_code == 200
            self.open.add(it.where)
        elif it.what == "open_old" and self.dead:
            old = self.dead[it.which % len(self.dead)]
            assert device.open(old).status_code == device.block(old).status_code == 404
        elif it.what == "renew" and it.by in self.live:
            self._renew(it)
        elif it.what == "block" and known:
            blocks = it.kind == "recovery"
            assert device.block(known).status_code == (200 if blocks else 404)
            if blocks:
                self._drop("card")
                self.open = set()
        elif it.what == "close":
            assert device.post("close", {}).status_code == 204
            self.open.discard(it.where)
        elif it.what == "delete":
            wrong = device.post("delete", shown(code()))
            assert wrong.status_code == (404 if it.where in self.open else 401)

    def _renew(self, it: Happening) -> None:
        new = code(it.kind)
        answer = self.devices[it.where].renew(new, by=self.live[it.by])
        assert answer.status_code == (201 if it.where in self.open else 401)
        if it.where in self.open:
            self._drop(it.kind)
            self.live[it.kind], self.open = new, {it.where}

    def _drop(self, kind: str) -> None:
        if kind in self.live:
            self.dead.append(self.live.pop(kind))

    def check(self) -> None:
        """It is open where it should be and nowhere else, and each code that is good has one lock."""
        cache.clear()  # how often a device may ask is tested elsewhere
        vault = Vault.objects.get(key=self.devices[0].vault)
        assert {at for at, one in enumerate(self.devices) if one.is_open} == self.open
        assert {at for at, one in enumerate(self.devices) if one.get("items").status_code == 200} == self.open
        assert Opening.objects.filter(vault=vault).count() == len(self.open)
        kept = dict(Lock.objects.filter(vault=vault).values_list("kind", "locator"))
        assert kept == {kind: one["locator"] for kind, one in self.live.items()}


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(happened=happenings)
def test_a_vault_is_open_only_where_it_should_be(visit: Visit, happened: list[Happening]) -> None:
    cache.clear()
    world = World([Device(visit(None)) for _ in range(PLACES)])
    world.check()
    for one in happened:
        world.do(one)
        world.check()
