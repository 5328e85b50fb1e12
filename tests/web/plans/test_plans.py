"""From a figure to an agreed plan, and back to what it brought."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from docx import Document

from ongedeeld.city import City
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.plans import queries
from ongedeeld.web.plans.figures import Figure, figures_of, offered
from ongedeeld.web.plans.models import Plan, Step
from tests.web.conftest import Hire, Visit

SOON = timezone.localdate() + timedelta(days=30)
LATER = timezone.localdate() + timedelta(days=200)


@pytest.fixture
def place(city: City) -> str:
    """The first neighbourhood of the model city."""
    return str(city.table("areas").filter(level="neighbourhood")["code"][0])


@pytest.fixture
def elsewhere(city: City) -> str:
    """Another neighbourhood, in another district."""
    return str(city.table("areas").filter(level="neighbourhood")["code"][-1])


def begin(client: Client, place: str, **told: object) -> Plan:
    """A draft, made as somebody makes it in the browser."""
    words = {"title": "Rust in de Merel", "goal": "Minder overlast in de portieken.", "occasion": ""} | told
    answer = client.post(f"/plannen/nieuw/?plek={place}", words)
    assert answer.status_code == 303, answer.content.decode()
    return Plan.objects.latest("id")


def ready(client: Client, plan: Plan) -> None:
    """Give a draft the step and the sign without which it cannot be agreed."""
    page = f"/plannen/{plan.key}"
    step = {
        "step-what": "Huismeester elke dag",
        "step-owner": "wijkteam",
        "step-due": SOON,
        "step-budget": "1200,50",
    }
    assert client.post(f"{page}/acties/", step | {"step-budget": "1200.50"}).status_code == 303
    sign = {"sign-figure": "share_association", "sign-expected": "40", "sign-by_day": LATER}
    assert client.post(f"{page}/kenmerken/", sign).status_code == 303


def test_a_plan_goes_from_a_figure_to_an_agreed_plan_and_a_look_back(
    place: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place, occasion="Overlast steeg in drie van vier kwartalen.", review_on=SOON)
    ready(manager, plan)
    assert manager.post(f"/plannen/{plan.key}/vaststellen/").status_code == 303
    back = {"review-words": "Het is rustiger.", "review-onward": "close"}
    assert manager.post(f"/plannen/{plan.key}/terugblik/", back).status_code == 303
    plan.refresh_from_db()
    assert (plan.state, plan.outcome, plan.closed_on) == ("closed", "Het is rustiger.", timezone.localdate())
    page = manager.get(f"/plannen/{plan.key}/").content.decode()
    assert "Overlast steeg in drie van vier kwartalen." in page
    assert "€\N{NO-BREAK SPACE}1.20" in page


def test_the_value_at_the_start_is_kept_with_the_sign_in_the_unit_of_the_figure(
    place: str, city: City, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    ready(manager, plan)
    known = city.table("indicators").filter(area=place, indicator="share_association").sort("period")
    sign = plan.signs.get()
    assert (sign.began_at, sign.began_on) == (known["value"][-1], known["period"][-1])
    assert sign.expected == pytest.approx(0.40)


def test_it_refuses_to_agree_a_plan_by_which_nobody_could_tell_whether_it_worked(
    place: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    page = manager.post(f"/plannen/{plan.key}/vaststellen/", follow=True).content.decode()
    plan.refresh_from_db()
    assert plan.state == "draft"
    lacking = ("een actie", "een kenmerk waaraan te zien is of het werkte", "een dag om terug te kijken")
    assert ", ".join(lacking) in page
    assert re.search(r"kijken\.<br>Volgende stap: [^<]+\.</p>", page)


def test_a_partner_sees_agreed_plans_of_its_own_areas_and_no_draft(
    place: str, elsewhere: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place, elsewhere]))
    draft = begin(manager, place)
    agreed = begin(manager, place, title="Vastgesteld", review_on=SOON)
    ready(manager, agreed)
    manager.post(f"/plannen/{agreed.key}/vaststellen/")
    near, far = visit(hire(Role.PARTNER, [place])), visit(hire(Role.PARTNER, [elsewhere]))
    assert near.get(f"/plannen/{agreed.key}/").status_code == 200
    assert near.get(f"/plannen/{draft.key}/").status_code == 404
    assert far.get(f"/plannen/{agreed.key}/").status_code == 404
    assert "Vastgesteld" not in far.get("/plannen/?overal=1").content.decode()


def test_a_partner_does_not_see_a_sign_made_of_the_associations_own_figures(
    city: City, hire: Hire, visit: Visit
) -> None:
    complex_ = str(city.table("complexes")["complex"][0])
    manager = visit(hire(Role.AREA_MANAGER, [complex_]))
    plan = begin(manager, complex_, review_on=SOON)
    page = f"/plannen/{plan.key}"
    manager.post(f"{page}/acties/", {"step-what": "Langsgaan", "step-owner": "wijkteam", "step-due": SOON})
    sign = {"sign-figure": "view_home", "sign-expected": "8", "sign-by_day": LATER}
    assert manager.post(f"{page}/kenmerken/", sign).status_code == 303
    manager.post(f"{page}/vaststellen/")
    assert "voelen zich thuis" in manager.get(f"{page}/").content.decode()
    outside = visit(hire(Role.PARTNER, [complex_])).get(f"{page}/").content.decode()
    assert "voelen zich thuis" not in outside
    assert 'id="sign"' in outside


def test_nobody_writes_a_plan_outside_the_own_areas(
    place: str, elsewhere: str, hire: Hire, visit: Visit
) -> None:
    answer = visit(hire(Role.AREA_MANAGER, [place])).post(
        f"/plannen/nieuw/?plek={elsewhere}", {"title": "Ergens anders", "goal": "Iets"}
    )
    assert answer.status_code == 403
    assert not Plan.objects.exists()


def test_the_second_of_two_writers_is_told_and_keeps_what_was_typed(
    place: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    address, words = f"/plannen/{plan.key}/wijzigen/", {"goal": "Een ander doel", "version": plan.version}
    assert manager.post(address, words | {"title": "De eerste"}).status_code == 303
    second = manager.post(address, words | {"title": "De tweede"})
    plan.refresh_from_db()
    assert plan.title == "De eerste"
    assert "De tweede" in second.content.decode()
    assert "heeft dit plan gewijzigd" in second.content.decode()


def test_a_step_ends_once(place: str, hire: Hire, visit: Visit) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    ready(manager, plan)
    step = plan.steps.get()
    address = f"/plannen/{plan.key}/acties/{step.key}/"
    assert manager.post(address, {"end-state": "done"}).status_code == 303
    assert manager.post(address, {"end-state": "dropped"}).status_code == 422
    step.refresh_from_db()
    assert step.state == Step.State.DONE


@pytest.mark.parametrize("role", [Role.CARETAKER, Role.TENANTS, Role.PARTNER])
def test_who_lives_and_works_there_has_a_say(role: Role, place: str, hire: Hire, visit: Visit) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place, review_on=SOON)
    ready(manager, plan)
    manager.post(f"/plannen/{plan.key}/vaststellen/")
    say = {
        "say-of": "residents",
        "say-how": "avond, 23 mensen",
        "say-words": "Eerst de verlichting.",
        "say-day": timezone.localdate(),
    }
    somebody, page = visit(hire(role, [place])), f"/plannen/{plan.key}/inspraak/"
    assert somebody.post(page, say | {"say-words": "Zij is 111.222.333."}).status_code == 422
    assert somebody.post(page, say).status_code == 303
    assert plan.says.get().words == "Eerst de verlichting."


def test_every_change_and_every_look_stands_in_the_record_without_what_was_written(
    place: str, hire: Hire, visit: Visit
) -> None:
    person = hire(Role.AREA_MANAGER, [place])
    manager = visit(person)
    plan = begin(manager, place, title="Geheim plan")
    manager.get(f"/plannen/{plan.key}/")
    rows = Entry.objects.filter(kind="plan", thing=str(plan.key))
    assert {row.verb for row in rows} == {"plans.make_plan", "plans.see_plan"}
    assert all(row.actor == person.key for row in rows)
    assert "Geheim" not in str(list(rows.values()))


def test_the_word_document_holds_the_plan(place: str, hire: Hire, visit: Visit) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    ready(manager, plan)
    written = Document(BytesIO(manager.get(f"/plannen/{plan.key}/word/").content))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert written.paragraphs[0].text == "Rust in de Merel"
    assert "Huismeester elke dag" in cells
    assert "Voorbeeldstad: elke plek, elke persoon en elk cijfer hier is verzonnen." in [
        paragraph.text for paragraph in written.paragraphs
    ]
    assert written.core_properties.language == "nl-NL"


def test_a_plan_with_a_late_step_asks_for_attention(place: str, hire: Hire) -> None:
    person: Person = hire(Role.AREA_MANAGER, [place])
    today = timezone.localdate()
    plan = Plan.objects.create(unit=place, unit_name="Merel", title="Laat", goal="x", state="agreed")
    plan.places.create(code=place)
    plan.steps.create(what="Te laat", owner="wijkteam", due=today - timedelta(days=1))
    assert [one.title for one in queries.due_for(person, today=today)] == ["Laat"]
    with pytest.raises(Http404):
        queries.plan_for(person, "00000000-0000-0000-0000-000000000000")


def test_the_team_of_another_area_sees_no_own_figures_in_a_plan(city: City, hire: Hire, visit: Visit) -> None:
    first = city.table("complexes").sort("complex").row(0, named=True)
    manager = visit(hire(Role.AREA_MANAGER, [first["area"]]))
    plan = begin(manager, first["complex"])
    figures = figures_of(opened_of(manager), first["complex"]).values()
    figure = next(one for one in figures if not one.is_few)
    sign = {"sign-figure": figure.name, "sign-expected": "1", "sign-by_day": LATER}
    assert manager.post(f"/plannen/{plan.key}/kenmerken/", sign).status_code == 303
    label = figure.label(Speech("nl"))
    assert label in manager.get(f"/plannen/{plan.key}/").content.decode()
    elsewhere = visit(hire(Role.CARETAKER, ["BU99990102"]))
    assert label not in elsewhere.get(f"/plannen/{plan.key}/").content.decode()
    table = Document(BytesIO(elsewhere.get(f"/plannen/{plan.key}/word/").content)).tables[-1]
    assert len(table.rows) == 1


def opened_of(client: Client) -> Opened | None:
    return current(Person.objects.get(pk=client.session["_auth_user_id"]))


def test_a_director_closes_a_plan(place: str, hire: Hire, visit: Visit) -> None:
    plan = begin(visit(hire(Role.AREA_MANAGER, [place])), place)
    Plan.objects.update(state=Plan.State.AGREED, agreed_on=SOON)
    director = visit(hire(Role.DIRECTOR))
    assert f"/plannen/{plan.key}/terugblik/" in director.get(f"/plannen/{plan.key}/").content.decode()
    on = {"review-words": "Verder.", "review-onward": "go_on", "review-next_on": LATER}
    assert director.post(f"/plannen/{plan.key}/terugblik/", on).status_code == 403
    close = {"review-words": "Het is klaar.", "review-onward": "close"}
    assert director.post(f"/plannen/{plan.key}/terugblik/", close).status_code == 303
    assert Plan.objects.get().state == Plan.State.CLOSED


def test_a_plan_is_agreed_once(place: str, hire: Hire, visit: Visit) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place, review_on=SOON)
    ready(manager, plan)
    earlier = timezone.localdate() - timedelta(days=90)
    Plan.objects.update(state=Plan.State.AGREED, agreed_on=earlier)
    manager.post(f"/plannen/{plan.key}/vaststellen/")
    assert Plan.objects.get().agreed_on == earlier


def test_who_was_second_sees_what_the_first_wrote_and_can_save_then(
    place: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    page, mine = f"/plannen/{plan.key}/wijzigen/", {"title": "Van mij", "goal": "Rust.", "version": "1"}
    assert manager.post(page, mine | {"goal": "Ruimte."}).status_code == 303
    told = manager.post(page, mine).content.decode()
    assert "Ruimte." in told
    assert 'value="Van mij"' in told
    assert re.search(r'name="version" value="2"', told)
    assert manager.post(page, mine | {"version": "2"}).status_code == 303


@pytest.mark.parametrize("expected", ["1e308", "-1e308", "nan", "inf"])
def test_a_sign_is_expected_at_a_figure_that_can_be(
    expected: str, place: str, hire: Hire, visit: Visit
) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place)
    sign = {"sign-figure": "income_per_resident", "sign-expected": expected, "sign-by_day": LATER}
    assert manager.post(f"/plannen/{plan.key}/kenmerken/", sign).status_code == 422
    assert manager.get(f"/plannen/{plan.key}/").status_code == 200


def test_odd_signs_in_words_leave_a_document_that_opens(place: str, hire: Hire, visit: Visit) -> None:
    manager = visit(hire(Role.AREA_MANAGER, [place]))
    plan = begin(manager, place, title="Rust\x0b \N{SLIGHTLY SMILING FACE}", goal="Stil\x1f\ufffe.")
    written = manager.get(f"/plannen/{plan.key}/word/")
    assert Document(BytesIO(written.content)).paragraphs[0].text == "Rust \N{SLIGHTLY SMILING FACE}"


def test_a_count_of_few_homes_stays_untold_and_is_no_sign_to_begin_with() -> None:
    few = Figure("arrears", "share", 0.02, SOON, is_few=True)
    rate = Figure("nuisance_cases", "per_100", 4.76, SOON)
    assert few.text(Speech("nl")) == "minder dan 5"
    assert list(offered({one.name: one for one in (few, rate)}, Speech("nl"))) == [
        ("nuisance_cases", "lopende overlastzaken per woning: 4,8 per 100")
    ]
