"""Rules of routing: the first that holds decides, and a person sees why."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.signals.arranging.routing import Facts, against, holds, route
from ongedeeld.web.signals.arranging.rule_actions import (
    RuleDraft,
    change_rule,
    end_rule,
    make_rule,
    move_rule,
)
from ongedeeld.web.signals.arranging.rule_file import rules_as_toml, take_rules, toml_value
from ongedeeld.web.signals.arranging.trying import tried
from ongedeeld.web.signals.models import RoutingRule, Signal, Team
from ongedeeld.web.working_days import working_days_after
from tests.web.conftest import Hire
from tests.web.signals.conftest import AROUND, ELSEWHERE, HERE, Cast, Reports, in_days

TODAY = timezone.localdate()
KINDS = ("concern", "nuisance", "public_space", "home")
DOMAINS = ("", "housing", "care", "work")
PLACES = ("", HERE, ELSEWHERE, "GM9999")


@pytest.fixture
def manager(hire: Hire) -> Person:
    """Who arranges everywhere."""
    return hire(Role.MANAGER, None, "Mo")


def rule(team: Team, actor: Person, name: str, **told: object) -> RoutingRule:
    values: dict[str, object] = {"name": name, "team": team, "from_day": in_days(-10)} | told
    return make_rule(RuleDraft(**values), actor=actor)  # type: ignore[arg-type]


def names() -> list[str]:
    return [one.name for one in RoutingRule.objects.all()]


def test_the_first_rule_that_holds_gives_team_owner_and_term(
    cast: Cast, team: Team, manager: Person, reports: Reports
) -> None:
    rule(team, manager, "Gevaar", danger=True, working_days=1)
    rule(team, manager, "Zorg", domain="care", owner=cast.sanne.key, working_days=2)
    rule(team, manager, "Alles")
    signal = reports(cast.bas)
    assert signal.owner == cast.sanne.key
    assert signal.due == working_days_after(TODAY, 2)
    assert signal.routed == {"fired": "Zorg", "shadowed": ["Alles"]}
    assert reports(cast.bas, danger=True).routed["shadowed"] == ["Zorg", "Alles"]


def test_without_a_rule_danger_is_answered_the_next_working_day(
    cast: Cast, team: Team, reports: Reports
) -> None:
    assert reports(cast.bas).due == working_days_after(TODAY, 5)
    assert reports(cast.bas, danger=True).due == working_days_after(TODAY, 1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"from_day": in_days(1)}, "it does not run yet"),
        ({"until_day": in_days(-1)}, "it ran until an earlier day"),
        ({"kind": "home"}, "it is for another kind of signal"),
        ({"domain": "work"}, "it is for another life domain"),
        ({"area": ELSEWHERE}, "it is for another area"),
        ({"danger": True}, "it is for danger only"),
    ],
)
def test_it_tells_why_a_rule_does_not_hold(
    told: dict[str, object], why: str, team: Team, manager: Person
) -> None:
    rule(team, manager, "Deze", **told)
    seen = tried(manager, "concern", "care", HERE, TODAY, danger=False)
    assert [one.against for one in seen.verdicts] == [(why,)]
    assert seen.fired is None
    assert seen.team == team


def test_trying_tells_which_rule_decides_and_which_it_comes_before_and_writes_nothing(
    cast: Cast, team: Team, manager: Person
) -> None:
    for name, told in (("Wonen", {"kind": "home"}), ("Buurt", {"area": HERE}), ("Alles", {})):
        rule(team, manager, name, **told)
    seen = tried(cast.mila, "concern", "", HERE, TODAY, danger=False)
    assert [(one.rule.name, one.fires, one.shadowed) for one in seen.verdicts] == [
        ("Wonen", False, False),
        ("Buurt", True, False),
        ("Alles", False, True),
    ]
    assert seen.name == "Mila"
    team.rules.all().delete()
    Team.objects.all().delete()
    assert tried(cast.mila, "concern", "", HERE, TODAY, danger=False).team.catches_all
    assert not Team.objects.exists()
    assert not Signal.objects.exists()
    with pytest.raises(Refused):
        tried(cast.bas, "concern", "", HERE, TODAY, danger=False)


def test_an_area_manager_arranges_rules_of_their_own_areas_only(cast: Cast, team: Team) -> None:
    made = rule(team, cast.mila, "Hier", area=HERE)
    for area in (ELSEWHERE, ""):
        with pytest.raises(Refused):
            rule(team, cast.mila, "Daar", area=area)
        with pytest.raises(Refused):
            change_rule(made, RuleDraft("Hier", team, TODAY, area=area), version=1, actor=cast.mila)
    with pytest.raises(Refused):
        end_rule(made, version=1, today=TODAY, actor=cast.noor)


def test_rules_change_places_and_two_writers_notice_each_other(team: Team, manager: Person) -> None:
    first, second, third = (rule(team, manager, name) for name in ("Een", "Twee", "Drie"))
    move_rule(third, up=True, version=1, actor=manager)
    assert names() == ["Een", "Drie", "Twee"]
    move_rule(first, up=True, version=1, actor=manager)
    move_rule(second, up=False, version=1, actor=manager)
    assert names() == ["Een", "Drie", "Twee"], "at the end it stays"
    with pytest.raises(ChangedMeanwhileError):
        move_rule(third, up=True, version=1, actor=manager)
    with pytest.raises(ChangedMeanwhileError):
        change_rule(third, RuleDraft("Drie", team, TODAY), version=1, actor=manager)


def test_a_rule_ends_with_yesterday_and_one_that_never_ran_goes(team: Team, manager: Person) -> None:
    ran, never = rule(team, manager, "Liep"), rule(team, manager, "Nooit", from_day=in_days(3))
    for one in (ran, never):
        end_rule(one, version=1, today=TODAY, actor=manager)
    assert [(one.name, one.until_day) for one in RoutingRule.objects.all()] == [("Liep", in_days(-1))]
    with pytest.raises(InputError):
        end_rule(RoutingRule.objects.get(), version=2, today=TODAY, actor=manager)


@pytest.mark.parametrize(
    "told",
    [
        {"area": "BU00000000"},
        {"until_day": in_days(-11)},
        {"working_days": 0},
        {"working_days": 61},
        {"name": "al er"},
    ],
)
def test_it_refuses_a_rule_that_cannot_be(told: dict[str, object], team: Team, manager: Person) -> None:
    rule(team, manager, "Al er")
    with pytest.raises(InputError):
        rule(team, manager, **({"name": "Nieuw"} | told))  # type: ignore[arg-type]
    assert names() == ["Al er"]


def test_it_refuses_an_owner_who_is_not_in_the_team_and_a_team_that_closed(
    cast: Cast, team: Team, manager: Person
) -> None:
    with pytest.raises(InputError):
        rule(team, manager, "Van Noor", owner=cast.noor.key)
    Team.objects.update(is_active=False)
    with pytest.raises(InputError):
        rule(Team.objects.get(), manager, "Gesloten")


def test_the_rules_go_to_a_file_and_back_without_a_word_of_people(
    cast: Cast, team: Team, manager: Person
) -> None:
    rule(team, manager, 'Zorg "eerst"\\', domain="care", owner=cast.sanne.key, until_day=in_days(90))
    rule(team, manager, "Gevaar", danger=True, working_days=1, area=HERE, kind="nuisance")
    written = rules_as_toml(cast.mila)
    assert str(cast.sanne.key) not in written
    assert len(tomllib.loads(written)["rule"]) == 2
    before = list(RoutingRule.objects.values())
    taken = take_rules(written.encode(), actor=manager, today=TODAY)
    assert (taken.made, taken.changed, taken.ended) == (0, 0, 0)
    assert list(RoutingRule.objects.values()) == before


def test_a_file_is_the_whole_of_the_rules(team: Team, manager: Person) -> None:
    for name in ("Blijft", "Eindigt"):
        rule(team, manager, name)
    day = f"from_day = {TODAY}\nteam = 'Team Binnenstad'\n"
    file = f"[[rule]]\nname = 'Nieuw'\n{day}[[rule]]\nname = 'Blijft'\nworking_days = 3\n{day}"
    taken = take_rules(file.encode(), actor=manager, today=TODAY)
    assert (taken.made, taken.changed, taken.ended) == (1, 1, 1)
    assert names() == ["Nieuw", "Blijft", "Eindigt"]
    assert RoutingRule.objects.get(name="Eindigt").until_day == in_days(-1)
    assert RoutingRule.objects.get(name="Blijft").working_days == 3


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("[[rule]", None),
        ("rule = 3", None),
        ("other = 1", None),
        ("rule = [3]", 1),
        ("[[rule]]\nname = 'x'", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Geen'\nfrom_day = 2026-01-01", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = '2026-01-01'", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01T00:00:00", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01\nkind = 'crime'", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01\nperson = 'Jan'", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01\nworking_days = true", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01\nworking_days = 99", 1),
        ("[[rule]]\nname = 'x'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01\n" * 2, 2),
        ("\ufeff[[rule]]\nname = '" + "x" * 121 + "'\nteam = 'Team Binnenstad'\nfrom_day = 2026-01-01", 1),
    ],
)
def test_a_file_that_cannot_be_says_where_and_changes_nothing(
    file: str, where: int | None, team: Team, manager: Person
) -> None:
    rule(team, manager, "Was er")
    with pytest.raises(InputError) as refused:
        take_rules(file.encode(), actor=manager, today=TODAY)
    assert refused.value.place is not None
    assert refused.value.place.row == where
    assert refused.value.say()
    assert names() == ["Was er"]


def test_only_who_arranges_everywhere_brings_a_file_in(cast: Cast, team: Team) -> None:
    with pytest.raises(Refused):
        take_rules(b"rule = []", actor=cast.mila, today=TODAY)
    with pytest.raises(Refused):
        rules_as_toml(cast.bas)


RULES = st.builds(
    RoutingRule,
    kind=st.sampled_from(("", *KINDS)),
    domain=st.sampled_from(DOMAINS),
    area=st.sampled_from(PLACES),
    danger=st.sampled_from((None, True, False)),
    from_day=st.dates(date(2026, 1, 1), date(2026, 1, 9)),
    until_day=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9)),
)
FACTS = st.builds(
    Facts,
    kind=st.sampled_from(KINDS),
    domain=st.sampled_from(DOMAINS),
    area_codes=st.sampled_from((frozenset(AROUND), frozenset({ELSEWHERE, "GM9999"}), frozenset())),
    danger=st.booleans(),
)


@given(st.lists(RULES, max_size=8), FACTS, st.dates(date(2026, 1, 1), date(2026, 1, 9)))
def test_what_fires_and_what_it_shadows_are_all_that_holds_in_order(
    rules: list[RoutingRule], facts: Facts, day: date
) -> None:
    routed = route(facts, rules, day)
    holding = [id(one) for one in rules if holds(one, facts, day)]
    told = [id(one) for one in ((routed.rule,) if routed.rule else ()) + routed.shadowed]
    assert told == holding
    assert all(bool(against(one, facts, day)) != (id(one) in holding) for one in rules)


@given(st.text(st.characters(codec="utf-8")) | st.booleans() | st.integers(0, 99) | st.dates())
def test_every_value_comes_back_from_the_file_as_it_was(value: object) -> None:
    assert tomllib.loads(f"value = {toml_value(value)}") == {"value": value}
