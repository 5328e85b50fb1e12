"""An address is found however it is typed, by who may find it, and quickly among many."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities import actions
from ongedeeld.web.cities.address_file import read_addresses
from ongedeeld.web.cities.address_keys import key_of, wanted
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.cities.model_addresses import model_addresses
from ongedeeld.web.cities.models import Address, AddressBook, CityVersion
from tests.web.cities.conftest import brought, complexes, sent
from tests.web.conftest import Hire, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(city: City) -> list[tuple[str, str]]:
    """Two complexes in two districts: their number and neighbourhood."""
    table = city.table("complexes").sort("area")
    rows = table.select("complex", "area").rows()
    return [rows[0], rows[-1]]


@pytest.fixture
def known(city: City, manager: Person, homes: list[tuple[str, str]]) -> CityVersion:
    """A version in use with addresses in both complexes."""
    (own, _), (other, _) = homes
    table = (
        "Straat;Huisnummer;Toevoeging;Postcode;Gemeente;Complex;Portiek\n"
        f"Lange Nieuwstraat;12;A;3512 PH;Voorbeeldstad;{own};P-1\n"
        f"Lange Nieuwstraat;12;bis;3512 PH;Voorbeeldstad;{own};P-1\n"
        f"Lange Nieuwstraat;120;;3512ph;Voorbeeldstad;{own};\n"
        f"Plein 1944;7;;3511 AX;Voorbeeldstad;{other};\n"
        f"Markt;1;10;3511 BX;Voorbeeldstad;{own};\n"
        f"Markt;1;2;3511 BX;Voorbeeldstad;{own};\n"
        f"'s-Gravenhaagsche Éénweg;3;;3511 AX;Voorbeeldstad;{other};\n"
    )
    version = brought(manager, sent("adressen.csv", table))
    assert version.report["addresses"] == 7
    actions.accept(version, actor=manager)
    return version


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lange nieuwstraat 12a", ["Lange Nieuwstraat 12A"]),
        ("LangeNieuwstraat12 A", ["Lange Nieuwstraat 12A"]),
        ("langenieuw 12", ["Lange Nieuwstraat 12A", "Lange Nieuwstraat 12bis"]),
        ("Lange Nieuwstraat 12-bis, Voorbeeldstad", ["Lange Nieuwstraat 12bis"]),
        ("3512ph 120", ["Lange Nieuwstraat 120"]),
        ("3512 PH 12 bis", ["Lange Nieuwstraat 12bis"]),
        ("3511AX", ["Plein 1944 7", "'s-Gravenhaagsche Éénweg 3"]),
        ("plein 1944", ["Plein 1944 7"]),
        ("markt 1", ["Markt 1-2", "Markt 1-10"]),
        ("plein 1944 7", ["Plein 1944 7"]),
        ("s gravenhaagsche eenweg", ["'s-Gravenhaagsche Éénweg 3"]),
        ("Dorpsstraat 1", []),
        ("1", []),
        ("", []),
        ("%_'; drop table", []),
    ],
)
def test_an_address_is_found_however_it_is_typed(
    known: CityVersion, manager: Person, text: str, found: list[str]
) -> None:
    assert [str(one) for one in addresses_for(manager, text)] == found


def test_somebody_finds_addresses_in_their_own_areas_only(
    known: CityVersion, city: City, hire: Hire, homes: list[tuple[str, str]]
) -> None:
    (own, area), _ = homes
    district = city.table("areas").filter(code=area)["parent"][0]
    for code in (own, area, district):
        caretaker = hire(Role.CARETAKER, [code])
        assert {one.complex for one in addresses_for(caretaker, "lange nieuwstraat")} == {own}
        assert addresses_for(caretaker, "3511 AX") == []
    with pytest.raises(Refused):
        addresses_for(hire(Role.PARTNER, [area]), "lange nieuwstraat")


def test_a_version_without_addresses_of_its_own_has_those_of_the_one_before(
    known: CityVersion, city: City, manager: Person
) -> None:
    version = brought(manager, sent("complexes.csv", complexes(city, renamed="De Nieuwe Hof")))
    actions.accept(version, actor=manager, despite_errors=True)
    assert len(addresses_for(manager, "lange nieuwstraat")) == 3
    assert AddressBook.objects.count() == 1


def test_nobody_finds_addresses_that_were_not_accepted(city: City, manager: Person) -> None:
    version = brought(manager, sent("adressen.csv", "straat;huisnummer\nKerkstraat;1\n"))
    assert version.state == CityVersion.State.CHECKED
    assert addresses_for(manager, "kerkstraat") == []
    actions.accept(version, actor=manager)
    assert len(addresses_for(manager, "kerkstraat")) == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Kerkstraat;12b;;", "row 3, column huisnummer, value '12b'"),
        ("Kerkstraat;0;;", "row 3, column huisnummer, value '0'"),
        (";12;;", "row 3, column straat"),
        ("Kerkstraat;12;;3512", "row 3, column postcode, value '3512'"),
        ("Kerkstraat;12;<script>;", "row 3, column toevoeging"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, city: City, row: str, problem: str
) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text(f"straat;huisnummer;toevoeging;postcode\nDorpsstraat;1.0;;3511 AX\n{row}\n")
    with pytest.raises(InputError) as caught:
        read_addresses(path, city)
    assert problem in str(caught.value)


def test_a_column_about_people_is_refused(tmp_path: Path, city: City) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text("straat;huisnummer;achternaam\nDorpsstraat;1;Jansen\n")
    with pytest.raises(InputError, match="lead to a person"):
        read_addresses(path, city)


def test_the_same_address_twice_and_a_strange_complex_are_remarked(tmp_path: Path, city: City) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text("straat;huisnummer;complex\nDorpsstraat;1;X\ndorpsstraat;1;X\n")
    read = read_addresses(path, city)
    assert len(read.frame) == 1
    assert [remark.fields["count"] for remark in read.remarks] == [2, 1]


def test_a_search_is_answered_by_an_index(known: CityVersion, manager: Person) -> None:
    street = (
        Address(book=known.addresses, street=f"Straat {n}", number=n, street_key=f"straat{n}")
        for n in range(3000)
    )
    Address.objects.bulk_create(street)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cities_address")
    for text in ("lange nieuwstraat 12", "3512 PH 12"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            addresses_for(manager, text)
        search = next(one["sql"] for one in asked if "street_key" in one["sql"])
        assert len(asked) <= 4
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        with connection.cursor() as cursor:
            cursor.execute((explain + search).replace("%", "%%"))
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "address_by_" in plan, plan


def test_the_page_finds_and_the_record_tells_that_somebody_looked(
    known: CityVersion, manager: Person, visit: Visit, homes: list[tuple[str, str]]
) -> None:
    page = visit(manager).get("/adressen/?zoek=3512ph 12").content.decode()
    assert "Lange Nieuwstraat 12bis" in page
    assert f"/complexen/{homes[0][0]}/" in page
    entry = Entry.objects.filter(kind="addresses", verb="seen").get()
    assert "3512" not in entry.thing


def test_the_model_city_has_invented_addresses_that_are_read_without_a_remark(
    tmp_path: Path, city: City
) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text(model_addresses(city), encoding="utf-8")
    read = read_addresses(path, city)
    assert len(read.frame) == len(city.table("dwellings").filter(tenure="association"))
    assert read.remarks == ()
    assert set(read.frame["dwelling"]) <= set(city.table("dwellings")["dwelling"])


def test_what_is_typed_is_read_in_every_way_it_can_mean() -> None:
    assert key_of("Kérk straat") == "kerkstraat"
    assert [(one.street, one.number, one.addition) for one in wanted("1e Dwarsstraat 12 II").splits] == [
        ("", 1, "edwarsstraat12ii"),
        ("1edwarsstraat", 12, "ii"),
        ("1edwarsstraat12ii", None, ""),
    ]
