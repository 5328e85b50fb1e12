"""The inclusive neighbourhood: five sides beside each other, never added up into one number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.measures.inclusion import YES_OR_NO, inclusion_assumptions
from ongedeeld.reporting.answer_panels import encounter, public_space
from ongedeeld.reporting.fewest import FEWEST
from ongedeeld.reporting.figures import Grid, Panel, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.included import OWN_SURVEY, of_area
from ongedeeld.reporting.interval_parts import between, empty_panel, interval_chart
from ongedeeld.reporting.intervals import Dot
from ongedeeld.reporting.room_panel import room_panel
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import CHOICES, INDICATORS

SHORT_WALK_M = 500
FIGURES = {
    "in_work": N_("paid work, of those aged 15 to 74"),
    "education_low": N_("lower education, of those with a known level"),
    "education_high": N_("higher education, of those with a known level"),
    "social_assistance": N_("social assistance, of those aged 15 to 64"),
    "disability_benefit": N_("disability benefit, of those aged 15 to 64"),
    "unemployment_benefit": N_("unemployment benefit, of those aged 15 to 64"),
}


def inclusion_section(ground: Ground, code: str, speech: Speech, *, internal: bool) -> Section:
    """The sides of an inclusive neighbourhood; for the public those from published figures only."""
    own = ground.own is not None and ground.own.is_known
    panels = [
        _amenities(ground, code, speech, own=internal and own),
        _taking_part(ground, code, speech, internal=internal),
    ]
    if internal:
        panels.insert(0, room_panel(ground, code, speech))
        panels += [public_space(ground, code, speech), encounter(ground, code, speech)]
    title = speech.say("Is there a place for everybody here?")
    if not any(panel.charts for panel in panels):
        return Section(
            "inclusion", title, why_empty="; ".join(dict.fromkeys(one.why_empty for one in panels))
        )
    return Section(
        "inclusion",
        title,
        lead=(
            speech.say(
                "These are different sides of a neighbourhood. They stand side by side and are never added "
                "up into one number."
            ),
        ),
        panels=tuple(panels),
    )


def _amenities(ground: Ground, code: str, speech: Speech, *, own: bool) -> Panel:
    title = speech.say("Amenities in order")
    found = ground.included.amenities.found
    rows = [row for row in of_area(found.table, code) if row["outcome"] == "known"] if found else []
    if found is None or not rows:
        return empty_panel(title, ground.included.amenities.absent, speech)
    whole = {row["amenity"]: row["distance_m"] for row in of_area(found.table, ground.municipality or "")}
    rows.sort(key=lambda row: -row["distance_m"])
    dots = [
        Dot(
            amenity_name(row["amenity"], speech), speech.figure(row["distance_m"], "metres"),
            row["distance_m"], row["low"], row["high"], whole.get(row["amenity"]),
        )
        for row in rows
    ]  # fmt: skip
    grid = Grid(
        (speech.say("amenity"), speech.say("distance"), ground.name),
        tuple(
            (one.label, one.text, "–" if one.beside is None else speech.figure(one.beside, "metres"))
            for one in dots
        ),
        "reach",
    )
    caption = speech.say("Average distance by road, farthest first")
    if whole:
        caption = speech.say("{caption}; grey line: {city}", caption=caption, city=ground.name)
    most = max(2000.0, *(row["distance_m"] for row in rows), *(one.beside or 0.0 for one in dots))
    ends = (speech.figure(0, "metres"), speech.figure(most, "metres"))
    chart = interval_chart(speech.say("How far daily amenities are"), caption, dots, (0, most), ends, grid)
    far = inclusion_assumptions()["far_m"].value
    weak = [row for row in rows if row["distance_m"] > far]
    told = [
        speech.say(
            "Weakest links, farther than {far}: {names}.",
            far=speech.figure(far, "metres"),
            names=speech.listing([amenity_name(row["amenity"], speech).lower() for row in weak]),
        )
        if weak
        else speech.say("No daily amenity is farther than {far}.", far=speech.figure(far, "metres"))
    ]
    if own:
        told += _from_homes(ground, code, speech)
    return Panel(title, (chart,), tuple(told), source=_named(ground, found.sources, speech))


def amenity_name(name: str, speech: Speech) -> str:
    """What a daily amenity is called."""
    label = INDICATORS[f"distance_{name}"].label(speech.language)
    return capital(label.removeprefix("afstand tot ").removeprefix("distance to "))


def _from_homes(ground: Ground, code: str, speech: Speech) -> Iterator[str]:
    """Which places fewest of the own homes have within a short walk."""
    found = ground.included.near_homes.found
    if found is None:
        return
    column = f"share_within_{SHORT_WALK_M}_m"
    rows = [
        row for row in of_area(found.table, code) if row["outcome"] == "known" and row[column] is not None
    ]
    lacking = sorted((row for row in rows if row[column] < 1), key=lambda row: row[column])[:3]
    if lacking:
        labels = [CHOICES["place_kind"][row["kind"]].label(speech.language) for row in lacking]
        kinds = [
            f"{label} {speech.figure(row[column], 'share')}"
            for label, row in zip(labels, lacking, strict=True)
        ]
        yield speech.say(
            "Of the own homes, fewest have these within {metres} m in a straight line: {kinds}.",
            metres=SHORT_WALK_M,
            kinds=speech.listing(kinds),
        )
    elif rows:
        yield speech.say(
            "All own homes have every known kind of place within {metres} m in a straight line.",
            metres=SHORT_WALK_M,
        )


def _named(ground: Ground, keys: Iterable[str], speech: Speech) -> str:
    """The sources by their titles."""
    titles = {source.key: source.title for source in ground.city.manifest.sources}
    names = [speech.say(titles[key]) for key in dict.fromkeys(keys) if key in titles]
    return speech.say("Source: {names}.", names=", ".join(names)) if names else ""


def _taking_part(ground: Ground, code: str, speech: Speech, *, internal: bool) -> Panel:
    title = speech.say("Everyone takes part")
    tried = ground.included.taking_part
    rows = of_area(tried.found.table, code) if tried.found else []
    told = [row for row in rows if internal or row["source"] != OWN_SURVEY]
    order = (*FIGURES, *YES_OR_NO)
    told.sort(key=lambda row: order.index(row["figure"]))
    dots = [dot for row in told if (dot := _part(row, ground, speech)) is not None]
    if tried.found is None or not any(dot.value is not None for dot in dots):
        return empty_panel(title, tried.absent, speech)
    caption = speech.say("Share of residents; band: 95% interval")
    if any(dot.beside is not None for dot in dots):
        caption = speech.say("{caption}; grey line: {city}", caption=caption, city=ground.name)
    chart = interval_chart(
        speech.say("Work, education and benefits"),
        caption,
        dots,
        (0, 1),
        ("0%", "100%"),
        _grid_of_parts(dots, told, ground.name, speech),
    )
    sentences = [speech.say("Whoever has no paid work may study, care for others or be ill.")]
    answers = {int(row["people"]) for row in told if row["source"] == OWN_SURVEY and row["value"] is not None}
    if answers:
        sentences.append(
            speech.say(
                "Volunteering and care given rest on {count} answers to the own survey.", count=max(answers)
            )
        )
    return Panel(
        title, (chart,), tuple(sentences), source=_named(ground, (row["source"] for row in told), speech)
    )


def _grid_of_parts(dots: Sequence[Dot], rows: Sequence[Mapping[str, Any]], city: str, speech: Speech) -> Grid:
    """The shares of residents as a table, beside those of the city."""
    heads = (
        speech.say("figure"),
        speech.say("share"),
        speech.say("between"),
        city,
        speech.say("of how many"),
    )
    cells = tuple(
        (
            dot.label,
            dot.text,
            between(dot, speech, lambda value: speech.figure(value, "share")),
            "–" if dot.beside is None else speech.figure(dot.beside, "share"),
            "–" if row["people"] is None else speech.number(row["people"]),
        )
        for dot, row in zip(dots, rows, strict=True)
    )
    return Grid(heads, cells, "taking-part")


def _part(row: Mapping[str, Any], ground: Ground, speech: Speech) -> Dot | None:
    name, survey = row["figure"], row["source"] == OWN_SURVEY
    label = CHOICES["question"][name].label(speech.language) if survey else speech.say(FIGURES[name])
    few = row["outcome"] == "too_few" or (not survey and (row["people"] or 0) < FEWEST["residents"])
    if row["outcome"] == "not_known" or few:
        text = N_("too few to say") if few and row["outcome"] != "not_known" else N_("not known")
        return Dot(capital(label), speech.say(text))
    beside = ground.included.taking_part_whole.get(name)
    text = speech.figure(row["value"], "share")
    return Dot(capital(label), text, row["value"], row["low"], row["high"], beside)
