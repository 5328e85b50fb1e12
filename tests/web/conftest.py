"""The fixed cast of the workbench, and a City to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from django.conf import settings
from django.test import Client

from ongedeeld.city import City
from ongedeeld.sources.model_city import model_city
from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.address_file import ADDRESSES, AddressFile, read_addresses
from ongedeeld.web.cities.model_addresses import model_addresses
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of
from tests.web.emptying import the_record_may_be_emptied  # noqa: F401 - a fixture of all

AREAS_OF_THE_CAST = ("BU99990101", "BU99990302")
"""Where the cast of signals works, and where somebody else does."""

Hire = Callable[..., Person]
Visit = Callable[[Person | None], Client]


@pytest.fixture(scope="session")
def model() -> City:
    """A small model city, written once."""
    return model_city(seed=1, scale=0.1).save(folder_of("model"))


@pytest.fixture(scope="session")
def homes(model: City, tmp_path_factory: pytest.TempPathFactory) -> AddressFile:
    """A few invented addresses of each complex of the cast: all of them would take each test some time."""
    path = tmp_path_factory.mktemp("addresses") / f"{ADDRESSES}.csv"
    path.write_text(model_addresses(model), encoding="utf-8")
    file = read_addresses(path, model)
    nearby = file.frame.filter(pl.col("area").is_in(AREAS_OF_THE_CAST))
    return replace(file, frame=nearby.filter(pl.int_range(pl.len()).over("complex") < 12))


@pytest.fixture
def city(db: None, model: City) -> City:
    """The model city, as the version that is read."""
    CityVersion.objects.create(
        key=UUID(int=1),  # the same for all tests, which so share what is drawn of it
        name=model.manifest.name,
        region=model.manifest.region,
        folder="model",
        invented=True,
        state=CityVersion.State.CURRENT,
    )
    return model


@pytest.fixture
def hire(db: None) -> Hire:
    """Somebody with a role, everywhere or in some areas."""

    def hired(role: Role | str, areas: Iterable[str] | None = None, name: str = "") -> Person:
        called = name or f"{Role(role).value} {Person.objects.count()}"
        person = Person.objects.create_user(
            f"{called.replace(' ', '.')}@voorbeeld.invalid", "wachtwoord", name=called
        )
        held = RoleHeld.objects.create(
            person=person, role=role, everywhere=areas is None, from_day=date(2020, 1, 1)
        )
        RoleArea.objects.bulk_create(RoleArea(role_held=held, code=code) for code in areas or ())
        return person

    return hired


@pytest.fixture
def visit() -> Visit:
    """A browser in which somebody is signed in, or nobody."""

    def visiting(person: Person | None) -> Client:
        client = Client(headers={"host": "localhost"})
        if person is not None:
            client.force_login(person)
        return client

    return visiting


@pytest.fixture
def data_folder() -> Path:
    """Where the workbench of the tests keeps its files."""
    return Path(settings.DATA_FOLDER)
