"""Referring, answering signed in, and handing over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.http import Http404
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.partners.models import Member
from ongedeeld.web.referrals import queries
from ongedeeld.web.referrals.answering import answers, links
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.safeguarding import remove_past_referrals
from ongedeeld.web.referrals.sending import origins
from ongedeeld.web.referrals.sending.receivers import Receiver, receivers
from ongedeeld.web.referrals.sending.referring import Draft, hand_over, refer
from ongedeeld.web.safeguards.request_holdings import holdings
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Hire, Visit
from tests.web.posting import post_goes
from tests.web.referrals.conftest import (
    NAME,
    QUESTION,
    Partners,
    Refers,
    agreed,
    said_yes,
    today,
)
from tests.web.signals.conftest import AROUND, HERE, Cast, Reports, address  # noqa: F401 - a fixture

Letters = list[mail.EmailMessage]


def test_who_works_at_the_partner_sees_it_and_who_works_at_another_does_not(
    refers: Refers, partners: Partners, visit: Visit
) -> None:
    one = refers()
    dirk, wendy = visit(partners.dirk), visit(partners.wendy)
    assert str(one.key) in dirk.get("/doorverwijzingen/ontvangen/").content.decode()
    page = f"/doorverwijzingen/ontvangen/{one.key}/"
    assert QUESTION in dirk.get(page).content.decode()
    assert str(one.key) not in wendy.get("/doorverwijzingen/ontvangen/").content.decode()
    assert wendy.get(page).status_code == 404
    for way in ("ja", "nee", "klaar"):
        assert wendy.post(f"{page}{way}/", {f"{way}-version": 1, "nee-refusal": "full"}).status_code == 404
    for address_of_colleagues in (f"/doorverwijzingen/{one.key}/", "/doorverwijzingen/overleg/"):
        assert dirk.get(address_of_colleagues).status_code == 403
    one.refresh_from_db()
    assert one.state == "sent"


def test_whoever_reads_it_at_the_partner_stands_in_its_history_once_a_day(
    cast: Cast, refers: Refers, partners: Partners, visit: Visit
) -> None:
    one = refers()
    client = visit(partners.dirk)
    page = f"/doorverwijzingen/ontvangen/{one.key}/"
    new = links.make_link(one, actor=cast.sanne, now=timezone.now())
    links.open_with(new.link, links.new_code(new.link, now=timezone.now()), now=timezone.now())
    for _ in range(2):
        assert client.get(page).status_code == 200
    read = one.events.filter(step="opened").values_list("actor", flat=True)
    assert list(read) == [None, partners.dirk.key]


def test_the_list_of_a_partner_tells_no_word_of_a_resident(
    refers: Refers, partners: Partners, visit: Visit
) -> None:
    refers()
    shown = visit(partners.dirk).get("/doorverwijzingen/", follow=True).content.decode()
    for word in (NAME, QUESTION, "Hoofdstraat"):
        assert word not in shown


def test_who_left_the_partner_sees_nothing_from_that_day(refers: Refers, partners: Partners) -> None:
    one = refers()
    Member.objects.filter(person=partners.dirk.key).update(until_day=today() - timedelta(days=1))
    with pytest.raises(Http404):
        answers.signed_in(partners.dirk, one.key, today=today())


def test_a_yes_a_done_and_what_the_colleague_sees_of_it(
    refers: Refers, partners: Partners, cast: Cast, visit: Visit
) -> None:
    one, dirk = refers(), visit(partners.dirk)
    page = f"/doorverwijzingen/ontvangen/{one.key}/"
    dirk.get(page)
    dirk.get(page)
    assert dirk.post(f"{page}ja/", {"ja-version": 1, "ja-words": "Wij bellen."}).status_code == 303
    shown = visit(cast.sanne).get(f"/doorverwijzingen/{one.key}/").content.decode()
    assert "Wij bellen." in shown
    assert dirk.post(f"{page}klaar/", {"klaar-version": 2}).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.ended_on) == ("done", today())
    assert [event.step for event in one.events.all()] == ["sent", "opened", "accepted", "done"]
    assert QUESTION not in dirk.get(page).content.decode()


def test_of_two_who_answer_at_once_the_second_reads_what_the_first_said(
    refers: Refers, partners: Partners
) -> None:
    one = refers()
    first = answers.signed_in(partners.dirk, one.key, today=today())
    second = answers.signed_in(partners.dirk, one.key, today=today())
    answers.accept(first, version=1, now=timezone.now(), today=today())
    with pytest.raises(ChangedMeanwhileError):
        answers.refuse(second, "full", version=1, now=timezone.now(), today=today())
    assert Referral.objects.get(pk=one.pk).state == "accepted"


def test_words_of_an_answer_hold_no_illness(refers: Refers, partners: Partners) -> None:
    partner = answers.signed_in(partners.dirk, refers().key, today=today())
    with pytest.raises(InputError, match="illness"):
        answers.accept(partner, version=1, now=timezone.now(), today=today(), words="Zij is verslaafd.")


def test_colleagues_see_what_lies_in_their_areas_alone(refers: Refers, cast: Cast, visit: Visit) -> None:
    one = refers()
    for person in (cast.sanne, cast.mila):
        assert visit(person).get(f"/doorverwijzingen/{one.key}/").status_code == 200
    assert visit(cast.noor).get(f"/doorverwijzingen/{one.key}/").status_code == 404
    for person in (cast.bas, cast.femke, cast.olga):
        assert visit(person).get(f"/doorverwijzingen/{one.key}/").status_code == 403
    with pytest.raises(Refused):
        refers(by=cast.noor)


def test_it_is_handed_over_to_a_colleague_who_may_see_it_and_hears_it(
    refers: Refers, cast: Cast, letters: Letters
) -> None:
    one = refers()
    hand_over(one, cast.mila.key, version=1, actor=cast.sanne, now=timezone.now())
    post_goes()
    assert [letter.to for letter in letters] == [[cast.mila.email]]
    assert Referral.objects.get(pk=one.pk).owner == cast.mila.key
    one.refresh_from_db()
    with pytest.raises(InputError, match="may not see"):
        hand_over(one, cast.noor.key, version=2, actor=cast.sanne, now=timezone.now())


def test_the_term_is_in_dutch_working_days(refers: Refers) -> None:
    before_easter = datetime(2027, 3, 25, 12)  # a Thursday: neither Good Friday nor Easter Monday counts
    thursday = timezone.make_aware(before_easter)
    until = thursday.date() + timedelta(days=60)
    one = refers(agreed("question", QUESTION, asked_on=thursday.date(), until=until), now=thursday, days=2)
    assert str(one.respond_by) == "2027-03-31"


def test_from_a_signal_the_address_and_domain_alone_are_taken_over_and_its_term(
    refers: Refers, cast: Cast, reports: Reports
) -> None:
    signal = reports(cast.bas)
    soon = today() + timedelta(days=20)
    Signal.objects.filter(pk=signal.pk).update(remove_after=soon)
    origin = origins.from_signal(cast.sanne, signal.key, today=today())
    assert set(origin.words) == {"address"}
    one = refers(origin=origin)
    assert (one.home, one.from_signal, one.remove_after) == (signal.home, signal.key, soon)
    assert one.area_codes == set(AROUND)
    with pytest.raises(Refused):
        origins.from_signal(cast.noor, signal.key, today=today())


def test_after_a_no_nothing_is_typed_again_and_everything_asked_again(
    refers: Refers, partners: Partners, cast: Cast
) -> None:
    one = refers(agreed("name", NAME), agreed("question", QUESTION))
    with pytest.raises(Http404):
        origins.from_refused(cast.sanne, one.key, today=today())
    partner = answers.signed_in(partners.dirk, one.key, today=today())
    answers.refuse(partner, "area", version=1, now=timezone.now(), today=today())
    again = origins.from_refused(cast.sanne, one.key, today=today())
    assert {kind: again.words[kind] for kind in ("name", "question")} == {"name": NAME, "question": QUESTION}
    assert again.address
    assert again.home == one.home


def test_an_ended_partner_or_offer_or_one_from_elsewhere_is_not_offered(partners: Partners) -> None:
    def offered() -> set[str]:
        return {one.name for one in receivers(AROUND, today(), "benefits") if one.offer}

    assert offered() == {"Schuldhulp: Hulp bij post"}
    type(partners.papers).objects.update(everywhere=False)
    assert offered() == set()
    partners.papers.places.create(code=HERE)
    assert offered() == {"Schuldhulp: Hulp bij post"}
    type(partners.debt_help).objects.filter(pk=partners.debt_help.pk).update(ended_on=today())
    assert offered() == set()
    assert {one.name for one in receivers(AROUND, today(), "benefits")} == {"Welzijn"}


def test_a_resident_who_asks_is_told_all_of_it_and_it_can_be_removed(
    refers: Refers, partners: Partners
) -> None:
    one = said_yes(refers(), partners.dirk)
    holding = holdings()[queries.PURPOSE]
    found = holding.named(one.key)
    assert found is not None
    told = {fact.name: fact.value for fact in found.facts}
    assert QUESTION in told.values()
    assert found.receivers == ("Schuldhulp",)
    assert holding.remove is not None
    holding.remove(one.key)
    assert not Referral.objects.exists()


def test_it_goes_a_year_after_it_ended(refers: Refers, partners: Partners) -> None:
    one = refers()
    partner = answers.signed_in(partners.dirk, one.key, today=today())
    answers.refuse(partner, "full", version=1, now=timezone.now(), today=today())
    one.refresh_from_db()
    assert one.remove_after == today() + timedelta(days=365)
    assert remove_past_referrals(one.remove_after, 10) == 0
    assert remove_past_referrals(one.remove_after + timedelta(days=1), 10) == 1


def test_sent_twice_it_is_one_referral(cast: Cast, partners: Partners, refers: Refers) -> None:
    first = refers()
    draft = Draft(
        origins.Origin(first.home, "", first.area_codes),
        Receiver(partners.debt_help),
        "benefits",
        (agreed("question", QUESTION),),
    )
    again = refer(draft, actor=cast.sanne, now=timezone.now(), today=today(), once=first.key)
    assert again.pk == first.pk
    assert Referral.objects.count() == 1
    with pytest.raises(InputError, match="sent already"):
        refer(draft, actor=cast.mila, now=timezone.now(), today=today(), once=first.key)


def test_only_who_refers_or_answers_finds_the_room(hire: Hire, visit: Visit) -> None:
    assert visit(hire(Role.CARETAKER)).get("/doorverwijzingen/").status_code == 403
    assert visit(hire(Role.HOUSING_CONSULTANT)).get("/doorverwijzingen/").status_code == 200
