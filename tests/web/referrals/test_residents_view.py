"""The resident follows a referral with a code, sees all of it, and takes back what they said yes to."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import Http404
from django.test import Client
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.referrals import following
from ongedeeld.web.referrals.answering import answers
from ongedeeld.web.referrals.answering.links import make_link
from ongedeeld.web.referrals.grants import readable
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.residents.models import Vault
from tests.web.conftest import Visit
from tests.web.posting import post_goes
from tests.web.referrals.conftest import (
    ARTICLE,
    NAME,
    QUESTION,
    Partners,
    Refers,
    agreed,
    by_law,
    later,
    today,
    with_open,
)
from tests.web.signals.conftest import Cast

PAGE = "/mijn/doorverwijzingen/"


@pytest.fixture(autouse=True)
def no_limits(db: None) -> None:
    """Every test begins with nobody having asked too often."""
    cache.clear()


def followed(one: Referral, cast: Cast, resident: Client) -> None:
    """The resident types the code that Sanne gave."""
    code = following.follow_code(one, actor=cast.sanne, now=timezone.now())
    assert resident.post(f"{PAGE}volgen/", {"code": code.lower().replace("-", " ")}).status_code == 303


def test_the_resident_sees_what_was_told_who_read_it_and_what_came_of_it(
    cast: Cast, refers: Refers, partners: Partners, resident: Client
) -> None:
    one = refers()
    followed(one, cast, resident)
    partner = answers.signed_in(partners.dirk, one.key, today=today())
    answers.look(partner, now=timezone.now(), today=today())
    answers.accept(partner, version=one.version, now=timezone.now(), today=today(), words="Wij bellen.")
    shown = resident.get(PAGE).content.decode()
    for word in (NAME, QUESTION, "Schuldhulp", "Wij bellen.", "They said yes", "read by the partner"):
        assert word in shown


def test_the_resident_sees_that_a_partner_looked_through_its_link(
    cast: Cast, refers: Refers, resident: Client
) -> None:
    one = refers()
    followed(one, cast, resident)
    shown = resident.get(PAGE).content.decode()
    assert "through the link that it got" not in shown
    link = make_link(one, actor=cast.sanne, now=timezone.now()).link
    answers.look(answers.Partner(one, link=link), now=timezone.now(), today=today())
    assert "the partner, through the link that it got" in resident.get(PAGE).content.decode()


def test_nobody_else_of_that_home_sees_it(cast: Cast, refers: Refers, resident: Client, vault: Vault) -> None:
    one = refers()
    day = today()
    other = Vault.objects.create(home=one.home, made_on=day, opened_on=day, remove_after=day)
    assert QUESTION not in with_open(other).get(PAGE).content.decode()
    followed(one, cast, resident)
    assert QUESTION not in with_open(other).get(PAGE).content.decode()
    item = one.items.first()
    assert item is not None
    taken = with_open(other).post(f"{PAGE}{one.key}/onderdeel/{item.key}/terugnemen/")
    assert taken.status_code == 404


def test_a_code_counts_once_within_its_time_and_only_the_last_one(
    cast: Cast, refers: Refers, vault: Vault
) -> None:
    one = refers()
    first = following.follow_code(one, actor=cast.sanne, now=timezone.now())
    code = following.follow_code(one, actor=cast.sanne, now=timezone.now())
    for wrong in (first, "", "-", "AAAAA-AAAAA"):
        with pytest.raises(InputError):
            following.follow(vault, wrong, now=timezone.now(), today=today())
    with pytest.raises(InputError):
        following.follow(vault, code, now=later(days=31), today=today())
    following.follow(vault, code, now=timezone.now(), today=today())
    with pytest.raises(InputError):
        following.follow(vault, code, now=timezone.now(), today=today())
    assert code.replace("-", "") not in str(list(Referral.objects.values()))


def test_guessing_codes_is_slowed_down(resident: Client) -> None:
    answers = [resident.post(f"{PAGE}volgen/", {"code": f"AAAAA{at:05}"}).status_code for at in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_what_the_resident_takes_back_is_gone_at_once_for_everybody(
    cast: Cast, refers: Refers, partners: Partners, resident: Client, visit: Visit
) -> None:
    one = refers()
    followed(one, cast, resident)
    name = one.items.get(kind="name")
    assert resident.post(f"{PAGE}{one.key}/onderdeel/{name.key}/terugnemen/").status_code == 303
    for page in (
        visit(partners.dirk).get(f"/doorverwijzingen/ontvangen/{one.key}/"),
        visit(cast.sanne).get(f"/doorverwijzingen/{one.key}/"),
        resident.get(PAGE),
    ):
        assert NAME not in page.content.decode()
        assert QUESTION in page.content.decode()
    name.refresh_from_db()
    assert name.sealed == ""
    taken = one.events.get(step="item_withdrawn")
    assert (taken.side, taken.actor, taken.about) == ("resident", None, "name")


def test_the_resident_takes_the_whole_referral_back(
    cast: Cast, refers: Refers, partners: Partners, resident: Client, letters: list[object]
) -> None:
    one = refers()
    followed(one, cast, resident)
    one.refresh_from_db()
    assert resident.post(f"{PAGE}{one.key}/terugnemen/", {"version": one.version}).status_code == 303
    one.refresh_from_db()
    assert one.state == "withdrawn"
    assert readable(one, today()) == []
    post_goes()
    assert [letter.to for letter in letters] == [[cast.sanne.email]]  # type: ignore[attr-defined]


def test_where_a_law_is_the_ground_the_article_is_told_and_not_a_button(
    cast: Cast, refers: Refers, partners: Partners, resident: Client
) -> None:
    one = refers(by_law("question", QUESTION), agreed("name", NAME), under=partners.agreement)
    followed(one, cast, resident)
    shown = resident.get(PAGE).content.decode()
    assert ARTICLE in shown
    item = one.items.get(kind="question")
    assert str(item.key) not in shown
    resident.post(f"{PAGE}{one.key}/onderdeel/{item.key}/terugnemen/")
    resident.post(f"{PAGE}{one.key}/terugnemen/", {"version": one.version})
    item.refresh_from_db()
    assert item.sealed
    assert Referral.objects.get().state == "sent"


def test_the_map_takes_the_page_in_without_its_frame(resident: Client) -> None:
    part = resident.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="doorverwijzingen"' in part
    assert "<html" in resident.get(PAGE).content.decode()


def test_without_an_open_vault_the_way_leads_to_the_door(visit: Visit, cast: Cast) -> None:
    for client in (visit(None), visit(cast.sanne)):
        answer = client.get(PAGE)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/mijn/")


def test_a_vault_that_is_removed_follows_nothing(
    cast: Cast, refers: Refers, resident: Client, vault: Vault
) -> None:
    one = refers()
    followed(one, cast, resident)
    vault.delete()
    assert Referral.objects.get(pk=one.pk).vault is None


def test_another_vault_takes_nothing_back(cast: Cast, refers: Refers, vault: Vault) -> None:
    one = refers()
    with pytest.raises(Http404):
        following.take_all_back(vault, one.key, version=1, now=timezone.now(), today=today())
