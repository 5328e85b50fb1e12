"""How the division of the city changed between two dates: by how much, and through which part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from ongedeeld.errors import N_
from ongedeeld.measures.undividedness import Change, Undivided
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.mix_sections import number_or_dash
from ongedeeld.reporting.rounding import adding_up
from ongedeeld.reporting.steps import Step, extent, steps
from ongedeeld.reporting.text import Speech, capital

DECIMALS = 4
"""Of parts as they are written: hundredths of a percentage point."""
LEAST_STEP = 0.01
PARTS = {
    "mix": N_("The mix of the city"),
    "place": N_("Who lives where"),
    "left": N_("Neighbourhoods that were left"),
    "new": N_("New neighbourhoods"),
}
CHANGE = N_("change")
VERDICTS = {
    "more": N_("It became more divided by {groups}."),
    "less": N_("It became less divided by {groups}."),
    "unsure": N_("Whether it became more or less divided cannot be told by {groups}: chance gives as much."),
    "few": N_("There are too few homes to say of {groups}."),
}


def change_section(ground: Ground, speech: Speech) -> Section:
    """The change in division between two dates, split in the mix of the city and who lives where."""
    title = speech.say("Did it become more divided?")
    found = [
        (one, change)
        for one in ground.divided.whole.values()
        if (change := one.change) is not None and change.parts["adjusted"].null_count() == 0
    ]
    if not found:
        why = speech.say("figures of two dates are needed, and of these groups there is one")
        how_to = speech.say("Add the key figures of CBS of an earlier year with --kwb FILE.")
        return Section("change", title, why_empty=why, how_to=how_to)
    reached = [extent(_rows(one, change, speech)) for one, change in found]
    least = max(LEAST_STEP, *(high - low for low, high in reached))
    notes = dict.fromkeys(speech.told(note) for _, change in found for note in change.notes)
    return Section(
        "change",
        title,
        lead=(
            *_answer(found, speech),
            speech.say(
                "Division can change because the groups grew or shrank in the whole city, or because people "
                "came to live elsewhere. The parts add up to the change."
            ),
        ),
        tiles=tuple(_steps(one, change, least, speech) for one, change in found),
        notes=(speech.say("The split says what changed, not why: it does not show what policy did."),),
        research=Research(
            ((speech.say("Change in mutual information, in nats"), _table(found, speech)),), tuple(notes)
        ),
    )


def _answer(found: Sequence[tuple[Undivided, Change]], speech: Speech) -> list[str]:
    """The heading answered in words: by which groups more, by which less, and of which it cannot be told."""
    named: dict[str, list[str]] = {verdict: [] for verdict in VERDICTS}
    for one, change in found:
        named[_verdict(_parts(change)["change"])].append(speech.say(one.counts.groups.title))
    if len(named["unsure"]) == len(found) > 1:
        return [
            speech.say(
                "Of none of these groups can it be told whether it became more or less divided: the changes "
                "are no more than chance gives."
            )
        ]
    return [
        speech.say(VERDICTS[verdict], groups=speech.listing(groups))
        for verdict, groups in named.items()
        if groups
    ]


def _parts(change: Change) -> Mapping[str, Mapping[str, float | bool]]:
    """The parts by name, each with its value, adjusted, limits and whether there are enough homes."""
    return {row["part"]: row for row in change.parts.to_dicts()}


def _verdict(part: Mapping[str, float | bool]) -> str:
    """What the interval of a part tells: more, less, unsure, or too few homes to say."""
    if not part["enough"]:
        return "few"
    if part["low"] <= 0.0 <= part["high"]:
        return "unsure"
    return "more" if part["adjusted"] > 0.0 else "less"


def _diversity(one: Undivided) -> float:
    """The entropy of the groups in the whole city, in nats."""
    sums = [int(one.counts.table[name].sum()) for name in one.counts.groups.names]
    total = sum(sums) or 1
    return -sum(count / total * log(count / total) for count in sums if count) or 1.0


def _rows(one: Undivided, change: Change, speech: Speech) -> list[Step]:
    """The parts freed of chance with their intervals, and the change."""
    diversity, parts = _diversity(one), _parts(change)
    values = {name: parts[name]["adjusted"] / diversity for name in PARTS}
    written = dict(zip(PARTS, adding_up(list(values.values()), DECIMALS), strict=True))
    whole = parts["change"]["adjusted"] / diversity

    def step(name: str, label: str, value: float, text: str, *, is_whole: bool = False) -> Step:
        low, high = (float(parts[name][limit]) / diversity for limit in ("low", "high"))
        return Step(label, value, text, is_whole, low, high)

    told = [name for name in PARTS if name in ("mix", "place") or written[name]]
    together = speech.say("Change together, in percentage points")
    return [
        *(step(name, speech.say(PARTS[name]), values[name], _points(written[name], speech)) for name in told),
        step("change", together, whole, _points(whole, speech), is_whole=True),
    ]


def _points(value: float, speech: Speech) -> str:
    return speech.number(value * 100, DECIMALS - 2, signed=True)


def _steps(one: Undivided, change: Change, least: float, speech: Speech) -> Chart:
    title = capital(speech.say(one.counts.groups.title))
    diversity = _diversity(one)
    rows = _rows(one, change, speech)
    before, after = (speech.number(100 * value / diversity, 1) for value in (change.before, change.after))
    caption = speech.say(
        "As counted the neighbourhood explained {before}% of the differences in {first} and {after}% in "
        "{last}. Bars: the change freed of chance, line below: its 95% interval",
        before=before,
        after=after,
        first=speech.period(one.since) if one.since else "",
        last=speech.period(one.counts.period),
    )
    heads = (speech.say("part"), speech.say("percentage points"), speech.say("between"))
    cells = tuple(
        (
            row.label,
            row.text,
            speech.say(
                "{low} to {high}", low=_points(row.low or 0.0, speech), high=_points(row.high or 0.0, speech)
            ),
        )
        for row in rows
    )
    grid = Grid(heads, cells, f"change-{one.counts.groups.name}")
    label = f"{title}. {caption}. " + "; ".join(f"{row[0]}: {row[1]} ({row[2]})" for row in cells)
    return Chart(title, caption, steps(rows, label, least), grid, _beyond_chance(change, speech))


def _beyond_chance(change: Change, speech: Speech) -> str:
    """Which of the change and its parts are more than chance gives."""
    parts = _parts(change)
    if _verdict(parts["change"]) == "few":
        return speech.say("Too few homes to say whether it changed.")
    sure = [speech.say(PARTS[name]) for name in PARTS if _verdict(parts[name]) in ("more", "less")]
    changed = _verdict(parts["change"]) in ("more", "less")
    told = speech.say(
        N_("The change is more than chance gives.")
        if changed
        else N_("The change is no more than chance gives.")
    )
    if not sure:
        return told
    more = speech.say(
        "Of the parts, this goes beyond chance: {parts}.", parts=speech.listing([_small(one) for one in sure])
    )
    return f"{told} {more}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _table(found: Sequence[tuple[Undivided, Change]], speech: Speech) -> Grid:
    """Of every set M at both dates, and the change and its parts with their intervals."""
    heads = (N_("groups and part"), N_("value"), N_("freed of chance"), N_("between"))
    rows: list[tuple[str, ...]] = []
    for one, change in found:
        groups = capital(speech.say(one.counts.groups.title))
        for label, value in ((N_("before"), change.before), (N_("after"), change.after)):
            rows.append((f"{groups}: {speech.say(label)}", speech.number(value, 4), "–", "–"))
        for name, part in _parts(change).items():
            low, high = (number_or_dash(part[limit], 4, speech) for limit in ("low", "high"))
            rows.append(
                (
                    f"{groups}: {_small(speech.say(PARTS.get(name, CHANGE)))}",
                    number_or_dash(part["value"], 4, speech),
                    number_or_dash(part["adjusted"], 4, speech),
                    speech.say("{low} to {high}", low=low, high=high),
                )
            )
    return Grid(tuple(speech.say(text) for text in heads), tuple(rows), "change-research")
