"""What waits for somebody in other rooms stands on the start page: a number and a link, and nothing more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.referrals.models import Referral, ReferralPlace
from ongedeeld.web.safeguards import request_actions
from ongedeeld.web.safeguards.request_contents import Contents as Asked
from ongedeeld.web.signals.answering import Taken, take
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Hire, Visit
from tests.web.signals.conftest import (  # noqa: F401 - fixtures
    HERE,
    NOTE,
    Cast,
    Reports,
    address,
    addresses,
    cast,
    in_days,
    reports,
    signal,
    team,
)

NOW, TODAY = timezone.now(), timezone.localdate()


def start(visit: Visit, person: Person) -> str:
    """The start page of somebody who reads English, the language of the texts in the code."""
    Person.objects.filter(pk=person.pk).update(language="en")
    page = visit(person).get("/")
    assert page.status_code == 200
    return page.content.decode()


def test_a_signal_waits_for_who_answers_it_until_it_was_answered(
    cast: Cast,  # noqa: F811 - fixtures
    signal: Signal,  # noqa: F811
    visit: Visit,
) -> None:
    page = start(visit, cast.mila)
    assert "one signal waits for your first answer" in page
    assert 'href="/signalen/">One signal waits' in page
    assert NOTE not in page
    for other in (cast.sanne, cast.noor, cast.bas, cast.olga):
        assert "waits for your first answer" not in start(visit, other)
    take(signal, Taken("pick_up"), version=signal.version, actor=cast.mila, now=NOW, today=TODAY)
    assert "waits for your first answer" not in start(visit, cast.mila)


@pytest.fixture
def partner() -> Organisation:
    return Organisation.objects.create(name="Zorggroep", kind="care", made_by=uuid4(), made_at=NOW)


def refer(partner: Organisation, by: Person, days: int) -> Referral:
    """A referral of which the term ends so many days from now."""
    made = Referral.objects.create(
        home="home",
        organisation=partner,
        domain="care",
        made_by=by.key,
        owner=by.key,
        sent_at=NOW,
        respond_by=in_days(days),
        remove_after=TODAY + timedelta(days=300),
    )
    ReferralPlace.objects.create(referral=made, code=HERE)
    return made


def test_a_referral_waits_for_the_partner_and_when_it_is_late_for_who_keeps_it(
    cast: Cast,  # noqa: F811 - a fixture
    partner: Organisation,
    hire: Hire,
    visit: Visit,
) -> None:
    pia = hire(Role.PARTNER, [HERE], "Pia")
    Member.objects.create(organisation=partner, person=pia.key, from_day=in_days(-9))
    refer(partner, cast.sanne, days=2)
    assert 'href="/doorverwijzingen/ontvangen/">One referral waits for your answer' in start(visit, pia)
    assert "not answered in time" not in start(visit, cast.sanne)
    refer(partner, cast.sanne, days=-1)
    assert 'href="/doorverwijzingen/">One referral was not answered in time' in start(visit, cast.sanne)
    assert "2 referrals wait for your answer" in start(visit, pia)
    assert "not answered in time" not in start(visit, cast.noor)


def test_a_request_of_a_resident_waits_for_the_privacy_officer(
    cast: Cast,  # noqa: F811 - a fixture
    visit: Visit,
) -> None:
    asked = Asked("Jo", "jo@voorbeeld.invalid", "wat bewaart u over mij", "Kerkstraat 1")
    request_actions.take_in(
        request_actions.Asked("access", asked, TODAY, uuid4()), actor=cast.olga, now=NOW, today=TODAY
    )
    words = "one request of a resident on their data waits for an answer"
    assert words in start(visit, cast.olga)
    assert words not in start(visit, cast.mila)
