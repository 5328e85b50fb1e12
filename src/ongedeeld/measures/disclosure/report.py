"""What `protect` gives back: the table as it may be published, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from ongedeeld.errors import N_, InputError, Translate
from ongedeeld.measures.disclosure.ledger import Ledger
from ongedeeld.measures.disclosure.publication import Publication

HIDDEN = N_(
    "{hidden} of {cells} counts are hidden: {primary} because they may not be shown, "
    "{secondary} to protect those."
)
LOST = N_("With those {secondary}, {loss} of the information is lost.")
PROMISE = N_(
    "Nobody can tell a hidden count below {min_count} from zero or from {min_count}, "
    "and every hidden count stays vague by at least {min_count}."
)
ROUNDED = N_("Counts are rounded to {round_to} one by one, so that they need not add up.")
EASED = N_(
    "This does not hold for {eased} counts: tables published before, or what is known besides, "
    "tell more of them."
)
LEAST = N_("Hiding less would break this promise.")


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Report:
    """What was done, in numbers; it names no cell and may be published with the table.

    `primary` cells are hidden because they may not be shown: small, caused by few households, dominated by
    one, or hidden before by an earlier table or the supplier. `secondary` cells are hidden so that the
    primary ones can't be derived. `loss` is the share of information lost with the secondary cells: of the
    sum over cells of log2(1 + count). `eased` cells could not be given what is promised, because of what
    was published before or of what a relation tells. `least` says whether hiding any less is proven to
    break the promise.
    """

    cells: int
    small: int
    few_households: int
    dominated: int
    hidden_before: int
    secondary: int
    eased: int
    loss: float
    least: bool
    min_count: int
    round_to: int

    @property
    def primary(self) -> int:
        """The number of cells that may not be shown by themselves."""
        return self.small + self.few_households + self.dominated + self.hidden_before

    def say(self, translate: Translate = _as_it_is) -> str:
        """The report in a few sentences, through `translate`."""
        texts = [HIDDEN, LOST, PROMISE]
        if self.round_to > 1:
            texts.append(ROUNDED)
        if self.eased:
            texts.append(EASED)
        if self.least:
            texts.append(LEAST)
        return " ".join(
            translate(text).format(
                hidden=self.primary + self.secondary,
                cells=self.cells,
                primary=self.primary,
                secondary=self.secondary,
                loss=f"{self.loss:.1%}",
                min_count=self.min_count,
                round_to=self.round_to,
                eased=self.eased,
            )
            for text in texts
        )


@dataclass(frozen=True)
class Protected:
    """A table that may be published.

    Parameters
    ----------
    table
        The dimensions as given, `count` as shown (empty where hidden) and `status`, observed or suppressed.
        This is what may leave the house.
    report
        What was done.
    reasons
        The dimensions of each hidden cell and `hidden_because`: small, few_households, dominated,
        hidden_before, secondary; and whether its target was `eased`. For inside use: it tells which counts
        are small.
    publication
        The table as :func:`attack` and the ledger take it.
    ledger
        The ledger it was held against, if any.
    """

    table: pl.DataFrame
    report: Report
    reasons: pl.DataFrame
    publication: Publication
    ledger: Ledger | None = None

    def publish(self, title: str) -> Ledger:
        """Write the table down in its ledger under a title, before it leaves the house; the longer ledger.

        Raises
        ------
        InputError
            When the table was protected without a ledger.
        OngedeeldError
            When another table was published in the meantime, or the ledger cannot be written.
        """
        if self.ledger is None:
            raise InputError(
                N_("this table was protected without a ledger"),
                remedy=N_("give protect the ledger in which what you publish is remembered"),
            )
        return self.ledger.publish(replace(self.publication, title=title))
