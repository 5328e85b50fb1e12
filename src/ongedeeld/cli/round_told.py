"""What a round told at the prompt, as data and in a folder of files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.figures import figure, tell_city
from ongedeeld.cli.voice import number, out, table, tell, voice, warn
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.amounts import Euros

if TYPE_CHECKING:
    from ongedeeld.allocation import Round
    from ongedeeld.city import City
    from ongedeeld.reasons import Decision

WHAT_IF = N_("What if the law allowed it: this was run without asking whether the policy is lawful.")
MOST = 20
GROUPINGS = {
    "route": N_("route"),
    "household_type": N_("household"),
    "age_class": N_("age class"),
    "income_class": N_("income class"),
}
VERDICTS = {
    "open": "",
    "closed_already": N_("no home open, with the policy or without"),
    "shut_out": N_("shut out by the policy"),
}
OUTCOMES = {
    "letting": N_("gets the home"),
    "declined": N_("the offer came to nothing"),
    "passed": N_("somebody went before"),
}


def tell_round(done: Round, city: City) -> None:
    """Tell the lettings, what was not let, the chances of groups and the tallies."""
    tell_city(city)
    _tell_what_if(done)
    tell(
        N_("Round of {day}: {let} of {homes} homes let; seekers: {seekers}."),
        day=done.given.law.day.isoformat(),
        let=number(len(done.lettings)),
        homes=number(len(done.given.vacancies)),
        seekers=number(len(done.given.seekers)),
    )
    _tell_lettings(done)
    for row in done.not_let.head(MOST).iter_rows(named=True):
        tell(N_("Not let: {vacancy}; nobody could take it"), vacancy=row["vacancy"])
    _tell_declined(done)
    for row in done.chain.head(MOST).iter_rows(named=True):
        tell(
            N_("Comes free for a later round: {dwelling}, by {vacancy}"),
            dwelling=row["dwelling"],
            vacancy=row["by"],
        )
    _tell_chances(done)
    for tally in done.tallies:
        said = (tally.label.say(voice.translate), tally.decision.reasons[0].say(voice.translate))
        out.print(": ".join(said), markup=False, highlight=False)
    tell(N_("See an order with --why VACANCY, and why somebody did or did not with --why VACANCY:SEEKER"))


def tell_why(done: Round, asked: str) -> None:
    """Tell the order for a home, or why a seeker did or did not get it."""
    _tell_what_if(done)
    vacancy, _, seeker = asked.partition(":")
    if seeker:
        out.print(done.why(vacancy, seeker).say(voice.translate), markup=False, highlight=False)
        return
    order = done.ranked(vacancy)
    table(
        N_("The order"),
        (N_("place"), N_("seeker"), N_("outcome")),
        (
            (row["rank"], row["seeker"], voice.say(OUTCOMES[row["outcome"]]))
            for row in order.head(MOST).to_dicts()
        ),
    )
    if len(order) > MOST:
        tell(N_("and {more} more"), more=number(len(order) - MOST))
    for row in done.refusals.filter(pl.col("vacancy") == vacancy).iter_rows(named=True):
        tell(
            N_("Fell off: {seekers} seekers, at: {what}"),
            seekers=number(row["seekers"]),
            what=_label(done, row["stopped_by"]),
        )
    for winner in order.filter(pl.col("outcome") == "letting")["seeker"]:
        out.print(done.why(vacancy, winner).say(voice.translate), markup=False, highlight=False)


def as_data(done: Round, city: City, why: str = "") -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    vacancy, _, seeker = why.partition(":")
    asked: dict[str, Any] = {}
    if vacancy:
        asked["order"] = done.ranked(vacancy).to_dicts()
    if seeker:
        asked["why"] = _decision_as_data(done.why(vacancy, seeker))
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        "day": done.given.law.day,
        "what_if": done.what_if,
        **asked,
        **{name: frame.to_dicts() for name, frame in tables_of(done).items() if name != "orders"},
        "tallies": [
            {"name": one.name, "done": one.done, "of": one.of, "met": one.decision.allowed}
            for one in done.tallies
        ],
    }


def tables_of(done: Round) -> Mapping[str, pl.DataFrame]:
    """All lists of a round, by the name of their file; of a what-if each row says that it is."""
    orders = [
        done.ranked(vacancy).with_columns(vacancy=pl.lit(vacancy))
        for vacancy in done.given.vacancies["vacancy"]
    ]
    pairs = done.lettings.select("vacancy", "seeker").iter_rows()
    told = [(*pair, done.why(*pair).say(voice.translate)) for pair in pairs]
    reasons = pl.DataFrame(told, schema=["vacancy", "seeker", "reasons"], orient="row")
    frames = {
        "lettings": done.lettings,
        "not_let": done.not_let,
        "declined": done.declined,
        "chain": done.chain,
        "refusals": done.refusals,
        "chances": done.chances,
        "orders": pl.concat(orders).select("vacancy", "rank", "seeker", "outcome"),
        "reasons": reasons.cast(pl.String),
    }
    if not done.what_if:
        return frames
    return {name: frame.with_columns(what_if=pl.lit(value=True)) for name, frame in frames.items()}


def write_folder(done: Round, folder: Path) -> None:
    """Write every list as csv to a new folder, whole or not at all.

    Raises
    ------
    InputError
        When something is there already, or cannot be written.
    """
    if folder.exists():
        raise InputError(
            N_("this folder exists already and is left as it is"),
            place=Place(folder),
            remedy=N_("choose another folder"),
        )
    beside = None
    try:
        beside = Path(mkdtemp(dir=folder.resolve().parent, prefix=f".{folder.name}-"))
        for name, frame in tables_of(done).items():
            frame.write_csv(beside / f"{name}.csv")
        beside.rename(folder)
    except OSError as error:
        with suppress(OSError):
            if beside is not None:
                shutil.rmtree(beside)
        raise InputError(
            N_("{file} cannot be written: {detail}"),
            remedy=N_("choose a folder that is there and may be written to"),
            file=folder,
            detail=error.strerror or str(error),
        ) from error


def _tell_what_if(done: Round) -> None:
    if done.what_if:
        warn(voice.say(WHAT_IF))


def _label(done: Round, name: str) -> str:
    from ongedeeld.allocation.explaining import label_of

    return label_of(name, done.given.law).say(voice.translate)


def _tell_lettings(done: Round) -> None:
    table(
        N_("Lettings"),
        (N_("vacancy"), N_("home"), N_("seeker"), N_("rent"), N_("candidates"), N_("decided by")),
        (
            (
                row["vacancy"],
                row["dwelling"],
                row["seeker"],
                Euros(row["rent_cents"]).say(voice.translate),
                number(row["candidates"]),
                _label(done, row["decided_by"]),
            )
            for row in done.lettings.head(MOST).iter_rows(named=True)
        ),
    )
    if len(done.lettings) > MOST:
        tell(N_("and {more} more"), more=number(len(done.lettings) - MOST))


def _tell_declined(done: Round) -> None:
    from ongedeeld.allocation.declines import CONSEQUENCES, DECLINES, SIDES

    for row in done.declined.head(MOST).iter_rows(named=True):
        tell(
            N_("Offer of {vacancy} to {seeker} came to nothing ({side}: {reason}); {consequence}"),
            vacancy=row["vacancy"],
            seeker=row["seeker"],
            side=SIDES[row["side"]].say(voice.translate),
            reason=DECLINES[row["reason"]].label.say(voice.translate),
            consequence=CONSEQUENCES[row["consequence"]].say(voice.translate),
        )


def _tell_chances(done: Round) -> None:
    from ongedeeld.allocation.exclusion import LABELS

    def group(row: Mapping[str, Any]) -> str:
        words = LABELS[row["grouping"]].get(row["group"])
        return voice.say(N_("not known")) if words is None else words.say(voice.translate)

    table(
        N_("Who has what chance in this round"),
        (
            N_("by"),
            N_("group"),
            N_("seekers"),
            N_("without instruments"),
            N_("with this policy"),
            N_("remark"),
        ),
        (
            (
                voice.say(GROUPINGS[row["grouping"]]),
                group(row),
                number(row["seekers"]),
                figure(row["chance_now"], "share"),
                figure(row["chance_policy"], "share"),
                voice.say(VERDICTS[row["verdict"]]) if VERDICTS[row["verdict"]] else "",
            )
            for row in done.chances.iter_rows(named=True)
        ),
    )


def _decision_as_data(decision: Decision) -> dict[str, Any]:
    return {
        "allowed": decision.allowed,
        "reasons": [
            {
                "rule": one.rule,
                "sentence": one.say(voice.translate),
                "article": one.article,
                "source": one.source,
            }
            for one in decision.reasons
        ],
    }
