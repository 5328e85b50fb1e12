"""Two small pictures of the network: how long people waited by partner, and how it grew."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import (
    FULL,
    LINE,
    TILE,
    block,
    dot,
    drawing,
    place,
    ring,
    stroke,
    words,
)
from ongedeeld.reporting.text import Speech
from ongedeeld.web.oversight.network import Grown, Link, Network
from ongedeeld.web.oversight.network_picture import in_lines

ROW, BAR, MOST = 44, 60, 30
DAYS_A_WEEK = 7


def waits_picture(network: Network, speech: Speech) -> Drawing | None:
    """By partner a line from the yes to the contact as they were, and a ring for the wait that it told.

    None where nothing is known of any wait.
    """
    known = [link for link in network.links if link.waited or link.waits][:MOST]
    if not known:
        return None
    longest = ceil(max(week for link in known for week in _weeks(link)))
    numbers = {link.organisation.pk: at for at, link in enumerate(network.links, 1)}
    told = N_("The longest wait in weeks that each partner told")
    was = N_("How many weeks people waited after they were referred, by partner")
    label = speech.say(was if network.half else told)

    def draw(width: int) -> tuple[str, float]:
        start, end = (210.0 if width == FULL[0] else 60.0), width - 24.0
        made = []
        for week in sorted({0, longest // 2, longest}):
            x = place(week, (0, longest), start, end)
            made += [stroke((x, 24), (x, 30 + ROW * len(known)), "line")]
            made += [words(x, 10, speech.number(week), anchor="middle", paint="soft")]
        for at, link in enumerate(known):
            y = 30 + ROW * at + ROW / 2
            name = f"{numbers[link.organisation.pk]}. {link.organisation.name}"
            lines = in_lines(name, start - 8, 2) if width == FULL[0] else [name.split(" ", maxsplit=1)[0]]
            first = y - (len(lines) - 1) * LINE / 2
            made += [words(0, first + row * LINE, line) for row, line in enumerate(lines)]
            made += _waits_of(link, y, lambda week: place(week, (0, longest), start, end))
        return "".join(made), 36 + ROW * len(known)

    return drawing(draw, label, FULL)


def growth_picture(network: Network, speech: Speech) -> Drawing | None:
    """Bars by half-year: partners, agreements, and referrals once any were counted."""
    if not network.growth:
        return None
    series: list[tuple[str, list[int | None]]] = [
        (N_("Partners"), [one.organisations for one in network.growth]),
        (N_("Agreements"), [one.agreements for one in network.growth]),
    ]
    if network.were_counted:
        series.append((N_("Referrals"), [one.referrals for one in network.growth]))
    label = speech.say(N_("How the network grew by half-year, as in the table"))

    def draw(width: int) -> tuple[str, float]:
        step = width / len(network.growth)
        made = []
        for at, (name, values) in enumerate(series):
            top = at * (BAR + 56)
            made.append(words(0, top + 10, speech.say(name), strong=True))
            most = max([value or 0 for value in values] + [1])
            for column, value in enumerate(values):
                x, base = column * step, top + 40 + BAR
                height = BAR * (value or 0) / most
                told = "–" if value is None else speech.number(value)
                made.append(block(x + step * 0.15, base - height, step * 0.7, height, "m1"))
                made.append(words(x + step / 2, base - height - 12, told, anchor="middle"))
            made.append(stroke((0, top + 40 + BAR), (width, top + 40 + BAR), "line"))
        bottom = len(series) * (BAR + 56)
        for column, one in enumerate(network.growth):
            x = column * step + step / 2
            made.append(words(x, bottom, _half(one, short=width < TILE[0]), anchor="middle", paint="soft"))
        return "".join(made), bottom + 16

    return drawing(draw, label, TILE)


def _weeks(link: Link) -> list[float]:
    told = [days / DAYS_A_WEEK for days in link.waits or ()]
    was = [link.waited.answer_weeks, link.waited.contact_weeks] if link.waited else []
    return [1.0, *told, *(float(week) for week in was if week is not None)]


def _waits_of(link: Link, y: float, at: Callable[[float], float]) -> list[str]:
    made = []
    if link.waited is not None:
        answer, contact = link.waited.answer_weeks, link.waited.contact_weeks
        if answer is not None and contact is not None:
            made.append(stroke((at(answer), y), (at(contact), y), "teal", 3))
        made += [dot(at(answer), y, "teal", 5)] if answer is not None else []
        made += [dot(at(contact), y, "teal", 8)] if contact is not None else []
    if link.waits is not None:
        made.append(ring(at(link.waits[1] / DAYS_A_WEEK), y, "clay"))
    return made


def _half(one: Grown, *, short: bool) -> str:
    number = 1 if one.half.month == 1 else 2
    return f"{one.half:%y}-{number}" if short else f"{one.half.year}-{number}"
