"""What stands above results side by side: what is invented, carried on, or not told by so few futures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, note
from ongedeeld.simulation.comparing.spread import FEWEST_TO_TELL, LEVELS, fewest
from ongedeeld.simulation.futures.asked import Asked
from ongedeeld.simulation.preparing.caveats import beside
from ongedeeld.vocabulary.spoken import Day

INVENTED = N_("This City is invented: nothing in these results is of a real place or person")
PEOPLE_INVENTED = N_(
    "Households and seekers are invented: drawn from assumptions and from the homes and tenancies of the "
    "City; figures of small places are not rounded and tell nothing of a real household"
)
DRAWN = N_(
    "The homes are drawn from published totals: they are estimated, and none of them is real. Such a stock "
    "has no cards, so load, capacity and balance are not told"
)
LAW_CARRIED = N_("From {day} on values of the law that are not known yet are those last known, carried on")
WHAT_IF = N_("{policy} was run to see what it would do: it need not be lawful")
NO_AS_NOW = N_(
    "None of these results is of things as now: {policy} stands in its place, so that what is told of as now "
    "is told of that policy"
)
FEW_FUTURES = N_("With {futures} futures intervals of {percent}% are not told: they take {needed}")
FEW_PAIRS = N_("With {pairs} pairs of futures no change is told apart from chance: it takes {needed}")
IN_COMMON = N_("Compared are the {futures} futures that all results have; some have more")


@dataclass(frozen=True)
class AtHand:
    """How many futures are compared, and how many pairs of them that differ in what is assumed."""

    futures: int
    pairs: int

    def notes(self) -> tuple[Note, ...]:
        """What so few of them cannot tell."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[Note]:
        short = [level for level in LEVELS if self.futures < fewest(level)]
        if short:
            yield note(
                FEW_FUTURES, futures=self.futures, percent=round(100 * short[0]), needed=fewest(short[0])
            )
        if self.pairs < FEWEST_TO_TELL:
            yield note(FEW_PAIRS, pairs=self.pairs, needed=FEWEST_TO_TELL)


def notes_of_results(asked: Mapping[str, Asked]) -> tuple[Note, ...]:
    """What the results themselves say to take care of, by the label of each; what is alike once."""
    first = next(iter(asked.values()))
    found = [note(INVENTED)] if first.invented else []
    found += [note(WHAT_IF, policy=label) for label, one in asked.items() if one.what_if]
    if first.carried_from is not None:
        found.append(note(LAW_CARRIED, day=Day(first.carried_from)))
    told = {each.say(): each for one in asked.values() for each in beside(one.caveats)}
    return (*found, *(note(each.text, **each.inputs) for each in told.values()))
