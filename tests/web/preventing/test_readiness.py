"""When an early debt signal may be sent: all four conditions of the law, each in its time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.reasons import Decision
from ongedeeld.web.preventing.models import Condition
from ongedeeld.web.preventing.readiness import CONDITION_DAYS, FIGURE_DAYS, OBJECTION_DAYS, may_be_sent
from tests.web.preventing.conftest import (
    ALL,
    TODAY,
    days_ago,
)


def condition(kind: str, ago: int = 30) -> Condition:
    """A condition that was met."""
    return Condition(kind=kind, day=days_ago(ago), how="letter")


def decided(*held: Condition, counted: int = 0) -> Decision:
    """Whether it may be sent today."""
    return may_be_sent(held, days_ago(counted), TODAY())


@pytest.mark.parametrize("old", ALL)
def test_what_was_done_more_than_a_year_ago_is_no_condition_of_these_arrears(old: str) -> None:
    recent = [condition(kind) for kind in ALL if kind != old]
    assert not decided(*recent, condition(old, CONDITION_DAYS + 1))


@given(st.sets(st.sampled_from(ALL)))
def test_it_may_be_sent_with_all_four_conditions_and_otherwise_each_missing_one_is_named(
    kinds: set[str],
) -> None:
    decision = decided(*(condition(kind) for kind in kinds))
    assert bool(decision) is (kinds == set(ALL))
    missing = {f"preventing.{kind}" for kind in set(ALL) - kinds}
    assert decision or {reason.rule for reason in decision.reasons} == missing


def test_every_condition_names_its_article_of_the_law() -> None:
    articles = {reason.article for reason in decided().reasons}
    assert articles == {f"Besluit gemeentelijke schuldhulpverlening 2({part})" for part in "abcd"}


def test_a_tenant_who_was_told_has_time_to_object() -> None:
    others = [condition(kind, 40) for kind in ALL if kind != "told"]
    assert not decided(*others, condition("told", OBJECTION_DAYS - 1))
    assert decided(*others, condition("told", OBJECTION_DAYS))


def test_the_offer_is_made_with_the_reminder_and_not_before_it() -> None:
    assert not decided(
        condition("contact"), condition("help"), condition("reminder", 20), condition("told", 21)
    )


def test_old_figures_are_not_sent() -> None:
    held = [condition(kind) for kind in ALL]
    assert decided(*held, counted=FIGURE_DAYS)
    assert not decided(*held, counted=FIGURE_DAYS + 1)
