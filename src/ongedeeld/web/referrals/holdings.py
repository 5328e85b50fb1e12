"""What referrals tell of a home, for whoever asks what is kept about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils import timezone

from ongedeeld.errors import N_, Marked
from ongedeeld.web.referrals.contents import address_of, agreed_of, answer_of, words_of
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import PURPOSE
from ongedeeld.web.referrals.removing import remove_referrals
from ongedeeld.web.safeguards.request_holdings import Fact, Found, Holding, Home, hold


def _of_home(home: Home) -> Iterable[Found]:
    return map(_found, Referral.objects.filter(home=home.blind))


def _named(key: UUID) -> Found | None:
    found = Referral.objects.filter(key=key).first()
    return _found(found) if found else None


def _found(one: Referral) -> Found:
    return Found(
        key=one.key,
        day=timezone.localdate(one.sent_at),
        heading=N_("a referral to a partner"),
        facts=(*_state(one), *_told(one), *_agreed(one)),
        remove_after=one.remove_after,
        receivers=(one.organisation.name,),
    )


def _state(one: Referral) -> Iterator[Fact]:
    yield Fact("address", N_("address"), address_of(one))
    yield Fact("domain", N_("life domain"), Marked(one.get_domain_display()))
    yield Fact("state", N_("how far it is"), Marked(one.get_state_display()))
    if one.refusal:
        yield Fact("refusal", N_("why it was refused"), Marked(one.get_refusal_display()))
    yield Fact("answered_at", N_("answered on"), one.answered_at)
    yield Fact("contact_on", N_("the partner seeks contact on"), one.contact_on)
    yield Fact("answer", N_("what the partner wrote"), answer_of(one), words=True)
    yield Fact("ended_on", N_("ended on"), one.ended_on)


def _told(one: Referral) -> Iterator[Fact]:
    for at, item in enumerate(one.items.all(), 1):
        name, label = f"told_{at}", Marked(item.get_kind_display())
        yield Fact(name, label, words_of(item), words=True)
        yield Fact(f"{name}_ground", N_("why it could be told"), Marked(item.get_ground_display()))
        yield Fact(f"{name}_article", N_("article"), item.article)
        if item.asked:
            yield Fact(f"{name}_asked", N_("how the resident was asked"), Marked(item.get_asked_display()))
        yield Fact(f"{name}_asked_on", N_("asked on"), item.asked_on)
        yield Fact(f"{name}_until", N_("readable until"), item.until_day)
        yield Fact(f"{name}_withdrawn", N_("taken back on"), item.withdrawn_at)


def _agreed(one: Referral) -> Iterator[Fact]:
    for at, item in enumerate(one.meetings.select_related("meeting"), 1):
        yield Fact(f"meeting_{at}", N_("discussed at a case meeting on"), item.meeting.on_day)
        yield Fact(f"meeting_{at}_agreed", N_("what was agreed"), agreed_of(item), words=True)
        for number, party in enumerate(item.parties.select_related("organisation"), 1):
            name, how = f"meeting_{at}_party_{number}", Marked(party.get_asked_display())
            yield Fact(name, N_("who joined in"), party.organisation.name)
            if party.asked:
                yield Fact(f"{name}_asked", N_("how the resident was asked"), how)
                yield Fact(f"{name}_asked_on", N_("asked on"), party.asked_on)


def _remove(key: UUID) -> None:
    remove_referrals(Referral.objects.filter(key=key))


hold(Holding(PURPOSE, N_("referrals to partners"), _of_home, _named, _remove))
