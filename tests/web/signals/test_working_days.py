"""Terms in Dutch working days, beside the days that the government publishes as public holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.web.working_days import begins_week, is_working_day, working_days_after

# https://www.rijksoverheid.nl/onderwerpen/arbeidsovereenkomst-en-cao/vraag-en-antwoord/officiele-feestdagen,
# without Easter Sunday and Whit Sunday. Good Friday is no official holiday; article 3 of the Algemene
# termijnenwet makes it equal to one.
PUBLISHED = {
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-06 05-17 12-25 12-26",
}
WEEK = 7
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_on_which_nobody_works_are_those_that_are_published(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(366)]
    off = [f"{day:%m-%d}" for day in days if day.year == year and not is_working_day(day)]
    weekdays_off = [one for one in off if date.fromisoformat(f"{year}-{one}").weekday() < 5]
    published = [one for one in PUBLISHED[year].split() if date.fromisoformat(f"{year}-{one}").weekday() < 5]
    assert weekdays_off == published


def test_the_birthday_of_the_king_is_kept_a_day_earlier_when_it_is_a_sunday() -> None:
    assert not is_working_day(date(2026, 4, 27))
    # 27 April 2025 was a Sunday, and so it was kept on Saturday: Monday was a day like any other.
    assert is_working_day(date(2025, 4, 28))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday, Easter and Easter Monday lie between
        (date(2026, 12, 24), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2025, 5, 2), 1, date(2025, 5, 6)),  # eighty years of freedom
        (date(2026, 5, 4), 1, date(2026, 5, 5)),  # and a working day in other years
        (date(2026, 11, 21), 5, date(2026, 11, 27)),  # reported on a Saturday
    ],
)
def test_a_term_by_hand(day: date, count: int, expected: date) -> None:
    assert working_days_after(day, count) == expected


def test_what_is_told_once_a_week_is_told_after_easter_on_tuesday() -> None:
    week = [date(2027, 3, 29) + timedelta(days=count) for count in range(WEEK)]
    assert [day for day in week if begins_week(day)] == [date(2027, 3, 30)]


@given(DAYS)
def test_a_week_with_a_working_day_begins_once(day: date) -> None:
    week = [day - timedelta(days=day.weekday() - count) for count in range(WEEK)]
    assert sum(map(begins_week, week)) == any(map(is_working_day, week))


@given(DAYS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_holds_as_many_as_it_says(day: date, count: int) -> None:
    end = working_days_after(day, count)
    between = (day + timedelta(days=one) for one in range(1, (end - day).days + 1))
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == count


@given(DAYS, st.integers(1, 30))
def test_who_reports_later_does_not_hear_earlier(day: date, count: int) -> None:
    assert working_days_after(day, count) <= working_days_after(day + timedelta(days=1), count)
