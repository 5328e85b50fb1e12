"""The command that puts simulated policies side by side: compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ongedeeld.cli.figures import tell_notes
from ongedeeld.cli.options import AsJson, Lang
from ongedeeld.cli.voice import out, print_json, table, tell, voice, warn
from ongedeeld.errors import N_

if TYPE_CHECKING:
    from ongedeeld.reporting.comparison.said import Told
    from ongedeeld.simulation.comparing import Comparison

BY_YEAR = ("groups", "mix", "tallies", "costs")
OVER_YEARS = (("places", "neighbourhood"), ("places", "district"), ("bearing", "neighbourhood"))


def compare(
    folders: Annotated[
        list[Path], typer.Argument(metavar="R...", help="Folders of results, as `simulate` wrote them.")
    ],
    out_: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write an HTML page as well.")
    ] = None,
    floor: Annotated[
        float, typer.Option(help="Share of the seekers of a group that should get a home in a year.")
    ] = 0.01,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Compare simulated policies: is nobody excluded, who gains, who waits, where it lands, what it costs."""
    from ongedeeld.reporting.comparison.said import Told, city_of
    from ongedeeld.reporting.text import Speech
    from ongedeeld.simulation.comparing import compare as side_by_side

    comparison = side_by_side(*folders, floor=floor)
    if as_json:
        print_json(as_data(comparison))
    else:
        _tell(Told(comparison, Speech(voice.language), city_of(comparison)))
    if out_ is not None:
        from ongedeeld.reporting.comparison import write_comparison

        write_comparison(comparison, out_, language=voice.language)
        if not as_json:
            tell(N_("Written: {file}"), file=out_)
    if not comparison.usable:
        raise typer.Exit(1)


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Everything that is compared, for another program."""
    asked = comparison.asked
    by_year: dict[str, Any] = {
        name: {
            "values": comparison.values(name).to_dicts(),
            "differences": comparison.differences(name).to_dicts(),
        }
        for name in BY_YEAR
    }
    by_year["places"] = {
        "values": comparison.values("places", "all").to_dicts(),
        "differences": comparison.differences("places", "all").to_dicts(),
    }
    return {
        "city": asked.city_name,
        "invented": asked.invented,
        "start": asked.start,
        "years": asked.years,
        "law_carried_from": asked.carried_from,
        "futures": len(comparison.futures),
        "results": [
            {
                "label": one.label,
                "folder": str(one.results.folder),
                "as_now": one.as_now,
                "what_if": one.manifest.what_if,
            }
            for one in comparison.compared
        ],
        "usable": comparison.usable,
        "nobody_excluded": {
            label: {
                "usable": one.usable,
                "groups": one.table.to_dicts(),
                "notes": [note.say() for note in one.notes],
            }
            for label, one in comparison.floors.items()
        },
        "by_year": by_year,
        "over_years": {
            f"{name}:{level}": comparison.differences(name, level, over_years=True).to_dicts()
            for name, level in OVER_YEARS
        },
        "waterbed": {
            label: {
                "changes": one.changes.to_dicts(),
                "links": one.links.to_dicts(),
                "notes": [note.say() for note in one.notes],
            }
            for label, one in comparison.waterbeds.items()
        },
        "spread": [
            {"outcome": key.name, "result": one.label, **_parts(comparison.parts(key, one))}
            for one in comparison.compared
            for key in comparison.key_outcomes
        ],
        "notes": [note.say() for note in comparison.notes],
    }


def _parts(parts: Any) -> dict[str, Any]:
    return {
        "pairs": parts.pairs,
        "variance": parts.variance,
        "chance": parts.chance,
        "assumptions": [
            {
                "assumption": one.assumption,
                "share": one.share,
                "slope": one.slope,
                "beyond_chance": one.beyond_chance,
            }
            for one in parts.parts
        ],
    }


def _tell(told: Told) -> None:
    """Print it: who is shut out first and loudest."""
    comparison = told.comparison
    tell(
        N_("{city}, {years}, {futures} futures."),
        city=comparison.asked.city_name,
        years=told.years,
        futures=len(comparison.futures),
    )
    _tell_excluded(told)
    tell_notes(comparison.notes)
    _tell_outcomes(told)
    for label, one in comparison.waterbeds.items():
        for row in one.links.head(3).to_dicts():
            text = N_("{policy}: {worse} bears more and {better} less, by {measure}.")
            policy = told.label(label)
            worse, better = told.name(row["worse"]), told.name(row["better"])
            tell(text, policy=policy, worse=worse, better=better, measure=told.measure(row["measure"]))
    tell(N_("More, with maps, tallies of the law, costs and what was assumed: --out FILE.html"))


def _tell_excluded(told: Told) -> None:
    from ongedeeld.reporting.comparison.excluded import excluded

    judged, notes = excluded(told)
    for one in judged:
        (warn if one.loud else _say)(one.verdict)
        for group in one.groups:
            warn(group)
        for sentence in one.unjudged:
            _say(sentence)
    _say(notes[-1])


def _say(text: str) -> None:
    """Print what is in the right language already."""
    out.print(text, markup=False, highlight=False)


def _tell_outcomes(told: Told) -> None:
    """The key outcomes of the last year, as now and what each policy changes."""
    comparison = told.comparison
    rows = []
    for key in comparison.key_outcomes:
        values = comparison.key_values(key).filter(result=comparison.now.label)
        changes = {row["result"]: row for row in _last(comparison.key_differences(key))}
        now = _last(values)[0] if len(values) else {"mean": None}
        cells = [told.speech.say(key.label), told.figure(now["mean"], key.unit)]
        for one in comparison.policies:
            row = changes.get(one.label, {})
            mark = "*" if row.get("beyond_chance") else ""
            cells.append(f"{told.change(row.get('mean'), key.unit)}{mark}")
        rows.append(cells)
    names = [told.label(one) for one in comparison.policies]
    table(
        N_("In the last year, and what each policy changes (* beyond chance)"),
        (N_("outcome"), told.label(comparison.now), *names),
        rows,
    )


def _last(frame: Any) -> list[dict[str, Any]]:
    """The rows of the last year."""
    found: list[dict[str, Any]] = frame.filter(frame["year"] == frame["year"].max()).to_dicts()
    return found
