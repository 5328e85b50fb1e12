"""What the law asks and what it costs, under each policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid, Panel, Research, Section
from ongedeeld.reporting.text import capital
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.outcomes.costs import RENT
from ongedeeld.simulation.outcomes.legal_tallies import AGREEMENT, CONTINGENT
from ongedeeld.simulation.outcomes.tables import TABLES

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
    "before the run are not known and do not count. An agreement is judged once, at the end of its term"
)
COSTED = N_(
    "Rent forgone is the rent without rent policy less the rent that was agreed, for tenancies that began in "
    "these years, at the prices of the letting. Hours of support are those that the policy states."
)
LEFT_OUT = N_(
    "Not reckoned: the association's own work, as for mediation, screening and consultation; rent that is "
    "lost while homes stand vacant; building, demolition and sale; housing benefit; care and support that "
    "the policy does not state; what it costs or saves residents."
)
NO_RENT_LOWERED = N_("none: no rent is lowered")
NO_HOURS = N_("not reckoned: the policy states no hours")


def law_section(told: Told) -> Section:
    """The tallies of the law and the agreements."""
    speech = told.speech
    return Section(
        "law",
        speech.say("What does the law ask, and what was agreed?"),
        panels=(
            Panel(
                speech.say("Tallies of the law and agreements"),
                sentences=tuple(map(capital, _lead(told))),
                source=f"{speech.say(COUNTED)}.",
            ),
        ),
        research=Research(((speech.say("Every tally under every policy"), tallies_of(told)),)),
    )


def costs_section(told: Told) -> Section:
    """The rent that is forgone and the hours of support."""
    speech = told.speech
    what = (speech.say(COSTED), speech.say(LEFT_OUT))
    panel = Panel(speech.say("Costs a year"), sentences=what, grid=costs_of(told))
    return Section("costs", speech.say("What does it cost, and who pays?"), panels=(panel,))


def tally_label(name: str, one: Compared | str, told: Told) -> str:
    """A tally of one of the results in words; an agreement by its name."""
    if name.startswith(AGREEMENT):
        return told.use(one, name.removeprefix(AGREEMENT))
    first, _, rest = name.partition(":")
    label = told.speech.say(TALLIES[first]) if first in TALLIES else first
    return f"{label}: {', '.join(told.name(part) for part in rest.split(':'))}" if rest else label


def tallies_of(told: Told) -> Grid:
    """How each tally stands in the last year in which it counts, and how often it is met."""
    speech, comparison = told.speech, told.comparison
    values = comparison.values("tallies")
    ever = comparison.values("tallies", over_years=True).filter(measure="met")
    found: list[tuple[float, tuple[str, ...]]] = []
    for name in values["tally"].unique().sort():
        for one in comparison.compared:
            held = values.filter(tally=name, result=one.label)
            if held.is_empty():
                continue
            last = held["year"].max()
            stands = {row["measure"]: row["mean"] for row in held.filter(year=last).to_dicts()}
            met = next(iter(ever.filter(tally=name, result=one.label)["mean"]), None)
            row = (
                tally_label(name, one, told),
                told.label(one),
                _asked(name, stands, told),
                told.year(int(str(last))),
                _stands(name, stands, told),
                _met(name, met, told),
            )
            found.append((2.0 if met is None else met, row))
    header = (
        speech.say("tally"),
        speech.say("result"),
        speech.say("asked or agreed"),
        speech.say("last counted in"),
        speech.say("as it stands then, mean of all futures"),
        speech.say("met"),
    )
    # What is met least often first; what is not due yet last.
    rows = tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))
    return Grid(header, rows, "tallies")


def _met(name: str, share: float | None, told: Told) -> str:
    """How often a tally is met: an agreement at the end of its term, anything else in each year."""
    if share is None:
        return told.speech.say("its term ends after these years")
    text = (
        N_("in {share} of the futures, at the end of its term")
        if _has_term(name)
        else N_("in {share} of all years and futures")
    )
    return told.speech.say(text, share=told.figure(share, "share"))


def _has_term(name: str) -> bool:
    return name.startswith((AGREEMENT, CONTINGENT))


def _asked(name: str, last: dict[str, Any], told: Told) -> str:
    if last.get("agreed") is not None:
        return _counted(name, last["agreed"], told)
    return told.figure(last.get("asked"), "share")


def _stands(name: str, last: dict[str, Any], told: Told) -> str:
    if last.get("agreed") is not None:
        return told.speech.say("{done} delivered", done=_counted(name, last["done"], told))
    return told.figure(last.get("share"), "share")


def _counted(name: str, number: float, told: Told) -> str:
    """A number with what is counted: of permit holders people, of agreements homes."""
    text = N_("{figure} homes") if _has_term(name) else N_("{figure} people")
    return told.speech.say(text, figure=told.figure(number, "count"))


def _lead(told: Told) -> Iterator[str]:
    """Of each policy the tallies that are not always met, and each agreement of which the term ends."""
    ever = told.comparison.values("tallies", over_years=True).filter(measure="met").drop_nulls("mean")
    with_term = pl.col("tally").map_elements(_has_term, return_dtype=pl.Boolean)
    for one in told.comparison.compared:
        held = ever.filter(pl.col("result") == one.label)
        yield from _of_years(one, held.filter(~with_term), told)
        for row in held.filter(with_term).sort("mean", "tally").iter_rows(named=True):
            yield _of_term(one, row["tally"], row["mean"], told)


def _of_years(one: Compared, held: pl.DataFrame, told: Told) -> Iterator[str]:
    """Of what the law counts: what is met least often."""
    policy = told.label(one)
    missed = held.filter(pl.col("mean") < 1).sort("mean", "tally")
    if held.is_empty():
        return
    if missed.is_empty():
        yield told.speech.say("{policy}: what the law counts is met in every year and future.", policy=policy)
        return
    worst = missed.row(0, named=True)
    yield told.speech.say(
        "{policy}: what the law counts is not always met; least often {tally}, in {share} of the years and "
        "futures.",
        policy=policy,
        tally=tally_label(worst["tally"], one, told),
        share=told.figure(worst["mean"], "share"),
    )


def _of_term(one: Compared, tally: str, met: float, told: Told) -> str:
    """What was delivered of an agreement at the end of its term."""
    values = told.comparison.values("tallies").filter(result=one.label, tally=tally)
    last = {row["measure"]: row["mean"] for row in values.filter(year=values["year"].max()).to_dicts()}
    return told.speech.say(
        "{policy}: at the end of its term {tally} is met in {share} of the futures; {done} of {agreed} are "
        "delivered on average.",
        policy=told.label(one),
        tally=tally_label(tally, one, told),
        share=told.figure(met, "share"),
        done=told.figure(last["done"], "count"),
        agreed=_counted(tally, last["agreed"], told),
    )


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
        what = speech.say("rent forgone") if row["use"] == RENT else told.use(row["result"], row["use"])
        payer = speech.say("the association") if row["payer"] == "association" else row["payer"] or "–"
        rows.append(
            (
                told.label(row["result"]),
                what,
                payer,
                _cost(row, told),
                told.between(row["low_80"], row["high_80"], unit) if row["mean"] else "–",
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


def _cost(row: Mapping[str, Any], told: Told) -> str:
    """What it costs a year, or why there is no figure: nothing that was not reckoned is told as nothing."""
    if row["mean"] is None:
        return told.speech.say(NO_HOURS)
    if row["use"] == RENT and not row["mean"]:
        return told.speech.say(NO_RENT_LOWERED)
    return told.figure(row["mean"], TABLES["costs"].measures[row["measure"]].unit)
