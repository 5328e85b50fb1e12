from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.allocation.groupings import GROUPINGS
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, URGENCY_MANDATORY
from ongedeeld.simulation.assuming.assumptions import Assumptions, load_assumptions
from ongedeeld.simulation.assuming.household_types import AGES, KINDS, MOMENTS, even_by, household_types
from ongedeeld.simulation.assuming.records import UNITS, Value
from ongedeeld.vocabulary import load_evidence

NAMES = sorted(load_assumptions())
quantiles = st.fractions(0, 1, max_denominator=1000)


def own(folder: Path, text: str) -> Assumptions:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return load_assumptions(file)


def numbers_in(value: Value) -> list[Fraction]:
    if isinstance(value, Fraction):
        return [value]
    entries = [one if isinstance(one, tuple) else (one,) for one in value.values()]
    return [number for entry in entries for number in entry]


# --- those of this project


@pytest.mark.parametrize("name", NAMES)
def test_every_assumption_has_a_label_a_unit_a_range_and_a_source(name: str) -> None:
    one = load_assumptions()[name]
    assert one.label.nl
    assert one.label.en
    assert one.source
    assert one.unit in UNITS
    assert one.low <= (one.value if isinstance(one.value, Fraction) else 1) <= one.high


def test_evidence_that_an_assumption_names_is_there() -> None:
    named = {one.evidence for one in load_assumptions().values()} - {""}
    assert named <= set(load_evidence())


def test_what_has_no_source_has_no_grade() -> None:
    ours = [one for one in load_assumptions().values() if one.source == "assumption of this project"]
    assert ours
    assert {one.grade for one in ours} == {"none"}


def test_types_hold_codes_of_the_rules_and_nothing_else_about_people() -> None:
    types = household_types()
    codes = {one.code for one in types}
    assert len(codes) == len(types)
    for one in types:
        assert one.kind in KINDS
        assert one.settles_as in codes
        assert one.income_class in INCOME_CLASSES
        assert one.target_group in {"", *TARGET_GROUPS}
        assert one.urgency in {"", *URGENCY_MANDATORY}
        assert one.minors < one.household_size


def test_every_group_that_must_not_be_shut_out_is_among_the_types() -> None:
    types = household_types()
    assert GROUPINGS == ("route", "household_type", "age_class", "income_class")
    assert {one.income_class for one in types} == set(INCOME_CLASSES)
    assert {age for one in types for age, share in zip(AGES, one.ages, strict=True) if share} == set(AGES)
    shapes = {(one.household_size > 1, one.minors > 0) for one in types}
    assert shapes == {(False, False), (True, False), (True, True)}
    assert {"urgent", "proposed"} <= {one.kind for one in types}


def test_who_settles_seeks_later_without_urgency() -> None:
    by_code = {one.code: one for one in household_types()}
    assert {by_code[one.settles_as].kind for one in household_types()} == {"regular", "student"}
    assert not any(by_code[one.settles_as].urgency for one in household_types())


@pytest.mark.parametrize("moment", MOMENTS)
def test_shares_of_types_add_up_to_one_and_to_those_of_their_kinds(moment: str) -> None:
    assumed = load_assumptions()
    by_kind = dict.fromkeys(KINDS, Fraction(0))
    for one in assumed.types:
        by_kind[one.kind] += one.shares[moment]
    assert sum(by_kind.values()) == 1
    stated = assumed.numbers(f"{moment}.kinds")
    assert by_kind == {kind: stated.get(kind, Fraction(0)) for kind in KINDS}


# --- drawing from a range


def test_a_number_at_a_quantile_lies_between_the_ends_of_its_range() -> None:
    # Prevented evictions: 0.75, from 0.6 to 0.85.
    one = load_assumptions()["eviction.prevented"]
    quarters = [one.at(Fraction(part, 4)) for part in range(5)]
    assert quarters == [Fraction(n, 1000) for n in (600, 675, 750, 800, 850)]


def test_a_table_at_a_quantile_is_multiplied_by_a_factor_and_a_share_stays_a_share() -> None:
    # Refused permits: factors from 0.3 to 2; 0.3 of the permit holders and 0.06 of regular seekers.
    one = load_assumptions()["flags.refused"]
    at_most = one.at(Fraction(1))
    assert not isinstance(at_most, Fraction)
    assert (at_most["regular"], at_most["permit_holder"]) == (Fraction(3, 25), Fraction(3, 5))
    above = (
        load_assumptions().drawn({"step_free.by_age": Fraction(1)}).drawn({"step_free.by_age": Fraction(1)})
    )
    assert max(above.numbers("step_free.by_age").values()) <= 1


def test_factors_against_a_mean_lie_nearer_to_one_or_further_from_it_at_a_quantile() -> None:
    # Leaving by kind of dwelling: 0.75, 1.1 and 2.5 times the mean, stretched from 0.8 to 1.25.
    one = load_assumptions()["leaves.by_dwelling"]
    nearer, further = one.at(Fraction(0)), one.at(Fraction(1))
    # Below the mean it is how many times less that is stretched: 4/3 to 19/15 and 17/12.
    assert nearer == {"house": Fraction(15, 19), "flat": Fraction(27, 25), "room": Fraction(11, 5)}
    assert further == {"house": Fraction(12, 17), "flat": Fraction(9, 8), "room": Fraction(23, 8)}


def test_weights_at_a_quantile_lie_nearer_to_even_or_further_from_it() -> None:
    # 3 and 1 are 3/4 and 1/4; halfway to even 5/8 and 3/8; twice as far 1 and 0.
    weights = (Fraction(3), Fraction(1))
    assert even_by(weights, Fraction(1, 2)) == (Fraction(5, 8), Fraction(3, 8))
    assert even_by(weights, Fraction(2)) == (Fraction(1), Fraction(0))


@settings(max_examples=25)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, quantiles)))
def test_whatever_is_drawn_is_of_its_unit_and_within_its_range(drawn: dict[str, Fraction]) -> None:
    future = load_assumptions().drawn(drawn)
    for name, one in future.items():
        unit = UNITS[one.unit]
        assert all(unit.least <= number <= unit.most for number in numbers_in(one.value))
        if isinstance(one.value, Fraction):
            assert one.low <= one.value <= one.high, name
    for moment in MOMENTS:
        assert sum(one.shares[moment] for one in future.types) == 1
    assert all(sum(one.ages) == 1 for one in future.types)


def test_assumptions_at_the_middle_of_their_ranges_are_those_that_are_stated() -> None:
    stated = load_assumptions()
    middle = stated.drawn(dict.fromkeys(NAMES, Fraction(1, 2)))
    assert middle.types == stated.types
    assert all(middle.number(name) == stated.number(name) for name in ("leaves.a_year", "listed.per_home"))
    assert middle.numbers("stops.a_month") == stated.numbers("stops.a_month")


def test_the_checksum_tells_values_apart() -> None:
    stated = load_assumptions()
    assert stated.checksum() == load_assumptions().checksum()
    assert stated.checksum() != stated.drawn({"wish.anywhere": Fraction(1, 3)}).checksum()


# --- a file of one's own

PREVENTED = """
[eviction.prevented]
value = 0.8
low = 0.7
high = 0.9
source = "our own counts, 2023-2025"
grade = "some"
"""


def test_a_file_of_ones_own_goes_before_what_is_stated(tmp_path: Path) -> None:
    mine = own(tmp_path, PREVENTED)["eviction.prevented"]
    assert (mine.value, mine.low, mine.high) == (Fraction(4, 5), Fraction(7, 10), Fraction(9, 10))
    assert (mine.source, mine.grade, mine.unit) == ("our own counts, 2023-2025", "some", "share")
    assert mine.own.endswith("own.toml")


def test_a_table_of_ones_own_has_the_codes_of_the_one_it_replaces(tmp_path: Path) -> None:
    text = '[sold.share]\nvalue = { house = 0.1, flat = 0, room = 0 }\nlow = 0\nhigh = 1.5\nsource = "plan"'
    assert own(tmp_path, text).numbers("sold.share")["house"] == Fraction(1, 10)


@pytest.mark.parametrize("field", ["value", "low", "high", "source"])
def test_it_refuses_an_assumption_without_a_value_a_range_or_a_source(tmp_path: Path, field: str) -> None:
    lines = [line for line in PREVENTED.splitlines() if not line.startswith(f"{field} ")]
    with pytest.raises(InputError) as error:
        own(tmp_path, "\n".join(lines))
    said = str(error.value)
    assert f"eviction.prevented has no {field}" in said
    assert "own.toml, line 2" in said
    assert f"add {field}" in said


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("value = 0.8", "value = 80", "share from 0 to 1"),
        ("value = 0.8", "value = 0.6", "low at most the value"),
        ("value = 0.8", 'value = "0.8"', "a number, with a point"),
        ("value = 0.8", "value = { house = 0.8 }", "a single number"),
        ("value = 0.8", "value = true", "a number, with a point"),
        ("high = 0.9", "high = 1.9", "share from 0 to 1"),
        ('source = "our own counts, 2023-2025"', 'source = " "', "where the value comes from"),
        ('grade = "some"', 'grade = "sure"', "strong, some, weak"),
        ('grade = "some"', "garde = 1", "value, low, high, source, grade"),
        ('grade = "some"', "grade = [1]", "strong, some, weak"),
        ("value = 0.8", "value = nan", "a number, with a point"),
        ("high = 0.9", "high = inf", "a number, with a point"),
        ("high = 0.9", "high = 1e400", "a number, with a point"),
        ("high = 0.9", "high = 1e999999999999", "a number, with a point"),
    ],
)
def test_it_refuses_what_is_not_of_the_form(tmp_path: Path, changed: str, to: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        own(tmp_path, PREVENTED.replace(changed, to))
    assert told in str(error.value)
    assert "own.toml, line" in str(error.value)


def table_of(name: str, value: str, low: str = "1", high: str = "1") -> str:
    return f'[{name}]\nvalue = {value}\nlow = {low}\nhigh = {high}\nsource = "plan"\n'


AGEING = "{{ under_23 = {}, 23_34 = 12, 35_54 = 20, 55_66 = 12 }}"
SOLD = "{ house = 0.02, flat = 0.02, room = 0 }"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (table_of("listed.per_home", "1e9", "1e9", "1e9"), 2, "a number from 0 to 20"),
        (table_of("void.months", "1201", "1", "1201"), 2, "a number from 0 to 1200"),
        (table_of("ageing.years", AGEING.format(0)), 2, "a number from 0.5 to 100"),
        (table_of("sitting.kinds", "{ regular = 0, student = 0 }"), 2, "above 0"),
        (table_of("leaves.by_dwelling", "{ house = 0, flat = 1, room = 1 }"), 2, "a number from 0.01 to 100"),
        (table_of("sold.share", SOLD, low="-1"), 3, "a factor from 0 to 100"),
        (table_of("sold.share", SOLD, high="101"), 4, "a factor from 0 to 100"),
        (table_of("sold.share", "{ house = 0.02, flat = inf, room = 0 }"), 2, "a number, with a point"),
    ],
)
def test_it_refuses_numbers_that_no_simulation_can_work_with(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(InputError) as error:
        own(tmp_path, text)
    assert told in str(error.value)
    assert f"own.toml, line {line}" in str(error.value)


def test_a_number_too_small_to_tell_from_0_is_0(tmp_path: Path) -> None:
    text = table_of("sold.share", "{ house = 1e-999999999999, flat = 0.1, room = 0 }")
    assert own(tmp_path, text).numbers("sold.share")["house"] == 0


def test_a_range_gives_nothing_that_no_simulation_can_work_with(tmp_path: Path) -> None:
    # A class of age in which one stays no time at all: 3 years times 0 is kept at the least, half a year.
    text = table_of("ageing.years", AGEING.format(3), low="0")
    assert own(tmp_path, text).drawn({"ageing.years": Fraction(0)}).numbers("ageing.years")[
        "under_23"
    ] == Fraction(1, 2)


def test_it_refuses_a_table_with_other_codes(tmp_path: Path) -> None:
    text = '[sold.share]\nvalue = { house = 0.1 }\nlow = 0\nhigh = 1\nsource = "plan"'
    with pytest.raises(InputError, match="house, flat, room"):
        own(tmp_path, text)


def test_an_assumption_that_is_not_there_is_told_with_those_that_look_like_it(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match=r"eviction\.prevented"):
        own(tmp_path, PREVENTED.replace("prevented", "preventd"))
    with pytest.raises(AbsentError, match=r"no assumption leaves\.year"):
        load_assumptions()["leaves.year"]


def test_a_file_that_cannot_be_read_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this file of assumptions is not there"):
        load_assumptions(tmp_path / "absent.toml")
    with pytest.raises(InputError, match="line 1: this file of assumptions is not written as TOML"):
        own(tmp_path, "value = ")
    with pytest.raises(InputError, match="too many digits"):
        own(tmp_path, f"[void.months]\nvalue = {'9' * 5000}")
