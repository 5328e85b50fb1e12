"""What the people of the demo saw and what came of it: two teams, rules, a dozen signals; all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import RoutingRule, Signal, SignalEvent, Team, TeamMember
from ongedeeld.web.signals.reporting.receiving import Seen, report
from ongedeeld.web.signals.reporting.spots import Spot, spot_at
from ongedeeld.web.site.demo.people import GUESTS

Kind, Weight, Outcome, Ground = Signal.Kind, Signal.Weight, Signal.Outcome, SignalEvent.Ground
APART = 7
"""So many addresses lie between two homes of the demo, so that they are in different stairwells."""


@dataclass(frozen=True)
class Step:
    """What somebody did with a signal, so many days after it came."""

    days: int
    taken: Taken


@dataclass(frozen=True)
class Story:
    """Something that was seen so many days ago, by whom, and what was done."""

    by: Role
    days_ago: int
    kind: str
    domain: str
    facts: tuple[str, ...]
    note: str = ""
    did: str = ""
    weight: str = ""
    danger: bool = False
    steps: tuple[Step, ...] = field(default_factory=tuple)


PICK_UP = Taken("pick_up")


def _spoke(words: str, answer: str = "") -> Taken:
    return Taken("contact", words=words, answer=answer)


def _closed(words: str, outcome: str, answer: str = "") -> Taken:
    return Taken("close", words=words, outcome=outcome, answer=answer)


# As in real life the words stand in the language of who wrote them.
STORIES = (
    Story(
        Role.CARETAKER,
        34,
        Kind.CONCERN,
        "benefits",
        ("post_piles_up", "asks_about_letter"),
        "Er ligt een stapel brieven. De bewoner vroeg of ik een brief van de gemeente wilde lezen.",
        "Gezegd dat een collega belt.",
        steps=(
            Step(1, PICK_UP),
            Step(2, _spoke("Samen de brieven geopend. Afspraak bij het spreekuur op dinsdag.")),
            Step(
                9,
                _closed(
                    "Het spreekuur heeft de toeslag aangevraagd.",
                    Outcome.HELPED_BY_OTHERS,
                    "Goed dat je het zag: de brieven zijn geopend en er is hulp bij geregeld.",
                ),
            ),
        ),
    ),
    Story(
        Role.FITTER,
        27,
        Kind.HOME,
        "housing",
        ("mould",),
        "Vocht in de hoek van de slaapkamer, ook achter de kast.",
        steps=(
            Step(3, PICK_UP),
            Step(8, _spoke("Een vakman kijkt deze week naar de gevel.", "De gevel wordt nagekeken.")),
            Step(20, _closed("De voeg is hersteld.", Outcome.SOLVED)),
        ),
    ),
    Story(
        Role.CARETAKER,
        24,
        Kind.NUISANCE,
        "housing",
        ("noise_day",),
        "Twee buren horen elkaars kinderen spelen.",
        "Voorgesteld dat zij samen koffie drinken.",
        weight=Weight.LOAD,
        steps=(
            Step(2, PICK_UP),
            Step(6, _closed("Zij hebben elkaar gesproken en tijden afgesproken.", Outcome.SOLVED)),
        ),
    ),
    Story(
        Role.CARETAKER,
        16,
        Kind.NUISANCE,
        "housing",
        ("noise_evening", "shouting"),
        "Drie avonden achter elkaar tot na middernacht.",
        weight=Weight.NUISANCE,
        steps=(
            Step(1, PICK_UP),
            Step(4, _spoke("Gesprek gehad met beide buren. Buurtbemiddeling aangeboden.")),
            Step(
                6,
                Taken(
                    "pass_on",
                    words="Zij willen graag een gesprek met een bemiddelaar erbij.",
                    partner="Buurtbemiddeling",
                    ground=Ground.AGREED,
                ),
            ),
        ),
    ),
    Story(
        Role.FITTER,
        12,
        Kind.CONCERN,
        "care",
        ("hard_to_live_in", "alone"),
        "De bewoner slaapt beneden omdat de trap te zwaar is.",
        steps=(Step(2, PICK_UP), Step(5, _spoke("Wil graag verhuizen binnen de buurt, met de kat mee."))),
    ),
    Story(Role.CARETAKER, 11, Kind.PUBLIC_SPACE, "", ("bulky_waste", "litter_all"), "Naast de container."),
    Story(
        Role.CARETAKER,
        9,
        Kind.HOME,
        "housing",
        ("lift_out",),
        "De derde keer deze maand.",
        steps=(Step(1, PICK_UP), Step(2, Taken("answer", answer="De liftbouwer komt donderdag."))),
    ),
    Story(
        Role.AREA_MANAGER,
        8,
        Kind.CONCERN,
        "work",
        ("lost_work", "little_food"),
        "Vertelde bij de deur dat het contract niet is verlengd.",
        steps=(Step(1, _spoke("Samen het loket voor inkomen gebeld; afspraak staat.")),),
    ),
    Story(Role.AREA_MANAGER, 6, Kind.PUBLIC_SPACE, "", ("lamp_out",), "Bij de ingang van de berging."),
    Story(Role.FITTER, 5, Kind.HOME, "housing", ("wiring",), "In de meterkast.", danger=True),
    Story(
        Role.CARETAKER,
        2,
        Kind.CONCERN,
        "care",
        ("curtains_shut", "not_seen"),
        "De buren hebben de bewoner ook niet gezien.",
        "Aangebeld; geen antwoord.",
    ),
    Story(Role.AREA_MANAGER, 1, Kind.NUISANCE, "", ("things_in_hall",), weight=Weight.LOAD),
)


def signals_seen(held: Opened, now: datetime, today: date) -> None:
    """Make the teams, the rules and the signals of the demo, once."""
    if Team.objects.exists():
        return
    consultant, lead = _guest(Role.HOUSING_CONSULTANT), _guest(Role.AREA_MANAGER)
    called = _names(held, consultant, lead)
    teams = (_team(called[0], consultant), _team(called[1], lead))
    _rules(*teams, today=today)
    spots = {role: _spots(_guest(role), held) for role in {story.by for story in STORIES}}
    for story in STORIES:
        spot = next(spots[story.by], None)
        if spot is not None:
            _tell(story, spot, now)


def _names(held: Opened, *leads: Person) -> list[str]:
    """What the areas are called in which people work, each name once: a small city has few areas."""
    known = dict(held.city.table("areas").select("code", "name").iter_rows())
    found: list[str] = []
    for person in leads:
        codes = sorted(own_codes(person) or ())
        name = str(known[codes[0]]) if codes else held.city.manifest.region
        found.append(f"{name} {found.count(name) + 1}" if name in found else name)
    return found


def _team(name: str, leads: Person) -> Team:
    team = Team.objects.create(name=f"Team {name}", areas=sorted(own_codes(leads) or ()))
    TeamMember.objects.create(team=team, person=leads.key, leads=True)
    return team


def _rules(centre: Team, suburb: Team, *, today: date) -> None:
    """Danger goes first, public space may take longer, and nuisance in one district has a team of its own."""
    begin = today - timedelta(days=90)
    danger = ((f"Gevaar: {team}", team, {"danger": True, "working_days": 1}) for team in (centre, suburb))
    rules: tuple[tuple[str, Team, dict[str, Any]], ...] = (
        *danger,
        (f"Overlast: {suburb}", suburb, {"kind": Kind.NUISANCE, "working_days": 3}),
        ("Buitenruimte", centre, {"kind": Kind.PUBLIC_SPACE, "working_days": 10}),
    )
    for place, (name, team, told) in enumerate(rules, start=1):
        area = team.areas[0] if team.areas else ""
        RoutingRule.objects.create(name=name, team=team, area=area, place=place, from_day=begin, **told)


def _spots(person: Person, held: Opened) -> Iterator[Spot]:
    """Homes within the reach of a guest, some addresses apart."""
    areas = held.city.table("areas")
    codes = own_codes(person) or frozenset()
    inside = areas.filter(areas["code"].is_in(codes) | areas["parent"].is_in(codes))["code"].to_list()
    numbers = Address.objects.filter(area__in=inside).order_by("id").values_list("pk", flat=True)
    found = (spot_at(person, number) for number in numbers[::APART])
    return (spot for spot in found if spot is not None)


def _tell(story: Story, spot: Spot, now: datetime) -> None:
    """Report what was seen, and take the steps that followed, each at its own time."""
    came = now - timedelta(days=story.days_ago)
    is_place = story.kind == Kind.PUBLIC_SPACE
    seen = Seen(
        kind=story.kind,
        domain=story.domain,
        weight=story.weight,
        danger=story.danger,
        contents=Contents(address=spot.name, facts=story.facts, note=story.note, did=story.did),
        seen_on=came.date(),
        area_codes=spot.area_codes,
        complex=spot.complex,
        home="" if is_place else spot.home,
        near=spot.home if is_place else "",
    )
    signal = report(seen, actor=_guest(story.by), now=came, today=came.date())
    owner = Person.objects.get(key=signal.owner)
    for step in story.steps:
        at = came + timedelta(days=step.days)
        take(signal, step.taken, version=signal.version, actor=owner, now=at, today=at.date())


def _guest(role: Role) -> Person:
    return Person.objects.get(email=next(guest.email for guest in GUESTS if guest.role is role))
