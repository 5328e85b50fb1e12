"""Whether what a policy uses is lawful on every day, what it rests on, and who agreed until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ongedeeld.allocation.catalogue import PARTIES
from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid, Panel
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.futures.lawfulness import Footing


@dataclass(frozen=True)
class Tried:
    """A policy that was run without asking whether it may.

    Parameters
    ----------
    policy, verdict
        Its name, and what is the matter, in a sentence.
    against
        What stands in the way, each in a sentence.
    """

    policy: str
    verdict: str
    against: tuple[str, ...]


def tried(told: Told) -> tuple[Tried, ...]:
    """The policies that were run as what-if, with what stands in their way."""
    return tuple(_tried(one, told) for one in told.comparison.compared if one.manifest.what_if)


def _tried(one: Compared, told: Told) -> Tried:
    speech, against = told.speech, tuple(_against(one, told))
    text = N_("{policy} was run to see what it would do; nothing stands in its way by the law as it is told.")
    if against:
        text = N_(
            "{policy} is not lawful as it stands, and was run to see what it would do. In its way stand:"
        )
    if not one.manifest.uses:
        text = N_("{policy} was run to see what it would do; whether it is lawful was not kept.")
    return Tried(told.label(one), speech.say(text, policy=told.label(one)), against)


def _against(one: Compared, told: Told) -> Iterator[str]:
    for use in one.manifest.uses:
        for each in use.against:
            yield told.speech.say(
                "{use}, on {day}: {reason}",
                use=told.use(one, use.name),
                day=told.speech.day(each.day),
                reason=_named(told.words(each.says), told),
            )


def _named(text: str, told: Told) -> str:
    """A reason with the names of places behind their codes."""
    found = text
    for code, name in told.names.items():
        if code in text:
            found = found.replace(code, f"{name} ({code})")
    return found


def lawful_panels(told: Told) -> tuple[Panel, ...]:
    """What every policy rests on, use by use."""
    return tuple(_panel(one, told) for one in told.comparison.compared if one.manifest.policy_text)


def _panel(one: Compared, told: Told) -> Panel:
    speech, uses = told.speech, one.manifest.uses
    title = speech.say("Is it lawful? {policy}", policy=told.label(one))
    if not uses:
        text = speech.say("These results do not tell what the policy rests on; simulate it anew.")
        return Panel(title, sentences=(text,))
    if all(use.lawful for use in uses):
        text = speech.say(
            "Everything in it is lawful as long as it holds: asked for the day on which it begins, and for "
            "every first of a month on which law or policy changes."
        )
    elif any(use.against for use in uses):
        text = speech.say("Not everything in it is lawful: see what stands in the way in the table.")
    else:
        text = speech.say("Not everything in it was asked, as it holds on no day of the run.")
    return Panel(title, sentences=(text,), grid=_grid(one, told))


def _grid(one: Compared, told: Told) -> Grid:
    speech = told.speech
    header = (
        speech.say("instrument"),
        speech.say("where"),
        speech.say("from and until"),
        speech.say("rests on"),
        speech.say("agreed by"),
        speech.say("lawful"),
    )
    rows = [
        (
            _instrument(use, one, told),
            _where(use, told),
            _term(use, told),
            "; ".join(use.articles) or "–",
            _agreed(use, told),
            _verdict(use, told),
        )
        for use in one.manifest.uses
    ]
    return Grid(header, tuple(rows), "lawful")


def _instrument(use: Footing, one: Compared, told: Told) -> str:
    label = told.use(one, use.name)
    if use.homes is None:
        return label
    homes = told.speech.ngettext("one home", "{count} homes", use.homes)
    return f"{label} ({homes})"


def _where(use: Footing, told: Told) -> str:
    named = [told.name(code) for code in dict.fromkeys((*use.areas, *use.complexes))]
    return told.speech.listing(named) or told.speech.say("everywhere")


def _term(use: Footing, told: Told) -> str:
    speech = told.speech
    if use.end is None:
        return speech.say("from {start}, without an end", start=speech.day(use.start))
    return speech.say("{start} until {end}", start=speech.day(use.start), end=speech.day(use.end))


def _agreed(use: Footing, told: Told) -> str:
    parties = told.speech.listing([told.words(PARTIES[party]) for party in use.agreed])
    if not parties:
        return told.speech.say("nobody is named")
    return f"{parties} ({use.source})" if use.source else parties


def _verdict(use: Footing, told: Told) -> str:
    speech = told.speech
    if not use.days:
        return speech.say("not asked")
    if use.against:
        first = min(one.day for one in use.against)
        return speech.say("▲ no, from {day}", day=speech.day(first))
    return speech.say("yes, as long as it holds")
