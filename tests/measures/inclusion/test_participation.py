from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.errors import AbsentError
from ongedeeld.measures.inclusion import participation
from ongedeeld.measures.inclusion.intervals import wilson, wilson_of_rounded
from tests.measures.inclusion.cast import MERELS, city, said_yes
from tests.real_cities import utrecht
from tests.small_city import small_city


def row(table: pl.DataFrame, **key: object) -> dict[str, object]:
    found = table.filter(**key)
    assert len(found) == 1
    return found.row(0, named=True)


def test_benefits_are_shares_of_residents_of_working_age() -> None:
    found = participation(small_city(benefits_social_assistance=(140, 50, 30, None)))
    here = row(found.table, area=MERELS)
    # 300 + 700 + 400 residents aged 15 to 64, each rounded to 5; the count is rounded to 10.
    assert (here["figure"], here["people"], here["value"]) == ("social_assistance", 1400, 0.1)
    assert (here["low"], here["high"]) == wilson_of_rounded(140, 1400, 10, 15)
    assert here["low"] == pytest.approx(wilson(135, 1407.5).low)
    assert here["high"] == pytest.approx(wilson(145, 1392.5).high)
    rozen = row(found.table, area="BU99990202")
    assert (rozen["outcome"], rozen["value"]) == ("not_known", None)
    assert any("in_work" in str(each) for each in found.missing)


def test_education_is_a_share_of_those_whose_education_is_known() -> None:
    low, middle, high = (200, 100, 50, 50), (300, 200, 50, 50), (500, 100, 100, None)
    found = participation(small_city(education_low=low, education_middle=middle, education_high=high))
    assert row(found.table, area=MERELS, figure="education_low")["value"] == 0.2
    assert row(found.table, area=MERELS, figure="education_high")["value"] == 0.5
    assert row(found.table, area="BU99990202", figure="education_low")["outcome"] == "not_known"


def test_a_published_share_keeps_the_rounding_to_whole_percents() -> None:
    found = participation(small_city(share_in_work=(0.7, 0.6, 0.8, 0.5)))
    here = row(found.table, area=MERELS)
    assert here["value"] == pytest.approx(0.7)
    assert (here["low"], here["high"]) == pytest.approx(wilson_of_rounded(980, 1400, 14, 15))


def test_a_published_share_of_unknown_people_has_no_interval() -> None:
    found = participation(small_city(share_in_work=(0.7, 0.6, 0.8, 0.5), residents_15_24=(None,) * 4))
    here = row(found.table, area=MERELS)
    assert (here["value"], here["low"], here["people"], here["outcome"]) == (0.7, None, None, "known")


def test_volunteering_and_care_given_come_from_surveys() -> None:
    given = pl.concat([said_yes("volunteers", ("C1", 20, 5)), said_yes("gives_care", ("C1", 8, 4))])
    table = participation(city(surveys=given)).table
    here = row(table, figure="volunteers")
    assert (here["value"], here["low"], here["high"]) == (0.25, *wilson(5, 20))
    assert (here["people"], here["source"]) == (20, "surveys")
    assert row(table, figure="gives_care")["outcome"] == "too_few"


def test_the_figures_of_utrecht_are_those_of_cbs() -> None:
    found = participation(utrecht(), "municipality")
    here = row(found.table, figure="social_assistance")
    # KWB 2023: 10,410 on social assistance among 268,919 residents aged 15 to 64.
    assert (here["people"], here["period"]) == (268_919, date(2023, 1, 1))
    assert here["value"] == pytest.approx(10_410 / 268_919)
    assert found.sources == ("kwb-2023.xlsx",)


def test_a_city_that_tells_nothing_of_it_is_refused() -> None:
    with pytest.raises(AbsentError, match=r"no figures on work, education, benefits.*\n.*--surveys"):
        participation(small_city())
