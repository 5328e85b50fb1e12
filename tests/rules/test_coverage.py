"""Nothing that was compiled from the law gets lost: each item stands in the rules, or is named with a reason.

`compiled/parameters.yaml` holds the values as they were read from the sources in November 2026, and
`compiled/law.yaml` the allocation law item by item.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ongedeeld.rules import load_parameters, load_register
from ongedeeld.rules.codes import URGENCY_MANDATORY, URGENCY_OPTIONAL

FOLDER = Path(__file__).parent / "compiled"
COMPILED = yaml.safe_load((FOLDER / "parameters.yaml").read_text("utf-8"))
LAW = yaml.safe_load((FOLDER / "law.yaml").read_text("utf-8"))
VALUES, RULES = load_parameters(), load_register()

# Of each compiled value: its name in the rules, and in how many of its units one compiled unit goes.
ANNUAL = {
    "daeb_income_1p": ("daeb_income_limit_one_person", 100),
    "daeb_income_mp": ("daeb_income_limit_multi_person", 100),
    "passend_income_1p": ("passend_income_limit_one_person", 100),
    "passend_income_mp": ("passend_income_limit_multi_person", 100),
    "passend_income_1p_elderly": ("passend_income_limit_one_person_elderly", 100),
    "passend_income_mp_elderly": ("passend_income_limit_multi_person_elderly", 100),
    "aftopping_low_1_2p": ("aftopping_low", 100),
    "aftopping_high_3p": ("aftopping_high", 100),
    "kwaliteitskorting": ("kwaliteitskorting", 100),
    "liberalisatie_daeb_rent_cap": ("social_rent_limit", 100),
    "middle_rent_cap_186pt": ("middle_rent_limit", 100),
    "middle_income_1p": ("middle_income_limit_one_person", 100),
    "middle_income_mp": ("middle_income_limit_multi_person", 100),
    "youth_age_below": ("rent_allowance_youth_age", 1),
    "income_index.t_minus_1": ("income_index_t_minus_1", 1),
    "income_index.t_minus_2": ("income_index_t_minus_2", 1),
}
STRUCTURAL = {
    "passend_min_share.v": ("passend_min_share", 1),
    "daeb_min_share_default.v": ("daeb_min_share", 1),
    "daeb_min_share_floor_by_agreement.v": ("daeb_min_share_floor", 1),
    "daeb_swap_max_years.v": ("daeb_swap_max_years", 1),
    "social_realestate_other_use_max.v": ("social_real_estate_other_use_max", 1),
    "livability_amount_per_dwelling.v": ("livability_amount_per_dwelling", 100),
    "bsn_income_check_max_years.v": ("income_check_number_max_years", 1),
    "local_binding_max_share.v": ("local_binding_max_share", 1),
    "binding_years.v": ("binding_years", 1),
    "binding_years.lookback": ("binding_lookback_years", 1),
    "ordinance_max_years.v": ("ordinance_max_years", 1),
    "urgency_scheme.1.fallback_share": ("urgency_fallback_share", 1),
    "permit_holder_target.announce_weeks_before": ("permit_holder_announcement_weeks", 1),
    "permit_holder_target.national_2026": ("permit_holder_national_target", 1),
    "wbmgp.designation_max_years.v": ("wbmgp_designation_max_years", 1),
    "wbmgp.designation_max_years.renewals": ("wbmgp_max_renewals", 1),
    "wbmgp.residence_years_income_test.v": ("wbmgp_residence_years", 1),
    "wbmgp.min_age_screening.v": ("wbmgp_screening_min_age", 1),
    "wbmgp.police_lookback_years.adult": ("wbmgp_lookback_years", 1),
    "wbmgp.police_lookback_years.minor": ("wbmgp_lookback_years_minor", 1),
    "wbmgp.minister_decision_weeks.v": ("wbmgp_decision_weeks", 1),
    "youth_contract.age_min": ("youth_contract_min_age", 1),
    "youth_contract.age_below": ("youth_contract_age_below", 1),
    "youth_contract.years": ("youth_contract_years", 1),
    "youth_contract.extension_years": ("youth_contract_extension_years", 1),
    "temporary_contract_max_years.v": ("temporary_contract_max_years", 1),
    "affordable_purchase_cap.v": ("affordable_purchase_limit", 100),
}
ELSEWHERE = {
    "passend_min_share.window": "how tallies.py counts",
    "urgency_scheme.0.mandatory": "the regime of urgency.py",
    "urgency_scheme.0.min_categories": "URGENCY_OPTIONAL",
    "urgency_scheme.1.mandatory": "the regime of urgency.py",
    "urgency_scheme.1.min_categories": "URGENCY_MANDATORY",
    "urgency_scheme.1.comply_by": "comply_by under [[urgency]], a day for each municipality",
    "permit_holder_target.formula": "permit_holders.part_of_target",
    "permit_holder_target.variables_grade": "the grade of the rule permit_holder_target",
    "wbmgp.minister_decision_weeks.silence": "of the minister; nothing here decides for him",
    "ai_act_annex_iii_apply.v": "the first day of the rule ai_act_high_risk",
    "ai_act_annex_iii_apply.proposed": "what the rule ai_act_high_risk tells of a postponement",
    "temporary_contract_max_years.groups_source": "the source of the rule temporary_contract",
}
"""What is not a value of its own, and where it stands."""
NEVER_A_RULE = {
    "vacated_association_dwellings",
    "share_to_permit_holders",
    "rotterdam_2020H1",
    "amsterdam_region_2024",
    "drechtsteden_2022",
    "amsterdam_points",
}
"""Figures of what happened; they gauge a simulation and bind nobody."""
ABOUT_A_VALUE = {
    "s",
    "g",
    "note",
    "article",
    "unit",
    "valid_from",
    "valid_to",
    "read_in",
}


def _leaves(table: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every compiled item that is not about another one."""
    parts = enumerate(table) if isinstance(table, list) else table.items()
    for key, held in parts:
        if key in ABOUT_A_VALUE:
            continue
        name = f"{path}{key}"
        nested = isinstance(held, dict) or (isinstance(held, list) and isinstance(held[0], dict))
        yield from _leaves(held, f"{name}.") if nested else [(name, held)]


def _annual() -> Iterator[Any]:
    for year in COMPILED["annual"]:
        for name, value in _leaves(year):
            yield pytest.param(
                name.removesuffix(".v"), value, year["valid_from"], id=f"{name}-{year['valid_from']}"
            )


@pytest.mark.parametrize(("name", "compiled", "day"), list(_annual()))
def test_every_yearly_value_is_as_it_was_compiled(name: str, compiled: float | None, day: date) -> None:
    ours, unit = ANNUAL[name]
    assert _value(ours, day) == (compiled if compiled is None else round(compiled * unit, 6))


@pytest.mark.parametrize(("name", "compiled"), list(_leaves(COMPILED["structural"])))
def test_every_lasting_value_is_as_it_was_compiled_or_stands_elsewhere(name: str, compiled: Any) -> None:
    if name in ELSEWHERE:
        return
    ours, unit = STRUCTURAL[name]
    expected = compiled if compiled is None else compiled * unit
    assert _value(ours, date(2026, 7, 1)) == expected


def test_what_stands_elsewhere_does() -> None:
    schemes = COMPILED["structural"]["urgency_scheme"]
    assert len(URGENCY_OPTIONAL) == len(schemes[0]["min_categories"])
    assert len(URGENCY_MANDATORY) == len(schemes[1]["min_categories"]) == 10
    starts = RULES["ai_act_high_risk"].versions[0].start
    assert starts == COMPILED["structural"]["ai_act_annex_iii_apply"]["v"]
    leaves = dict(_leaves(COMPILED["structural"]))
    assert set(leaves) == set(STRUCTURAL) | set(ELSEWHERE)


def test_figures_of_what_happened_are_no_rule() -> None:
    assert set(COMPILED["calibration_only"]) == NEVER_A_RULE
    assert not NEVER_A_RULE & (set(VALUES.by_name) | set(RULES.by_name))


def test_no_value_lacks_in_the_compiled_list_but_those_read_later() -> None:
    read_later = {
        "campus_proof_months",
        "large_family_min_people",
        "large_family_registered_people",
        "middle_segment_max_points",
        "middle_segment_min_points",
        "payslip_max_months",
        "reception_statement_max_months",
    }
    compiled = {ours for ours, _ in (*ANNUAL.values(), *STRUCTURAL.values())}
    assert set(VALUES.by_name) - compiled == read_later


def _value(name: str, day: date) -> float | None:
    dated = VALUES[name].at(day)
    return dated.value if dated else None


def test_every_item_of_the_law_has_its_rules_or_a_reason_for_none() -> None:
    for item in LAW:
        assert set(item) in ({"item", "rules"}, {"item", "why"}), item
        assert set(item.get("rules", ())) <= set(RULES.by_name), item["item"]


def test_every_rule_stands_in_the_compiled_law() -> None:
    assert {rule for item in LAW for rule in item.get("rules", ())} == set(RULES.by_name)
