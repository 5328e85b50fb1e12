"""What may be decided of something that was found, by what the resident asked."""

from __future__ import annotations

from collections.abc import Mapping

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_holdings import Holding
from ongedeeld.web.safeguards.request_models import Finding, Request

Right = Request.Right
Decision = Finding.Decision

_GIVING = (Decision.GIVE, Decision.WITHOUT_WORDS, Decision.LEAVE_OUT)
_BY_RIGHT: Mapping[str, tuple[Decision, ...]] = {
    Right.ACCESS: _GIVING,
    Right.EXPORT: _GIVING,
    Right.CORRECTION: (Decision.BESIDE, Decision.AS_IS),
    Right.RESTRICTION: (Decision.STOP, Decision.GO_ON),
    Right.OBJECTION: (Decision.STOP, Decision.GO_ON),
    Right.REMOVAL: (Decision.REMOVE, Decision.KEEP),
}
_MARKING = {Decision.BESIDE, Decision.STOP}
WITH_WORDS = frozenset(
    {
        Decision.WITHOUT_WORDS,
        Decision.LEAVE_OUT,
        Decision.BESIDE,
        Decision.AS_IS,
        Decision.GO_ON,
        Decision.KEEP,
    }
)
"""Decisions that need words: a reason, or what the resident says."""
AT_ONCE = (Decision.GIVE, Decision.STOP, Decision.NOT_THEIRS)
"""Decisions that need no words and can be taken back: one click."""
GIVEN = frozenset({Decision.GIVE, Decision.WITHOUT_WORDS})
STOPS_AT_ONCE = frozenset({Right.OBJECTION, Right.RESTRICTION})
"""Use ends as soon as it is sure who asks, until it is decided (GDPR 18(1)d)."""

ARTICLES: Mapping[str, str] = {
    Right.ACCESS: N_("GDPR 15"),
    Right.CORRECTION: N_("GDPR 16"),
    Right.REMOVAL: N_("GDPR 17"),
    Right.RESTRICTION: N_("GDPR 18"),
    Right.EXPORT: N_("GDPR 20"),
    Right.OBJECTION: N_("GDPR 21"),
}
ADVICE: Mapping[str, str] = {
    Right.ACCESS: N_(
        "Everything that is about who asks is given, unless it takes away the rights of others: leave out "
        "what tells of a neighbour, a former resident or a colleague (GDPR 15(4))."
    ),
    Right.EXPORT: N_(
        "This right holds for what somebody gave themselves, on the ground of consent or a contract. Most "
        "that is kept here rests on another ground: give it then as access, and say so."
    ),
    Right.CORRECTION: N_(
        "What a colleague saw stays as it was written; what the resident says lies beside it from now on, "
        "and whoever opens it reads both."
    ),
    Right.RESTRICTION: N_(
        "Nobody uses a record while its use is stopped; it is kept. Tell who asked before the stop ends "
        "(GDPR 18(3))."
    ),
    Right.OBJECTION: N_(
        "The use of all that was found stopped when it was made sure who asks. What rests on a legitimate "
        "interest goes on only for compelling grounds that outweigh theirs: write them down (GDPR 21(1)). Of "
        "what a law or the tenancy agreement asks, such as arrears, use may go on: say which it is."
    ),
    Right.REMOVAL: N_(
        "Remove what is no longer needed for what it was kept for. What the law asks to be kept, or what a "
        "legal claim needs, stays until its term: say which (GDPR 17(3))."
    ),
}


def decisions_on(right: str, holding: Holding) -> tuple[Decision, ...]:
    """What may be decided of a record of this kind."""
    can = [
        decision
        for decision in _BY_RIGHT[right]
        if (holding.heeds_marks or decision not in _MARKING)
        and (holding.remove is not None or decision != Decision.REMOVE)
    ]
    return (*can, Decision.NOT_THEIRS)
