"""Arrears, deliveries and cases for `things`, and a signal that was sent on to the municipality."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.utils import timezone

from ongedeeld.web.preventing.contents import Debt, Threat
from ongedeeld.web.preventing.models import (
    Arrears,
    ArrearsPlace,
    Case,
    CasePlace,
    Delivery,
    DeliveryPlace,
)
from ongedeeld.web.safeguards.homes import blind_home
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Forwarding, Signal, SignalPlace, Team

Maker = Callable[[object], tuple[object, object]]
TOWN = "GM9999"


def makers(own: str, other: str) -> dict[str, Maker]:
    """What makes one in an area and another elsewhere, by the word of the column `with`."""
    kinds: dict[str, Callable[[str], UUID]] = {
        "arrears": _arrears,
        "delivery": _delivery,
        "case": _case,
        "public_signal": _public_signal,
    }

    def both(make: Callable[[str], UUID]) -> Maker:
        return lambda _: (make(own), make(other))

    fixed: dict[str, Maker] = {
        "condition": lambda _: ("reminder", "reminder"),
        "delivery_form": lambda _: ("csv", "csv"),
    }
    return {name: both(make) for name, make in kinds.items()} | fixed


def _arrears(code: str) -> UUID:
    key, today = uuid4(), timezone.localdate()
    debt = Debt(name="Jo Bewoner", street="Kerkstraat", number="1", cents=100, months=1)
    made = Arrears.objects.create(
        key=key,
        home=blind_home(str(key)),
        municipality=TOWN,
        sealed=debt.sealed_for(key),
        counted_on=today,
        made_at=timezone.now(),
        made_by=uuid4(),
        remove_after=today,
    )
    ArrearsPlace.objects.create(arrears=made, code=code)
    return key


def _delivery(code: str) -> UUID:
    """A delivery with arrears in it."""
    made = Delivery.objects.create(
        kind="signals",
        receiver=TOWN,
        receiver_name="Voorbeeld",
        made_at=timezone.now(),
        made_by=uuid4(),
        remove_after=timezone.localdate(),
    )
    DeliveryPlace.objects.create(delivery=made, code=code)
    Arrears.objects.filter(key=_arrears(code)).update(delivery=made, state="listed")
    return made.key


def _case(code: str) -> UUID:
    key, today = uuid4(), timezone.localdate()
    made = Case.objects.create(
        key=key,
        occasion="arrears",
        home=blind_home(str(key)),
        sealed=Threat("Kerkstraat 1").sealed_for(key),
        owner=uuid4(),
        made_by=uuid4(),
        made_at=timezone.now(),
        opened_on=today,
        remove_after=today,
    )
    CasePlace.objects.create(case=made, code=code)
    return key


def _public_signal(code: str) -> UUID:
    """A signal of public space of which it is not known whether the municipality has it."""
    key, today = uuid4(), timezone.localdate()
    team, _ = Team.objects.get_or_create(name="Team")
    signal = Signal.objects.create(
        key=key,
        kind=Signal.Kind.PUBLIC_SPACE,
        sealed=Contents(address="Kerkstraat").sealed_for(key),
        seen_on=today,
        received_at=timezone.now(),
        made_by=uuid4(),
        team=team,
        owner=uuid4(),
        due=today,
        remove_after=today,
    )
    SignalPlace.objects.create(signal=signal, code=code)
    Forwarding.objects.create(signal=signal, state="unknown", begun_at=timezone.now(), actor=uuid4())
    return key
