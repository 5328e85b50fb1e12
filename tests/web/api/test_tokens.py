from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.actions import Post
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.api.actions import end_token, give_token
from ongedeeld.web.api.models import ApiToken
from ongedeeld.web.api.queries import person_of
from ongedeeld.web.audit.models import Entry
from tests.web.api.conftest import HERE, Connect
from tests.web.conftest import Hire, Visit

ADDRESS = "/api/v1/gebieden"


def answer(secret: str) -> int:
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {secret}"})
    return client.get(ADDRESS).status_code


def test_a_token_stands_for_a_person_of_its_own_whom_may_judges(
    city: City, secret_of: Callable[..., str]
) -> None:
    person = person_of(secret_of(Role.CARETAKER, [HERE]))
    assert person
    assert may(person, "areas.see_own_figures")
    assert not may(person, "accounts.see_people")
    assert not person.has_usable_password()


def test_only_the_fingerprint_of_the_secret_is_kept(city: City, secret_of: Callable[..., str]) -> None:
    secret = secret_of(Role.PARTNER)
    row = ApiToken.objects.values().get()
    assert secret not in map(str, row.values())
    assert not any(secret in str(entry) for entry in Entry.objects.values_list("fields", "thing"))


def test_a_token_ends_after_its_last_day(city: City, secret_of: Callable[..., str]) -> None:
    secret = secret_of(Role.PARTNER)
    assert answer(secret) == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert answer(secret) == 401


def test_a_token_that_was_ended_opens_nothing_any_more(
    city: City, manager: Person, secret_of: Callable[..., str]
) -> None:
    secret = secret_of(Role.PARTNER)
    end_token(ApiToken.objects.get().key, actor=manager)
    assert answer(secret) == 401
    assert Entry.objects.filter(verb="api.end_token").exists()


def test_a_token_of_a_removed_person_opens_nothing(city: City, secret_of: Callable[..., str]) -> None:
    secret = secret_of(Role.PARTNER)
    Person.objects.get(key=ApiToken.objects.get().person).delete()
    assert answer(secret) == 401


def test_something_else_than_a_token_opens_nothing(city: City) -> None:
    assert answer("ongedeeld_verzonnen") == 401


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MANAGER, Role.PRIVACY_OFFICER])
def test_a_system_gets_no_role_that_asks_for_a_second_factor(city: City, manager: Person, role: Role) -> None:
    today = timezone.localdate()
    with pytest.raises(InputError, match="second factor"):
        give_token("Gemeente", Post(role, None, today), today, actor=manager)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_ends_within_a_year(city: City, manager: Person, days: int) -> None:
    today = timezone.localdate()
    with pytest.raises(InputError, match="last day"):
        give_token("Gemeente", Post(Role.PARTNER, None, today), today + timedelta(days), actor=manager)


def test_nobody_but_the_manager_gives_a_token(city: City, hire: Hire) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused):
        give_token("Gemeente", Post(Role.PARTNER, None, today), today, actor=hire(Role.AREA_MANAGER))


def test_the_manager_sees_the_secret_once(city: City, manager: Person, visit: Visit) -> None:
    client = visit(manager)
    until = timezone.localdate() + timedelta(days=90)
    filled = {"organisation": "Gemeente", "role": "partner", "everywhere": "on", "from_day": "2020-01-01"}
    page = client.post("/koppelingen/nieuw/", {**filled, "until_day": until.isoformat()}).content.decode()
    secret = re.search(r"ongedeeld_[\w-]+", page)
    assert secret
    assert answer(secret.group()) == 200
    overview = client.get("/koppelingen/").content.decode()
    assert "Gemeente" in overview
    assert secret.group() not in overview


def test_the_manager_ends_a_token_on_the_page(
    city: City, manager: Person, visit: Visit, secret_of: Callable[..., str]
) -> None:
    secret = secret_of(Role.PARTNER)
    address = f"/koppelingen/{ApiToken.objects.get().key}/einde/"
    assert visit(manager).post(address).status_code == 303
    assert answer(secret) == 401


def test_a_form_that_is_not_right_gives_no_token(city: City, manager: Person, visit: Visit) -> None:
    page = visit(manager).post("/koppelingen/nieuw/", {"organisation": "", "role": "director"})
    assert page.status_code == 422
    assert not ApiToken.objects.exists()


def test_whoever_asks_too_often_is_told_to_wait(connect: Connect) -> None:
    client = connect(Role.PARTNER)
    answers = [client.get(ADDRESS).status_code for _ in range(121)]
    assert answers[:120] == [200] * 120
    assert answers[120] == 429
