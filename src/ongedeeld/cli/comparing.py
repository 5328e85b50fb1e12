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
    from ongedeeld.simulation.outcomes.key_outcomes import KeyOutcome

NOT_RECKONED = N_("not reckoned")
TOLD_LEVEL = 0.8
WITH_RANGE = N_(
    "In {year}, the mean of all futures (between what limits 80% of them lie), and what each policy changes "
    "(in how many futures that way; * beyond chance and large enough to matter)"
)
WITHOUT_RANGE = N_(
    "In {year}, the mean of all futures, and what each policy changes "
    "(in how many futures that way; * beyond chance and large enough to matter)"
)


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
    from ongedeeld.cli.comparing_data import as_data
    from ongedeeld.reporting.comparison.said import Told, city_of
    from ongedeeld.reporting.text import Speech
    from ongedeeld.simulation.comparing.comparison import compare as side_by_side

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


def _tell(told: Told) -> None:
    """Print it: who is shut out first and loudest."""
    from ongedeeld.simulation.comparing.notes import FEW_FUTURES, FEW_PAIRS

    comparison = told.comparison
    tell(
        N_("{city}, {years}, {futures} futures."),
        city=comparison.asked.city_name,
        years=told.years,
        futures=len(comparison.futures),
    )
    _tell_excluded(told)
    tell_notes(comparison.notes)
    if any(note.text in (FEW_FUTURES, FEW_PAIRS) for note in comparison.notes):
        tell(N_("More futures: run `simulate` again with a larger --runs; what is finished stays."))
    _tell_outcomes(told)
    _tell_groups(told)
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
    """The key outcomes of the last year with their range, and what each policy changes in them."""
    from ongedeeld.reporting.comparison.law_and_costs import LEFT_OUT
    from ongedeeld.simulation.comparing.spread import fewest

    comparison, speech = told.comparison, told.speech
    reckoned = [key for key in comparison.key_outcomes if not _free(key, told)]
    rows = [_outcome(key, told) for key in reckoned]
    names = [told.label(one) for one in comparison.policies]
    ranged = len(comparison.futures) >= fewest(TOLD_LEVEL)
    title = speech.say(WITH_RANGE if ranged else WITHOUT_RANGE, year=told.year(comparison.asked.years))
    table(title, (N_("outcome"), told.label(comparison.now), *names), rows)
    free = [speech.say(key.label) for key in comparison.key_outcomes if key not in reckoned]
    if free:
        tell(N_("No costs of these kinds in any of the results: {costs}."), costs=", ".join(free))
    _say(speech.say(LEFT_OUT))


def _free(key: KeyOutcome, told: Told) -> bool:
    """Whether an outcome is a cost of which it is known that there is none in any of the results."""
    values = told.comparison.key_values(key)
    known = values["result"].n_unique() == len(told.comparison.compared)
    return key.table == "costs" and known and not (values["mean"] != 0).any()


def _outcome(key: KeyOutcome, told: Told) -> list[str]:
    """An outcome as now with its range, and what each policy changes."""
    comparison = told.comparison
    values = {row["result"]: row for row in _last(comparison.key_values(key))}
    changes = {row["result"]: row for row in _last(comparison.key_differences(key))}
    now = values.get(comparison.now.label, {})
    level = told.figure(now.get("mean"), key.unit)
    if now.get("low_80") is not None:
        level = f"{level} ({told.between(now['low_80'], now['high_80'], key.unit)})"
    cells = [told.speech.say(key.label), level]
    for one in comparison.policies:
        if one.label not in values and key.table == "costs":
            cells.append(told.speech.say(NOT_RECKONED))
        else:
            cells.append(_change(key, changes.get(one.label, {}), now.get("mean"), told))
    return cells


def _change(key: KeyOutcome, change: dict[str, Any], now: float | None, told: Told) -> str:
    """A change, marked where it is beyond chance and matters, and in how many futures it goes that way."""
    mean = change.get("mean")
    text = told.change(mean, key.unit)
    if not mean:
        return text
    mark = "*" if change["beyond_chance"] and key.worth_a_word(mean, now) else ""
    agree = change["rises"] if mean > 0 else change["falls"]
    return told.speech.say(
        "{change}{mark} ({agree} of {futures})",
        change=text,
        mark=mark,
        agree=agree,
        futures=change["futures"],
    )


def _tell_groups(told: Told) -> None:
    """Which groups lose and gain most under each policy, small ones too."""
    from ongedeeld.reporting.comparison.group_sentences import sentences

    for one in told.comparison.policies:
        for sentence in sentences(one, told):
            _say(sentence)


def _last(frame: Any) -> list[dict[str, Any]]:
    """The rows of the last year."""
    found: list[dict[str, Any]] = frame.filter(frame["year"] == frame["year"].max()).to_dicts()
    return found
