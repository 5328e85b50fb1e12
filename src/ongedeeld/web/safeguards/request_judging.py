"""Decide on what was found for a request; the decision is carried out at once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.ledger import Ground, write
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.request_actions import PURPOSE, refuse_closed, wrote
from ongedeeld.web.safeguards.request_contents import finding_bound_to
from ongedeeld.web.safeguards.request_deciding import WITH_WORDS, decisions_on
from ongedeeld.web.safeguards.request_marks import forget, lay_beside, lift, stop
from ongedeeld.web.safeguards.request_models import Finding, Mark, Request, RequestStep
from ongedeeld.web.safeguards.request_queries import FINDING, RIGHT, Shown, found_for
from ongedeeld.web.safeguards.sealing import seal

Decision = Finding.Decision


def decide(
    request: Request,
    kind: str,
    thing: UUID,
    decision: str,
    words: str,
    *,
    actor: Person,
    now: datetime,
    today: date,
) -> None:
    """Decide on one record that was found; before the request is answered it may be decided anew.

    Parameters
    ----------
    request
        For whom.
    kind, thing
        The record.
    decision
        What is done with it.
    words
        Why; for a correction what the resident says.
    actor, now, today
        Who decides, and when.

    Raises
    ------
    OngedeeldError
        When the request was answered, or nobody made sure yet who asks.
    InputError
        When this decision does not belong here, or lacks its words.
    Http404
        When the record was not found for this request, or is gone.
    """
    require(actor, RIGHT)
    refuse_closed(request)
    if not request.identity:
        raise OngedeeldError(
            N_("it is not sure yet who asks"), remedy=N_("write down first how it was made sure")
        )
    shown = _shown(request, kind, thing, actor)
    if decision not in decisions_on(request.right, shown.holding):
        raise InputError(
            N_("that cannot be decided of this record"), remedy=N_("choose one of what stands there")
        )
    if decision in WITH_WORDS and not words:
        raise InputError(
            N_("words belong to this decision"),
            expected=N_("why; or, for a correction, what the resident says"),
            remedy=N_("write them as who asks may read them"),
        )
    with processing("safeguards.decide_finding", of=PURPOSE, subject=request.home):
        _keep(request, shown, decision, words, actor, now)
        _carry_out(request, shown, decision, words, now, today)
        wrote(request, RequestStep.Step.DECIDE, actor, now)
        record(actor, "safeguards.decide_finding", FINDING, thing, ["decision"], place=str(request.key))


def _shown(request: Request, kind: str, thing: UUID, actor: Person) -> Shown:
    for one in found_for(actor, request):
        if (one.holding.kind, one.found.key) == (kind, thing):
            return one
    raise Http404(N_("This is no longer kept, or was not found for this request."))


def _keep(request: Request, shown: Shown, decision: str, words: str, actor: Person, now: datetime) -> None:
    finding, _ = Finding.objects.get_or_create(
        request=request,
        kind=shown.holding.kind,
        thing=shown.found.key,
        defaults={"day": shown.found.day},
    )
    finding.decision, finding.decided_by, finding.decided_at = decision, actor.key, now
    finding.sealed = seal(words, finding_bound_to(finding.key)) if words else ""
    finding.save()


def _carry_out(request: Request, shown: Shown, decision: str, words: str, now: datetime, today: date) -> None:
    kind, thing, until = shown.holding.kind, shown.found.key, shown.found.remove_after
    if decision == Decision.STOP:
        stop(request, kind, thing, until=until, now=now)
        return
    lift(request, kind, thing, now=now)
    if decision == Decision.BESIDE:
        lay_beside(request, kind, thing, words, until=until, now=now)
    if decision == Decision.REMOVE and shown.holding.remove is not None:
        shown.holding.remove(thing)
        forget(kind, thing)
        write(kind, 1, Ground.REQUEST, today)


def end_stop(request: Request, kind: str, thing: UUID, *, actor: Person, now: datetime) -> None:
    """Use a record again after its use was stopped for a time; who asked was told so first.

    Raises
    ------
    OngedeeldError
        When its use is not stopped by this request, or the request is still open: decide on it then.
    """
    require(actor, RIGHT)
    standing = request.marks.filter(
        kind=kind, thing=thing, manner=Mark.Manner.STOP, ended_at__isnull=True
    ).exists()
    if request.is_open or request.right != Request.Right.RESTRICTION or not standing:
        raise OngedeeldError(
            N_("there is no stop here that ends in this way"), remedy=N_("look at the request as it is now")
        )
    with processing("safeguards.end_stop", of=PURPOSE, subject=request.home):
        lift(request, kind, thing, now=now)
        wrote(request, RequestStep.Step.RESUME, actor, now)
        record(actor, "safeguards.end_stop", FINDING, thing, ["use"], place=str(request.key))
