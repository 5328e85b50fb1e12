"""What residents ask about their data, what was found, and what was decided of it.

Who asks and what they say is sealed; that somebody asked, when, and how it went is not.
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class Request(models.Model):
    """A request of a resident, from the day that it came.

    `sealed` holds who asks and what (see `request_contents.Contents`); `home` is the blind key of the home,
    empty where they asked about single records. `due` is the last day of the term; `extended_on` when it was
    made longer. `remove_after` is filled when it is closed.
    """

    class Right(models.TextChoices):
        """What they ask, by the article that gives the right."""

        ACCESS = "access", N_("see what is kept")
        CORRECTION = "correction", N_("correct what is wrong")
        REMOVAL = "removal", N_("remove what is kept")
        RESTRICTION = "restriction", N_("stop the use for a time")
        EXPORT = "export", N_("get a copy to take along")
        OBJECTION = "objection", N_("object to the use")

    class State(models.TextChoices):
        """Whether it is still worked on."""

        OPEN = "open", N_("open")
        CLOSED = "closed", N_("answered")

    class Identity(models.TextChoices):
        """How it was made sure that who asks is who they say; no copy of a document is kept."""

        AT_THE_DOOR = "at_the_door", N_("spoken at home, where the tenancy is known")
        COUNTER = "counter", N_("showed a document at the counter; no copy was kept")
        PORTAL = "portal", N_("signed in to the tenants' portal")
        CALLED_BACK = "called_back", N_("called back on the number that was known")
        ON_BEHALF = "on_behalf", N_("on behalf of the resident, with their written consent")

    class Outcome(models.TextChoices):
        """How it ended."""

        GRANTED = "granted", N_("done as asked")
        PARTLY = "partly", N_("done in part")
        REFUSED = "refused", N_("refused")
        WITHDRAWN = "withdrawn", N_("taken back by who asked")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    right = models.CharField(max_length=12, choices=Right.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    sealed = models.TextField()
    home = models.CharField(max_length=64, blank=True, db_index=True)
    received_on = models.DateField()
    due = models.DateField()
    extended_on = models.DateField(null=True, blank=True)
    identity = models.CharField(max_length=12, blank=True, choices=Identity.choices)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    answer = models.TextField(blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    remove_after = models.DateField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="open", closed_on__isnull=True, remove_after__isnull=True)
                | models.Q(state="closed", closed_on__isnull=False, remove_after__isnull=False),
                name="request_is_open_or_has_an_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.right} {self.received_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state == Request.State.OPEN

    def is_late(self, today: date) -> bool:
        """Whether the last day on which it should have been answered is over."""
        return self.is_open and self.due < today


class RequestStep(models.Model):
    """Something that was done for a request; written once. `sealed` holds words, and may be empty."""

    class Step(models.TextChoices):
        """What was done."""

        TAKE_IN = "take_in", N_("the request came in")
        IDENTITY = "identity", N_("it was made sure who asks")
        EXTEND = "extend", N_("the term was made longer, and who asks was told why")
        NAME = "name", N_("a record was added by its key")
        DECIDE = "decide", N_("something that was found was decided on")
        EXPORT = "export", N_("the file for who asks was made")
        CLOSE = "close", N_("the request was answered")
        RESUME = "resume", N_("a stop of use ended, after who asked was told")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    step = models.CharField(max_length=10, choices=Step.choices)
    sealed = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d %H:%M}"


class Finding(models.Model):
    """A record that was found for a request, by its kind and key, and what was decided of it.

    `sealed` holds why, or for a correction what the resident says against it.
    """

    class Decision(models.TextChoices):
        """What is done with it."""

        NOT_THEIRS = "not_theirs", N_("it is not about who asks")
        GIVE = "give", N_("give it")
        WITHOUT_WORDS = "without_words", N_("give it without what others wrote in their own words")
        LEAVE_OUT = "leave_out", N_("do not give it")
        BESIDE = "beside", N_("lay beside it what the resident says")
        AS_IS = "as_is", N_("leave it as it is")
        STOP = "stop", N_("nobody uses it any more")
        GO_ON = "go_on", N_("go on using it")
        REMOVE = "remove", N_("remove it now")
        KEEP = "keep", N_("keep it until its term")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=60)
    thing = models.UUIDField()
    day = models.DateField(null=True)
    by_name = models.BooleanField(default=False)
    decision = models.CharField(max_length=14, blank=True, choices=Decision.choices)
    sealed = models.TextField(blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day", "id")
        constraints = (
            models.UniqueConstraint(fields=("request", "kind", "thing"), name="finding_once_a_request"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Mark(models.Model):
    """What a resident had laid at a record: words beside it, or a stop of its use.

    It lasts as long as the record, longer than the request that it came from.
    """

    class Manner(models.TextChoices):
        """What it does."""

        BESIDE = "beside", N_("what the resident says against it")
        STOP = "stop", N_("its use is stopped")

    kind = models.CharField(max_length=60)
    thing = models.UUIDField()
    manner = models.CharField(max_length=8, choices=Manner.choices)
    sealed = models.TextField(blank=True)
    request = models.ForeignKey(Request, null=True, on_delete=models.SET_NULL, related_name="marks")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    remove_after = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "thing", "manner", "request"),
                condition=models.Q(ended_at__isnull=True),
                name="one_mark_of_a_request_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.manner} {self.kind}"
