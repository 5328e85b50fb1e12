"""States of pages that an address alone does not show: nothing found, something missing, something just done.

Each is a row: a page, who looks, and what they do there. A row costs one load, and one for each thing done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.places import places_of
from ongedeeld.web.cities.models import Address as Home
from tests.web.browser.looking import unfold
from tests.web.browser.pages import Address, guest, place_of_the_plan, read

Deed = Callable[[Page, Person], None]
NOWHERE = "Nergens 1"


@dataclass(frozen=True)
class State:
    """A page as somebody has it before them.

    Parameters
    ----------
    page, asks
        The name of its address, and what that asks, as in the table of permissions.
    role
        Who looks; None has not signed in.
    deeds
        What they do there, one after the other.
    query
        What the address asks besides.
    """

    page: str
    role: Role | None
    deeds: tuple[Deed, ...] = ()
    asks: str = ""
    query: dict[str, str | Callable[[], str]] = field(default_factory=dict)

    def __str__(self) -> str:
        """What it is called among the tests."""
        done = [str(getattr(deed, "__name__", "")).strip("_") for deed in self.deeds]
        return "-".join([self.page, *self.query, *done])

    def reach(self, page: Page) -> None:
        """Open the page and do what leads to the state."""
        person = guest(self.role) if self.role else guest(Role.AREA_MANAGER)
        told = {name: one if isinstance(one, str) else one() for name, one in self.query.items()}
        asked = "&".join(f"{name}={value}" for name, value in told.items())
        page.goto(Address(self.page, self.asks, self.role).path() + (f"?{asked}" if asked else ""))
        for deed in self.deeds:
            deed(page, person)


def send(page: Page, _: Person) -> None:
    """Send the form of the page with nothing filled in."""
    page.locator("main form.form button:not(.plain)").first.click()
    page.wait_for_selector("main [role=alert]")


def nowhere(page: Page, _: Person) -> None:
    """Write down an address that is not there."""
    page.fill("[name=zoek], [name=search]", NOWHERE)


def seek_nothing(page: Page, person: Person) -> None:
    """Seek an address that is not there."""
    nowhere(page, person)
    page.locator("main form.form button.main").click()
    page.wait_for_selector("main .empty")


def seek(page: Page, person: Person) -> None:
    """Seek an address where somebody works."""
    here = places_of(read()).within(own_codes(person))
    numbers = [place.code for place in here if place.kind == "complex"]
    home = Home.objects.filter(complex__in=numbers).earliest("id")
    page.fill("[name=zoek]", str(home))
    page.locator("main form.form button.main").click()
    page.wait_for_selector("main [name=address]")


def choose(page: Page, _: Person) -> None:
    """Choose the first of what is offered, and go on."""
    offered = page.locator("main form.form [type=radio]")
    if offered.count():
        offered.first.check()
    else:
        page.locator("main form.form select").first.select_option(index=1)
    with page.expect_navigation():  # or what comes next would be done on the page that is being left
        page.locator("main form.form button.main").click()


def send_within(address: str) -> Deed:
    """Send a form that is folded in the page, with nothing filled in."""

    def folded(page: Page, _: Person) -> None:
        unfold(page)
        form = page.locator(f"main form.form[action*='{address}']").last
        for day in form.locator("[type=date]").all():
            day.fill("")
        form.locator("button").last.click()
        page.wait_for_selector("main [role=alert]")

    folded.__name__ = address
    return folded


LEAD, CONSULTANT, ADVISER = Role.AREA_MANAGER, Role.HOUSING_CONSULTANT, Role.POLICY_ADVISER
OFFICER, KEEPER, PARTNER = Role.PRIVACY_OFFICER, Role.DATA_MANAGER, Role.PARTNER

MISSING = (
    State("account_login", None, (send,)),
    State("bring_in", KEEPER, (send,)),
    State("invite", Role.MANAGER, (send,)),
    State("give_api_token", Role.MANAGER, (send,)),
    State("overrule", LEAD, (send,), "number=complex"),
    State("inspect", LEAD, (send,), "number=complex"),
    State("new_plan", LEAD, (send,), query={"plek": place_of_the_plan}),
    State("new_partner", ADVISER, (send,)),
    State("new_offer", ADVISER, (send,), "key=partner"),
    State("new_agreement", ADVISER, (send,)),
    State("exchange_partners", ADVISER, (send,)),
    State("new_request", OFFICER, (send,)),
    State("invite_resident", CONSULTANT, (nowhere, send)),
    State("new_signal_team", LEAD, (send,)),
    State("new_arrears", CONSULTANT, (seek, send)),
    State("new_case", CONSULTANT, (seek, send)),
    State("new_support", CONSULTANT, (seek, send)),
    State("new_referral", CONSULTANT, (seek, choose, send)),
    State("new_referral", CONSULTANT, (seek, choose, choose, send)),
    State("case", CONSULTANT, (send_within("geprobeerd"),), "key=case"),
    State("arrears", CONSULTANT, (send_within("voorwaarden"),), "key=arrears"),
    State("referral", CONSULTANT, (send_within("meer"),), "key=referral"),
    State("request", OFFICER, (send_within("verlengen"),), "key=request"),
)
"""A form that was sent too early: what is missing is told, and each word of it leads to its field."""

FOUND = (
    State("addresses", LEAD, query={"zoek": "nergens+1"}),
    State("addresses", KEEPER, query={"zoek": "straat"}),
    State("evidence", LEAD, query={"zoek": "nergens"}),
    State("plans", LEAD, query={"stand": "closed"}),
    State("audit", OFFICER, query={"thing": "nergens"}),
    State("rights", OFFICER, query={"action": "plans.write_plan"}),
    State("partners", LEAD, query={"plaats": "nergens"}),
    State("cases", LEAD, query={"stand": "ended"}),
    State("arrears_list", LEAD, query={"stand": "ended"}),
    State("referrals", CONSULTANT, query={"stand": "withdrawn"}),
    State("received_referrals", PARTNER, query={"stand": "geweest"}),
    State("new_arrears", LEAD, (seek_nothing,)),
    State("new_case", LEAD, (seek_nothing,)),
    State("new_support", CONSULTANT, (seek_nothing,)),
    State("new_referral", CONSULTANT, (seek_nothing,)),
)
"""What a question finds, and nothing."""
