"""What a simulation cannot tell, so that nobody reads it into the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Panel, Section

UNTOLD = (
    N_(
        "How livable a neighbourhood becomes. Load, capacity and balance follow turnover, length of "
        "residence, mediation, support, young tenants and evictions; how people get on with each other, "
        "nuisance and safety are not simulated."
    ),
    N_(
        "How others react: private landlords, other associations, buyers and neighbouring municipalities go "
        "on as they do. Seekers react to homes as before, also when a policy changes their chances."
    ),
    N_("Who looks for a home in more than one municipality: everybody seeks in one."),
    N_(
        "Anything of one household, or of one address: households are invented, and figures are of groups "
        "and places."
    ),
)


def untold_section(told: Told) -> Section:
    """What these results cannot tell, and how much of what was assumed nobody has measured."""
    speech = told.speech
    sentences = (*_graded(told), *(speech.say(text) for text in UNTOLD))
    return Section(
        "untold",
        speech.say("What this cannot tell"),
        panels=(Panel(speech.say("Read nothing of this into the figures"), sentences=sentences),),
    )


def _graded(told: Told) -> Iterator[str]:
    grades = Counter(one["grade"] for one in told.comparison.asked.assumptions.values())
    if grades["none"]:
        yield told.speech.say(
            "How far off the assumptions are. Of {all} assumptions {none} rest on no research: they are "
            "choices of this project or of who simulated. {weak} more rest on weak evidence.",
            all=told.speech.number(grades.total()),
            none=told.speech.number(grades["none"]),
            weak=told.speech.number(grades["weak"]),
        )
