"""What may be told in a referral at all, and what an agreement leaves of that.

The notice is the widest that there is: what residents are told that a referral may tell. An agreement narrows
it, and what a resident agrees to, item by item, narrows it again. Nothing widens it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ongedeeld.errors import N_, Marked
from ongedeeld.reasons import Decision, Reason, all_of, no, yes
from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.referrals.models import ReferralItem

Kind, Ground = ReferralItem.Kind, ReferralItem.Ground
LONGEST = timedelta(days=183)
"""For so long after it is told a partner may read an item; a choice of this project."""
LONGEST_VITAL = timedelta(days=14)
VITAL = "AVG 6(1)d"
"""The one article that needs no agreement: somebody's life or safety is in danger."""
_BOTH = frozenset({Ground.CONSENT, Ground.LAW})
NOTICE: Mapping[str, frozenset[ReferralItem.Ground]] = {
    Kind.NAME: _BOTH,
    Kind.ADDRESS: _BOTH,
    Kind.CONTACT: _BOTH,
    Kind.QUESTION: _BOTH,
    Kind.TRIED: _BOTH,
    Kind.WISH: frozenset({Ground.CONSENT}),
}
"""On which grounds each kind of item may be told; what a resident wishes is told by the resident alone."""
BY_LAW = (Agreement.Ground.LAW, Agreement.Ground.PUBLIC_TASK)
"""The grounds of an agreement under which an article, and not the resident, may be why something is told."""


@dataclass(frozen=True)
class Telling:
    """One item as somebody wants to tell it, or as it was told.

    Parameters
    ----------
    kind, ground
        What it is, and why it may be told.
    article
        The article, where a law is the ground.
    until
        The last day on which the partner may read it.
    """

    kind: str
    ground: str
    until: date
    article: str = ""

    @property
    def is_vital(self) -> bool:
        """Whether a danger is the ground, for which no agreement is needed."""
        return self.ground == Ground.LAW and self.article == VITAL


@dataclass(frozen=True)
class Under:
    """What a referral stands under.

    Parameters
    ----------
    agreement
        None where there is none: then the resident decides.
    organisation
        The primary key of the partner.
    area_codes
        Where the home lies.
    """

    agreement: Agreement | None
    organisation: int
    area_codes: Collection[str]


def may_be_told(item: Telling, under: Under, today: date) -> Decision:
    """Whether an item may be told, or still be read, on a day, and why."""
    agreement = under.agreement
    answers = [_by_notice(item), _in_time(item, today)]
    if not item.is_vital:
        answers.append(_by_agreement(item, agreement, today) if agreement else _without_agreement(item))
        if agreement:
            answers.append(covers(agreement, under.organisation, under.area_codes))
    return all_of(answers)


def longest(item: Telling, under: Under, today: date) -> date:
    """The last day until which something that is told today may be read."""
    day = today + (LONGEST_VITAL if item.is_vital else LONGEST)
    agreed = under.agreement.until_day if under.agreement and not item.is_vital else None
    return min(day, agreed) if agreed else day


def covers(agreement: Agreement, organisation: int, area_codes: Collection[str]) -> Decision:
    """Whether an agreement is with a partner and holds at a home; without areas it holds everywhere."""
    if organisation not in {one.pk for one in agreement.parties.all()}:
        return no(Reason("referrals.party", N_("this partner is no party to the agreement")))
    places = {one.code for one in agreement.places.all()}
    if places and places.isdisjoint(area_codes):
        return no(Reason("referrals.place", N_("the agreement does not hold where this home lies")))
    return yes(Reason("referrals.party", N_("the agreement is with this partner, and holds here")))


def _by_notice(item: Telling) -> Decision:
    what = {"what": Marked(Kind(item.kind).label)}
    if item.ground not in NOTICE[item.kind]:
        return no(
            Reason("referrals.notice", N_("{what} is told only when the resident agrees"), what, "AVG 6(1)a")
        )
    if item.ground == Ground.LAW and not item.article:
        return no(Reason("referrals.article", N_("a law is a ground only with its article")))
    return yes(Reason("referrals.notice", N_("{what} may be told in a referral"), what))


def _in_time(item: Telling, today: date) -> Decision:
    if item.until < today:
        return no(Reason("referrals.until", N_("the day until which it could be read has passed")))
    return yes(Reason("referrals.until", N_("the day until which it can be read has not passed")))


def _without_agreement(item: Telling) -> Decision:
    if item.ground == Ground.CONSENT:
        return yes(Reason("referrals.consent", N_("the resident agreed"), article="AVG 6(1)a"))
    return no(
        Reason(
            "referrals.agreement",
            N_("without an agreement with this partner, only what the resident agrees to is told"),
        )
    )


def _by_agreement(item: Telling, agreement: Agreement, today: date) -> Decision:
    if not agreement.runs_on(today):
        return no(Reason("referrals.agreement", N_("the agreement with this partner does not hold any more")))
    if not agreement.may_tell(item.kind):
        what = {"what": Marked(Kind(item.kind).label)}
        return no(Reason("referrals.agreement", N_("the agreement does not let {what} be told"), what))
    if item.ground == Ground.CONSENT:
        return yes(Reason("referrals.consent", N_("the resident agreed"), article="AVG 6(1)a"))
    if agreement.ground not in BY_LAW or item.article != agreement.article:
        return no(
            Reason(
                "referrals.article",
                N_("the agreement names no law by which this is told: ask the resident"),
            )
        )
    return yes(Reason("referrals.law", N_("a law lets this be told"), article=item.article))
