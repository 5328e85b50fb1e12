"""How many hours a week a place is open, from the text in which it says so."""

from __future__ import annotations

import re
from itertools import pairwise

_DAYS = {
    **{name: day for day, name in enumerate(("ma", "di", "wo", "do", "vr", "za", "zo"))},
    **{name: day for day, name in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"))},
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{
        name: day
        for day, name in enumerate(
            ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
        )
    },
}
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_HYPHEN = r"\s*(?:-|–|t/m|tot)\s*"
_HOURS = re.compile(rf"{_TIME}{_HYPHEN}{_TIME}(?:\s*(?:uur|u))?")
_WHEN = re.compile(rf"(?:{_DAY})(?:{_HYPHEN}(?:{_DAY}))?")
_RULE = re.compile(
    rf"(?P<days>{_WHEN.pattern}(?:\s*(?:,|en|and|&)\s*{_WHEN.pattern})*)\s*:?\s+"
    rf"(?P<hours>{_HOURS.pattern}(?:\s*(?:,|en|and|&)\s*{_HOURS.pattern})*|gesloten|closed|off)"
)
_MINUTES_A_DAY = 24 * 60


def weekly_hours(text: str | None) -> float | None:
    """The hours a week of opening times as people write them; None when they cannot be read.

    Days in Dutch or English, as ranges or lists; times as 9, 9:00 or 9.00, several a day; parts separated
    by `;`. An end before the start is past midnight. Days that overlap, holidays, seasons and weeks are not
    read, rather than guessed.

    Parameters
    ----------
    text
        Such as ``ma-vr 9:00-17:00`` or ``Mo-Fr 09:00-12:30,13:00-17:00; Sa 10:00-14:00``.

    Examples
    --------
    >>> weekly_hours("ma-vr 9:00-17:00"), weekly_hours("24/7"), weekly_hours("op afspraak")
    (40.0, 168.0, None)
    """
    plain = (text or "").strip().lower()
    if plain == "24/7":
        return 168.0
    minutes: dict[int, int] = {}
    for part in re.split(r"\s*;\s*", plain.rstrip(";")):
        rule = _RULE.fullmatch(part)
        open_for = _minutes(rule["hours"]) if rule else None
        if rule is None or open_for is None:
            return None
        for day in _days(rule["days"]):
            if day in minutes:
                return None
            minutes[day] = open_for
    return sum(minutes.values()) / 60


def _days(text: str) -> list[int]:
    days = []
    for part in _WHEN.findall(text):
        ends = [_DAYS[name] for name in re.findall(_DAY, part)]
        first, last = ends[0], ends[-1]
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days


def _minutes(text: str) -> int | None:
    """The minutes of one day; None when the times cannot be or overlap."""
    spans = []
    for begin_hour, begin_minute, end_hour, end_minute in _HOURS.findall(text):
        begin, end = (
            60 * int(hour) + int(minute or 0)
            for hour, minute in ((begin_hour, begin_minute), (end_hour, end_minute))
        )
        if (
            max(begin, end) > _MINUTES_A_DAY
            or begin == end
            or int(begin_minute or 0) > 59
            or int(end_minute or 0) > 59
        ):
            return None
        spans.append((begin, end if end > begin else end + _MINUTES_A_DAY))
    spans.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return None
    return sum(end - begin for begin, end in spans)
