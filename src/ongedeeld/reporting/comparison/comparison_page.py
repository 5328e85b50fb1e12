"""Results side by side as one page, which stands by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ongedeeld.city import City, Manifest
from ongedeeld.errors import N_
from ongedeeld.reporting import page
from ongedeeld.reporting.comparison.certainty import certainty
from ongedeeld.reporting.comparison.excluded import Excluded, excluded
from ongedeeld.reporting.comparison.gains import gains
from ongedeeld.reporting.comparison.law_and_costs import costs_section, law_section
from ongedeeld.reporting.comparison.lawful_section import Tried, lawful_panels, tried
from ongedeeld.reporting.comparison.over_years import over_years
from ongedeeld.reporting.comparison.said import Told, city_of
from ongedeeld.reporting.comparison.untold import untold_section
from ongedeeld.reporting.comparison.waterbed_section import landing_section, summary
from ongedeeld.reporting.figures import Section
from ongedeeld.reporting.maps import HATCH
from ongedeeld.reporting.own import Own
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.simulation.comparing.comparison import Compared, Comparison
from ongedeeld.simulation.comparing.gaining import FEWER, MORE, homes_by_group
from ongedeeld.simulation.comparing.notes import INVENTED, NO_AS_NOW, WHAT_IF
from ongedeeld.simulation.comparing.spread import FEWEST_TO_TELL
from ongedeeld.simulation.outcomes.key_outcomes import KEY_OUTCOMES
from ongedeeld.vocabulary import Language

MOST_LED = 3
"""How many policies the opening sentences tell of."""
SAID_ELSEWHERE = (INVENTED, WHAT_IF, NO_AS_NOW)
"""Notes that the page tells in a place of their own."""


@dataclass(frozen=True)
class ComparisonPage:
    """What stands on the page, ready to be laid out."""

    title: str
    about: str
    basis: str
    lead: tuple[tuple[str, ...], ...]
    warnings: tuple[str, ...]
    usable: bool
    excluded: tuple[Excluded, ...]
    judged: tuple[str, ...]
    tried: tuple[Tried, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, eq=False)
class _About:
    """The City of a comparison, for the frame of its page."""

    city: City
    name: str
    own: Own | None = None


def comparison_html(comparison: Comparison, *, language: Language = "nl") -> str:
    """Results side by side as one self-contained page.

    It is for internal use: homes and tenancies of the association are behind it.

    Parameters
    ----------
    comparison
        As :func:`ongedeeld.simulation.comparing.compare` gives.
    language
        The language of the page.

    Returns
    -------
    str
        HTML that asks nothing of the network. Names of places and maps are on it where the City still stands
        where the results were made from, and is the same.
    """
    speech = Speech(language)
    city = city_of(comparison)
    told = Told(comparison, speech, city)
    asked = comparison.asked
    frame = city or City(Manifest(asked.city_name, "", asked.start, invented=asked.invented))
    return page.render(
        "comparison.html",
        speech,
        _About(frame, asked.city_name),
        audience="internal",
        alone=True,
        told=gather(told),
        hatch=HATCH,
    )


def write_comparison(comparison: Comparison, path: str | Path, *, language: Language = "nl") -> Path:
    """Write results side by side to one self-contained HTML file.

    Parameters
    ----------
    comparison, language
        As for :func:`comparison_html`.
    path
        Where to write; its folder is made when it is not there.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        When it cannot be written; then nothing is.
    """
    text, target = comparison_html(comparison, language=language), Path(path)
    page.write({target.name: text}, target.parent)
    return target


def gather(told: Told) -> ComparisonPage:
    """What stands on the page of a comparison."""
    speech, comparison = told.speech, told.comparison
    judged, how = excluded(told)
    names = speech.listing([told.label(one) for one in comparison.policies])
    law = law_section(told)
    return ComparisonPage(
        title=capital(speech.say("{policies} against {now}", policies=names, now=told.now)),
        about=speech.say(
            "{city}, {years}, {futures} futures",
            city=comparison.asked.city_name,
            years=told.years,
            futures=speech.number(len(comparison.futures)),
        ),
        basis=_basis(told),
        lead=tuple(lead(told)),
        warnings=tuple(
            capital(speech.told(note)) for note in comparison.notes[:-2] if note.text not in SAID_ELSEWHERE
        ),
        usable=comparison.usable,
        excluded=judged,
        judged=how,
        tried=tried(told),
        sections=(
            landing_section(told),
            gains(told),
            over_years(told),
            replace(law, panels=(*lawful_panels(told), *law.panels)),
            costs_section(told),
            certainty(told),
            untold_section(told),
        ),
    )


def _basis(told: Told) -> str:
    """What all is held against, in words."""
    now = told.comparison.now
    if now.as_now:
        text = N_(
            "All is held against {now}: the law and local policy go on, without a policy of the association. "
            "That is what 'as now' means here. Is another policy in force today? Simulate that as well, and "
            "compare with it."
        )
    else:
        text = N_("All is held against {now}; that is what 'as now' means here.")
    return told.speech.say(text, now=told.now)


def lead(told: Told) -> Iterator[tuple[str, ...]]:
    """What is the matter, in some sentences for each policy."""
    for one in told.comparison.policies[:MOST_LED]:
        yield tuple(_lead_of(one, told))


def _lead_of(one: Compared, told: Told) -> Iterator[str]:
    speech, comparison = told.speech, told.comparison
    policy = told.label(one)
    homes = homes_by_group(comparison, one.label).filter(grouping="kind")
    gain, lose = (
        [told.group("kind", group) for group in homes.filter(turn=turn)["group"]] for turn in (MORE, FEWER)
    )
    if gain and lose:
        yield speech.say(
            "Under {policy} more seekers of these kinds get a home ({gain}) and fewer of these ({lose}).",
            policy=policy,
            gain=", ".join(gain),
            lose=", ".join(lose),
        )
    elif gain or lose:
        text = (
            N_("Under {policy} more seekers of these kinds get a home, beyond chance: {kinds}.")
            if gain
            else N_("Under {policy} fewer seekers of these kinds get a home, beyond chance: {kinds}.")
        )
        yield speech.say(text, policy=policy, kinds=", ".join(gain or lose))
    elif comparison.pairs >= FEWEST_TO_TELL:
        yield speech.say(
            "Under {policy} no kind of seeker gets a home more or less often, beyond chance.", policy=policy
        )
    yield from summary(one, told)
    yield from _costs(one, told)


def _costs(one: Compared, told: Told) -> Iterator[str]:
    """What it costs a year, where it costs anything."""
    found = {}
    for key in KEY_OUTCOMES:
        if key.table == "costs":
            rows = told.comparison.key_values(key).filter(pl.col("result") == one.label)
            found[key.name] = float(str(rows["mean"].mean() or 0.0)), key.unit
    rent, hours = found["rent"], found["hours"]
    told_of = [
        text
        for (value, unit), words in ((rent, N_("{figure} rent forgone")), (hours, N_("{figure} of support")))
        if round(value)
        for text in [told.speech.say(words, figure=told.figure(value, unit))]
    ]
    if told_of:
        yield told.speech.say("It costs {what} a year.", what=told.speech.listing(told_of))
