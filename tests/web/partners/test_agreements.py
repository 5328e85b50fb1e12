"""What was agreed: it never contradicts itself, lapses unseen, or is made where somebody may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import ANY

import pytest
from django.urls import reverse
from pytest_django import Settings

from ongedeeld.errors import InputError
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.partners.agreeing import (
    Terms,
    change_agreement,
    end_agreement,
    make_agreement,
    terms_of,
)
from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.partners.organisations import end_organisation
from ongedeeld.web.partners.queries import agreements_with
from ongedeeld.web.partners.reminding import Letter, agreements_due, remind
from ongedeeld.web.partners.sharing import DATA
from ongedeeld.web.referrals.models import ReferralItem
from tests.web.conftest import Visit
from tests.web.partners.conftest import NOW, OTHER_AREA, OWN_AREA, TODAY, Cast

OTHER_DAY = {"review_on": "until_day", "until_day": "review_on"}


def terms(cast: Cast, **changes: object) -> Terms:
    told = Terms(
        title="Eerder bij hulp",
        purpose="Bewoners met geldzorgen krijgen binnen een week een afspraak.",
        ground="consent",
        from_day=date(2026, 11, 1),
        review_on=date(2027, 5, 1),
        until_day=date(2027, 11, 1),
        parties=frozenset({cast.debts.key, cast.town.key}),
        data=("name", "contact"),
        codes=frozenset({OWN_AREA}),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def test_the_items_of_an_agreement_are_those_of_a_referral() -> None:
    assert dict(DATA) == dict(ReferralItem.Kind.choices)


def test_an_agreement_says_what_may_be_shared_and_nothing_else_may(cast: Cast) -> None:
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    assert made.may_tell("name")
    assert not made.may_tell("question")
    assert terms_of(made) == terms(cast)
    none = replace(terms(cast), title="Samen spreekuur", ground="none", data=())
    assert not make_agreement(none, actor=cast.ruben, now=NOW).may_tell("name")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"ground": "law"}, "no article is named"),
        ({"ground": "public_task", "article": "  "}, "no article is named"),
        ({"ground": "none"}, "no ground on which they may be shared"),
        ({"data": ("diagnosis",)}, "'diagnosis' is no item"),
        ({"parties": frozenset()}, "at least one other party"),
        ({"until_day": date(2026, 10, 1)}, "last day lies before the first"),
        ({"review_on": date(2027, 12, 1)}, "outside the agreement"),
        ({"review_on": date(2026, 10, 1)}, "outside the agreement"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(
    cast: Cast, changes: dict[str, object], match: str
) -> None:
    with pytest.raises(InputError) as refused:
        make_agreement(terms(cast, **changes), actor=cast.lotte, now=NOW)
    assert match in refused.value.say()


def test_an_area_manager_agrees_for_own_areas_alone_and_never_for_everywhere(cast: Cast) -> None:
    for codes in (frozenset({OTHER_AREA}), frozenset({OWN_AREA, OTHER_AREA}), frozenset[str]()):
        with pytest.raises(Refused):
            make_agreement(terms(cast, codes=codes), actor=cast.ruben, now=NOW)
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    with pytest.raises(Refused):
        change_agreement(made, terms(cast, codes=frozenset()), version=1, actor=cast.ruben)
    wide = make_agreement(terms(cast, codes=frozenset()), actor=cast.lotte, now=NOW)
    with pytest.raises(Refused):
        change_agreement(wide, terms(cast), version=1, actor=cast.ruben)
    with pytest.raises(Refused):
        end_agreement(wide, version=1, actor=cast.ruben, today=TODAY)


def test_an_agreement_holds_from_its_first_to_its_last_day_where_it_was_made(cast: Cast) -> None:
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)

    def holds(codes: set[str], day: date) -> bool:
        return made in agreements_with(cast.debts, codes, day)

    assert holds({OWN_AREA, "GM9999"}, TODAY)
    assert not holds({OTHER_AREA}, TODAY)
    assert not holds({OWN_AREA}, date(2026, 10, 31))
    assert holds({OWN_AREA}, date(2027, 11, 1))
    assert not holds({OWN_AREA}, date(2027, 11, 2))
    assert made not in agreements_with(cast.welfare, {OWN_AREA}, TODAY)
    end_agreement(made, version=1, actor=cast.ruben, today=TODAY)
    assert not holds({OWN_AREA}, TODAY), "from that moment nothing is shared under it"
    assert not made.runs_on(TODAY)


def test_an_agreement_with_nobody_left_ends_with_its_last_partner(cast: Cast) -> None:
    made = make_agreement(terms(cast), actor=cast.lotte, now=NOW)
    end_organisation(cast.debts, version=1, actor=cast.lotte, today=TODAY)
    made.refresh_from_db()
    assert made.ended_on is None
    end_organisation(cast.town, version=1, actor=cast.lotte, today=TODAY)
    made.refresh_from_db()
    assert made.ended_on == TODAY


def told(today: date) -> list[Letter]:
    """The letters on agreements that are due on a day."""
    return [letter for _, letters in agreements_due(today) for letter in letters]


@pytest.mark.parametrize("day", ["review_on", "until_day"])
def test_somebody_hears_before_it_lapses_and_once_more_after_its_review(
    cast: Cast, day: str, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    Agreement.objects.filter(pk=made.pk).update(**{day: date(2027, 3, 1), OTHER_DAY[day]: date(2029, 1, 1)})
    # Eight and two weeks before, on the day itself, and four weeks after: the 29th of March is Easter Monday.
    expected = [date(2027, 1, 4), date(2027, 2, 15), date(2027, 3, 1), date(2027, 3, 30)]
    around = [one + timedelta(days=by) for one in expected for by in (-2, -1, 0, 1)]
    heard = [one for one in around if remind(one)]
    assert heard == [one for one in expected if day == "review_on" or one <= date(2027, 3, 1)]


def test_a_warning_waits_for_the_next_day_on_which_the_worker_runs(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    tuesday = date(2027, 3, 9)
    assert told(tuesday) == [(cast.ruben.key, ANY, reverse("agreement", args=[made.key]))]
    assert remind(tuesday) == 1
    assert remind(tuesday + timedelta(days=1)) == 0


def test_when_its_maker_left_the_policy_advisers_hear(cast: Cast) -> None:
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    cast.ruben.is_active = False
    cast.ruben.save()
    assert [person for person, _, _ in told(made.review_on)] == [cast.lotte.key]


def test_the_letter_does_not_tell_what_it_is_about(cast: Cast) -> None:
    made = make_agreement(terms(cast), actor=cast.ruben, now=NOW)
    letters = str(told(made.review_on))
    assert "geldzorgen" not in letters.lower()
    assert "Eerder bij hulp" not in letters


def test_an_agreement_is_written_down_changed_and_ended_on_its_pages(cast: Cast, visit: Visit) -> None:
    browser = visit(cast.ruben)
    sent = {
        "title": "Eerder bij hulp",
        "parties": [str(cast.debts.key)],
        "purpose": "Sneller een afspraak",
        "ground": "law",
        "items": ["name"],
        "areas": [OWN_AREA],
        "from_day": "2026-11-01",
        "review_on": "2027-05-01",
    }
    refused = browser.post(reverse("new_agreement"), sent)
    assert refused.status_code == 422
    assert "Sneller een afspraak" in refused.content.decode()
    made = browser.post(reverse("new_agreement"), {**sent, "article": "Wgs, artikel 4a"})
    assert made.status_code == 303
    page = made.headers["Location"]
    assert "Wgs, artikel 4a" in browser.get(page).content.decode()
    told = {**sent, "ground": "consent", "until_day": "2027-06-01", "version": "1"}
    assert browser.post(page + "wijzigen/", told).status_code == 303
    assert browser.get(reverse("agreements")).status_code == 200
    assert browser.post(page + "beeindigen/", {"version": "2"}).status_code == 303
    assert "wijzigen/" not in browser.get(page).content.decode()
