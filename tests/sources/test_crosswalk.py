from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import Source, conform
from ongedeeld.errors import InputError
from ongedeeld.sources.build import Inputs, build
from ongedeeld.sources.crosswalk import Crosswalk, read_crosswalk, recode

OLD_EAST, OLD_WEST, OLD_SOUTH = "BU00010001", "BU00010002", "BU00010003"
NEW_NORTH, NEW_SOUTH = "BU00010011", "BU00010012"
IN_2022 = date(2022, 1, 1)


def crosswalk(*moves: tuple[str, str, float]) -> Crosswalk:
    source = Source("moves.csv", "", "", "moves.csv", "", "", None, "crosswalk")
    return Crosswalk(
        pl.DataFrame(
            list(moves), schema={"from": pl.String, "to": pl.String, "share": pl.Float64}, orient="row"
        ),
        source,
    )


def figures(*rows: tuple[str, str, float | None], status: str = "observed") -> pl.DataFrame:
    return conform(
        "indicators",
        pl.DataFrame(
            {
                "area": [row[0] for row in rows],
                "indicator": [row[1] for row in rows],
                "period": [IN_2022] * len(rows),
                "value": pl.Series([row[2] for row in rows], dtype=pl.Float64),
                "status": ["missing" if row[2] is None else status for row in rows],
                "source": ["kwb-2022.csv"] * len(rows),
            }
        ),
    )


def told(frame: pl.DataFrame) -> dict[tuple[str, str], tuple[Any, str]]:
    return {
        (area, indicator): (value, status)
        for area, indicator, value, status in frame.select("area", "indicator", "value", "status").iter_rows()
    }


def test_a_code_that_just_changed_keeps_its_figures_and_their_status() -> None:
    recoded, remarks = recode(figures((OLD_EAST, "residents", 100)), crosswalk((OLD_EAST, NEW_NORTH, 1)))
    assert told(recoded) == {(NEW_NORTH, "residents"): (100, "observed")}
    assert remarks == []


def test_two_areas_that_merged_are_summed_and_averaged_by_their_residents() -> None:
    old = figures(
        (OLD_EAST, "residents", 300),
        (OLD_WEST, "residents", 100),
        (OLD_EAST, "share_association", 0.2),
        (OLD_WEST, "share_association", 0.6),
    )
    recoded, remarks = recode(old, crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1)))
    # (300 x 0.2 + 100 x 0.6) / 400 = 0.3
    assert told(recoded) == {
        (NEW_NORTH, "residents"): (400, "estimated"),
        (NEW_NORTH, "share_association"): (pytest.approx(0.3), "estimated"),
    }
    assert remarks == []


def test_an_area_that_was_split_is_divided_by_its_shares() -> None:
    old = figures((OLD_EAST, "residents", 250), (OLD_EAST, "property_value", 30_000_000))
    recoded, _ = recode(old, crosswalk((OLD_EAST, NEW_NORTH, 0.6), (OLD_EAST, NEW_SOUTH, 0.4)))
    assert told(recoded) == {
        (NEW_NORTH, "residents"): (pytest.approx(150), "estimated"),
        (NEW_SOUTH, "residents"): (pytest.approx(100), "estimated"),
        (NEW_NORTH, "property_value"): (pytest.approx(30_000_000), "estimated"),
        (NEW_SOUTH, "property_value"): (pytest.approx(30_000_000), "estimated"),
    }


def test_a_part_weighs_as_many_residents_as_moved() -> None:
    old = figures(
        (OLD_EAST, "residents", 200),
        (OLD_WEST, "residents", 100),
        (OLD_EAST, "share_association", 0.1),
        (OLD_WEST, "share_association", 0.4),
    )
    moves = crosswalk((OLD_EAST, NEW_NORTH, 0.25), (OLD_EAST, NEW_SOUTH, 0.75), (OLD_WEST, NEW_NORTH, 1))
    recoded, _ = recode(old, moves)
    # 50 residents at 0.1 and 100 at 0.4: 45 / 150 = 0.3
    assert told(recoded)[NEW_NORTH, "share_association"] == (pytest.approx(0.3), "estimated")


def test_an_area_that_takes_in_another_need_not_be_listed() -> None:
    old = figures((OLD_EAST, "residents", 70), (OLD_WEST, "residents", 30), (OLD_SOUTH, "residents", 5))
    recoded, _ = recode(old, crosswalk((OLD_WEST, OLD_EAST, 1)))
    assert told(recoded) == {
        (OLD_EAST, "residents"): (100, "estimated"),
        (OLD_SOUTH, "residents"): (5, "observed"),
    }


def test_an_area_that_keeps_its_code_and_gives_a_piece_away_is_divided() -> None:
    old = figures((OLD_EAST, "residents", 100))
    recoded, _ = recode(old, crosswalk((OLD_EAST, OLD_EAST, 0.9), (OLD_EAST, NEW_NORTH, 0.1)))
    assert told(recoded) == {
        (OLD_EAST, "residents"): (pytest.approx(90), "estimated"),
        (NEW_NORTH, "residents"): (pytest.approx(10), "estimated"),
    }


def test_what_is_missing_in_a_part_is_missing_in_the_whole() -> None:
    old = figures((OLD_EAST, "residents", 70), (OLD_WEST, "residents", None))
    recoded, remarks = recode(old, crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1)))
    assert told(recoded) == {(NEW_NORTH, "residents"): (None, "missing")}
    assert [remark.say() for remark in remarks] == [
        "figures of recoded areas that are missing, as they are missing in a part: 1"
    ]


def test_a_part_without_any_row_makes_the_whole_missing_too() -> None:
    recoded, _ = recode(
        figures((OLD_EAST, "residents", 70)), crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1))
    )
    assert told(recoded) == {(NEW_NORTH, "residents"): (None, "missing")}


def test_without_residents_the_parts_weigh_by_their_share_and_it_says_so() -> None:
    old = figures((OLD_EAST, "share_association", 0.2), (OLD_WEST, "share_association", 0.6))
    moves = crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1))
    recoded, remarks = recode(old, moves)
    assert told(recoded) == {(NEW_NORTH, "share_association"): (pytest.approx(0.4), "estimated")}
    assert "figures of recoded areas averaged without regard to residents" in remarks[0].say()


def test_residents_may_come_from_another_file_and_the_nearest_year() -> None:
    old = figures((OLD_EAST, "share_association", 0.2), (OLD_WEST, "share_association", 0.6))
    residents = figures((OLD_EAST, "residents", 300), (OLD_WEST, "residents", 100))
    long_ago = residents.with_columns(period=date(2012, 1, 1), value=pl.lit(50.0))
    near = residents.with_columns(period=date(2021, 1, 1))
    moves = crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1))
    recoded, remarks = recode(old, moves, pl.concat([long_ago, near]))
    assert told(recoded) == {(NEW_NORTH, "share_association"): (pytest.approx(0.3), "estimated")}
    assert remarks == []


def test_a_class_stays_only_where_all_parts_share_it() -> None:
    moves = crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1))
    same, _ = recode(figures((OLD_EAST, "urbanity", 2), (OLD_WEST, "urbanity", 2)), moves)
    other, remarks = recode(figures((OLD_EAST, "urbanity", 1), (OLD_WEST, "urbanity", 4)), moves)
    assert told(same) == {(NEW_NORTH, "urbanity"): (2, "estimated")}
    assert told(other) == {(NEW_NORTH, "urbanity"): (None, "missing")}
    assert "of different classes" in remarks[0].say()


def test_two_areas_that_swapped_codes_keep_their_own_figures() -> None:
    old = figures((OLD_EAST, "residents", 1), (OLD_WEST, "residents", 2))
    recoded, _ = recode(old, crosswalk((OLD_EAST, OLD_WEST, 1), (OLD_WEST, OLD_EAST, 1)))
    assert told(recoded) == {
        (OLD_WEST, "residents"): (1, "observed"),
        (OLD_EAST, "residents"): (2, "observed"),
    }


def test_what_is_withheld_in_a_part_is_withheld_in_the_whole() -> None:
    old = pl.concat(
        [
            figures((OLD_EAST, "benefits_social_assistance", 70)),
            figures((OLD_WEST, "benefits_social_assistance", None)).with_columns(status=pl.lit("suppressed")),
        ]
    )
    recoded, _ = recode(old, crosswalk((OLD_EAST, NEW_NORTH, 1), (OLD_WEST, NEW_NORTH, 1)))
    assert told(recoded) == {(NEW_NORTH, "benefits_social_assistance"): (None, "suppressed")}


@given(
    counts=st.lists(st.integers(0, 100_000), min_size=1, max_size=6),
    cuts=st.lists(st.floats(0.01, 0.99), min_size=6, max_size=6),
    targets=st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7)), min_size=6, max_size=6),
)
def test_no_resident_is_lost_or_made_however_areas_are_cut(
    counts: list[int], cuts: list[float], targets: list[tuple[int, int]]
) -> None:
    old = figures(*((f"BU0001000{number}", "residents", count) for number, count in enumerate(counts)))
    moves = [
        (f"BU0001000{number}", f"BU0001001{target}", share)
        for number, (cut, pair) in enumerate(zip(cuts, targets, strict=True))
        if number < len(counts)
        for target, share in zip(pair, (cut, 1 - cut), strict=True)
    ]
    recoded, _ = recode(old, crosswalk(*moves))
    assert recoded["value"].sum() == pytest.approx(sum(counts), abs=1e-6)
    assert recoded["value"].null_count() == 0


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_it_reads_dutch_headers_a_decimal_comma_and_shares_that_are_left_out(tmp_path: Path) -> None:
    path = written(
        tmp_path / "moves.csv",
        f"Van;Naar;Aandeel\n{OLD_EAST};{NEW_NORTH};\n{OLD_WEST};{NEW_NORTH};0,6\n{OLD_WEST};{NEW_SOUTH};0,4\n",
    )
    assert read_crosswalk(path).moves.rows() == [
        (OLD_EAST, NEW_NORTH, 1.0),
        (OLD_WEST, NEW_NORTH, pytest.approx(0.6)),
        (OLD_WEST, NEW_SOUTH, pytest.approx(0.4)),
    ]


def test_shares_that_were_rounded_add_up_to_one_again(tmp_path: Path) -> None:
    rows = "".join(f"{OLD_EAST};BU0001002{number};0.333\n" for number in range(3))
    path = written(tmp_path / "moves.csv", f"from;to;share\n{rows}")
    assert read_crosswalk(path).moves["share"].sum() == pytest.approx(1, abs=1e-12)


def test_it_reads_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "moves.xlsx"
    pl.DataFrame({"from": [OLD_EAST], "to": [NEW_NORTH]}).write_excel(path)
    assert read_crosswalk(path).moves.rows() == [(OLD_EAST, NEW_NORTH, 1.0)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"from;into\n{OLD_EAST};{NEW_NORTH}\n", "not a crosswalk"),
        (f"from;to\n{OLD_EAST};north\n", "row 2, column to, value 'north': this is not the code"),
        (f"from;to\n;{NEW_NORTH}\n", "row 2, column from: this is not the code"),
        (f"from;to\n{OLD_EAST};WK000100\n", "another level"),
        (f"from;to;share\n{OLD_EAST};{NEW_NORTH};half\n", "row 2, column share, value 'half'"),
        (f"from;to;share\n{OLD_EAST};{NEW_NORTH};60\n", "not a share"),
        (f"from;to;share\n{OLD_EAST};{NEW_NORTH};0\n", "not a share"),
        (f"from;to\n{OLD_EAST};{NEW_NORTH}\n{OLD_EAST};{NEW_NORTH}\n", "stands here twice"),
        (
            f"from;to;share\n{OLD_EAST};{NEW_NORTH};0.5\n{OLD_EAST};{NEW_SOUTH};0.4\n",
            f"the shares of {OLD_EAST} add up to 0.9",
        ),
    ],
)
def test_it_refuses_a_crosswalk_that_cannot_be(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path / "moves.csv", text)
    with pytest.raises(InputError, match=said) as caught:
        read_crosswalk(path)
    assert "moves.csv" in str(caught.value)
    assert "Next: " in str(caught.value)


def two_years(folder: Path) -> tuple[Path, Path]:
    before = written(
        folder / "kwb-2022.csv",
        "gwb_code;regio;a_inw;p_wcorpw\n"
        f"GM0001;Stad;450;30\nWK000100;Wijk;450;30\n{OLD_EAST};Oost;300;20\n{OLD_WEST};West;100;60\n{OLD_SOUTH};Zuid;50;.\n",
    )
    after = written(
        folder / "kwb-2023.csv",
        "gwb_code;regio;a_inw;p_wcorpw\n"
        f"GM0001;Stad;460;31\nWK000100;Wijk;460;31\n{NEW_NORTH};Noord;405;31\n{OLD_SOUTH};Zuid;55;.\n",
    )
    return before, after


def test_build_carries_the_figures_of_older_years_over_to_the_newest_division(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    moves = written(tmp_path / "moves.csv", f"van;naar\n{OLD_EAST};{NEW_NORTH}\n{OLD_WEST};{NEW_NORTH}\n")
    city = build("GM0001", Inputs(kwb=[before, after], crosswalk=[moves]), today=date(2026, 1, 1))
    areas, indicators = city.table("areas"), city.table("indicators")
    assert areas["code"].sort().to_list() == sorted([NEW_NORTH, OLD_SOUTH, "GM0001", "WK000100"])
    north = indicators.filter((pl.col("area") == NEW_NORTH) & (pl.col("indicator") == "residents"))
    assert north.sort("period").select("value", "status").rows() == [(400, "estimated"), (405, "observed")]
    assert "moves.csv" in [source.file for source in city.manifest.sources]


def test_livability_by_the_old_division_is_averaged_by_the_residents_of_its_parts(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    moves = written(tmp_path / "moves.csv", f"van;naar\n{OLD_EAST};{NEW_NORTH}\n{OLD_WEST};{NEW_NORTH}\n")
    livability = written(
        tmp_path / "scores.csv",
        "jaar,bu_code,bu_naam,lbm,afw,fys,onv,soc,vrz,won\n"
        f"2022,{OLD_EAST},Oost,6,0,0,0,0,0,0\n2022,{OLD_WEST},West,8,0,0,0,0,0,0\n",
    )
    inputs = Inputs(kwb=[before, after], livability=[livability], crosswalk=[moves])
    indicators = build("GM0001", inputs, today=date(2026, 1, 1)).table("indicators")
    score = indicators.filter(pl.col("indicator") == "livability3_score")
    # (300 x 6 + 100 x 8) / 400 = 6.5
    assert score.select("area", "value", "status").rows() == [(NEW_NORTH, pytest.approx(6.5), "estimated")]


def test_a_crosswalk_with_a_year_leaves_later_figures_alone(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    moves = written(tmp_path / "moves.csv", f"van;naar\n{OLD_EAST};{NEW_NORTH}\n{OLD_WEST};{NEW_NORTH}\n")
    inputs = Inputs(kwb=[before, after], crosswalk=[f"2021={moves}"])
    city = build("GM0001", inputs, today=date(2026, 1, 1))
    residents = city.table("indicators").filter(
        (pl.col("indicator") == "residents") & (pl.col("area") == NEW_NORTH)
    )
    assert residents["value"].to_list() == [405]
    remarks = {remark.source: remark.say() for remark in city.manifest.remarks}
    assert remarks["kwb-2022.csv"] == "areas outside this division whose figures are left out: 2"


def test_areas_of_an_older_division_do_not_enter_the_city(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    city = build("GM0001", Inputs(kwb=[before, after]), today=date(2026, 1, 1))
    assert set(city.table("areas")["code"]) == {NEW_NORTH, OLD_SOUTH, "GM0001", "WK000100"}
