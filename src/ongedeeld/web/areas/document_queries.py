"""Read what stands in a document; whoever asks is judged first."""

from __future__ import annotations

from datetime import date

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.areas.carrying import cards_now, voices_of
from ongedeeld.web.areas.documents.contents import Contents, of_card, of_portrait
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.areas.portraits import portrait_of
from ongedeeld.web.areas.queries import card_of, residents_of
from ongedeeld.web.cities.opened import Opened


def neighbourhood_contents(
    person: Person, opened: Opened, code: str, speech: Speech, today: date
) -> tuple[Contents, bool]:
    """The portrait of a neighbourhood, and whether figures of the association itself are in it.

    Raises
    ------
    AbsentError
        When the City has no such neighbourhood.
    Refused
        When the person may see nothing of it.
    """
    places = places_of(opened)
    place = places.neighbourhood(code)
    require(person, "areas.see_neighbourhood", place)
    internal = bool(may(person, "areas.see_own_figures", place))
    audience: Audience = "internal" if internal else "public"
    units = [code, *(one.code for one in places.of(code))] if internal else [code]
    portrait = portrait_of(opened, code, speech.language, audience)
    residents = residents_of(units, today)
    return of_portrait(portrait, residents, foot_of(opened, speech), audience, speech), internal


def complex_contents(person: Person, opened: Opened, number: str, speech: Speech, today: date) -> Contents:
    """The card of a complex with the views on it as they hold today.

    Raises
    ------
    AbsentError
        When the City has no such complex, or tells too little of it for a card.
    Refused
        When the person may not see the association's own figures here.
    """
    place = places_of(opened).complex(number)
    require(person, "areas.see_own_figures", place)
    cards = cards_now(opened)
    if cards is None or number not in cards.units["unit"]:
        raise AbsentError(N_("this City tells too little of complex {number} for a card"), number=number)
    card = card_of(cards, place, speech.language, voices_of(number, today), today)
    return of_card(card, foot_of(opened, speech), speech)


def foot_of(opened: Opened, speech: Speech) -> str:
    """Where the figures come from, and that they are invented where they are."""
    manifest = opened.city.manifest
    made = speech.say(
        "Figures of {name}, put together on {day}.", name=manifest.name, day=speech.day(manifest.created)
    )
    if not manifest.invented:
        return made
    return f"{speech.say('Model city: every place, person and figure here is invented.')} {made}"
