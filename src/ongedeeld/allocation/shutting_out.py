"""Whether a policy shuts a group out: by the law for lower incomes, and by our own, stricter rule for all.

The law forbids that the demands of an ordinance wholly shut lower incomes out (Hvw 9(2)). Our own rule asks
more: of any policy, for every group that the table of chances tells, and also where the order does it.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ongedeeld.allocation.groupings import group_label, grouping_label
from ongedeeld.allocation.refusal import Refusal
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.permits import shuts_nobody_out
from ongedeeld.vocabulary import Both

RULE = "nobody_shut_out"
OWN_RULE = "every_group_a_chance"
LOWER_INCOMES = ("below_passend", "below_daeb")


class ExclusionError(InputError):
    """A policy leaves groups no chance; `chances` is the whole table, `decision` says by which rules."""

    chances: pl.DataFrame
    decision: Decision


def nobody_shut_out(table: pl.DataFrame, law: LawOfDay) -> Decision:
    """Whether every group keeps a chance: by the law where it speaks of the group, and by our own rule.

    Parameters
    ----------
    table
        From :func:`ongedeeld.allocation.exclusion.chances`.
    law
        The law of the day.
    """
    shut = table.filter(pl.col("verdict") == "shut_out")
    by_law = tuple(_by_law(table, law))
    own = tuple(_by_own_rule(shut))
    reasons = tuple(reason for decision in (*by_law, *own) for reason in decision.reasons)
    return Decision(all((*by_law, *own)), reasons)


def with_article(table: pl.DataFrame, law: LawOfDay) -> pl.DataFrame:
    """The table of chances with the `article` that protects a group; null where our own rule alone does."""
    lower = (pl.col("grouping") == "income_class") & pl.col("group").is_in(LOWER_INCOMES)
    return table.with_columns(article=pl.when(lower).then(pl.lit(_article(law), pl.String)))


def refuse_exclusion(table: pl.DataFrame, law: LawOfDay) -> None:
    """Refuse a policy that shuts a group out.

    Parameters
    ----------
    table
        From :func:`ongedeeld.allocation.exclusion.chances`.
    law
        The law of the day.

    Raises
    ------
    ExclusionError
        With the groups, the article of the law where it is about them, and our own rule.
    """
    shut = table.filter(pl.col("verdict") == "shut_out")
    if shut.is_empty():
        return
    labels = [_label(row) for row in shut.iter_rows(named=True)]
    decision = nobody_shut_out(table, law)
    error = ExclusionError(
        N_("this policy leaves groups no chance of a home in the region: {groups}\n{reasons}"),
        expected=N_("a policy that leaves every group a chance that had one without it"),
        remedy=N_("give the instrument a share, a number, a period or fewer places"),
        groups=Both(", ".join(one.nl for one in labels), ", ".join(one.en for one in labels)),
        reasons=Refusal(decision),
    )
    error.chances, error.decision = table, decision
    raise error


def _by_law(table: pl.DataFrame, law: LawOfDay) -> Iterator[Decision]:
    """What the law says of lower incomes, as far as somebody of them seeks and had a home open to them."""
    known = {
        row["group"]: int(row["open_policy"])
        for row in table.filter(pl.col("grouping") == "income_class").iter_rows(named=True)
        if row["group"] in LOWER_INCOMES and row["open_now"]
    }
    # Of a class that does not seek, or had no home open already, the round cannot tell what the policy does.
    homes = {group: known.get(group, 1) for group in LOWER_INCOMES}
    if not known:
        text = N_("of lower incomes nobody seeks for whom a home in the region is open without the policy")
        yield yes(Reason(RULE, text))
        return
    try:
        yield shuts_nobody_out(homes, law)
    except AbsentError as missing:
        text = N_("what the law says of this is not known: {missing}")
        yield yes(Reason(RULE, text, {"missing": missing}))


def _by_own_rule(shut: pl.DataFrame) -> Iterator[Decision]:
    if shut.is_empty():
        text = N_("our own rule, stricter than the law: every group that had a chance keeps one")
        yield yes(Reason(OWN_RULE, text))
    for row in shut.iter_rows(named=True):
        text = N_("our own rule, stricter than the law: this policy takes every chance from: {group}")
        yield no(Reason(OWN_RULE, text, {"group": _label(row)}))


def _article(law: LawOfDay) -> str | None:
    try:
        return law.version(RULE).article
    except AbsentError:  # nobody read whether it held on this day
        return None


def _label(row: dict[str, str]) -> Both:
    by, group = grouping_label(row["grouping"]), group_label(row["grouping"], row["group"])
    return Both(f"{group.nl} ({by.nl})", f"{group.en} ({by.en})")
