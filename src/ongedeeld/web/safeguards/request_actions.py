"""Work through what residents ask: each action asks for the right, and writes itself down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.homes import blind_home
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.request_contents import Contents, answer_bound_to, step_bound_to
from ongedeeld.web.safeguards.request_deciding import STOPS_AT_ONCE
from ongedeeld.web.safeguards.request_holdings import Found, Holding, holdings
from ongedeeld.web.safeguards.request_marks import lift, stop
from ongedeeld.web.safeguards.request_models import Finding, Request, RequestStep
from ongedeeld.web.safeguards.request_queries import RIGHT, Shown, found_for, undecided
from ongedeeld.web.safeguards.request_terms import due_after
from ongedeeld.web.safeguards.sealing import seal

Outcome = Request.Outcome
PURPOSE = "safeguards.request"
UNDONE = frozenset({Outcome.REFUSED, Outcome.WITHDRAWN})
"""Outcomes for which nothing that was found has to be decided."""


class ChangedMeanwhileError(OngedeeldError):
    """Somebody else worked on the request since it was opened."""


@dataclass(frozen=True)
class Asked:
    """What came in.

    Parameters
    ----------
    right
        What they ask.
    contents
        Who asks, of which home, in which words.
    received_on
        On which day it reached the association, in whatever way; the term runs from there.
    key
        Made with the form, so that what is sent twice is one request.
    """

    right: str
    contents: Contents
    received_on: date
    key: UUID


def take_in(asked: Asked, *, actor: Person, now: datetime, today: date) -> Request:
    """Take a request in; sent again it is the same request.

    Raises
    ------
    Refused
        When the person does not work on requests.
    InputError
        When it came on a day that is still to come.
    """
    require(actor, RIGHT)
    if asked.received_on > today:
        raise InputError(
            N_("the request would have come on a day that is still to come"),
            remedy=N_("give the day on which it reached the association, in whatever way"),
        )
    return _taken_in(asked, actor, now)[0]


def take_in_of_resident(asked: Asked, *, now: datetime) -> Request | None:
    """Take in what a resident sends on their own pages; none where a request with this key was there before.

    Who they are is made sure afterwards, as of every request.
    """
    request, is_new = _taken_in(asked, None, now)
    return request if is_new else None


def _taken_in(asked: Asked, actor: Person | None, now: datetime) -> tuple[Request, bool]:
    home = blind_home(asked.contents.home)
    with processing("safeguards.take_in_request", of=PURPOSE, subject=home):
        request, new = Request.objects.get_or_create(
            key=asked.key,
            defaults={
                "right": asked.right,
                "sealed": asked.contents.sealed_for(asked.key),
                "home": home,
                "received_on": asked.received_on,
                "due": due_after(asked.received_on),
                "made_by": actor.key if actor else None,
            },
        )
        if new:
            wrote(request, RequestStep.Step.TAKE_IN, actor, now)
            fields = ["right", "contents", "received_on"]
            record(actor, "safeguards.take_in_request", "request", request.key, fields)
    return request, new


def confirm_identity(request: Request, identity: str, *, version: int, actor: Person, now: datetime) -> None:
    """Write how it was made sure that who asks is who they say.

    Of an objection, and of a request to stop the use, the use of all that was found stops here.
    """
    require(actor, RIGHT)
    refuse_closed(request)
    with processing("safeguards.confirm_identity", of=PURPOSE, subject=request.home):
        _change(request, version, identity=identity)
        if request.right in STOPS_AT_ONCE:
            for one in found_for(actor, request):
                if one.holding.heeds_marks and not one.decision:
                    stop(request, one.holding.kind, one.found.key, until=one.found.remove_after, now=now)
        wrote(request, RequestStep.Step.IDENTITY, actor, now)
        record(actor, "safeguards.confirm_identity", "request", request.key, ["identity"])


def extend(request: Request, reason: str, *, version: int, actor: Person, now: datetime, today: date) -> None:
    """Take two months longer, once and within the first month; who asked was told why.

    Raises
    ------
    OngedeeldError
        When it was made longer before, or the first month is over.
    """
    require(actor, RIGHT)
    refuse_closed(request)
    if request.extended_on is not None or today > request.due:
        raise OngedeeldError(
            N_("the term can be made longer once, and within the first month"),
            remedy=N_("answer as soon as you can, and say in the answer why it is late"),
        )
    with processing("safeguards.extend_request", of=PURPOSE, subject=request.home):
        _change(request, version, due=due_after(request.received_on, longer=True), extended_on=today)
        wrote(request, RequestStep.Step.EXTEND, actor, now, reason)
        record(actor, "safeguards.extend_request", "request", request.key, ["due"])


def add_by_key(request: Request, thing: UUID, *, actor: Person, now: datetime) -> Finding:
    """Add a record that no home leads to, by its key as the audit record or the pages tell it.

    Raises
    ------
    InputError
        When nothing that may be about a resident has this key.
    """
    require(actor, RIGHT)
    refuse_closed(request)
    for holding in holdings().values():
        found = holding.named(thing)
        if found is not None:
            return _named(request, holding, found, actor, now)
    raise InputError(
        N_("no record that may be about a resident has this key"),
        expected=N_("the key at the end of the address of the record's page"),
        remedy=N_("look it up in the audit record"),
    )


def _named(request: Request, holding: Holding, found: Found, actor: Person, now: datetime) -> Finding:
    with processing("safeguards.name_record", of=PURPOSE, subject=request.home):
        finding, new = Finding.objects.get_or_create(
            request=request,
            kind=holding.kind,
            thing=found.key,
            defaults={"day": found.day, "by_name": True},
        )
        if new:
            wrote(request, RequestStep.Step.NAME, actor, now)
            record(actor, "safeguards.name_record", "request", request.key, ["findings"])
    return finding


def close(
    request: Request,
    outcome: str,
    answer: str,
    *,
    version: int,
    actor: Person,
    now: datetime,
    today: date,
) -> None:
    """Answer a request.

    Raises
    ------
    OngedeeldError
        When it is not sure who asks, or something that was found was not decided on.
    """
    require(actor, RIGHT)
    refuse_closed(request)
    if outcome not in UNDONE:
        _refuse_unready(request, undecided(request, found_for(actor, request)))
    with processing("safeguards.close_request", of=PURPOSE, subject=request.home):
        if outcome in UNDONE:
            for mark in request.marks.filter(ended_at__isnull=True):
                lift(request, mark.kind, mark.thing, now=now)
        _change(
            request,
            version,
            state=Request.State.CLOSED,
            outcome=outcome,
            answer=seal(answer, answer_bound_to(request.key)),
            closed_on=today,
            remove_after=removed_after(PURPOSE, today),
        )
        wrote(request, RequestStep.Step.CLOSE, actor, now)
        record(actor, "safeguards.close_request", "request", request.key, ["outcome", "answer"])


def _refuse_unready(request: Request, open_findings: int) -> None:
    if not request.identity:
        raise OngedeeldError(
            N_("it is not sure yet who asks"),
            remedy=N_("make sure, and write down how; or answer that it could not be made sure"),
        )
    if open_findings:
        raise OngedeeldError(
            N_("of what was found, {count} are not decided on yet"),
            remedy=N_("decide on each, and answer then"),
            count=open_findings,
        )


def exported(request: Request, shown: Sequence[Shown], *, actor: Person, now: datetime) -> None:
    """Write that the file for who asks was made; call it where it is made.

    Raises
    ------
    OngedeeldError
        When it is not sure who asks, or of something that was found nothing is decided: nothing is given to
        who might be another, and nothing is left out unseen.
    """
    require(actor, RIGHT)
    _refuse_unready(request, undecided(request, shown))
    with processing("safeguards.export_request", of=PURPOSE, subject=request.home):
        wrote(request, RequestStep.Step.EXPORT, actor, now)
        record(actor, "safeguards.export_request", "request", request.key)


def refuse_closed(request: Request) -> None:
    """Stop where a request was answered: what was done stays as it is."""
    if not request.is_open:
        raise OngedeeldError(
            N_("this request was answered already"), remedy=N_("take in a new request when they ask again")
        )


def _change(request: Request, version: int, **values: object) -> None:
    """Write values of a request, when nobody else wrote it since `version`."""
    done = Request.objects.filter(pk=request.pk, version=version).update(version=F("version") + 1, **values)
    if not done:
        raise ChangedMeanwhileError(
            N_("somebody else worked on this request while you were writing"),
            remedy=N_("look at the request as it is now, and save again what is still yours"),
        )
    request.refresh_from_db()


def wrote(
    request: Request, step: RequestStep.Step, actor: Person | None, now: datetime, words: str = ""
) -> None:
    """Write that something was done for a request, by a colleague or by who asks."""
    sealed = seal(words, step_bound_to(request.key)) if words else ""
    by = actor.key if actor else None
    RequestStep.objects.create(request=request, at=now, actor=by, step=step, sealed=sealed)
