"""The portrait of a neighbourhood: gathers the facts of one code and lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ongedeeld.city import City
from ongedeeld.reporting import maps, page
from ongedeeld.reporting.catalogue import EXPECTED, IN_SHORT, full_label
from ongedeeld.reporting.classes import class_name, legend
from ongedeeld.reporting.figures import Fact, Grid, Section, facts, facts_caption
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.sections import sections
from ongedeeld.reporting.sentences import Claim, opening
from ongedeeld.reporting.text import Speech, short
from ongedeeld.vocabulary import Language

if TYPE_CHECKING:
    from ongedeeld.reporting.bearing import Choices


@dataclass(frozen=True)
class CityMap:
    """The map of the city with its legend; `rows` is its table: area, value, class."""

    title: str
    caption: str
    svg: str
    legend: tuple[tuple[str, str], ...]
    grid: Grid
    without_boundary: str


@dataclass(frozen=True)
class Unknown:
    """What is not known here: by name, and why as far as the source tells.

    `empty` are the sections without anything to show: title, why and how to fill it.
    """

    here: tuple[str, ...]
    suppressed: tuple[str, ...]
    few: tuple[str, ...]
    nowhere: tuple[str, ...]
    empty: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Portrait:
    """Everything on the page of one neighbourhood."""

    code: str
    name: str
    line: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]
    map: CityMap | None
    short: tuple[Fact, ...]
    short_caption: str
    neighbours: tuple[tuple[str, str], ...]
    neighbours_note: str
    sections: tuple[Section, ...]
    unknown: Unknown


def gather(ground: Ground, code: str, speech: Speech, audience: Audience) -> Portrait:
    """The facts of one neighbourhood.

    Parameters
    ----------
    ground
        The municipality it lies in.
    code
        The code of the neighbourhood.
    speech
        The language.
    audience
        For the public there is no ranking, and nothing from the association's own tables.
    """
    line = ground.line(code)
    touching = ground.shapes.neighbours.get(code, ())
    internal = audience == "internal"
    made = tuple(sections(ground, code, speech, ranks=internal))
    undrawn = len(ground.codes) - len(ground.shapes.paths)
    return Portrait(
        code=code,
        name=line[-1][1],
        line=tuple(line),
        claims=tuple(opening(ground, code, speech)),
        map=city_map(ground, code, speech),
        short=facts(ground, code, IN_SHORT, speech, ranks=internal, full=True),
        short_caption=facts_caption(ground, code, IN_SHORT, speech, ranks=internal),
        neighbours=tuple(sorted(((at, ground.line(at)[-1][1]) for at in touching), key=lambda pair: pair[1])),
        neighbours_note=speech.ngettext(
            "Neighbours may be missing: the boundary of one neighbourhood is not known.",
            "Neighbours may be missing: the boundaries of {count} neighbourhoods are not known.",
            undrawn,
        )
        if undrawn
        else "",
        sections=tuple(section for section in made if not section.is_empty),
        unknown=_unknown(
            ground, code, [section for section in made if section.is_empty], speech, internal=internal
        ),
    )


def city_map(ground: Ground, code: str, speech: Speech) -> CityMap | None:
    """Where the neighbourhood lies, on the map of livability or else of the first figure there is."""
    if not ground.shapes.paths:
        return None
    series = ground.score or ground.series.get("residents")
    values = series.values if series else {}
    scale = series.scale if series else None

    def style(at: str) -> str:
        return scale.style(values.get(at)) if scale else "unknown"

    def title(at: str) -> str:
        return f"{ground.line(at)[-1][1]}: {_words(series, at, speech)}"

    name = ground.line(code)[-1][1]
    what = full_label(series.name, speech) if series else speech.say("Neighbourhoods")
    caption = (
        speech.say("{figure}, {period}", figure=what, period=speech.period(series.period)) if series else what
    )
    label = speech.say(
        "Map of {city}: {figure}. {name}: {value}.",
        city=ground.name,
        figure=caption,
        name=name,
        value=_words(series, code, speech),
    )
    svg = maps.draw(
        ground.shapes,
        style,
        title,
        label,
        own=code,
        own_label=short(name) or speech.say("this neighbourhood"),
    )
    return CityMap(
        speech.say("Where it lies"),
        caption,
        svg,
        legend(scale, series.unit if series else "", speech),
        _map_table(ground, series, what, speech),
        _not_drawn(ground, code, speech),
    )


def _words(series: Series | None, code: str, speech: Speech) -> str:
    if series is None or code not in series.values:
        return speech.say("not known")
    return series.text(code, speech)


def _map_table(ground: Ground, series: Series | None, what: str, speech: Speech) -> Grid:
    """What the map shows, by name of the neighbourhood."""
    scale = series.scale if series else None
    rows = [
        (
            ground.line(at)[-1][1],
            _words(series, at, speech),
            class_name(scale, series.values.get(at) if series else None, speech),
        )
        for at in sorted(ground.codes, key=lambda at: ground.line(at)[-1][1])
    ]
    return Grid((speech.say("neighbourhood"), what, speech.say("class")), tuple(rows), "map")


def _not_drawn(ground: Ground, code: str, speech: Speech) -> str:
    """Which neighbourhoods the map lacks; empty when none."""
    missing = len(ground.codes) - len(ground.shapes.paths)
    if code not in ground.shapes.paths:
        return speech.say("The boundary of this neighbourhood is not known, so it is not on the map.")
    if not missing:
        return ""
    return speech.ngettext(
        "One of {all} neighbourhoods is not drawn: its boundary is not known.",
        "{count} of {all} neighbourhoods are not drawn: their boundaries are not known.",
        missing,
        all=len(ground.codes),
    )


def _unknown(ground: Ground, code: str, empty: list[Section], speech: Speech, *, internal: bool) -> Unknown:
    statuses = ground.statuses(code)
    here: list[str] = []
    suppressed: list[str] = []
    few: list[str] = []
    nowhere: list[str] = []
    for name in EXPECTED:
        label = full_label(name, speech)
        series = ground.series.get(name)
        if code in ground.withheld.get(name, ()):
            few.append(label)
        elif series is None:
            nowhere.append(label)
        elif code not in series.values:
            (suppressed if statuses.get(name) == "suppressed" else here).append(label)
    lines = tuple((one.title, one.why_empty, one.how_to if internal else "") for one in empty)
    return Unknown(tuple(here), tuple(suppressed), tuple(few), tuple(nowhere), lines)


def portrait(
    city: City,
    code: str,
    *,
    language: Language = "nl",
    audience: Audience = "internal",
    choices: Choices | None = None,
) -> str:
    """The portrait of a neighbourhood as one self-contained page.

    Parameters
    ----------
    city
        A City.
    code
        The code of a neighbourhood, such as `BU03440341`.
    language
        The language of the page.
    audience
        A public portrait shows no ranking, and nothing from the association's own tables.
    choices
        What you state, on which cards, pressure and placement room lean.

    Returns
    -------
    str
        HTML that asks nothing of the network: style and font are inside.

    Raises
    ------
    AbsentError
        When the City has no such neighbourhood.

    Examples
    --------
    >>> from datetime import date
    >>> import polars as pl
    >>> from ongedeeld.city import City, Manifest
    >>> areas = pl.DataFrame(
    ...     {
    ...         "code": ["GM0001", "BU00010001"],
    ...         "level": ["municipality", "neighbourhood"],
    ...         "name": ["Voorbeeldstad", "Merelbuurt"],
    ...         "parent": [None, "GM0001"],
    ...     }
    ... )
    >>> city = City.of({"areas": areas}, Manifest("Voorbeeldstad", "GM0001", date(2026, 1, 1)))
    >>> "<h1>Merelbuurt</h1>" in portrait(city, "BU00010001", language="en")
    True
    """
    ground = Ground.around(city, code, choices)
    speech = Speech(language)
    return page.render(
        "portrait.html",
        speech,
        ground,
        audience=audience,
        alone=True,
        portrait=gather(ground, code, speech, audience),
    )


def write_portrait(
    city: City,
    code: str,
    file: str | Path,
    *,
    language: Language = "nl",
    audience: Audience = "internal",
    choices: Choices | None = None,
) -> Path:
    """Write the portrait of a neighbourhood to one self-contained HTML file.

    Parameters
    ----------
    city, code, language, audience, choices
        As for :func:`portrait`.
    file
        Where to write; its folder is made when it is not there.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    AbsentError
        When the City has no such neighbourhood; nothing is written.
    InputError
        When the file cannot be written.
    """
    text = portrait(city, code, language=language, audience=audience, choices=choices)
    target = Path(file)
    page.write({target.name: text}, target.parent)
    return target
