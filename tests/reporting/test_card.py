"""The card of a place as a page: figures with intervals, what people say beside them, what is missing."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity import Cards, cards
from ongedeeld.reporting import card_html, write_card
from tests.reporting.cast import WALK, full_city, large_city, own_city
from tests.reporting.reading import Page

PLACE = "C023"
DAY = date(2026, 1, 1)
VIEWS = """
[[overrule]]
unit = "C023"
theme = "nuisance"
score = 3.0
reason = "De meldingen komen van twee plekken met een plan."
until = 2026-12-31

[[grade]]
unit = "C023"
grade = 6.8
answers = 41
day = 2025-10-01

[[quote]]
unit = "C023"
words = "Op de galerij groet iedereen."
permission = true

[[quote]]
unit = "C023"
words = "De lift is vaak stuk."
permission = false
"""


@cache
def all_cards() -> Cards:
    return cards(large_city(), day=DAY)


@cache
def page() -> Page:
    """The card of a complex without views."""
    return Page(card_html(large_city(), PLACE, language="en"))


@pytest.fixture
def views(tmp_path: Path) -> Path:
    file = tmp_path / "views.toml"
    file.write_text(VIEWS, encoding="utf-8")
    return file


def changed(**tables: pl.DataFrame) -> City:
    """The model city with other tables."""
    city = large_city()
    return City.of({name: city.table(name) for name in city.tables()} | tables, city.manifest)


def test_all_five_themes_stand_with_score_words_and_interval() -> None:
    row = all_cards().card(PLACE).themes.filter(theme="nuisance").row(0, named=True)
    head, *rows = page().table("themes")
    assert head == ["theme", "score", "between", "rests on", "professionals"]
    assert [cells[0] for cells in rows] == [
        "Clean, whole and safe",
        "Nuisance",
        "Financial capacity",
        "Social capacity",
        "Livability in general",
    ]
    assert rows[1] == [
        "Nuisance",
        f"{row['score']:.1f} · rather large task",
        f"{row['low']:.1f} to {row['high']:.1f}",
        "3 of 3 figures",
        "–",
    ]


def test_load_capacity_and_balance_stand_in_one_table_and_in_words() -> None:
    row = all_cards().card(PLACE).balance.row(0, named=True)
    _, load, capacity, balance = page().table("balance")
    assert load[0] == "Load: what asks of this place"
    assert load[1].startswith(f"{row['load']:.1f} · ")
    assert capacity[1].startswith(f"{row['capacity']:.1f} · ")
    assert balance[1] == f"{row['balance']:+.1f}".replace("-", "−")
    assert row["balance_low"] < 0 < row["balance_high"]
    assert "do not differ by more than chance explains" in page().words


def test_every_figure_says_its_role_period_source_and_evidence() -> None:
    head, *rows = page().table("card")
    assert head[2:] == ["estimate", "score", "counts as", "counted", "period", "source", "evidence"]
    assert len(rows) == all_cards().card(PLACE).figures.height
    told = {row[0]: row[2:] for row in rows}
    assert told["Households with rent arrears, of homes"][2:] == [
        "load",
        "9 of 259 homes",
        "Oct–Dec 2025",
        "observations",
        "weak: rent arrears",
    ]
    assert told["Residents in paid work"][5] == "indicators: Wipmolen"
    assert told["Housing stock (Leefbaarometer)"][1:3] == ["–", "shown only"]


def test_small_counts_stay_untold_but_have_an_estimate() -> None:
    counted = {row[0]: (row[2], row[5]) for row in page().table("card")[1:]}
    estimate, count = counted["Households that nuisance cases concern, of homes"]
    assert count == "fewer than 5 of 259"
    assert estimate == "0.9% (0.4–1.6)"


def test_its_place_is_a_band_under_all_weightings_and_by_chance() -> None:
    row = all_cards().card(PLACE).ranks.row(0, named=True)
    assert page().table("ranks")[1:] == [
        [
            "Under every weighting in the set",
            str(row["rank"]),
            f"{row['weights_first']} to {row['weights_last']}",
        ],
        [
            "By chance, under the stated weights",
            str(row["rank"]),
            f"{row['chance_first']} to {row['chance_last']}",
        ],
    ]
    assert f"it is number {row['rank']} of {row['ranked']}; number 1 has the largest task." in page().words


def test_professionals_stand_beside_the_figure_with_reason_and_end_date(views: Path) -> None:
    made = Page(card_html(large_city(), PLACE, language="en", views=views))
    bare, told = (one.table("themes")[2] for one in (page(), made))
    assert told[:4] == bare[:4]
    assert told[4] == "3.0"
    assert "Nuisance: the figure says 3.9, professionals say 3.0." in made.words
    assert "De meldingen komen van twee plekken met een plan." in made.words
    assert "Holds until 31 December 2026; both stay in view." in made.words


def test_an_overrule_that_ended_is_gone_and_said_to_be(views: Path) -> None:
    words = Page(card_html(large_city(), PLACE, language="en", views=views, day=date(2027, 1, 1))).words
    assert "professionals say" not in words
    assert "ended on 2026-12-31 and no longer counts" in words


def test_residents_are_quoted_with_permission_only(views: Path) -> None:
    html = card_html(large_city(), PLACE, language="en", views=views)
    words = Page(html).words
    assert "Residents give living here 6.8 out of 10 (41 answers, 1 October 2025)." in words
    assert "Op de galerij groet iedereen." in words
    assert "De lift" not in html
    assert "One other resident said something and did not want to be quoted." in words
    assert "No grade or words of residents were given." in page().words


def test_what_is_missing_is_named_and_never_filled_in() -> None:
    silent = changed(surveys=large_city().table("surveys").clear())
    made = Page(card_html(silent, PLACE, language="en"))
    assert "Not known here: residents find it clean and tidy · " in made.words
    cells = next(row for row in made.table("card") if row[0] == "Residents are greeted")
    assert cells[2:4] == ["not known", "–"]
    before, after = ((row[3], row[2]) for row in (page().table("themes")[2], made.table("themes")[2]))
    assert (before[0], after[0]) == ("3 of 3 figures", "2 of 3 figures")
    assert after[1] != before[1]
    assert "Every figure of this card is known." in page().words


def test_of_too_few_homes_it_says_so() -> None:
    dwellings = large_city().table("dwellings")
    others = dwellings.filter(pl.col("complex") != PLACE)
    few = dwellings.filter(pl.col("complex") == PLACE).head(4)
    observations = large_city().table("observations").filter(pl.col("complex") != PLACE)
    kept = pl.concat([others, few])
    tenancies = large_city().table("tenancies").join(kept.select("dwelling"), on="dwelling", how="semi")
    made = Page(
        card_html(
            changed(dwellings=kept, observations=observations, tenancies=tenancies), PLACE, language="en"
        )
    )
    assert "too few homes to say" in made.words
    assert "Too few to say: " in made.words


def test_it_signals_and_does_not_explain() -> None:
    assert "A card signals where to look and does not tell why." in page().words
    assert "most trouble enters through ordinary letting" in page().words


def test_it_asks_nothing_of_the_network_and_runs_no_script() -> None:
    assert page().asked_of_others() == []
    assert not any(tag == "script" for tag, _ in page().elements)
    assert "Model city: every place, person and figure here is invented." in page().words


@pytest.mark.parametrize("level", ["complex", "entrance", "neighbourhood", "district"])
def test_every_level_has_its_card(level: str) -> None:
    table = {"complex": "complexes", "entrance": "entrances"}.get(level)
    if table:
        unit = large_city().table(table)[level][0]
    else:
        unit = (
            WALK if level == "neighbourhood" else large_city().table("areas").filter(level=level)["code"][0]
        )
    made = Page(card_html(large_city(), unit, language="en"))
    assert f"{level.capitalize()} {unit}" in made.words
    assert made.table("themes")[1][0] == "Clean, whole and safe"


def test_cards_made_before_give_the_same_page() -> None:
    again = card_html(large_city(), PLACE, language="en", cards=all_cards())
    assert again == card_html(large_city(), PLACE, language="en")


def test_records_of_ones_own_are_named_with_their_grade(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '[rent_arrears]\noverrules = "own count"\nlabel = "own arrears"\nclaim = "counted"\n'
        'direction = "descriptive"\nfound_where = "own stock"\ngrade = "some"\nnot_for = "persons"\n'
        'sources = [{ title = "Own count 2025", year = 2025 }]\n',
        encoding="utf-8",
    )
    made = Page(card_html(large_city(), PLACE, language="en", evidence=file))
    cells = next(row for row in made.table("card") if row[0] == "Households with rent arrears, of homes")
    assert cells[-1] == "some: own arrears"


def test_an_unknown_number_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="is not a complex"):
        write_card(large_city(), "C999", tmp_path / "made" / "card.html")
    assert not (tmp_path / "made").exists()


def test_a_drawn_stock_has_no_card() -> None:
    with pytest.raises(AbsentError, match="drawn from published totals"):
        card_html(own_city("drawn"), "C1")


def test_without_homes_of_its_own_a_neighbourhood_has_published_figures_only() -> None:
    made = Page(card_html(full_city(), "BU99990101", language="en"))
    assert {row[7] for row in made.table("card")[1:]} == {"indicators"}


def test_a_bad_file_of_views_is_one_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "views.toml"
    file.write_text('[[overrule]]\nunit = "C023"\ntheme = "nuisance"\nscore = 3\nuntil = 2026-12-31\n')
    with pytest.raises(InputError, match="reason"):
        write_card(large_city(), PLACE, tmp_path / "card.html", views=file)
    assert not (tmp_path / "card.html").exists()


def test_it_is_written_whole_and_given_back(tmp_path: Path) -> None:
    file = write_card(large_city(), PLACE, tmp_path / "kaarten" / "C023.html", language="nl")
    assert file == tmp_path / "kaarten" / "C023.html"
    assert "<h1>Wipmolen 1</h1>" in file.read_text(encoding="utf-8")
