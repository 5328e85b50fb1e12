"""What people do with places: every change asks a right and is written to the audit record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.models import (
    Followed,
    Inspection,
    Note,
    Overrule,
    ResidentsGrade,
    ResidentsWords,
)
from ongedeeld.web.areas.places import Place
from ongedeeld.web.areas.wording import sign_of_a_person
from ongedeeld.web.audit.actions import record


@dataclass(frozen=True)
class View:
    """What a professional says: a theme, its score from 1 to 5, why, and the last day on which that holds.

    `seen` are the keys of the views that stood there when they looked.
    """

    theme: str
    score: int
    reason: str
    until: date
    seen: frozenset[str] = frozenset()


class Overtaken(InputError):  # noqa: N818 - it tells who was first
    """Somebody else was first; what was typed is kept for who tries again."""


@dataclass(frozen=True)
class Marks:
    """What an inspection found, each from 1 to 5."""

    clean: int
    whole: int
    safe: int


def overrule(place: Place, view: View, *, actor: Person, today: date) -> Overrule:
    """Lay a view beside a theme of a complex; the one that stood there ends.

    Raises
    ------
    Refused
        When the actor may not, here.
    InputError
        When the reason seems to lead to a person, or the end date lies before today.
    Overtaken
        When somebody else changed this view in between.
    """
    require(actor, "areas.overrule_card", place)
    refuse_persons(view.reason)
    if view.until < today:
        raise InputError(N_("this view would have ended already"), remedy=N_("choose a day to come"))
    try:
        with transaction.atomic():
            _end_former(place, view, actor)
            made = Overrule.objects.create(
                unit=place.code,
                theme=view.theme,
                score=view.score,
                reason=view.reason,
                from_day=today,
                until=view.until,
                made_by=actor.key,
            )
            fields = ["theme", "score", "reason", "until"]
            record(actor, "areas.overrule_card", "overrule", made.key, fields, place=place.code)
            return made
    except IntegrityError as error:
        raise _overtaken() from error


def _end_former(place: Place, view: View, actor: Person) -> None:
    standing = Overrule.objects.filter(unit=place.code, theme=view.theme, ended_at__isnull=True).first()
    if standing and (str(standing.key) not in view.seen or not _end(standing, actor)):
        raise _overtaken()


def end_overrule(one: Overrule, place: Place, *, actor: Person) -> None:
    """End a view before its time; it stays in the history.

    Raises
    ------
    Refused
        When the actor may not, here.
    Overtaken
        When somebody else ended it.
    """
    require(actor, "areas.overrule_card", place)
    with transaction.atomic():
        if not _end(one, actor):
            raise _overtaken()


def _end(one: Overrule, actor: Person) -> bool:
    """End it once, whoever else tries at the same time."""
    ended = Overrule.objects.filter(pk=one.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=actor.key
    )
    if ended:
        record(actor, "areas.end_overrule", "overrule", one.key, ["ended_at"], place=one.unit)
    return bool(ended)


def _overtaken() -> Overtaken:
    return Overtaken(
        N_("somebody else changed this view while you were writing"),
        remedy=N_("look at what stands there now, and save again if you still want to"),
    )


@transaction.atomic
def inspect(
    place: Place, marks: Marks, *, actor: Person, today: date, entrance: str = "", remarks: str = ""
) -> Inspection:
    """Record how clean, whole and safe a complex, or an entrance of it, is today.

    Raises
    ------
    Refused
        When the actor may not, here.
    InputError
        For an entrance of another complex, or remarks that seem to lead to a person.
    """
    require(actor, "areas.inspect", place)
    refuse_persons(remarks)
    if entrance and entrance not in dict(place.entrances):
        raise InputError(
            N_("{entrance} is not an entrance of this complex"),
            remedy=N_("choose one of the list, or the whole complex"),
            entrance=entrance,
        )
    made = Inspection.objects.create(
        complex=place.code,
        entrance=entrance,
        day=today,
        how_clean=marks.clean,
        how_whole=marks.whole,
        how_safe=marks.safe,
        remarks=remarks,
        made_by=actor.key,
    )
    record(
        actor,
        "areas.inspect",
        "inspection",
        made.key,
        ["how_clean", "how_whole", "how_safe", "remarks", "entrance"],
        place=place.code,
    )
    return made


@transaction.atomic
def write_note(place: Place, text: str, *, actor: Person) -> Note:
    """Write what one knows of a neighbourhood.

    Raises
    ------
    Refused
        When the actor may not, here.
    InputError
        When the words seem to lead to a person.
    """
    require(actor, "areas.write_note", place)
    refuse_persons(text)
    made = Note.objects.create(area=place.code, text=text, made_by=actor.key)
    record(actor, "areas.write_note", "note", made.key, ["text"], place=place.code)
    return made


@transaction.atomic
def take_back_note(note: Note, *, actor: Person) -> None:
    """Take a note back: its words go, that it was there stays.

    Raises
    ------
    Refused
        When it is not the actor's own, and they do not watch over privacy.
    """
    require(actor, "areas.take_back_note", note)
    taken = Note.objects.filter(pk=note.pk, taken_back_at__isnull=True).update(
        text="", taken_back_at=timezone.now(), taken_back_by=actor.key
    )
    if taken:
        record(actor, "areas.take_back_note", "note", note.key, ["text"], place=note.area)


@transaction.atomic
def record_grade(place: Place, grade: ResidentsGrade, *, actor: Person) -> ResidentsGrade:
    """Record the grade that residents give to living here.

    Raises
    ------
    Refused
        When the actor may not, here.
    """
    require(actor, "areas.record_residents", place)
    grade.unit, grade.made_by = place.code, actor.key
    grade.save(force_insert=True)
    record(
        actor,
        "areas.record_grade",
        "residents' grade",
        grade.key,
        ["grade", "answers", "day", "asked"],
        place=place.code,
    )
    return grade


@transaction.atomic
def record_words(place: Place, said: ResidentsWords, *, actor: Person) -> ResidentsWords:
    """Record what a resident said; without agreement to show the words, they are not kept.

    Raises
    ------
    Refused
        When the actor may not, here.
    InputError
        When the words seem to lead to a person.
    """
    require(actor, "areas.record_residents", place)
    if said.agreed:
        refuse_persons(said.words)
    else:
        said.words = ""
    said.unit, said.made_by = place.code, actor.key
    said.save(force_insert=True)
    record(
        actor,
        "areas.record_words",
        "residents' words",
        said.key,
        ["words", "agreed", "day", "asked"],
        place=place.code,
    )
    return said


@transaction.atomic
def take_back_words(said: ResidentsWords, place: Place, *, actor: Person) -> None:
    """Remove what a resident said, when they no longer want it shown.

    Raises
    ------
    Refused
        When the actor may not, here.
    """
    require(actor, "areas.take_back_words", place)
    taken = ResidentsWords.objects.filter(pk=said.pk, taken_back_at__isnull=True).update(
        words="", taken_back_at=timezone.now()
    )
    if taken:
        record(actor, "areas.take_back_words", "residents' words", said.key, ["words"], place=said.unit)


@transaction.atomic
def follow(place: Place, *, actor: Person) -> None:
    """Follow a place: it then stands on one's start page.

    Raises
    ------
    Refused
        When the actor may not see it.
    """
    require(actor, "areas.follow", place)
    if place.kind == "complex":
        require(actor, "areas.see_own_figures", place)
    try:
        with transaction.atomic():
            Followed.objects.create(person=actor.key, unit=place.code)
    except IntegrityError:
        return  # followed already, perhaps a moment ago in another window
    record(actor, "areas.follow", place.kind, place.code)


@transaction.atomic
def unfollow(place: Place, *, actor: Person) -> None:
    """Follow a place no longer."""
    gone, _ = Followed.objects.filter(person=actor.key, unit=place.code).delete()
    if gone:
        record(actor, "areas.unfollow", place.kind, place.code)


def refuse_persons(text: str) -> None:
    """Refuse words in which something looks as if it leads to a person.

    Raises
    ------
    InputError
        Telling what it looks like; the words themselves are not repeated.
    """
    if what := sign_of_a_person(text):
        raise InputError(
            N_("this looks like {what}, which leads to a person"),
            remedy=N_("take it out; here belongs what is about the place"),
            what=what,
        )
