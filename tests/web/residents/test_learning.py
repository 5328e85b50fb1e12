"""What directors learn of given lives: nothing of a few, in no table and in no difference."""
# ruff: noqa: S311 - lives are invented by chance

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.disclosure import Ledger, attack
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.giving.copy import Copy, read
from ongedeeld.web.residents.learning.groups import (
    FEWEST,
    FEWEST_LIVES,
    Group,
    groups_in,
    ledger,
    publish,
    publish_what_is_due,
)
from ongedeeld.web.residents.learning.told import added_up, page_of
from ongedeeld.web.residents.learning.traits import LIVES, bounds, counted, effect, every_trait, traits
from ongedeeld.web.residents.models import Donation
from ongedeeld.web.site.demo.lives import lives_given
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault
from tests.web.residents.lives import life, lives, token_and_digest

Q1, Q2, Q3, Q4 = date(2026, 1, 15), date(2026, 4, 15), date(2026, 7, 15), date(2026, 10, 15)


@pytest.fixture(autouse=True)
def no_lives_published() -> Iterator[None]:
    """The ledger lies in a folder that outlives a test: of another, that filled the demo, too."""
    _forget_ledger()
    yield
    _forget_ledger()


def _forget_ledger() -> None:
    for file in ledger().path.parent.glob("*lives.json*"):
        file.unlink()


def _many(count: int, seed: int) -> list[Copy]:
    random = Random(seed)
    return [read(life(random)) for _ in range(count)]


def _give(count: int, day: date, seed: int) -> list[str]:
    """Lives given in a quarter, each of a vault of its own; their tokens."""
    random, tokens = Random(seed), [f"{seed} {number}" for number in range(count)]
    for token in tokens:
        gifts.give(new_vault(), token_and_digest(token)[1], life(random), today=day)
    return tokens


def test_a_trait_is_true_of_a_life_once_however_often_it_happened() -> None:
    rows = [
        {"domain": "care", "sort": sort, "effect": "trapped", "order": order, "length": "years"}
        for sort, order in (("care", "first"), ("municipality", "later"), ("unsaid", "later"))
    ]
    found = traits(read({"form": 1, "effects": rows, "influences": [], "chances": []}))
    assert found == {
        "effect/care/trapped",
        "long/care",
        "first/care",
        "sort/care/trapped",
        "sort/municipality/trapped",
    }


def test_what_is_counted_does_not_depend_on_what_was_given() -> None:
    assert set(counted([])) == set(counted(_many(5, 1))) == {LIVES, *every_trait()}


@given(st.lists(lives(), max_size=8))
def test_the_bounds_that_the_protection_reckons_with_hold_of_any_lives(
    given_lives: list[dict[str, object]],
) -> None:
    counts = counted(read(one) for one in given_lives)
    for bound in bounds():
        assert sum(by * counts[trait] for trait, by in bound.items()) >= 0
    assert all(counts[trait] <= counts[LIVES] for trait in every_trait())


@settings(max_examples=4)
@given(st.integers(0, 10**6))
def test_no_reader_of_all_tables_knows_of_a_few_lives(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    file = tmp_path_factory.mktemp("ledger") / "lives.json"
    random = Random(seed)
    counts = {}
    for number in (1, 2):
        copies = _many(random.randint(FEWEST_LIVES, 90), random.randint(0, 10**6))
        publish(copies, f"2026-Q{number}", Ledger.open(file))
        counts[f"2026-Q{number}"] = counted(copies)
    for group, trait, low, high, _ in attack(Ledger.open(file)).iter_rows():
        name = trait.removeprefix("not ")
        true = counts[group][name] if name == trait else counts[group][LIVES] - counts[group][name]
        assert low <= true <= (high if high is not None else true)
        if true < FEWEST:
            assert low == 0, "a reader knows that there was somebody"
            assert high is None or high >= FEWEST, "a reader knows that they were few"


def test_what_is_shown_is_rounded_and_of_neither_few_nor_nearly_all(tmp_path: Path) -> None:
    copies = _many(60, 3)
    publication = publish(copies, "2026-Q1", Ledger.open(tmp_path / "lives.json"))
    counts = counted(copies)
    shown = dict(publication.table.select("trait", "count").drop_nulls().iter_rows())
    assert len(shown) > 10
    for trait, count in shown.items():
        assert count % 5 == 0
        assert counts[trait] >= FEWEST
        assert trait == LIVES or counts[LIVES] - counts[trait] >= FEWEST


@pytest.mark.usefixtures("db")
def test_nothing_is_published_of_fewer_than_thirty_lives_or_before_the_quarter_is_over() -> None:
    _give(FEWEST_LIVES - 1, Q1, 1)
    assert publish_what_is_due(ledger(), Q2) is None
    _give(1, Q2, 2)
    assert publish_what_is_due(ledger(), Q2) is None, "the quarter of the last one runs"
    assert publish_what_is_due(ledger(), Q3) is not None
    assert [group.until for group in groups_in(ledger())] == ["2026-Q2"]


@pytest.mark.usefixtures("db")
def test_what_two_dates_differ_in_is_a_whole_group_that_shares_no_life_with_others() -> None:
    random, seen, given_so_far = Random(5), [0], 0
    quarters = [Q1, Q2, Q3, Q4, date(2027, 1, 15), date(2027, 4, 15)]
    for seed, (quarter, after) in enumerate(pairwise(quarters)):
        count = random.choice((0, 1, 12, 20, 35))
        tokens = _give(count, quarter, seed)
        given_so_far += count
        if tokens and random.random() < 0.5:
            gifts.take_back(new_vault(), tokens[0])
            given_so_far -= 1
        before = groups_in(ledger())
        publish_what_is_due(ledger(), after)
        now = groups_in(ledger())
        assert now[: len(before)] == before, "what was published changed"
        assert len(now) - len(before) in (0, 1)
        if len(now) > len(before):
            assert given_so_far - seen[-1] >= FEWEST_LIVES
            seen.append(given_so_far)
    assert len(seen) > 2


@pytest.mark.usefixtures("db")
def test_taking_a_life_back_changes_nothing_of_what_was_published_and_leaves_it_out_of_what_comes() -> None:
    tokens = _give(40, Q1, 1)
    publish_what_is_due(ledger(), Q2)
    before = groups_in(ledger())
    for token in tokens:
        gifts.take_back(new_vault(), token)
    assert not Donation.objects.exists()
    publish_what_is_due(ledger(), Q3)
    assert groups_in(ledger()) == before


@pytest.mark.usefixtures("db")
def test_no_life_is_counted_twice() -> None:
    _give(35, Q1, 1)
    publish_what_is_due(ledger(), Q2)
    assert publish_what_is_due(ledger(), Q2) is None
    assert publish_what_is_due(ledger(), Q4) is None, "nobody came since"


@pytest.mark.usefixtures("db")
def test_who_takes_a_counted_life_back_and_gives_it_anew_is_not_counted_twice() -> None:
    vault, (token, digest) = new_vault(), token_and_digest("own")
    gifts.give(vault, digest, life(Random(3)), today=Q1)
    assert gifts.take_back(vault, token)
    gifts.give(vault, digest, life(Random(3)), today=Q1)
    _give(FEWEST_LIVES, Q1, 1)
    assert publish_what_is_due(ledger(), Q2) is not None
    assert gifts.take_back(vault, token)
    with pytest.raises(InputError, match="counted already"):
        gifts.give(vault, token_and_digest("again")[1], life(Random(3)), today=Q2)


def test_groups_are_added_up_where_they_tell() -> None:
    groups = [
        Group("2026-Q1", {LIVES: 40, "effect/care/trapped": 20, "long/care": None}),
        Group("2026-Q3", {LIVES: 60, "effect/care/trapped": 35, "long/care": 15}),
    ]
    counts = added_up(groups)
    assert (counts["effect/care/trapped"].shown, counts["effect/care/trapped"].lives) == (55, 100)
    assert (counts["long/care"].shown, counts["long/care"].lives) == (15, 60)


def test_the_page_says_what_holds_people_in_and_nothing_where_two_are_alike() -> None:
    told = {LIVES: 60, effect("care", "trapped"): 30, effect("benefits", "trapped"): 20}
    nobody = dict.fromkeys(every_trait())
    page = page_of([Group("2026-Q3", nobody | told)], Speech("en"))
    assert page is not None
    assert any("Care held people in" in sentence and "30" in sentence for sentence in page.lead)
    alike = page_of([Group("2026-Q3", nobody | told | {effect("benefits", "trapped"): 30})], Speech("en"))
    assert alike is not None
    assert not any("held people in" in sentence for sentence in alike.lead)


@pytest.mark.usefixtures("city")
def test_a_director_sees_only_what_was_published(hire: Hire, visit: Visit) -> None:
    director = hire(Role.DIRECTOR)
    empty = visit(director).get("/levenskaarten/geleerd/").content.decode()
    assert "<svg" not in empty.split("<main", 1)[1]
    lives_given(Q2)
    page = visit(director).get("/levenskaarten/geleerd/").content.decode()
    shown = {str(count) for count in groups_in(ledger())[0].shown.values() if count is not None}
    assert page.count("<svg") >= 6
    assert all(count in page for count in shown)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DIRECTOR, Role.POLICY_ADVISER)])
def test_nobody_else_sees_it(role: Role, hire: Hire, visit: Visit) -> None:
    assert visit(hire(role)).get("/levenskaarten/geleerd/").status_code == 403
