"""The list of what can be seen: facts, each with its words in two languages, and none that judges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ongedeeld.vocabulary import Language
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.signals.reporting.checklist import CHECKLIST, domain_of, fact_words, facts_of
from ongedeeld.web.signals.reporting.views import LOOKS
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

PICTURES = Path(__file__).parents[3] / "src/ongedeeld/web/site/templates/signals/pictures.html"


def test_there_is_something_to_tick_for_every_kind() -> None:
    assert {kind: bool(facts_of(kind)) for kind in Signal.Kind.values} == dict.fromkeys(
        Signal.Kind.values, True
    )
    assert 40 <= len(CHECKLIST) <= 60


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_fact_has_words_that_a_note_may_not_have(language: Language) -> None:
    for words in fact_words(CHECKLIST, language):
        refuse_words(words)
        assert len(words) <= 70, words
        assert words[0].isupper(), words


def test_every_picture_is_drawn_and_every_part_has_a_name() -> None:
    drawn = set(re.findall(r'^"(\w+)": ', PICTURES.read_text(encoding="utf-8"), re.MULTILINE))
    assert {fact.picture for fact in CHECKLIST.values() if fact.picture} == drawn
    assert {fact.look for fact in CHECKLIST.values() if fact.look} == set(LOOKS)


def test_the_list_stands_in_parts_that_are_not_torn_apart() -> None:
    for kind in Signal.Kind.values:
        looks = [look for look, _ in facts_of(kind)]
        assert len(looks) == len(set(looks)), kind


def test_public_space_is_clean_whole_and_safe_with_a_picture_of_each() -> None:
    assert [look for look, _ in facts_of("public_space")] == ["clean", "whole", "safe"]
    assert all(fact.picture for _, facts in facts_of("public_space") for fact in facts)


def test_the_domain_is_that_of_most_facts() -> None:
    assert domain_of(["bailiff", "little_food", "post_piles_up"]) == "benefits"
    assert domain_of(["post_piles_up", "bailiff"]) == "housing"
    assert domain_of([]) == ""


def test_a_fact_of_long_ago_keeps_its_code() -> None:
    assert fact_words(["of_long_ago", "leak"], "nl") == ["of_long_ago", "Lekkage"]
