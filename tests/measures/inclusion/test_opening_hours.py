from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.measures.inclusion import weekly_hours

READ = {
    "ma-vr 9:00-17:00": 40,
    "Mo-Fr 09:00-17:00": 40,
    "ma-vr 9-17": 40,
    "ma-vr 9.00-17.00 uur": 40,
    "ma t/m vr 9:00 tot 17:00": 40,
    "maandag t/m vrijdag: 9:00-17:00": 40,
    "di 13:00-16:00": 3,
    "ma, wo en vr 10:00-12:00": 6,
    "Mo-Fr 09:00-12:30,13:00-17:00; Sa 10:00-14:00": 41.5,
    "ma-vr 9:00-17:00; za-zo gesloten": 40,
    "vr 20:00-02:00": 6,
    "za-ma 10:00-12:00": 6,
    "24/7": 168,
    "mo-su 00:00-24:00": 168,
}
NOT_READ = (
    "op afspraak",
    "",
    "   ",
    "9:00-17:00",
    "ma-vr",
    "ma-vr 9:00-25:00",
    "ma-vr 9:00-9:00",
    "ma-vr 9:75-17:00",
    "ma-vr 9:00-17:00; vr 18:00-20:00",
    "ma 9:00-12:00,11:00-14:00",
    "ma-vr 9:00-17:00; PH off",
    "1e ma 9:00-12:00",
    "winter ma-vr 9:00-17:00",
)


@pytest.mark.parametrize(("text", "hours"), READ.items())
def test_it_reads_opening_times_as_people_write_them(text: str, hours: float) -> None:
    assert weekly_hours(text) == hours


@pytest.mark.parametrize("text", NOT_READ)
def test_what_cannot_be_read_is_not_known(text: str) -> None:
    assert weekly_hours(text) is None


def test_nothing_given_is_not_known() -> None:
    assert weekly_hours(None) is None


@given(st.text(max_size=40))
def test_any_text_gives_hours_of_a_week_or_nothing(text: str) -> None:
    hours = weekly_hours(text)
    assert hours is None or 0 <= hours <= 168


@given(st.integers(0, 23), st.integers(0, 59), st.integers(1, 12 * 60))
def test_a_time_that_is_written_out_is_read_back(hour: int, minute: int, long: int) -> None:
    end = (60 * hour + minute + long) % (24 * 60)
    assert weekly_hours(f"wo {hour}:{minute:02d}-{end // 60}:{end % 60:02d}") == pytest.approx(long / 60)
