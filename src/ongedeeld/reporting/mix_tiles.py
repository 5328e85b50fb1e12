"""The pictures of a mix: parts of a whole beside each other, and single groups as dots on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

from ongedeeld.errors import N_, Marked
from ongedeeld.measures.inclusion.intervals import wilson_of_rounded
from ongedeeld.measures.undividedness import GroupSet
from ongedeeld.reporting.divided import SURE, Mixed
from ongedeeld.reporting.figures import Chart, Grid, span
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.stacked import Bar, legend_of, stacked
from ongedeeld.reporting.text import Speech, capital

AS_OFTEN = 1.2
"""A group lives somewhere more often, or more rarely, than in the city from this many times on."""
COUNTED = {
    "income": (N_("{count} households, {period}"), "households"),
    "tenure": (N_("{count} homes, {period}"), "dwellings"),
    "household": (N_("{count} households, {period}"), "households"),
}
_PEOPLE = (N_("{count} residents, {period}"), "residents")


@dataclass(frozen=True)
class Around:
    """A neighbourhood with the areas it lies in: their names, and its code."""

    code: str
    ground: Ground

    def rows(self, mixed: Mixed) -> list[tuple[str, tuple[int, ...]]]:
        """The numbers of the neighbourhood, its district if it has one, and the city, by name."""
        line = self.ground.line(self.code)
        rows = [(line[-1][1], mixed.rows[self.code])]
        if len(line) > 2:
            parent, name = line[-2]
            parts = frozenset(at for at in self.ground.codes if self.ground.areas[at]["parent"] == parent)
            rows.append((name, mixed.together(parts)))
        return [*rows, (self.ground.name, mixed.whole)]


def group_label(groups: GroupSet, name: str, speech: Speech) -> str:
    """What people see for a group."""
    text = groups.label(name, speech.language)
    return speech.say(text) if isinstance(text, Marked) else text


def labels_of(mixed: Mixed, speech: Speech) -> list[str]:
    """What people see for all groups, in the order in which they are shown."""
    return [group_label(mixed.groups, name, speech) for name in mixed.names]


def counted_as(groups: GroupSet) -> tuple[str, str]:
    """How the people of a set of groups are counted, as a text, and what it is a number of."""
    return COUNTED.get(groups.name, _PEOPLE)


def is_unlike(mixed: Mixed, code: str) -> bool:
    """Whether the mix of a neighbourhood differs more from that of the city than chance explains."""
    p_value = mixed.of(mixed.local, code).get("p_value")
    return p_value is not None and p_value <= SURE


def shares_of(row: Sequence[int]) -> list[float]:
    """The shares of numbers in their sum."""
    total = sum(row) or 1
    return [count / total for count in row]


def limits(mixed: Mixed, code: str, group: int) -> tuple[float, float]:
    """Between which limits the share of a group lies, the rounding of the figures included (Wilson)."""
    own, counts = mixed.rows[code], mixed.counts
    unit = max(counts.rounded_to, counts.share_unit * sum(own))
    low, high = wilson_of_rounded(own[group], sum(own), unit, counts.rounded_to * len(own))
    return low, high


def bars_of(rows: Sequence[tuple[str, Sequence[int]]], speech: Speech) -> list[Bar]:
    """Areas as bars in parts, the first stronger."""
    return [
        Bar(
            name,
            tuple((share, speech.figure(share, "share")) for share in shares_of(row)),
            strong=number == 0,
        )
        for number, (name, row) in enumerate(rows)
    ]


def in_words(title: str, bars: Sequence[Bar], labels: Sequence[str]) -> str:
    """What a picture of bars says, for who does not see it."""
    told = (
        f"{bar.label}: "
        + ", ".join(f"{label} {part[1]}" for label, part in zip(labels, bar.parts, strict=True))
        for bar in bars
    )
    return f"{title}. {'; '.join(told)}."


def mix_tile(mixed: Mixed, around: Around, speech: Speech) -> Chart:
    """The mix of three or more groups, beside district and city."""
    groups, rows = mixed.groups, around.rows(mixed)
    labels = labels_of(mixed, speech)
    title = capital(speech.say(groups.title))
    text, _ = counted_as(groups)
    count = speech.number(sum(mixed.rows[around.code]))
    caption = speech.say(text, count=count, period=speech.period(mixed.counts.period))
    bars = bars_of(rows, speech)
    return Chart(
        title,
        caption,
        stacked(bars, in_words(title, bars, labels)),
        _grid([(mixed, number) for number in range(len(labels))], around, f"mix-{groups.name}", speech),
        " ".join(_sentences(mixed, around.code, labels, speech)),
        legend_of(labels),
    )


def singles_tile(mixes: Sequence[Mixed], around: Around, speech: Speech) -> Chart:
    """Single groups against the rest, such as who has paid work or a benefit, as dots on a line."""
    title = speech.say("Work and benefits")
    dots = []
    for mixed in mixes:
        own, whole = (shares_of(row)[0] for row in (mixed.rows[around.code], mixed.whole))
        low, high = limits(mixed, around.code, 0)
        label = capital(group_label(mixed.groups, mixed.names[0], speech))
        sure = is_unlike(mixed, around.code)
        dots.append(Dot(label, speech.figure(own, "share"), own, low, high, whole, sure=sure))
    periods = span([speech.period(mixed.counts.period) for mixed in mixes])
    caption = speech.say(
        "Share of residents aged 15 to 64, {period}; band: 95% interval, grey line: {city}",
        period=periods,
        city=around.ground.name,
    )
    most = min(1.0, max(max(dot.high or 0.0, dot.beside or 0.0) for dot in dots) * 1.15)
    ends = ("0%", speech.figure(most, "share"))
    label = f"{title}. {caption}. " + "; ".join(f"{dot.label}: {dot.text}" for dot in dots)
    grid = _grid([(mixed, 0) for mixed in mixes], around, "mix-benefits", speech)
    note = " ".join(_single_sentences(mixes, around.code, dots, speech))
    return Chart(title, caption, intervals(dots, (0, most), ends, label), grid, note)


def _single_sentences(
    mixes: Sequence[Mixed], code: str, dots: Sequence[Dot], speech: Speech
) -> Iterator[str]:
    unlike = [number for number, mixed in enumerate(mixes) if is_unlike(mixed, code)]
    if unlike:
        most = max(unlike, key=lambda number: _far(mixes[number], code))
        yield _times(mixes[most], code, 0, dots[most].label, speech)
    if len(unlike) < len(mixes):
        names = [dots[number].label for number in range(len(mixes)) if number not in unlike]
        names = [name[0].lower() + name[1:] for name in names]
        yield speech.say("No more than chance differs: {groups}.", groups=speech.listing(names))


def _far(mixed: Mixed, code: str) -> float:
    times = mixed.of(mixed.quotients[mixed.names[0]], code).get("value") or 0.01
    return max(times, 1 / max(times, 0.01))


def _sentences(mixed: Mixed, code: str, labels: Sequence[str], speech: Speech) -> Iterator[str]:
    if not is_unlike(mixed, code):
        yield speech.say("The difference from the city is no larger than chance gives among so few.")
        return
    own, whole = shares_of(mixed.rows[code]), shares_of(mixed.whole)
    number = max(range(len(labels)), key=lambda at: abs(own[at] - whole[at]))
    ratio = own[number] / whole[number] if whole[number] else 1.0
    if 1 / AS_OFTEN < ratio < AS_OFTEN:
        yield speech.say("Every group lives here about as often as in the city.")
    else:
        yield _times(mixed, code, number, labels[number], speech)
    diverse = mixed.of(mixed.entropies, code).get("value") or 0.0
    yield speech.say(
        "As mixed as {own} groups of equal size; the city as {city}.",
        own=speech.number(exp(diverse), 1),
        city=speech.number(exp(mixed.entropies.whole or 0.0), 1),
    )


def _times(mixed: Mixed, code: str, group: int, label: str, speech: Speech) -> str:
    """How many times as often a group lives here as in the city, with its interval."""
    city = shares_of(mixed.whole)[group]
    low, high = (limit / city for limit in limits(mixed, code, group))
    return speech.say(
        "{group}: {times} times as often as in the city (between {low} and {high}).",
        group=capital(label),
        times=speech.number(shares_of(mixed.rows[code])[group] / city, 1),
        low=speech.number(low, 1),
        high=speech.number(high, 1),
    )


def _grid(chosen: Sequence[tuple[Mixed, int]], around: Around, name: str, speech: Speech) -> Grid:
    """Groups with their shares here and around, and how many times that of the city the share is."""
    places = [place for place, _ in around.rows(chosen[0][0])]
    header = (speech.say("group"), *places, speech.say("times the city"), speech.say("between"))
    return Grid(header, tuple(_grid_row(mixed, number, around, speech) for mixed, number in chosen), name)


def _grid_row(mixed: Mixed, group: int, around: Around, speech: Speech) -> tuple[str, ...]:
    name = mixed.names[group]
    shares = [shares_of(row)[group] for _, row in around.rows(mixed)]
    told = (
        capital(group_label(mixed.groups, name, speech)),
        *(speech.figure(share, "share") for share in shares),
    )
    times = mixed.of(mixed.quotients[name], around.code).get("value")
    if times is None or not shares[-1]:
        return (*told, "–", "–")
    low, high = (speech.number(limit / shares[-1], 2) for limit in limits(mixed, around.code, group))
    return (*told, speech.number(times, 2), speech.say("{low} to {high}", low=low, high=high))
