"""The real Utrecht, made of published files alone: no homes, no complexes, some boundaries missing."""

from __future__ import annotations

from shutil import rmtree

import pytest

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of
from tests.real_cities import utrecht
from tests.web.conftest import Hire, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def code() -> str:
    """A neighbourhood of Utrecht, when Utrecht is the City that is read."""
    rmtree(folder_of("utrecht"), ignore_errors=True)
    city = utrecht().save(folder_of("utrecht"))
    region = city.manifest.region
    CityVersion.objects.create(
        name="Utrecht", region=region, folder="utrecht", state=CityVersion.State.CURRENT
    )
    return str(city.table("areas").filter(level="neighbourhood")["code"].sort()[3])


@pytest.mark.parametrize("role", [Role.AREA_MANAGER, Role.DIRECTOR, Role.PARTNER])
def test_its_pages_work_without_tables_of_the_association(
    role: Role, code: str, hire: Hire, visit: Visit
) -> None:
    client = visit(hire(role, [code] if role is not Role.DIRECTOR else None))
    place = f"/buurten/{code}/"
    for page in ("/", "/kaart/", place, "/plannen/", "/regels/", f"{place}buurtprofiel.pdf"):
        assert client.get(page).status_code == 200, page
    assert client.get("/complexen/C001/").status_code in {403, 404}


def test_an_area_manager_plans_there(code: str, hire: Hire, visit: Visit) -> None:
    client = visit(hire(Role.AREA_MANAGER, [code]))
    words = {"title": "Groen", "goal": "Meer bomen."}
    assert client.post(f"/plannen/nieuw/?plek={code}", words).status_code == 303
    assert "Groen" in client.get(f"/buurten/{code}/").content.decode()
