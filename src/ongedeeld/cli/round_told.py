"""What a round told at the prompt, as data and in a folder of files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.cli.figures import figure, tell_city
from ongedeeld.cli.round_files import ONLY_IN_FILES, tables_of
from ongedeeld.cli.round_words import OUTCOMES, VERDICTS, in_order_of_codes
from ongedeeld.cli.voice import number, out, table, tell, voice, warn
from ongedeeld.errors import N_
from ongedeeld.reasons import Decision
from ongedeeld.rules.amounts import Euros
from ongedeeld.vocabulary.spoken import Day

if TYPE_CHECKING:
    from ongedeeld.allocation import Round
    from ongedeeld.city import City

WHAT_IF = N_("What if the law allowed it: this was run without asking whether the policy is lawful.")
MOST = 20
# Of a smaller group the chance is told in seekers: a percentage would seem more than it is.
TOO_FEW_FOR_A_SHARE = 20
FELL_OFF = {
    "daeb_target_group": N_("Fell off: {seekers}; the income class is not known"),
    "free_space": N_("Fell off: {seekers}; the income is too high and no free space is left"),
    "passend_toewijzen": N_("Fell off: {seekers}; the rent does not fit the income"),
    "no_interest": N_("Fell off: {seekers}; no reaction, or the home is not as wished"),
    "other_home": N_("Fell off: {seekers}; they got another home"),
}
# Reasons that are told once, where a seeker asks about every home.
SAID_ONCE = ("objection", "what_if")


def tell_round(done: Round, city: City) -> None:
    """Tell the lettings, what was not let, the chances of groups and the tallies."""
    from ongedeeld.allocation.remarks import remarks

    tell_city(city)
    _tell_what_if(done)
    tell(
        N_("Round of {day}: {let} of {homes} homes let; seekers: {seekers}."),
        day=_day(done.given.law.day),
        let=number(len(done.lettings)),
        homes=number(len(done.given.vacancies)),
        seekers=number(len(done.given.seekers)),
    )
    for remark in remarks(done):
        warn(remark.say(voice.translate))
    _tell_lettings(done)
    for row in done.not_let.head(MOST).iter_rows(named=True):
        tell(_not_let(done, row["vacancy"], row["candidates"]), vacancy=row["vacancy"])
    _tell_declined(done)
    _tell_consequences(done)
    for row in done.chain.head(MOST).iter_rows(named=True):
        tell(
            N_("Comes free for a later round: {dwelling}, by {vacancy}"),
            dwelling=row["dwelling"],
            vacancy=row["by"],
        )
    _tell_chances(done)
    _tell_tallies(done)
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
        text = FELL_OFF.get(row["stopped_by"], N_("Fell off: {seekers}, at: {what}"))
        tell(text, seekers=number(row["seekers"]), what=_label(done, row["stopped_by"]))
    for winner in order.filter(pl.col("outcome") == "letting")["seeker"]:
        out.print(done.why(vacancy, winner).say(voice.translate), markup=False, highlight=False)


def tell_seeker(done: Round, seeker: str) -> None:
    """Tell of every home of the round why a seeker did or did not get it, and once how to object."""
    from ongedeeld.allocation.explaining import how_to_object

    _tell_what_if(done)
    decisions = done.about(seeker)
    got = done.lettings.filter(pl.col("seeker") == seeker)["vacancy"]
    if len(got):
        tell(
            N_("{seeker} gets {vacancy} in the round of {day}."),
            **_round_of(done, seeker),
            vacancy=got.item(),
        )
    else:
        tell(N_("{seeker} gets no home in the round of {day}."), **_round_of(done, seeker))
    homes = done.given.vacancies.select("vacancy", "dwelling").iter_rows()
    for (vacancy, dwelling), decision in zip(homes, decisions.values(), strict=True):
        here = tuple(one for one in decision.reasons if one.rule not in SAID_ONCE)
        out.print(f"\n{vacancy} ({dwelling})", markup=False, highlight=False)
        out.print(Decision(decision.allowed, here).say(voice.translate), markup=False, highlight=False)
    objecting = how_to_object(done.given.law).say(voice.translate)
    out.print(f"\n{objecting}", markup=False, highlight=False)


def tell_deletion(done: Round) -> None:
    """Tell what is to be deleted after the round, and from when."""
    from ongedeeld.cli.round_files import WITH_NUMBERS, delete_from

    lists = ", ".join(f"{name}.csv" for name in WITH_NUMBERS)
    start = delete_from(done)
    if start is None:
        tell(
            N_(
                "Delete the file of seekers, and what was written with their numbers ({lists}, letters), "
                "after accounting and when nobody can object any more."
            ),
            lists=lists,
        )
        return
    tell(
        N_(
            "Delete the file of seekers, and what was written with their numbers ({lists}, letters), after "
            "accounting, from {start} on; keep what an objection needs until it is decided."
        ),
        lists=lists,
        start=_day(start),
    )


def _round_of(done: Round, seeker: str) -> dict[str, str]:
    return {"seeker": seeker, "day": _day(done.given.law.day)}


def as_data(done: Round, city: City, why: str = "", about: str = "") -> dict[str, Any]:
    """Everything for another program; names are those of the code, in every language."""
    vacancy, _, seeker = why.partition(":")
    asked: dict[str, Any] = {}
    if vacancy:
        asked["order"] = done.ranked(vacancy).to_dicts()
    if seeker:
        asked["why"] = _decision_as_data(done.why(vacancy, seeker))
    if about:
        decisions = done.about(about).items()
        asked["about"] = [{"vacancy": home, **_decision_as_data(decision)} for home, decision in decisions]
    return {
        "city": city.manifest.name,
        "invented": city.manifest.invented,
        "day": done.given.law.day,
        "what_if": done.what_if,
        **asked,
        **{name: frame.to_dicts() for name, frame in tables_of(done).items() if name not in ONLY_IN_FILES},
        "nobody_shut_out": _decision_as_data(done.nobody_shut_out),
        "tallies": [
            {"name": one.name, "done": one.done, "of": one.of, "met": one.decision.allowed}
            for one in done.tallies
        ],
    }


def _tell_what_if(done: Round) -> None:
    if done.what_if:
        warn(voice.say(WHAT_IF))


def _label(done: Round, name: str) -> str:
    from ongedeeld.allocation.deciding import label_of

    return label_of(name, done.given.law).say(voice.translate)


def _tell_lettings(done: Round) -> None:
    table(
        N_("Lettings"),
        (
            N_("vacancy"),
            N_("home"),
            N_("seeker"),
            N_("rent"),
            N_("candidates"),
            N_("went first by"),
            N_("parted from the next by"),
        ),
        (
            (
                row["vacancy"],
                row["dwelling"],
                row["seeker"],
                Euros(row["rent_cents"], rent=True).say(voice.translate),
                number(row["candidates"]),
                _label(done, row["ground"]),
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


def _tell_consequences(done: Round) -> None:
    from ongedeeld.allocation.declines import ACTORS, CONSEQUENCES

    if done.consequences.is_empty():
        return
    table(
        N_("To act on: the round itself takes nothing from anybody"),
        (N_("seeker"), N_("vacancy"), N_("what follows"), N_("who acts"), N_("from")),
        (
            (
                row["seeker"],
                row["vacancy"],
                CONSEQUENCES[row["consequence"]].say(voice.translate),
                ACTORS[row["acts"]].say(voice.translate),
                _day(row["start"]),
            )
            for row in done.consequences.head(MOST).iter_rows(named=True)
        ),
    )
    if len(done.consequences) > MOST:
        tell(N_("and {more} more"), more=number(len(done.consequences) - MOST))


def _not_let(done: Round, vacancy: str, candidates: int) -> str:
    """Why a home was not let."""
    stopped = done.refusals.filter(pl.col("vacancy") == vacancy)["stopped_by"]
    if candidates:
        return N_("Not let: {vacancy}; every offer came to nothing")
    if set(stopped) <= {"no_interest"}:
        return N_("Not let: {vacancy}; nobody reacted to it, or wished such a home")
    return N_("Not let: {vacancy}; nobody who wanted it could take it")


def _day(day: date) -> str:
    return Day(day).say(voice.translate)


def _chance(row: dict[str, Any], when: str) -> str:
    """The chance of a group; of a small one how many of them got a home."""
    if row["seekers"] < TOO_FEW_FOR_A_SHARE and row[f"let_{when}"] is not None:
        return voice.say(N_("{some} of {all}"), some=number(row[f"let_{when}"]), all=number(row["seekers"]))
    return figure(row[f"chance_{when}"], "share")


def _tell_tallies(done: Round) -> None:
    if done.tallies:
        tell(
            N_("After this round, which counts too; later lettings than {day} do not:"),
            day=_day(done.given.law.day),
        )
    for tally in done.tallies:
        text = N_("{label}: {outcome}")
        if tally.limit is not None and tally.may_still is not None:
            # Of a rule that asks at least a share, what must still be done is told too.
            at_most = tally.must_still is None
            text = (
                N_("{label}: {outcome}; room for {room} more")
                if at_most
                else N_("{label}: {outcome}; {room} more may go otherwise")
            )
        tell(
            text,
            label=tally.label.say(voice.translate),
            outcome=tally.decision.reasons[0].say(voice.translate),
            room=number(tally.may_still or 0),
        )


def _tell_chances(done: Round) -> None:
    from ongedeeld.allocation.groupings import group_label, grouping_label

    table(
        N_("Who has what chance in this round"),
        (
            N_("by"),
            N_("group"),
            N_("seekers"),
            N_("without instruments"),
            N_("with this policy"),
            N_("protected by"),
            N_("remark"),
        ),
        (
            (
                grouping_label(row["grouping"]).say(voice.translate),
                group_label(row["grouping"], row["group"]).say(voice.translate),
                number(row["seekers"]),
                _chance(row, "now"),
                _chance(row, "policy"),
                row["article"] or voice.say(N_("our own rule")),
                voice.say(VERDICTS[row["verdict"]]) if VERDICTS[row["verdict"]] else "",
            )
            for row in in_order_of_codes(done.chances).iter_rows(named=True)
        ),
    )
    tell(N_("These are the lettings of this one round: with other lots or other seekers they differ."))
    for reason in done.nobody_shut_out.reasons:
        out.print(reason.say(voice.translate), markup=False, highlight=False)


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
