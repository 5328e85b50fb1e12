from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from docx import Document

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas import portraits
from ongedeeld.web.areas.models import Followed, Note, ResidentsGrade, ResidentsWords
from ongedeeld.web.areas.work import warm_version
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current
from ongedeeld.web.plans.models import Plan
from tests.web.areas.conftest import ELSEWHERE, HERE
from tests.web.conftest import Hire, Visit

PAGE = f"/buurten/{HERE}/"


def text(client: Client, address: str = PAGE) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_the_team_sees_the_complexes_with_their_cards(city: City, sannes: Client, number: str) -> None:
    page = text(sannes)
    assert f"/complexen/{number}/" in page
    assert 'aria-labelledby="bearing"' in page
    assert "Voorbeeldstad" in page


@pytest.mark.parametrize("role", [Role.PARTNER, Role.TENANTS, Role.MANAGER])
def test_who_is_not_of_the_team_or_office_sees_the_public_portrait(
    city: City, hire: Hire, visit: Visit, role: Role
) -> None:
    page = text(visit(hire(role, [HERE])))
    assert 'aria-labelledby="livability"' in page
    for own in ("/complexen/", 'aria-labelledby="bearing"', 'aria-labelledby="own"', 'id="notes"'):
        assert own not in page


def test_the_team_of_another_area_sees_the_public_portrait(city: City, sannes: Client) -> None:
    assert "/complexen/" not in text(sannes, f"/buurten/{ELSEWHERE}/")


def test_reading_own_figures_is_written_down(city: City, sannes: Client, sanne: Person) -> None:
    text(sannes)
    entry = Entry.objects.get(kind="neighbourhood")
    assert (entry.actor, entry.verb, entry.thing) == (sanne.key, "seen", HERE)


def test_reading_the_public_portrait_is_not(city: City, visit: Visit, pim: Person) -> None:
    text(visit(pim))
    assert not Entry.objects.filter(kind="neighbourhood").exists()


def test_the_place_line_leads_from_city_to_neighbourhood(city: City, sannes: Client) -> None:
    line = text(sannes).split('<nav class="place"')[1].split("</nav>")[0]
    names = dict(city.table("areas").select("code", "name").iter_rows())
    assert line.index("Voorbeeldstad") < line.index(names[HERE])


def test_a_note_tells_who_wrote_it_and_can_be_taken_back(
    city: City, sannes: Client, bas: Person, visit: Visit
) -> None:
    sannes.post(PAGE, {"text": "Het pleintje is sinds de zomer een plek voor iedereen."})
    note = Note.objects.get()
    page = text(visit(bas))
    assert "een plek voor iedereen" in page
    assert "Sanne de Wit" in page
    assert f"/notities/{note.key}/intrekken/" not in page
    assert visit(bas).post(f"/notities/{note.key}/intrekken/").status_code == 403
    assert sannes.post(f"/notities/{note.key}/intrekken/").status_code == 303
    note.refresh_from_db()
    assert (note.text, note.taken_back_at is None) == ("", False)
    assert "een plek voor iedereen" not in text(sannes)


def test_a_note_about_a_person_is_refused_and_what_was_typed_is_kept(city: City, sannes: Client) -> None:
    page = sannes.post(PAGE, {"text": "Meneer Jansen is verslaafd."})
    assert page.status_code == 200
    assert "Meneer Jansen is verslaafd." in page.content.decode()
    assert not Note.objects.exists()


def test_a_partner_cannot_write_a_note(city: City, visit: Visit, pim: Person) -> None:
    assert visit(pim).post(PAGE, {"text": "Iets over de buurt."}).status_code == 403


def words(**others: Any) -> dict[str, Any]:
    told = {"words-words": "Je kent elkaar hier.", "words-agreed": "on", "words-day": "2026-01-05"}
    return {"what": "words", "words-asked": "walk"} | told | others


def test_words_of_residents_are_shown_with_their_agreement(
    city: City, sannes: Client, visit: Visit, pim: Person
) -> None:
    assert sannes.post(f"/bewoners/{HERE}/", words()).status_code == 303
    page = text(visit(pim))
    assert "Je kent elkaar hier." in page
    assert "5 januari 2026" in page


def test_words_without_agreement_are_not_kept(city: City, sannes: Client) -> None:
    given = words()
    del given["words-agreed"]
    sannes.post(f"/bewoners/{HERE}/", given)
    said = ResidentsWords.objects.get()
    assert (said.words, said.agreed) == ("", False)
    assert "Je kent elkaar hier." not in text(sannes)


def test_words_that_are_taken_back_are_gone(city: City, sannes: Client) -> None:
    sannes.post(f"/bewoners/{HERE}/", words())
    said = ResidentsWords.objects.get()
    assert sannes.post(f"/bewonerswoorden/{said.key}/intrekken/").status_code == 303
    said.refresh_from_db()
    assert said.words == ""
    assert "Je kent elkaar hier." not in text(sannes)


def test_a_grade_of_few_answers_is_kept_and_not_shown(city: City, sannes: Client) -> None:
    for answers, grade in (("3", "3,9"), ("84", "7,4")):
        given = {"grade-grade": grade, "grade-answers": answers, "grade-day": "2026-01-05"}
        sannes.post(f"/bewoners/{HERE}/", {"what": "grade", "grade-asked": "survey"} | given)
    assert ResidentsGrade.objects.count() == 2
    page = text(sannes)
    assert "7,4" in page.split('id="residents"')[1].split("</section>")[0]
    assert "3,9" not in page.split('id="residents"')[1].split("</section>")[0]


def test_following_a_neighbourhood_puts_it_on_the_start_page(city: City, visit: Visit, pim: Person) -> None:
    his = visit(pim)
    his.post(f"/volgen/{ELSEWHERE}/", {"follow": "yes"})
    assert f"/buurten/{ELSEWHERE}/" in text(his, "/").split('id="followed"')[1]
    his.post(f"/volgen/{ELSEWHERE}/", {"follow": "no"})
    assert f"/buurten/{ELSEWHERE}/" not in text(his, "/").split('id="followed"')[1]


def test_an_unknown_neighbourhood_is_not_there(city: City, sannes: Client) -> None:
    assert sannes.get("/buurten/BU00000000/").status_code == 404


def test_a_portrait_is_drawn_once_for_each_version_language_and_audience(
    city: City, sanne: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = current(sanne)
    assert opened is not None
    caches["pages"].clear()
    first = portraits.drawn(opened, HERE, "nl", "public")
    monkeypatch.setattr(portraits, "gather", lambda *_: pytest.fail("it was drawn before"))
    assert portraits.drawn(opened, HERE, "nl", "public") == first


def test_warming_draws_all_portraits_and_tells_how_far_it_is(
    city: City, sanne: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, str, str]] = []
    monkeypatch.setattr(portraits, "drawn", lambda _, *which: drawn.append(which))
    told: list[tuple[int, int]] = []

    class Run:
        def tell(self, done: int, whole: int, *_: object) -> None:
            told.append((done, whole))

    opened = current(sanne)
    assert opened is not None
    codes = opened.ground.codes
    assert warm_version(Run(), version=opened.version) == {"portraits": 4 * len(codes)}
    assert {code for code, _, _ in drawn} == set(codes)
    assert told[-1] == (4 * len(codes), 4 * len(codes))


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_it_can_be_taken_along(city: City, visit: Visit, pim: Person, kind: str, begins: bytes) -> None:
    answer = visit(pim).get(f"{PAGE}buurtprofiel.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_the_pdf_can_be_read_aloud(city: City, visit: Visit, pim: Person, tmp_path: Path) -> None:
    written = visit(pim).get(f"{PAGE}buurtprofiel.pdf").content
    assert b"/MarkInfo" in written or b"pdfuaid" in written


def test_the_word_file_has_headings_and_pictures_that_are_described(
    city: City, visit: Visit, pim: Person
) -> None:
    document = Document(BytesIO(visit(pim).get(f"{PAGE}buurtprofiel.docx").content))
    names = dict(city.table("areas").select("code", "name").iter_rows())
    styles = [one.style.name for one in document.paragraphs if one.style]
    assert document.paragraphs[0].text == names[HERE]
    assert styles.count("Heading 1") > 3
    assert document.inline_shapes
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)


def test_who_is_removed_follows_nothing_any_more(city: City, visit: Visit, pim: Person) -> None:
    visit(pim).post(f"/volgen/{HERE}/", {"follow": "yes"})
    pim.delete()
    assert not Followed.objects.exists()


def test_the_plans_for_a_place_stand_on_its_page_as_far_as_one_may_see_them(
    city: City, sannes: Client, visit: Visit, pim: Person, number: str
) -> None:
    sannes.post(f"/plannen/nieuw/?plek={number}", {"title": "Samen in de tuin", "goal": "Elkaar kennen."})
    for page in (f"/buurten/{HERE}/", f"/complexen/{number}/"):
        assert "Samen in de tuin" in text(sannes, page)
    theirs = visit(pim)
    assert "Samen in de tuin" not in text(theirs, f"/buurten/{HERE}/")
    Plan.objects.update(state=Plan.State.AGREED)
    assert "Samen in de tuin" in text(theirs, f"/buurten/{HERE}/")


def test_a_plan_from_a_card_starts_with_what_the_card_says(city: City, sannes: Client, number: str) -> None:
    found = re.search(r'href="(/plannen/nieuw/[^"]+aanleiding=[^"]+)"', text(sannes, f"/complexen/{number}/"))
    assert found is not None
    assert "<textarea" in text(sannes, unescape(found.group(1)))


@pytest.mark.parametrize(
    "words", ["Fijn \N{SLIGHTLY SMILING FACE}", "\N{CJK UNIFIED IDEOGRAPH-6C49}", "a\x0bb"]
)
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_words_with_odd_signs_can_be_taken_along(words: str, kind: str, city: City, sannes: Client) -> None:
    today = timezone.localdate()
    ResidentsWords.objects.create(unit=HERE, day=today, asked="visit", words=words, agreed=True)
    assert sannes.get(f"/buurten/{HERE}/buurtprofiel.{kind}").status_code == 200
