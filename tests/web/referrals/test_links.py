"""The link for an answer: it tells nothing without its code, ends, and is of use to nobody who guesses."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.errors import InputError
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.referrals.answering import links
from ongedeeld.web.referrals.answering.links import (
    LinkEndedError,
    link_of,
    make_link,
    new_code,
    open_with,
    opened_by,
)
from ongedeeld.web.referrals.letters import send_link
from ongedeeld.web.referrals.meetings import holding
from ongedeeld.web.referrals.models import AnswerLink, Referral
from ongedeeld.web.referrals.sending.receivers import Receiver
from tests.web.conftest import Visit
from tests.web.referrals.conftest import (
    DESK,
    NAME,
    OFFICE,
    QUESTION,
    Partners,
    Refers,
    agreed,
    code_in,
    later,
    link_in,
    today,
)
from tests.web.referrals.stopping import stop_use
from tests.web.signals.conftest import Cast

Letters = list[mail.EmailMessage]


@pytest.fixture(autouse=True)
def no_limits(db: None) -> None:
    """Every test begins with nobody having asked too often."""
    cache.clear()


def sent(one: Referral, cast: Cast) -> links.NewLink:
    """A link that was sent by letter."""
    new = make_link(one, actor=cast.sanne, now=timezone.now())
    send_link(new, actor=cast.sanne, now=timezone.now())
    return new


def opened(client: Client, letters: Letters) -> str:
    """Open the link of the first letter with the code of the last; the address of the page behind it."""
    door = link_in(letters[0])
    assert client.post(door, {"send": "1"}).status_code == 303
    code = code_in(letters[-1])
    answer = client.post(door, {"code": f" {code[:4]} {code[4:]}"})  # as it is read out
    assert answer.status_code == 303, answer.content
    return answer.headers["Location"]


def test_a_partner_without_an_account_reads_and_says_yes(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one = refers()
    sent(one, cast)
    client = visit(None)
    page = opened(client, letters)
    shown = client.get(page).content.decode()
    assert NAME in shown
    assert QUESTION in shown
    day = today() + timedelta(days=3)
    said = client.post(f"{page}ja/", {"ja-contact_on": day.isoformat(), "ja-version": one.version})
    assert said.status_code == 303
    one.refresh_from_db()
    assert (one.state, one.contact_on) == ("accepted", day)
    assert [event.step for event in one.events.all()] == [
        "sent",
        "link_sent",
        "code_sent",
        "opened",
        "accepted",
    ]


def test_the_page_of_a_link_tells_who_asks_and_whom_to_call_where_that_is_known(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters, settings: Settings
) -> None:
    sent(refers(), cast)
    client, door = visit(None), link_in(letters[0])
    unsaid = client.get(door).text
    assert "A housing association asks you" in unsaid
    assert "tel:" not in unsaid
    settings.ASSOCIATION, settings.PHONE = "Woonstichting Voorbeeld", "020 555 0199"
    pages = [client.get(door).text, client.get(opened(client, letters)).text]
    for shown, asks in zip(pages, ("asks you to help", "asks for a yes or a no"), strict=True):
        assert f"Woonstichting Voorbeeld {asks}" in shown
        assert 'href="tel:0205550199"' in shown
    sent(refers(), cast)
    assert "van Woonstichting Voorbeeld" in letters[-1].body


def test_the_letters_tell_nothing_and_the_code_never_goes_with_the_link(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    sent(refers(), cast)
    opened(visit(None), letters)
    first, second = letters
    assert (first.to, second.to) == ([DESK], [OFFICE])
    assert "/antwoord/" not in str(second.body)
    assert code_in(second) not in str(first.body)
    for letter in letters:
        for word in (NAME, QUESTION, "Bewoner", "Kerkstraat", "benefits"):
            assert word not in f"{letter.subject} {letter.body}"


def test_opening_the_page_of_a_link_uses_nothing_up_and_tells_nothing(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one = refers()
    sent(one, cast)
    before = list(AnswerLink.objects.values())
    for _ in range(3):
        shown = visit(None).get(link_in(letters[0])).content.decode()
        assert NAME not in shown
        assert QUESTION not in shown
    assert list(AnswerLink.objects.values()) == before
    assert len(letters) == 1


def test_neither_token_nor_code_stands_in_the_database(cast: Cast, refers: Refers) -> None:
    new = make_link(refers(), actor=cast.sanne, now=timezone.now())
    code = new_code(new.link, now=timezone.now())
    secret = open_with(new.link, code, now=timezone.now())
    held = str(list(AnswerLink.objects.values()))
    assert len(new.token) >= 43
    for word in (new.token, code, secret):
        assert word not in held
    assert new.token not in str(list(Entry.objects.values()))


def test_a_code_counts_once_and_in_its_time(cast: Cast, refers: Refers) -> None:
    link = make_link(refers(), actor=cast.sanne, now=timezone.now()).link
    code = new_code(link, now=timezone.now())
    open_with(link, code, now=timezone.now())
    with pytest.raises(InputError):
        open_with(link, code, now=timezone.now())
    late = new_code(link, now=timezone.now())
    with pytest.raises(InputError):
        open_with(link, late, now=later(minutes=31))


def test_five_wrong_codes_end_the_link_and_the_right_one_comes_too_late(cast: Cast, refers: Refers) -> None:
    one = refers()
    new = make_link(one, actor=cast.sanne, now=timezone.now())
    code = new_code(new.link, now=timezone.now())
    wrong = str((int(code) + 1) % 10**8).zfill(8)
    for _ in range(4):
        with pytest.raises(InputError):
            open_with(new.link, wrong, now=timezone.now())
    with pytest.raises(LinkEndedError):
        open_with(new.link, wrong, now=timezone.now())
    with pytest.raises(LinkEndedError):
        open_with(new.link, code, now=timezone.now())
    with pytest.raises(LinkEndedError):
        link_of(new.token, now=timezone.now(), today=today())
    assert [event.step for event in one.events.all()][-1] == "link_ended"


def test_another_code_brings_no_other_guesses(cast: Cast, refers: Refers) -> None:
    link = make_link(refers(), actor=cast.sanne, now=timezone.now()).link
    for _ in range(3):
        new_code(link, now=timezone.now())
        with pytest.raises(InputError):
            open_with(link, "no code", now=timezone.now())
    link.refresh_from_db()
    assert link.wrong == 3


def test_no_more_than_five_codes_are_made_for_a_link(cast: Cast, refers: Refers) -> None:
    link = make_link(refers(), actor=cast.sanne, now=timezone.now()).link
    for _ in range(5):
        new_code(link, now=timezone.now())
    with pytest.raises(InputError, match="no more codes"):
        new_code(link, now=timezone.now())


def test_the_code_of_one_link_opens_no_other(cast: Cast, refers: Refers, partners: Partners) -> None:
    one, other = refers(), refers(to=Receiver(partners.welfare))
    mine = make_link(one, actor=cast.sanne, now=timezone.now()).link
    theirs = make_link(other, actor=cast.sanne, now=timezone.now()).link
    code = new_code(mine, now=timezone.now())
    with pytest.raises(InputError):
        open_with(theirs, code, now=timezone.now())


@pytest.mark.parametrize("ending", ["past", "ended", "replaced", "withdrawn", "gone", "removed", "stopped"])
def test_a_link_that_ended_leads_nowhere_and_does_not_say_why(
    cast: Cast, refers: Refers, partners: Partners, visit: Visit, ending: str
) -> None:
    one = refers()
    new = make_link(one, actor=cast.sanne, now=timezone.now())
    secret = open_with(new.link, new_code(new.link, now=timezone.now()), now=timezone.now())
    client = visit(None)
    client.cookies["ongedeeld_antwoord"] = secret
    door, page = f"/antwoord/{new.token}/", f"/antwoord/lezen/{new.link.key}/"
    assert client.get(page).status_code == 200
    _end(one, new, cast, partners, ending)
    unknown = client.get(f"/antwoord/{'x' * 43}/")
    for address in (door, page):
        shown = client.get(address)
        assert shown.status_code == 404
        assert NAME not in shown.content.decode()
        assert shown.content.count(b"this link does not work") == unknown.content.count(
            b"this link does not work"
        )
    refused = client.post(f"{page}ja/", {"ja-version": one.version})
    assert refused.status_code == 404


def _end(one: Referral, new: links.NewLink, cast: Cast, partners: Partners, ending: str) -> None:
    rows, day = Referral.objects.filter(pk=one.pk), today()
    if ending == "past":
        AnswerLink.objects.filter(pk=new.link.pk).update(ends_at=timezone.now())
    elif ending == "ended":
        links.end_links(one, actor=cast.sanne, now=timezone.now())
    elif ending == "replaced":
        make_link(one, actor=cast.sanne, now=timezone.now())
    elif ending == "withdrawn":
        rows.update(state="withdrawn", ended_on=day)
    elif ending == "gone":
        type(partners.debt_help).objects.filter(pk=partners.debt_help.pk).update(ended_on=day)
    elif ending == "removed":
        rows.update(remove_after=day - timedelta(days=1))
    else:
        stop_use(one)


def test_who_does_not_hold_the_secret_of_that_browser_reads_nothing(
    cast: Cast, refers: Refers, visit: Visit
) -> None:
    new = make_link(refers(), actor=cast.sanne, now=timezone.now())
    page = f"/antwoord/lezen/{new.link.key}/"
    for secret in ("", "x", new.token, new.link.token_hash):
        client = visit(None)
        client.cookies["ongedeeld_antwoord"] = secret
        assert client.get(page).status_code == 404
    held = open_with(new.link, new_code(new.link, now=timezone.now()), now=timezone.now())
    with pytest.raises(LinkEndedError):
        opened_by(new.link.key, held, now=later(minutes=31), today=today())


def test_who_opens_it_anew_elsewhere_closes_it_here(cast: Cast, refers: Refers) -> None:
    new = make_link(refers(), actor=cast.sanne, now=timezone.now())
    first = open_with(new.link, new_code(new.link, now=timezone.now()), now=timezone.now())
    second = open_with(new.link, new_code(new.link, now=timezone.now()), now=timezone.now())
    assert opened_by(new.link.key, second, now=timezone.now(), today=today()).pk == new.link.pk
    with pytest.raises(LinkEndedError):
        opened_by(new.link.key, first, now=timezone.now(), today=today())


def test_an_answer_that_is_sent_twice_counts_once(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one = refers()
    sent(one, cast)
    client = visit(None)
    page = opened(client, letters)
    assert client.post(f"{page}ja/", {"ja-version": 1}).status_code == 303
    assert client.post(f"{page}ja/", {"ja-version": 1}).status_code == 422
    assert client.post(f"{page}nee/", {"nee-version": 1, "nee-refusal": "full"}).status_code == 422
    assert [event.step for event in one.events.all()].count("accepted") == 1


def test_after_a_no_the_partner_reads_nothing_more_and_the_reason_is_known(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one = refers()
    sent(one, cast)
    client = visit(None)
    page = opened(client, letters)
    without = client.post(f"{page}nee/", {"nee-version": 1, "nee-refusal": "other"})
    assert without.status_code == 422
    said = client.post(f"{page}nee/", {"nee-version": 1, "nee-refusal": "full", "nee-words": "Vol tot mei."})
    assert said.status_code == 200
    assert client.get(page).status_code == 404
    one.refresh_from_db()
    assert (one.state, one.refusal) == ("refused", "full")
    shown = visit(cast.sanne).get(f"/doorverwijzingen/{one.key}/").content.decode()
    assert "Vol tot mei." in shown
    assert "no room at present" in shown


def test_a_letter_that_cannot_be_sent_is_told_on_the_page_and_the_link_shown_once(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one = refers()
    client = visit(cast.sanne)
    with patch("ongedeeld.web.accounts.letters.send_mail", side_effect=OSError("no server")):
        shown = client.post(f"/doorverwijzingen/{one.key}/link/").content.decode()
    assert "could not be sent" in shown
    assert "/antwoord/" in shown
    again = client.get(f"/doorverwijzingen/{one.key}/").content.decode()
    assert "/antwoord/" not in again
    assert "could not be sent" in again
    assert one.links.get().mailed == "failed"


def test_a_code_can_be_read_out_at_the_number_that_was_given_beforehand(
    cast: Cast, refers: Refers, visit: Visit
) -> None:
    one = refers()
    new = make_link(one, actor=cast.sanne, now=timezone.now())
    shown = visit(cast.sanne).post(f"/doorverwijzingen/{one.key}/code/").content.decode()
    assert "020 555 0100" in shown
    found = re.search(r">(\d{8})<", shown)
    assert found is not None
    code = found.group(1)
    assert open_with(AnswerLink.objects.get(pk=new.link.pk), code, now=timezone.now())


def test_without_an_address_given_beforehand_no_code_goes_anywhere(
    cast: Cast, refers: Refers, partners: Partners, visit: Visit, letters: Letters
) -> None:
    type(partners.debt_help).objects.update(email="")
    sent(refers(), cast)
    client = visit(None)
    answer = client.post(link_in(letters[0]), {"send": "1"}, follow=True)
    assert "could not be sent" in answer.content.decode()
    assert len(letters) == 1


def test_a_code_is_never_mailed_to_the_mailbox_of_the_link_and_the_sender_sees_it_before(
    cast: Cast, partners: Partners, visit: Visit, refers: Refers, letters: Letters
) -> None:
    # The desk of the offer is the mailbox of the organisation, written otherwise.
    Offer.objects.update(email=OFFICE.upper().replace("@", "+hulp@"))
    partners.papers.refresh_from_db()
    one = refers()
    sent(one, cast)
    door, client = link_in(letters[0]), visit(None)
    assert 'name="send"' not in client.get(door).content.decode()
    client.post(door, {"send": "1"})
    assert len(letters) == 1
    colleague = visit(cast.sanne)
    page = reverse("referral", args=[one.key])
    assert "you read it out on 020 555 0100" in colleague.get(page).content.decode()
    Organisation.objects.filter(pk=partners.debt_help.pk).update(code_email="code@schuldhulp.invalid")
    sent(Referral.objects.get(), cast)
    client.post(link_in(letters[-1]), {"send": "1"})
    assert letters[-1].to == ["code@schuldhulp.invalid"]


@pytest.mark.parametrize("told", [{"email": "a@b.invalid"}, {"code_email": "a@b.invalid"}, {"phone": "112"}])
def test_a_link_ends_when_the_register_tells_another_place_for_codes(
    cast: Cast, partners: Partners, visit: Visit, refers: Refers, letters: Letters, told: dict[str, str]
) -> None:
    one = refers()
    sent(one, cast)
    door, client = link_in(letters[0]), visit(None)
    page = opened(client, letters)
    Organisation.objects.filter(pk=partners.debt_help.pk).update(**told)
    assert client.get(door).status_code == 404
    assert client.get(page).status_code == 404
    colleague = visit(cast.sanne)
    path = reverse("referral", args=[one.key])
    assert "how this partner is reached was changed" in colleague.get(path).content.decode()
    assert "here is no link for an answer" in colleague.post(f"{path}code/", follow=True).content.decode()


def test_by_link_a_partner_reads_what_was_agreed_of_this_referral_alone(
    cast: Cast, refers: Refers, visit: Visit, letters: Letters
) -> None:
    one, other = refers(), refers(agreed("question", "Een andere vraag"))
    meeting = holding.begin(today(), actor=cast.sanne, now=timezone.now(), today=today())
    for referral, words in ((one, "Maandag gaat iemand langs."), (other, "Dinsdag belt iemand.")):
        item = holding.put_on(meeting, referral.key, actor=cast.sanne, now=timezone.now(), today=today())
        holding.agree(item, words, version=1, actor=cast.sanne, now=timezone.now(), today=today())
    sent(one, cast)
    client = visit(None)
    shown = client.get(opened(client, letters)).content.decode()
    assert "Maandag gaat iemand langs." in shown
    assert "Dinsdag belt iemand." not in shown


def test_guessing_links_is_slowed_down(visit: Visit) -> None:
    client = visit(None)
    answers = [client.get(f"/antwoord/{'a' * 42}{at:02}/").status_code for at in range(40)]
    assert answers[:30] == [404] * 30
    assert set(answers[30:]) == {429}
