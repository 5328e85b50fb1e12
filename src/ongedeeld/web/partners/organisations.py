"""What is done with organisations and who works there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.partners.models import Member, Organisation

KEEP = "partners.keep"
A_DAY = timedelta(days=1)
"""The last day of a member counts: who is let go today had yesterday as the last one."""


@dataclass(frozen=True)
class About:
    """What is told of an organisation; `email` and `phone` are how it is reached, also for codes.

    `code_email` is another mailbox for codes alone: none goes to where the link goes for which it is.
    """

    name: str
    kind: str
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    code_email: str = ""


@transaction.atomic
def make_organisation(
    about: About, *, actor: Person, now: datetime, once: UUID | None = None, source_id: str = ""
) -> Organisation:
    """Take a partner into the register; sent again with the same key it is the same.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When there is one of this name already.
    """
    require(actor, KEEP)
    key = once or uuid4()
    before = Organisation.objects.filter(key=key).first()
    if before is not None:
        return before
    _refuse_twice(about.name)
    made = Organisation.objects.create(
        key=key, **asdict(about), source_id=source_id, made_by=actor.key, made_at=now
    )
    record(actor, "partners.make_organisation", "organisation", key, ["name", "kind"])
    return made


@transaction.atomic
def change_organisation(organisation: Organisation, about: About, *, version: int, actor: Person) -> None:
    """Change what is told of a partner.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`make_organisation`; and when somebody else changed it.
    """
    require(actor, KEEP)
    told = asdict(about)
    changed = [name for name, value in told.items() if getattr(organisation, name) != value]
    if "name" in changed:
        _refuse_twice(about.name, but=organisation)
    write(organisation, version, **told)
    if changed:
        record(actor, "partners.change_organisation", "organisation", organisation.key, changed)


@transaction.atomic
def end_organisation(organisation: Organisation, *, version: int, actor: Person, today: date) -> None:
    """Take a partner out of the register: it offers nothing any more, and nobody of it sees anything.

    What was agreed with it stays to be read; an agreement in which no other party is left ends with it.

    Raises
    ------
    Refused, ChangedMeanwhileError
        When the actor may not, or somebody else changed it.
    """
    require(actor, KEEP)
    write(organisation, version, ended_on=today)
    organisation.offers.filter(ended_on__isnull=True).update(ended_on=today)
    organisation.members.filter(until_day__isnull=True).update(until_day=today - A_DAY)
    for agreement in organisation.agreements.filter(ended_on__isnull=True):
        if not agreement.parties.filter(ended_on__isnull=True).exists():
            write(agreement, agreement.version, ended_on=today)
            record(actor, "partners.end_agreement", "agreement", agreement.key, ["ended_on"])
    record(actor, "partners.end_organisation", "organisation", organisation.key, ["ended_on"])


@transaction.atomic
def take_in(organisation: Organisation, person: UUID, *, actor: Person, today: date) -> Member:
    """Say that somebody works at a partner: from now on they see what is shared with it.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When they do not work here as a professional of a partner, or the partner has ended.
    """
    require(actor, KEEP)
    if person not in professionals(today) or organisation.ended_on is not None:
        raise InputError(
            N_("this person does not work here as a professional of a partner"),
            remedy=N_("give them that role first, on the page of people"),
        )
    member, made = Member.objects.get_or_create(
        organisation=organisation, person=person, defaults={"from_day": today}
    )
    if not made and member.until_day is not None:
        Member.objects.filter(pk=member.pk).update(from_day=today, until_day=None)
        member.refresh_from_db()
    record(actor, "partners.take_in", "organisation", organisation.key, ["members"])
    return member


@transaction.atomic
def let_go(organisation: Organisation, person: UUID, *, actor: Person, today: date) -> None:
    """Say that somebody no longer works at a partner: they see nothing of it from this moment.

    Raises
    ------
    Refused
        When the actor may not.
    """
    require(actor, KEEP)
    gone = organisation.members.filter(person=person, until_day__isnull=True).update(until_day=today - A_DAY)
    if gone:
        record(actor, "partners.let_go", "organisation", organisation.key, ["members"])


def professionals(today: date) -> dict[UUID, str]:
    """Everybody who works here as a professional of a partner, by key."""
    held = RoleHeld.objects.on(today).filter(role=Role.PARTNER)
    return dict(held.order_by("person__name").values_list("person__key", "person__name"))


def _refuse_twice(name: str, but: Organisation | None = None) -> None:
    same = Organisation.objects.filter(name__iexact=name, ended_on__isnull=True)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise InputError(
            N_("there is a partner of this name already"),
            remedy=N_("add what it offers on its own page, or choose another name"),
        )
