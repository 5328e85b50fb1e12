"""What waits for somebody in other rooms stands on the start page: a number and a link, and nothing more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.referrals.models import Referral, ReferralPlace
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.residents.sharing.reading import read_share
from ongedeeld.web.safeguards import request_actions
from ongedeeld.web.safeguards.request_contents import Contents as Asked
from ongedeeld.web.signals.answering.steps import Taken, take
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault
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


def test_a_refusal_stands_there_for_who_keeps_the_referral_for_two_weeks(
    cast: Cast,  # noqa: F811 - a fixture
    partner: Organisation,
    visit: Visit,
) -> None:
    for days in (1, 20):
        refused = refer(partner, cast.sanne, days=2)
        Referral.objects.filter(pk=refused.pk).update(state="refused", answered_at=NOW - timedelta(days=days))
    words = 'href="/doorverwijzingen/?stand=refused">One referral was refused in the past two weeks'
    assert words in start(visit, cast.sanne)
    assert words not in start(visit, cast.noor)


def test_what_a_resident_shares_waits_for_who_may_read_it_until_they_opened_it(
    cast: Cast,  # noqa: F811 - a fixture
    visit: Visit,
) -> None:
    grant = copies.Grant("person", cast.sanne.key, "help", in_days(9))
    wish = taken("wish", {"words": "Weer rustig slapen"}, "Jo")
    share = copies.share(new_vault(), uuid4(), wish, grant, now=NOW, today=TODAY)
    words = 'href="/gedeeld/">A resident shares one thing with you that you did not open yet'
    page = start(visit, cast.sanne)
    assert words in page
    assert "Weer rustig slapen" not in page
    assert words not in start(visit, cast.mila)
    read_share(cast.sanne, share.key, now=NOW, today=TODAY)
    assert words not in start(visit, cast.sanne)


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


def test_a_version_waits_for_who_renews_the_data_until_it_is_decided_on(
    city: City, hire: Hire, visit: Visit
) -> None:
    keeper, waits = hire(Role.DATA_MANAGER), "one version of the figures waits for your decision"
    assert waits not in start(visit, keeper)
    newer = CityVersion.objects.create(folder="newer", state="checked")
    assert waits in start(visit, keeper)
    assert "versions of the figures" not in start(visit, hire(Role.DIRECTOR))
    CityVersion.objects.filter(pk=newer.pk).update(state="deleted")
    assert waits not in start(visit, keeper)
