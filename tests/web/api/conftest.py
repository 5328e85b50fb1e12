"""Organisations that read by way of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.actions import Post
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api.actions import give_token
from tests.web.conftest import Hire

Connect = Callable[..., Client]
HERE, ELSEWHERE = "BU99990101", "BU99990102"


@pytest.fixture
def manager(hire: Hire) -> Person:
    """The manager of the installation."""
    return hire(Role.MANAGER, name="Mo Beheer")


@pytest.fixture
def secret_of(manager: Person) -> Callable[..., str]:
    """The secret of a new token in a role, everywhere or in some areas."""

    def made(role: Role, areas: Iterable[str] | None = None, last_day: date | None = None) -> str:
        post = Post(role, frozenset(areas) if areas is not None else None, date(2020, 1, 1))
        until = last_day or timezone.localdate() + timedelta(days=30)
        return give_token("Gemeente Voorbeeld", post, until, actor=manager)[1]

    return made


@pytest.fixture
def connect(city: City, secret_of: Callable[..., str]) -> Connect:
    """The system of an organisation with a token."""

    def connected(role: Role, areas: Iterable[str] | None = None) -> Client:
        return Client(headers={"host": "localhost", "authorization": f"Bearer {secret_of(role, areas)}"})

    return connected
