"""What `protect` gives back: the table as it may be published, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from ongedeeld.errors import N_, InputError, Translate
from ongedeeld.measures.disclosure.ledger import Ledger
from ongedeeld.measures.disclosure.publication import Publication

TOLD = N_("{hidden} of {cells} counts are hidden; a hidden count may be small or large.")
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
    "Attention: the promise does not hold for {eased} counts: tables published before, or what is known "
    "besides, tell more of them."
)
LEAST = N_("Hiding less would break this promise.")
ABSENT = N_(
    "{absent} combinations of codes have no row. Where those are zero a reader sees that: give zeros a row."
)
NEW = N_(
    "New to the ledger: {names}. If one of these is something published before under another name, that is "
    "not protected: say in nested what it is."
)
MOST_NAMES = 5


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Report:
    """What was done, in numbers. For inside use: only `note` may go with the table.

    How many counts are small, and what was lost with the others, narrows the hidden counts down: of two that
    are 12 together and both small, neither can be zero.

    `primary` cells are hidden because they may not be shown: small, caused by few households, dominated by
    one, or hidden before by an earlier table or the supplier. `secondary` cells are hidden so that the
    primary ones can't be derived. `loss` is the share of information lost with the secondary cells: of the
    sum over cells of log2(1 + count). `eased` cells could not be given what is promised, because of what
    was published before or of what a relation tells. `absent` combinations of the codes have no row.
    `least` says whether hiding any less is proven to break the promise. `new_names` are in no earlier table.
    """

    cells: int
    small: int
    few_households: int
    dominated: int
    hidden_before: int
    secondary: int
    eased: int
    loss: float
    absent: int
    min_count: int
    round_to: int
    least: bool = False
    new_names: tuple[str, ...] = ()

    @property
    def primary(self) -> int:
        """The number of cells that may not be shown by themselves."""
        return self.small + self.few_households + self.dominated + self.hidden_before

    @property
    def hidden(self) -> int:
        """The number of cells that are not shown."""
        return self.primary + self.secondary

    def note(self, translate: Translate = _as_it_is) -> str:
        """What may be told to readers of the table, through `translate`."""
        return self._said([TOLD, *([PROMISE] if not self.eased else []), *self._rounding()], translate)

    def say(self, translate: Translate = _as_it_is) -> str:
        """The report in a few sentences for whoever decides on publishing, through `translate`."""
        texts = [*([EASED] if self.eased else []), HIDDEN, LOST, PROMISE, *self._rounding()]
        for asked, text in (
            (self.least, LEAST),
            (self.absent, ABSENT),
            (self.new_names, NEW),
        ):
            if asked:
                texts.append(text)
        return self._said(texts, translate)

    def _rounding(self) -> list[str]:
        return [ROUNDED] if self.round_to > 1 else []

    def _said(self, texts: list[str], translate: Translate) -> str:
        more = ["..."] if len(self.new_names) > MOST_NAMES else []
        return " ".join(
            translate(text).format(
                hidden=self.hidden,
                cells=self.cells,
                primary=self.primary,
                secondary=self.secondary,
                loss=f"{self.loss:.1%}",
                min_count=self.min_count,
                round_to=self.round_to,
                eased=self.eased,
                absent=self.absent,
                names=", ".join([*self.new_names[:MOST_NAMES], *more]),
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
        What was done; for inside use, but for its `note`.
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
