"""Who works here: inviting, giving and ending roles, closing access, removing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.errors import InputError
from ongedeeld.web.accounts import actions
from ongedeeld.web.accounts.actions import Post
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.queries import colleagues, own_roles, who_may
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from tests.web.conftest import Hire, Visit
from tests.web.posting import post_goes

HERE, THERE, DISTRICT = "BU99990101", "BU99990301", "WK999901"
TODAY = date(2026, 1, 5)
INVITATION = {
    "name": "Bram",
    "email": "Bram@Voorbeeld.invalid",
    "language": "nl",
    "role": "caretaker",
    "areas": [HERE],
    "from_day": "2026-01-05",
}


def post_of(role: Role = Role.CARETAKER, *codes: str) -> Post:
    return Post(role, frozenset(codes) if codes else None, TODAY)


def link_in(page: str) -> str:
    found = re.search(r"/account/uitnodiging/[^\s<\"]+/", page)
    assert found, page
    return found.group()


@pytest.fixture
def boss(hire: Hire) -> Person:
    """The manager of the installation."""
    return hire(Role.MANAGER, name="Meike")


def test_who_is_invited_chooses_a_password_and_works_in_their_role(
    city: City, boss: Person, visit: Visit
) -> None:
    page = visit(boss).post(reverse("invite"), INVITATION, follow=True)
    link = link_in(page.content.decode())
    browser = visit(None)
    assert "Bram" in browser.get(link).content.decode()
    kept = browser.post(link, {"name": "Bram Bos", "password": "een lange zin 1", "again": "een lange zin 1"})
    assert kept.headers["Location"] == reverse("account_login")
    bram = Person.objects.get(email="bram@voorbeeld.invalid")
    assert (bram.name, bram.invited_at) == ("Bram Bos", None)
    browser.post(kept.headers["Location"], {"login": bram.email, "password": "een lange zin 1"})
    assert browser.get("/").status_code == 200
    assert [one.row.role for one in own_roles(bram)] == ["caretaker"]
    assert browser.get(link).status_code == 410


def test_an_invitation_goes_by_mail_in_the_language_of_who_is_invited(
    boss: Person, visit: Visit, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    visit(boss).post(reverse("invite"), INVITATION | {"areas": [], "everywhere": "on", "language": "en"})
    post_goes()
    (letter,) = mail.outbox
    assert letter.to == ["bram@voorbeeld.invalid"]
    assert letter.subject == "Your invitation to Ongedeeld"
    assert "Meike invites you" in letter.body
    assert link_in(str(letter.body))


def test_an_invitation_ends_after_a_week_and_when_a_newer_one_is_sent(
    boss: Person, visit: Visit, settings: Settings
) -> None:
    bram, first = actions.invite("Bram", "bram@voorbeeld.invalid", "nl", post_of(), actor=boss)
    address = reverse("accept_invitation", args=[first])
    assert visit(None).get(address).status_code == 200
    settings.INVITATION_DAYS = -1
    assert visit(None).get(address).status_code == 410
    settings.INVITATION_DAYS = 7
    Person.objects.filter(pk=bram.pk).update(invited_at=timezone.now() + timedelta(hours=1))
    assert visit(None).get(address).status_code == 410


@pytest.mark.parametrize("password", ["kort", "1q2w3e4r5t6y", "123456789012345", "bram@voorbeeld.invalid"])
def test_an_easily_guessed_password_is_not_accepted(boss: Person, visit: Visit, password: str) -> None:
    bram, token = actions.invite("Bram", "bram@voorbeeld.invalid", "nl", post_of(), actor=boss)
    page = visit(None).post(
        reverse("accept_invitation", args=[token]), {"name": "Bram", "password": password, "again": password}
    )
    assert page.status_code == 422
    bram.refresh_from_db()
    assert not bram.has_usable_password()


def test_who_lost_their_password_and_phone_is_invited_anew(
    city: City, boss: Person, hire: Hire, visit: Visit
) -> None:
    anna = hire(Role.CARETAKER)
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})
    browser = visit(anna)
    page = visit(boss).post(reverse("invite_again", args=[anna.key]), follow=True)
    assert browser.get("/").status_code == 302
    choice = {"name": "Anna", "password": "een lange zin 1", "again": "een lange zin 1"}
    visit(None).post(link_in(page.content.decode()), choice)
    signing_in = {"login": anna.email, "password": "een lange zin 1"}
    assert visit(None).post(reverse("account_login"), signing_in).headers["Location"] == "/"


def test_an_address_is_invited_once(boss: Person, hire: Hire) -> None:
    anna = hire(Role.CARETAKER)
    with pytest.raises(InputError, match="works here already"):
        actions.invite("Anna", anna.email.upper(), "nl", post_of(), actor=boss)


def test_nobody_gives_themselves_a_role(boss: Person) -> None:
    with pytest.raises(Refused, match="nobody changes their own rights"):
        actions.give_role(boss, post_of(Role.DIRECTOR), actor=boss)


def test_nobody_ends_closes_or_removes_themselves(boss: Person, hire: Hire) -> None:
    hire(Role.MANAGER)
    for change in (actions.close_access, actions.remove):
        with pytest.raises(Refused, match="nobody changes their own rights"):
            change(boss, actor=boss)


def test_two_managers_who_remove_each_other_at_once_leave_one(boss: Person, hire: Hire) -> None:
    other = hire(Role.MANAGER)
    assert may(other, "accounts.remove")  # asked before the first is done, as in two transactions at once
    actions.close_access(Person.objects.get(pk=other.pk), actor=boss)
    held = boss.roles_held.get()
    changes: tuple[Callable[[], None], ...] = (
        lambda: actions.close_access(boss, actor=other),
        lambda: actions.remove(boss, actor=other),
        lambda: actions.end_role(held, None, actor=other),
        lambda: actions.end_role(held, timezone.localdate(), actor=other),
    )
    for change in changes:
        with pytest.raises(Refused, match="Meike is the last manager"):
            change()


def test_one_of_two_managers_may_be_removed_and_the_record_keeps_the_key(boss: Person, hire: Hire) -> None:
    other = hire(Role.MANAGER)
    key = other.key
    actions.remove(other, actor=boss)
    assert not Person.objects.filter(key=key).exists()
    entry = Entry.objects.get(verb="accounts.remove")
    assert (entry.actor, entry.thing) == (boss.key, str(key))


def test_an_area_manager_gives_roles_of_the_team_in_their_own_areas_only(city: City, hire: Hire) -> None:
    lead, anna = hire(Role.AREA_MANAGER, [DISTRICT]), hire(Role.CARETAKER, [HERE])
    actions.give_role(anna, post_of(Role.HOUSING_CONSULTANT, HERE), actor=lead)
    with pytest.raises(Refused, match="this lies outside them"):
        actions.give_role(anna, post_of(Role.CARETAKER, HERE, THERE), actor=lead)
    with pytest.raises(Refused, match="this lies outside them"):
        actions.give_role(anna, post_of(Role.CARETAKER), actor=lead)
    for role in (Role.MANAGER, Role.AREA_MANAGER, Role.DIRECTOR):
        with pytest.raises(Refused, match="none of your roles may make somebody"):
            actions.give_role(anna, post_of(role, HERE), actor=lead)
    assert RoleHeld.objects.filter(person=anna).count() == 2


def test_an_area_manager_sees_and_finds_the_people_of_their_own_areas_only(
    city: City, hire: Hire, visit: Visit
) -> None:
    lead = hire(Role.AREA_MANAGER, [DISTRICT], name="Lea")
    hire(Role.CARETAKER, [HERE], name="Hanna Hier")
    hire(Role.CARETAKER, [THERE], name="Daan Daar")
    assert [one.person.name for one in colleagues(lead)] == ["Hanna Hier", "Lea"]
    page = visit(lead).get(reverse("people"), {"zoek": "daar"}).content.decode()
    assert "Daan" not in page


def test_a_role_ends_at_once_or_after_its_last_day(boss: Person, hire: Hire) -> None:
    anna, bram = hire(Role.CARETAKER), hire(Role.CARETAKER)
    actions.end_role(anna.roles_held.get(), None, actor=boss)
    assert not may(Person.objects.get(pk=anna.pk), "areas.see_start")
    today = timezone.localdate()
    actions.end_role(bram.roles_held.get(), today, actor=boss)
    assert may(Person.objects.get(pk=bram.pk), "areas.see_start")
    assert bram.roles_held.get().until_day == today


def test_a_role_that_never_ran_is_taken_away(boss: Person, hire: Hire) -> None:
    anna = hire(Role.CARETAKER)
    anna.roles_held.update(from_day=timezone.localdate() + timedelta(days=30))
    actions.end_role(anna.roles_held.get(), None, actor=boss)
    assert not anna.roles_held.exists()


def test_who_changes_a_role_that_somebody_else_just_changed_is_told(boss: Person, hire: Hire) -> None:
    held = hire(Role.CARETAKER).roles_held.get()
    same = RoleHeld.objects.get(pk=held.pk)
    actions.end_role(held, timezone.localdate(), actor=boss)
    with pytest.raises(InputError, match="somebody else changed this role"):
        actions.end_role(same, None, actor=boss)


def test_closed_access_ends_a_session_at_once_and_can_be_opened_again(
    city: City, boss: Person, hire: Hire, visit: Visit
) -> None:
    anna = hire(Role.CARETAKER)
    browser = visit(anna)
    assert browser.get("/").status_code == 200
    actions.close_access(anna, actor=boss)
    assert browser.get("/").status_code == 302
    actions.open_access(anna, actor=boss)
    assert browser.get("/").status_code == 200


def test_a_wrong_form_keeps_what_was_typed(city: City, boss: Person, visit: Visit) -> None:
    wrong = INVITATION | {"until_day": "2025-01-01", "complexes": "C999"}
    page = visit(boss).post(reverse("invite"), wrong)
    assert page.status_code == 422
    for words in ("Bram@Voorbeeld.invalid", "C999", "2025-01-01"):
        assert words in page.content.decode()
    assert not Person.objects.filter(name="Bram").exists()


def test_everything_that_is_done_to_people_is_recorded_without_values(boss: Person, hire: Hire) -> None:
    bram, _ = actions.invite("Bram", "bram@voorbeeld.invalid", "nl", post_of(), actor=boss)
    actions.invite_again(bram, actor=boss)
    actions.close_access(bram, actor=boss)
    actions.open_access(bram, actor=boss)
    rows = Entry.objects.filter(thing=str(bram.key)).order_by("id")
    assert [row.verb.removeprefix("accounts.") for row in rows] == [
        "invite",
        "give_role",
        "invite_again",
        "close_access",
        "open_access",
    ]
    assert "bram@" not in str([row.fields for row in rows])


def test_who_watches_over_rights_sees_who_may_what_and_in_which_role(
    city: City, hire: Hire, settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = {Role.MANAGER}
    watch = hire(Role.PRIVACY_OFFICER)
    hire(Role.MANAGER, name="Meike")
    hire(Role.AREA_MANAGER, [HERE], name="Lea")
    told = [(one.person.name, str(one.reach), one.asleep) for one in who_may(watch, "accounts.give_role")]
    assert told == [("Lea", "own_areas", False), ("Meike", "everywhere", True)]
    with pytest.raises(Refused):
        who_may(hire(Role.CARETAKER), "accounts.give_role")


def test_an_area_that_is_gone_from_the_city_is_named_as_such(city: City, boss: Person, hire: Hire) -> None:
    anna = hire(Role.CARETAKER, [HERE, "BU00000000"])
    browser = Client(headers={"host": "localhost", "accept-language": "en"})
    boss.language = "en"
    boss.save()
    browser.force_login(boss)
    page = browser.get(reverse("person", args=[anna.key])).content.decode()
    assert "no longer there: BU00000000" in page
    assert "Marktbuurt" in page


def test_what_cannot_be_a_name_finds_nobody_and_breaks_nothing(boss: Person, visit: Visit) -> None:
    assert visit(boss).get("/mensen/?zoek=%00").status_code == 200


def test_who_looked_at_whom_is_recorded(boss: Person, hire: Hire, visit: Visit) -> None:
    seen = hire(Role.CARETAKER)
    visit(boss).get(f"/mensen/{seen.key}/")
    assert Entry.objects.filter(actor=boss.key, verb="seen", kind="person", thing=str(seen.key)).exists()
