"""Read requests and what was found for them: who fetches one may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.queries import lines_about
from ongedeeld.web.safeguards.request_contents import (
    Contents,
    answer_bound_to,
    contents_of,
    finding_bound_to,
    step_bound_to,
)
from ongedeeld.web.safeguards.request_deciding import AT_ONCE, GIVEN, decisions_on
from ongedeeld.web.safeguards.request_holdings import Found, Holding, Home, holdings
from ongedeeld.web.safeguards.request_marks import Beside, beside, is_stopped
from ongedeeld.web.safeguards.request_models import Finding, Request, RequestStep
from ongedeeld.web.safeguards.sealing import unseal

RIGHT = "safeguards.answer_requests"
FINDING = "request finding"
"""What the audit record calls something that was decided on for a resident."""


_BEFORE = N_("It came before who asks lived there, as they say: it may be about somebody else.")
_SINCE_UNKNOWN = N_("Since when who asks lives there is not known: look whether it is about them.")


@dataclass(frozen=True)
class Shown:
    """Something that was found, with what was decided of it so far and what residents had laid at it.

    Parameters
    ----------
    right
        What was asked.
    holding
        Of which kind it is.
    found
        What it tells.
    finding
        What was decided; none before somebody did.
    words
        Why, or what the resident says against it.
    doubt
        Why it may be about somebody else who lived there; empty where nothing tells so.
    is_stopped
        Whether nobody uses it.
    beside
        What residents say against it.
    seen_on
        On which days somebody looked at it, as the audit record tells; beside the work on requests.
    """

    right: str
    holding: Holding
    found: Found
    finding: Finding | None
    words: str
    doubt: str
    is_stopped: bool
    beside: tuple[Beside, ...]
    seen_on: tuple[date, ...]

    @property
    def decision(self) -> str:
        """What was decided; empty before somebody did."""
        return self.finding.decision if self.finding else ""

    @property
    def at_once(self) -> list[Finding.Decision]:
        """What may be decided of it in one click: to give what may be about another takes words."""
        able = [one for one in decisions_on(self.right, self.holding) if one in AT_ONCE]
        return [one for one in able if one not in GIVEN] if self.doubt else able


@dataclass(frozen=True)
class Step:
    """Something that was done for a request, with its words and the name of who did it."""

    step: RequestStep
    words: str
    who: str


def requests_for(person: Person) -> QuerySet[Request]:
    """Every request: the open ones by the end of their term, then the answered ones, the last first."""
    require(person, RIGHT)
    is_open = When(state=Request.State.OPEN, then=Value(0))
    return Request.objects.annotate(
        closed=Case(is_open, default=Value(1), output_field=IntegerField()),
        first=Case(When(state=Request.State.OPEN, then="due")),
    ).order_by("closed", "first", "-closed_on", "-id")


def request_for(person: Person, key: UUID) -> Request:
    """One request.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    require(person, RIGHT)
    found = Request.objects.filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such request, or it was removed after its term."))
    return found


def told_of(person: Person, request: Request) -> Contents:
    """Who asks, and what they say."""
    require(person, RIGHT)
    return contents_of(request.key, request.sealed)


def answer_of(person: Person, request: Request) -> str:
    """What was answered; empty before."""
    require(person, RIGHT)
    return unseal(request.answer, answer_bound_to(request.key)) if request.answer else ""


def steps_of(person: Person, request: Request) -> list[Step]:
    """What was done, the first first."""
    require(person, RIGHT)
    steps = list(request.steps.all())
    names = dict(Person.objects.filter(key__in={one.actor for one in steps}).values_list("key", "name"))
    bound = step_bound_to(request.key)
    return [Step(one, unseal(one.sealed, bound) if one.sealed else "", _who(names, one)) for one in steps]


def _who(names: Mapping[UUID, str], step: RequestStep) -> str:
    return names.get(step.actor, "") if step.actor else ""


def found_for(person: Person, request: Request) -> list[Shown]:
    """What is kept of the home, and the records that were added by their key; the last first."""
    require(person, RIGHT)
    contents = contents_of(request.key, request.sealed)
    decided = {(one.kind, one.thing): one for one in request.findings.all()}
    found = {(holding.kind, one.key): (holding, one) for holding, one in _looked_up(contents, decided)}
    shown = [
        _shown(request.right, holding, one, decided.get(which), contents)
        for which, (holding, one) in found.items()
    ]
    return sorted(shown, key=lambda one: one.found.day or date.max, reverse=True)


def _looked_up(
    contents: Contents, decided: Mapping[tuple[str, UUID], Finding]
) -> list[tuple[Holding, Found]]:
    found = []
    for kind, holding in holdings().items():
        if contents.home:
            found += [(holding, one) for one in holding.of_home(Home(contents.home))]
        named = (holding.named(thing) for held, thing in decided if held == kind)
        found += [(holding, one) for one in named if one is not None]
    return found


def _shown(right: str, holding: Holding, found: Found, finding: Finding | None, contents: Contents) -> Shown:
    words = unseal(finding.sealed, finding_bound_to(finding.key)) if finding and finding.sealed else ""
    looks = Entry.objects.filter(thing=str(found.key)).exclude(kind=FINDING).dates("at", "day")
    return Shown(
        right=right,
        holding=holding,
        found=found,
        finding=finding,
        words=words,
        doubt=_doubt(found, contents),
        is_stopped=is_stopped(holding.kind, found.key),
        beside=tuple(beside(holding.kind, found.key)),
        seen_on=tuple(looks),
    )


def _doubt(found: Found, contents: Contents) -> str:
    if contents.lived_from is None:
        return _SINCE_UNKNOWN
    return _BEFORE if found.day is not None and found.day < contents.lived_from else ""


def earlier_of(person: Person, request: Request) -> list[Request]:
    """Other requests about the same home, the last first."""
    require(person, RIGHT)
    if not request.home:
        return []
    return list(
        Request.objects.filter(home=request.home).exclude(pk=request.pk).order_by("-received_on", "-id")
    )


def lines_of(person: Person, request: Request) -> QuerySet[Processed]:
    """What the processing log holds of the home, beside the work on requests; the last first."""
    require(person, RIGHT)
    if not request.home:
        return Processed.objects.none()
    return lines_about(person, request.home).exclude(activity="safeguards.request")


def removed_of(request: Request, shown: Sequence[Shown]) -> list[Finding]:
    """What was decided of records that are no longer there: removed for this request, or past their term."""
    there = {(one.holding.kind, one.found.key) for one in shown}
    return [one for one in request.findings.all() if (one.kind, one.thing) not in there]


def undecided(request: Request, shown: Sequence[Shown]) -> int:
    """Of how many records that were found nothing is decided yet."""
    return sum(1 for one in shown if one.decision not in decisions_on(request.right, one.holding))
