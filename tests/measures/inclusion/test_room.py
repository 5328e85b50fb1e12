from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import AbsentError, InputError, Place
from ongedeeld.measures.inclusion import (
    AGES,
    INCOMES,
    SIZES,
    TYPES,
    HouseholdType,
    Room,
    highest_rent,
    households_as_published,
    published_households,
    room_for_groups,
)
from ongedeeld.measures.inclusion.households import KEY
from ongedeeld.rules import load_parameters
from tests.measures.inclusion.cast import DAY, MERELS, REGION, TULPEN, city, drawn, dwellings, tenancies
from tests.real_cities import utrecht
from tests.small_city import small_city

# Ten homes of three rooms at EUR 600; ten of four at EUR 720, up stairs; ten of two in the free sector.
STOCK = pl.concat(
    [
        dwellings("C1", 10),
        dwellings("C2", 10, rooms=4, rent_cents=72_000, step_free=False),
        dwellings("C3", 10, rooms=2, rent_cents=100_000, sector="free"),
    ]
)


def of(room: Room, area: str, size: str, age: str, income: str) -> dict[str, object]:
    found = room.table.filter(area=area, size=size, age=age, income=income)
    assert len(found) == 1
    return found.row(0, named=True)


def fits(room: Room, size: str, age: str, income: str, area: str = REGION) -> object:
    return of(room, area, size, age, income)["fits"]


def test_the_rules_of_the_day_decide_which_homes_fit() -> None:
    room = room_for_groups(city(STOCK), DAY)
    # On 1 July 2025: caps 682.96 and 731.93, youth limit 477.20, social limit 900.07, middle rent 1184.82.
    assert fits(room, "1", "adult", "below_passend") == 10
    assert fits(room, "3-4", "adult", "below_passend") == 10
    assert fits(room, "1", "young", "below_passend") == 0
    assert fits(room, "1", "adult", "below_daeb") == 20
    assert fits(room, "1", "elderly", "below_daeb") == 10
    assert fits(room, "2", "adult", "middle") == 10
    assert fits(room, "3-4", "adult", "middle") == 0
    assert fits(room, "2", "adult", "above") == 10
    assert fits(room, "5+", "adult", "below_daeb") == 0


def test_a_share_is_of_the_homes_of_the_area() -> None:
    room = room_for_groups(city(STOCK), DAY)
    merels = of(room, MERELS, "1", "adult", "below_passend")
    assert (merels["homes"], merels["share"], merels["low"], merels["high"]) == (20, 0.5, 0.5, 0.5)
    assert of(room, TULPEN, "1", "adult", "below_passend")["share"] == 0
    assert of(room, REGION, "1", "adult", "below_passend")["share"] == pytest.approx(1 / 3)


def test_it_names_the_types_that_find_no_home_and_the_homes_that_serve_nobody() -> None:
    dear = dwellings("C2", 3, start=11, rent_cents=95_000)
    room = room_for_groups(city(pl.concat([STOCK, dear])), DAY)
    without = {(row["size"], row["age"], row["income"]) for row in room.types_without_home().to_dicts()}
    assert ("1", "young", "below_passend") in without
    assert ("5+", "adult", "below_daeb") in without
    assert ("1", "adult", "below_passend") not in without
    assert ("1", "adult", "below_passend") in {
        tuple(row) for row in room.types_without_home(TULPEN).select("size", "age", "income").rows()
    }
    # Social homes above the social rent limit may be let to nobody.
    assert room.homes_for_nobody["dwelling"].to_list() == dear["dwelling"].to_list()


@pytest.mark.parametrize(
    ("facts", "obstacles"),
    [
        # Social homes above the social rent limit: with a lower rent, or in the free sector, they would do.
        ({"rent_cents": 95_000}, "rent, sector"),
        ({"label": "seniors", "step_free": False}, "label, step_free"),
        # Two rooms are too few for three people, and the label keeps smaller households out.
        ({"label": "large_families", "rooms": 2}, "rooms, label"),
        ({"label": "seniors", "step_free": False, "rent_cents": 95_000}, "several"),
    ],
)
def test_a_home_that_serves_nobody_tells_what_stands_in_the_way(
    facts: dict[str, Any], obstacles: str
) -> None:
    room = room_for_groups(city(pl.concat([STOCK, dwellings("C2", 3, start=11, **facts)])), DAY)
    assert room.homes_for_nobody["obstacles"].to_list() == [obstacles] * 3


def test_a_home_of_which_too_little_is_known_is_not_said_to_serve_nobody() -> None:
    room = room_for_groups(city(pl.concat([STOCK, dwellings("C2", 3, start=11, rooms=None)])), DAY)
    assert room.homes_for_nobody.is_empty()
    assert any(
        "of 3 of 33 homes it is not known whether they fit anybody" in str(each) for each in room.missing
    )


def test_where_nobody_seeks_every_home_serves_nobody() -> None:
    counts = pl.DataFrame(
        [(*key, 0) for key in product(SIZES, AGES, INCOMES)], schema=[*KEY, "households"], orient="row"
    )
    published = published_households(counts, source="a table", period=date(2024, 1, 1), young_below=23)
    room = room_for_groups(city(STOCK), DAY, households=published)
    assert room.homes_for_nobody["obstacles"].to_list() == [None] * len(STOCK)
    assert room.types_without_home().is_empty()


def test_types_of_which_there_are_no_households_do_not_seek() -> None:
    counts = pl.DataFrame(
        [
            (size, age, income, 0 if income != "below_passend" else 500)
            for size in SIZES
            for age in AGES
            for income in INCOMES
        ],
        schema=["size", "age", "income", "households"],
        orient="row",
    )
    published = published_households(counts, source="CBS, a table", period=date(2024, 1, 1), young_below=23)
    room = room_for_groups(city(STOCK), DAY, households=published)
    assert set(room.types_without_home()["income"]) == {"below_passend"}
    assert len(room.homes_for_nobody) == 10
    assert set(room.homes_for_nobody["complex"]) == {"C3"}
    assert of(room, REGION, "1", "adult", "below_passend")["households"] == 500
    assert "CBS, a table" in room.sources


def test_without_published_households_no_type_is_left_out_and_that_is_said() -> None:
    room = room_for_groups(city(STOCK), DAY)
    assert room.table["households"].null_count() == len(room.table)
    assert any("the number of households by type was not given" in str(each) for each in room.missing)


def test_what_is_not_known_of_a_home_stays_not_known() -> None:
    stock = pl.concat([dwellings("C1", 15), dwellings("C1", 5, start=16, rent_cents=None)])
    room = room_for_groups(city(stock), DAY)
    here = of(room, MERELS, "1", "adult", "below_passend")
    assert (here["fits"], here["not_known"]) == (15, 5)
    assert (here["share"], here["low"], here["high"]) == (1.0, 0.75, 1.0)
    # Too large for any of them, whatever the rent.
    assert of(room, MERELS, "5+", "adult", "below_passend")["not_known"] == 0
    assert len(room.homes_for_nobody) == 0


def test_too_few_homes_give_no_share_but_the_count_stands() -> None:
    here = of(room_for_groups(city(dwellings("C1", 9)), DAY), MERELS, "1", "adult", "below_passend")
    assert (here["outcome"], here["share"], here["fits"]) == ("too_few", None, 9)


def test_a_target_rent_goes_before_the_present_rent() -> None:
    room = room_for_groups(city(dwellings("C1", 10, target_rent_cents=70_000)), DAY)
    assert fits(room, "1", "adult", "below_passend") == 0
    assert fits(room, "3-4", "adult", "below_daeb") == 0
    assert fits(room, "2", "adult", "below_daeb") == 10


def test_without_a_sector_the_rent_tells_it() -> None:
    room = room_for_groups(city(dwellings("C1", 10, sector=None)), DAY)
    assert fits(room, "1", "adult", "below_passend") == 10
    assert fits(room, "1", "adult", "above") == 0


def test_labels_admit_whom_they_are_for() -> None:
    stock = pl.concat([dwellings("C1", 10, label="seniors"), dwellings("C2", 10, label="care")])
    room = room_for_groups(city(stock), DAY)
    assert fits(room, "1", "elderly", "below_passend") == 10
    assert fits(room, "1", "adult", "below_passend") == 0
    assert of(room, REGION, "1", "elderly", "below_passend")["homes"] == 10


def test_homes_that_come_free_are_counted_with_chance() -> None:
    ended = [
        (f"C1-{number:02d}", date(2015, 1, 1), date(2023, 1, 1 + number)) for number in range(1, 6)
    ]  # fmt: skip
    known = tenancies(
        ("C1-06", date(2010, 1, 1), date(2020, 1, 1)), *ended, ("C1-01", date(2025, 6, 30), None)
    )
    room = room_for_groups(city(STOCK, tenancies=known), DAY)
    here = of(room, MERELS, "1", "adult", "below_passend")
    assert room.period == (date(2022, 7, 1), date(2025, 7, 1))
    assert here["freed"] == 5
    assert here["freed_per_year"] == pytest.approx(5 / 3, rel=1e-3)
    # Garwood's limits of 5 events are 1.623 and 11.668.
    assert (here["freed_low"], here["freed_high"]) == pytest.approx((1.623 / 3, 11.668 / 3), rel=2e-3)
    assert here["turnover"] == pytest.approx(5 / 3 / 10, rel=1e-3)


def test_without_tenancies_that_ended_nothing_is_said_to_come_free() -> None:
    running = tenancies(("C1-01", date(2015, 1, 1), None))
    for whole in (city(STOCK), city(STOCK, tenancies=running)):
        room = room_for_groups(whole, DAY)
        assert room.period is None
        assert room.table["freed"].null_count() == len(room.table)
        assert any("--tenancies" in str(each) for each in room.missing)


def test_a_type_whose_rule_is_not_known_is_not_answered_and_the_way_out_is_given() -> None:
    day = date(2026, 7, 1)
    room = room_for_groups(city(STOCK), day)
    here = of(room, REGION, "1", "adult", "middle")
    assert (here["outcome"], here["share"], here["freed"]) == ("not_known", None, None)
    assert of(room, REGION, "1", "adult", "below_daeb")["outcome"] == "known"
    assert any("(middle_rent_limit) is not known" in str(each) for each in room.missing)
    assert any("local policy" in str(each) for each in room.missing)
    assert ("1", "adult", "middle") not in room.types_without_home().select("size", "age", "income").rows()
    policy = {"middle_rent_limit": [{"from": date(2026, 1, 1), "value": 122_807, "source": "council"}]}
    law = load_parameters().with_local(policy, Place("policy.toml"))
    known = room_for_groups(city(STOCK), day, rules=law)
    assert fits(known, "1", "adult", "middle") == 10
    assert "council" in known.sources


def test_a_day_without_any_rent_limit_is_refused() -> None:
    with pytest.raises(AbsentError, match=r"not known on 2027-03-01.*\n.*local policy"):
        room_for_groups(city(STOCK), date(2027, 3, 1))
    with pytest.raises(AbsentError, match="not known on 2019-01-01"):
        highest_rent(TYPES[0], date(2019, 1, 1), load_parameters())


def test_the_limits_used_come_with_their_source_and_grade() -> None:
    limits = room_for_groups(city(STOCK), DAY).limits
    low = limits.filter(rule="aftopping_low").row(0, named=True)
    assert (low["value"], low["article"], low["grade"]) == (68_296, "Wht 20(2)", "B")
    assert "passend_income_limit_one_person_elderly" in limits["rule"].to_list()


def test_a_large_young_household_is_taken_to_have_a_child() -> None:
    rules = {size: HouseholdType(size, "young", "below_passend").rent_rule() for size in SIZES}
    assert rules == {
        "1": "kwaliteitskorting",
        "2": "kwaliteitskorting",
        "3-4": "aftopping_high",
        "5+": "aftopping_high",
    }


def test_figures_that_part_the_young_at_another_age_than_the_rules_are_said_to() -> None:
    counts = pl.DataFrame({"size": ["1"], "age": ["young"], "income": ["below_passend"], "households": [10]})
    published = published_households(counts, source="CBS", period=date(2025, 1, 1), young_below=23)
    later = room_for_groups(city(STOCK), date(2026, 7, 1), households=published)
    assert any("young below 23, the rent allowance below 21" in str(each) for each in later.notes)
    assert any("47 of 48 types" in str(each) for each in later.missing)
    now = room_for_groups(city(STOCK), DAY, households=published)
    assert not any("young below" in str(each) for each in now.notes)


def test_it_refuses_a_drawn_stock_by_name_and_a_city_without_homes() -> None:
    with pytest.raises(
        AbsentError, match=r"room for groups cannot be told from a stock drawn.*\n.*--dwellings"
    ):
        room_for_groups(drawn(city(STOCK)), DAY)
    with pytest.raises(
        AbsentError, match=r"no homes of an association, which room for groups needs.*\n.*--dwellings"
    ):
        room_for_groups(small_city(), DAY)
    with pytest.raises(InputError, match="0 years is no period"):
        room_for_groups(city(STOCK), DAY, years=0)


KEYS = {"size": ["1"], "age": ["adult"], "income": ["below_daeb"]}


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pl.DataFrame(KEYS), "lack households"),
        (pl.DataFrame(KEYS | {"households": [-1]}), "-1 is not a number of households"),
        (pl.DataFrame(KEYS | {"households": [1.5]}), "1.5 is not a number of households"),
        (pl.DataFrame(KEYS | {"households": ["many"]}), "many is not a number of households"),
        (pl.DataFrame(KEYS | {"age": ["under_23"], "households": [5]}), "column age holds 'under_23'"),
        (
            pl.DataFrame({name: codes * 2 for name, codes in KEYS.items()} | {"households": [5, 6]}),
            "more than once",
        ),
    ],
)
def test_it_refuses_numbers_of_households_that_cannot_be(frame: pl.DataFrame, words: str) -> None:
    with pytest.raises(InputError, match=words):
        published_households(frame, source="CBS", period=DAY, young_below=23)


def test_numbers_of_households_without_a_publication_are_refused() -> None:
    with pytest.raises(InputError, match=r"need a source.*\n.*\n.*Woningwet 48\(4\)"):
        published_households(pl.DataFrame(KEYS | {"households": [5]}), source=" ", period=DAY, young_below=23)


def test_the_open_figures_of_utrecht_tell_part_of_its_households_and_say_what_they_do_not() -> None:
    found = households_as_published(utrecht())
    told = dict(found.table.select("indicator", "value").iter_rows())
    # KWB 2024: 193,267 households in Utrecht, of which 100,296 of one person.
    assert (told["households"], told["households_one_person"]) == (193_267, 100_296)
    assert told["share_households_low_income"] is None
    assert any("not by the limits of the rules" in str(each) for each in found.missing)
    with pytest.raises(AbsentError, match="no figures on the households of BU00000000"):
        households_as_published(utrecht(), "BU00000000")


facts = st.fixed_dictionaries(
    {
        "rooms": st.one_of(st.none(), st.integers(1, 7)),
        "rent_cents": st.one_of(st.none(), st.integers(20_000, 150_000)),
        "sector": st.sampled_from([None, "social", "free"]),
        "step_free": st.sampled_from([None, True, False]),
        "label": st.sampled_from([None, "none", "seniors", "students", "care"]),
    }
)


@settings(max_examples=settings().max_examples // 4)
@given(st.lists(facts, min_size=1, max_size=15))
def test_shares_lie_within_their_limits_and_counts_add_up(homes: list[dict[str, Any]]) -> None:
    stock = pl.concat([dwellings("C1", 1, start=place, **home) for place, home in enumerate(homes, 1)])
    room = room_for_groups(city(stock), DAY)
    table = room.table.filter(pl.col("outcome") == "known")
    for row in table.iter_rows(named=True):
        assert 0 <= row["low"] <= row["share"] + 1e-12
        assert row["share"] <= row["high"] + 1e-12
        assert row["high"] <= 1
    assert room.table.select((pl.col("fits") + pl.col("not_known") <= pl.col("homes")).all()).item()
    region = room.table.filter(area=REGION)
    assert room.homes_for_nobody["obstacles"].null_count() == 0
    assert region.select((pl.col("fits") + len(room.homes_for_nobody) <= pl.col("homes")).all()).item()
