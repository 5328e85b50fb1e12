"""Read the start page: what changed in somebody's areas, what asks for them, and what they follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import Language, load_evidence
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may, own_codes
from ongedeeld.web.areas.carrying import cards_now
from ongedeeld.web.areas.changes import Told, alarms_of, told_of
from ongedeeld.web.areas.followed import FollowedPlace, followed_of
from ongedeeld.web.areas.inspecting import due_among
from ongedeeld.web.areas.models import Overrule
from ongedeeld.web.areas.places import Place, Places, places_of
from ongedeeld.web.areas.queries import ComplexRow, last_inspected, rows_of, views_running
from ongedeeld.web.areas.waiting import Waiting
from ongedeeld.web.areas.waiting import waiting_for as waiting_elsewhere
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.knowledge.queries import evidence_waiting_for, waiting_for
from ongedeeld.web.knowledge.subjects import subjects
from ongedeeld.web.plans.models import Plan
from ongedeeld.web.plans.queries import due_for

SOON = timedelta(days=30)
"""A view that ends within this asks for somebody."""
MOST = 6


@dataclass(frozen=True)
class StartPage:
    """What stands on the start page.

    Parameters
    ----------
    everywhere
        Whether the person works everywhere, so that only what moved most is shown.
    changed
        Neighbourhoods in which figures moved, with those that moved most.
    areas
        How many neighbourhoods somebody has.
    alarms
        Complexes that worsen by more than chance, and what that rests on.
    cards
        The complexes with the largest task by all themes.
    ending
        Views of professionals that end soon, with the complex.
    due
        Complexes whose inspection soon no longer counts, longest ago first, and when that was; `due_more` are
        as many again that are not shown.
    evidence
        Evidence of the association's own that waits for an answer: name and label of its record.
    proposals
        Proposals of local policy that wait for an answer which the person may give: key and what it is about.
    plans
        Plans whose review is due, or of which a step is late.
    waiting
        How much waits for the person in other rooms.
    followed
        Places that the person follows, with what changed there.
    """

    everywhere: bool
    changed: tuple[tuple[Place, Told], ...]
    areas: int
    alarms: tuple[tuple[Place, str], ...]
    cards: tuple[ComplexRow, ...]
    ending: tuple[tuple[Overrule, Place], ...]
    due: tuple[tuple[Place, date | None], ...]
    due_more: int
    proposals: tuple[tuple[UUID, str], ...]
    evidence: tuple[tuple[str, str], ...]
    plans: tuple[Plan, ...]
    waiting: Waiting
    followed: tuple[FollowedPlace, ...]

    @property
    def shows_own_figures(self) -> bool:
        """Whether figures of the association itself are on it."""
        of_followed = any(one.alarm or one.place.kind == "complex" for one in self.followed)
        return bool(self.alarms or self.cards or self.ending or self.due or of_followed)


def start_page(person: Person, opened: Opened, language: Language, today: date) -> StartPage:
    """The start page of a person.

    Raises
    ------
    Refused
        When the person may see none.
    """
    require(person, "areas.see_start")
    places = places_of(opened)
    codes = own_codes(person)
    mine = list(places.within(codes))
    told = told_of(opened, language)
    theirs = _neighbourhoods(places, mine)
    figures = extent_of(person, "areas.see_own_figures")
    own = [one for one in mine if one.kind == "complex" and figures.covers(one)]
    inspected = last_inspected(opened, own)
    due = due_among(person, own, inspected, today)
    running = views_running([one.code for one in own], today)
    speech = Speech(language)
    return StartPage(
        codes is None,
        _changed(theirs, told),
        len(theirs),
        _alarms(opened, own, speech),
        _largest(opened, own, inspected, running),
        tuple((one, places.complexes[one.unit]) for one in running if one.until <= today + SOON),
        tuple(due[:MOST]),
        max(0, len(due) - MOST),
        _proposals(person, speech),
        _evidence(person, speech),
        tuple(due_for(person, today=today, codes=codes)[:MOST]) if may(person, "plans.see_plans") else (),
        waiting_elsewhere(person, today),
        followed_of(person, opened, told, speech, today),
    )


def _neighbourhoods(places: Places, mine: Iterable[Place]) -> list[Place]:
    """The neighbourhoods that are one's own, and those around one's own complexes."""
    codes = {one.neighbourhood for one in mine} - {""}
    return [places.neighbourhoods[code] for code in sorted(codes)]


def _changed(theirs: list[Place], told: Mapping[str, Told]) -> tuple[tuple[Place, Told], ...]:
    moved = [one for one in theirs if told[one.code].changes]
    largest = sorted(moved, key=lambda one: told[one.code].size, reverse=True)[:MOST]
    return tuple((one, told[one.code]) for one in largest)


def _alarms(opened: Opened, own: list[Place], speech: Speech) -> tuple[tuple[Place, str], ...]:
    if not own:
        return ()
    raised = alarms_of(opened, speech)
    return tuple((one, raised[one.code]) for one in own if one.code in raised)[:MOST]


def _largest(
    opened: Opened, own: list[Place], inspected: Mapping[str, date], running: list[Overrule]
) -> tuple[ComplexRow, ...]:
    if not own:
        return ()
    ranked = [row for row in rows_of(own, cards_now(opened), inspected, running) if row.rank is not None]
    return tuple(sorted(ranked, key=lambda row: row.rank or 0)[:MOST])


def _evidence(person: Person, speech: Speech) -> tuple[tuple[str, str], ...]:
    known = load_evidence()
    waiting = dict.fromkeys(one.name for one in evidence_waiting_for(person) if one.name in known)
    return tuple((name, capital(speech.told(known[name].label))) for name in list(waiting)[:MOST])


def _proposals(person: Person, speech: Speech) -> tuple[tuple[UUID, str], ...]:
    known = subjects()
    return tuple(
        (one.key, capital(speech.told(known[one.name].label)) if one.name in known else one.name)
        for one in waiting_for(person)[:MOST]
    )
