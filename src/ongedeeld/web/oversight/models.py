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
