"""Where the association's tenants are divided, and why their mix changed; for internal use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ongedeeld.errors import N_
from ongedeeld.measures.undividedness import GROUP_SETS, GroupSet
from ongedeeld.measures.undividedness.flows import TERMS
from ongedeeld.measures.undividedness.groups import GroupCounts
from ongedeeld.reporting.divided import DRAWS, SEED, SURE
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.mix_sections import number_or_dash, p_value
from ongedeeld.reporting.mix_tiles import bars_of, group_label, in_words
from ongedeeld.reporting.rounding import adding_up
from ongedeeld.reporting.stacked import legend_of, stacked
from ongedeeld.reporting.steps import Step, extent, steps
from ongedeeld.reporting.tenants import CHANGES, FEWEST_HOMES, Changed, Tenants, put_together
from ongedeeld.reporting.text import Speech, capital

DECIMALS = 3
"""Of shares as they are written: tenths of a percentage point."""
LEAST_STEP = 0.04
"""What a picture of a change in a share spans at least."""
WRITTEN = {
    "inflow": N_("Who came to live there"),
    "outflow": N_("Who moved out"),
    "in_place": N_("What changed in place"),
    "stock": N_("Homes built, demolished or sold"),
    "residual": N_("What the counts leave unexplained"),
}
AT_START = {"tenant_age": N_("age at the start of the tenancy")}
"""What is known of tenants from the start of their tenancy only, and differs from what it is now."""
LEVELS = {
    "district": N_("between districts"),
    "neighbourhood": N_("within districts, between neighbourhoods"),
    "complex": N_("between complexes"),
    "entrance": N_("between entrances of a complex"),
}


def tenant_sections(tenants: Tenants, code: str, name: str, speech: Speech) -> Iterator[Section]:
    """The sections on the tenants of a neighbourhood: mix and division, and change."""
    if not tenants.mixes:
        return
    title = speech.say("Who rents here, and where is it divided?")
    here = {key: row for key, counts in tenants.mixes.items() if (row := _row(counts, code))}
    if not here:
        few = N_("too few tenants here to tell of groups; at least {homes} are needed")
        yield Section("tenants", title, why_empty=speech.say(few, homes=FEWEST_HOMES))
        return
    chart, research = _division(tenants, code, speech)
    yield Section(
        "tenants",
        title,
        lead=(
            speech.say(
                "Only tenants of the association count here, as they were at the start of their tenancy: who "
                "came young may be old by now. Groups of few households are put together."
            ),
        ),
        tiles=(
            *(_mix(tenants.mixes[key], row, name, speech) for key, row in here.items()),
            *([chart] if chart else []),
        ),
        research=research,
    )
    yield change_section(tenants, code, speech)


def change_section(tenants: Tenants, place: str, speech: Speech) -> Section:
    """Why the share of groups changed: who came, who left, what changed in place, and the stock."""
    title = speech.say("Why did the mix of tenants change?")
    told = [(changed, found) for changed in tenants.changes if (found := changed.of(place))]
    if not told:
        why = (
            N_(
                "too few homes or households to split a change; of a group at least five households are "
                "needed"
            )
            if tenants.changes
            else N_("tenancies are not known of nine in ten homes, a year ago and now")
        )
        return Section("flows", title, why_empty=speech.say(why))
    # One scale for all pictures, so that their bars compare.
    reached = [extent(_rows(found, speech)) for _, found in told]
    least = max(LEAST_STEP, *(high - low for low, high in reached))
    return Section(
        "flows",
        title,
        lead=(
            speech.say(
                "The parts add up to the change. They say through which door the change came, not why people "
                "moved."
            ),
        ),
        tiles=tuple(_steps(changed, found, least, speech) for changed, found in told),
    )


def _row(counts: GroupCounts, code: str) -> dict[str, int]:
    """The numbers of a neighbourhood by group; nothing of too few tenants."""
    rows = [row for row in counts.table.to_dicts() if row.pop("unit") == code]
    enough = rows and sum(rows[0].values()) >= FEWEST_HOMES and len(put_together(rows[0])) > 1
    return rows[0] if enough else {}


def _mix(counts: GroupCounts, row: Mapping[str, int], name: str, speech: Speech) -> Chart:
    groups = counts.groups
    everybody = {key: int(counts.table[key].sum()) for key in groups.names}
    parts = put_together(row)
    labels = [speech.listing([group_label(groups, one, speech) for one in part]) for part in parts]
    if groups.name in AT_START:
        labels = [speech.say("{groups} at the start", groups=label) for label in labels]
    places = (
        (name, row),
        (speech.say("all tenants"), everybody),
    )
    summed = [(place, [sum(numbers[one] for one in part) for part in parts]) for place, numbers in places]
    bars = bars_of(summed, speech)
    title = titled(groups, speech)
    rows = tuple(
        (capital(label), *(bar.parts[number][1] for bar in bars)) for number, label in enumerate(labels)
    )
    grid = Grid((speech.say("group"), *(place for place, _ in places)), rows, f"tenants-{groups.name}")
    caption = speech.say(
        "{count} tenancies, {period}",
        count=speech.number(sum(row.values())),
        period=speech.day(counts.period),
    )
    return Chart(title, caption, stacked(bars, in_words(title, bars, labels)), grid, "", legend_of(labels))


def titled(groups: GroupSet, speech: Speech) -> str:
    """What a set of groups of tenants is called: of what was true at the start only, that it was."""
    return capital(speech.say(AT_START.get(groups.name, groups.title)))


def _division(tenants: Tenants, code: str, speech: Speech) -> tuple[Chart | None, Research | None]:
    """How the tenants of a neighbourhood are divided over its complexes and entrances."""
    found = {name: levels for name in tenants.mixes if (levels := tenants.split(name, code))}
    rows = [(name, level) for name, levels in found.items() for level in levels.table.to_dicts()]
    if not rows:
        return None, None
    title = speech.say("Between complexes or between entrances?")
    caption = speech.say(
        "How much of the differences between tenants the place explains, freed of chance: 0% is the same mix "
        "everywhere, 100% is every place with one group"
    )
    dots, cells = [], []
    for name, level in rows:
        label = f"{titled(GROUP_SETS[name], speech)}: {speech.say(LEVELS[level['level']])}"
        diversity = tenants.diversity(name, code) or 1.0
        sure = bool(level["p_value"] <= SURE) and level["units"] > 1
        explained = max(level["adjusted"], 0.0) / diversity if sure else None
        text = _not_told(level, speech) if explained is None else speech.figure(explained, "share")
        dots.append(Dot(label, text, explained))
        cells.append((label, text, *level_cells(level, speech)))
    heads = (speech.say("groups and scale"), speech.say("freed of chance"), *level_header(speech))
    plain = Grid(heads[:2], tuple(row[:2] for row in cells), "scales")
    full = Grid((heads[0], *heads[2:]), tuple((row[0], *row[2:]) for row in cells), "scales-research")
    label = f"{title} " + "; ".join(": ".join(row[:2]) for row in cells)
    most = max(0.1, *((one.value or 0.0) * 1.1 for one in dots))
    ends = ("0%", speech.figure(most, "share"))
    note = speech.say("Entrances are small: chance alone already makes them look divided.")
    chart = Chart(title, caption, intervals(dots, (0, most), ends, label), plain, note)
    notes = dict.fromkeys(speech.told(each) for levels in found.values() for each in levels.notes)
    method = speech.say("{draws} random allotments, seed {seed}; in nats.", draws=DRAWS, seed=SEED)
    return chart, Research(((title, full),), (method, *notes))


def _not_told(level: Mapping[str, float], speech: Speech) -> str:
    """Why a scale has no number: one place only, too few homes, or no more than chance."""
    if level["units"] < 2:
        return speech.say("one place only")
    if level["expected_by_chance"] > level["value"] / 2:
        return speech.say("too few homes to say")
    return speech.say("no more than chance")


def level_header(speech: Speech) -> tuple[str, ...]:
    """What the columns of a split over scales are called, after the first."""
    heads = (N_("units"), N_("value"), N_("share"), N_("by chance"), N_("adjusted"), N_("p-value"))
    return tuple(speech.say(text) for text in heads)


def level_cells(level: Mapping[str, float | None], speech: Speech) -> tuple[str, ...]:
    """The figures of one scale."""
    share = level["share"]
    return (
        speech.number(level["units"] or 0),
        number_or_dash(level["value"], 4, speech),
        "–" if share is None else speech.figure(share, "share"),
        number_or_dash(level["expected_by_chance"], 4, speech),
        number_or_dash(level["adjusted"], 4, speech),
        p_value(level["p_value"], DRAWS, speech),
    )


def _rows(found: Mapping[str, float | None], speech: Speech) -> list[Step]:
    """The parts of a change that are there, and the change."""
    values = {name: float(found[name] or 0.0) for name in (*TERMS, "residual")}
    written = dict(zip(values, adding_up(list(values.values()), DECIMALS), strict=True))
    told = [name for name in values if name in ("inflow", "outflow") or written[name]]
    whole = float(found["change"] or 0.0)
    return [
        *(Step(speech.say(WRITTEN[name]), values[name], _points(written[name], speech)) for name in told),
        Step(
            speech.say("Change together, in percentage points"), whole, _points(whole, speech), is_whole=True
        ),
    ]


def _steps(changed: Changed, found: Mapping[str, float | None], least: float, speech: Speech) -> Chart:
    title = speech.say(CHANGES[changed.name])
    rows = _rows(found, speech)
    # With the decimals of the parts: whole percents would not differ by what the parts add up to.
    start, end = (
        f"{speech.number(100 * float(found[name] or 0.0), DECIMALS - 2)}%"
        for name in ("share_start", "share_end")
    )
    caption = speech.say(
        "From {start} of the homes in {first} to {end} in {last}; parts in percentage points",
        start=start,
        end=end,
        first=speech.month(changed.start),
        last=speech.month(changed.end),
    )
    heads = (speech.say("part"), speech.say("percentage points"))
    grid = Grid(heads, tuple((row.label, row.text) for row in rows), f"change-{changed.name}")
    label = f"{title}. {caption}. " + "; ".join(": ".join(row) for row in grid.rows)
    note = (
        speech.say(
            "Ages are estimated: only the age class at the start of a tenancy is known, and everybody in it "
            "is counted on from there. So these shares differ from those by age at the start."
        )
        if changed.name == "older"
        else ""
    )
    return Chart(title, caption, steps(rows, label, least), grid, note)


def _points(value: float, speech: Speech) -> str:
    return speech.number(value * 100, DECIMALS - 2, signed=True)
