"""The register goes out as HSDS 3 and comes in again unchanged; what is wrong is told where it is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.partners import queries
from ongedeeld.web.partners.around import Areas, areas_now
from ongedeeld.web.partners.forms import OrganisationForm
from ongedeeld.web.partners.hsds import document
from ongedeeld.web.partners.hsds_reading import Directory, read
from ongedeeld.web.partners.hsds_tables import to_zip
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.partners.taking_over import Kind, changes, take_over
from tests.web.conftest import Visit
from tests.web.partners.conftest import NOW, OWN_AREA, TOWN, Cast

AREAS = Areas(
    {"GM1": "Modelstad", "WK1": "Noord", "BU1": "Noord", "BU2": "Haven"},
    {"GM1": "municipality", "WK1": "district", "BU1": "neighbourhood", "BU2": "neighbourhood"},
    {"GM1": None, "WK1": "GM1", "BU1": "WK1", "BU2": "WK1"},
)
WELFARE: dict[str, Any] = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "Taalhuis",
    "description": "Taal voor iedereen",
    "website": "https://taalhuis.invalid",
    "phones": [{"id": "1", "number": "0900 1234"}],
    "services": [
        {
            "id": "ac148810-d857-441c-9679-408f346de14b",
            "name": "Taalles",
            "status": "active",
            "wait_time": "3 weken",
            "assured_date": "2026-11-01",
            "service_areas": [{"id": "2", "name": "Haven"}],
        }
    ],
}


def exported(cast: Cast) -> dict[str, Any]:
    areas = areas_now()
    return document(queries.organisations_for(cast.lotte, areas), areas)


def reading(told: object, domain: str = "education") -> Directory:
    return read("taal.json", json.dumps(told).encode(), AREAS, domain=domain)


def changed(**service: object) -> dict[str, Any]:
    return {**WELFARE, "services": [{**WELFARE["services"][0], **service}]}


def as_json(told: dict[str, Any]) -> tuple[str, bytes]:
    return "partners.json", json.dumps(told).encode()


def as_tables(told: dict[str, Any]) -> tuple[str, bytes]:
    return "partners.zip", to_zip(told)


def test_what_goes_out_has_the_fields_that_hsds_asks_for(cast: Cast) -> None:
    told = exported(cast)
    assert (told["total_items"], told["empty"], told["last_page"]) == (3, False, True)
    welfare = next(one for one in told["contents"] if one["name"] == "Welzijn Modelstad")
    assert {"id", "name", "description"} <= set(welfare)
    service = welfare["services"][0]
    assert {"id", "name", "status"} <= set(service)
    assert service["status"] == "active"
    assert service["wait_time"] == "P0D", "no wait is told; an unknown one would not be"
    assert service["service_areas"][0]["extent"] == OWN_AREA
    address = service["service_at_locations"][0]["location"]["addresses"][0]
    assert set(address) == {
        *("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    }
    budget = next(one for one in told["contents"] if one["name"] == "Geldzorgen de Baas")["services"][0]
    assert "service_areas" not in budget, "everywhere"


def test_nobody_who_works_at_a_partner_and_nothing_of_a_resident_goes_out(cast: Cast) -> None:
    text = json.dumps(exported(cast))
    assert "contacts" not in text
    assert "Daan" not in text


@pytest.mark.parametrize("form", [as_json, as_tables])
def test_a_round_trip_changes_nothing(
    cast: Cast, form: Callable[[dict[str, Any]], tuple[str, bytes]]
) -> None:
    before = exported(cast)
    name, content = form(before)
    directory = read(name, content, areas_now())
    assert directory.errors == []
    assert directory.remarks == []
    assert {one.kind for one in changes(directory)} == {Kind.SAME}
    take_over(directory, actor=cast.lotte, now=NOW)
    assert exported(cast) == before


@pytest.mark.parametrize("form", [as_json, as_tables])
def test_another_register_that_takes_it_over_tells_the_same(
    cast: Cast, form: Callable[[dict[str, Any]], tuple[str, bytes]]
) -> None:
    before = exported(cast)
    Organisation.objects.all().delete()
    directory = read(*form(before), areas_now())
    assert {one.kind for one in changes(directory)} == {Kind.NEW}
    take_over(directory, actor=cast.lotte, now=NOW)
    assert exported(cast) == before
    again = read(*form(before), areas_now())
    assert {one.kind for one in take_over(again, actor=cast.lotte, now=NOW)} == {Kind.SAME}


def test_the_archive_is_the_same_for_the_same_register(cast: Cast) -> None:
    archive = to_zip(exported(cast))
    assert archive == to_zip(exported(cast))
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        package = json.loads(found.read("datapackage.json"))
        assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == set(found.namelist())


def test_a_directory_of_others_is_understood_as_far_as_it_tells() -> None:
    listed = reading({"contents": [WELFARE]}).organisations[0]
    service = listed.services[0]
    assert (listed.about.kind, listed.about.phone) == ("other", "0900 1234")
    assert service.offered.domain == "education"
    assert service.codes == {"BU2"}
    assert (service.offered.wait_days, service.offered.wait_known_on) == (21, date(2026, 11, 1))


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "  =HYPERLINK(1)"])
@pytest.mark.parametrize("column", ["name", "description", "eligibility_description"])
def test_words_that_a_spreadsheet_would_work_out_are_not_taken_over(column: str, words: str) -> None:
    (error,) = reading(changed(**{column: words})).errors
    assert error.place is not None
    assert str(error.place.column).endswith(f".{column}")
    assert "a formula of a spreadsheet" in str(error)


def test_a_telephone_number_of_another_country_is_no_formula() -> None:
    told = {**WELFARE, "phones": [{"id": "1", "number": "+31 20 555 0100"}]}
    assert reading(told).organisations[0].about.phone == "+31 20 555 0100"


def test_a_form_refuses_them_too_and_lets_a_telephone_number_be() -> None:
    told = {"name": "=1+1", "kind": "welfare", "email": "@taalhuis", "phone": "+31 20 555 0100"}
    assert set(OrganisationForm(told).errors) == {"name", "email"}
    assert not OrganisationForm(told | {"name": "Taalhuis", "email": "post@taalhuis.invalid"}).errors


def test_services_that_carry_their_organisation_are_understood_too() -> None:
    organisation = {name: value for name, value in WELFARE.items() if name != "services"}
    services = [
        {**WELFARE["services"][0], "id": f"{number}", "organization": organisation} for number in range(2)
    ]
    listed = reading(services).organisations
    assert [one.about.name for one in listed] == ["Taalhuis"]
    assert [one.source_id for one in listed[0].services] == ["0", "1"]


@pytest.mark.parametrize(
    ("told", "place", "problem"),
    [
        ({**WELFARE, "name": ""}, "contents[0].name", "empty or too long"),
        ({**WELFARE, "name": "x" * 121}, "contents[0].name", "empty or too long"),
        ({**WELFARE, "id": None}, "contents[0].id", "has no id"),
        ({**WELFARE, "website": "javascript:alert(1)"}, "contents[0].website", "no address of a website"),
        ({**WELFARE, "email": "niemand"}, "contents[0].email", "no e-mail address"),
        (changed(status="open"), "contents[0].services[0].status", "no status of HSDS"),
        (changed(assured_date="1 nov"), "contents[0].services[0].assured_date", "no day"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_field(
    told: dict[str, Any], place: str, problem: str
) -> None:
    directory = reading({"contents": [told]})
    said = [error.say() for error in directory.errors]
    assert len(said) == 1
    assert problem in said[0]
    assert f"taal.json, column {place}" in said[0]


def test_a_service_that_tells_no_life_domain_is_an_error_until_one_is_chosen() -> None:
    assert "tells no life domain" in reading([WELFARE], domain="").errors[0].say()
    assert reading([WELFARE], domain="work").errors == []


@pytest.mark.parametrize(
    ("service", "remark"),
    [
        ({"status": "defunct"}, "not offered now"),
        ({"service_areas": [{"id": "2", "name": "Elders"}]}, "no area of this City"),
        ({"wait_time": "lang"}, "no number of days or weeks"),
        ({"assured_date": ""}, "its day is not known"),
        ({"phones": [{"id": "3", "number": "bel ons"}]}, "no telephone number"),
    ],
)
def test_what_is_left_out_is_said(service: dict[str, object], remark: str) -> None:
    directory = reading([changed(**service)])
    assert directory.errors == []
    assert any(remark in one.say() for one in directory.remarks)


def test_a_wait_that_is_not_understood_is_not_no_wait() -> None:
    assert reading([changed(wait_time="0 maanden")]).organisations[0].services[0].offered.wait_days is None


def test_a_name_that_several_areas_have_means_the_larger_one() -> None:
    listed = reading([changed(service_areas=[{"id": "2", "name": "noord"}])]).organisations[0]
    assert listed.services[0].codes == {"WK1"}


def tables(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return target.getvalue()


def test_an_error_in_a_table_names_file_row_and_column() -> None:
    organisations = "id,name,description,email\n1,Een,x,a@b.invalid\n2,Twee,x,niemand\n"
    directory = read("sociale-kaart.zip", tables(organizations=organisations), AREAS)
    assert [one.about.name for one in directory.organisations] == ["Een"]
    assert "organizations.csv, row 3, column email" in directory.errors[0].say()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.json", b"{", "no JSON and no archive"),
        ("a.json", b"\xff\xfe", "no JSON and no archive"),
        ("a.json", b"3", "no list of organisations"),
        ("a.json", b"[1, 2]", "no list of organisations"),
        ("a.json", b"[]", "no organisation in this file"),
        ("a.json", b"[" * 100_000, "no JSON and no archive"),
        ("a.zip", b"PK\x03\x04", "no archive of tables"),
        ("a.zip", tables(services="id,name\n"), "no organizations.csv"),
        ("a.zip", tables(organizations="id,name\n"), "no organisation in this file"),
    ],
)
def test_a_file_that_is_something_else_is_refused_by_name(name: str, content: bytes, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read(name, content, AREAS)
    assert problem in refused.value.say()
    assert name in refused.value.say()


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.csv", b"0" * 21_000_000)
    with pytest.raises(InputError, match="holds more than"):
        read("bom.zip", target.getvalue(), AREAS)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*WELFARE, "organization", "status", "contents"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
def test_whatever_a_file_holds_it_is_read_or_refused_never_a_defect(told: object) -> None:
    with suppress(InputError):
        assert isinstance(reading(told), Directory)


@pytest.mark.parametrize("email", [None, "elders@voorbeeld.invalid"])
def test_a_file_never_replaces_how_a_partner_is_reached_and_says_so(cast: Cast, email: str | None) -> None:
    told = exported(cast)
    welfare = next(one for one in told["contents"] if one["name"] == "Welzijn Modelstad")
    del welfare["email"], welfare["phones"]
    welfare |= {"email": email} if email else {}
    done = take_over(read(*as_json(told), areas_now()), actor=cast.lotte, now=NOW)
    cast.welfare.refresh_from_db()
    assert cast.welfare.email == "intake@welzijn.voorbeeld.invalid"
    assert cast.welfare.phone == "0900 1234"
    (change,) = [one for one in done if one.name == "Welzijn Modelstad"]
    assert change.stays == (("email",) if email else ())


def test_two_of_one_name_in_a_file_are_told_and_a_swap_of_names_is_none(cast: Cast) -> None:
    twice = reading([WELFARE, {**WELFARE, "id": "2"}])
    assert "this name stands in the file twice" in twice.errors[0].say()
    # Known by its id under another name: a stranger that bears its old name is somebody else.
    renamed = [{**WELFARE, "id": str(cast.welfare.key), "name": "Nieuw"}]
    stranger = {**WELFARE, "id": "9", "name": cast.welfare.name, "services": []}
    found = changes(reading([*renamed, stranger]))
    assert [one.kind for one in found if not one.of] == [Kind.CHANGED, Kind.NEW]


def test_every_id_that_goes_out_is_a_uuid_and_comes_back_to_the_same(cast: Cast) -> None:
    take_over(reading([{**WELFARE, "id": "een-eigen-naam"}]), actor=cast.lotte, now=NOW)
    told = exported(cast)
    ids = [one["id"] for one in told["contents"]]
    ids += [service["id"] for one in told["contents"] for service in one.get("services", ())]
    assert [str(UUID(one)) for one in ids] == ids
    assert {one.kind for one in changes(read(*as_json(told), areas_now()))} == {Kind.SAME}


def test_a_file_is_laid_beside_the_register_with_few_questions(
    cast: Cast, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    many = [{**WELFARE, "id": str(at), "name": f"Partner {at}"} for at in range(60)]
    with django_assert_max_num_queries(6):
        assert len(changes(reading(many))) >= 60


def test_nothing_is_taken_over_while_anything_is_wrong(cast: Cast) -> None:
    directory = reading([WELFARE, {**WELFARE, "id": "2", "name": ""}])
    with pytest.raises(InputError, match="something is wrong"):
        take_over(directory, actor=cast.lotte, now=NOW)
    with pytest.raises(Refused):
        take_over(reading([WELFARE]), actor=cast.ruben, now=NOW)
    assert not Organisation.objects.filter(name="Taalhuis").exists()


def test_a_file_is_first_shown_and_then_taken_over_on_the_page(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.lotte)
    welfare = changed(service_areas=[{"id": "2", "name": "Modelstad", "extent": TOWN, "extent_type": "text"}])

    def sent(told: object) -> dict[str, object]:
        content = json.dumps(told).encode()
        return {"file": SimpleUploadedFile("taal.json", content), "domain": "education"}

    shown = browser.post(reverse("exchange_partners"), sent([welfare]))
    assert shown.status_code == 200
    assert "Taalles" in shown.content.decode()
    assert not Offer.objects.filter(name="Taalles").exists()
    wrong = browser.post(reverse("take_over_partners"), sent([{**welfare, "id": ""}]))
    assert wrong.status_code == 422
    assert browser.post(reverse("take_over_partners"), sent([welfare])).status_code == 303
    assert Offer.objects.get(name="Taalles").places.get().code == TOWN


def test_the_files_are_there_for_who_may_see_the_register(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.samira)
    told = json.loads(browser.get(reverse("hsds_json")).content)
    assert told == exported(cast)
    assert browser.get(reverse("hsds_zip")).content == to_zip(exported(cast))
    assert visit(cast.daan).get(reverse("hsds_json")).status_code == 403
