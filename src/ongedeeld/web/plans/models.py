"""A plan: what it is about, what will be done, who had a say, what would show that it worked."""

from __future__ import annotations

from functools import cached_property
from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class Plan(models.Model):
    """A plan for an area (gebiedsplan) or a complex (complexplan).

    `version` rises with every change of the plan itself, so that two writers never overwrite each other.
    """

    class State(models.TextChoices):
        """From a first draft to the end."""

        DRAFT = "draft", N_("draft")
        AGREED = "agreed", N_("adopted")
        CLOSED = "closed", N_("closed")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    occasion = models.TextField(blank=True)
    occasion_is_open = models.BooleanField(default=False)
    goal = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    review_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    agreed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("review_on", "-id")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def area_codes(self) -> frozenset[str]:
        """The code of the place and of all areas around it."""
        return frozenset(place.code for place in self.places.all())


class PlanPlace(models.Model):
    """The place of a plan, and every area around it: a row each."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "code"), name="plan_place_once"),)

    def __str__(self) -> str:
        return self.code


class Part(models.Model):
    """A part of a plan; `version` rises with every change of it, as that of a plan does."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def area_codes(self) -> frozenset[str]:
        """Where it lies: there where its plan does."""
        return self.plan.area_codes


class Step(Part):
    """Something that will be done: by whom, before when, for how much."""

    class State(models.TextChoices):
        """Whether it was done."""

        OPEN = "open", N_("to do")
        DONE = "done", N_("done")
        DROPPED = "dropped", N_("dropped")

    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due = models.DateField()
    budget_cents = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    remark = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("due", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(budget_cents__isnull=True) | models.Q(budget_cents__gte=0),
                name="step_budget_not_below_zero",
            ),
        )

    def __str__(self) -> str:
        return self.what


class Say(Part):
    """What residents or partners said of the plan, and how they were asked."""

    class Of(models.TextChoices):
        """Who spoke."""

        RESIDENTS = "residents", N_("residents")
        TENANTS = "tenants", N_("tenants' organisation")
        PARTNER = "partner", N_("partner")
        STAFF = "staff", N_("colleagues")

    of = models.CharField(max_length=10, choices=Of.choices)
    how = models.CharField(max_length=200)
    words = models.TextField()
    day = models.DateField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"{self.of} {self.day}"


class Sign(Part):
    """A figure that would show whether the plan worked: where it began, where it should be, and when."""

    figure = models.CharField(max_length=60)
    began_at = models.FloatField()
    began_on = models.DateField()
    expected = models.FloatField()
    by_day = models.DateField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "figure"), name="sign_once_a_plan"),)

    def __str__(self) -> str:
        return self.figure


class Review(Part):
    """A look back: what was seen, and how it goes on."""

    class Onward(models.TextChoices):
        """What was decided."""

        GO_ON = "go_on", N_("go on as planned")
        ADJUST = "adjust", N_("adjust the plan")
        CLOSE = "close", N_("close the plan")

    day = models.DateField()
    words = models.TextField()
    onward = models.CharField(max_length=10, choices=Onward.choices)
    next_on = models.DateField(null=True)
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"{self.plan} {self.day}"
