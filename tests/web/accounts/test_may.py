"""What somebody may do: their roles, how far these reach, and the reasons that are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from ongedeeld.errors import Marked
from ongedeeld.web.accounts import permissions
from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.permissions import Permission, extent_of, may, own_codes, table
from ongedeeld.web.accounts.roles import Reach, Role
from ongedeeld.web.cities.queries import current
from tests.web.conftest import Hire

CODES = ("A", "A1", "A2", "B", "B1")
AROUND = {"A": ("A",), "A1": ("A1", "A"), "A2": ("A2", "A"), "B": ("B",), "B1": ("B1", "B")}


@dataclass(frozen=True)
class Note:
    """Something that somebody wrote about a place."""

    area_codes: tuple[str, ...]
    made_by: UUID | None = None


PERMISSIONS = (
    Permission(
        "tried.read",
        "read notes",
        {
            Role.CARETAKER: Reach.OWN_AREAS,
            Role.DIRECTOR: Reach.EVERYWHERE,
            Role.PARTNER: Reach.OWN,
            Role.AREA_MANAGER: Reach.OWN_OR_OWN_AREAS,
            Role.TENANTS: Reach.OWN_IN_OWN_AREAS,
        },
    ),
)


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The permission table, with one permission that has every reach."""
    told = {**table(), **{one.action: one for one in PERMISSIONS}}
    monkeypatch.setattr(permissions, "table", lambda: told)


def said(person: Person | AnonymousUser, thing: object = None) -> str:
    return may(person, "tried.read", thing).say()


def test_nobody_may_do_anything() -> None:
    assert said(AnonymousUser()) == "No:\n- nobody is signed in"


def test_who_is_no_longer_active_may_do_nothing(hire: Hire) -> None:
    anna = hire(Role.DIRECTOR)
    anna.is_active = False
    assert not may(anna, "tried.read")
    assert not extent_of(anna, "tried.read")


def test_a_role_that_is_not_named_may_not(hire: Hire) -> None:
    assert said(hire(Role.ALLOCATION)) == "No:\n- none of your roles may read notes"


def test_a_role_reaches_its_own_areas_and_all_within_them(hire: Hire) -> None:
    anna = hire(Role.CARETAKER, ["A"])
    assert said(anna, Note(AROUND["A2"])) == "Yes:\n- as caretaker you may read notes"
    assert said(anna, Note(AROUND["B1"])) == (
        "No:\n- as caretaker you may read notes in your own areas, and this lies outside them"
    )


def test_a_role_in_a_part_does_not_reach_the_whole(hire: Hire) -> None:
    assert not may(hire(Role.CARETAKER, ["A1"]), "tried.read", Note(AROUND["A"]))


def test_a_role_whose_areas_no_longer_exist_reaches_nothing_that_exists(hire: Hire) -> None:
    anna = hire(Role.CARETAKER, ["gone"])
    assert not any(may(anna, "tried.read", Note(around)) for around in AROUND.values())


def test_a_role_without_areas_may_nowhere_and_says_so(hire: Hire) -> None:
    assert said(hire(Role.CARETAKER, [])) == (
        "No:\n- as caretaker you may read notes in your own areas, and none was given to you yet"
    )


def test_own_work_is_open_wherever_it_lies(hire: Hire) -> None:
    anna, other = hire(Role.PARTNER, ["A"]), uuid4()
    assert may(anna, "tried.read", Note(AROUND["B"], anna.key))
    assert said(anna, Note(AROUND["A"], other)) == (
        "No:\n- as professional of a partner you may read notes where you made it yourself"
    )


def test_own_work_or_own_areas_and_own_work_in_own_areas_are_two_things(hire: Hire) -> None:
    either, both = hire(Role.AREA_MANAGER, ["A"]), hire(Role.TENANTS, ["A"])
    for person, open_ones in ((either, [True, True, True, False]), (both, [True, False, False, False])):
        notes = (
            Note(AROUND["A1"], person.key),
            Note(AROUND["A1"], uuid4()),
            Note(AROUND["B"], person.key),
            Note(AROUND["B"], uuid4()),
        )
        assert [bool(may(person, "tried.read", note)) for note in notes] == open_ones


def test_two_roles_reach_as_far_as_both_together(hire: Hire) -> None:
    anna = hire(Role.PARTNER, ["A"])
    held = RoleHeld.objects.create(person=anna, role=Role.CARETAKER, from_day=date(2020, 1, 1))
    RoleArea.objects.create(role_held=held, code="B")
    assert may(anna, "tried.read", Note(AROUND["B1"], uuid4()))
    assert may(anna, "tried.read", Note(AROUND["A1"], anna.key))
    assert len(may(anna, "tried.read", Note(AROUND["A1"], uuid4())).reasons) == 2


@pytest.mark.parametrize(("first", "last", "runs"), [(0, 0, True), (1, 9, False), (-9, -1, False)])
def test_a_role_runs_from_its_first_day_through_its_last(
    hire: Hire, first: int, last: int, runs: bool
) -> None:
    anna, today = hire(Role.DIRECTOR), timezone.localdate()
    anna.roles_held.update(from_day=today + timedelta(first), until_day=today + timedelta(last))
    assert bool(may(anna, "tried.read")) is runs


def test_a_role_that_asks_for_a_second_factor_waits_for_it(hire: Hire, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = {Role.DIRECTOR}
    anna = hire(Role.DIRECTOR)
    assert said(anna) == "No:\n- as director you may read notes once you sign in with a second factor"
    assert own_codes(anna) == frozenset()
    held = RoleHeld.objects.create(person=anna, role=Role.CARETAKER, from_day=date(2020, 1, 1))
    RoleArea.objects.create(role_held=held, code="A")
    again = Person.objects.get(pk=anna.pk)
    assert may(again, "tried.read", Note(AROUND["A"]))
    assert not may(again, "tried.read", Note(AROUND["B"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    held=st.lists(
        st.tuples(
            st.sampled_from(list(PERMISSIONS[0].roles)),
            st.booleans(),
            st.sets(st.sampled_from(CODES), max_size=2),
        ),
        max_size=3,
    ),
    place=st.sampled_from(CODES),
    own=st.booleans(),
)
def test_a_list_shows_exactly_what_may_be_seen_one_by_one(
    held: list[tuple[Role, bool, set[str]]], place: str, own: bool
) -> None:
    anna = Person(name="Anna", email="anna@voorbeeld.invalid")
    rows = []
    for number, (role, everywhere, codes) in enumerate(held):
        row = RoleHeld(pk=number, person=anna, role=role, everywhere=everywhere, from_day=date(2020, 1, 1))
        row._prefetched_objects_cache = {"areas": _Areas(codes)}  # type: ignore[attr-defined]
        rows.append(row)
    anna._roles_on = (timezone.localdate(), tuple(rows))  # type: ignore[attr-defined]
    note = Note(AROUND[place], anna.key if own else uuid4())
    assert extent_of(anna, "tried.read").covers(note) == bool(may(anna, "tried.read", note))
    assert bool(extent_of(anna, "tried.read")) == bool(may(anna, "tried.read"))


class _Areas(list[RoleArea]):
    """The areas of a role, read already."""

    def __init__(self, codes: set[str]) -> None:
        super().__init__(RoleArea(code=code) for code in codes)


def test_every_permission_is_named_after_its_app_and_says_what_it_is() -> None:
    from ongedeeld.web.site.permissions import TABLE

    assert len({permission.action for permission in TABLE}) == len(TABLE)
    for permission in TABLE:
        assert permission.action.split(".")[0] in permissions_apps(), permission.action
        assert isinstance(permission.text, Marked), permission.action
        assert permission.roles, permission.action


def permissions_apps() -> set[str]:
    from django.apps import apps

    return {one.label for one in apps.get_app_configs() if one.name.startswith("ongedeeld.web.")}


def test_an_action_without_a_permission_is_a_defect(hire: Hire) -> None:
    with pytest.raises(KeyError):
        may(hire(Role.MANAGER), "no.such_action")


def test_everybody_with_a_role_reads_the_published_figures(hire: Hire) -> None:
    assert [role for role in Role if not may(hire(role, []), "cities.see_current")] == []
    assert current(hire(Role.TENANTS, [])) is None
    assert set(table()["cities.see_current"].roles) == set(Role)
