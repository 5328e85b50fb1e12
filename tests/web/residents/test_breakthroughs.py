"""A rule that is in the way: who can decide is asked with the resident's agreement, and answers in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.residents.breakthroughs import asking
from ongedeeld.web.residents.breakthroughs.contents import Cost, Plea, plea_of
from ongedeeld.web.residents.breakthroughs.queries import breakthrough_for, read_breakthrough
from ongedeeld.web.residents.breakthroughs.reminding import escalate_overdue
from ongedeeld.web.residents.models import Breakthrough, Look, Share, Vault
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.receivers import deciders
from ongedeeld.web.working_days import is_working_day, working_days_after
from tests.web.conftest import Visit
from tests.web.residents.sharing_cast import (
    SENDER,
    STEP,
    Shares,
    SharingCast,
    in_days,
)

TODAY = timezone.localdate
PLEA = Plea(
    rule="De toeslag telt mijn zoon nog mee",
    law="De regel wil voorkomen dat iemand te veel krijgt.",
    involvement="Jo heeft alles doorgegeven.",
    gain="De huur wordt weer op tijd betaald.",
)


def ask(
    person: Person, share: Share, of: Person, plea: Plea = PLEA, today: date | None = None
) -> Breakthrough:
    """Ask for the resident."""
    return asking.ask(person, share.key, of.key, plea, now=timezone.now(), today=today or TODAY())


def answer(person: Person, one: Breakthrough, **told: object) -> None:
    """Answer it."""
    given = {"agreed": True, "reason": "Dit is waar de regel voor is.", "version": one.version} | told
    asking.answer(person, one, now=timezone.now(), today=TODAY(), **given)  # type: ignore[arg-type]


def open_to(person: Person, one: Breakthrough, today: date | None = None) -> bool:
    """Whether somebody can read it."""
    try:
        read_breakthrough(person, one.key, now=timezone.now(), today=today or TODAY())
    except Http404:
        return False
    return True


def test_who_is_asked_reads_the_step_and_the_reasons_and_answers(
    cast: SharingCast, shares: Shares, visit: Visit, resident: Client
) -> None:
    share = shares(cast.sanne, purpose="breakthrough")
    form = {f"ask-{name}": getattr(PLEA, name) for name in ("rule", "law", "involvement", "gain")}
    form |= {"ask-asked_of": str(cast.mila.key), "ask-once": str(uuid4())}
    form |= {"ask-helping": "250", "ask-helping_source": "offerte van 3 november"}
    page = visit(cast.sanne)
    for _ in range(2):
        made = page.post(reverse("ask_breakthrough", args=[share.key]), form)
        assert made.status_code == 303, made.text
    one = Breakthrough.objects.get()
    assert one.respond_by == working_days_after(TODAY(), 10)
    mila = visit(cast.mila)
    read = mila.get(made["Location"]).text
    for words in (PLEA.rule, PLEA.law, STEP["what"], "offerte van 3 november", SENDER):
        assert words in read
    told = {"answer-answer": "refused", "answer-reason": "Dit kan alleen de gemeente.", "answer-version": "1"}
    assert mila.post(reverse("answer_breakthrough", args=[one.key]), told).status_code == 303
    assert "Dit kan alleen de gemeente." in visit(cast.sanne).get(made["Location"]).text
    seen = resident.get(reverse("own_shares")).text
    assert "Dit kan alleen de gemeente." in seen
    assert "Mila" in seen
    assert Look.objects.filter(share=share, person=cast.mila.key).exists()


def test_nobody_is_asked_without_the_agreement_of_the_resident(cast: SharingCast, shares: Shares) -> None:
    with pytest.raises(InputError, match="did not agree"):
        ask(cast.sanne, shares(cast.sanne, purpose="help"), cast.mila)
    with pytest.raises(Http404):
        ask(cast.mila, shares(cast.sanne, purpose="breakthrough"), cast.noor)


def test_only_who_decides_can_be_asked_and_nobody_asks_themselves(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.mila, purpose="breakthrough")
    for other in (cast.mila, cast.sanne, cast.olga):
        with pytest.raises(InputError, match="cannot decide"):
            ask(cast.mila, share, other)
    names = {one.name for one in deciders(TODAY())}
    assert names == {"Mila", "Noor", "Dirk", "Pia", "Petra"}


@pytest.mark.parametrize(
    ("plea", "words"),
    [
        (replace(PLEA, rule=" "), "which rule"),
        (replace(PLEA, gain=""), "needs its reasons"),
        (replace(PLEA, helping=Cost(100, " ")), "nobody can check"),
        (replace(PLEA, law="Zij is schizofreen"), "looks like"),
    ],
)
def test_a_request_has_its_reasons_and_no_invented_amount(
    cast: SharingCast, shares: Shares, plea: Plea, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        ask(cast.sanne, shares(cast.sanne, purpose="breakthrough"), cast.mila, plea)


def test_it_is_asked_once_at_a_time(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne, purpose="breakthrough")
    one = ask(cast.sanne, share, cast.mila)
    with pytest.raises(InputError, match="asked already"):
        ask(cast.sanne, share, cast.dirk)
    asking.take_back(cast.sanne, one, version=1)
    assert not open_to(cast.mila, one)
    ask(cast.sanne, share, cast.dirk)


def test_an_answer_needs_its_reason_and_who_was_asked(cast: SharingCast, shares: Shares) -> None:
    one = ask(cast.sanne, shares(cast.sanne, purpose="breakthrough"), cast.mila)
    with pytest.raises(InputError, match="needs its reason"):
        answer(cast.mila, one, reason=" ")
    with pytest.raises(InputError, match="not asked of you"):
        answer(cast.noor, one)
    answer(cast.mila, one)
    one.refresh_from_db()
    assert plea_of(one).answer == "Dit is waar de regel voor is."
    with pytest.raises(InputError, match="answered or taken back"):
        answer(cast.mila, one)


def test_taken_back_by_the_resident_nobody_reads_or_answers_it(
    cast: SharingCast, shares: Shares, vault: Vault
) -> None:
    share = shares(cast.sanne, purpose="breakthrough")
    one = ask(cast.sanne, share, cast.mila)
    assert open_to(cast.mila, one)
    copies.withdraw(vault, share.key, now=timezone.now(), today=TODAY())
    assert not open_to(cast.mila, one)
    assert not open_to(cast.sanne, one)
    with pytest.raises(ChangedMeanwhileError):
        answer(cast.mila, one)
    one.refresh_from_db()
    assert (one.sealed, one.state) == ("", "withdrawn")


def test_it_ends_with_the_share(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne, purpose="breakthrough", until=in_days(3))
    one = ask(cast.sanne, share, cast.mila)
    assert open_to(cast.mila, one, in_days(3))
    assert not open_to(cast.mila, one, in_days(4))


def test_what_is_not_answered_in_time_goes_to_a_director_once(cast: SharingCast, shares: Shares) -> None:
    one = ask(cast.sanne, shares(cast.sanne, purpose="breakthrough", until=in_days(200)), cast.mila)
    late = working_days_after(one.respond_by, 1)
    assert escalate_overdue(one.respond_by) == 0
    assert escalate_overdue(late) == 1
    one.refresh_from_db()
    assert (one.asked_of, one.escalated_on) == (cast.dirk.key, late)
    assert one.respond_by > late
    assert is_working_day(one.respond_by)
    assert open_to(cast.dirk, one)
    assert not open_to(cast.mila, one)
    assert escalate_overdue(working_days_after(one.respond_by, 1)) == 0


def test_the_resident_asks_a_director_directly(
    cast: SharingCast, resident: Client, vault: Vault, visit: Visit
) -> None:
    body = {
        "item": str(uuid4()),
        "kind": "step",
        "content": STEP,
        "from": SENDER,
        "receiver_kind": "person",
        "receiver": str(cast.dirk.key),
        "purpose": "breakthrough",
        "until": in_days(60).isoformat(),
        "plea": {"rule": STEP["obstacle"]},
    }
    address = reverse("shares")
    refused = resident.post(address, body, content_type="application/json")
    assert refused.status_code == 422
    assert not Share.objects.exists()
    body["plea"] = {"rule": STEP["obstacle"], "gain": "Dan kan ik de huur betalen."}
    assert resident.post(address, body, content_type="application/json").status_code == 201
    one = Breakthrough.objects.get()
    assert (one.asked_by, one.asked_of) == (None, cast.dirk.key)
    assert "by the resident" in visit(_english(cast.dirk)).get(reverse("breakthroughs")).text
    assert "You asked Dirk whether a rule can give way." in resident.get(reverse("own_shares")).text


def _english(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(language="en")
    person.refresh_from_db()
    return person


def test_a_step_that_nobody_decides_about_is_not_kept_shared(
    cast: SharingCast, resident: Client, vault: Vault
) -> None:
    body = {
        "item": str(uuid4()),
        "kind": "step",
        "content": STEP,
        "from": SENDER,
        "receiver_kind": "person",
        "receiver": str(cast.sanne.key),
        "purpose": "breakthrough",
        "until": in_days(60).isoformat(),
        "plea": {"rule": "x", "gain": "y"},
    }
    answer = resident.post(reverse("shares"), body, content_type="application/json")
    assert answer.status_code == 422
    assert not copies.live_of(vault, TODAY()).exists()


def test_former_roles_decide_nothing(cast: SharingCast, shares: Shares) -> None:
    one = ask(cast.sanne, shares(cast.sanne, purpose="breakthrough"), cast.mila)
    cast.mila.roles_held.update(until_day=in_days(-1))
    person = Person.objects.get(pk=cast.mila.pk)
    assert not any(each.key == person.key for each in deciders(TODAY()))
    with pytest.raises(Exception, match=r"none of your roles"):
        breakthrough_for(person, one.key, TODAY())
