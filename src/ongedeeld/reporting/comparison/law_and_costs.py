"""What the law asks and what it costs, under each policy."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.allocation import load_catalogue
from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid, Panel, Section
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.simulation.cost_outcomes import RENT
from ongedeeld.simulation.legal_tallies import AGREEMENT
from ongedeeld.simulation.outcome_tables import TABLES

TALLIES = {
    "passend_two_years": N_("fitting rents, two years"),
    "passend_year": N_("fitting rents, this year"),
    "daeb": N_("social homes to the target group"),
    "local_binding": N_("local binding"),
    "permit_holders": N_("permit holders"),
    "contingent": N_("contingent"),
}
COUNTED = N_(
    "The law counts by calendar year: the first and the last year of the run hold a part of one. Lettings "
    "before the run are not known and do not count"
)


def law_section(told: Told) -> Section:
    """The tallies of the law and the agreements."""
    speech = told.speech
    return Section(
        "law",
        speech.say("What does the law ask, and what was agreed?"),
        panels=(
            Panel(
                speech.say("Tallies of the law and agreements"),
                sentences=tuple(_lead(told)),
                grid=tallies_of(told),
                source=f"{speech.say(COUNTED)}.",
            ),
        ),
    )


def costs_section(told: Told) -> Section:
    """The rent that is forgone and the hours of support."""
    speech = told.speech
    what = speech.say(
        "Rent forgone is the rent without rent policy less the rent that was agreed, for tenancies that "
        "began in these years, at the prices of the letting. Hours of support are those that the policy "
        "states; other support is not in them."
    )
    panel = Panel(speech.say("Costs a year"), sentences=(what,), grid=costs_of(told))
    return Section("costs", speech.say("What does it cost, and who pays?"), panels=(panel,))


def tally_label(name: str, speech: Speech) -> str:
    """A tally in words."""
    if name.startswith(AGREEMENT):
        return use_label(name.removeprefix(AGREEMENT), speech)
    first, _, rest = name.partition(":")
    label = speech.say(TALLIES[first]) if first in TALLIES else first
    return f"{label}: {rest.replace(':', ', ')}" if rest else label


def use_label(name: str, speech: Speech) -> str:
    """A use of an instrument in words: the instrument, and its place in the policy."""
    instrument, _, number = name.rpartition("-")
    both = load_catalogue()[instrument].label
    return f"{capital(both.nl if speech.language == 'nl' else both.en)} ({number})"


def tallies_of(told: Told) -> Grid:
    """How each tally stands in the last year, and in how many of all years and futures it is met."""
    speech, comparison = told.speech, told.comparison
    values = comparison.values("tallies")
    ever = comparison.values("tallies", over_years=True).filter(measure="met")
    rows = []
    for name in values["tally"].unique().sort():
        for one in comparison.compared:
            held = values.filter(tally=name, result=one.label)
            if held.is_empty():
                continue
            last = {
                row["measure"]: row["mean"]
                for row in held.filter(pl.col("year") == pl.col("year").max()).to_dicts()
            }
            met = ever.filter(tally=name, result=one.label)["mean"]
            rows.append(
                (
                    tally_label(name, speech),
                    told.label(one),
                    _asked(last, told),
                    _stands(last, told),
                    told.figure(met[0] if len(met) else None, "share"),
                )
            )
    header = (
        speech.say("tally"),
        speech.say("result"),
        speech.say("asked or agreed"),
        speech.say("in the last year"),
        speech.say("met, of all years and futures"),
    )
    return Grid(header, tuple(rows), "tallies")


def _asked(last: dict[str, Any], told: Told) -> str:
    if last.get("agreed") is not None:
        return told.figure(last["agreed"], "count")
    return told.figure(last.get("asked"), "share")


def _stands(last: dict[str, Any], told: Told) -> str:
    if last.get("agreed") is not None:
        return told.speech.say("{done} delivered", done=told.figure(last["done"], "count"))
    return told.figure(last.get("share"), "share")


def _lead(told: Told) -> list[str]:
    """Of each policy the tallies that are not always met."""
    speech, found = told.speech, []
    ever = told.comparison.values("tallies", over_years=True).filter(measure="met")
    for one in told.comparison.compared:
        missed = ever.filter(pl.col("result") == one.label, pl.col("mean") < 1).sort("mean")
        if missed.is_empty():
            text = speech.say(
                "{policy}: every tally is met in every year and future.", policy=told.label(one)
            )
            found.append(text)
            continue
        worst = missed.row(0, named=True)
        found.append(
            speech.say(
                "{policy}: not always met; least often {tally}, in {share} of the years and futures.",
                policy=told.label(one),
                tally=tally_label(worst["tally"], speech),
                share=told.figure(worst["mean"], "share"),
            )
        )
    return found


def costs_of(told: Told) -> Grid:
    """Rent forgone and hours of support a year, with who pays."""
    speech = told.speech
    values = told.comparison.values("costs", over_years=True)
    rows = []
    for row in values.to_dicts():
        wanted = "rent_forgone" if row["use"] == RENT else "support_hours"
        if row["measure"] != wanted:
            continue
        unit = TABLES["costs"].measures[wanted].unit
        what = speech.say("rent forgone") if row["use"] == RENT else use_label(row["use"], speech)
        payer = speech.say("the association") if row["payer"] == "association" else row["payer"]
        rows.append(
            (
                told.label(row["result"]),
                what,
                payer,
                told.figure(row["mean"], unit),
                told.between(row["low_80"], row["high_80"], unit),
            )
        )
    header = (
        speech.say("result"),
        speech.say("what"),
        speech.say("who pays"),
        speech.say("a year"),
        speech.say("80% of the futures"),
    )
    return Grid(header, tuple(rows), "costs")
