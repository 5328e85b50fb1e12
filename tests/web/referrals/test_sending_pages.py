"""The pages on which somebody is referred: from an address, a signal, what was shared, and after a no."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ongedeeld.web.cities.models import Address
from ongedeeld.web.referrals.grants import readable
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.residents.models import Share, Vault
from ongedeeld.web.residents.sharing.contents import Copy
from tests.web.conftest import Visit
from tests.web.referrals.conftest import ARTICLE, NAME, QUESTION, Partners, Refers, today
from tests.web.signals.conftest import Cast, Reports

NEW = "/doorverwijzingen/nieuw/"
STEP = "Samen de post ordenen"


def said(**told: object) -> dict[str, object]:
    """What Sanne fills in: a name and a question, to which the resident said yes today."""
    return (
        dict.fromkeys((f"{kind}_ground" for kind in ReferralItem.Kind), "no")
        | {
            "name_words": NAME,
            "name_ground": "consent",
            "question_words": QUESTION,
            "question_ground": "consent",
            "asked": "in_person",
            "asked_on": today().isoformat(),
            "told_free": "on",
            "until": (today() + timedelta(days=30)).isoformat(),
            "days": "5",
            "agreement": "",
        }
        | told
    )


@pytest.fixture
def at_home(address: Address, partners: Partners) -> dict[str, object]:
    """What goes along hidden: the address and the partner."""
    return {
        "zoek": f"{address.street} {address.number}",
        "address": address.pk,
        "receiver": f"offer:{partners.papers.key}",
        "domain": "",
    }


def test_a_resident_is_referred_at_an_address_in_three_steps(
    cast: Cast, partners: Partners, address: Address, at_home: dict[str, object], visit: Visit
) -> None:
    sanne = visit(cast.sanne)
    found = sanne.post(NEW, {"zoek": at_home["zoek"]})
    assert f'value="{address.pk}"' in found.content.decode()
    partner = sanne.post(NEW, {"zoek": at_home["zoek"], "address": address.pk}).content.decode()
    assert "Schuldhulp: Hulp bij post" in partner
    items = sanne.post(NEW, at_home).content.decode()
    assert "A no changes nothing for your home" in items
    assert str(address) in items
    sent = sanne.post(NEW, at_home | said(address_ground="consent", address_words=str(address)))
    one = Referral.objects.get()
    assert sent.status_code == 200, "no mail goes here: the link is shown once"
    assert "/antwoord/" in sent.content.decode()
    assert {row.item.kind for row in readable(one, today())} == {"name", "question", "address"}
    assert one.domain == "benefits"


def test_with_mail_the_page_of_the_referral_follows(
    cast: Cast, at_home: dict[str, object], visit: Visit, letters: list[mail.EmailMessage]
) -> None:
    answer = visit(cast.sanne).post(NEW, at_home | said())
    one = Referral.objects.get()
    assert answer.headers["Location"] == f"/doorverwijzingen/{one.key}/"
    assert len(letters) == 1
    assert one.links.get().mailed == "sent"


def test_a_form_that_comes_twice_sends_one_link_which_stays(
    cast: Cast, at_home: dict[str, object], visit: Visit, letters: list[mail.EmailMessage]
) -> None:
    sanne, form = visit(cast.sanne), at_home | said(once=str(uuid4()))
    pages = [sanne.post(NEW, form).headers["Location"] for _ in range(2)]
    one = Referral.objects.get()
    assert pages == [f"/doorverwijzingen/{one.key}/"] * 2
    assert len(letters) == 1
    assert one.links.get().ended_at is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"told_free": ""}, "a no changes nothing for their home"),
        ({"asked": ""}, "how and when the resident was asked"),
        ({"question_ground": "no"}, "Nothing is asked of the partner"),
        ({"question_words": ""}, "Write it, or do not tell it."),
        ({"question_words": "Zij is verslaafd."}, "looks like"),
        ({"name_words": "Jo 111222333"}, "No citizen service number"),
        ({"name_ground": f"law:{ARTICLE}"}, "only what the resident agrees to"),
        ({"days": "400"}, "not one of the available choices"),
        ({"until": "2099-01-31"}, "cannot be read for so long"),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_beside_the_form_and_nothing_is_sent(
    cast: Cast, at_home: dict[str, object], visit: Visit, told: dict[str, object], why: str
) -> None:
    answer = visit(cast.sanne).post(NEW, at_home | said(**told))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_law_is_chosen_with_its_article_under_its_agreement(
    cast: Cast, partners: Partners, at_home: dict[str, object], visit: Visit
) -> None:
    law = f"law:{ARTICLE}"
    told = said(
        agreement=partners.agreement.key, name_ground=law, question_ground=law, asked="", told_free=""
    )
    visit(cast.sanne).post(NEW, at_home | told)
    assert {(one.ground, one.article, one.asked) for one in Referral.objects.get().items.all()} == {
        ("law", ARTICLE, "")
    }


def test_from_a_signal_nobody_looks_the_address_up_again(
    cast: Cast, reports: Reports, address: Address, at_home: dict[str, object], visit: Visit
) -> None:
    signal = reports(cast.bas)
    told = {"receiver": at_home["receiver"]} | said()
    visit(cast.sanne).post(f"{NEW}?melding={signal.key}", told)
    assert Referral.objects.get().from_signal == signal.key
    assert visit(cast.noor).get(f"{NEW}?melding={signal.key}").status_code == 403


def _shared(cast: Cast, **told: object) -> Share:
    day = today()
    vault = Vault.objects.create(made_on=day, opened_on=day, remove_after=day)
    values: dict[str, object] = {
        "vault": vault,
        "item": vault.key,
        "kind": "step",
        "receiver_kind": "person",
        "receiver": cast.sanne.key,
        "purpose": "help",
        "domain": "benefits",
        "made_at": timezone.now(),
        "until_day": day + timedelta(days=10),
        "remove_after": day + timedelta(days=20),
    } | told
    share = Share(**values)
    copy = Copy(
        Share.Kind.STEP, "Jo, tweede verdieping", {"what": STEP, "domain": "benefits", "state": "to_do"}
    )
    share.sealed = copy.sealed_for(share.key)
    share.save()
    return share


def refer_shared(client: Client, share: Share, at_home: dict[str, object], **told: object) -> int:
    """Refer with what was shared; what the page answers."""
    until = (today() + timedelta(days=5)).isoformat()
    filled = said(question_words=STEP, until=until) | told
    return client.post(f"{NEW}?gedeeld={share.key}", at_home | filled).status_code


def test_what_came_from_something_shared_closes_when_the_resident_takes_that_back(
    cast: Cast, at_home: dict[str, object], visit: Visit
) -> None:
    share, sanne = _shared(cast), visit(cast.sanne)
    items = sanne.post(f"{NEW}?gedeeld={share.key}", at_home).content.decode()
    assert STEP in items
    assert refer_shared(sanne, share, at_home) == 200
    one = Referral.objects.get()
    assert (one.vault, one.from_share, one.remove_after) == (share.vault.key, share.key, share.remove_after)
    assert {row.item.kind for row in readable(one, today())} == {"name", "question"}
    Share.objects.update(sealed="", withdrawn_at=timezone.now())
    assert {row.item.kind for row in readable(one, today())} == {"name"}


def test_what_came_from_something_shared_is_read_no_longer_than_that(
    cast: Cast, at_home: dict[str, object], visit: Visit
) -> None:
    share, sanne = _shared(cast), visit(cast.sanne)
    late = (today() + timedelta(days=11)).isoformat()
    assert refer_shared(sanne, share, at_home, until=late) == 422
    assert refer_shared(sanne, share, at_home) == 200
    Share.objects.update(until_day=today() - timedelta(days=1))
    assert {row.item.kind for row in readable(Referral.objects.get(), today())} == {"name"}


@pytest.mark.parametrize("told", [{"purpose": "know"}, {"purpose": "breakthrough"}], ids=str)
def test_what_was_shared_for_something_else_is_not_passed_on(
    cast: Cast, at_home: dict[str, object], visit: Visit, told: dict[str, object]
) -> None:
    assert refer_shared(visit(cast.sanne), _shared(cast, **told), at_home) == 422
    assert not Referral.objects.exists()


def test_what_was_shared_with_another_is_not_found(
    cast: Cast, at_home: dict[str, object], visit: Visit
) -> None:
    assert refer_shared(visit(cast.mila), _shared(cast), at_home) == 404


def test_after_a_no_the_words_stand_there_again_and_every_ground_is_asked_anew(
    cast: Cast, partners: Partners, refers: Refers, visit: Visit
) -> None:
    one = refers()
    Referral.objects.update(state="refused", refusal="full", ended_on=today())
    shown = visit(cast.sanne).post(
        f"{NEW}?na={one.key}", {"receiver": f"organisation:{partners.welfare.key}", "domain": "care"}
    )
    page = shown.content.decode()
    assert QUESTION in page
    assert NAME in page
    assert page.count('value="consent" selected') == 0


def test_the_page_of_a_signal_about_a_home_leads_here(cast: Cast, reports: Reports, visit: Visit) -> None:
    signal = reports(cast.bas)
    assert f"{NEW}?melding={signal.key}" in visit(cast.mila).get(f"/signalen/{signal.key}/").content.decode()


def test_the_page_of_something_shared_leads_here_where_it_was_shared_for_help(
    cast: Cast, visit: Visit
) -> None:
    for purpose, leads in (("help", True), ("know", False)):
        share = _shared(cast, purpose=purpose)
        page = visit(cast.sanne).get(f"/gedeeld/{share.key}/").content.decode()
        assert (f"{NEW}?gedeeld={share.key}" in page) is leads
