"""Every page that has an address, with somebody of the demo who may see it.

The table of permissions names all addresses, so that a page that is added to it is looked at from then on.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address as Home
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.plans.models import Plan
from ongedeeld.web.preventing.queries import arrears_for, cases_for, deliveries_for
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import RoutingRule, Signal, Team
from ongedeeld.web.signals.queries import signals_for
from ongedeeld.web.signals.reporting.receiving import Seen, report
from ongedeeld.web.signals.reporting.spots import complexes_for, find_spots
from ongedeeld.web.site.demo.people import GUESTS
from tests.web.things import THINGS, Visit
from tests.web.things_partners import support

TABLE = Path(__file__).parents[1] / "permissions.csv"
_FIRST = (
    Role.AREA_MANAGER,
    Role.POLICY_ADVISER,
    Role.DATA_MANAGER,
    Role.PRIVACY_OFFICER,
    Role.MANAGER,
    Role.DIRECTOR,
    Role.PARTNER,
)
WHO = (*_FIRST, *(role for role in Role if role not in _FIRST))
"""Who looks, in this order: the first that may see a page does."""
# What these addresses give is a file, or an answer for a program, and no page.
FILES = frozenset(
    {
        "export_processed",
        "neighbourhood_document",
        "complex_document",
        "plan_document",
        "map_export",
        "map_tile",
        "export_request",
        "map_shapes",
        "own_template",
        "local_policy_file",
        "openapi",
        "mfa_login_webauthn",
        "new_signal_standing",
        "signal_counts_file",
        "signal_photo",
        "signal_rules_file",
        "signals_worker",
        "own_download",
        "own_map_worker",
        "hsds_json",
        "hsds_zip",
        "network_file",
        "offers_for_residents",
        "share_receivers",
        "shares",
        "vault_items",
        "vault_pending",
        "vault_stand",
        "vault_versions",
    }
)
PROGRAMS = "api:"
RESIDENT = "resident"
# These are part of a way that people of the demo, who have no password, do not go: the stories walk it.
ON_THE_WAY = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "account_reset_password_from_key",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


# Until a script opens a map in them, these are the page of the door.
THE_DOOR_ONCE_MORE = frozenset({"own_map", "own_map_shell"})


@dataclass(frozen=True)
class Address:
    """A page: its name, what its address asks, and who looks at it.

    Nobody has not signed in; a resident has not either, but their map is open.
    """

    name: str
    asks: str
    role: Role | None
    of_resident: bool = False

    def path(self) -> str:
        """Where it is, in the demo that is being looked at."""
        who = guest(self.role or WHO[0])
        asked = (part.split("=") for part in self.asks.split())
        return reverse(self.name, kwargs={argument: _found(thing, who) for argument, thing in asked})


def addresses() -> list[Address]:
    """All pages, in the order of the table."""
    with TABLE.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["method"] == "GET"]
    pages = [row for row in rows if row["page"] not in FILES | ON_THE_WAY | THE_DOOR_ONCE_MORE]
    seen = [(row, _looks(row)) for row in pages if not row["page"].startswith(PROGRAMS)]
    roles = {"nobody": None, RESIDENT: None, **{str(role): role for role in WHO}}
    return [Address(row["page"], row["with"], roles[who], who == RESIDENT) for row, who in seen if who]


def _looks(row: dict[str, str]) -> str:
    """Who may see it: nobody in particular, or the first role that may; empty where nobody may."""
    return next((who for who in ("nobody", *WHO, RESIDENT) if row[who] in ("yes", "own")), "")


def guest(role: Role) -> Person:
    """The invented person of the demo who has this role."""
    return Person.objects.get(email=next(one.email for one in GUESTS if one.role is role))


def read() -> Opened:
    """The City of the demo."""
    held = current(guest(WHO[0]))
    assert held is not None
    return held


def the_plan() -> Plan:
    """The plan of the demo."""
    return Plan.objects.earliest("made_at")


def the_vault() -> Vault:
    """The vault of the resident of the demo."""
    return Vault.objects.earliest("id")


def place_of_the_plan(_: Person | None = None) -> str:
    """The neighbourhood for which the demo has a plan."""
    return the_plan().unit


def largest_complex(_: Person | None = None) -> str:
    """The complex with the most homes there."""
    homes = read().city.table("dwellings").filter(area=place_of_the_plan())
    return str(homes["complex"].drop_nulls().value_counts(sort=True)["complex"][0])


def reported(kind: str, not_told: str = "") -> Signal:
    """What the caretaker of the demo saw at the first home where he works, or before its door."""
    caretaker, today = guest(Role.CARETAKER), timezone.localdate()
    (number, _), *_ = complexes_for(caretaker)[0][1]
    home = Home.objects.filter(complex=number).earliest("id")
    spot = next(one for one in find_spots(caretaker, str(home)) if one.address == home.pk)
    contents = Contents(
        address=spot.name, facts=("post_piles_up",), note="Er ligt post van weken.", not_told=not_told
    )
    is_place = kind == Signal.Kind.PUBLIC_SPACE
    seen = Seen(
        kind,
        contents,
        today,
        spot.area_codes,
        complex=spot.complex,
        home="" if is_place else spot.home,
        near=spot.home if is_place else "",
        told_by=today + timedelta(days=3) if not_told else None,
    )
    return report(seen, actor=caretaker, now=timezone.now(), today=today)


def seen_by(who: Person, kind: str) -> Signal:
    """A signal of the demo that somebody may answer; reported now where there is none."""
    there = signals_for(who, timezone.localdate()).open().filter(kind=kind)
    return there.first() or reported(kind)


# What pages are about; whatever is not here is made as for the test of permissions.
OF_THE_DEMO: dict[str, Callable[[Person], object]] = {
    "area": place_of_the_plan,
    "complex": largest_complex,
    "plan": lambda _: the_plan().key,
    "step": lambda _: the_plan().steps.earliest("due").key,
    "sign": lambda _: the_plan().signs.earliest("by_day").key,
    "say": lambda _: the_plan().says.earliest("day").key,
    "city_version": lambda _: read().version,
    "colleague": lambda _: guest(Role.PARTNER).key,
    "signal": lambda who: seen_by(who, Signal.Kind.CONCERN).key,
    "public_signal": lambda who: seen_by(who, Signal.Kind.PUBLIC_SPACE).key,
    "signal_team": lambda _: Team.objects.latest("id").key,
    "signal_rule": lambda _: RoutingRule.objects.get(kind=Signal.Kind.NUISANCE).key,
    "arrears": lambda who: arrears_for(who, today=timezone.localdate()).earliest("id").key,
    "delivery": lambda who: deliveries_for(who, today=timezone.localdate()).earliest("id").key,
    "support": lambda who: support(min(own_codes(who) or ())),
    "case": lambda who: cases_for(who, today=timezone.localdate()).earliest("id").key,
    "job": lambda who: Job.objects.create(kind="areas.warm", once=str(uuid4()), asked_by=who.key).key,
}


def _found(thing: str, who: Person) -> object:
    if thing in OF_THE_DEMO:
        return OF_THE_DEMO[thing](who)
    return THINGS[thing](Visit(read().city, _invited, who))[0]


def _invited(role: Role) -> Person:
    """Somebody who was invited and has not come in yet."""
    return Person.objects.create(email=f"nieuw{Person.objects.count()}@voorbeeld.invalid", name="Noor de Wit")
