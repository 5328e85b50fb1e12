"""How to go to an address: together, or through the office; without why, and until a day.

Nobody sees a list of such addresses. Who has to go sees it beside the address; who sets it sees those whose
day comes near, to look at them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import ChangedMeanwhileError, write
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.processing import processing, seeing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.request_marks import stopped
from ongedeeld.web.safeguards.sealing import seal, unseal
from ongedeeld.web.safeguards.tenancies import tenancies_began
from ongedeeld.web.signals.models import VisitNote
from ongedeeld.web.signals.reporting.spots import Spot

KIND = "signals.visit_note"
LONGEST = timedelta(days=183)
"""For how long it holds before somebody looks at it again."""
NEAR = timedelta(days=28)
"""How long before its day it is laid before who can set it."""
AFTER_MOVING = timedelta(days=14)
"""For how long it still holds where others live now, unless somebody looks at it again."""


@dataclass(frozen=True)
class Shown:
    """How to go to an address, with the address, and since when others live there than when it was set."""

    note: VisitNote
    address: str
    others_since: date | None


def manners_at(person: Person, homes: Iterable[str], today: date) -> Mapping[str, str]:
    """How to go to homes: what to do, to be translated, by the blind key of each home where something holds.

    Raises
    ------
    Refused
        When the person goes nowhere.
    """
    require(person, "signals.see_visit_notes")
    extent = extent_of(person, "signals.see_visit_notes")
    notes = holding(today).filter(home__in={home for home in homes if home})
    told = {one.home: one.get_manner_display() for one in notes if extent.covers(one)}
    if told:
        with seeing("signals.see_visit_notes", of=KIND) as doing:
            for home in told:
                doing.about(home)
    return told


def manners_beside(person: Person, addresses: Iterable[Address], today: date) -> Mapping[int, str]:
    """How to go to addresses that somebody found, by the number of the row; none for who goes nowhere."""
    if not may(person, "signals.see_visit_notes"):
        return {}
    homes = {one.pk: blind_home(home_of(one)) for one in addresses}
    told = manners_at(person, homes.values(), today)
    return {pk: told[home] for pk, home in homes.items() if home in told}


def note_at(person: Person, home: str, today: date) -> VisitNote | None:
    """What holds at a home now, by its blind key; none where nothing does."""
    note = holding(today).filter(home=home).first() if home else None
    if note is not None:
        require(person, "signals.see_visit_notes", note)
    return note


def note_for(person: Person, key: UUID, today: date) -> VisitNote:
    """One that a person can set.

    Raises
    ------
    Http404
        When there is none of this key, or it ended.
    Refused
        When the person sets none there.
    """
    require(person, "signals.set_visit_note")
    note = holding(today).filter(key=key).first()
    if note is None:
        raise Http404(N_("There is no such note, or it ended."))
    require(person, "signals.set_visit_note", note)
    return note


def notes_to_review(person: Person, today: date) -> list[Shown]:
    """Those whose day comes near, within the reach of who can set them, the first day in front."""
    require(person, "signals.set_visit_note")
    extent = extent_of(person, "signals.set_visit_note")
    near = [one for one in holding(today).filter(review_on__lte=today + NEAR) if extent.covers(one)]
    others = others_live_there(near, today)
    return [Shown(one, address_of(one), others.get(one.key)) for one in near]


def address_of(note: VisitNote) -> str:
    """The address to which it belongs."""
    return unseal(note.sealed, f"visit:{note.key}")


def set_note(
    spot: Spot, manner: str, review_on: date, *, actor: Person, now: datetime, today: date
) -> VisitNote:
    """Set how to go to a home; what held there ends.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        For a place that is no home, or a day that has passed or lies too far ahead.
    ChangedMeanwhileError
        When somebody else set it at the same moment.
    """
    with processing("signals.set_visit_note", of=KIND, subject=spot.blind):
        require(actor, "signals.set_visit_note", spot)
        if not spot.home:
            raise InputError(
                N_("this is no home"),
                remedy=N_("choose an address: for a whole complex nobody goes together"),
            )
        _refuse_untimely(review_on, today)
        VisitNote.objects.filter(home=spot.blind, ended_at__isnull=True).update(ended_at=now)
        note = VisitNote(
            home=spot.blind,
            complex=spot.complex,
            areas=sorted(spot.area_codes),
            manner=VisitNote.Manner(manner),
            review_on=review_on,
            made_by=actor.key,
            remove_after=removed_after(KIND, today),
        )
        note.sealed = seal(spot.name, f"visit:{note.key}")
        _save_once(note)
        fields = ["manner", "review_on"]
        record(actor, "signals.set_visit_note", "visit note", note.key, fields, place=note.complex)
        return note


def look_again(
    note: VisitNote, review_on: date, *, version: int, actor: Person, now: datetime, today: date
) -> None:
    """Let it hold until another day, after somebody looked whether it is still needed.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`set_note`.
    """
    with processing("signals.set_visit_note", of=KIND, subject=note.home):
        require(actor, "signals.set_visit_note", note)
        _refuse_untimely(review_on, today)
        after = removed_after(KIND, today)
        write(note, version, review_on=review_on, made_by=actor.key, made_at=now, remove_after=after)
        record(actor, "signals.set_visit_note", "visit note", note.key, ["review_on"], place=note.complex)


def end_note(note: VisitNote, *, version: int, actor: Person, now: datetime) -> None:
    """End it before its day: people go there as to every home again.

    Raises
    ------
    Refused, ChangedMeanwhileError
        As :func:`set_note`.
    """
    with processing("signals.end_visit_note", of=KIND, subject=note.home):
        require(actor, "signals.set_visit_note", note)
        write(note, version, ended_at=now)
        record(actor, "signals.end_visit_note", "visit note", note.key, ["ended_at"], place=note.complex)


def others_live_there(notes: Iterable[VisitNote], today: date) -> dict[UUID, date]:
    """Since when others live at the homes for which notes were set, by the key of each note that is so."""
    notes = list(notes)
    complexes = {note.complex for note in notes if note.complex}
    began = tenancies_began({note.home for note in notes}, complexes, today)
    later = (note for note in notes if began.get(note.home, date.min) > timezone.localdate(note.made_at))
    return {note.key: began[note.home] for note in later}


def bring_forward(today: date) -> int:
    """Let what was set for who lived there before end soon, unless somebody looks at it again; how many.

    It does not end at once: who has to go would go alone where a colleague might still know better.
    """
    last = today + AFTER_MOVING
    later = list(holding(today).filter(review_on__gt=last))
    moved = others_live_there(later, today)
    return sum(_end_on(note, last) for note in later if note.key in moved)


def _end_on(note: VisitNote, last: date) -> bool:
    """Let one end earlier; what somebody changes at the same moment waits for the next time."""
    verb = "signals.bring_visit_note_forward"
    try:
        with processing(verb, of=KIND, subject=note.home):
            write(note, note.version, review_on=last)
            record(None, verb, "visit note", note.key, ["review_on"], place=note.complex)
    except ChangedMeanwhileError:
        return False
    return True


def holding(today: date) -> QuerySet[VisitNote]:
    """What holds today; the day on which it is looked at again is the last."""
    held = VisitNote.objects.filter(ended_at__isnull=True, review_on__gte=today, remove_after__gte=today)
    return held.exclude(key__in=stopped(KIND))


def _refuse_untimely(review_on: date, today: date) -> None:
    if not today <= review_on <= today + LONGEST:
        raise InputError(
            N_("somebody looks at it again within half a year"),
            remedy=N_("choose a day to come, at most half a year ahead"),
        )


def _save_once(note: VisitNote) -> None:
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError as error:
        raise ChangedMeanwhileError(
            N_("somebody else set this at the same moment"),
            remedy=N_("look at it as it is now, and do it again if it is still needed"),
        ) from error
