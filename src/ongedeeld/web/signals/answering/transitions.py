"""What can be done with a signal, from where to where, and what the one who reported it hears of that.

The table is the whole of it: a step that does not stand here cannot be taken, and the picture in the
documentation is drawn from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ongedeeld.errors import N_
from ongedeeld.web.signals.models import Signal

State = Signal.State

OPEN = (State.NEW, State.TAKEN_UP, State.IN_CONTACT, State.PASSED_ON)
BEGUN = (State.TAKEN_UP, State.IN_CONTACT, State.PASSED_ON)


class Who(StrEnum):
    """Who takes a step."""

    HANDLER = "handler"
    REPORTER = "reporter"
    WORKBENCH = "workbench"


@dataclass(frozen=True)
class Step:
    """A step.

    Parameters
    ----------
    name
        How it stands in the history.
    text
        What it is called on a button.
    from_states
        Where it can be taken.
    to
        Where it leads; none is where it was.
    done
        What the history says of it.
    heard
        The sentence that the reporter hears; empty where it is not told.
    who
        Who takes it.
    asks
        What has to be told with it, beside `words`, which every step may hold.
    why
        What the words are asked for; empty where there need be none.
    untold
        Whether it is taken only while the resident was not told.
    kinds
        Of which kinds of signal it is; empty is of all.
    page
        The name of the page on which it is taken, where it has one of its own.
    """

    name: str
    text: str
    from_states: tuple[State, ...]
    to: State | None
    done: str
    heard: str = ""
    who: Who = Who.HANDLER
    asks: tuple[str, ...] = ()
    why: str = ""
    untold: bool = False
    kinds: tuple[Signal.Kind, ...] = ()
    page: str = ""

    def leads_to(self, state: str) -> State:
        """Where a signal is after this step."""
        return State(state) if self.to is None else self.to


_TABLE = (
    Step(
        "receive",
        N_("take in"),
        (),
        State.NEW,
        N_("came in"),
        N_("Received. A colleague looks at it."),
        Who.WORKBENCH,
    ),
    Step(
        "pick_up",
        N_("Take it up"),
        (State.NEW,),
        State.TAKEN_UP,
        N_("was taken up"),
        N_("A colleague took it up."),
    ),
    Step(
        "try_contact",
        N_("I tried to reach the resident"),
        (State.NEW, State.TAKEN_UP),
        State.TAKEN_UP,
        N_("contact was tried"),
        N_("A colleague tried to reach the resident and tries again."),
        why=N_("How did you try, and when do you try again?"),
    ),
    Step(
        "contact",
        N_("I spoke with the resident"),
        OPEN,
        State.IN_CONTACT,
        N_("there was contact with the resident"),
        N_("A colleague spoke with the resident."),
        why=N_("What did you agree together?"),
    ),
    Step(
        "visit",
        N_("We visited together"),
        OPEN,
        State.IN_CONTACT,
        N_("was visited together"),
        N_("A colleague went there together with somebody else."),
        asks=("partner",),
        why=N_("What did you agree together?"),
    ),
    Step(
        "pass_on",
        N_("Pass it on"),
        OPEN,
        State.PASSED_ON,
        N_("was passed on"),
        N_("It was passed on to who can help with it."),
        asks=("partner", "ground"),
        why=N_("What did you pass on, and why?"),
    ),
    Step(
        "forward",
        N_("Send it on to the municipality"),
        OPEN,
        State.PASSED_ON,
        N_("was sent on to the municipality"),
        N_("It was sent on to the municipality."),
        kinds=(Signal.Kind.PUBLIC_SPACE,),
        page="forward_signal",
    ),
    Step(
        "take_back",
        N_("It came back to us"),
        (State.PASSED_ON,),
        State.TAKEN_UP,
        N_("came back"),
        N_("It came back to us. A colleague goes on with it."),
        why=N_("Why did it come back?"),
    ),
    Step(
        "tell_resident",
        N_("The resident was told"),
        OPEN,
        None,
        N_("the resident was told of it"),
        why=N_("How was the resident told?"),
        untold=True,
    ),
    Step(
        "tell_later",
        N_("Tell the resident later"),
        OPEN,
        None,
        N_("the resident is told later"),
        asks=("told_by",),
        why=N_("Why not yet?"),
        untold=True,
    ),
    Step(
        "answer",
        N_("Let the reporter know something"),
        (*OPEN, State.CLOSED),
        None,
        N_("the reporter heard more"),
        asks=("answer",),
    ),
    Step(
        "note",
        N_("Write something down for the team"),
        OPEN,
        None,
        N_("something was written down"),
        why=N_("What should colleagues know?"),
    ),
    Step(
        "hand_over",
        N_("Hand it over"),
        OPEN,
        None,
        N_("was handed over"),
        N_("Another colleague goes on with it."),
        asks=("to",),
        why=N_("Why do you hand it over, and what is still to be done?"),
    ),
    Step(
        "close",
        N_("Close it"),
        OPEN,
        State.CLOSED,
        N_("was closed"),
        N_("It was closed."),
        asks=("outcome",),
        why=N_("Why can it be closed?"),
    ),
    Step(
        "reopen",
        N_("Open it again"),
        (State.CLOSED,),
        State.TAKEN_UP,
        N_("was opened again"),
        N_("A colleague opened it again."),
        why=N_("Why does it go on?"),
    ),
    Step(
        "see_more",
        N_("I saw more"),
        OPEN,
        None,
        N_("the reporter saw more"),
        N_("You added what you saw."),
        Who.REPORTER,
        why=N_("What did you see?"),
    ),
    Step(
        "not_over",
        N_("It is not over"),
        (State.CLOSED,),
        State.TAKEN_UP,
        N_("the reporter says that it is not over"),
        N_("You said that it is not over. A colleague looks at it again."),
        Who.REPORTER,
        why=N_("What did you see?"),
    ),
)

STEPS = {one.name: one for one in _TABLE}
"""Every step by its name, in the order in which they are offered."""

OUTCOMES = {
    Signal.Outcome.SOLVED: N_("It was solved."),
    Signal.Outcome.HELPED_BY_OTHERS: N_("Others help now, so we closed it."),
    Signal.Outcome.NOT_WANTED: N_("We offered help. The resident decides, and we closed it."),
    Signal.Outcome.NOTHING_FOUND: N_("We looked and found nothing that needs us, so we closed it."),
    Signal.Outcome.OTHER: N_("We closed it."),
}
"""What the reporter hears of each outcome."""


def can_be_taken(step: Step, signal: Signal) -> bool:
    """Whether a step can be taken with a signal as it stands, by whoever takes such steps."""
    return (
        signal.state in step.from_states
        and (not step.untold or signal.is_still_to_be_told)
        and (not step.kinds or signal.kind in step.kinds)
    )


def steps_of(signal: Signal, who: Who) -> Iterator[Step]:
    """The steps that somebody can take with a signal now, in the order of the table."""
    return (one for one in STEPS.values() if one.who is who and can_be_taken(one, signal))


def heard(step: str, outcome: str = "") -> str:
    """The sentence that the reporter hears of a step, to be translated; empty where it is not told."""
    if step == "close" and outcome:
        return OUTCOMES[Signal.Outcome(outcome)]
    return STEPS[step].heard
