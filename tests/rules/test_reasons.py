"""Decisions and reasons, and how they are said."""

from __future__ import annotations

from datetime import date

import pytest

from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.rules import load_law
from ongedeeld.rules.amounts import Euros, Percent
from ongedeeld.rules.rents import social
from ongedeeld.vocabulary import translator

DUTCH = translator("nl").gettext
SMALL = Reason("size", "the home has {rooms} rooms", {"rooms": 2}, "Ordinance 3")
LATE = Reason("time", "registered too late")
FITS = Reason("rent", "the rent fits")


def test_a_decision_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        Decision(allowed=True, reasons=())
    with pytest.raises(ValueError, match="at least one reason"):
        all_of([])


def test_a_no_tells_all_that_stands_in_the_way_and_nothing_else() -> None:
    together = all_of([no(SMALL), yes(FITS), no(LATE)])
    assert not together
    assert together.reasons == (SMALL, LATE)
    assert all_of([yes(FITS), yes(SMALL)]).reasons == (FITS, SMALL)


def test_a_reason_names_its_article_after_the_sentence() -> None:
    assert SMALL.say() == "the home has 2 rooms (Ordinance 3)"
    assert LATE.say() == "registered too late"


def test_amounts_are_written_as_each_language_does() -> None:
    assert [Euros(cents).say(DUTCH) for cents in (713_02, 51_537_00, 5, -1_50)] == [
        "€ 713,02",
        "€ 51.537",
        "€ 0,05",
        "€ -1,50",
    ]
    assert (Percent(0.925).say(DUTCH), Percent(0.925).say(str)) == ("92,5%", "92.5%")
    assert Percent(0.07).say(str) == "7%"


def test_a_decision_of_a_rule_says_amounts_in_the_language_asked() -> None:
    decision = social(932_94, load_law().on(date(2026, 7, 1)))
    assert "€ 932.94" in decision.say()
    assert "€ 932,94" in decision.say(DUTCH)
