"""At which distance the city is divided, and how that changed between two dates."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.undividedness import Change, Profile, Undivided
from ongedeeld.reporting.divided import PROFILE_DRAWS, SEED, SURE
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.mix_sections import number_or_dash
from ongedeeld.reporting.profiles import Panel, Words, profiles
from ongedeeld.reporting.steps import Step, extent, steps
from ongedeeld.reporting.text import Speech, capital

LEAST_STEP = 0.01
PARTS = {
    "mix": N_("The mix of the city"),
    "place": N_("Who lives where"),
    "areas_left": N_("Neighbourhoods that were left"),
    "areas_new": N_("New neighbourhoods"),
}


def profile_section(ground: Ground, speech: Speech) -> Section:
    """H of the surroundings of residents, from small to large, for every set of groups."""
    title = speech.say("At what distance is it divided?")
    charts, notes, by_chance = [], [], []
    try:
        for name, counts in ground.divided.published.items():
            groups = capital(speech.say(counts.groups.title))
            if _no_more_than_chance(ground.divided.whole.get(name)):
                by_chance.append(speech.say("{groups}: no more divided than by chance.", groups=groups))
                continue
            pair = ground.divided.profiles(name)
            charts.append(_profile(pair, groups, name, speech))
            notes += [speech.told(note) for one in pair for note in one.notes]
    except AbsentError as error:
        why, how_to = speech.absence(error)
        return Section("profile", title, why_empty=why, how_to=how_to)
    if not charts:
        return Section(
            "profile", title, why_empty=speech.say("no figures on groups are in the sources that were used")
        )
    method = speech.say(
        "Theil's H of the surroundings of residents (Reardon and O'Sullivan 2004), uniform within the "
        "distance; {draws} random allotments, seed {seed}.",
        draws=PROFILE_DRAWS,
        seed=SEED,
    )
    left_out = len(ground.codes) - len(ground.shapes.paths)
    missing = speech.ngettext(
        "One neighbourhood without a known boundary is left out.",
        "{count} neighbourhoods without a known boundary are left out.",
        left_out,
    )
    tables = tuple((chart.title, chart.grid) for chart in charts)
    return Section(
        "profile",
        title,
        lead=(
            speech.say(
                "Draw a circle around every resident. The more the people in it are alike, the higher the "
                "line. A line that falls fast is division between streets and neighbourhoods; one that "
                "stays up is division between parts of the city."
            ),
        ),
        tiles=tuple(charts),
        notes=(*by_chance, *((missing,) if left_out else ())),
        research=Research(tables, (method, *dict.fromkeys(notes))),
    )


def _no_more_than_chance(found: Undivided | None) -> bool:
    p_value = found.results[0].p_value if found else None
    return p_value is not None and p_value > SURE


def _profile(pair: Sequence[Profile], title: str, name: str, speech: Speech) -> Chart:
    panels, cells = [], []
    for heading, scales, made in zip(
        (speech.say("By distance"), speech.say("By nearest residents")),
        _scales(pair, speech),
        pair,
        strict=True,
    ):
        rows = made.table.to_dicts()
        # H is below 0 where surroundings are more mixed than the whole: for the eye that is not divided.
        values, chance = (
            tuple(max(float(row[key]), 0.0) for row in rows) for key in ("value", "expected_by_chance")
        )
        panels.append(Panel(heading, scales, values, chance))
        cells += [
            (
                f"{heading}: {scale}",
                number_or_dash(row["value"], 3, speech),
                number_or_dash(row["expected_by_chance"], 4, speech),
                number_or_dash(row["p_value"], 2, speech),
            )
            for scale, row in zip(scales, rows, strict=True)
        ]
    heads = (speech.say("surroundings"), "H", speech.say("by chance"), speech.say("p-value"))
    grid = Grid(heads, tuple(cells), f"profile-{name}")
    words = Words(speech.say("the city"), speech.say("by chance"), _axis(panels, speech))
    caption = speech.say(
        "Theil's H of the surroundings: 0 is everywhere the mix of the city, 1 is fully apart"
    )
    label = f"{title}. {caption}. " + "; ".join(" ".join(row[:2]) for row in cells)
    return Chart(title, caption, profiles(panels, words, label), grid)


def _scales(pair: Sequence[Profile], speech: Speech) -> tuple[tuple[str, ...], tuple[str, ...]]:
    distances = tuple(
        speech.number(metres / 1000, 1 if metres % 1000 else 0) + "\N{NO-BREAK SPACE}km"
        for metres in pair[0].table["radius_m"].to_list()
    )
    return distances, tuple(speech.number(number) for number in pair[1].table["neighbours"].to_list())


def _axis(panels: Sequence[Panel], speech: Speech) -> tuple[tuple[float, str], ...]:
    """The numbers at the axis from the top down: a round one above all values, its half and zero."""
    values = [value for panel in panels for value in (*panel.values, *panel.chance)]
    top = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0) if max(values) <= step or step == 1.0)
    return tuple((mark, speech.number(mark, 3 if top < 0.1 else 2)) for mark in (top, top / 2, 0.0))


def change_section(ground: Ground, speech: Speech) -> Section:
    """The change in division between two dates, split in the mix of the city and who lives where."""
    title = speech.say("Did it become more divided?")
    found = [(one, one.change) for one in ground.divided.whole.values() if one.change is not None]
    if not found:
        why = speech.say("figures of two dates are needed, and of these groups there is one")
        how_to = speech.say("Add the key figures of CBS of an earlier year with --kwb FILE.")
        return Section("change", title, why_empty=why, how_to=how_to)
    reached = [extent(_rows(one, change, speech)) for one, change in found]
    least = max(LEAST_STEP, *(high - low for low, high in reached))
    notes = dict.fromkeys(speech.told(note) for _, change in found for note in change.notes)
    tests = (note for one, _ in found if one.compared for note in one.compared.notes)
    return Section(
        "change",
        title,
        lead=(
            speech.say(
                "Division can change because the groups grew or shrank in the whole city, or because people "
                "came to live elsewhere. The parts add up to the change."
            ),
        ),
        tiles=tuple(_steps(one, change, least, speech) for one, change in found),
        notes=(speech.say("The split says what changed, not why: it does not show what policy did."),),
        research=Research(
            ((speech.say("Change in mutual information, in nats"), _table(found, speech)),),
            (*notes, *dict.fromkeys(speech.told(note) for note in tests)),
        ),
    )


def _diversity(one: Undivided) -> float:
    """The entropy of the groups in the whole city, in nats."""
    sums = [int(one.counts.table[name].sum()) for name in one.counts.groups.names]
    total = sum(sums) or 1
    return -sum(count / total * log(count / total) for count in sums if count) or 1.0


def _rows(one: Undivided, change: Change, speech: Speech) -> list[Step]:
    diversity = _diversity(one)
    parts = {name: getattr(change, name) / diversity for name in PARTS}
    told = {name: value for name, value in parts.items() if name in ("mix", "place") or abs(value) >= 0.00005}
    whole = change.change / diversity
    return [
        *(Step(speech.say(PARTS[name]), value, _points(value, speech)) for name, value in told.items()),
        Step(speech.say("Change together"), whole, _points(whole, speech), is_whole=True),
    ]


def _points(value: float, speech: Speech) -> str:
    return speech.number(value * 100, 2, signed=True)


def _steps(one: Undivided, change: Change, least: float, speech: Speech) -> Chart:
    title = capital(speech.say(one.counts.groups.title))
    diversity = _diversity(one)
    rows = _rows(one, change, speech)
    before, after = (speech.number(100 * value / diversity, 1) for value in (change.before, change.after))
    since = one.since
    caption = speech.say(
        "The neighbourhood explained {before}% of the differences in {first} and {after}% in {last}; parts "
        "in percentage points",
        before=before,
        after=after,
        first=speech.period(since) if since else "",
        last=speech.period(one.counts.period),
    )
    heads = (speech.say("part"), speech.say("percentage points"))
    grid = Grid(heads, tuple((row.label, row.text) for row in rows), f"change-{one.counts.groups.name}")
    label = f"{title}. {caption}. " + "; ".join(": ".join(row) for row in grid.rows)
    return Chart(title, caption, steps(rows, label, least), grid, _tested(one, speech))


def _tested(one: Undivided, speech: Speech) -> str:
    """Whether the difference is more than chance."""
    if one.compared is None or one.compared.p_value is None:
        return ""
    sure = one.compared.p_value <= SURE
    text = (
        N_("The difference between the two dates is more than chance gives.")
        if sure
        else N_("The difference between the two dates is no more than chance gives.")
    )
    return speech.say(text)


def _table(found: Sequence[tuple[Undivided, Change]], speech: Speech) -> Grid:
    names = ("before", "after", "change", *PARTS)
    heads = (
        N_("groups"), N_("before"), N_("after"), N_("change"), N_("mix of the city"), N_("who lives where"),
        N_("areas left"), N_("new areas"), N_("p-value"),
    )  # fmt: skip
    rows = tuple(
        (
            capital(speech.say(one.counts.groups.title)),
            *(speech.number(getattr(change, name), 4) for name in names),
            number_or_dash(one.compared.p_value if one.compared else None, 3, speech),
        )
        for one, change in found
    )
    return Grid(tuple(speech.say(text) for text in heads), rows, "change-research")
