"""What is done with agreements: what for, on which ground, where, until when, which data may be shared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.accounts.places import Everywhere, areas_known, place_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.partners.models import Agreement, AgreementPlace, Organisation
from ongedeeld.web.partners.sharing import DATA

AGREE = "partners.agree"
Ground = Agreement.Ground
NEED_ARTICLE = (Ground.LAW, Ground.PUBLIC_TASK)
"""The grounds that an article of a law has to carry."""


@dataclass(frozen=True)
class Terms:
    """What was agreed.

    Parameters
    ----------
    title, purpose
        What it is called and what it is for.
    ground, article
        On which ground data may be shared, and where that stands.
    data
        Codes of `sharing.DATA`: nothing else may be shared under it.
    from_day, until_day
        From when and until when it holds; without a last day it runs on.
    review_on
        When the parties look at it again.
    parties
        The keys of the organisations.
    codes
        The areas in which it holds; none is everywhere.
    """

    title: str
    purpose: str
    ground: str
    from_day: date
    review_on: date
    parties: frozenset[UUID]
    article: str = ""
    data: tuple[str, ...] = ()
    until_day: date | None = None
    codes: frozenset[str] = frozenset()


@transaction.atomic
def make_agreement(terms: Terms, *, actor: Person, now: datetime, once: UUID | None = None) -> Agreement:
    """Write down what was agreed; sent again with the same key it is the same.

    Raises
    ------
    Refused
        When the actor may not, in one of the areas.
    InputError
        When the terms contradict each other, or name data without a ground.
    """
    _require(actor, terms.codes)
    check(terms)
    key = once or uuid4()
    before = Agreement.objects.filter(key=key).first()
    if before is not None:
        return before
    made = Agreement.objects.create(key=key, made_by=actor.key, made_at=now, **_columns(terms))
    _lay_down(made, terms)
    record(actor, "partners.make_agreement", "agreement", key, ["title", "parties", "data", "areas"])
    return made


@transaction.atomic
def change_agreement(agreement: Agreement, terms: Terms, *, version: int, actor: Person) -> None:
    """Change what was agreed; who changes it may do so where it held and where it is to hold.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`make_agreement`; and when somebody else changed it, or it has ended.
    """
    before = terms_of(agreement)
    _require(actor, before.codes)
    _require(actor, terms.codes)
    check(terms)
    if agreement.ended_on is not None:
        raise InputError(N_("this agreement has ended"), remedy=N_("write down a new one"))
    write(agreement, version, **_columns(terms))
    _lay_down(agreement, terms)
    changed = [name for name in vars(terms) if getattr(terms, name) != getattr(before, name)]
    if changed:
        names = ["areas" if name == "codes" else name for name in changed]
        record(actor, "partners.change_agreement", "agreement", agreement.key, names)


@transaction.atomic
def end_agreement(agreement: Agreement, *, version: int, actor: Person, today: date) -> None:
    """End it: from this moment nothing may be shared under it.

    Raises
    ------
    Refused, ChangedMeanwhileError
        When the actor may not there, or somebody else changed it.
    """
    _require(actor, terms_of(agreement).codes)
    write(agreement, version, ended_on=today)
    record(actor, "partners.end_agreement", "agreement", agreement.key, ["ended_on"])


def may_agree(person: Person, codes: Collection[str]) -> bool:
    """Whether a person may write down what holds in all of these areas; none is everywhere."""
    extent = extent_of(person, AGREE)
    known = areas_known(person)
    return extent.everywhere or (bool(codes) and all(extent.covers(place_of(code, known)) for code in codes))


def terms_of(agreement: Agreement) -> Terms:
    """What was agreed, as it stands."""
    return Terms(
        title=agreement.title,
        purpose=agreement.purpose,
        ground=agreement.ground,
        article=agreement.article,
        data=tuple(agreement.data),
        from_day=agreement.from_day,
        until_day=agreement.until_day,
        review_on=agreement.review_on,
        parties=frozenset(party.key for party in agreement.parties.all()),
        codes=frozenset(place.code for place in agreement.places.all()),
    )


def check(terms: Terms) -> None:
    """That terms do not contradict each other.

    Raises
    ------
    InputError
        With what is wrong, and what to do.
    """
    unknown = set(terms.data) - set(DATA)
    if unknown:
        raise InputError(N_("'{item}' is no item that can be shared"), item=min(unknown))
    if terms.data and terms.ground == Ground.NONE:
        raise InputError(
            N_("data are named, and no ground on which they may be shared"),
            remedy=N_("choose the ground, or name no data"),
        )
    if terms.ground in NEED_ARTICLE and not terms.article.strip():
        raise InputError(
            N_("a legal duty or public task stands in a law, and no article is named"),
            remedy=N_("name the law and the article, such as 'Wmo 2015, article 2.3.2'"),
        )
    if not terms.parties:
        raise InputError(N_("an agreement has at least one other party"), remedy=N_("choose who it is with"))
    if terms.until_day is not None and terms.until_day < terms.from_day:
        raise InputError(N_("the last day lies before the first"), remedy=N_("change one of the two"))
    if not terms.from_day <= terms.review_on <= (terms.until_day or date.max):
        raise InputError(
            N_("the day on which the parties look at it again lies outside the agreement"),
            remedy=N_("choose a day between its first and its last day"),
        )


def _require(actor: Person, codes: Collection[str]) -> None:
    """The right of an actor in every one of the areas."""
    known = areas_known(actor)
    if not codes:
        require(actor, AGREE, Everywhere())
    for code in sorted(codes):
        require(actor, AGREE, place_of(code, known))


def _columns(terms: Terms) -> dict[str, object]:
    return {
        name: value for name, value in vars(terms).items() if name not in ("parties", "codes", "data")
    } | {"data": list(terms.data)}


def _lay_down(agreement: Agreement, terms: Terms) -> None:
    agreement.parties.set(Organisation.objects.filter(key__in=terms.parties))
    agreement.places.exclude(code__in=terms.codes).delete()
    AgreementPlace.objects.bulk_create(
        [AgreementPlace(agreement=agreement, code=code) for code in sorted(terms.codes)],
        ignore_conflicts=True,
    )
