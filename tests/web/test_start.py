from __future__ import annotations

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from tests.web.conftest import Hire, Visit


def test_the_start_page_names_the_city(city: City, hire: Hire, visit: Visit) -> None:
    page = visit(hire(Role.AREA_MANAGER)).get("/")
    assert page.status_code == 200
    assert city.manifest.name in page.content.decode()


def test_it_shows_nothing_to_who_is_not_signed_in(city: City, visit: Visit) -> None:
    page = visit(None).get("/")
    assert page.status_code != 200
    assert city.manifest.name not in page.content.decode()
