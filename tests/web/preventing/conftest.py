"""The cast and places of signals, and arrears of the resident's home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing import arrears as arrears_actions
from ongedeeld.web.preventing.contents import Debt
from ongedeeld.web.preventing.models import Arrears, Delivery
from ongedeeld.web.preventing.where import where_is
from tests.web.conftest import Visit
from tests.web.signals.conftest import (  # noqa: F401 - fixtures
    Cast,
    address,
    addresses,
    cast,
    reports,
    team,
)

NAME, PHONE, EMAIL = "Jo Bewoner", "06 1234 5678", "jo@voorbeeld.invalid"
CENTS = 123_405
CONDITIONS = {
    "reminder": (40, "letter"),
    "contact": (35, "visit"),
    "help": (35, "visit"),
    "told": (30, "letter"),
}
"""How many days ago each of the four was done, and how."""

ALL = tuple(CONDITIONS)
TODAY = timezone.localdate

Owes = Callable[..., Arrears]


def days_ago(count: int) -> date:
    """The day so many days before today."""
    return timezone.localdate() - timedelta(days=count)


def meet(one: Arrears, *kinds: str, by: Person) -> None:
    """Let conditions be met, as told above."""
    for kind in kinds:
        ago, how = CONDITIONS[kind]
        arrears_actions.meet(
            one,
            kind,
            day=days_ago(ago),
            how=how,
            actor=by,
            now=timezone.now(),
            today=timezone.localdate(),
        )


def delivery_of(client: Client, kind: str = "signals") -> Delivery:
    """A delivery, made as somebody makes it in the browser."""
    answer = client.post("/huurachterstand/leveringen/nieuw/", {"kind": kind, "receiver": "GM9999"})
    assert answer.status_code == 303
    return Delivery.objects.latest("id")


def file_of(client: Client, delivery: Delivery, form: str = "csv") -> str:
    """The file of a delivery, as somebody saves it in the browser; nothing where it is not made any more."""
    answer = client.post(f"/huurachterstand/leveringen/{delivery.key}/bestand/{form}/")
    if answer.status_code == 303:
        return ""
    assert answer["Cache-Control"] == "no-store"
    word = "vroegsignalen" if delivery.kind == "signals" else "beeindigde-vroegsignalen"
    ending = "json" if form == "vera" else form
    assert f'"{word}-{delivery.key}.{ending}"' in answer["Content-Disposition"]
    return answer.content.decode("utf-8-sig")


def send(client: Client, delivery: Delivery) -> None:
    """Write down that it was sent today."""
    told = {"sent-day": TODAY(), "sent-way": "exchange"}
    file_of(client, delivery)
    answer = client.post(f"/huurachterstand/leveringen/{delivery.key}/verzonden/", told)
    assert answer.status_code == 303, answer.content.decode()


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """A browser of somebody who reads English, the language of the texts in the code."""

    def visiting(person: Person | None) -> Client:
        if person is not None:
            Person.objects.filter(pk=person.pk).update(language="en")
        return visit(person)

    return visiting


@pytest.fixture
def owes(cast: Cast, address: Address) -> Owes:  # noqa: F811 - a fixture
    """Arrears of a home, with some of the conditions met; kept by Sanne."""

    def owing(*kinds: str, home: Address = address, by: Person = cast.sanne) -> Arrears:
        debt = Debt(
            name=NAME,
            street=home.street,
            number=str(home.number),
            addition=home.addition,
            postcode=home.postcode,
            town=home.municipality,
            phone=PHONE,
            email=EMAIL,
            cents=CENTS,
            months=3,
        )
        one = arrears_actions.begin(
            where_is(by, home),
            debt,
            days_ago(2),
            actor=by,
            now=timezone.now(),
            today=timezone.localdate(),
        )
        meet(one, *kinds, by=by)
        return Arrears.objects.get(pk=one.pk)

    return owing
