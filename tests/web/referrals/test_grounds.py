"""What may be told, on which ground: an agreement narrows the notice, the resident narrows it again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.web.partners.models import Agreement, Organisation
from ongedeeld.web.partners.sharing import DATA as KNOWN_DATA
from ongedeeld.web.referrals.events import Side
from ongedeeld.web.referrals.grants import read, readable
from ongedeeld.web.referrals.models import Referral, ReferralItem
from ongedeeld.web.referrals.sending.notice import LONGEST, NOTICE, VITAL, Telling, Under, may_be_told
from ongedeeld.web.referrals.sending.referring import NotAllowedError, take_back_item, tell_more, withdraw
from tests.web.referrals.conftest import (
    ARTICLE,
    NAME,
    QUESTION,
    WISH,
    Partners,
    Refers,
    agreed,
    agreement,
    by_law,
    today,
)
from tests.web.signals.conftest import Cast


def words_read(one: Referral) -> dict[str, str]:
    """What the partner reads today."""
    fresh = Referral.objects.get(pk=one.pk)
    return {row.item.kind: row.words for row in readable(fresh, today())}


def test_the_agreements_know_every_kind_of_item_that_is_told() -> None:
    assert set(ReferralItem.Kind.values) <= set(KNOWN_DATA)


def test_without_an_agreement_only_what_the_resident_agreed_to_is_told(refers: Refers) -> None:
    one = refers(agreed("name", NAME), agreed("question", QUESTION))
    assert words_read(one) == {"name": NAME, "question": QUESTION}
    with pytest.raises(NotAllowedError, match="only what the resident agrees to"):
        refers(by_law("question", QUESTION))


def test_under_an_agreement_its_article_is_a_ground_and_no_other_is(
    refers: Refers, partners: Partners
) -> None:
    one = refers(by_law("question", QUESTION), under=partners.agreement)
    assert words_read(one) == {"question": QUESTION}
    assert one.items.get().article == ARTICLE
    with pytest.raises(NotAllowedError, match="names no law"):
        refers(by_law("question", QUESTION, "Wmo 2015, 9.9.9"), under=partners.agreement)


def test_what_the_agreement_does_not_name_is_not_told_not_even_with_a_yes(
    refers: Refers, partners: Partners
) -> None:
    assert "wish" not in partners.agreement.data
    with pytest.raises(NotAllowedError, match="does not let"):
        refers(agreed("question", QUESTION), agreed("wish", WISH), under=partners.agreement)


def test_a_wish_is_told_by_nobody_but_the_resident(refers: Refers, partners: Partners) -> None:
    wide = agreement(partners.debt_help, data=["question", "wish"])
    with pytest.raises(NotAllowedError, match="only when the resident agrees"):
        refers(by_law("question", QUESTION), by_law("wish", WISH), under=wide)
    assert words_read(refers(agreed("question", QUESTION), agreed("wish", WISH), under=wide))["wish"] == WISH


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"ended_on": timezone.localdate()}, "does not hold any more"),
        ({"until_day": timezone.localdate() - timedelta(days=1)}, "does not hold any more"),
        ({"from_day": timezone.localdate() + timedelta(days=1)}, "does not hold any more"),
        ({"ground": Agreement.Ground.NONE}, "does not let"),
        ({"ground": Agreement.Ground.CONSENT}, "names no law"),
        ({"data": ["name"]}, "does not let"),
        ({"article": "another"}, "names no law"),
    ],
    ids=str,
)
def test_when_the_agreement_narrows_what_was_told_closes_at_once(
    refers: Refers, partners: Partners, change: dict[str, object], why: str
) -> None:
    one = refers(by_law("question", QUESTION), under=partners.agreement)
    Agreement.objects.filter(pk=partners.agreement.pk).update(**change)
    assert words_read(one) == {}
    row = read(Referral.objects.get(pk=one.pk), today())[0]
    assert (row.words, why in row.decision.say()) == ("", True)


def test_when_the_partner_leaves_the_agreement_or_its_area_what_was_told_closes(
    refers: Refers, partners: Partners
) -> None:
    one = refers(by_law("question", QUESTION), under=partners.agreement)
    partners.agreement.places.update(code="BU00000000")
    assert words_read(one) == {}
    partners.agreement.places.all().delete()  # everywhere
    assert words_read(one) == {"question": QUESTION}
    partners.agreement.parties.set([partners.welfare])
    assert words_read(one) == {}


def test_a_wider_agreement_widens_nothing_that_was_told(refers: Refers, partners: Partners) -> None:
    one = refers(agreed("question", QUESTION), under=partners.agreement)
    Agreement.objects.filter(pk=partners.agreement.pk).update(data=list(ReferralItem.Kind.values))
    assert words_read(one) == {"question": QUESTION}


def test_danger_needs_no_agreement_and_is_read_for_two_weeks(refers: Refers) -> None:
    assert words_read(refers(by_law("question", QUESTION, VITAL, days=14))) == {"question": QUESTION}
    with pytest.raises(InputError, match="cannot be read for so long"):
        refers(by_law("question", QUESTION, VITAL, days=15))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"asked": ""}, "how and when the resident was asked"),
        ({"asked_on": None}, "how and when the resident was asked"),
        ({"asked_on": timezone.localdate() + timedelta(days=1)}, "how and when the resident was asked"),
        ({"told_free": False}, "a no changes nothing for their home"),
        ({"until": timezone.localdate() + LONGEST + timedelta(days=1)}, "cannot be read for so long"),
    ],
    ids=str,
)
def test_a_yes_tells_how_it_was_asked_and_was_free(refers: Refers, told: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        refers(agreed("question", QUESTION, **told))


def test_nothing_is_read_longer_than_the_agreement_holds(refers: Refers, partners: Partners) -> None:
    short = agreement(partners.debt_help, until_day=today() + timedelta(days=10))
    with pytest.raises(InputError, match="cannot be read for so long"):
        refers(agreed("question", QUESTION), under=short)


def test_words_that_a_landlord_may_not_hold_are_refused(refers: Refers) -> None:
    with pytest.raises(InputError, match="illness"):
        refers(agreed("question", "Mevrouw is dement."))


def test_what_was_told_is_read_until_its_day_and_no_longer(refers: Refers) -> None:
    one = refers(agreed("question", QUESTION, until=today() + timedelta(days=2)))
    assert readable(one, today() + timedelta(days=2))
    assert not readable(one, today() + timedelta(days=3))


def test_one_thing_more_has_a_ground_of_its_own_and_leaves_the_others_alone(
    refers: Refers, cast: Cast
) -> None:
    one = refers(agreed("question", QUESTION))
    before = list(ReferralItem.objects.values())
    more = agreed("name", NAME, asked="phone")
    tell_more(one, more, actor=cast.sanne, now=timezone.now(), today=today())
    assert list(ReferralItem.objects.order_by("id").values())[:1] == before
    assert words_read(one) == {"question": QUESTION, "name": NAME}
    with pytest.raises(InputError, match="told already"):
        tell_more(one, more, actor=cast.sanne, now=timezone.now(), today=today())


def test_what_was_taken_back_is_gone_from_the_database(refers: Refers, cast: Cast) -> None:
    one = refers(agreed("name", NAME), agreed("question", QUESTION))
    item = one.items.get(kind="name")
    take_back_item(one, item.key, actor=cast.sanne, side=Side.ASSOCIATION, now=timezone.now())
    item.refresh_from_db()
    assert (item.sealed, item.withdrawn_at is None) == ("", False)
    assert words_read(one) == {"question": QUESTION}
    with pytest.raises(InputError, match="already"):
        take_back_item(one, item.key, actor=cast.sanne, side=Side.ASSOCIATION, now=timezone.now())


def test_the_database_itself_keeps_how_the_resident_was_asked(refers: Refers) -> None:
    one = refers(agreed("question", QUESTION))
    item = one.items.get()
    for change in (
        {"ground": "law", "article": "x", "asked": ""},
        {"asked_on": today() - timedelta(days=3)},
        {"until_day": today() + timedelta(days=900)},
        {"told_free": False},
        {"kind": "name"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReferralItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralItem.objects.filter(pk=item.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        one.events.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        one.events.update(step="done")
    ReferralItem.objects.filter(pk=item.pk).update(sealed="", withdrawn_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralItem.objects.filter(pk=item.pk).update(withdrawn_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralItem.objects.filter(pk=item.pk).update(sealed=item.sealed)


def test_the_database_takes_no_consent_without_how_it_was_asked(refers: Refers) -> None:
    one = refers(agreed("question", QUESTION))
    for told in ({"asked": ""}, {"asked_on": None}, {"told_free": False}, {"ground": "law"}):
        item = one.items.get()
        item.pk, item.key, item.kind = None, uuid4(), "name"
        for name, value in told.items():
            setattr(item, name, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            item.save()


KINDS, GROUNDS = st.sampled_from(ReferralItem.Kind.values), st.sampled_from(ReferralItem.Ground.values)
ARTICLES = st.sampled_from(["", ARTICLE, VITAL])


@given(
    kind=KINDS,
    ground=GROUNDS,
    article=ARTICLES,
    held=st.sampled_from(Agreement.Ground.values),
    data=st.sets(KINDS),
    wider=st.sets(KINDS),
)
@settings(max_examples=200)
def test_an_agreement_only_ever_narrows(
    kind: str, ground: str, article: str, held: str, data: set[str], wider: set[str]
) -> None:
    day = today()
    item = Telling(kind, ground, day, article)

    decision = may_be_told(item, _held(held, data), day)
    if decision:
        assert ground in NOTICE[kind]
        assert item.is_vital or kind in data
        more = _held(held, data | wider)
        assert may_be_told(item, more, day), "with more data what was allowed stays so"
    if ground == ReferralItem.Ground.LAW and article == "":
        assert not decision


def _held(ground: str, data: set[str]) -> Under:
    """Under an agreement that stands in no database, of which the parties and places are known."""
    one = Agreement(
        pk=1, ground=ground, article=ARTICLE, data=sorted(data), from_day=today(), review_on=today()
    )
    one._prefetched_objects_cache = {"parties": [Organisation(pk=1)], "places": []}  # type: ignore[attr-defined]
    return Under(one, 1, ("BU1",))


def test_a_referral_that_was_taken_back_tells_nobody_anything(refers: Refers, cast: Cast) -> None:
    one = refers(agreed("name", NAME), agreed("question", QUESTION))
    withdraw(
        one,
        version=one.version,
        actor=cast.sanne,
        side=Side.ASSOCIATION,
        now=timezone.now(),
        today=today(),
    )
    assert words_read(one) == {}
    assert not ReferralItem.objects.exclude(sealed="").exists()
