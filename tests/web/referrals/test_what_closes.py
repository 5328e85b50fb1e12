"""What nobody may read any more is shown nowhere and not kept, and who was asked stays written."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.http import Http404
from django.utils import timezone

from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.referrals.events import Side
from ongedeeld.web.referrals.grants import read
from ongedeeld.web.referrals.meetings import holding
from ongedeeld.web.referrals.models import Meeting, MeetingItem, MeetingParty, Referral
from ongedeeld.web.referrals.reminding import escalate
from ongedeeld.web.referrals.removing import remove_meetings
from ongedeeld.web.referrals.safeguarding import remove_past_referrals
from ongedeeld.web.referrals.sending.receivers import Receiver
from ongedeeld.web.referrals.sending.referring import take_back_item, withdraw
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.residents.sharing.copies import Grant
from ongedeeld.web.signals.models import Team
from ongedeeld.web.working_days import working_days_after
from tests.web.posting import post_goes
from tests.web.referrals.conftest import QUESTION, Partners, Refers, agreed, today
from tests.web.residents.device import new_vault
from tests.web.signals.conftest import Cast

AGREED = "Schuldhulp gaat maandag langs."


def discussed(one: Referral, cast: Cast) -> MeetingItem:
    """A referral at a meeting, with what was agreed of it."""
    meeting = holding.begin(today(), actor=cast.sanne, now=timezone.now(), today=today())
    item = holding.put_on(meeting, one.key, actor=cast.sanne, now=timezone.now(), today=today())
    holding.agree(item, AGREED, version=1, actor=cast.sanne, now=timezone.now(), today=today())
    return item


def let_in(item: MeetingItem, partners: Partners, cast: Cast, *, asked: str = "in_person") -> None:
    """Welfare joins in, and the resident agreed; without how, it leaves."""
    holding.concern(
        item,
        [partners.welfare.key] if asked else [],
        asked=asked,
        asked_on=today() if asked else None,
        actor=cast.sanne,
        now=timezone.now(),
        today=today(),
    )


def test_what_was_agreed_closes_for_a_partner_when_its_last_item_is_taken_back(
    cast: Cast, partners: Partners, refers: Refers
) -> None:
    one = refers(agreed("question", QUESTION))
    item = discussed(one, cast)
    _, (seen,) = holding.items_of_partner(partners.dirk, item.meeting.key, today=today())
    assert seen.agreed == AGREED
    take_back_item(one, one.items.get().key, actor=None, side=Side.RESIDENT, now=timezone.now())
    with pytest.raises(Http404):
        holding.items_of_partner(partners.dirk, item.meeting.key, today=today())
    assert not holding.meetings_of_partner(partners.dirk, today=today())


def test_what_was_agreed_closes_for_who_joined_when_nothing_is_told_of_it_any_more(
    cast: Cast, partners: Partners, refers: Refers
) -> None:
    one = refers(agreed("question", QUESTION, until=today() + timedelta(days=3)))
    refers(agreed("question", "Kan er iemand mee?"), to=Receiver(partners.welfare))
    item = discussed(one, cast)
    let_in(item, partners, cast)
    assert holding.items_of_partner(partners.wendy, item.meeting.key, today=today())
    with pytest.raises(Http404):
        holding.items_of_partner(partners.wendy, item.meeting.key, today=today() + timedelta(days=4))


def test_how_the_resident_was_asked_is_kept_for_each_who_joins_and_by_the_database_itself(
    cast: Cast, partners: Partners, refers: Refers
) -> None:
    refers(agreed("question", "Kan er iemand mee?"), to=Receiver(partners.welfare))
    item = discussed(refers(), cast)

    def joined() -> list[tuple[str, bool]]:
        rows = item.parties.filter(organisation=partners.welfare)
        return [(one.asked, one.left_at is None) for one in rows]

    let_in(item, partners, cast)
    let_in(item, partners, cast, asked="phone")
    assert joined() == [("in_person", True)], "nobody new was asked about"
    let_in(item, partners, cast, asked="")
    let_in(item, partners, cast, asked="phone")
    assert joined() == [("in_person", False), ("phone", True)], "who joins again is asked about again"
    left, _ = item.parties.filter(organisation=partners.welfare)
    for values in ({"asked": "phone"}, {"asked_on": None}, {"left_at": None}):
        with pytest.raises(Error), transaction.atomic():
            MeetingParty.objects.filter(pk=left.pk).update(**values)
    with pytest.raises(Error), transaction.atomic():
        MeetingParty.objects.filter(pk=left.pk).delete()
    remove_meetings(Meeting.objects.all())
    assert not MeetingParty.objects.exists()


def test_another_household_of_the_same_home_joins_nothing(
    cast: Cast, partners: Partners, refers: Refers
) -> None:
    before = refers(agreed("question", "Kan er iemand mee?"), to=Receiver(partners.welfare))
    now = refers()
    Referral.objects.filter(pk=before.pk).update(vault=uuid4())
    Referral.objects.filter(pk=now.pk).update(vault=uuid4())
    now.refresh_from_db()
    assert holding.could_concern(now, today()) == []


def test_a_colleague_reads_of_a_meeting_what_stands_on_it_alone(cast: Cast, refers: Refers) -> None:
    item = discussed(refers(), cast)
    refers()
    (seen,) = holding.items_for(cast.sanne, item.meeting, today=today())
    assert seen.referral.pk == item.referral_id


def test_what_was_told_is_not_kept_after_its_day_and_says_why(refers: Refers) -> None:
    one = refers(agreed("question", QUESTION, until=today() + timedelta(days=2)), agreed("name", "Jo"))
    remove_past_referrals(today() + timedelta(days=2), 10)
    assert one.items.exclude(sealed="").count() == 2
    later = today() + timedelta(days=3)
    assert remove_past_referrals(later, 10) == 0
    question, name = one.items.order_by("-kind")
    assert question.sealed == ""
    assert name.sealed
    decision = next(row.decision for row in read(Referral.objects.get(pk=one.pk), later) if not row.words)
    assert "has passed" in str(next(iter(decision.reasons)).say())


def test_what_came_from_a_share_that_is_gone_is_not_kept(refers: Refers) -> None:
    one = refers(agreed("question", QUESTION, share=uuid4()), agreed("name", "Jo"))
    remove_past_referrals(today(), 10)
    assert one.items.get(kind="question").sealed == ""
    assert one.items.get(kind="name").sealed


def test_what_came_from_a_share_goes_in_the_moment_in_which_it_is_taken_back(refers: Refers) -> None:
    now, vault = timezone.now(), new_vault()
    wish = taken("wish", {"words": QUESTION}, "Jo")
    grant = Grant("organisation", refers().organisation.key, "help", today() + timedelta(days=9))
    share = copies.share(vault, uuid4(), wish, grant, now=now, today=today())
    one = refers(agreed("question", QUESTION, share=share.key), agreed("name", "Jo"))
    copies.withdraw(vault, share.key, now=now, today=today())
    assert one.items.get(kind="question").sealed == ""
    assert one.items.get(kind="name").sealed


def test_an_item_that_was_emptied_can_still_be_taken_back(refers: Refers, cast: Cast) -> None:
    one = refers(agreed("question", QUESTION, share=uuid4()))
    remove_past_referrals(today(), 10)
    withdraw(one, version=1, actor=cast.sanne, side=Side.ASSOCIATION, now=timezone.now(), today=today())
    assert one.items.get().withdrawn_at is not None


def test_of_who_is_gone_where_nobody_leads_everybody_hears_who_may_see_it(
    refers: Refers, cast: Cast, letters: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ongedeeld.web.referrals.reminding.lead_of", lambda *_: None)
    Team.objects.all().delete()
    one = refers(days=2)
    RoleHeld.objects.filter(person=cast.sanne).update(until_day=today() - timedelta(days=1))
    escalate(timezone.now(), working_days_after(one.respond_by, 1))
    post_goes()
    told = {to for letter in letters for to in letter.to}  # type: ignore[attr-defined]
    assert cast.mila.email in told
    assert cast.sanne.email not in told
