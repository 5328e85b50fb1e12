"""The themes of a portrait, each a heading with charts and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting import own_sections
from ongedeeld.reporting.catalogue import (
    AGES,
    AMENITIES,
    HOME_FACTS,
    HOUSEHOLDS,
    ORIGINS,
    PEOPLE_FACTS,
    SAFETY_FACTS,
    TENURES,
    short_label,
)
from ongedeeld.reporting.development import over_time
from ongedeeld.reporting.figures import Chart, Section, compared_bars, facts, facts_caption, reference
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.inclusion_section import inclusion_section
from ongedeeld.reporting.livability_sections import development_section, livability_section
from ongedeeld.reporting.mix_sections import mix_section
from ongedeeld.reporting.sentences import comparable_periods, weakest_amenity
from ongedeeld.reporting.tenant_sections import tenant_sections
from ongedeeld.reporting.text import Speech


def sections(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Iterator[Section]:
    """All sections of a portrait, in order; `ranks` and own tables are for internal use."""
    yield livability_section(ground, code, speech, ranks=ranks)
    if comparable_periods(ground, code):
        yield development_section(ground, code, speech)
    yield people_section(ground, code, speech, ranks=ranks)
    yield mix_section(ground, code, speech)
    if ranks and ground.tenants is not None:
        yield from tenant_sections(ground.tenants, code, ground.line(code)[-1][1], speech)
    yield homes_section(ground, code, speech, ranks=ranks)
    yield amenities_section(ground, code, speech, ranks=ranks)
    yield safety_section(ground, code, speech, ranks=ranks)
    yield inclusion_section(ground, code, speech, internal=ranks)
    if ranks:
        yield from _capacity(ground, code, speech)
        yield from own_sections.sections(ground.own, code, speech)


def _capacity(ground: Ground, code: str, speech: Speech) -> Iterator[Section]:
    """What the place asks and can bear, whether it gets worse, and what may be coming."""
    # Their statistics take a second to load, which a public page need not wait for.
    from ongedeeld.reporting.ahead_section import ahead_section
    from ongedeeld.reporting.bearing_sections import bearing_section, warning_section

    if ground.own is not None and ground.own.is_known:
        yield bearing_section(ground, code, speech)
        yield warning_section(ground, code, speech)
    yield ahead_section(ground, code, speech)


def people_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """Who lives there, and how they take part; origin as a modest line."""
    drawn = (
        compared_bars(ground, code, AGES, speech, N_("Ages"), N_("Share of residents, {period}")),
        compared_bars(
            ground,
            code,
            HOUSEHOLDS,
            speech,
            N_("Households"),
            N_("Share of households, {period}"),
        ),
    )
    counted = [
        name.removeprefix("share_")
        for names, chart in zip((AGES, HOUSEHOLDS), drawn, strict=True)
        for name in names
        if chart is None
    ]
    names = (*PEOPLE_FACTS, *counted)
    notes = [origin] if (origin := _origin(ground, code, speech)) else []
    told = facts(ground, code, names, speech, ranks=ranks)
    if any(ground.value(name, code) is not None for name in counted):
        notes.insert(0, speech.say("So few people live here that numbers are shown and no shares."))
    return Section(
        "people",
        speech.say("Who lives here and takes part?"),
        charts=tuple(chart for chart in drawn if chart),
        facts_title=speech.say("People, work and income"),
        facts_caption=facts_caption(ground, code, names, speech, ranks=ranks),
        facts=told,
        notes=tuple(notes),
        why_empty=speech.say("nothing is published about so few residents"),
    )


def _origin(ground: Ground, code: str, speech: Speech) -> str:
    known = [ground.series[name] for name in ORIGINS if ground.value(name, code) is not None]
    if len(known) < len(ORIGINS):
        return ""
    total = round(sum(speech.rounded(s.values[code], "share") for s in known))
    rounded = speech.say("rounded, together {total}%", total=total) if total != 100 else ""
    parts = [f"{short_label(s.name, speech)} {speech.figure(s.values[code], 'share')}" for s in known]
    return speech.say(
        "Origin of residents, published figures of {period}, only to describe: {parts}.",
        period=speech.period(known[0].period),
        parts=", ".join(parts) + (f" ({rounded})" if rounded else ""),
    )


def homes_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """Who owns the homes, what kind they are and what they are worth."""
    chart = compared_bars(
        ground, code, TENURES, speech, N_("Who owns the homes"), N_("Share of homes, {period}")
    )
    return Section(
        "homes",
        speech.say("Which homes are there?"),
        charts=(chart,) if chart else (),
        facts_title=speech.say("Kind, age and value"),
        facts_caption=facts_caption(ground, code, HOME_FACTS, speech, ranks=ranks),
        facts=facts(ground, code, HOME_FACTS, speech, ranks=ranks),
        why_empty=speech.say("no figures on homes are published for this neighbourhood"),
    )


def amenities_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """How far amenities are, and which is furthest compared with the city."""
    title = speech.say("What is near?")
    known = [name for name in AMENITIES if ground.value(name, code) is not None][:14]
    known.sort(key=lambda name: ground.series[name].values[code])
    chart = compared_bars(
        ground,
        code,
        known,
        speech,
        N_("How far amenities are"),
        N_("Average distance by road, {period}"),
    )
    if chart is None:
        held = any(name in ground.series for name in AMENITIES)
        return Section(
            "amenities",
            title,
            why_empty=speech.say("no distances are published for this neighbourhood"),
            how_to=""
            if held
            else speech.say("Add the table Nabijheid voorzieningen of CBS with --proximity FILE."),
        )
    nearby = tuple(sorted(name for name in ground.series if name.startswith("nearby_")))
    return Section(
        "amenities",
        title,
        charts=(replace(chart, note=_weakest(ground, code, known, speech)),),
        facts_title=speech.say("How many are near"),
        facts_caption=facts_caption(ground, code, nearby, speech, ranks=ranks),
        facts=facts(ground, code, nearby, speech, ranks=ranks),
    )


def _weakest(ground: Ground, code: str, names: Sequence[str], speech: Speech) -> str:
    """The amenity of the chart that is furthest away, by the comparison of the chart."""
    known = [ground.series[name] for name in names]
    beside = reference(ground, known, speech)
    weakest = weakest_amenity(known, code, beside.of)
    if weakest is None:
        return ""
    words = short_label(weakest.name, speech)
    own, other = (round(value / 100) for value in (weakest.values[code], beside.of(weakest)))
    return speech.say(
        "Relatively furthest away: {amenity}, {distance} against {other} ({beside}), {times} times as far. "
        "Differences of less than 200 metres do not count.",
        amenity=words[0].lower() + words[1:],
        distance=speech.figure(weakest.values[code], "metres"),
        other=speech.figure(beside.of(weakest), "metres"),
        beside=beside.words,
        times=speech.number(own / max(1, other), 1),
    )


def safety_section(ground: Ground, code: str, speech: Speech, *, ranks: bool) -> Section:
    """Registered crime of the neighbourhood against that of the city, and over the years."""
    title = speech.say("How safe is it?")
    told = facts(ground, code, SAFETY_FACTS, speech, ranks=ranks)
    if not told:
        held = any(name in ground.series for name in SAFETY_FACTS)
        why = (
            N_("no registered crime is published for this neighbourhood")
            if held
            else N_("registered crime is not in the sources that were used")
        )
        return Section("safety", title, why_empty=speech.say(why))
    return Section(
        "safety",
        title,
        charts=tuple(_crime_lines(ground, code, speech)),
        facts_title=speech.say("Registered crime"),
        facts_caption=facts_caption(ground, code, SAFETY_FACTS, speech, ranks=ranks),
        facts=told,
        notes=(
            speech.say("Registered crime tells what was reported where, not who did it or who lives there."),
        ),
    )


def _crime_lines(ground: Ground, code: str, speech: Speech) -> Iterator[Chart]:
    """Crime per 1,000 residents beside the average or, where that is known for one year only, the counts."""
    ways = (
        (
            "crimes_per_1000",
            "per_1000",
            N_("Per 1,000 residents; brown: this neighbourhood, grey: the mean of the neighbourhoods"),
        ),
        ("crimes", "count", N_("Number in this neighbourhood, whatever the number of residents")),
    )
    for name, unit, caption in ways:
        history = ground.history(name)
        own_rows = history.filter(pl.col("area") == code).select("period", "value")
        if len(own_rows) < 2 or code not in ground.series[name].values:
            continue
        others = history.filter(pl.col("area").is_in(ground.codes) & pl.lit(unit != "count"))
        average = others.group_by("period").agg(pl.col("value").mean()).sort("period")
        title = speech.say("Registered crime over the years")
        yield over_time(title, speech.say(caption), own_rows, average, unit, speech)
        return
