"""Change or take back what stands in a plan, throw a draft away, and send a form twice."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.plans.models import Plan, Sign, Step
from tests.web.conftest import Hire, Visit

HERE, ELSEWHERE = "BU99990101", "BU99990102"
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)
STEP = {"step-what": "Langsgaan", "step-owner": "wijkteam", "step-due": SOON}
SAY = {"say-of": "residents", "say-how": "avond", "say-words": "Eerst licht.", "say-day": TODAY}
WORDS = {"title": "Rust", "goal": "Minder overlast.", "occasion": "Overlast: 5,0."}


@pytest.fixture
def manager(city: City, hire: Hire, visit: Visit) -> Client:
    """Who writes plans here."""
    return visit(hire(Role.AREA_MANAGER, [HERE]))


@pytest.fixture
def plan(manager: Client) -> Plan:
    """A draft of the manager with a step, a sign and a say."""
    assert manager.post(f"/plannen/nieuw/?plek={HERE}", WORDS | {"review_on": SOON}).status_code == 303
    made = Plan.objects.get()
    sign = {"sign-figure": "share_association", "sign-expected": "40", "sign-by_day": SOON}
    for part, words in (("acties", STEP), ("kenmerken", sign), ("inspraak", SAY)):
        assert manager.post(f"/plannen/{made.key}/{part}/", words).status_code == 303
    return made


def agreed(manager: Client, plan: Plan) -> None:
    manager.post(f"/plannen/{plan.key}/vaststellen/")
    assert Plan.objects.get().state == Plan.State.AGREED


def verbs(plan: Plan) -> set[str]:
    return set(Entry.objects.filter(kind="plan", thing=str(plan.key)).values_list("verb", flat=True))


def word_text(client: Client, plan: Plan) -> str:
    document = Document(BytesIO(client.get(f"/plannen/{plan.key}/word/").content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.TENANTS])
def test_outsiders_read_what_is_the_matter_only_when_its_writer_lets_them(
    role: Role, manager: Client, plan: Plan, hire: Hire, visit: Visit
) -> None:
    agreed(manager, plan)
    outside, page = visit(hire(role, [HERE])), f"/plannen/{plan.key}/"
    assert WORDS["occasion"] in manager.get(page).content.decode()
    assert WORDS["occasion"] in word_text(manager, plan)
    assert WORDS["occasion"] not in outside.get(page).content.decode() + word_text(outside, plan)
    version = Plan.objects.get().version
    opened = WORDS | {"review_on": SOON, "version": version, "occasion_is_open": "on"}
    assert manager.post(f"{page}wijzigen/", opened).status_code == 303
    assert WORDS["occasion"] in outside.get(page).content.decode()
    assert WORDS["occasion"] in word_text(outside, plan)


def test_a_step_is_changed_and_taken_back_and_the_record_keeps_both(manager: Client, plan: Plan) -> None:
    step = plan.steps.get()
    page = f"/plannen/{plan.key}/acties/{step.key}"
    assert 'value="Langsgaan"' in manager.get(f"{page}/wijzigen/").content.decode()
    anew = {"what": "Bellen", "owner": "huismeester", "due": SOON, "budget": "12.50", "version": 1}
    assert manager.post(f"{page}/wijzigen/", anew).status_code == 303
    step.refresh_from_db()
    assert (step.what, step.owner, step.budget_cents) == ("Bellen", "huismeester", 1250)
    changed = Entry.objects.get(verb="plans.change_step")
    assert set(changed.fields) == {"what", "owner", "budget_cents"}
    assert manager.post(f"{page}/weghalen/").status_code == 303
    assert not plan.steps.exists()
    assert {"plans.add_step", "plans.change_step", "plans.remove_step"} <= verbs(plan)
    assert manager.get(f"{page}/wijzigen/").status_code == 404


def test_a_sign_is_changed_in_the_unit_that_people_see(manager: Client, plan: Plan) -> None:
    sign = plan.signs.get()
    page = f"/plannen/{plan.key}/kenmerken/{sign.key}/wijzigen/"
    assert re.search(r'name="expected" value="40(,0|\.0)?"', manager.get(page).content.decode())
    assert manager.post(page, {"expected": "35", "by_day": SOON, "version": 1}).status_code == 303
    now = Sign.objects.get()
    assert now.expected == pytest.approx(0.35)
    assert (now.began_at, now.began_on) == (sign.began_at, sign.began_on)


def test_a_say_is_changed_by_who_wrote_it_and_by_the_area_manager_alone(
    manager: Client, plan: Plan, hire: Hire, visit: Visit
) -> None:
    writer, colleague = (visit(hire(Role.CARETAKER, [HERE])) for _ in range(2))
    own = SAY | {"say-words": "Van de huismeester."}
    assert writer.post(f"/plannen/{plan.key}/inspraak/", own).status_code == 303
    say = plan.says.get(words="Van de huismeester.")
    page, anew = f"/plannen/{plan.key}/inspraak/{say.key}", {"of": "staff", "how": "gesprek", "day": TODAY}
    assert colleague.post(f"{page}/wijzigen/", anew | {"words": "x", "version": 1}).status_code == 403
    assert colleague.post(f"{page}/weghalen/").status_code == 403
    assert page not in colleague.get(f"/plannen/{plan.key}/").content.decode()
    assert f"{page}/wijzigen/" in writer.get(f"/plannen/{plan.key}/").content.decode()
    assert writer.post(f"{page}/wijzigen/", anew | {"words": "Anders.", "version": 1}).status_code == 303
    say.refresh_from_db()
    assert (say.of, say.words) == ("staff", "Anders.")
    assert manager.post(f"{page}/weghalen/").status_code == 303
    assert not plan.says.filter(key=say.key).exists()


def test_the_second_who_changes_a_step_sees_what_the_first_wrote(manager: Client, plan: Plan) -> None:
    step = plan.steps.get()
    page = f"/plannen/{plan.key}/acties/{step.key}/wijzigen/"
    words = {"owner": "wijkteam", "due": SOON, "version": 1}
    assert manager.post(page, words | {"what": "De eerste"}).status_code == 303
    second = manager.post(page, words | {"what": "De tweede"})
    told = second.content.decode()
    assert second.status_code == 422
    assert "De eerste" in told
    assert 'value="De tweede"' in told
    assert manager.post(page, words | {"what": "De tweede", "version": 2}).status_code == 303
    assert plan.steps.get().what == "De tweede"


def test_the_second_who_changes_a_say_reads_all_that_the_first_wrote(manager: Client, plan: Plan) -> None:
    assert manager.post(f"/plannen/{plan.key}/inspraak/", SAY | {"say-words": "Zo."}).status_code == 303
    page = f"/plannen/{plan.key}/inspraak/{plan.says.get(words='Zo.').key}/wijzigen/"
    anew = {"of": "staff", "how": "gesprek", "day": TODAY, "version": 1}
    assert manager.post(page, anew | {"words": "De eerste"}).status_code == 303
    second = manager.post(page, anew | {"words": "De tweede"})
    told = second.content.decode()
    assert (second.status_code, "De eerste" in told, "De tweede" in told) == (422, True, True)


def test_an_agreed_plan_keeps_its_last_step_and_a_closed_one_stays_as_it_is(
    manager: Client, plan: Plan
) -> None:
    agreed(manager, plan)
    step, say = plan.steps.get(), plan.says.get()
    manager.post(f"/plannen/{plan.key}/acties/{step.key}/weghalen/")
    assert plan.steps.exists()
    manager.post(f"/plannen/{plan.key}/terugblik/", {"review-words": "Klaar.", "review-onward": "close"})
    manager.post(f"/plannen/{plan.key}/inspraak/{say.key}/weghalen/")
    anew = {"what": "Anders", "owner": "wijkteam", "due": SOON, "version": 1}
    assert manager.post(f"/plannen/{plan.key}/acties/{step.key}/wijzigen/", anew).status_code == 422
    assert manager.post(f"/plannen/{plan.key}/inspraak/", SAY).status_code == 422
    assert plan.says.count() == 1
    assert plan.steps.get().what == "Langsgaan"


def test_a_step_is_not_made_for_a_day_that_is_over(manager: Client, plan: Plan) -> None:
    late = STEP | {"step-due": TODAY - timedelta(days=1)}
    assert manager.post(f"/plannen/{plan.key}/acties/", late).status_code == 422
    assert plan.steps.count() == 1


def test_a_late_step_can_be_corrected_without_another_day(manager: Client, plan: Plan) -> None:
    yesterday = TODAY - timedelta(days=1)
    Step.objects.update(due=yesterday)
    page = f"/plannen/{plan.key}/acties/{plan.steps.get().key}/wijzigen/"
    words = {"what": "Bellen", "owner": "wijkteam", "version": 1}
    assert manager.post(page, words | {"due": yesterday - timedelta(days=1)}).status_code == 422
    assert manager.post(page, words | {"due": yesterday}).status_code == 303


def test_the_start_page_tells_why_a_plan_is_to_be_looked_at_again(manager: Client, plan: Plan) -> None:
    agreed(manager, plan)
    Plan.objects.update(review_on=TODAY)
    Step.objects.update(due=TODAY - timedelta(days=1))
    page = manager.get("/").content.decode()
    line = re.search(rf'<li><a href="/plannen/{plan.key}/">Rust</a> (.*?)</li>', page, re.DOTALL)
    assert line is not None
    assert "Terugkijken had gemoeten op" in line[1]
    assert "1 actie is te laat." in line[1]


def test_a_draft_is_thrown_away_by_who_made_it_and_by_nobody_else(
    manager: Client, plan: Plan, hire: Hire, visit: Visit
) -> None:
    page = f"/plannen/{plan.key}/weggooien/"
    assert visit(hire(Role.AREA_MANAGER, [HERE])).post(page).status_code == 403
    assert Plan.objects.exists()
    assert manager.post(page).status_code == 303
    assert not Plan.objects.exists()
    assert "plans.throw_away_draft" in verbs(plan)


def test_an_agreed_plan_is_not_thrown_away(manager: Client, plan: Plan) -> None:
    agreed(manager, plan)
    assert manager.post(f"/plannen/{plan.key}/weggooien/").status_code == 303
    assert Plan.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_thing(manager: Client, plan: Plan) -> None:
    page = f"/plannen/{plan.key}"
    once = re.search(r'name="step-once" value="([^"]+)"', manager.get(f"{page}/").content.decode())
    assert once is not None
    for _ in range(2):
        new = WORDS | {"title": "Nieuw", "once": once[1]}
        assert manager.post(f"/plannen/nieuw/?plek={HERE}", new).status_code == 303
        for part, words in (("acties/", STEP), ("inspraak/", SAY)):
            name = next(iter(words)).split("-", maxsplit=1)[0]
            assert manager.post(f"{page}/{part}", words | {f"{name}-once": once[1]}).status_code == 303
    assert Plan.objects.filter(title="Nieuw").count() == 1
    assert (plan.steps.count(), plan.says.count()) == (2, 2)
    assert Entry.objects.filter(verb="plans.add_step").count() == 2


def test_a_look_back_and_a_sign_that_are_sent_twice_are_one(manager: Client, plan: Plan) -> None:
    agreed(manager, plan)
    sign = {"sign-figure": "residents", "sign-expected": "9", "sign-by_day": SOON, "sign-once": str(uuid4())}
    back = {"review-words": "Stil.", "review-onward": "close", "review-once": str(uuid4())}
    for part, words in (("kenmerken", sign), ("terugblik", back)):
        for _ in range(2):
            assert manager.post(f"/plannen/{plan.key}/{part}/", words).status_code == 303
    assert plan.reviews.count() == 1
    assert plan.signs.count() == 2


def test_a_form_of_a_sign_that_is_sent_anew_with_another_figure_says_that_it_was_used(
    manager: Client, plan: Plan
) -> None:
    agreed(manager, plan)
    sign = {"sign-figure": "residents", "sign-expected": "9", "sign-by_day": SOON, "sign-once": str(uuid4())}
    page = f"/plannen/{plan.key}/kenmerken/"
    assert manager.post(page, sign).status_code == 303
    other = manager.post(page, sign | {"sign-figure": "share_association"})
    assert other.status_code == 422
    assert "it formulier is al gebruikt" in other.content.decode()
    assert plan.signs.count() == 2


def test_a_key_of_another_plan_makes_nothing(manager: Client, plan: Plan, hire: Hire, visit: Visit) -> None:
    other = visit(hire(Role.AREA_MANAGER, [ELSEWHERE]))
    taken = other.post(f"/plannen/nieuw/?plek={ELSEWHERE}", WORDS | {"once": str(plan.key)})
    assert taken.status_code == 422
    assert Plan.objects.count() == 1
