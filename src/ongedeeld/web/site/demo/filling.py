"""Fill an empty workbench with the model city and the people of the demo."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.sources.model_city import model_city
from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.actions import write_note
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.cities.actions import accept, store
from ongedeeld.web.cities.model_addresses import give_model_addresses
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened
from ongedeeld.web.plans.actions import Draft, add_say, add_sign, add_step, make_plan
from ongedeeld.web.plans.figures import figures_of
from ongedeeld.web.site.demo.asked import request_asked
from ongedeeld.web.site.demo.debts import debts
from ongedeeld.web.site.demo.lives import lives_given
from ongedeeld.web.site.demo.partnering import partners
from ongedeeld.web.site.demo.people import GUESTS, Guest
from ongedeeld.web.site.demo.referring import referred
from ongedeeld.web.site.demo.resident import life_kept
from ongedeeld.web.site.demo.signalling import signals_seen

# Words of invented people in an invented city: as in real life they stand in the language of who wrote them.
NOTES = (
    "Op het plein zitten sinds de zomer weer mensen. De ondernemers openen om de beurt op zondag.",
    "De fietsenberging staat vol; bewoners vragen om een tweede beugel bij de ingang.",
)
WORKED_HERE = timedelta(days=90)
"""Since when the guests hold their roles: what they saw and did lies before today."""
PLAN_TITLE = "Elkaar weer tegenkomen"
PLAN_GOAL = "Bewoners van de nieuwe en de oude blokken kennen elkaar en gebruiken de binnentuin samen."
PLAN_STEP = "Met bewoners de binnentuin opnieuw inrichten, met een plek om te zitten"
PLAN_ASKED = "koffieochtend in de binnentuin"
PLAN_SAID = "We groeten elkaar wel, maar er is geen plek waar je blijft staan. Een bank zou al helpen."
PLAN_SIGN, PLAN_EXPECTED = "livability3_cohesion", 0.1


def fill(scale: float = 1.0) -> None:
    """Make what is missing; what is there from an earlier time stays.

    Parameters
    ----------
    scale
        The size of the model city; 1 has 60,000 homes.
    """
    if not CityVersion.objects.filter(state=CityVersion.State.CURRENT).exists():
        accept(store(model_city(seed=1, scale=scale), actor=None), actor=None)
    version = CityVersion.objects.get(state=CityVersion.State.CURRENT)
    give_model_addresses(version)
    held = opened(str(version.key), version.folder)
    with transaction.atomic():
        new = people(held.city, timezone.localdate())
        if new:
            work_done(held, timezone.localdate())
            partners(
                _guest(Role.POLICY_ADVISER),
                _guest(Role.HOUSING_CONSULTANT),
                _guest(Role.PARTNER),
                timezone.now(),
                timezone.localdate(),
            )
            consultant = _guest(Role.HOUSING_CONSULTANT)
            theirs = [
                one.code for one in places_of(held).within(own_codes(consultant)) if one.kind == "complex"
            ]
            referred(consultant, _guest(Role.PARTNER), theirs, timezone.now(), timezone.localdate())
            signals_seen(held, timezone.now(), timezone.localdate())
            request_asked(_guest(Role.PRIVACY_OFFICER), timezone.now(), timezone.localdate())
            lives_given(timezone.localdate())
        life_kept(_guest(Role.HOUSING_CONSULTANT), timezone.now(), timezone.localdate())


def people(city: City, today: date) -> int:
    """Every guest who is not there yet, with a role in the areas that have these names.

    A small model city has not all of them; who would work nowhere works in its first district.

    Returns
    -------
    How many were not there yet.
    """
    before = Person.objects.count()
    areas = city.table("areas")
    codes: dict[str, str] = dict(zip(areas["name"], areas["code"], strict=True))
    first = areas.filter(areas["level"] == "district")["code"].sort().head(1).to_list()
    for guest in GUESTS:
        if not Person.objects.filter(email=guest.email).exists():
            _move_in(guest, [codes[name] for name in guest.areas if name in codes] or first, today)
    return Person.objects.count() - before


def work_done(held: Opened, today: date) -> None:
    """What some of them saw and meant to do, to find more than figures: all of it invented."""
    consultant, lead = _guest(Role.HOUSING_CONSULTANT), _guest(Role.AREA_MANAGER)
    places = places_of(held)
    here = [place for place in places.within(own_codes(consultant)) if place.kind == "neighbourhood"]
    for place, words in zip(here, NOTES, strict=False):
        write_note(place, words, actor=consultant)
    taken: set[str] = set()
    for person in (consultant, lead):
        complexes = [place.code for place in places.within(own_codes(person)) if place.kind == "complex"]
        taken |= debts(person, [number for number in complexes if number not in taken], today)
    there = [place for place in places.within(own_codes(lead)) if place.kind == "neighbourhood"]
    for place in there[:1]:
        _plan_begun(held, Area(place.code, place.name, place.kind, tuple(place.area_codes)), lead, today)


def _plan_begun(held: Opened, place: Area, lead: Person, today: date) -> None:
    review = today + timedelta(days=180)
    plan = make_plan(place, Draft(PLAN_TITLE, PLAN_GOAL, review_on=review), actor=lead)
    add_step(
        plan,
        what=PLAN_STEP,
        owner="wijkteam",
        due=today + timedelta(days=60),
        budget_cents=250_000,
        today=today,
        actor=lead,
    )
    add_say(plan, of="residents", how=PLAN_ASKED, words=PLAN_SAID, day=today, actor=lead)
    score = figures_of(held, place.code).get(PLAN_SIGN)
    if score is not None:
        by_day = today + timedelta(days=2 * 365)
        add_sign(plan, figure=score, expected=score.value + PLAN_EXPECTED, by_day=by_day, actor=lead)


def _guest(role: Role) -> Person:
    return Person.objects.get(email=next(guest.email for guest in GUESTS if guest.role is role))


def _move_in(guest: Guest, codes: list[str], today: date) -> None:
    person = Person.objects.create_user(guest.email, name=guest.name, is_demo=True)
    everywhere = not guest.areas
    held = RoleHeld.objects.create(
        person=person, role=guest.role, everywhere=everywhere, from_day=today - WORKED_HERE
    )
    if not everywhere:
        RoleArea.objects.bulk_create(RoleArea(role_held=held, code=code) for code in codes)
