"""Is nobody excluded? The block with which a comparison opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid
from ongedeeld.simulation.comparing.floors import CLOSED, FLAGGED, SHUT_OUT, VERDICTS, Floors


@dataclass(frozen=True)
class Excluded:
    """What is told of one policy.

    Parameters
    ----------
    policy, verdict, loud
        Its name, the verdict in a sentence, and whether it asks attention.
    groups
        The groups that are flagged, each in a sentence, worst first.
    unjudged
        Sentences that name the groups that are cleared of nothing.
    table
        All groups.
    """

    policy: str
    verdict: str
    loud: bool
    groups: tuple[str, ...]
    unjudged: tuple[str, ...]
    table: Grid


def excluded(told: Told) -> tuple[tuple[Excluded, ...], tuple[str, ...]]:
    """The verdict on every policy, those that shut somebody out first, and how it was judged."""
    judged = sorted(told.comparison.floors.items(), key=lambda one: (one[1].usable, not len(one[1].flagged)))
    notes = dict.fromkeys(told.speech.told(note) for _, one in judged for note in one.notes)
    return tuple(_of_policy(label, one, told) for label, one in judged), tuple(notes)


def verdict(label: str, judged: Floors, told: Told) -> str:
    """What is the matter with a policy, in a sentence."""
    speech, shut, flagged = told.speech, len(judged.shut_out), len(judged.flagged)
    policy = told.label(label)
    if shut and judged.what_if:
        text = (
            "{policy} shuts groups out: {count}. It was run to see what it would do, and is no policy to use."
        )
        return speech.say(text, policy=policy, count=speech.number(shut))
    if shut:
        text = N_("{policy} shuts groups out: {count}. It is refused: these results are not to be used.")
        return speech.say(text, policy=policy, count=speech.number(shut))
    if flagged:
        text = N_("{policy} leaves groups with little chance: {count}. Look at these first.")
        return speech.say(text, policy=policy, count=speech.number(flagged))
    return speech.say(
        "Under {policy} none of the {count} groups of which something can be said is shut out of all homes, "
        "and none falls below the floor or below half of its chance; {all} groups are told apart here.",
        policy=policy,
        count=speech.number(len(judged.table) - len(judged.untold)),
        all=speech.number(len(judged.table)),
    )


def _of_policy(label: str, judged: Floors, told: Told) -> Excluded:
    rows = judged.flagged.to_dicts()
    return Excluded(
        told.label(label),
        verdict(label, judged, told),
        bool(rows),
        tuple(_sentence(row, told) for row in rows),
        tuple(_unjudged(judged, told)),
        table_of(judged, told),
    )


def _unjudged(judged: Floors, told: Told) -> Iterator[str]:
    """The groups of which nothing can be said, and those that have no chance as now either, by name."""
    closed = judged.table.filter(pl.col("verdict") == CLOSED)
    for rows, text in (
        (judged.untold, N_("Of these groups nothing can be said, as there are too few of them: {groups}.")),
        (closed, N_("These groups get no home as now either: {groups}.")),
    ):
        names = [told.group(row["grouping"], row["group"]) for row in rows.iter_rows(named=True)]
        if names:
            yield told.speech.say(text, groups="; ".join(names))


def _sentence(row: dict[str, object], told: Told) -> str:
    speech, group = told.speech, told.group(str(row["grouping"]), str(row["group"]))
    what = speech.say(VERDICTS[str(row["verdict"])])
    if row["year"] is not None:
        what = speech.say("{verdict} in {year}", verdict=what, year=told.year(int(str(row["year"]))))
    shares = [row["share_policy"], row["share_now"]]
    policy, now = (told.figure(float(str(one)), "share") if one is not None else "–" for one in shares)
    if row["seekers"] is None:
        counts = [
            told.figure(float(str(row[name] or 0)), "count") for name in ("housed_policy", "housed_now")
        ]
        return speech.say(
            "{group}: {what}; {policy} lettings in all futures, as now {now}",
            group=group,
            what=what,
            policy=counts[0],
            now=counts[1],
        )
    if row["verdict"] == SHUT_OUT and row["futures_shut"]:
        return speech.say(
            "{group}: {what}; in {futures} of {of} futures nobody of it got a home, as now {now} a year",
            group=group,
            what=what,
            futures=row["futures_shut"],
            of=row["futures"],
            now=now,
        )
    return speech.say(
        "{group}: {what}; {policy} a year, as now {now}", group=group, what=what, policy=policy, now=now
    )


def table_of(judged: Floors, told: Told) -> Grid:
    """The chance of every group as a table, worst first."""
    speech = told.speech
    header = (
        speech.say("group"),
        speech.say("parted"),
        speech.say("year"),
        speech.say("seekers a year"),
        speech.say("share housed a year, all futures together, {now}", now=told.now),
        speech.say("under this policy"),
        speech.say("ratio"),
        speech.say("verdict"),
    )
    rows = []
    for row in judged.table.with_columns(pl.col("ratio").round(2)).to_dicts():
        mark = "▲ " if row["verdict"] in FLAGGED else ""
        rows.append(
            (
                told.group(row["grouping"], row["group"]),
                told.grouping(row["grouping"]),
                speech.say("all") if row["year"] is None else told.year(row["year"]),
                "–" if row["seekers"] is None else speech.number(row["seekers"]),
                told.figure(row["share_now"], "share"),
                told.figure(row["share_policy"], "share"),
                "–" if row["ratio"] is None else speech.number(row["ratio"], 2),
                f"{mark}{speech.say(VERDICTS[row['verdict']])}",
            )
        )
    return Grid(header, tuple(rows), "nobody-excluded")
