"""The page of a comparison: the same facts in words, pictures and tables, and the worst first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.reporting.comparison import comparison_html, write_comparison
from ongedeeld.reporting.comparison.change_map import class_of
from ongedeeld.reporting.comparison.fans import Panel, fans, ticks
from ongedeeld.reporting.comparison.map_labels import Label, labels
from ongedeeld.simulation.comparing.comparison import AS_NOW, Comparison, compare
from ongedeeld.simulation.futures.lawfulness import Against, Footing
from ongedeeld.simulation.futures.results import Results
from ongedeeld.vocabulary import Both
from tests.reporting.reading import Page
from tests.simulation.results_cast import as_if, lived_through, without

CONTINGENT = Footing(
    name="contingent-1",
    label=Both("contingent", "contingent"),
    areas=("BU99990101",),
    complexes=(),
    start=date(2026, 7, 1),
    end=date(2027, 6, 30),
    agreement="Homes for the shelter",
    agreed=("municipality", "partner"),
    source="agreement of 2026",
    homes=20,
    ceilings={},
    articles=("Wgv 2(2)a",),
    days=2,
    against=(),
)
CEILING = replace(
    CONTINGENT,
    name="ceiling-2",
    label=Both("plafond", "ceiling"),
    homes=None,
    ceilings={"C001": 1, "C002": 0},
)
REFUSED = replace(
    CONTINGENT,
    name="wbmgp_nuisance-3",
    agreement="",
    agreed=(),
    against=(
        Against(date(2026, 7, 1), Both("BU99990101 is niet aangewezen", "BU99990101 is not designated")),
    ),
)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return lived_through(tmp_path_factory.mktemp("comparison"), futures=16)


@pytest.fixture(scope="module")
def more(now: Results) -> Results:
    """Ten more households with support in the first neighbourhood of the list, in every future."""

    def changed(frame: pl.DataFrame) -> pl.DataFrame:
        here = (pl.col("level") == "neighbourhood") & (pl.col("unit") == "BU99990101")
        return frame.with_columns(
            support_share=pl.col("support_share") + pl.when(here).then(0.1).otherwise(0.0)
        )

    return as_if(now, now.folder.with_name("more"), "More support", {"places": changed})


@pytest.fixture(scope="module")
def comparison(now: Results, more: Results) -> Comparison:
    return compare(now.folder, more.folder)


@pytest.fixture(scope="module")
def page(comparison: Comparison) -> Page:
    return Page(comparison_html(comparison, language="en"))


def test_it_opens_with_whether_somebody_is_excluded(page: Page) -> None:
    words = page.words
    order = ("Is nobody excluded?", "Where does it land?", "Who gains", "How it goes over the years")
    places = [words.index(text) for text in order]
    assert places == sorted(places)
    assert "Under More support none of the" in words
    assert "what this does by origin" in words


def test_it_says_what_is_invented_and_carried_on(page: Page) -> None:
    assert "Model city: every place, person and figure here is invented." in page.words
    assert "values of the law that are not known yet are those last known, carried on" in page.words


def test_it_asks_nothing_of_the_network(page: Page) -> None:
    assert page.asked_of_others() == []


def test_every_picture_has_its_words_and_its_table(comparison: Comparison) -> None:
    html = comparison_html(comparison, language="en")
    pictures = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', html)
    assert len(pictures) > 20
    assert html.count('<figure class="chart">') == html.count('<div class="wide">')
    assert html.count("As a table") == html.count('<figure class="chart">')


def test_the_fan_and_its_table_tell_the_same(page: Page, comparison: Comparison) -> None:
    values = comparison.values("places", "all").filter(measure="turnover")
    told = dict(values.select("result", "mean").iter_rows())
    row = page.table("turnover")[1]
    assert row[0] == "2026/27"
    assert row[1] == f"{100 * told[AS_NOW]:.1f}%"
    assert row[3] == row[1]


def test_the_map_tells_where_it_changes_and_its_table_by_how_much(page: Page, comparison: Comparison) -> None:
    rows = {row[0]: row for row in page.table("change-support_share")[1:]}
    assert rows["Marktbuurt"][3].lstrip("'") == "+10.00 points"
    assert rows["Grachtenbuurt"][3] == "0.00 points"
    html = comparison_html(comparison, language="en")
    assert re.search(r'fill="var\(--d6,#0f5c63\)" d="[^"]+"><title>Marktbuurt: \+10.00 points</title>', html)


def test_assumptions_stand_with_range_source_and_grade(page: Page) -> None:
    rows = {row[0]: row for row in page.table("assumptions")}
    row = rows["threatened evictions that are prevented"]
    assert row[1:4] == ["0.75", "share", "0.6 to 0.85"]
    assert "weak" in row[4]


def test_it_says_where_there_are_too_few_futures(page: Page) -> None:
    assert "With 8 pairs of futures nothing is said of what the spread comes from" in page.words
    assert "With 8 pairs of futures nothing is said of the waterbed" in page.words


def test_a_group_shut_out_is_told_first_and_the_results_are_refused(now: Results, tmp_path: Path) -> None:
    shut = as_if(now, tmp_path / "shut", "Shut", {"groups": without("household_type", "with_minors")})
    html = comparison_html(compare(now.folder, shut.folder), language="en")
    words = Page(html).words
    assert '<section class="nobody refused"' in html
    assert words.index("these results are not to be used") < words.index("Under Shut")
    assert re.search(r"with minors: .*; in \d+ of 16 futures nobody of it got a home", words)
    assert Page(html).table("nobody-excluded")[1][0] == "with minors"


def test_what_if_is_said_where_it_is_shown(now: Results, tmp_path: Path) -> None:
    tried = as_if(now, tmp_path / "tried", "Tried", None, what_if=True, uses=(REFUSED,))
    page = Page(comparison_html(compare(now.folder, tried.folder), language="en"))
    assert "Tried (what if) against the law alone" in page.words
    assert "Tried (what if) is not lawful as it stands" in page.words
    assert "on 1 July 2026: Marktbuurt (BU99990101) is not designated" in page.words
    assert page.table("turnover")[0][3] == "Tried (what if)"


def test_without_its_city_it_tells_codes_and_no_map(now: Results, tmp_path: Path) -> None:
    results = [as_if(now, tmp_path / name, name, None, city="") for name in ("one", "other")]
    page = Page(comparison_html(compare(*(one.folder for one in results)), language="en"))
    with pytest.raises(LookupError):
        page.table("change-support_share")
    assert "Model city" in page.words


def test_it_speaks_dutch_by_itself(comparison: Comparison, tmp_path: Path) -> None:
    file = write_comparison(comparison, tmp_path / "new" / "page.html")
    assert '<html lang="nl">' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        ((0.0, 0.095), (0.0, 0.05)),
        ((0.0, 40.0), (0, 10, 20, 30, 40)),
        ((-1.65, -0.85), (-1.6, -1.4, -1.2, -1.0)),
    ],
)
def test_axes_have_round_values(reach: tuple[float, float], expected: tuple[float, ...]) -> None:
    assert ticks(reach) == pytest.approx(expected)


def test_bands_lie_around_the_line() -> None:
    limits = (((1.0, 5.0), (2.0, 6.0)),)
    now = Panel("now", ("a", "b"), (3.0, 4.0), limits)
    drawn = fans(now, [], (str, str), "said", zero=True, least=1.0)
    (points,) = re.findall(r'<polygon points="([^"]+)"', drawn.wide)
    heights = [float(pair.split(",")[1]) for pair in points.split()]
    (line,) = re.findall(r'<polyline points="([^"]+)"', drawn.wide)
    middle = [float(pair.split(",")[1]) for pair in line.split()]
    assert heights[0] < middle[0] < heights[3]
    assert heights[1] < middle[1] < heights[2]


@pytest.mark.parametrize(
    ("mean", "beyond", "expected"),
    [(0.3, True, "d6"), (0.05, True, "d4"), (-0.15, True, "d1"), (-0.3, True, "d0"), (0.3, False, "d3")],
)
def test_a_change_within_chance_has_no_colour(mean: float, *, beyond: bool, expected: str) -> None:
    assert class_of({"mean": mean, "beyond_chance": beyond}, (0.05, 0.1, 0.3)) == expected
    assert class_of(None, (0.05, 0.1, 0.3)) == "unknown"


def test_it_says_what_everything_is_held_against(page: Page) -> None:
    assert "All is held against the law alone" in page.words
    assert "Is another policy in force today?" in page.words


def test_what_a_policy_rests_on_is_told_use_by_use(now: Results, tmp_path: Path) -> None:
    agreed = as_if(now, tmp_path / "agreed", "Agreed", None, uses=(CONTINGENT, CEILING, REFUSED))
    page = Page(comparison_html(compare(now.folder, agreed.folder), language="en"))
    rows = {row[0]: row[1:] for row in page.table("lawful")}
    assert rows["Contingent: Homes for the shelter (20 homes)"] == [
        "Marktbuurt",
        "1 July 2026 until 30 June 2027",
        "Wgv 2(2)a",
        "municipality and care provider or other partner (agreement of 2026)",
        "yes, as long as it holds",
    ]
    assert rows["Contingent (20 homes)"][-2:] == ["nobody is named", "▲ no, from 1 July 2026"]


def test_ceilings_tell_in_how_many_futures_they_are_full(now: Results, tmp_path: Path) -> None:
    def full(frame: pl.DataFrame) -> pl.DataFrame:
        here = (pl.col("level") == "complex") & (pl.col("unit") == "C001")
        return frame.with_columns(let_mediated=pl.when(here).then(1).otherwise(0))

    ceiling = as_if(now, tmp_path / "ceiling", "Ceiling", {"places": full}, uses=(CEILING,))
    rows = Page(comparison_html(compare(now.folder, ceiling.folder), language="en")).table("ceilings")
    assert rows[1:] == [["Grachtenbuurt 1", "0", "0", "none may be"], ["Marktbuurt 1", "1", "1", "100%"]]


def test_where_load_goes_stands_with_the_worst_balance_first(page: Page, comparison: Comparison) -> None:
    values = comparison.values("bearing", "neighbourhood", over_years=True)
    balance = values.filter(result="More support", measure="balance").sort("mean")["mean"]
    column = page.table("load-neighbourhood")[0].index("balance")
    told = [float(row[column].split()[0].replace("−", "-")) for row in page.table("load-neighbourhood")[1:]]
    assert told == [round(value, 1) for value in balance]


def test_what_hardly_changes_is_folded(comparison: Comparison) -> None:
    html = comparison_html(comparison, language="en")
    folded = html.index("Outcomes that hardly change")
    assert folded < html.index('download="invented-turnover.csv"')


def test_the_hatch_of_each_map_is_its_own(comparison: Comparison) -> None:
    names = re.findall(r'<pattern id="([^"]+)"', comparison_html(comparison, language="en"))
    assert len(names) > 2
    assert len(names) == len(set(names))


def test_names_on_a_map_do_not_touch_and_stay_inside() -> None:
    wanted = [
        Label((5.0, 200.0), "Marktbuurt", "+1"),
        Label((20.0, 205.0), "Wipmolen"),
        Label((400.0, 200.0), "Oost"),
    ]
    drawn = labels(wanted, 400.0, 15)
    assert re.findall(r">([^<]+)</text>", drawn) == ["Marktbuurt", "+1", "Oost"]
    assert float(re.findall(r'x="([^"]+)"', drawn)[0]) == pytest.approx(10 * 15 * 0.54 / 2, abs=0.1)


def test_it_says_what_it_cannot_tell(page: Page, comparison: Comparison) -> None:
    grades = [one["grade"] for one in comparison.asked.assumptions.values()]
    assert f"{grades.count('none')} rest on no research" in page.words
    assert "How livable a neighbourhood becomes" in page.words


def test_a_page_names_no_options_of_a_command(page: Page) -> None:
    assert not re.search(r"--[a-z]", page.words)


def test_assumptions_are_told_in_dutch_on_a_dutch_page(comparison: Comparison) -> None:
    rows = Page(comparison_html(comparison, language="nl")).table("assumptions")[1:]
    words = " ".join(cell for row in rows for cell in row)
    assert "aanname van dit project" in words
    assert not re.search(r"assumption|under_|_over|house:|surroundings|seekers", words)
