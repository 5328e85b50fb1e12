"""Local policy: it fills in and narrows, and loosens nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from ongedeeld import AbsentError, InputError
from ongedeeld.rules import LawOfDay, load_law
from ongedeeld.rules.binding import largest_share
from ongedeeld.rules.income import smallest_share
from ongedeeld.rules.record_words import FIELDS, SECTIONS
from ongedeeld.rules.records import RECORDS, Agreement, Binding, Designation

MARCH = date(2026, 3, 1)
DAYS = (date(2026, 2, 28), MARCH, date(2026, 6, 30), date(2026, 7, 1))
HOLDER = 'holder = "Gemeente Voorbeeldstad"'
MIDDLE_RENT = """[[values.middle_rent_limit]]
from = 2026-01-01
value = 122800
source = "Besluit van het bestuur, 3 februari 2026"
"""
DESIGNATION = """[[designations]]
name = "Zuiderpark"
articles = [8, 9]
areas = ["BU99990101"]
from = 2026-07-01
until = 2030-06-30
hardship_clause = true
chance_elsewhere = "monitor of the region, chapter 4"
source = "Decision of the minister, 1 June 2026"
"""
TARGET = """[[permit_holders]]
municipality = "GM9999"
people = 212
from = 2026-07-01
source = "letter"
"""


def test_it_fills_in_a_value_that_the_law_files_do_not_know(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, MIDDLE_RENT))
    assert law.on(MARCH).value("middle_rent_limit") == 122_800
    assert law.parameters["middle_rent_limit"].at(MARCH).grade == "L"  # type: ignore[union-attr]
    assert law.on(date(2025, 3, 1)).value("middle_rent_limit") == 118_482
    with pytest.raises(AbsentError):
        load_law().on(MARCH).value("middle_rent_limit")


def test_a_value_of_next_year_changes_nothing_this_year(tmp_path: Path) -> None:
    later = MIDDLE_RENT.replace("2026-01-01", "2027-01-01")
    with pytest.raises(AbsentError):
        load_law(_policy(tmp_path, later)).on(MARCH).value("middle_rent_limit")


def test_it_may_narrow_what_the_law_sets(tmp_path: Path) -> None:
    assert _with_binding(tmp_path, 0.25).value("local_binding_max_share") == 0.25


def test_it_may_not_loosen_what_the_law_sets(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refusal:
        _with_binding(tmp_path, 0.6)
    said = str(refusal.value)
    assert "local_binding_max_share" in said
    assert "Hvw 14(2)" in said
    assert "lower or equal" in said


def test_it_changes_the_share_for_the_target_group_only_by_agreement(tmp_path: Path) -> None:
    row = '[[values.daeb_min_share]]\nfrom = 2026-01-01\nvalue = 0.85\nsource = "x"\n'
    with pytest.raises(InputError, match="performance agreement"):
        load_law(_policy(tmp_path, row))


def test_it_says_that_a_rule_held_before_the_text_that_was_read(tmp_path: Path) -> None:
    day = date(2025, 6, 1)
    with pytest.raises(AbsentError, match="local policy"):
        load_law().on(day).holds("passend_toewijzen")
    held = '[[rules]]\nrule = "passend_toewijzen"\nfrom = 2016-01-01\nsource = "Board paper of 2015"\n'
    law = load_law(_policy(tmp_path, held))
    assert law.on(day).version("passend_toewijzen").grade == "L"
    assert law.on(MARCH).version("passend_toewijzen").grade == "A"


def test_a_record_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, DESIGNATION))
    counts = {
        day: len(law.on(day).records(Designation))
        for day in (date(2026, 6, 30), date(2026, 7, 1), date(2030, 6, 30), date(2030, 7, 1))
    }
    assert list(counts.values()) == [0, 1, 1, 0]
    assert law.on(date(2027, 1, 1)).records(Agreement) == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (MIDDLE_RENT.replace("from", "since"), "a date under from"),
        (MIDDLE_RENT.replace("value =", "amount ="), "either a value or the reason"),
        (MIDDLE_RENT.replace("122800", '"much"'), "a number under value"),
        (MIDDLE_RENT.replace("source", "origin"), "the source of the value"),
        (MIDDLE_RENT + MIDDLE_RENT, "one value for each date"),
        (MIDDLE_RENT.replace("middle_rent_limit", "middle_rent_limt"), "middle_rent_limit"),
        (MIDDLE_RENT.replace("122800", "1228.50"), "money in cents"),
        (MIDDLE_RENT.replace("122800", "-1"), "a number from 0 to 1,000,000,000"),
        (MIDDLE_RENT.replace("122800", "nan"), "a number from 0"),
        (MIDDLE_RENT.replace("122800", "inf"), "a number from 0"),
        (MIDDLE_RENT.replace("122800", "1e300"), "a number from 0"),
        (MIDDLE_RENT.replace("Besluit van het bestuur, 3 februari 2026", " "), "the source of the value"),
        (MIDDLE_RENT.replace("middle_rent_limit", "urgency_fallback_share"), "a share from 0 to 1"),
        ("value = =", "written as TOML is"),
        ("[[designation]]", "did you mean designations"),
        (DESIGNATION.replace("articles = [8, 9]", ""), "line 2: the field articles"),
        (DESIGNATION.replace("hardship_clause = true", 'hardship_clause = "yes"'), "true or false"),
        (DESIGNATION.replace("until = 2030-06-30", "until = 2020-06-30"), "not before the first"),
        (DESIGNATION.replace('["BU99990101"]', "[]"), "a list of one or more"),
        (DESIGNATION.replace("[8, 9]", "[-8]"), "a whole number from 0"),
        (DESIGNATION + 'evaluation = " "', "the field evaluation"),
        (DESIGNATION.replace("monitor of the region, chapter 4", "  "), "the field chance_elsewhere"),
        (TARGET.replace("212", "1" + "0" * 23), "to 10,000,000"),
        (DESIGNATION.replace("source =", "sources ="), "did you mean source"),
        (MIDDLE_RENT.replace("[[values.middle_rent_limit]]", "[values]\nmiddle_rent_limit = 3\n[x]"), "x"),
    ],
)
def test_it_refuses_what_is_not_of_the_form(tmp_path: Path, lines: str, expected: str) -> None:
    with pytest.raises((InputError, AbsentError)) as refusal:
        load_law(_policy(tmp_path, lines))
    assert expected in str(refusal.value)


BINDING = """[[binding]]
municipality = "GM9999"
category = "flats"
share = 0.5
from = 2026-01-01
source = "ordinance"
"""
AGREEMENT = """[[agreements]]
name = "2026"
parties = ["GM9999", "tenants"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
from = 2026-01-01
source = "agreement"
"""
SWAP = """[[swaps]]
name = "Region 2026"
parties = ["Woningcorporatie Voorbeeld", "Woningcorporatie Ander"]
daeb_min_share = 0.8
approved = 2026-01-01
from = 2026-01-01
until = 2029-12-31
source = "decision of the minister"
"""
GROUPS = """[[urgency]]
municipality = "GM9999"
groups = ["Medisch"]
from = 2026-01-01
source = "ordinance"
"""


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (BINDING.replace("0.5", "0.6"), 5, "sets 60% where the law sets the limit at 50% (Hvw 14(2))"),
        (BINDING.replace("0.5", "1.5"), 5, "a share from 0 to 1"),
        (BINDING.replace("GM9999", "Voorbeeldstad"), 3, "such as GM0344"),
        (AGREEMENT.replace("0.85", "0.84"), 6, "sets 84% where the law sets the limit at 85%"),
        (BINDING + BINDING.replace("2026-01-01", "2026-07-01"), 12, "before that of 2026-01-01 has ended"),
        (DESIGNATION + DESIGNATION.replace("2026-07-01", "2028-07-01"), 15, "one record at a time"),
        (DESIGNATION.replace("[8, 9]", "[8, 11]"), 4, "8, 9, 10"),
        (DESIGNATION.replace("BU99990101", "Zuiderpark"), 5, "BU03440101"),
        (DESIGNATION.replace('areas = ["BU99990101"]\n', ""), 2, "names no place"),
        ('[[rules]]\nrule = "passend"\nfrom = 2016-01-01\nsource = "x"', 2, "there is no rule passend"),
        (GROUPS, 4, "small letters"),
        (SWAP.replace("2029-12-31", "2030-01-01"), 8, "lasts longer than 4 years (BTIV 60(1)c)"),
        (SWAP.replace("until = 2029-12-31\n", ""), 2, "lasts longer than 4 years"),
        (SWAP.replace(', "Woningcorporatie Ander"', ""), 4, "names no other association"),
        (SWAP.replace("approved = 2026-01-01\n", ""), 2, "the field approved"),
        (SWAP + SWAP.replace("2026-01-01", "2027-01-01"), 15, "one record at a time"),
        (BINDING.replace("0.5", "nan"), 5, "a share from 0 to 1"),
        (AGREEMENT.replace("0.85", "nan"), 6, "a share from 0 to 1"),
        (SWAP.replace("0.8", "inf"), 5, "a share from 0 to 1"),
        (BINDING + "until = 2030-01-01\n", 8, "which lasts at most 4 years (Hvw 4)"),
        (GROUPS.replace("Medisch", "medical") + "until = 2030-01-01\n", 7, "at most 4 years (Hvw 4)"),
        (BINDING.replace("[[binding]]", "[binding]"), 2, "a list of tables, each under [[binding]]"),
        (
            MIDDLE_RENT + MIDDLE_RENT.replace("2026-01-01", "2026-02-01").replace("122800", "-1"),
            6,
            "a number",
        ),
        ("value = =", 2, "this file of local policy is not written as TOML is"),
        ("[[binding]]\nshare = 0.5\nshare = 0.4", 4, "is not written as TOML is"),
        (f"\n\n{MIDDLE_RENT.replace('middle_rent_limit', 'rent_limit')}", 4, "there is no rule value"),
    ],
)
def test_it_names_the_line_of_what_is_wrong(tmp_path: Path, lines: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        load_law(_policy(tmp_path, lines))
    assert f"policy.toml, line {line}" in str(refusal.value)
    assert said in str(refusal.value)


def test_an_ordinance_of_exactly_four_years_passes(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, BINDING + "until = 2029-12-31\n"))
    assert len(law.on(date(2029, 12, 31)).records(Binding)) == 1
    assert law.on(date(2030, 1, 1)).records(Binding) == ()


def test_an_ordinance_without_a_last_day_is_not_believed_after_four_years(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, BINDING))
    assert len(law.on(date(2029, 12, 31)).records(Binding)) == 1
    with pytest.raises(AbsentError) as refusal:
        law.on(date(2030, 1, 1)).records(Binding)
    said = str(refusal.value)
    assert "policy.toml, line 2: whether the ordinance of [[binding]] from 2026-01-01 still holds" in said
    assert "2029-12-31 at the latest" in said
    assert "give what the next ordinance says" in said
    ahead = replace(law, carried_on=True)
    assert len(ahead.on(date(2030, 1, 1)).records(Binding)) == 1


def test_an_agreement_without_a_last_day_runs_on(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, AGREEMENT))
    assert len(law.on(date(2031, 1, 1)).records(Agreement)) == 1


def test_binding_refuses_where_who_is_bound_was_not_read(tmp_path: Path) -> None:
    rules = '[[rules]]\nrule = "local_binding"\nfrom = 2024-01-01\nsource = "ordinance of 2024"\n'
    share = '[[values.local_binding_max_share]]\nfrom = 2024-01-01\nvalue = 0.5\nsource = "ordinance"\n'
    law = load_law(_policy(tmp_path, rules + share + BINDING.replace("2026-01-01", "2024-01-01")))
    with pytest.raises(AbsentError, match="social_binding"):
        largest_share(law.on(date(2025, 6, 1)).records(Binding)[0], law.on(date(2025, 6, 1)))


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda file: file.mkdir(), "this is a folder and not a file of local policy"),
        (lambda file: None, "this file of local policy is not there"),
        (lambda file: file.write_bytes(b"\xff\xfe"), "this file of local policy is not written in UTF-8"),
        (
            lambda file: file.write_text("holder = "),
            "this file of local policy is not written as TOML is",
        ),
    ],
    ids=["folder", "absent", "encoding", "toml"],
)
def test_it_says_in_its_own_words_why_a_file_cannot_be_read(
    tmp_path: Path, write: Callable[[Path], object], said: str
) -> None:
    file = tmp_path / "policy.toml"
    write(file)
    with pytest.raises(InputError) as refusal:
        load_law(file)
    assert said in str(refusal.value)
    # What the reader of files says is English in every language.
    assert str(refusal.value.__cause__) not in str(refusal.value)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = _policy(tmp_path, BINDING)
    file.write_text("\ufeff" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_law(file).on(MARCH).records(Binding)


def test_every_section_and_field_has_its_words() -> None:
    assert {kind.section for kind in RECORDS} == set(SECTIONS)
    apart = {"source", "start", "end", "place", "lines"}
    assert {one.name for kind in RECORDS for one in fields(kind)} - apart == set(FIELDS)


def test_two_files_may_not_say_two_things_about_the_same(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = [_policy(tmp_path, BINDING), _policy(tmp_path / "other", BINDING.replace("0.5", "0.4"))]
    with pytest.raises(InputError, match="one record at a time"):
        load_law(*files)


def test_one_record_may_follow_another(tmp_path: Path) -> None:
    first = BINDING + "until = 2026-06-30\n"
    law = load_law(_policy(tmp_path, first + BINDING.replace("2026-01-01", "2026-07-01")))
    assert len(law.on(date(2026, 7, 1)).records(Binding)) == 1


def test_where_hardly_anything_can_be_built_the_share_has_no_limit(tmp_path: Path) -> None:
    full = BINDING.replace("0.5", "0.9") + "hardly_any_room = true\n"
    assert load_law(_policy(tmp_path, full)).on(MARCH).records(Binding)[0].share == 0.9


def test_what_was_narrowed_stays_narrowed_when_the_law_is_written_anew(tmp_path: Path) -> None:
    # The law writes its 50 % again on 1 July 2026.
    row = '[[values.local_binding_max_share]]\nfrom = 2026-03-01\nvalue = 0.25\nsource = "Ordinance 3"'
    law = load_law(_policy(tmp_path, row))
    shares = {day: law.on(day).value("local_binding_max_share") for day in DAYS}
    assert list(shares.values()) == [0.5, 0.25, 0.25, 0.25]


def test_what_was_filled_in_for_a_year_does_not_run_on_into_the_next(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, MIDDLE_RENT))
    with pytest.raises(AbsentError):
        law.on(date(2027, 1, 1)).value("middle_rent_limit")


def test_an_income_index_that_was_filled_in_ends_with_its_year(tmp_path: Path) -> None:
    row = '[[values.income_index_t_minus_1]]\nfrom = 2026-01-01\nvalue = 1.05\nsource = "Staatscourant"'
    law = load_law(_policy(tmp_path, row))
    assert law.on(date(2026, 12, 31)).value("income_index_t_minus_1") == 1.05
    with pytest.raises(AbsentError, match="income_index_t_minus_1"):
        law.on(date(2027, 1, 1)).value("income_index_t_minus_1")


def test_a_swap_goes_before_the_agreements_and_says_with_whom(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, AGREEMENT + SWAP)).on(MARCH)
    share, why = smallest_share(["GM9999"], law)
    assert share == 0.8
    assert (why.article, why.source) == ("Woningwet 48(5), BTIV 60", "decision of the minister")
    assert "with Woningcorporatie Voorbeeld, Woningcorporatie Ander together" in why.say()


def test_it_asks_who_sets_the_policy(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(MIDDLE_RENT, encoding="utf-8")
    with pytest.raises(InputError, match="holder"):
        load_law(file)


def _with_binding(folder: Path, share: float) -> LawOfDay:
    row = f'[[values.local_binding_max_share]]\nfrom = 2026-07-01\nvalue = {share}\nsource = "Ordinance 3"'
    return load_law(_policy(folder, row)).on(date(2026, 8, 1))


def _policy(folder: Path, lines: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(f"{HOLDER}\n{lines}\n", encoding="utf-8")
    return path


NARROWER = """[[values.local_binding_max_share]]
from = 2026-03-01
until = 2026-06-30
value = 0.25
source = "ordinance"
"""


def test_a_value_that_ends_leaves_the_law_as_it_is(tmp_path: Path) -> None:
    law = load_law(_policy(tmp_path, NARROWER))
    held = [law.on(day).value("local_binding_max_share") for day in DAYS]
    assert held == [0.5, 0.25, 0.25, 0.5]
    again = law.parameters["local_binding_max_share"].at(date(2026, 7, 1))
    assert again is not None
    assert again.grade != "L"


def test_a_value_that_follows_at_once_leaves_no_gap(tmp_path: Path) -> None:
    following = NARROWER.replace("2026-06-30", "9999-12-31").replace("2026-03-01", "2026-07-01")
    law = load_law(_policy(tmp_path, NARROWER + following.replace("0.25", "0.3")))
    assert [law.on(day).value("local_binding_max_share") for day in DAYS] == [0.5, 0.25, 0.25, 0.3]


def test_what_the_law_does_not_know_is_unknown_again_after_local_policy(tmp_path: Path) -> None:
    ended = MIDDLE_RENT.replace("value =", "until = 2026-06-30\nvalue =")
    law = load_law(_policy(tmp_path, ended))
    assert law.on(date(2026, 6, 30)).value("middle_rent_limit") == 122_800
    with pytest.raises(AbsentError):
        law.on(date(2026, 7, 1)).value("middle_rent_limit")


def test_it_refuses_a_value_that_ends_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a last day under until that is not before the first"):
        load_law(_policy(tmp_path, NARROWER.replace("2026-06-30", "2026-02-28")))
