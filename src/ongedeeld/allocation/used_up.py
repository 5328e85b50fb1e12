"""Why a limit left no room at a letting, in the numbers of that moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ongedeeld.allocation import _plain
from ongedeeld.errors import N_
from ongedeeld.reasons import Reason
from ongedeeld.rules.amounts import Percent
from ongedeeld.vocabulary import Quantity

if TYPE_CHECKING:
    from ongedeeld.allocation.round import Round


def used_up(a_round: Round, vacancy: int, place: int) -> Iterator[Reason]:
    """What stood against one more letting under a limit when the home in one place was let.

    Parameters
    ----------
    a_round
        The round.
    vacancy
        The place of the home.
    place
        The place of the limit in the plan; it was not open for that home.
    """
    limit = a_round.plan.limits[place]
    name, (done, of) = limit.condition.name, _so_far(a_round, vacancy, place)
    if limit.most:
        text = N_("of such lettings this round has no more than {most}, and they were made")
        yield Reason(name, text, {"most": limit.most})
    if limit.most_share is not None:
        text = N_(
            "there is no room for it now: of {of} lettings of this year so far {done} went so, and with this "
            "one it would be {share}, more than {most}"
        )
        shares = {"share": Percent((done + 1) / (of + 1)), "most": Percent(float(limit.most_share))}
        yield Reason(name, text, {"of": Quantity(of), "done": Quantity(done), **shares})


def _so_far(a_round: Round, vacancy: int, place: int) -> tuple[int, int]:
    """How many lettings met a limit before the home in a place was let, out of how many that it is about."""
    problem, limit = a_round.problem, a_round.plan.limits[place]
    tally, condition = problem.limit_tally[place], problem.limits[place]
    winners = a_round.outcome.winner[:vacancy]
    let = np.flatnonzero(winners >= 0)
    met = sum(_plain.holds(problem, int(condition), int(home), int(winners[home])) for home in let)
    return limit.done + met, limit.of + int(problem.tallied[tally, let].sum())
