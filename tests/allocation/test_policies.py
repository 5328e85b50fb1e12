"""A policy file is read, or refused with the line of what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import InputError
from ongedeeld.allocation import read_allocation_policy
from ongedeeld.allocation.places import Scope
from tests.allocation.steered_city import MEREL, TULP, policy_of, steered_city

WHOLE = """\
name = "Policy of 2026"

[[instrument]]
name = "local_binding"
areas = ["WK999901"]
from = 2026-07-01
until = 2026-12-31
source = "ordinance, article 5"
share = 0.4

[[instrument]]
name = "ceiling"
from = 2026-07-01
until = 2026-12-31
agreement = "Together for Merelhof"
source = "minutes of 3 June 2026"
most = { Merelhof = 2 }
regional_total = 6
"""


def test_it_reads_places_dates_parameters_and_what_was_agreed(tmp_path: Path) -> None:
    binding, ceiling = policy_of(tmp_path, WHOLE).uses
    assert (binding.start, binding.end) == (date(2026, 7, 1), date(2026, 12, 31))
    assert binding.scope.areas == {"WK999901", "BU99990101", "BU99990102"}
    assert binding.scope.complexes == {"Merelhof"}
    assert binding.parameters == {"share": 0.4, "bound_to": "municipality", "ground": "scarcity"}
    assert (ceiling.complexes, ceiling.agreement) == (("Merelhof",), "Together for Merelhof")
    assert (ceiling.name, ceiling.place.line) == ("ceiling-2", 11)


def test_a_use_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, WHOLE)
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [len(policy.on(day)) for day in days] == [0, 2, 2, 0]


def test_without_places_a_label_is_for_the_homes_that_bear_it(tmp_path: Path) -> None:
    (use,) = policy_of(tmp_path, 'name = "p"\n[[instrument]]\nname = "label_seniors"\nfrom = 2026-07-01').uses
    assert use.scope.covers({"area": TULP, "complex": "Tulphof", "label": "seniors"})
    assert not use.scope.covers({"area": TULP, "complex": "Tulphof", "label": "none"})


WRONG = {
    "an unknown instrument": (
        'name = "local_binding"',
        'name = "local_bindin"',
        4,
        "did you mean local_binding",
    ),
    "a share above 1": ("share = 0.4", "share = 1.4", 9, "a number from 0 to 1"),
    "a share in words": ("share = 0.4", 'share = "half"', 9, "a number"),
    "a missing parameter": ("share = 0.4\n", "", 3, "may not be left out"),
    "an unknown key": ("share = 0.4", "shares = 0.4", 9, "did you mean share"),
    "an unknown area": ('"WK999901"', '"WK999909"', 5, "WK99990"),
    "an unknown complex": ("{ Merelhof = 2 }", "{ Meerlhof = 2 }", 17, "Merelhof"),
    "no number for each complex": ("{ Merelhof = 2 }", "2", 17, "such as { C1 = 3 }"),
    "a negative number": ("{ Merelhof = 2 }", "{ Merelhof = -2 }", 17, "0 or more"),
    "a date in words": ("from = 2026-07-01", 'from = "July"', 6, "a date, such as"),
    "an end before the start": ("until = 2026-12-31", "until = 2026-06-30", 7, "not before the first"),
    "a code outside the list": ("share = 0.4", 'share = 0.4\nbound_to = "street"', 10, "one of"),
    "an unknown part": (
        'name = "Policy of 2026"',
        'name = "x"\ninstruments = 1',
        2,
        "did you mean instrument",
    ),
    "an empty name": ('name = "Policy of 2026"', 'name = ""', 1, "a text"),
    "an empty list of areas": ('["WK999901"]', "[]", 5, "a list of one or more"),
}


@pytest.mark.parametrize(("found", "wrong", "line", "said"), WRONG.values(), ids=WRONG)
def test_it_refuses_with_the_line(tmp_path: Path, found: str, wrong: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        policy_of(tmp_path, WHOLE.replace(found, wrong, 1))
    assert refusal.value.place is not None
    assert refusal.value.place.line == line
    assert said in str(refusal.value)


def test_it_refuses_a_negative_rent(tmp_path: Path) -> None:
    use = 'name = "p"\n[[instrument]]\nname = "two_rents"\nfrom = 2026-07-01\nhigher_rent_cents = -1'
    with pytest.raises(InputError, match="line 5: higher_rent_cents cannot be '-1'"):
        policy_of(tmp_path, use)


def test_it_refuses_a_file_that_is_not_toml(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: this file of a policy is not written as TOML is"):
        policy_of(tmp_path, "name = ")
    with pytest.raises(InputError, match="line 2: this file of a policy is not written as TOML is"):
        policy_of(tmp_path, 'name = "p"\nuntil = 31-12-2029')
    with pytest.raises(InputError, match="this is a folder and not a file of a policy"):
        read_allocation_policy(tmp_path, steered_city())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "p"\n[instrument]\nname = "lottery"\n', "line 2"),
        ('name = "p"\n[[instrument]]\nfrom = 2026-07-01\n', "line 2"),
    ],
)
def test_an_instrument_that_is_one_table_or_has_no_name_is_refused_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        policy_of(tmp_path, text)


@pytest.mark.parametrize("share", ["nan", "inf", "1e-300"])
def test_a_number_that_cannot_be_meant_is_refused(tmp_path: Path, share: str) -> None:
    use = f'name = "p"\n[[instrument]]\nname = "motivation_letting"\nfrom = 2026-07-01\nshare = {share}'
    with pytest.raises(InputError, match="line 5: share cannot be"):
        policy_of(tmp_path, use)


def test_a_number_of_homes_beyond_all_bounds_is_refused(tmp_path: Path) -> None:
    use = f'name = "p"\n[[instrument]]\nname = "neighbourly_work"\nfrom = 2026-07-01\nhomes = {10**18}'
    with pytest.raises(InputError, match="no more than 10,000,000"):
        policy_of(tmp_path, use)


TWICE = """\
name = "p"
[[instrument]]
name = "lottery"
from = 2026-07-01
until = 2026-12-31
{first}
[[instrument]]
name = "lottery"
from = {start}
{second}
"""


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        ("", "", "2026-12-31"),
        ('areas = ["WK999901"]', f'areas = ["{MEREL}"]', "2026-08-01"),
        (f'areas = ["{MEREL}"]', 'complexes = ["Merelhof"]', "2026-08-01"),
        ('complexes = ["Merelhof"]', 'labels = ["youth"]', "2026-08-01"),
    ],
)
def test_it_refuses_one_instrument_twice_on_a_home_and_day(
    tmp_path: Path, first: str, second: str, start: str
) -> None:
    with pytest.raises(InputError, match="lottery already, from 2026-07-01") as refusal:
        policy_of(tmp_path, TWICE.format(first=first, second=second, start=start))
    assert refusal.value.place is not None
    assert refusal.value.place.line == 7
    assert "line 2" in str(refusal.value)


def test_it_refuses_two_offer_models_on_a_home_and_day(tmp_path: Path) -> None:
    text = TWICE.format(first="", second="", start="2026-08-01")
    other = text.replace('"lottery"', '"registration_time"', 1)
    with pytest.raises(InputError, match="lottery is used here on homes that have registration time already"):
        policy_of(tmp_path, other)


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        ("", "", "2027-01-01"),
        (f'areas = ["{MEREL}"]', 'complexes = ["Tulphof"]', "2026-08-01"),
        ('labels = ["seniors"]', 'labels = ["youth"]', "2026-08-01"),
    ],
)
def test_one_instrument_may_be_used_on_other_homes_or_days(
    tmp_path: Path, first: str, second: str, start: str
) -> None:
    assert len(policy_of(tmp_path, TWICE.format(first=first, second=second, start=start)).uses) == 2


def test_contingents_under_different_agreements_go_together(tmp_path: Path) -> None:
    use = """
[[instrument]]
name = "contingent"
from = 2026-07-01
agreement = "{name}"
group = "permit_holder"
homes = 2
partner = "{name}"
"""
    text = 'name = "p"' + use.format(name="Baken") + use.format(name="Haven")
    assert [one.agreement for one in policy_of(tmp_path, text).uses] == ["Baken", "Haven"]


SCOPES = st.builds(
    Scope,
    st.frozensets(st.sampled_from([MEREL, TULP])),
    st.frozensets(st.sampled_from(["Merelhof", "Tulphof"])),
    st.frozensets(st.sampled_from(["none", "seniors"])),
    st.booleans(),
)


@given(SCOPES, SCOPES)
def test_two_scopes_with_a_home_in_common_meet(one: Scope, other: Scope) -> None:
    homes = [
        {"area": area, "complex": name, "label": label}
        for area, name in ((MEREL, "Merelhof"), (TULP, "Tulphof"))
        for label in ("none", "seniors")
    ]
    # As a policy makes them: an area brings the complexes that lie in it.
    whole = [
        Scope(
            scope.areas,
            scope.complexes
            | {name for area, name in ((MEREL, "Merelhof"), (TULP, "Tulphof")) if area in scope.areas},
            scope.labels,
            scope.everywhere,
        )
        for scope in (one, other)
    ]
    shared = any(whole[0].covers(home) and whole[1].covers(home) for home in homes)
    assert not shared or whole[0].meets(whole[1])
    assert whole[0].meets(whole[1]) == whole[1].meets(whole[0])


def test_a_policy_without_instruments_does_nothing(tmp_path: Path) -> None:
    assert policy_of(tmp_path, 'name = "as it is"', steered_city()).uses == ()


def test_an_offer_model_may_hold_everywhere_but_in_some_areas(tmp_path: Path) -> None:
    """Lottery in the Merelbuurt, registration time elsewhere: they do not meet."""
    text = """
name = "p"
[[instrument]]
name = "lottery"
areas = ["BU99990101"]
from = 2026-07-01

[[instrument]]
name = "registration_time"
except_areas = ["WK999901"]
from = 2026-07-01
"""
    lottery, elsewhere = policy_of(tmp_path, text).uses
    merel = {"area": "BU99990101", "complex": "Merelhof", "label": "none"}
    tulp = {"area": "BU99990201", "complex": "Tulphof", "label": "none"}
    assert (lottery.scope.covers(merel), elsewhere.scope.covers(merel)) == (True, False)
    assert (lottery.scope.covers(tulp), elsewhere.scope.covers(tulp)) == (False, True)
    with pytest.raises(InputError, match="on homes that have lottery already"):
        policy_of(tmp_path, text.replace('except_areas = ["WK999901"]', 'except_areas = ["BU99990201"]'))
