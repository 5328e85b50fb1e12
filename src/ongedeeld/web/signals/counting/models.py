"""How many signals came: by complex for the team that works there, and by area for everybody else."""

from __future__ import annotations

from django.db import models


class SignalCount(models.Model):
    """How many signals of a kind came in a quarter that is over, in a complex or elsewhere in an area.

    Written once, when the quarter ends: what is removed later changes no count, so that nobody learns from
    the difference of two days whose signal went. `quarter` is its first day; `area` is the neighbourhood;
    `complex` is empty for what lies in none. A row of zero is not kept.
    """

    quarter = models.DateField()
    area = models.CharField(max_length=40, blank=True)
    complex = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    remove_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("quarter", "area", "complex", "kind")
        constraints = (
            models.UniqueConstraint(fields=("quarter", "area", "complex", "kind"), name="signal_count_once"),
        )
        indexes = (models.Index(fields=("complex", "quarter"), name="signal_count_of_complex"),)

    def __str__(self) -> str:
        return f"{self.quarter} {self.complex or self.area} {self.kind}"


class PublishedCount(models.Model):
    """A count as everybody may see it, rounded; `shown` is none where it is hidden.

    `area` is a neighbourhood, a district or `all`; `kind` may be `all`. It holds no more than the ledger.
    """

    quarter = models.DateField()
    area = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    shown = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("quarter", "area", "kind")
        constraints = (
            models.UniqueConstraint(fields=("quarter", "area", "kind"), name="published_count_once"),
        )
        indexes = (models.Index(fields=("area", "quarter"), name="published_count_of_area"),)

    def __str__(self) -> str:
        return f"{self.quarter} {self.area} {self.kind}"


class KnownReach(models.Model):
    """Areas of which somebody sees every count, and whether that tells no more of a published quarter.

    `codes` are those areas and complexes, in order; `digest` is by what they are found.
    """

    quarter = models.DateField()
    digest = models.CharField(max_length=64)
    codes = models.JSONField(default=list)
    is_safe = models.BooleanField()

    class Meta:
        ordering = ("quarter", "digest")
        constraints = (models.UniqueConstraint(fields=("quarter", "digest"), name="known_reach_once"),)

    def __str__(self) -> str:
        return f"{self.quarter} {self.digest[:8]}"
