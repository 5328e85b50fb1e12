from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from shutil import rmtree
from uuid import uuid4

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.carrying import cards_now
from ongedeeld.web.areas.models import Inspection, Overrule
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import folder_of
from ongedeeld.web.cities.queries import current
from tests.web.areas.conftest import HERE, Answers
from tests.web.conftest import Hire, Visit

View = Callable[..., Answers]
MARKS = {"clean": "1", "whole": "2", "safe": "1", "remarks": "Zwerfvuil bij de ingang."}


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def score_of(person: Person, number: str, theme: str) -> float:
    opened = current(person)
    assert opened is not None
    cards = cards_now(opened)
    assert cards is not None
    rows = cards.themes.filter((pl.col("unit") == number) & (pl.col("theme") == theme))
    return float(rows["score"][0])


def test_it_shows_the_card_and_what_it_is_made_of(city: City, sannes: Client, number: str) -> None:
    page = text(sannes, f"/complexen/{number}/")
    assert 'id="made"' in page
    assert Entry.objects.filter(kind="complex", thing=number, verb="seen").exists()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.TENANTS, Role.MANAGER])
def test_who_is_not_of_the_team_or_office_sees_no_card(
    city: City, hire: Hire, visit: Visit, number: str, role: Role
) -> None:
    assert visit(hire(role, [HERE])).get(f"/complexen/{number}/").status_code == 403


def test_the_team_of_another_area_sees_no_card(city: City, sannes: Client, far: str) -> None:
    assert sannes.get(f"/complexen/{far}/").status_code == 403


def test_a_view_stands_beside_the_figure_with_its_reason_and_end(
    city: City, sannes: Client, sanne: Person, number: str, view: View
) -> None:
    before = score_of(sanne, number, "nuisance")
    assert sannes.post(f"/complexen/{number}/oordeel/", view()).status_code == 303
    page = text(sannes, f"/complexen/{number}/")
    assert "achterpaden" in page
    assert "Sanne de Wit" in page
    assert score_of(sanne, number, "nuisance") == before
    made = Entry.objects.get(verb="areas.overrule_card")
    assert made.fields == ["reason", "score", "theme", "until"]


def test_a_view_that_is_ended_stays_in_the_history(
    city: City, sannes: Client, number: str, view: View
) -> None:
    sannes.post(f"/complexen/{number}/oordeel/", view())
    one = Overrule.objects.get()
    sannes.post(f"/complexen/{number}/oordeel/{one.key}/einde/")
    one.refresh_from_db()
    assert one.ended_at is not None
    page = text(sannes, f"/complexen/{number}/")
    assert "achterpaden" in page.split("<details>")[-1] or "achterpaden" in page
    assert "/einde/" not in page


def test_a_new_view_ends_the_one_that_stood_there(
    city: City, sannes: Client, number: str, view: View
) -> None:
    sannes.post(f"/complexen/{number}/oordeel/", view())
    first = Overrule.objects.get()
    again = view(score="5", seen=str(first.key))
    assert sannes.post(f"/complexen/{number}/oordeel/", again).status_code == 303
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Overrule.objects.get(ended_at__isnull=True).score == 5


def test_who_did_not_see_the_view_of_another_is_told_and_loses_nothing(
    city: City, sannes: Client, number: str, view: View
) -> None:
    sannes.post(f"/complexen/{number}/oordeel/", view())
    page = sannes.post(f"/complexen/{number}/oordeel/", view(reason="Een ander verhaal.", score="2"))
    assert page.status_code == 200
    assert "Een ander verhaal." in page.content.decode()
    assert Overrule.objects.get().score == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2020-01-01"},
        {"until": "2999-01-01"},
        {"score": "9"},
        {"theme": "people"},
        {"reason": ""},
        {"reason": "De bewoner is psychisch ziek."},
    ],
)
def test_it_refuses_a_view_that_cannot_be(
    city: City, sannes: Client, number: str, view: View, wrong: Answers
) -> None:
    page = sannes.post(f"/complexen/{number}/oordeel/", view(**wrong))
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not Overrule.objects.exists()


def test_a_caretaker_cannot_overrule(city: City, visit: Visit, bas: Person, number: str, view: View) -> None:
    assert visit(bas).post(f"/complexen/{number}/oordeel/", view()).status_code == 403


def test_an_inspection_reaches_the_card(city: City, visit: Visit, bas: Person, number: str) -> None:
    before = score_of(bas, number, "clean_whole_safe")
    his = visit(bas)
    for _ in range(3):
        assert his.post(f"/complexen/{number}/schouw/", MARKS).status_code == 303
    assert score_of(bas, number, "clean_whole_safe") > before
    assert "Zwerfvuil bij de ingang." in text(his, f"/complexen/{number}/")


def test_an_inspection_leaves_the_other_complexes_with_theirs(
    city: City, visit: Visit, bas: Person, number: str, far: str
) -> None:
    visit(bas).post(f"/complexen/{number}/schouw/", MARKS)
    assert score_of(bas, far, "clean_whole_safe") >= 1


def test_an_entrance_can_be_inspected(city: City, visit: Visit, bas: Person, number: str) -> None:
    entrances = city.table("entrances").filter(pl.col("complex") == number)["entrance"].sort()
    visit(bas).post(f"/complexen/{number}/schouw/", MARKS | {"entrance": entrances[0]})
    assert Inspection.objects.get().entrance == entrances[0]


def test_an_inspection_elsewhere_is_refused(city: City, visit: Visit, bas: Person, far: str) -> None:
    assert visit(bas).post(f"/complexen/{far}/schouw/", MARKS).status_code == 403


def test_an_unfinished_inspection_is_kept_on_the_form(
    city: City, visit: Visit, bas: Person, number: str
) -> None:
    page = visit(bas).post(f"/complexen/{number}/schouw/", {"clean": "3", "remarks": "Deur klemt."})
    assert page.status_code == 200
    assert "Deur klemt." in page.content.decode()
    assert not Inspection.objects.exists()


def test_the_start_page_tells_what_asks_for_me(
    city: City, sannes: Client, sanne: Person, number: str, view: View
) -> None:
    sannes.post(f"/complexen/{number}/oordeel/", view())
    page = text(sannes, "/")
    asks = page.split('id="asks"')[1].split("</section>")[0]
    assert f"/complexen/{number}/" in asks
    assert "/schouw/" in asks
    assert 'id="cards"' in page
    assert Entry.objects.filter(kind="start page", actor=sanne.key).exists()


def test_an_inspection_takes_the_complex_off_the_list(
    city: City, visit: Visit, bas: Person, number: str
) -> None:
    assert f"/complexen/{number}/schouw/" in text(visit(bas), "/")
    visit(bas).post(f"/complexen/{number}/schouw/", MARKS)
    assert f"/complexen/{number}/schouw/" not in text(visit(bas), "/")


def test_a_partner_sees_no_own_figures_on_the_start_page(city: City, visit: Visit, pim: Person) -> None:
    page = text(visit(pim), "/")
    assert f"/buurten/{HERE}/" in page
    assert "/complexen/" not in page


def test_a_view_is_told_until_its_last_day(
    city: City, sannes: Client, sanne: Person, number: str, view: View
) -> None:
    today = timezone.localdate()
    sannes.post(f"/complexen/{number}/oordeel/", view())
    Overrule.objects.update(from_day=date(2026, 1, 1), until=today)
    assert "/einde/" in text(sannes, f"/complexen/{number}/")
    Overrule.objects.update(until=today - timedelta(days=1))
    assert "/einde/" not in text(sannes, f"/complexen/{number}/")


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_it_can_be_taken_along(city: City, sannes: Client, number: str, kind: str, begins: bytes) -> None:
    answer = sannes.get(f"/complexen/{number}/complexkaart.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert Entry.objects.filter(kind="complex", fields=["document"]).exists()


def test_there_are_no_other_kinds_of_document(city: City, sannes: Client, number: str) -> None:
    assert sannes.get(f"/complexen/{number}/complexkaart.exe").status_code == 404


def test_who_was_told_of_another_view_sees_it_and_can_save_then(
    city: City, sannes: Client, number: str, view: View
) -> None:
    sannes.post(f"/complexen/{number}/oordeel/", view())
    mine = view(reason="Een ander verhaal.", score="2")
    page = sannes.post(f"/complexen/{number}/oordeel/", mine).content.decode()
    assert "achterpaden" in page
    assert "Een ander verhaal." in page
    seen = re.findall(r'name="seen" value="([^"]*)"', page)[0]
    assert sannes.post(f"/complexen/{number}/oordeel/", mine | {"seen": seen}).status_code == 303
    assert Overrule.objects.get(ended_at__isnull=True).score == 2


def test_a_complex_of_which_only_the_district_is_known_has_its_pages(
    model: City, hire: Hire, visit: Visit
) -> None:
    tables = {name: model.table(name) for name in model.tables()}
    rows = tables["complexes"]
    moved = pl.col("complex") == rows["complex"][0]
    area = pl.when(moved).then(pl.lit("WK999901")).otherwise("area")
    tables["complexes"] = rows.with_columns(area=area)
    folder = uuid4().hex
    City.of(tables, model.manifest).save(folder_of(folder))
    CityVersion.objects.create(name="x", region="x", folder=folder, state=CityVersion.State.CURRENT)
    director = visit(hire(Role.DIRECTOR))
    for page in ("/", f"/complexen/{rows['complex'][0]}/"):
        assert director.get(page).status_code == 200
    rmtree(folder_of(folder))
