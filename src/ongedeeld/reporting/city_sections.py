"""What the atlas tells of the city as a whole: its mix, how divided it is, and at which scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ongedeeld.errors import N_
from ongedeeld.measures.undividedness import GROUP_SETS, Levels, Undivided
from ongedeeld.reporting.city_change import change_section
from ongedeeld.reporting.city_profile import profile_section
from ongedeeld.reporting.divided import SURE, Mixed
from ongedeeld.reporting.figures import Chart, Grid, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.least_served import served_section
from ongedeeld.reporting.mix_sections import more_figures
from ongedeeld.reporting.mix_tiles import bars_of, counted_as, in_words, labels_of
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.research import research_of
from ongedeeld.reporting.rounding import adding_up
from ongedeeld.reporting.stacked import Bar, legend_of, stacked
from ongedeeld.reporting.tenant_sections import change_section as tenants_change
from ongedeeld.reporting.tenant_sections import level_cells, level_header, titled
from ongedeeld.reporting.tenants import WHOLE
from ongedeeld.reporting.text import Speech, capital

LEAST_SIZE = 0.001
"""Divisions smaller than this, in nats, are not told apart."""
REGISTERED = N_(
    "These are counts of everybody, not a sample. The interval tells how far the division behind the counts "
    "may lie from them: another allotment of as few people and homes would have given other counts."
)
SCALES = {
    "district": N_("between districts"),
    "neighbourhood": N_("within districts, between neighbourhoods"),
    "complex": N_("within neighbourhoods, between complexes"),
    "entrance": N_("within complexes, between entrances"),
}


def city_sections(ground: Ground, speech: Speech, audience: Audience) -> list[Section]:
    """All sections on the city; for the public nothing of the association's own tables, and no ranking."""
    internal = audience == "internal"
    made = [
        mix_of_city(ground, speech),
        divided_section(ground, speech, internal=internal),
        profile_section(ground, speech),
        change_section(ground, speech),
    ]
    if internal and ground.tenants is not None and ground.tenants.mixes:
        made.append(tenants_change(ground.tenants, WHOLE, speech))
    if internal and ground.own is not None and ground.own.is_known:
        # Their statistics take a second to load, which other pages need not wait for.
        from ongedeeld.reporting.bearing_of_city import bearing_of_city, warnings_of_city

        made += [bearing_of_city(ground, speech), warnings_of_city(ground, speech)]
    made.append(served_section(ground, speech, internal=internal))
    return made


def mix_of_city(ground: Ground, speech: Speech) -> Section:
    """Who lives in the city and in its districts, for every set of groups."""
    mixes = ground.divided.mixed.values()
    title = speech.say("Who lives in which district?")
    if not mixes:
        why = speech.say("no figures on groups are in the sources that were used")
        return Section("mix", title, why_empty=why, how_to=more_figures(ground, speech))
    return Section(
        "mix", title, tiles=tuple(_tile(mixed, ground, speech) for mixed in mixes if len(mixed.names) > 2)
    )


def _tile(mixed: Mixed, ground: Ground, speech: Speech) -> Chart:
    labels = labels_of(mixed, speech)
    title = capital(speech.say(mixed.groups.title))
    rows = [(ground.name, mixed.whole), *_districts(mixed, ground)]
    text, _ = counted_as(mixed.groups)
    count = speech.number(sum(mixed.whole))
    caption = speech.say(text, count=count, period=speech.period(mixed.counts.period))
    bars = bars_of(rows, speech)
    cells = tuple((bar.label, *(part[1] for part in bar.parts)) for bar in bars)
    grid = Grid((speech.say("area"), *labels), cells, f"mix-{mixed.groups.name}")
    return Chart(title, caption, stacked(bars, in_words(title, bars, labels)), grid, "", legend_of(labels))


def _districts(mixed: Mixed, ground: Ground) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The districts by name, with their numbers; those of too few people are left out."""
    parts: dict[str, set[str]] = {}
    for code in ground.codes:
        line = ground.line(code)
        if len(line) > 2 and code in mixed.rows:
            parts.setdefault(line[-2][1], set()).add(code)
    for name, codes in sorted(parts.items()):
        yield name, mixed.together(frozenset(codes))


def divided_section(ground: Ground, speech: Speech, *, internal: bool) -> Section:
    """How unevenly every set of groups is spread, and at which scale."""
    title = speech.say("How divided is the city?")
    found = ground.divided.whole
    if not found:
        return Section(
            "divided", title, why_empty=speech.say("no figures on groups are in the sources that were used")
        )
    tenants = ground.tenants if internal else None
    split: dict[str, Levels] = {name: one.levels for name, one in found.items() if one.levels is not None}
    if tenants is not None:
        split |= {name: levels for name in tenants.mixes if (levels := tenants.split(name)) is not None}
    charts = [_spread(found, ground, speech)]
    if split:
        charts.append(_scales(split, speech))
    return Section(
        "divided",
        title,
        lead=(
            speech.say(
                "A city is undivided for a group when it lives everywhere about as often as in the whole "
                "city."
            ),
            _side_by_side(found, speech),
        ),
        tiles=tuple(charts),
        notes=(
            speech.say(
                "Not how people get on, nor whether anybody chose to live there: only how evenly groups are "
                "spread. Smaller areas always look more divided; compare the numbers freed of chance."
            ),
            speech.say(REGISTERED),
        ),
        research=research_of(found, split, speech),
    )


def _side_by_side(found: Mapping[str, Undivided], speech: Speech) -> str:
    """That sets of different numbers of groups are not ranked, or that there are too few homes."""
    if not any(one.results[0].enough for one in found.values()):
        return speech.say("There are too few homes to say how divided it is.")
    return speech.say(
        "The sets have different numbers of groups, so that they stand side by side and not in order: what "
        "is higher is not by itself more divided."
    )


def _spread(found: Mapping[str, Undivided], ground: Ground, speech: Speech) -> Chart:
    """The dissimilarity of every set, freed of chance, with its interval and what chance gives."""
    title = speech.say("Dissimilarity of neighbourhoods")
    caption = speech.say(
        "0 is the same mix everywhere, 1 is no two groups in one neighbourhood; band: 95% interval, open "
        "dot: what chance alone gives"
    )
    dots, cells = [], []
    for one in found.values():
        result = one.results[0]
        low, high = result.interval or (None, None)
        label = capital(speech.say(one.counts.groups.title))
        known = result.adjusted is not None and result.enough
        text = speech.number(result.adjusted or 0.0, 2) if known else speech.say("too few homes to say")
        dots.append(
            Dot(label, text, result.adjusted, low, high, chance=result.expected_by_chance)
            if known
            else Dot(label, text, chance=result.expected_by_chance)
        )
        limits = (
            "–"
            if low is None or high is None
            else speech.say("{low} to {high}", low=speech.number(low, 2), high=speech.number(high, 2))
        )
        by_chance = "–" if result.expected_by_chance is None else speech.number(result.expected_by_chance, 2)
        cells.append((label, text, limits, by_chance, speech.period(one.counts.period)))
    heads = (
        speech.say("groups"),
        speech.say("freed of chance"),
        speech.say("between"),
        speech.say("by chance"),
        speech.say("period"),
    )
    label = f"{title}. " + "; ".join(": ".join(row[:2]) for row in cells)
    return Chart(
        title,
        caption,
        intervals(dots, (0, 1), (speech.number(0), speech.number(1)), label),
        Grid(heads, tuple(cells), "divided"),
    )


def _scales(split: Mapping[str, Levels], speech: Speech) -> Chart:
    """For every set of groups which part of the division lies at which scale, as one bar of parts."""
    title = speech.say("Divided at which scale?")
    names = [name for name in SCALES if any(name in levels.table["level"] for levels in split.values())]
    labels = [speech.say(SCALES[name]) for name in names]
    bars, cells = [], []
    for key, levels in split.items():
        rows = {row["level"]: row for row in levels.table.to_dicts()}
        label = titled(GROUP_SETS[key], speech)
        parts = [_certain(rows[name]) if name in rows else 0.0 for name in names]
        shares = shares_of_parts(parts)
        texts = [speech.figure(share, "share") for share in adding_up(shares, 2)]
        size = _size(sum(parts), speech)
        instead = "" if sum(parts) else speech.say("no more than chance")
        bars.append(Bar(label, tuple(zip(shares, texts, strict=True)), instead=instead, size=size))
        cells += [
            (f"{label}: {speech.say(SCALES[name])}", text, *level_cells(rows[name], speech))
            for name, text in zip(names, texts, strict=True)
            if name in rows
        ]
    heads = (speech.say("groups and scale"), speech.say("part freed of chance"), *level_header(speech))
    note = speech.say(
        "Parts of the division (mutual information) that is left when chance is taken off; what chance "
        "explains counts as nothing. Published figures go down to neighbourhoods."
    )
    caption = speech.say(
        "Which part of the division lies at which scale, freed of chance; right: how large the whole is, in "
        "nats (0 is undivided)"
    )
    grid = Grid(heads, tuple(cells), "scales")
    label = in_words(title, bars, labels)
    return Chart(title, caption, stacked(bars, label), grid, note, legend_of(labels))


def _size(nats: float, speech: Speech) -> str:
    """How large the division is, as it is written; nothing where there is none."""
    if 0.0 < nats < LEAST_SIZE:
        return f"<\N{NO-BREAK SPACE}{speech.number(LEAST_SIZE, 3)}"
    return speech.number(nats, 3) if nats else ""


def _certain(level: Mapping[str, float | None]) -> float:
    """What is left of a part without chance; nothing where chance gives as much."""
    sure = level["p_value"] is not None and level["p_value"] <= SURE
    return max(level["adjusted"] or 0.0, 0.0) if sure else 0.0


def shares_of_parts(parts: Sequence[float]) -> list[float]:
    """Parts as shares of their sum; all nothing where there is none."""
    total = sum(parts)
    return [part / total for part in parts] if total > 0 else [0.0] * len(parts)
