"""What a resident shares is read by who they share it with, while they do, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import AbsentError, InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.residents.models import Look, Share, Vault
from ongedeeld.web.residents.own.shares import given
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import copy_of, taken
from ongedeeld.web.residents.sharing.reading import read_share, shared_with
from ongedeeld.web.residents.sharing.receivers import receivers_for
from ongedeeld.web.residents.sharing.safeguarding import remove_past_shares
from ongedeeld.web.safeguards.models import Processed
from tests.web.conftest import Visit
from tests.web.residents.device import new_vault, open_map
from tests.web.residents.sharing_cast import (
    SENDER,
    STEP,
    WISH,
    Shares,
    SharingCast,
    employ,
    in_days,
    step,
)

TODAY = timezone.localdate


def reads(person: Person, share: Share, today: date | None = None) -> bool:
    """Whether somebody can open a copy."""
    try:
        read_share(person, share.key, now=timezone.now(), today=today or TODAY())
    except (Http404, Refused):
        return False
    return True


def test_only_who_it_is_shared_with_reads_it(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne)
    assert reads(cast.sanne, share)
    for other in (cast.mila, cast.noor, cast.dirk, cast.olga, cast.pia, cast.petra):
        assert not reads(other, share), other


def test_everybody_who_works_at_a_partner_reads_what_is_shared_with_it(
    cast: SharingCast, shares: Shares
) -> None:
    share = shares(cast.debt_help)
    assert reads(cast.pia, share)
    assert not reads(cast.petra, share)
    assert not reads(cast.sanne, share)


def test_who_left_a_partner_reads_nothing_any_more(cast: SharingCast, shares: Shares) -> None:
    employ(cast.petra, cast.debt_help, until=in_days(-1))
    share = shares(cast.debt_help)
    assert not reads(cast.petra, share)


def test_an_organisation_that_ended_reads_nothing_any_more(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.debt_help)
    type(cast.debt_help).objects.filter(pk=cast.debt_help.pk).update(ended_on=TODAY())
    assert not reads(cast.pia, share)


def test_the_last_day_counts_and_the_day_after_does_not(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne, until=in_days(3))
    assert reads(cast.sanne, share, in_days(3))
    assert not reads(cast.sanne, share, in_days(4))


def test_taken_back_nothing_of_it_is_left(cast: SharingCast, shares: Shares, vault: Vault) -> None:
    share = shares(cast.sanne)
    copies.withdraw(vault, share.key, now=timezone.now(), today=TODAY())
    share.refresh_from_db()
    assert (share.sealed, share.domain, share.state, share.due_on) == ("", "", "", None)
    assert not reads(cast.sanne, share)
    with pytest.raises(AbsentError):
        copies.withdraw(vault, share.key, now=timezone.now(), today=TODAY())


def test_what_is_past_its_end_is_emptied_by_the_daily_work(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne, until=in_days(3))
    assert remove_past_shares(in_days(3), 10) == 0
    assert remove_past_shares(in_days(4), 10) == 1
    share.refresh_from_db()
    assert share.sealed == ""
    assert remove_past_shares(in_days(4), 10) == 0
    assert remove_past_shares(share.remove_after + timedelta(days=1), 10) == 1
    assert not Share.objects.exists()


def test_the_resident_sees_who_looked_and_when(
    cast: SharingCast, shares: Shares, resident: Client, visit: Visit
) -> None:
    share = shares(cast.debt_help)
    assert visit(cast.pia).get(reverse("shared_thing", args=[share.key])).status_code == 200
    page = resident.get(reverse("own_shares")).text
    assert "Pia" in page
    assert "1 time somebody looked" in page
    assert STEP["what"] in page
    entry = Entry.objects.get(verb="residents.see_share")
    assert (entry.actor, entry.thing) == (cast.pia.key, str(share.key))
    assert Processed.objects.filter(operation=entry.processing, name="residents.see_share").exists()


def test_a_visit_is_told_once_with_its_first_and_last_moment(
    cast: SharingCast, shares: Shares, vault: Vault
) -> None:
    share, noon = shares(cast.debt_help), timezone.now()
    after = [0, 5, 35, 66]
    for minutes in after:
        read_share(cast.pia, share.key, now=noon + timedelta(minutes=minutes), today=TODAY())
    assert Look.objects.count() == 4, "each time is kept, and what belongs together is told together"
    (one,) = given(vault, TODAY()).now
    told = [(look.name, look.at - noon, look.until - noon) for look in one.looks]
    ends = [(66, 66), (0, 35)]
    assert told == [("Pia", timedelta(minutes=begin), timedelta(minutes=end)) for begin, end in ends]


def test_a_list_is_no_look_and_tells_nothing_of_what_it_says(
    cast: SharingCast, shares: Shares, visit: Visit
) -> None:
    shares(cast.sanne)
    page = visit(cast.sanne).get(reverse("shared")).text
    assert SENDER in page
    assert not any(STEP[name] in page for name in ("what", "issue", "obstacle"))
    assert not Look.objects.exists()


def test_no_copy_stands_in_the_database_as_it_is_read(cast: SharingCast, shares: Shares) -> None:
    shares(cast.sanne)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM residents_share")
        text = str(cursor.fetchall())
    assert not any(STEP[name] in text for name in ("what", "issue", "obstacle", "who"))
    assert SENDER not in text
    assert "benefits" in text


def test_of_one_thing_a_receiver_has_one_copy_for_a_purpose(
    cast: SharingCast, shares: Shares, vault: Vault
) -> None:
    item = uuid4()
    first = shares(cast.sanne, item=item)
    longer = shares(cast.sanne, item=item, until=in_days(300))
    other = shares(cast.sanne, item=item, purpose="know")
    assert {one.pk for one in copies.live_of(vault, TODAY())} == {longer.pk, other.pk}
    assert not reads(cast.sanne, first)


def test_what_ended_by_itself_can_be_shared_again(cast: SharingCast, shares: Shares, vault: Vault) -> None:
    item = uuid4()
    ended = shares(cast.sanne, item=item, until=in_days(2))
    Share.objects.filter(pk=ended.pk).update(until_day=in_days(-1))
    again = shares(cast.sanne, item=item)
    assert not reads(cast.sanne, ended)
    assert reads(cast.sanne, again)
    assert remove_past_shares(TODAY(), 10) == 0, "what it said went when the next one came"
    ended.refresh_from_db()
    assert (ended.sealed, ended.withdrawn_at) == ("", None)


def test_a_change_of_the_thing_reaches_who_reads_it_only_when_it_is_sent_anew(
    cast: SharingCast, shares: Shares, vault: Vault
) -> None:
    share = shares(cast.sanne)
    copies.send_anew(vault, share.key, step(state="done", doneOn="2026-11-30"), today=TODAY())
    _, copy = read_share(cast.sanne, share.key, now=timezone.now(), today=TODAY())
    assert copy.told["state"] == "done"
    again = Share.objects.get(pk=share.pk)
    assert (again.state, again.done_on, again.version) == ("done", date(2026, 11, 30), 2)
    assert (again.receiver, again.purpose, again.until_day) == (
        share.receiver,
        share.purpose,
        share.until_day,
    )


def test_sending_anew_never_tells_more(cast: SharingCast, shares: Shares, vault: Vault) -> None:
    share = shares(cast.sanne)
    wider = taken("step", STEP | {"progress": "Het gaat beter"}, SENDER)
    for copy in (wider, taken("step", STEP, "iemand anders"), taken("wish", WISH, SENDER)):
        with pytest.raises(InputError, match="something else"):
            copies.send_anew(vault, share.key, copy, today=TODAY())
    copies.withdraw(vault, share.key, now=timezone.now(), today=TODAY())
    with pytest.raises(AbsentError):
        copies.send_anew(vault, share.key, step(), today=TODAY())


def test_another_map_cannot_touch_it(cast: SharingCast, shares: Shares, visit: Visit) -> None:
    share = shares(cast.sanne)
    other = open_map(new_vault(), visit)
    assert STEP["what"] not in other.get(reverse("own_shares")).text
    other.post(reverse("withdraw_share", args=[share.key]))
    body = {"kind": "step", "content": STEP, "from": SENDER}
    address = reverse("send_share_anew", args=[share.key])
    assert other.post(address, body, content_type="application/json").status_code == 404
    assert reads(cast.sanne, share)


@pytest.mark.parametrize(
    ("kind", "content", "sender", "words"),
    [
        ("person", {}, SENDER, "cannot be shared"),
        ("step", STEP | {"diagnosis": "x"}, SENDER, "does not belong"),
        ("step", STEP | {"state": "eviction"}, SENDER, "not known"),
        ("step", STEP | {"by": "morgen"}, SENDER, "no day"),
        ("step", STEP | {"what": ""}, SENDER, "missing"),
        ("step", STEP | {"what": "x" * 2001}, SENDER, "too long"),
        ("step", STEP | {"what": "mijn nummer is 111222333"}, SENDER, "citizen service number"),
        ("wish", {"words": 3}, SENDER, "has to be words"),
        ("wish", ["words"], SENDER, "has to be words"),
        ("wish", WISH, "  ", "nobody will know"),
        ("wish", WISH, None, "nobody will know"),
    ],
)
def test_it_refuses_what_is_no_copy(kind: str, content: object, sender: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        taken(kind, content, sender)


def test_a_day_that_looks_like_a_citizen_service_number_is_a_day() -> None:
    done = taken("step", STEP | {"state": "done", "doneOn": "2026-11-23"}, SENDER)
    happened = taken("event", {"title": "Verhuisd", "from": "2026-11-23", "effect": "helped"}, SENDER)
    assert (done.told["doneOn"], happened.told["from"]) == ("2026-11-23", "2026-11-23")
    for moment in ("2019", "2019-04"):
        assert taken("event", {"title": "Verhuisd", "until": moment}, SENDER).told["until"] == moment
    for odd in ("2019-13", "ooit", "2019-02-30", "111222333", "20190401"):
        with pytest.raises(InputError, match="is no moment"):
            taken("event", {"title": "Verhuisd", "from": odd}, SENDER)


def test_it_refuses_a_grant_that_nobody_can_use_or_that_has_no_end(cast: SharingCast, shares: Shares) -> None:
    for receiver in (cast.olga,):
        with pytest.raises(InputError, match="nobody there can read it"):
            shares(receiver)
    with pytest.raises(InputError, match="this end cannot be"):
        shares(cast.sanne, until=in_days(366))
    with pytest.raises(InputError, match="this end cannot be"):
        shares(cast.sanne, until=in_days(-1))
    with pytest.raises(InputError, match="what it is for"):
        shares(cast.sanne, purpose="fraud")
    with pytest.raises(InputError, match="only give way for a step"):
        shares(cast.sanne, copy=taken("wish", WISH, SENDER), purpose="breakthrough")


def test_a_colleague_is_found_by_their_whole_name_alone(cast: SharingCast, vault: Vault) -> None:
    def found(name: str) -> set[str]:
        return {one.name for one in receivers_for(vault, name, TODAY()).people}

    assert found("") == found("Sanne") == found("de vries") == set()
    assert found("  sanné DE  vries ") == {"Sanne de Vries"}
    assert found("Olga") == set()


def test_who_is_shared_with_already_is_offered_again(cast: SharingCast, shares: Shares, vault: Vault) -> None:
    shares(cast.mila)
    assert [one.name for one in receivers_for(vault, "", TODAY()).people] == ["Mila"]
    names = {one.name for one in receivers_for(vault, "", TODAY()).organisations}
    assert names == {"Schuldhulp Voorbeeld", "Welzijn Voorbeeld"}


def test_everything_goes_with_the_map(cast: SharingCast, shares: Shares, vault: Vault) -> None:
    share = shares(cast.sanne)
    assert reads(cast.sanne, share)
    vault.delete()
    assert not Share.objects.exists()
    assert not Look.objects.exists()


def test_the_resident_shares_and_takes_back_in_the_browser(
    cast: SharingCast, resident: Client, vault: Vault
) -> None:
    asked = {"name": "Sanne de Vries"}
    people = resident.post(reverse("share_receivers"), asked, content_type="application/json").json()[
        "people"
    ]
    assert [(one["name"], one["what"]) for one in people] == [("Sanne de Vries", "housing consultant")]
    item = str(uuid4())
    body = {
        "item": item,
        "kind": "wish",
        "content": WISH,
        "from": SENDER,
        "receiver_kind": "person",
        "receiver": people[0]["key"],
        "purpose": "know",
        "until": in_days(30).isoformat(),
    }
    made = resident.post(reverse("shares"), body, content_type="application/json")
    assert made.status_code == 201
    (told,) = resident.get(reverse("shares")).json()["shares"]
    assert (told["item"], told["name"], told["content"]) == (item, "Sanne de Vries", WISH)
    address = reverse("withdraw_share", args=[told["key"]])
    part = resident.post(address, headers={"HX-Request": "true"})
    assert "Nobody can read it any more" in part.text
    assert part.headers["HX-Trigger"] == "teruggenomen"
    assert "<html" not in part.text
    assert resident.get(reverse("shares")).json() == {"shares": []}
    assert resident.post(address).status_code == 303


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"item": 3}', '{"kind": "wish", "content": {"words": "x"}}']
)
def test_what_cannot_be_read_is_refused_with_a_reason(resident: Client, body: str) -> None:
    answer = resident.post(reverse("shares"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["title"]
    assert not Share.objects.exists()


def test_who_may_read_it_gets_one_letter_that_does_not_tell_what(
    resident: Client, cast: SharingCast, settings: LazySettings
) -> None:
    settings.EMAIL_HOST = "post.invalid"
    body = {
        "kind": "wish",
        "content": WISH,
        "from": SENDER,
        "purpose": "help",
        "until": in_days(9).isoformat(),
    }
    person = body | {"receiver_kind": "person", "receiver": str(cast.sanne.key)}
    partner = body | {"receiver_kind": "organisation", "receiver": str(cast.debt_help.key)}
    for one in (person, person, partner):
        told = one | {"item": str(uuid4())}
        assert resident.post(reverse("shares"), told, content_type="application/json").status_code == 201
    letters = [job.arguments for job in Job.objects.filter(kind="accounts.write_letter").order_by("id")]
    assert [letter["person"] for letter in letters] == [str(cast.sanne.key), str(cast.pia.key)]
    assert {letter["address"] for letter in letters} == {"/gedeeld/"}
    assert WISH["words"] not in str(letters)
    assert SENDER not in str(letters)


def test_a_closed_map_shares_nothing_and_shows_nothing(visit: Visit, cast: SharingCast) -> None:
    nobody = visit(None)
    assert nobody.get(reverse("own_shares")).status_code == 303
    for name in ("shares", "share_receivers"):
        assert nobody.get(reverse(name), headers={"Accept": "application/json"}).status_code in (303, 401)
    signed_in = visit(cast.sanne)
    assert signed_in.get(reverse("own_shares")).status_code == 303


def test_a_copy_is_bound_to_its_share(cast: SharingCast, shares: Shares) -> None:
    one, other = shares(cast.sanne), shares(cast.mila)
    Share.objects.filter(pk=other.pk).update(sealed=one.sealed)
    with pytest.raises(Exception, match="changed, or belongs elsewhere"):
        copy_of(Share.objects.get(pk=other.pk))


def test_a_person_without_a_role_for_it_is_refused(cast: SharingCast) -> None:
    with pytest.raises(Refused):
        shared_with(cast.olga, TODAY())
