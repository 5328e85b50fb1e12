"""Whatever people do in whatever order: nobody reads an item without a ground that holds at that moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.referrals.answering import answers, links
from ongedeeld.web.referrals.answering.links import LinkEndedError
from ongedeeld.web.referrals.events import Side
from ongedeeld.web.referrals.grants import readable
from ongedeeld.web.referrals.models import Referral, ReferralEvent, ReferralItem
from ongedeeld.web.referrals.sending.referring import take_back_item, tell_more, withdraw
from tests.web.referrals.conftest import (
    DATA,
    Partners,
    Refers,
    agreed,
    by_law,
    today,
)
from tests.web.signals.conftest import Cast

KINDS = ("name", "contact", "question", "tried")
STEPS = (
    "tell",
    "tell_by_law",
    "take_back",
    "narrow",
    "widen",
    "end_agreement",
    "renew_agreement",
    "accept",
    "refuse",
    "finish",
    "withdraw",
    "open_link",
    "end_link",
    "wait",
)


@dataclass
class Held:
    """A twin that keeps what may be read in the plainest way."""

    data: set[str] = field(default_factory=lambda: set(DATA))
    ended: bool = False
    state: str = "sent"
    items: dict[str, date] = field(default_factory=dict)

    def read(self, day: date) -> set[str]:
        """The kinds that may be read on a day."""
        if self.state not in ("sent", "accepted") or self.ended:
            return set()
        return {kind for kind, until in self.items.items() if kind in self.data and day <= until}


steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(KINDS), st.integers(1, 40)), min_size=3, max_size=14
)


@pytest.fixture
def alone(refers: Refers, partners: Partners) -> Referral:
    """A referral that asks something under the agreement, readable for thirty days."""
    until = today() + timedelta(days=30)
    return refers(agreed("question", "Wie helpt?", until=until), under=partners.agreement)


@given(happenings=steps)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_item_is_read_exactly_as_long_as_its_ground_holds(
    alone: Referral, cast: Cast, partners: Partners, happenings: list[tuple[str, str, int]]
) -> None:
    with transaction.atomic():
        _run(alone.pk, cast, partners, happenings)
        transaction.set_rollback(True)


def _run(pk: int, cast: Cast, partners: Partners, happenings: list[tuple[str, str, int]]) -> None:
    held, day, door = Held(items={"question": today() + timedelta(days=30)}), today(), ""
    for step, kind, days in happenings:
        now = timezone.make_aware(datetime.combine(day, time(12)))
        one = Referral.objects.get(pk=pk)
        try:
            with transaction.atomic():
                door = _step(step, kind, days, one, held, (cast, partners), now) or door
        except (OngedeeldError, Http404):
            pass  # refused: the twin was not changed either
        day += timedelta(days=days if step == "wait" else 0)
        one = Referral.objects.get(pk=pk)
        assert {row.item.kind for row in readable(one, day)} == held.read(day), step
        assert all(row.words for row in readable(one, day))
        _reads_no_more_by_link(one, door, held, day)
    history = list(ReferralEvent.objects.filter(referral=pk).values_list("step", flat=True))
    assert history[0] == "sent"
    assert (
        not ReferralItem.objects.filter(referral=pk, withdrawn_at__isnull=False).exclude(sealed="").exists()
    )


def _step(
    step: str,
    kind: str,
    days: int,
    one: Referral,
    held: Held,
    people: tuple[Cast, Partners],
    now: datetime,
) -> str:
    """Do one thing, and write in the twin what it does when it succeeds."""
    (cast, partners), day = people, timezone.localdate(now)
    until = day + timedelta(days=days)
    agreement = Agreement.objects.filter(pk=partners.agreement.pk)
    if step in ("tell", "tell_by_law"):
        item = (
            agreed(kind, "Woorden.", until=until, asked_on=day)
            if step == "tell"
            else by_law(kind, "Woorden.")
        )
        tell_more(one, item, actor=cast.sanne, now=now, today=day)
        held.items[kind] = item.telling.until
    elif step == "take_back":
        told = one.items.filter(kind=kind, withdrawn_at__isnull=True).first()
        if told is not None:
            take_back_item(one, told.key, actor=cast.sanne, side=Side.ASSOCIATION, now=now)
            held.items.pop(kind)
    elif step in ("narrow", "widen"):
        held.data = held.data - {kind} if step == "narrow" else held.data | {kind}
        agreement.update(data=sorted(held.data))
    elif step in ("end_agreement", "renew_agreement"):
        held.ended = step == "end_agreement"
        agreement.update(ended_on=day if held.ended else None)
    elif step == "open_link":
        link = links.make_link(one, actor=cast.sanne, now=now).link
        return links.open_with(link, links.new_code(link, now=now), now=now) + f" {link.key}"
    elif step == "end_link":
        links.end_links(one, actor=cast.sanne, now=now)
    elif step == "withdraw":
        withdraw(one, version=one.version, actor=cast.sanne, side=Side.ASSOCIATION, now=now, today=day)
        held.state, held.items = "withdrawn", {}
    elif step != "wait":
        _answer(step, one, held, partners, now, day)
    return ""


def _answer(step: str, one: Referral, held: Held, partners: Partners, now: datetime, day: date) -> None:
    partner = answers.signed_in(partners.dirk, one.key, today=day)
    if step == "accept":
        answers.accept(partner, version=one.version, now=now, today=day)
        held.state = "accepted"
    elif step == "refuse":
        answers.refuse(partner, "full", version=one.version, now=now, today=day)
        held.state = "refused"
    else:
        answers.finish(partner, version=one.version, now=now, today=day)
        held.state = "done"


def _reads_no_more_by_link(one: Referral, door: str, held: Held, day: date) -> None:
    """Whoever opened a link reads what may be read at that moment, or the link leads nowhere."""
    if not door:
        return
    secret, key = door.split()
    now = timezone.make_aware(datetime.combine(day, time(12, 5)))
    link = one.links.get(key=key)
    try:
        partner = answers.by_link(link.key, secret, now=now, today=day)
    except LinkEndedError:
        return
    assert held.state in ("sent", "accepted")
    assert {row.item.kind for row in readable(partner.referral, day)} == held.read(day)
