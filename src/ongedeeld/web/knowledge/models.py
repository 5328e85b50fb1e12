"""Proposals of local policy: what somebody proposes, and every turn that it took."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class Proposal(models.Model):
    """A value or scheme of local policy, with its source; nothing of it is changed but how it stands.

    `section` is where it stands in the file of local policy: `urgency`, or `values.` and the name of a value.
    `content` is what stands there as the file has it, but for source and days. `version` rises with every
    turn, so that of two people who decide at once the second is told.
    """

    class State(models.TextChoices):
        """How it stands."""

        PROPOSED = "proposed", N_("waits for an answer")
        ACCEPTED = "accepted", N_("accepted")
        DECLINED = "declined", N_("turned down")
        WITHDRAWN = "withdrawn", N_("taken back")
        TAKEN_OUT = "taken_out", N_("taken out")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    section = models.CharField(max_length=80, db_index=True)
    municipality = models.CharField(max_length=6, blank=True)
    content = models.JSONField()
    start = models.DateField()
    end = models.DateField(null=True)
    source = models.CharField(max_length=300)
    where = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED, db_index=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("section", "start", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="proposal_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.section} {self.start}"

    @property
    def name(self) -> str:
        """The name of the value or of the section."""
        return self.section.removeprefix("values.")

    @property
    def is_value(self) -> bool:
        """Whether it sets a value of the law, and not a scheme."""
        return self.section.startswith("values.")

    def holds(self, day: date) -> bool:
        """Whether it is accepted and holds on a day."""
        runs = self.start <= day and (self.end is None or day <= self.end)
        return self.state == self.State.ACCEPTED and runs


class Turn(models.Model):
    """Something that was done with a proposal, and why; never changed and never deleted."""

    class Kind(models.TextChoices):
        """What was done."""

        PROPOSED = "proposed", N_("proposed")
        ACCEPTED = "accepted", N_("accepted")
        DECLINED = "declined", N_("turned down")
        WITHDRAWN = "withdrawn", N_("taken back")
        ENDED = "ended", N_("given a last day")
        TAKEN_OUT = "taken_out", N_("taken out")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    last_day = models.DateField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.proposal} {self.kind}"


class LocalFile(models.Model):
    """The one row that counts the changes of the file of accepted proposals.

    Whoever changes the file counts it up from the number at which it was checked, so that two answers that
    would contradict each other cannot both be given.
    """

    changes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.changes}"


class EvidenceProposal(models.Model):
    """A record of evidence of the association's own that goes before the one of this version, and why.

    `content` is the record as a file of evidence has it, but for the reason why it goes before the other,
    which is `overrules`. It counts while it is accepted, and of each record one does.
    """

    class State(models.TextChoices):
        """How it stands."""

        PROPOSED = "proposed", N_("waits for an answer")
        ACCEPTED = "accepted", N_("accepted")
        DECLINED = "declined", N_("turned down")
        WITHDRAWN = "withdrawn", N_("taken back")
        ENDED = "ended", N_("no longer counts")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, db_index=True)
    content = models.JSONField()
    overrules = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("name",), condition=models.Q(state="accepted"), name="one_accepted_of_each_record"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
