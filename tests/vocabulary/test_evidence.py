"""Evidence records: sourced, graded honestly, in both languages; own records add and overrule openly."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError, load_evidence
from ongedeeld.vocabulary import EffectRange, EvidenceRecord, EvidenceSource, translator
from ongedeeld.vocabulary.evidence_records import DIRECTIONS, EFFECT_UNITS, GRADES
from ongedeeld.vocabulary.spoken import Both
from tests.shared import shared

SHIPPED = load_evidence()
ASKED_FOR = (
    "caretakers", "wbmgp", "wbmgp_stigma", "mixing", "motivation_letting", "restructuring", "meeting_places",
    "early_debt_signals", "concentration_support", "concentration_nuisance", "nuisance_few_households",
    "length_of_residence", "contingents", "ceilings", "management_presence", "support_agreements",
    "support_agreements_kept", "eviction_prevention", "young_tenants", "turnover", "tipping_zones",
    "livability_no_change", "survey_response",
)  # fmt: skip
ESTIMATE = """
[our_placements]
label = "plaatsingen met begeleiding"
claim = "Meer verhuringen met begeleiding gaan hier samen met een iets lagere score."
direction = "worse"
found_where = "onze complexen, 2019-2024"
grade = "weak"
not_for = "Andere corporaties."

[our_placements.effect]
low = -0.2
high = 0.05
unit = "score_per_share"
of = "verschil per aandeel verhuringen met begeleiding"

[[our_placements.sources]]
title = "Eigen evaluatie, 2025"
year = 2025
"""
WITHOUT_SOURCES = ESTIMATE[: ESTIMATE.index("[[")]


def own(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_bytes(text.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        load_evidence(path)
    return str(refused.value)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_a_record_ships_for_what_the_program_leans_on(name: str) -> None:
    assert SHIPPED[name].name == name


@pytest.mark.parametrize("record", SHIPPED.values(), ids=lambda record: record.name)
def test_every_shipped_record_is_whole_in_both_languages(record: EvidenceRecord) -> None:
    texts = [record.label, record.claim, record.found_where, record.not_for]
    texts += [record.effect.of] if record.effect else []
    for text in texts:
        assert text.nl.strip()
        assert text.en.strip()
    assert record.claim.nl != record.claim.en
    assert record.claim.nl.endswith(".")
    assert record.claim.en.endswith(".")
    assert record.origin is None


@pytest.mark.parametrize("record", SHIPPED.values(), ids=lambda record: record.name)
def test_every_shipped_record_has_a_source_with_an_address_and_a_year(record: EvidenceRecord) -> None:
    assert record.sources
    for source in record.sources:
        assert source.url.startswith(("https://", "http://"))
        assert 1990 <= source.year <= 2026


@pytest.mark.parametrize("record", SHIPPED.values(), ids=lambda record: record.name)
def test_figures_in_the_claim_are_the_same_in_both_languages(record: EvidenceRecord) -> None:
    def figures(text: str) -> list[str]:
        return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text)))

    assert figures(record.claim.nl) == figures(record.claim.en)


def test_every_grade_is_in_use_and_few_records_are_strong() -> None:
    grades = Counter(record.grade for record in SHIPPED.values())
    assert set(grades) == set(GRADES)
    assert grades["strong"] < grades["some"] < grades["weak"]


def test_what_was_never_measured_has_no_figure() -> None:
    for record in SHIPPED.values():
        if record.grade == "none" or record.direction == "not_known":
            assert record.effect is None, record.name


def test_one_old_study_without_comparison_is_weak_and_carries_nothing() -> None:
    assert SHIPPED["caretakers"].grade == "weak"
    assert not SHIPPED["caretakers"].supports()
    assert SHIPPED["caretakers"].supports("weak")


def test_the_shipped_records_do_not_carry_headroom() -> None:
    for name in ("support_agreements", "ceilings", "contingents", "mix_ratio"):
        assert not SHIPPED[name].supports()
        assert SHIPPED[name].effect is None


def test_what_is_contested_carries_nothing_however_low_the_bar() -> None:
    assert not SHIPPED["motivation_letting"].supports("weak")


def test_a_bar_is_met_by_every_grade_above_it() -> None:
    met = {
        grade: [bar for bar in ("weak", "some", "strong") if _graded(grade).supports(bar)] for grade in GRADES
    }
    assert met == {
        "strong": ["weak", "some", "strong"],
        "some": ["weak", "some"],
        "weak": ["weak"],
        "contested": [],
        "none": [],
    }


def _graded(grade: str) -> EvidenceRecord:
    return next(record for record in SHIPPED.values() if record.grade == grade)


def test_the_no_change_forecast_errs_as_its_record_says() -> None:
    scores = pl.read_excel(shared("districts_2016/dimensiescore_wijk (stand).xlsx"))
    errors = []
    for total in (pl.col("RLBRMTR") - pl.col("RLBBEV"), pl.col("RLBRMTR")):
        wide = scores.with_columns(score=total).pivot(on="JAAR", index="GBD", values="score").drop_nulls()
        assert len(wide) == 2803
        errors.append(wide.select(((pl.col("2016") - pl.col("2014")) ** 2).mean().sqrt()).item())
    effect = SHIPPED["livability_no_change"].effect
    assert effect is not None
    assert [round(error, 3) for error in errors] == [effect.low, effect.high]


def test_a_figure_is_said_with_its_unit_in_both_languages() -> None:
    nothing = Both("", "")
    dutch = translator("nl").gettext
    assert EffectRange(0.021, 0.021, "share", nothing).say(str) == "2.1 %"
    assert EffectRange(0.021, 0.021, "share", nothing).say(dutch) == "2,1 %"
    assert EffectRange(3, 4, "ratio", nothing).say(str) == "3 to 4 times"
    assert EffectRange(10_000_000, 10_000_000, "cents", nothing).say(dutch) == "100.000 euro"


def test_the_years_are_those_of_publication_where_any_is_known() -> None:
    known, read = EvidenceSource("a", "", 2012, False), EvidenceSource("b", "", 2026, True)
    record = replace(SHIPPED["mixing"], sources=(known, read))
    assert record.years == (2012, 2012)
    assert record.say_years(str) == "2012"
    assert replace(record, sources=(read,)).say_years(str) == "read in 2026"


def test_it_is_a_mapping_and_suggests_the_name_that_was_meant() -> None:
    assert list(SHIPPED) == sorted(SHIPPED)
    assert "caretakers" in SHIPPED
    assert "gnomes" not in SHIPPED
    assert SHIPPED.get("gnomes") is None
    with pytest.raises(AbsentError, match="one of: caretakers"):
        SHIPPED["caretaker"]


def test_an_own_record_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    path = own(tmp_path, ESTIMATE)
    held = load_evidence(path)
    record = held["our_placements"]
    assert set(held) == {*SHIPPED, "our_placements"}
    assert record.origin == path
    assert record.claim.nl == record.claim.en
    assert record.overruled is None
    assert "our_placements" not in load_evidence()


def test_an_own_estimate_with_a_source_carries_headroom_whatever_its_grade(tmp_path: Path) -> None:
    assert load_evidence(own(tmp_path, ESTIMATE))["our_placements"].supports("some")


def test_an_own_record_without_a_figure_is_no_estimate(tmp_path: Path) -> None:
    start, end = ESTIMATE.index("[our_placements.effect]"), ESTIMATE.index("[[")
    record = load_evidence(own(tmp_path, ESTIMATE[:start] + ESTIMATE[end:]))["our_placements"]
    assert not record.own_estimate
    assert not record.supports("some")


def test_a_record_that_overrules_says_why_and_the_shipped_one_stays_visible(tmp_path: Path) -> None:
    text = ESTIMATE.replace("our_placements", "caretakers").replace(
        'direction = "worse"', 'direction = "better"\noverrules = "wij hebben het zelf gemeten"'
    )
    record = load_evidence(own(tmp_path, text))["caretakers"]
    assert record.reason == Both("wij hebben het zelf gemeten", "wij hebben het zelf gemeten")
    assert record.overruled == SHIPPED["caretakers"]
    assert load_evidence()["caretakers"].overruled is None


def test_a_file_may_begin_with_a_mark_and_have_the_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + ESTIMATE.replace("\n", "\r\n").encode())
    assert "our_placements" in load_evidence(path)


REFUSED = [
    (WITHOUT_SOURCES, "sources is missing"),
    (WITHOUT_SOURCES.replace("grade", 'sources = []\ngrade'), "sources is missing"),
    (ESTIMATE.replace('grade = "weak"', 'grade = "good"'), "strong, some, weak, contested, none"),
    (ESTIMATE.replace('grade = "weak"\n', ""), "grade is missing"),
    (ESTIMATE.replace('"worse"', '"down"'), "better, worse, no_effect"),
    (ESTIMATE.replace("high = 0.05", "high = -0.3"), "at most high, which is -0.3"),
    (ESTIMATE.replace('unit = "score_per_share"\n', ""), "effect.unit is missing"),
    (ESTIMATE.replace("worse", "better").replace("0.05", "0.0"), "from -0.2 to 0: below zero is worse"),
    (ESTIMATE.replace("low = -0.2", "low = 0.01"), "from 0.01 to 0.05: below zero is worse"),
    (ESTIMATE.replace('"weak"', '"none"'), "'none' says that nothing was measured"),
    (ESTIMATE.replace("score_per_share", "bricks"), "share, ratio, count"),
    (ESTIMATE.replace("score_per_share", "share"), "a share from 0 to 1"),
    (ESTIMATE.replace("low = -0.2", 'low = "little"'), "a number, with a point before decimals"),
    (ESTIMATE.replace("low = -0.2", "low = nan"), "a number, with a point before decimals"),
    (ESTIMATE.replace("year = 2025", ""), "sources[1].year is missing"),
    (ESTIMATE.replace("year = 2025", 'year = "2025"'), "a year, such as 2024"),
    (ESTIMATE.replace("year = 2025", "year = 2025\nread_in = 2026"), "either year or read_in"),
    (ESTIMATE.replace("year = 2025", 'year = 2025\nurl = "our drive"'), "begins with https://"),
    (ESTIMATE.replace("claim =", "clame ="), "clame is not a field"),
    (ESTIMATE.replace("low =", "lowest ="), "effect.lowest is not a field"),
    (ESTIMATE.replace('"Andere corporaties."', '" "'), "a text that is not empty"),
    (ESTIMATE.replace("claim =", "claim_nl ="), "claim_en is missing"),
    (ESTIMATE.replace("claim =", 'claim_nl = "x"\nclaim ='), "either claim, or claim_nl with claim_en"),
    (ESTIMATE + ESTIMATE, "more than once"),
    (ESTIMATE.replace("our_placements", '"our placements"'), "lower-case letters"),
    (ESTIMATE.replace("our_placements", "caretakers"), "does not say that it overrules"),
    (ESTIMATE.replace("grade =", 'overrules = "beter"\ngrade ='), "overrules nothing"),
    ("our_placements = 3", "a table, such as [caretakers]"),
    (ESTIMATE.replace("low = -0.2", "low = = 2"), "is not TOML"),
    ("# only a remark", "there is no record"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_it_refuses_an_own_file_and_names_the_file_the_record_and_what_was_expected(
    tmp_path: Path, text: str, told: str
) -> None:
    said = refusal(own(tmp_path, text))
    assert told in said
    assert "own.toml" in said
    assert "Next: " in said
    assert "{" not in said


def test_it_refuses_an_own_file_that_is_not_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(ESTIMATE.replace("iets", "één beetje").encode("latin-1"))
    assert "save the file again, with UTF-8" in refusal(path)


def test_it_refuses_an_own_file_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.toml")


def test_directions_grades_and_units_have_words_in_both_languages() -> None:
    for label in (*DIRECTIONS.values(), *(term.label for term in GRADES.values())):
        assert label.nl
        assert label.en
    assert all(bool(unit.label.nl) == bool(unit.label.en) for unit in EFFECT_UNITS.values())


PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\x7f"), min_size=1
).filter(str.strip)
AMOUNTS = st.floats(-1e9, 1e9)


@given(
    PRINTABLE,
    PRINTABLE,
    st.tuples(AMOUNTS, AMOUNTS).map(sorted),
    st.sampled_from([grade for grade in GRADES if grade != "none"]),
)
def test_an_own_file_gives_back_what_was_written_in_it(
    tmp_path_factory: pytest.TempPathFactory, claim: str, title: str, amounts: list[float], grade: str
) -> None:
    text = (
        ESTIMATE.replace(ESTIMATE.splitlines()[3], f"claim = {json.dumps(claim, ensure_ascii=False)}")
        .replace('"Eigen evaluatie, 2025"', json.dumps(title, ensure_ascii=False))
        .replace('"worse"', '"mixed"')
        .replace("-0.2", repr(float(amounts[0])))
        .replace("0.05", repr(float(amounts[1])))
        .replace('"weak"', f'"{grade}"')
    )
    record = load_evidence(own(tmp_path_factory.mktemp("own"), text))["our_placements"]
    assert record.claim.nl == " ".join(claim.split())
    assert record.sources[0].title == " ".join(title.split())
    assert record.effect is not None
    assert [record.effect.low, record.effect.high] == amounts
    assert record.grade == grade
