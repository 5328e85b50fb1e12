"""A policy is lawful or not on a day, with the rules that say so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
from ongedeeld.allocation.effects import Requirement
from ongedeeld.allocation.lawful import effects_of, lawful
from ongedeeld.reasons import Decision
from tests.allocation.steered_city import (
    ALL_AGREED,
    DAY,
    DESIGNATED,
    effects,
    home,
    judged,
    law_of,
    policy_of,
    seeker,
    steered_city,
)
from tests.small_city import small_city

AGREED = 'agreement = "Baken"\nsource = "minutes"'


def held(folder: Path, use: str, local: str = "", day: date = DAY, **changed: object) -> Decision:
    """Whether a policy of one use, to which all agreed, is lawful on a day."""
    text = f'name = "p"\n[[instrument]]\nfrom = 2020-01-01\n{ALL_AGREED}\n{use}\n'
    city = steered_city(**changed)
    return lawful(policy_of(folder, text, city), law_of(folder, local), city, day)


WHY_NOT = {
    'name = "local_binding"\nshare = 0.6\nsource = "o"': "60% is above the largest share of 50% (Hvw 14",
    'name = "free_space"\nshare = 0.1\nsource = "p"': "10% is above the free space of 7.5% (Woningwet 48(1)",
    'name = "two_rents"\nhigher_rent_cents = 90100': "€ 901 is above the maximum of € 900 by the points",
    'name = "wbmgp_income"': "names no area or complex",
    'name = "contingent"\ngroup = "medical"\nhomes = 2\npartner = "Baken"': "no agreement is recorded",
    'name = "lottery"': "does not say where it can be read",
}


@pytest.mark.parametrize("use", WHY_NOT)
def test_it_says_what_stands_in_the_way(tmp_path: Path, use: str) -> None:
    decision = held(tmp_path, use)
    assert not decision
    assert WHY_NOT[use] in decision.say()


@pytest.mark.parametrize("place", ['areas = ["BU99990101"]', 'complexes = ["Merelhof"]'])
@pytest.mark.parametrize("name", ["wbmgp_income", "wbmgp_priority", "wbmgp_nuisance"])
def test_the_wbmgp_is_lawful_inside_a_valid_designation(tmp_path: Path, name: str, place: str) -> None:
    decision = held(tmp_path, f'name = "{name}"\n{place}', DESIGNATED)
    assert decision, decision.say()


BROKEN = {
    "outside the area": ("BU99990101", "BU99990102", "is not designated"),
    "without a hardship clause": ("hardship_clause = true", "hardship_clause = false", "no hardship clause"),
    "longer than four years": ("2030-06-30", "2030-07-01", "lasts longer than 4 years"),
    "after it has ended": ("until = 2030-06-30", "until = 2026-07-14", "ended on 2026-07-14"),
}


@pytest.mark.parametrize(("found", "broken", "said"), BROKEN.values(), ids=BROKEN)
def test_the_wbmgp_is_not_lawful(tmp_path: Path, found: str, broken: str, said: str) -> None:
    local = DESIGNATED.replace(found, broken)
    decision = held(tmp_path, 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]', local)
    assert not decision
    assert said in decision.say()


def test_a_designation_ends_from_one_day_to_the_next(tmp_path: Path) -> None:
    use = 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]'
    assert held(tmp_path, use, DESIGNATED, date(2030, 6, 30))
    assert not held(tmp_path, use, DESIGNATED, date(2030, 7, 1))


def test_lower_incomes_may_not_be_shut_out_of_all_homes(tmp_path: Path) -> None:
    use = 'name = "wbmgp_income"\nareas = ["BU99990101", "BU99990201"]'
    both = DESIGNATED.replace('["BU99990101"]', '["BU99990101", "BU99990201"]')
    decision = held(tmp_path, use, both)
    assert [one.article for one in decision.reasons if "shut out" in one.text] == ["Hvw 9(2)", "Hvw 9(2)"]


@pytest.mark.parametrize("places", ['areas = ["BU99990101"]', 'complexes = ["Merelhof"]'])
def test_who_is_refused_keeps_a_chance_elsewhere(tmp_path: Path, places: str) -> None:
    decision = held(tmp_path, f'name = "wbmgp_nuisance"\n{places}', DESIGNATED)
    assert decision
    assert "of the 8 homes of the association 4 ask no permit by article 8 or 10" in decision.say()


def test_designations_of_all_homes_leave_who_is_refused_no_chance(tmp_path: Path) -> None:
    """The policy is used in one of two neighbourhoods, and both are designated."""
    both = DESIGNATED.replace('["BU99990101"]', '["BU99990101", "BU99990201"]')
    decision = held(tmp_path, 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]', both)
    assert not decision
    assert [one.article for one in decision.reasons] == ["Wbmgp 6", "Wbmgp 6"]
    assert "who is refused has no chance left in the region" in decision.say()


def test_what_is_open_is_not_known_without_homes(tmp_path: Path) -> None:
    text = 'name = "p"\n[[instrument]]\nname = "wbmgp_income"\nareas = ["BU99990101"]\nfrom = 2026-07-01'
    city = small_city()
    with pytest.raises(AbsentError, match="chance elsewhere in the region of those who are refused"):
        lawful(policy_of(tmp_path, text, city), law_of(tmp_path, DESIGNATED), city, DAY)


@given(st.integers(0, 100))
def test_any_share_up_to_half_goes_to_the_bound_and_none_above(percent: int) -> None:
    with TemporaryDirectory() as folder:
        use = f'name = "local_binding"\nshare = {percent / 100}\nsource = "ordinance"'
        assert bool(held(Path(folder), use)) == (percent <= 50)


def test_an_agreement_widens_the_free_space_to_15_percent(tmp_path: Path) -> None:
    local = """
holder = "Vogelstad"
[[agreements]]
name = "Performance agreements"
parties = ["municipality", "association", "tenants"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
source = "agreements 2026"
from = 2026-01-01
"""
    assert held(tmp_path, 'name = "free_space"\nshare = 0.15\nsource = "policy"', local)
    assert not held(tmp_path, 'name = "free_space"\nshare = 0.16\nsource = "policy"', local)


def test_binding_may_not_stand_beside_that_of_the_ordinance(tmp_path: Path) -> None:
    local = """
holder = "Vogelstad"
[[binding]]
municipality = "GM9999"
category = "small"
share = 0.5
source = "ordinance"
from = 2026-07-01
"""
    with pytest.raises(InputError, match="gives priority for binding already") as refusal:
        held(tmp_path, 'name = "local_binding"\nshare = 0.5\nsource = "o"', local)
    assert "not lawful" not in str(refusal.value)


def test_a_contingent_stays_within_its_record(tmp_path: Path) -> None:
    local = """
holder = "Vogelstad"
[[contingents]]
name = "Baken"
target_group = "medical"
homes = 3
parties = ["Baken"]
source = "minutes"
from = 2026-01-01
"""
    use = f'name = "contingent"\n{AGREED}\ngroup = "medical"\npartner = "Baken"\nhomes = '
    assert held(tmp_path, f"{use}3", local)
    assert "is for 3 homes" in held(tmp_path, f"{use}4", local).say()


CEILING = f"""
name = "p"
[[instrument]]
name = "ceiling"
from = 2026-07-01
until = 2026-12-31
agreement = "Together"
source = "minutes"
{ALL_AGREED}
most = {{ Merelhof = 1 }}
regional_total = 4

[[instrument]]
name = "contingent"
from = 2026-07-01
agreement = "Baken"
source = "minutes"
{ALL_AGREED}
group = "medical"
partner = "Baken"
homes = 4
"""


@pytest.mark.parametrize(
    ("found", "broken", "said"),
    [
        ("homes = 4", "homes = 3", "has 3 mediated lettings, but 4 are agreed"),
        (
            'group = "medical"',
            'group = "medical"\ncomplexes = ["Merelhof"]',
            "room for 1 of the 4 mediated lettings",
        ),
        ("homes = 4", 'homes = 4\nareas = ["BU99990101"]', "room for 1 of the 4 mediated lettings"),
        ("until = 2026-12-31\n", "", "has no last day"),
        ('agreement = "Together"\n', "", "no agreement is recorded"),
    ],
)
def test_a_ceiling_is_agreed_temporary_and_keeps_the_regional_total(
    tmp_path: Path, found: str, broken: str, said: str
) -> None:
    city = steered_city()
    assert lawful(policy_of(tmp_path, CEILING, city), law_of(tmp_path), city, DAY)
    broken_policy = policy_of(tmp_path, CEILING.replace(found, broken, 1), city)
    decision = lawful(broken_policy, law_of(tmp_path), city, DAY)
    assert not decision
    assert said in decision.say()


def test_contingents_in_one_capped_complex_share_its_ceiling(tmp_path: Path) -> None:
    here = CEILING.replace("homes = 4", 'homes = 1\ncomplexes = ["Merelhof"]').replace(
        "regional_total = 4", "regional_total = 2"
    )
    again = here[here.index('[[instrument]]\nname = "contingent"') :].replace('"Baken"', '"Haven"')
    other = '[[instrument]]\nname = "moving_chain"\nfrom = 2026-07-01\nhomes = 9\nsource = "policy"\n'
    other += ALL_AGREED
    city = steered_city()
    decision = lawful(policy_of(tmp_path, here + again + other, city), law_of(tmp_path), city, DAY)
    assert "room for 1 of the 2 mediated lettings" in decision.say()


RENT = 'name = "two_rents"\nsource = "policy"\nagreement = "Rents 2026"\n'
RECORD = """
holder = "Vogelstad"
[[agreements]]
name = "Rents 2026"
parties = [{parties}]
source = "performance agreements, chapter 2"
from = {start}
"""


def agreed_by(folder: Path, use: str, local: str = "") -> Decision:
    """Whether a policy of one use is lawful, with the agreement that it records itself."""
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-01-01\n{use}\n'
    city = steered_city()
    return lawful(policy_of(folder, text, city), law_of(folder, local), city, DAY)


def test_it_names_who_must_agree_and_how_to_record_it(tmp_path: Path) -> None:
    said = agreed_by(tmp_path, RENT).say()
    assert said.startswith("No:")
    assert "two rents for one home: no agreement is recorded of: tenants' organisation" in said
    assert "record who agreed under agreed (tenants), and under source where that can be read" in said


def test_an_agreement_is_recorded_in_the_policy_with_where_it_can_be_read(tmp_path: Path) -> None:
    assert agreed_by(tmp_path, f'{RENT}agreed = ["tenants"]')
    unread = agreed_by(tmp_path, 'name = "two_rents"\nagreed = ["tenants"]')
    assert not unread
    assert "where the agreement of these can be read is not told (source)" in unread.say()


@pytest.mark.parametrize(
    ("parties", "start", "met"),
    [
        ('"tenants"', "2026-01-01", True),
        ('"gemeente", "huurdersorganisatie"', "2026-01-01", True),
        ('"municipality"', "2026-01-01", False),
        ('"tenants"', "2026-07-16", False),
    ],
)
def test_an_agreement_in_local_policy_counts_for_its_parties_while_it_holds(
    tmp_path: Path, parties: str, start: str, *, met: bool
) -> None:
    assert bool(agreed_by(tmp_path, RENT, RECORD.format(parties=parties, start=start))) == met


def test_an_agreement_of_another_name_does_not_count(tmp_path: Path) -> None:
    local = RECORD.format(parties='"tenants"', start="2026-01-01").replace("Rents 2026", "Other")
    assert not agreed_by(tmp_path, RENT, local)


@pytest.mark.parametrize(
    ("use", "local"),
    [
        ('name = "local_binding"\nshare = 0.4\nsource = "ordinance"', ""),
        ('name = "wbmgp_nuisance"\nareas = ["BU99990101"]', DESIGNATED),
    ],
)
def test_where_the_council_or_minister_decided_no_more_agreement_is_asked(
    tmp_path: Path, use: str, local: str
) -> None:
    assert agreed_by(tmp_path, use, local)


def test_who_agreed_is_of_a_closed_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"(?s)agreed cannot be 'tenant'.*one of: tenants"):
        agreed_by(tmp_path, f'{RENT}agreed = ["tenant"]')


def test_a_campus_contract_is_told_with_what_it_must_say(tmp_path: Path) -> None:
    decision = held(tmp_path, 'name = "label_students"\ncontract = "campus"\nsource = "policy"')
    assert decision
    assert "it says that the home is for students" in decision.say()


def test_what_was_not_read_before_a_date_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="2025-12-31 is not known"):
        held(
            tmp_path,
            'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.2',
            day=date(2025, 12, 31),
        )


def test_a_maximum_rent_that_is_not_known_is_not_judged(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="the maximum rent of this home"):
        held(tmp_path, 'name = "two_rents"', maximum_rent_cents=None)


def test_a_day_without_uses_is_lawful(tmp_path: Path) -> None:
    assert (
        "uses no instrument on 2019-01-01" in held(tmp_path, 'name = "lottery"', day=date(2019, 1, 1)).say()
    )


UNDESIGNATED = """
name = "p"
[[instrument]]
name = "wbmgp_nuisance"
areas = ["BU99990101"]
from = 2026-07-01
"""


def test_a_policy_that_is_not_lawful_does_nothing_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not lawful on 2026-07-15") as refusal:
        effects(tmp_path, UNDESIGNATED)
    assert refusal.value.place is not None
    assert refusal.value.place.line == 3
    assert "- BU99990101 is not designated for article 10 (Wbmgp 5" in str(refusal.value)


def test_all_that_is_not_lawful_is_told_at_once_with_its_line_and_how_to_run_it_as_what_if(
    tmp_path: Path,
) -> None:
    other = UNDESIGNATED.replace('name = "p"', "").replace("wbmgp_nuisance", "wbmgp_income")
    with pytest.raises(InputError) as refusal:
        effects(tmp_path, UNDESIGNATED + other)
    said = str(refusal.value)
    assert "- BU99990101 is not designated for article 10" in said
    assert re.search(r"line \d+, Wbmgp article 8: .+:\n- BU99990101 is not designated for article 8", said)
    assert "(--what-if)" in said


def test_what_if_it_were_runs_and_every_outcome_says_so(tmp_path: Path) -> None:
    (requirement,) = effects(tmp_path, UNDESIGNATED, what_if=True)
    assert isinstance(requirement, Requirement)
    for vacancy in (home(), home(area="BU99990201", complex="Tulphof")):
        said = judged(requirement, vacancy, seeker(permit="refused")).say()
        assert "what if the law allowed this: on 2026-07-15 it was not found lawful" in said


def test_what_if_leaves_a_lawful_policy_unmarked(tmp_path: Path) -> None:
    (requirement,) = effects(tmp_path, UNDESIGNATED, DESIGNATED, what_if=True)
    assert "what if" not in judged(requirement, home(), seeker(permit="refused")).say()


def test_a_policy_without_instruments_has_no_effects(tmp_path: Path) -> None:
    city = steered_city()
    assert effects_of(policy_of(tmp_path, 'name = "p"', city), law_of(tmp_path), city, DAY) == ()


def test_a_label_by_price_alone_cannot_ask_that_a_home_goes_to_a_group_alone(tmp_path: Path) -> None:
    use = 'name = "label_youth"\ncriterion = "{by}"\ngoes = "only"\nsource = "policy"'
    assert held(tmp_path, use.format(by="size"))
    assert "by its nature or size, not by its price" in held(tmp_path, use.format(by="price")).say()


CONTINGENT = """
holder = "Vogelstad"
[[contingents]]
name = "{name}"
target_group = "permit_holder"
homes = 4
parties = [{parties}]
areas = ["{area}"]
source = "minutes"
from = 2026-01-01
until = {until}
"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until": "2026-06-30"}, "the agreement Baken ended on 2026-06-30"),
        ({"name": "Haven"}, "local policy has no agreement Baken that holds; for this group: Haven"),
        ({"parties": '"municipality", "Haven"'}, "Het Baken is no party to Baken"),
        ({"area": "BU99990101"}, "Baken is for BU99990101, and this is used outside it"),
    ],
)
def test_a_contingent_rests_on_an_agreement_that_holds(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    use = (
        'name = "contingent"\ngroup = "permit_holder"\nhomes = 4\npartner = "Het Baken"\n'
        'agreement = "Baken"\nsource = "minutes"'
    )
    as_agreed = {"name": "Baken", "parties": '"Het Baken"', "area": "WK999901", "until": "2026-12-31"}
    place = 'areas = ["BU99990101"]' if "area" not in changed else ""
    assert held(tmp_path, f'{use}\nareas = ["BU99990101"]', CONTINGENT.format(**as_agreed))
    decision = held(tmp_path, f"{use}\n{place}", CONTINGENT.format(**as_agreed | changed))
    assert not decision
    assert said in decision.say()


def test_a_ceiling_cannot_tell_away_what_was_agreed(tmp_path: Path) -> None:
    city = steered_city()
    decision = lawful(
        policy_of(tmp_path, CEILING.replace("regional_total = 4", "regional_total = 0"), city),
        law_of(tmp_path),
        city,
        DAY,
    )
    assert "regional_total is 0, but 4 mediated lettings are agreed" in decision.say()


def test_other_associations_may_carry_a_part_of_the_regional_total(tmp_path: Path) -> None:
    city = steered_city()
    more = CEILING.replace("regional_total = 4", "regional_total = 10")
    assert not lawful(policy_of(tmp_path, more, city), law_of(tmp_path), city, DAY)
    shared = more.replace("regional_total = 10", "regional_total = 10\nelsewhere = 6")
    assert lawful(policy_of(tmp_path, shared, city), law_of(tmp_path), city, DAY)


def test_a_ceiling_leaves_room_for_what_is_mediated(tmp_path: Path) -> None:
    """With no home outside the ceilings there is no place for any of the four."""
    city = steered_city()
    closed = CEILING.replace("{ Merelhof = 1 }", "{ Merelhof = 0, Tulphof = 0 }")
    decision = lawful(policy_of(tmp_path, closed, city), law_of(tmp_path), city, DAY)
    assert "there is room for 0 of the 4 mediated lettings" in decision.say()
