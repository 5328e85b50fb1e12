"""What was published of the network of partners."""

from __future__ import annotations

from django.db import models


class PublishedLink(models.Model):
    """How many referrals of a half-year went to a partner or into a life domain, as everybody may see it.

    `half` is its first day. `of` is the key of an organisation, a life domain, or `all`; `answer` is what
    came of them, or `all`. `shown` is none where it is hidden. It holds no more than the ledger.
    """

    class By(models.TextChoices):
        """By what it is counted."""

        ORGANISATION = "organisation"
        DOMAIN = "domain"

    half = models.DateField()
    by = models.CharField(max_length=12, choices=By.choices)
    of = models.CharField(max_length=40)
    answer = models.CharField(max_length=10)
    shown = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("half", "by", "of", "answer")
        constraints = (
            models.UniqueConstraint(fields=("half", "by", "of", "answer"), name="published_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.half} {self.by} {self.of} {self.answer}"


class PublishedWait(models.Model):
    """How long the middle one of the residents that a partner said yes to waited, in whole weeks.

    `half` is the first day of the half-year in which they were referred, `organisation` the key of the
    partner. From the day of referring: until the yes, and until the day on which the partner came. None is
    not told, or not known of the middle one. It is published together with the counts, and only of a partner
    of which the number of yeses is.
    """

    half = models.DateField()
    organisation = models.UUIDField()
    answer_weeks = models.PositiveIntegerField(null=True)
    contact_weeks = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("half", "organisation")
        constraints = (models.UniqueConstraint(fields=("half", "organisation"), name="published_wait_once"),)

    def __str__(self) -> str:
        return f"{self.half} {self.organisation}"
