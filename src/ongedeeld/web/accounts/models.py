"""People, the roles they hold and where they hold them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from ongedeeld.web.accounts.roles import ROLE_LABELS, Role


class People(BaseUserManager["Person"]):
    """Makes people; signing in is by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person; without a password nobody can sign in with one."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. `key` stands in the audit record and outlives the person.

    `invited_at` is when the invitation was sent that is still open; empty when none is.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="nl", choices=(("nl", "Nederlands"), ("en", "English")))
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    """Roles that are, were or will be held."""

    def on(self, day: date) -> Self:
        """Those that run on a day, of people who work here; the last day counts."""
        runs = models.Q(until_day__isnull=True) | models.Q(until_day__gte=day)
        return self.filter(runs, from_day__lte=day, person__is_active=True)


class RoleHeld(models.Model):
    """A role that a person holds from a day until another, in some areas or everywhere.

    `version` counts the changes, so that two people who change it at once notice each other.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(
        max_length=30, choices=tuple((str(role), label) for role, label in ROLE_LABELS.items())
    )
    everywhere = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    given_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        ordering = ("from_day", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_day__isnull=True) | models.Q(until_day__gte=models.F("from_day")),
                name="role_held_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"

    def runs_on(self, day: date) -> bool:
        """Whether the role is held on this day; the last day counts."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

    @property
    def as_role(self) -> Role:
        """The role."""
        return Role(self.role)


class RoleArea(models.Model):
    """An area or complex in which a role is held, by its code."""

    role_held = models.ForeignKey(RoleHeld, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("role_held", "code"), name="role_area_once"),)

    def __str__(self) -> str:
        return self.code
