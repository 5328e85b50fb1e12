"""What the workbench keeps that may be about a home: every app tells its own, in its file `holdings.py`.

::

    hold(
        Holding(
            kind="signals.signal",
            text=N_("signals"),
            of_home=lambda home: (…),
            named=lambda key: …,
            remove=lambda key: …,
        )
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ongedeeld.errors import Sayable
from ongedeeld.vocabulary import Both
from ongedeeld.web.safeguards.homes import blind_home

_DUTCH_MARKS = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Home:
    """Whose data are looked for: a home as `homes.home_of` tells it."""

    name: str

    @property
    def blind(self) -> str:
        """The key by which records name it."""
        return blind_home(self.name)


@dataclass(frozen=True)
class Fact:
    """One thing that a record tells.

    Parameters
    ----------
    name
        What it is called in a file for machines.
    label
        What it is called for people: a text to translate, or what says itself.
    value
        A text (translated where it is marked), day or moment, number or yes and no; none is not known.
    words
        Whether somebody wrote it in their own words, which may tell of others too.
    exact
        What stands in a file for machines, where people read it otherwise: the code of a place, cents.
    """

    name: str
    label: str | Sayable
    value: object
    words: bool = False
    exact: object = None

    @property
    def is_told(self) -> bool:
        """Whether anything is known of it."""
        return self.value is not None and self.value not in ("", ())


def euros(cents: int) -> Both:
    """An amount as each language writes it, to the cent.

    Examples
    --------
    >>> euros(123_450).en
    '€1,234.50'
    """
    written = f"{cents / 100:,.2f}"
    return Both(f"€\N{NO-BREAK SPACE}{written.translate(_DUTCH_MARKS)}", f"€{written}")


@dataclass(frozen=True)
class Found:
    """A record that is kept.

    Parameters
    ----------
    key
        What tells it apart; the same each time that it is looked for.
    day
        On which day it came, so that it can be told from what was before somebody lived there; none where it
        has no such day.
    heading
        What it is, as a text to translate or what says itself.
    facts
        What it tells.
    remove_after
        The last day on which it is kept; none where that is not a day of its own.
    pictures
        Pictures that belong to it, as JPEG or PNG.
    receivers
        Who outside the association it was given to.
    """

    key: UUID
    day: date | None
    heading: str | Sayable
    facts: tuple[Fact, ...]
    remove_after: date | None = None
    pictures: tuple[bytes, ...] = ()
    receivers: tuple[str | Sayable, ...] = ()


def _of_no_home(_: Home) -> Iterable[Found]:
    return ()


def _never_named(_: UUID) -> Found | None:
    return None


@dataclass(frozen=True, eq=False)
class Holding:
    """One kind of record, and how the records of a home are found.

    Parameters
    ----------
    kind
        The name of its purpose (see `purposes`).
    text
        What it is called, as a text to translate.
    of_home
        Finds the records of a home.
    named
        Finds one record by its key.
    remove
        Removes one record wholly; none where it cannot be removed here.
    heeds_marks
        Whether a stop of use and a note beside are kept to by the pages of this kind.
    otherwise
        Where it cannot be found by a home, or not be removed here: why, and what is done instead.
    """

    kind: str
    text: str
    of_home: Callable[[Home], Iterable[Found]] = field(default=_of_no_home)
    named: Callable[[UUID], Found | None] = field(default=_never_named)
    remove: Callable[[UUID], None] | None = None
    heeds_marks: bool = True
    otherwise: str = ""

    @property
    def knows_homes(self) -> bool:
        """Whether its records lead to a home."""
        return self.of_home is not _of_no_home


_HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    """Tell what an app keeps.

    Raises
    ------
    ValueError
        When another has told this kind already.
    """
    if _HOLDINGS.setdefault(holding.kind, holding) is not holding:
        raise ValueError(f"two holdings are called {holding.kind}")


def holdings() -> Mapping[str, Holding]:
    """Every kind of record that may be about a home, by its name."""
    return _HOLDINGS
