"""What somebody with bad intent, or bad luck, tries on the pages of places, plans and people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Note, Overrule, ResidentsWords
from ongedeeld.web.plans.models import Plan
from tests.web.conftest import Hire, Visit

HERE, ELSEWHERE = "BU99990101", "BU99990102"
ROOMS = ("/", "/kaart/", "/plannen/", "/plannen/nieuw/", "/mensen/", "/mensen/uitnodigen/", "/account/")
WATCHED = ("/toezicht/", "/toezicht/werk/", "/toezicht/versies/", "/regels/", "/onderbouwing/", "/adressen/")
HARM = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
TODAY = timezone.localdate()
SAID = {"what": "words", "words-agreed": "on", "words-day": TODAY.isoformat(), "words-asked": "visit"}

pytestmark = pytest.mark.django_db


def complex_in(city: City, area: str) -> str:
    rows = city.table("complexes").filter(area=area)
    return str(rows["complex"].sort()[0])


def view(reason: str) -> dict[str, str]:
    until = (TODAY + timedelta(days=20)).isoformat()
    return {"theme": "nuisance", "score": "4", "reason": reason, "until": until, "seen": ""}


@pytest.fixture
def number(city: City) -> str:
    return complex_in(city, HERE)


@pytest.fixture
def far(city: City) -> str:
    return complex_in(city, ELSEWHERE)


@pytest.fixture
def lead(hire: Hire) -> Person:
    return hire(Role.AREA_MANAGER, [HERE])


@pytest.fixture
def leads(visit: Visit, lead: Person) -> Client:
    return visit(lead)


@pytest.mark.parametrize("role", Role)
def test_before_there_is_a_city_every_room_opens_or_tells_why_not(
    role: Role, hire: Hire, visit: Visit
) -> None:
    client = visit(hire(role))
    assert {client.get(page).status_code for page in (*ROOMS, *WATCHED, "/gegevens/")} <= {200, 403}


def test_a_role_in_an_area_that_is_gone_reaches_nothing_and_breaks_nothing(
    city: City, hire: Hire, visit: Visit
) -> None:
    client = visit(hire(Role.AREA_MANAGER, ["BU00000000"]))
    assert {client.get(page).status_code for page in ROOMS if page != "/mensen/uitnodigen/"} == {200}
    assert client.get(f"/complexen/{complex_in(city, HERE)}/").status_code == 403


def test_a_role_reaches_from_its_first_day_until_its_last(leads: Client, lead: Person, number: str) -> None:
    def reached(**days: object) -> int:
        lead.roles_held.update(**days)
        return leads.get(f"/complexen/{number}/").status_code

    assert reached(until_day=TODAY) == 200
    assert reached(until_day=TODAY - timedelta(days=1)) == 403
    assert reached(until_day=None, from_day=TODAY + timedelta(days=1)) == 403


def test_the_key_of_a_thing_elsewhere_opens_nothing(
    hire: Hire, visit: Visit, leads: Client, number: str, far: str
) -> None:
    theirs = visit(hire(Role.AREA_MANAGER, [ELSEWHERE]))
    theirs.post(f"/complexen/{far}/oordeel/", view("Iets over de galerij."))
    theirs.post(f"/buurten/{ELSEWHERE}/", {"text": "Iets over het plein."})
    theirs.post(f"/bewoners/{far}/", SAID | {"words-words": "Iets over de tuin."})
    one, note, said = Overrule.objects.get(), Note.objects.get(), ResidentsWords.objects.get()
    assert leads.post(f"/complexen/{far}/oordeel/{one.key}/einde/").status_code == 403
    assert leads.post(f"/complexen/{number}/oordeel/{one.key}/einde/").status_code == 404
    assert leads.post(f"/notities/{note.key}/intrekken/").status_code == 403
    assert leads.post(f"/bewonerswoorden/{said.key}/intrekken/").status_code == 403
    assert leads.post(f"/volgen/{far}/", {"follow": "yes"}).status_code == 403
    for part in ("", "oordeel/", "schouw/", "complexkaart.pdf", "complexkaart.docx"):
        assert leads.get(f"/complexen/{far}/{part}").status_code == 403
    for page in ("/", f"/buurten/{ELSEWHERE}/", "/plannen/?overal=1"):
        assert "Iets over" not in leads.get(page).content.decode()


def test_what_somebody_types_is_never_a_part_of_the_page(
    leads: Client, hire: Hire, visit: Visit, number: str
) -> None:
    leads.post(f"/complexen/{number}/oordeel/", view(HARM))
    leads.post(f"/buurten/{HERE}/", {"text": HARM})
    leads.post(f"/bewoners/{HERE}/", SAID | {"words-words": HARM})
    leads.post(f"/plannen/nieuw/?plek={HERE}", {"title": HARM, "goal": HARM, "occasion": HARM})
    plan = f"/plannen/{Plan.objects.get().key}/"
    leads.post(f"{plan}acties/", {"step-what": HARM, "step-owner": HARM, "step-due": TODAY})
    say = {"say-of": "residents", "say-how": HARM, "say-words": HARM, "say-day": TODAY}
    leads.post(f"{plan}inspraak/", say)
    leads.post("/account/", {"name": HARM, "language": "nl"})
    manager = visit(hire(Role.MANAGER))
    begin = f"/plannen/nieuw/?plek={HERE}&aanleiding={HARM}"
    own = (f"/complexen/{number}/", f"/complexen/{number}/oordeel/", f"/buurten/{HERE}/", plan, "/plannen/")
    pages = [leads.get(page) for page in (*own, begin, "/", "/account/")]
    pages += [manager.get(page) for page in ("/mensen/", f"/mensen/?zoek={HARM}")]
    for page in pages:
        assert page.status_code == 200
        assert "alert(1)" in page.content.decode() or page.request["PATH_INFO"] == "/"
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()


def test_no_page_of_somebody_stays_behind_in_a_browser_or_proxy(leads: Client, number: str) -> None:
    card = f"/complexen/{number}/"
    for page in (
        "/",
        card,
        f"{card}complexkaart.pdf",
        f"{card}complexkaart.docx",
        "/account/",
        "/er-is-niets/",
    ):
        assert "no-store" in leads.get(page).headers["Cache-Control"]


def test_documents_can_be_asked_so_often_and_not_more(leads: Client, number: str) -> None:
    asked = [leads.get(f"/complexen/{number}/complexkaart.onbekend").status_code for _ in range(31)]
    assert (asked[0], asked[-1]) == (404, 429)
