"""The atlas: a start page with a map, a table and a search, and a portrait of every neighbourhood."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.reporting import page
from ongedeeld.reporting.catalogue import RATIOS, full_label
from ongedeeld.reporting.city_sections import city_sections
from ongedeeld.reporting.classes import class_name, class_names, legend
from ongedeeld.reporting.folder import replaced_whole
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.maps import draw_links
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.portraits import gather
from ongedeeld.reporting.sentences import city_sentences
from ongedeeld.reporting.text import Speech, harmless, sign
from ongedeeld.vocabulary import INDICATORS, Language

if TYPE_CHECKING:
    from ongedeeld.reporting.bearing import Choices

Progress = Callable[[int, int], None]

THEMES = {
    "livability": N_("Livability"),
    "population": N_("Residents"),
    "households": N_("Households"),
    "housing": N_("Homes"),
    "energy": N_("Energy"),
    "work": N_("Work"),
    "education": N_("Education"),
    "income": N_("Income"),
    "benefits": N_("Benefits and care"),
    "health": N_("Health"),
    "safety": N_("Safety"),
    "amenities": N_("Amenities"),
    "space": N_("Space"),
}
"""The themes to choose from. Origin is not among them: it describes a neighbourhood and never orders them."""

COUNTS = ("residents", "households", "dwellings", "businesses")


@dataclass(frozen=True)
class Row:
    """One neighbourhood in the table."""

    code: str
    name: str
    district: str
    value: str
    style: str
    words: str


def figures(ground: Ground, speech: Speech) -> list[tuple[str, str, Series]]:
    """What can be chosen on the map: theme, label and figure, livability first."""
    order = list(THEMES)
    chosen = []
    for name, series in ground.series.items():
        theme = INDICATORS[RATIOS[name].part if name in RATIOS else name].theme
        if theme in THEMES and (series.unit != "count" or name in COUNTS):
            chosen.append((theme, full_label(name, speech), series))
    first = ground.score.name if ground.score else ""
    return sorted(chosen, key=lambda one: (one[2].name != first, order.index(one[0]), one[1]))


def _names(ground: Ground) -> dict[str, tuple[str, str]]:
    """Name and district of each neighbourhood."""
    found = {}
    for code in ground.codes:
        line = ground.line(code)
        found[code] = (line[-1][1], line[-2][1] if len(line) > 2 else "")
    return found


def _rows(ground: Ground, series: Series | None, speech: Speech) -> list[Row]:
    rows = []
    for code, (name, district) in _names(ground).items():
        value = series.values.get(code) if series else None
        scale = series.scale if series else None
        rows.append(
            Row(
                code,
                name,
                district,
                series.text(code, speech) if series and value is not None else speech.say("not known"),
                scale.style(value) if scale else "unknown",
                class_name(scale, value, speech),
            )
        )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def _script_data(
    ground: Ground, chosen: list[tuple[str, str, Series]], speech: Speech, audience: Audience
) -> dict[str, Any]:
    """What the script needs to change the map and the table; values to sort by are for internal use only."""
    return {
        "codes": ground.codes,
        "unknown": speech.say("not known"),
        "figures": {
            series.name: {
                "label": label,
                "period": speech.period(series.period),
                "legend": legend(series.scale, series.unit, speech),
                "classes": class_names(series.scale, speech),
                "styles": [series.scale.style(series.values.get(code)) for code in ground.codes],
                "texts": [
                    series.text(code, speech) if code in series.values else None for code in ground.codes
                ],
                **(
                    {"values": [_light(series.values.get(code)) for code in ground.codes]}
                    if audience == "internal"
                    else {}
                ),
            }
            for _, label, series in chosen
        },
    }


def _light(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def _safe_json(data: object) -> Markup:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - escaped right here


def _csv(ground: Ground, chosen: list[tuple[str, str, Series]], speech: Speech) -> str:
    """All figures to choose from, written as on the pages; what is not known is empty.

    The head of a column names the figure, its unit and its period.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    # Whoever opens the file by itself must see that a model city is invented.
    invented = [speech.say("invented")] if ground.city.manifest.invented else []
    heads = [
        f"{label} ({', '.join(filter(None, (sign(series.unit), speech.period(series.period))))})"
        for _, label, series in chosen
    ]
    writer.writerow(
        [speech.say("code"), speech.say("neighbourhood"), speech.say("district"), *invented, *heads]
    )
    for code, (name, district) in sorted(_names(ground).items(), key=lambda item: item[1]):
        cells = (_cell(series, code, speech) for _, _, series in chosen)
        writer.writerow([code, harmless(name), harmless(district), *invented, *cells])
    return "\ufeff" + text.getvalue()


def _cell(series: Series, code: str, speech: Speech) -> str:
    if code not in series.values:
        return ""
    if code in series.rough:
        return series.text(code, speech)
    return speech.cell(series.values[code], series.unit)


def write_atlas(
    city: City,
    folder: str | Path,
    *,
    language: Language = "nl",
    audience: Audience = "internal",
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the atlas of a city: a start page, a portrait of every neighbourhood, and what they share.

    It works from the disk and from any web server, and asks nothing of other hosts.

    Parameters
    ----------
    city
        A City of one municipality.
    folder
        Where to write: a folder that is not there yet, is empty, or holds an atlas, which is replaced whole
        and only when the new one is complete.
    language
        The language of all pages.
    audience
        A public atlas shows no ranking: no rank numbers, no sorting by figure, nothing from the
        association's own tables.
    choices
        What you state, on which cards, pressure and placement room lean.
    progress
        Called with the number of portraits written and how many there are.

    Returns
    -------
    Path
        The start page.

    Raises
    ------
    AbsentError
        When the City has no neighbourhoods, or those of more than one municipality; nothing is written.
    InputError
        When the folder holds something else than an atlas, or cannot be written; what was there stays.
    """
    ground = Ground.of_all(city, choices)
    _refuse_strange_codes(ground.codes)
    speech = Speech(language)
    target = Path(folder)
    chosen = figures(ground, speech)
    with replaced_whole(target) as draft:
        # The portraits take their part of what the start page tells of the whole city.
        index = _index(ground, chosen, speech, audience)
        page.write(_assets(), draft / "assets")
        for done, (name, text) in enumerate(_portraits(ground, speech, audience), start=1):
            page.write({name: text}, draft)
            if progress:
                progress(done, len(ground.codes))
        page.write({"figures.csv": _csv(ground, chosen, speech), "index.html": index}, draft)
    return target / "index.html"


def _refuse_strange_codes(codes: list[str]) -> None:
    """A code becomes the name of a file: a City from elsewhere must not choose where that lands."""
    for code in codes:
        if not code.isalnum():
            raise InputError(
                N_("'{code}' is not the code of a neighbourhood"),
                expected=N_("letters and digits, such as BU03440341"),
                remedy=N_("build the City again from the files of its owners"),
                code=code,
            )


def _assets() -> dict[str, str | bytes]:
    return {
        "style.css": page.style(alone=False),
        "atlas.js": page.asset("atlas.js"),
        **{f"fonts/{name}": page.asset(f"fonts/{name}") for name in (*page.FONTS, "OFL.txt")},
    }


def _portraits(ground: Ground, speech: Speech, audience: Audience) -> Iterator[tuple[str, str]]:
    for code in ground.codes:
        facts = gather(ground, code, speech, audience)
        text = page.render("portrait.html", speech, ground, audience=audience, alone=False, portrait=facts)
        yield f"{code}.html", text


def _index(ground: Ground, chosen: list[tuple[str, str, Series]], speech: Speech, audience: Audience) -> str:
    first = chosen[0][2] if chosen else None
    rows = _rows(ground, first, speech)
    by_code = {row.code: row for row in rows}
    drawn = draw_links(
        ground.shapes,
        lambda code: by_code[code].style,
        lambda code: f"{by_code[code].name}: {by_code[code].value}",
        speech.say("Map of {city}; every neighbourhood is a link to its portrait", city=ground.name),
    )
    made = city_sections(ground, speech, audience)
    themes: dict[str, list[tuple[str, str]]] = {}
    for theme, label, series in chosen:
        themes.setdefault(speech.say(THEMES[theme]), []).append((series.name, label))
    return page.render(
        "atlas.html",
        speech,
        ground,
        audience=audience,
        alone=False,
        sentences=city_sentences(ground, speech, ranks=audience == "internal"),
        svg=drawn if ground.shapes.paths else "",
        undrawn=len(ground.codes) - len(ground.shapes.paths),
        rows=rows,
        sections=[section for section in made if not section.is_empty],
        empty=[
            (one.title, one.why_empty, one.how_to if audience == "internal" else "")
            for one in made
            if one.is_empty and one.why_empty
        ],
        themes=themes,
        first=first,
        first_label=chosen[0][1] if chosen else "",
        legend=legend(first.scale if first else None, first.unit if first else "", speech),
        known=[
            (label, speech.period(series.period), len(series.values), len(ground.codes))
            for _, label, series in chosen
        ],
        data=_safe_json(_script_data(ground, chosen, speech, audience)),
        total=len(ground.codes),
    )
