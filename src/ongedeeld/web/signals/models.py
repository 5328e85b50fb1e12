"""Signals, who answers them and what was done; and what somebody has to know before going to a home.

What tells of people is sealed (see `safeguards.sealing`): a copy of the database tells none of it. Whose home
it is about stands in a signal as a blind key alone, by which the earlier signals of the same home are found.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.db import models, transaction

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.safeguards.request_marks import stopped


class Team(models.Model):
    """People who answer the signals of some areas; no areas is everywhere.

    One team, which nobody makes, `catches_all` that comes from where no team works: whoever may answer there
    does. `version` rises with every change of the team and of who is in it.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    areas = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    catches_all = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("catches_all",), condition=models.Q(catches_all=True), name="one_team_catches_all"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes of its areas."""
        return frozenset(self.areas)


class TeamMember(models.Model):
    """A person in a team; `leads` is who gets what nobody else has. While away, `stands_in` answers."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.UUIDField()
    leads = models.BooleanField(default=False)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    stands_in = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("team", "person"), name="team_member_once"),)

    def __str__(self) -> str:
        return f"{self.team}: {self.person}"

    def is_away(self, day: date) -> bool:
        """Whether somebody else answers on this day; the last day counts."""
        begun = self.away_from is not None and self.away_from <= day
        return begun and (self.away_until is None or day <= self.away_until)


class RoutingRule(models.Model):
    """Who answers which signals, and within how many working days; empty conditions hold for all.

    The first rule, in the order of `place`, that holds on the day goes; `area` is the code of an area or the
    number of a complex.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, blank=True)
    domain = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=40, blank=True)
    danger = models.BooleanField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="rules")
    owner = models.UUIDField(null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(default=5)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    made_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def area_codes(self) -> frozenset[str]:
        """Where it holds; none is everywhere."""
        return frozenset({self.area} if self.area else ())


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals, and what is true of many."""

    def readable(self, today: date) -> Self:
        """Those that people may use: their term has not ended, and no resident stopped their use."""
        return self.filter(remove_after__gte=today).exclude(key__in=stopped("signals.signal"))

    def open(self) -> Self:
        """Those that were not closed."""
        return self.filter(closed_at__isnull=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove them wholly: empty them first, for without that the database keeps their history."""
        with transaction.atomic():
            self.update(sealed="")
            return super().delete()

    # As Django marks its own: no template calls it, and no manager removes everything by it.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Signal(models.Model):
    """Something that was seen, from the moment that it came until it is removed.

    `key` is made on the device of who saw it, so that what is sent twice is one signal. `sealed` holds what
    was seen (see `contents.Contents`); `home` is the blind key of the home, empty for a place. A place that
    was told by the address of a home has its blind key in `near`: it is not about that home, and who lives
    there finds it when they ask. `told_by` is the day on which a resident who was not told will be; none
    where they were. `due` is the day by which the reporter hears; `answered_at` when they first did. After
    `remove_after` nothing of it is kept.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        CONCERN = "concern", N_("concern about how somebody is doing")
        NUISANCE = "nuisance", N_("nuisance")
        PUBLIC_SPACE = "public_space", N_("public space")
        HOME = "home", N_("maintenance and quality of the home")

    class Weight(models.TextChoices):
        """How heavy nuisance is: neighbours solve load themselves."""

        LOAD = "load", N_("load, which neighbours can solve themselves")
        NUISANCE = "nuisance", N_("nuisance, for which somebody has to come")

    class State(models.TextChoices):
        """Where it stands."""

        NEW = "new", N_("received")
        TAKEN_UP = "taken_up", N_("taken up")
        IN_CONTACT = "in_contact", N_("in contact with the resident")
        PASSED_ON = "passed_on", N_("passed on")
        CLOSED = "closed", N_("closed")

    class Outcome(models.TextChoices):
        """How it ended."""

        SOLVED = "solved", N_("solved")
        HELPED_BY_OTHERS = "helped_by_others", N_("others help now")
        NOT_WANTED = "not_wanted", N_("the resident wants no help")
        NOTHING_FOUND = "nothing_found", N_("nothing was found")
        OTHER = "other", N_("otherwise")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    domain = models.CharField(
        max_length=20,
        blank=True,
        choices=tuple((str(one), label) for one, label in LIFE_DOMAIN_LABELS.items()),
    )
    weight = models.CharField(max_length=20, blank=True, choices=Weight.choices)
    danger = models.BooleanField(default=False)
    sealed = models.TextField()
    home = models.CharField(max_length=64, blank=True, db_index=True)
    near = models.CharField(max_length=64, blank=True, db_index=True)
    complex = models.CharField(max_length=80, blank=True, db_index=True)
    told_by = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    seen_on = models.DateField()
    received_at = models.DateTimeField(db_index=True)
    made_by = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="signals")
    owner = models.UUIDField(db_index=True)
    routed = models.JSONField(default=dict)
    due = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=Outcome.choices)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ("due", "id")
        indexes = (
            models.Index(
                fields=("team", "due", "id", "owner"),
                condition=models.Q(closed_at__isnull=True, answered_at__isnull=True),
                name="signal_that_waits",
            ),
            models.Index(
                fields=("team", "due", "id", "owner"),
                condition=models.Q(closed_at__isnull=True, answered_at__isnull=False),
                name="signal_being_worked_on",
            ),
            models.Index(fields=("team", "received_at"), name="signal_of_a_team"),
            models.Index(
                fields=("owner", "-danger", "due", "id"),
                condition=models.Q(closed_at__isnull=True),
                name="signal_to_answer",
            ),
            models.Index(
                fields=("owner", "told_by"),
                condition=models.Q(closed_at__isnull=True, told_by__isnull=False, told_at__isnull=True),
                name="signal_to_tell",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.received_at:%Y-%m-%d}"

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes of all areas in which it lies, and of its complex."""
        return frozenset(place.code for place in self.places.all())

    @property
    def subject(self) -> str:
        """The blind key of the home that its words may tell of; empty where it names none."""
        return self.home or self.near

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.closed_at is None

    @property
    def is_still_to_be_told(self) -> bool:
        """Whether the resident still has to hear that it was reported."""
        return self.told_by is not None and self.told_at is None

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove it wholly, as many are."""
        return Signal.objects.filter(pk=self.pk).delete()


class SignalPlace(models.Model):
    """An area around a signal, by its code, so that lists can be cut by who may see them."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=("code", "signal"), name="signal_by_place"),)

    def __str__(self) -> str:
        return self.code


class SignalEvent(models.Model):
    """Something that happened to a signal; written once and never changed (see `guarding`).

    `step` is one of `transitions.STEPS`. `sealed` holds what is for the team (see `contents.Told`), `answer`
    what is for the reporter beside the sentence that belongs to the step; both may be empty. `ground` is why
    it could be passed on.
    """

    class Ground(models.TextChoices):
        """On what ground something is passed on to another organisation."""

        AGREED = "agreed", N_("the resident agrees")
        VITAL = "vital", N_("a life or somebody's safety is in danger (GDPR 6(1)d)")
        DUTY = "duty", N_("a law says that it has to be reported (GDPR 6(1)c)")
        NO_PERSON = "no_person", N_("it is about a place, and about nobody")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    step = models.CharField(max_length=30)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    ground = models.CharField(max_length=12, blank=True, choices=Ground.choices)
    sealed = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d %H:%M}"


class Photo(models.Model):
    """A picture of a place, sealed, without what told where and when it was taken."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="photos")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)


class VisitNote(models.Model):
    """How to go to an address, without why; it ends on its review day unless somebody looks at it again."""

    class Manner(models.TextChoices):
        """How to go."""

        TOGETHER = "together", N_("go together")
        THROUGH_OFFICE = "through_office", N_("through the office")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField()
    complex = models.CharField(max_length=80, blank=True)
    areas = models.JSONField(default=list)
    manner = models.CharField(max_length=20, choices=Manner.choices)
    review_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    remove_after = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("review_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("home",), condition=models.Q(ended_at__isnull=True), name="one_visit_note_of_a_home"
            ),
        )

    def __str__(self) -> str:
        return f"{self.manner} {self.review_on}"

    @property
    def area_codes(self) -> frozenset[str]:
        """Where it lies."""
        return frozenset(self.areas)


from ongedeeld.web.signals.counting.models import (  # noqa: E402 - Django looks for models here
    KnownReach,
    PublishedCount,
    SignalCount,
)
from ongedeeld.web.signals.forwarding.models import (  # noqa: E402 - Django looks for models here
    Forwarding,
)

__all__ = [
    "Forwarding",
    "KnownReach",
    "Photo",
    "PublishedCount",
    "RoutingRule",
    "Signal",
    "SignalCount",
    "SignalEvent",
    "SignalPlace",
    "Team",
    "TeamMember",
    "VisitNote",
]
