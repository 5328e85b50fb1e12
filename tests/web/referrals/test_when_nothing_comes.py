"""When nobody answers, and what runs and stands still: who hears of it, and how it is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.waiting import waiting_for
from ongedeeld.web.partners.models import Agreement, Member, Offer, Organisation
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.reminding import escalate
from ongedeeld.web.referrals.standing import standing_of
from ongedeeld.web.signals.models import Team
from ongedeeld.web.working_days import working_days_after
from tests.web.conftest import Hire, Visit
from tests.web.posting import post_goes
from tests.web.referrals.conftest import (
    QUESTION,
    Partners,
    Refers,
    later,
    said_yes,
    today,
)
from tests.web.signals.conftest import AROUND, HERE, Cast, Reports, address  # noqa: F401 - a fixture

Letters = list[mail.EmailMessage]


def test_no_answer_comes_to_the_owner_then_to_who_leads_and_each_hears_it_once(
    refers: Refers, cast: Cast, partners: Partners, team: Team, letters: Letters
) -> None:
    one = refers(days=2)
    for day, to in (
        (one.respond_by, [partners.dirk.email]),
        (working_days_after(one.respond_by, 1), [cast.sanne.email]),
        (working_days_after(one.respond_by, 2), []),
        (working_days_after(one.respond_by, 3), [cast.mila.email]),
        (working_days_after(one.respond_by, 4), []),
    ):
        letters.clear()
        now = timezone.make_aware(datetime.combine(day, time(7)))
        escalate(now, day)
        escalate(now, day)
        post_goes()
        assert [letter.to[0] for letter in letters] == to, day
        for letter in letters:
            assert QUESTION not in str(letter.body)
    steps = [event.step for event in one.events.all()]
    assert steps == ["sent", "reminded", "escalated", "lead_told"]


def test_on_a_day_on_which_nobody_works_nobody_is_told(refers: Refers) -> None:
    one = refers()
    sunday = one.respond_by + timedelta(days=7 + (6 - one.respond_by.weekday()))
    assert escalate(later(days=30), sunday) == 0
    one.refresh_from_db()
    assert one.escalated_on is None


def test_the_partner_hears_a_working_day_before_its_term_ends(
    refers: Refers, partners: Partners, letters: Letters
) -> None:
    one = refers(days=5)
    day = next(
        one.respond_by - timedelta(days=back)
        for back in range(1, 7)
        if working_days_after(one.respond_by - timedelta(days=back), 1) == one.respond_by
    )
    escalate(timezone.now(), day if day.weekday() < 5 else day - timedelta(days=day.weekday() - 4))
    post_goes()
    assert [letter.to for letter in letters] == [[partners.dirk.email]]


def test_a_reminder_that_goes_nowhere_comes_to_the_owner_and_none_comes_twice(
    refers: Refers, partners: Partners, cast: Cast, letters: Letters
) -> None:
    Member.objects.all().delete()
    Offer.objects.update(email="")
    Organisation.objects.filter(pk=partners.debt_help.pk).update(email="")
    one = refers(days=2)
    for _ in range(2):
        escalate(timezone.now(), one.respond_by)
        post_goes()
    assert [letter.to for letter in letters] == [[cast.sanne.email]]
    assert [event.step for event in one.events.all()] == ["sent", "not_reminded"]


@pytest.mark.parametrize(
    ("told", "step", "on_start"),
    [
        ({"state": "accepted", "contact_on": date(2020, 1, 6)}, "contact_due", 1),
        ({"state": "accepted", "contact_on": timezone.localdate()}, "contact_due", 1),
        ({"state": "accepted", "answered_at": datetime(2020, 1, 6, tzinfo=UTC)}, "contact_due", 1),
        ({"state": "accepted", "contact_on": date(2099, 1, 6)}, None, 0),
        ({"remove_after": timezone.localdate() + timedelta(days=20)}, "goes_soon", 1),
        ({"organisation__ended_on": date(2020, 1, 6)}, "partner_gone", 1),
        ({"agreement__until_day": timezone.localdate()}, "agreement_over", 1),
        ({"agreement__until_day": date(2099, 1, 6)}, None, 0),
    ],
    ids=str,
)
def test_what_runs_and_stands_still_comes_to_its_owner_once_and_stands_in_the_list(
    refers: Refers,
    partners: Partners,
    cast: Cast,
    visit: Visit,
    letters: Letters,
    told: dict[str, object],
    step: str | None,
    on_start: int,
) -> None:
    under = partners.agreement if "agreement__until_day" in told else None
    one, day = refers(under=under, days=10), working_days_after(today(), 1)
    values = {"answered_at": timezone.now()} | told
    if ended := values.pop("organisation__ended_on", None):
        Organisation.objects.update(ended_on=ended)
    if until := values.pop("agreement__until_day", None):
        Agreement.objects.update(until_day=until)
    Referral.objects.filter(pk=one.pk).update(**values)
    for _ in range(2):
        escalate(timezone.now(), day)
        post_goes()
    assert [event.step for event in one.events.all()] == ["sent", *([step] if step else [])]
    assert [letter.to for letter in letters] == ([[cast.sanne.email]] if step else [])
    assert standing_of([one], day) == {one.pk: [step] if step else []}
    assert waiting_for(cast.sanne, day).standing == on_start
    assert waiting_for(cast.mila, day).standing == 0, "who keeps another one"
    now_gone = step in ("goes_soon", "partner_gone")  # these hold today as well
    page = visit(cast.sanne).get("/doorverwijzingen/").content.decode()
    assert ("the partner is there no longer" in page or "will be removed after" in page) is now_gone


def test_who_keeps_it_writes_down_that_somebody_came_and_that_it_was_done(
    refers: Refers, partners: Partners, cast: Cast, visit: Visit
) -> None:
    one, sanne = refers(), visit(cast.sanne)
    page, came, done = (f"/doorverwijzingen/{one.key}/{path}" for path in ("", "contact/", "gedaan/"))
    for path in (came, done):
        sanne.post(path, {"version": one.version})
    assert [event.step for event in one.events.all()] == ["sent"], "the partner did not say yes yet"
    said_yes(one, partners.dirk)
    Referral.objects.update(contact_on=date(2020, 1, 6))
    assert f'action="{came}"' in sanne.get(page).content.decode()
    for _ in range(2):
        sanne.post(came)
    assert standing_of([one], today()) == {one.pk: []}
    assert f'action="{came}"' not in sanne.get(page).content.decode()
    sanne.post(done, {"version": Referral.objects.get().version})
    assert (Referral.objects.get().state, Referral.objects.get().ended_on) == ("done", today())
    assert [event.step for event in one.events.all()] == ["sent", "accepted", "contacted", "done"]
    assert (
        QUESTION not in visit(partners.dirk).get(f"/doorverwijzingen/ontvangen/{one.key}/").content.decode()
    )


def test_where_nobody_leads_the_other_colleagues_hear_that_there_is_no_answer(
    refers: Refers, cast: Cast, hire: Hire, letters: Letters
) -> None:
    RoleHeld.objects.filter(role=Role.AREA_MANAGER).delete()
    one = refers(days=2)
    tess = hire(Role.HOUSING_CONSULTANT, [HERE], "Tess")
    first = working_days_after(one.respond_by, 1)
    for day in (first, working_days_after(first, 2)):
        escalate(timezone.make_aware(datetime.combine(day, time(7))), day)
        post_goes()
    own, *others = [to for letter in letters for to in letter.to]
    assert own == cast.sanne.email
    assert tess.email in others
    assert own not in others


def test_of_who_is_gone_the_referral_comes_to_who_leads(
    refers: Refers, cast: Cast, team: Team, letters: Letters
) -> None:
    one = refers(days=2)
    RoleHeld.objects.filter(person=cast.sanne).update(until_day=today() - timedelta(days=1))
    day = working_days_after(one.respond_by, 1)
    escalate(timezone.make_aware(datetime.combine(day, time(7))), day)
    post_goes()
    one.refresh_from_db()
    assert (one.owner, one.lead_told_on) == (cast.mila.key, day)
    assert [letter.to for letter in letters] == [[cast.mila.email]]
