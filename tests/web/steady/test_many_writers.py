"""Many people who write to the same record at the same moment, each in a browser of their own.

Whoever is told that the change was kept finds it kept; whoever came second is told, and tries again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Followed, Overrule
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.plans.models import Plan, PlanPlace
from tests.web.conftest import Hire
from tests.web.steady.conftest import at_once
from tests.web.steady.server import Browser
from tests.web.things import OWN_AREA

Browse = Callable[[Person], Browser]
pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
SOON = timezone.localdate() + timedelta(days=30)


def managers(hire: Hire, browse: Browse, count: int) -> list[tuple[str, Browser]]:
    """So many area managers of one neighbourhood: name and browser."""
    people = [hire(Role.AREA_MANAGER, [OWN_AREA], name=f"Beheerder {at}") for at in range(count)]
    return [(person.name, browse(person)) for person in people]


def said_by(name: str) -> str:
    return f"Gezien door {name}."


def test_what_each_of_many_adds_to_one_plan_is_in_it(
    city: City, hire: Hire, browse: Browse, many: int
) -> None:
    plan = Plan.objects.create(
        unit=OWN_AREA, unit_name="Merel", kind="neighbourhood", title="Rust", goal="Rust."
    )
    PlanPlace.objects.create(plan=plan, code=OWN_AREA)
    page = f"/plannen/{plan.key}/wijzigen/"

    def add(one: tuple[str, Browser]) -> None:
        name, browser = one
        for _ in range(many):
            values = browser.read(page).asking("goal").values
            values["goal"] += f"\n{said_by(name)}"
            answer = browser.post(page, values)
            if answer.status_code == 303:
                return
            assert answer.status_code in (200, 409, 422)
            assert said_by(name) in answer.text  # what was typed is not lost
        pytest.fail(f"{name} was never first")

    everybody = managers(hire, browse, many)
    at_once(add, everybody)
    plan.refresh_from_db()
    assert sorted(plan.goal.splitlines()) == sorted(["Rust.", *(said_by(name) for name, _ in everybody)])
    assert plan.version == 1 + many
    assert Entry.objects.filter(verb="plans.change_plan").count() == many


def test_of_many_views_on_one_card_each_stands_in_its_history_and_the_last_one_holds(
    city: City, hire: Hire, browse: Browse, many: int
) -> None:
    complexes = city.table("complexes")
    number = complexes.filter(complexes["area"] == OWN_AREA)["complex"].sort()[0]
    page = f"/complexen/{number}/oordeel/"

    def judge(one: tuple[str, Browser]) -> None:
        name, browser = one
        for _ in range(many):
            values = browser.read(page).asking("reason").values
            typed = {"theme": "nuisance", "score": "4", "reason": said_by(name), "until": SOON.isoformat()}
            answer = browser.post(page, values | typed)
            if answer.status_code == 303:
                return
            assert answer.status_code in (200, 409, 422)
            assert said_by(name) in answer.text
        pytest.fail(f"{name} was never first")

    everybody = managers(hire, browse, many)
    at_once(judge, everybody)
    views = Overrule.objects.all()
    assert {view.reason for view in views} == {said_by(name) for name, _ in everybody}
    assert (views.count(), views.filter(ended_at=None).count()) == (many, 1)
    assert Entry.objects.filter(verb="areas.overrule_card").count() == many
    assert Entry.objects.filter(verb="areas.end_overrule").count() == many - 1


def test_of_many_who_end_one_role_one_does_and_the_others_are_told(
    hire: Hire, browse: Browse, many: int
) -> None:
    anna = hire(Role.CARETAKER, [OWN_AREA], name="Anna")
    held = RoleHeld.objects.get(person=anna)
    page = f"/mensen/{anna.key}/"
    days = {f"Beheerder {at}": SOON + timedelta(days=at) for at in range(many)}
    everybody = [(name, browse(hire(Role.MANAGER, name=name))) for name in days]
    forms = {name: browser.read(page).asking("last_day").values for name, browser in everybody}

    def end(one: tuple[str, Browser]) -> str:
        name, browser = one
        values = forms[name] | {"last_day": days[name].isoformat()}
        answer = browser.post(f"{page}rol/{held.pk}/einde/", values)
        assert answer.status_code == 303
        shown = re.search(r'class="message (\w+)"', browser.get(page).text)
        assert shown
        return name if shown[1] == "success" else ""

    first = [name for name in at_once(end, everybody) if name]
    held.refresh_from_db()
    assert [days[name] for name in first] == [held.until_day]
    assert Entry.objects.filter(verb="accounts.end_role").count() == 1


def test_everybody_who_gives_somebody_a_role_at_once_does(hire: Hire, browse: Browse, many: int) -> None:
    anna = hire(Role.CARETAKER, [OWN_AREA], name="Anna")
    page = f"/mensen/{anna.key}/"
    everybody = [browse(hire(Role.MANAGER, name=f"Beheerder {at}")) for at in range(many)]

    def give(browser: Browser) -> int:
        typed = {"role": "allocation", "everywhere": "on", "from_day": SOON.isoformat()}
        return browser.post(f"{page}rol/", typed).status_code

    assert set(at_once(give, everybody)) <= {302, 303}
    assert anna.roles_held.filter(role=Role.ALLOCATION).count() == many
    assert Entry.objects.filter(verb="accounts.give_role").count() == many


def test_managers_who_end_each_others_role_at_once_leave_one(
    hire: Hire, browse: Browse, repeats: int
) -> None:
    for turn in range(repeats):
        RoleHeld.objects.all().delete()
        pair = [hire(Role.MANAGER, name=f"Beheerder {turn} {at}") for at in range(2)]
        ends = [
            (browse(mine), f"/mensen/{other.key}/rol/{other.roles_held.get().pk}/einde/")
            for mine, other in (pair, pair[::-1])
        ]
        answers = at_once(lambda one: one[0].post(one[1], {"version": "1", "last_day": ""}).status_code, ends)
        assert set(answers) <= {302, 303, 403}
        today = timezone.localdate()
        assert [held for held in RoleHeld.objects.filter(role=Role.MANAGER) if held.runs_on(today)]


def test_one_who_follows_and_unfollows_in_many_windows_is_recorded_as_it_went(
    city: City, hire: Hire, browse: Browse, many: int
) -> None:
    sanne = hire(Role.AREA_MANAGER, [OWN_AREA], name="Sanne")

    def click(one: tuple[int, Browser]) -> set[int]:
        at, browser = one
        words = ["yes", "no"] if at % 2 else ["no", "yes"]
        return {
            browser.post(f"/volgen/{OWN_AREA}/", {"follow": word}).status_code
            for word in words
            for _ in range(3)
        }

    windows = list(enumerate(browse(sanne) for _ in range(many)))
    assert set.union(*at_once(click, windows)) == {303}
    verbs = list(Entry.objects.filter(actor=sanne.key).values_list("verb", flat=True))
    left = verbs.count("areas.follow") - verbs.count("areas.unfollow")
    assert left == Followed.objects.filter(person=sanne.key, unit=OWN_AREA).count()
