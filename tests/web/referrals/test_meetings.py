"""Case meetings: each party sees the residents that concern it, what it was told itself, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.referrals.answering import answers
from ongedeeld.web.referrals.events import Side
from ongedeeld.web.referrals.meetings import holding
from ongedeeld.web.referrals.models import Meeting, MeetingItem, Referral
from ongedeeld.web.referrals.sending.origins import from_address
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.referring import withdraw
from tests.web.conftest import Visit
from tests.web.referrals.conftest import NAME, QUESTION, Partners, Refers, agreed, today
from tests.web.signals.conftest import ELSEWHERE, Cast

AGREED = "Schuldhulp gaat maandag langs."
OTHERS = "Kan er iemand mee naar de school?"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting that Sanne planned for next week."""
    day = today() + timedelta(days=7)
    return holding.begin(day, actor=cast.sanne, now=timezone.now(), today=today())


def put(meeting: Meeting, one: Referral, cast: Cast, words: str = AGREED) -> MeetingItem:
    """A referral on the meeting, with what was agreed."""
    item = holding.put_on(meeting, one.key, actor=cast.sanne, now=timezone.now(), today=today())
    holding.agree(item, words, version=1, actor=cast.sanne, now=timezone.now(), today=today())
    return MeetingItem.objects.get(pk=item.pk)


def join(item: MeetingItem, partners: Partners, cast: Cast) -> None:
    """Welfare joins in for an item, and the resident agreed."""
    holding.concern(
        item,
        [partners.welfare.key],
        asked="in_person",
        asked_on=today(),
        actor=cast.sanne,
        now=timezone.now(),
        today=today(),
    )


def test_a_party_sees_what_concerns_it_and_not_how_many_others_there_are(
    cast: Cast, partners: Partners, refers: Refers, meeting: Meeting, visit: Visit
) -> None:
    put(meeting, refers(), cast)
    put(meeting, refers(agreed("question", OTHERS), to=Receiver(partners.welfare)), cast, "Welzijn belt.")
    dirk = visit(partners.dirk).get(f"/doorverwijzingen/ontvangen/overleg/{meeting.key}/").content.decode()
    for word in (AGREED, QUESTION, NAME):
        assert word in dirk
    for word in ("Welzijn belt.", OTHERS, "Welzijn"):
        assert word not in dirk
    wendy = visit(partners.wendy).get(f"/doorverwijzingen/ontvangen/overleg/{meeting.key}/").content.decode()
    assert "Welzijn belt." in wendy
    for word in (AGREED, QUESTION, NAME, "Schuldhulp"):
        assert word not in wendy


def test_a_party_that_nothing_concerns_does_not_find_the_meeting(
    cast: Cast, partners: Partners, refers: Refers, meeting: Meeting, visit: Visit
) -> None:
    put(meeting, refers(), cast)
    wendy = visit(partners.wendy)
    assert wendy.get(f"/doorverwijzingen/ontvangen/overleg/{meeting.key}/").status_code == 404
    assert str(meeting.key) not in wendy.get("/doorverwijzingen/ontvangen/").content.decode()
    assert str(meeting.key) in visit(partners.dirk).get("/doorverwijzingen/ontvangen/").content.decode()


def test_another_party_joins_only_for_a_resident_that_was_referred_to_it_and_who_agreed(
    cast: Cast, partners: Partners, refers: Refers, meeting: Meeting
) -> None:
    item = put(meeting, refers(), cast)
    with pytest.raises(InputError, match="no referral about this home"):
        join(item, partners, cast)
    refers(agreed("question", OTHERS), to=Receiver(partners.welfare))
    with pytest.raises(InputError, match="how and when the resident was asked"):
        holding.concern(
            item,
            [partners.welfare.key],
            asked="",
            asked_on=None,
            actor=cast.sanne,
            now=timezone.now(),
            today=today(),
        )
    join(item, partners, cast)
    _, (seen,) = holding.items_of_partner(partners.wendy, meeting.key, today=today())
    assert seen.agreed == AGREED
    assert [row.words for row in seen.reads] == [OTHERS], "what the other was told stays with the other"


def test_who_joined_sees_nothing_more_once_its_own_referral_ended(
    cast: Cast, partners: Partners, refers: Refers, meeting: Meeting
) -> None:
    item = put(meeting, refers(), cast)
    own = refers(agreed("question", OTHERS), to=Receiver(partners.welfare))
    join(item, partners, cast)
    partner = answers.signed_in(partners.wendy, own.key, today=today())
    answers.refuse(partner, "full", version=1, now=timezone.now(), today=today())
    with pytest.raises(Http404):
        holding.items_of_partner(partners.wendy, meeting.key, today=today())


def test_what_was_agreed_goes_with_a_referral_that_is_taken_back(
    cast: Cast, partners: Partners, refers: Refers, meeting: Meeting
) -> None:
    one = refers()
    item = put(meeting, one, cast)
    withdraw(one, version=1, actor=cast.sanne, side=Side.ASSOCIATION, now=timezone.now(), today=today())
    item.refresh_from_db()
    assert item.sealed == ""
    with pytest.raises(Http404):
        holding.items_of_partner(partners.dirk, meeting.key, today=today())


def test_a_colleague_sees_the_items_of_their_areas_alone(
    cast: Cast, refers: Refers, meeting: Meeting, visit: Visit
) -> None:
    put(meeting, refers(), cast)
    mila = visit(cast.mila).get(f"/doorverwijzingen/overleg/{meeting.key}/").content.decode()
    assert AGREED in mila
    assert visit(cast.noor).get(f"/doorverwijzingen/overleg/{meeting.key}/").status_code == 404
    elsewhere = Address.objects.filter(area=ELSEWHERE).order_by("id").first()
    assert elsewhere is not None
    other = refers(by=cast.noor, origin=from_address(where_is(cast.noor, elsewhere)))
    with pytest.raises(Http404):
        holding.put_on(meeting, other.key, actor=cast.sanne, now=timezone.now(), today=today())
    put(meeting, other, replace(cast, sanne=cast.noor), "Noor belt.")
    assert (
        "Noor belt."
        not in visit(cast.sanne).get(f"/doorverwijzingen/overleg/{meeting.key}/").content.decode()
    )
    noor = visit(cast.noor).get(f"/doorverwijzingen/overleg/{meeting.key}/").content.decode()
    assert "Noor belt." in noor
    assert AGREED not in noor


def test_what_was_agreed_is_for_the_resident_too_and_holds_no_illness(
    cast: Cast, refers: Refers, meeting: Meeting
) -> None:
    item = put(meeting, refers(), cast)
    with pytest.raises(InputError, match="illness"):
        holding.agree(
            item, "Mevrouw is depressief.", version=2, actor=cast.sanne, now=timezone.now(), today=today()
        )


def test_a_closed_meeting_is_not_changed_and_who_planned_it_closes_it(
    cast: Cast, refers: Refers, meeting: Meeting
) -> None:
    item = put(meeting, refers(), cast)
    with pytest.raises(InputError, match="who planned"):
        holding.close_meeting(meeting, version=1, actor=cast.mila, now=timezone.now())
    holding.close_meeting(meeting, version=1, actor=cast.sanne, now=timezone.now())
    item = MeetingItem.objects.get(pk=item.pk)
    with pytest.raises(InputError, match="closed"):
        holding.agree(item, AGREED, version=2, actor=cast.sanne, now=timezone.now(), today=today())


def test_the_pages_of_a_meeting_do_all_of_it(cast: Cast, refers: Refers, visit: Visit) -> None:
    one, sanne = refers(), visit(cast.sanne)
    made = sanne.post("/doorverwijzingen/overleg/", {"on_day": today() + timedelta(days=3)})
    page = made.headers["Location"]
    assert sanne.post(f"{page}agenda/", {"referral": one.key}).status_code == 303
    item = MeetingItem.objects.get()
    at = f"/doorverwijzingen/overleg/punt/{item.key}/"
    told = {f"a{item.key}-words": AGREED, f"a{item.key}-version": 1}
    assert sanne.post(f"{at}afspraak/", told).status_code == 303
    assert sanne.post(f"{at}afspraak/", told).status_code == 422
    assert AGREED in sanne.get(page).content.decode()
    assert sanne.post(f"{at}wie/", {}).status_code == 303
    assert sanne.post(f"{page}sluiten/", {"version": 1}).status_code == 303
    assert sanne.post("/doorverwijzingen/overleg/", {"on_day": "2001-01-01"}).status_code == 422
