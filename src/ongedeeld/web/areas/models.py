"""What people add to places: views of professionals, inspections, notes, and what residents say.

Places are named by their code or number in the City, never by a foreign key: a City is replaced, what people
wrote of a place stays.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import THEME_LABELS

LONGEST_REASON = 400
LONGEST_NOTE = 1200
LONGEST_WORDS = 280

WAYS_OF_ASKING: dict[str, str] = {
    "survey": N_("in a survey"),
    "visit": N_("in a conversation at home"),
    "walk": N_("on a walk through the neighbourhood"),
    "meeting": N_("in a meeting of residents"),
    "message": N_("in a message of their own"),
}


class Added(models.Model):
    """What every addition has: a key, who made it and when."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Overrule(Added):
    """A professional's score for a theme of a complex, why, and until when; ended, never deleted.

    `until` is the last day on which it holds. `ended_at` is filled when somebody ends it before that day or
    puts another in its place.
    """

    unit = models.CharField(max_length=40)
    theme = models.CharField(max_length=30, choices=tuple(THEME_LABELS.items()))
    score = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON)
    from_day = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("unit",), name="areas_overrule_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "theme"),
                condition=models.Q(ended_at__isnull=True),
                name="one_view_for_each_theme_of_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=1) & models.Q(score__lte=5), name="overrule_score_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("from_day")), name="overrule_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} · {self.theme}"


class Inspection(Added):
    """How clean, whole and safe somebody of the association found a complex or one of its entrances."""

    complex = models.CharField(max_length=40)
    entrance = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    how_clean = models.PositiveSmallIntegerField()
    how_whole = models.PositiveSmallIntegerField()
    how_safe = models.PositiveSmallIntegerField()
    remarks = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=("complex", "day"), name="areas_inspection_complex"),)
        constraints = tuple(
            models.CheckConstraint(
                condition=models.Q((f"how_{aspect}__gte", 1), (f"how_{aspect}__lte", 5)),
                name=f"inspection_{aspect}_1_to_5",
            )
            for aspect in ("clean", "whole", "safe")
        )

    def __str__(self) -> str:
        return f"{self.complex} {self.day:%Y-%m-%d}"


class Note(Added):
    """What a professional knows of a neighbourhood; about the place, not about persons.

    A note that is taken back keeps its row, without its words.
    """

    area = models.CharField(max_length=40)
    text = models.CharField(max_length=LONGEST_NOTE, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("area",), name="areas_note_area"),)

    def __str__(self) -> str:
        return f"{self.area} {self.made_at:%Y-%m-%d}"


class Asked(Added):
    """What residents of a neighbourhood or complex told: of which place, when, and how it was asked."""

    unit = models.CharField(max_length=40)
    day = models.DateField()
    asked = models.CharField(max_length=20, choices=tuple(WAYS_OF_ASKING.items()))

    class Meta:
        abstract = True


class ResidentsGrade(Asked):
    """The grade from 1 to 10 for living here, of how many answers."""

    grade = models.DecimalField(max_digits=3, decimal_places=1)
    answers = models.PositiveIntegerField()

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=("unit",), name="areas_grade_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(grade__gte=1) & models.Q(grade__lte=10), name="residents_grade_1_to_10"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.day:%Y-%m-%d}"


class ResidentsWords(Asked):
    """What a resident values or misses here, in their own words.

    Without agreement to show them the words are not kept: only that somebody said something.
    """

    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    agreed = models.BooleanField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=("unit",), name="areas_words_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(agreed=True) | models.Q(words=""), name="words_are_kept_when_agreed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.day:%Y-%m-%d}"


class Followed(models.Model):
    """A neighbourhood or complex that somebody follows."""

    person = models.UUIDField()
    unit = models.CharField(max_length=40)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("person", "unit"), name="followed_once"),)

    def __str__(self) -> str:
        return self.unit
