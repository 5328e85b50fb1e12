"""Versions of the City, which of them is read, and the addresses that belong to them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class AddressBook(models.Model):
    """Addresses that were brought in together; versions that brought none share those of the one before."""

    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file


class Address(models.Model):
    """One address. The keys are what is searched: letters and digits alone, without capitals and accents.

    `area` is the code of the neighbourhood; with `complex` it decides who may find the address.
    """

    book = models.ForeignKey(AddressBook, on_delete=models.CASCADE, related_name="addresses")
    street = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    addition = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    complex = models.CharField(max_length=80, blank=True)
    entrance = models.CharField(max_length=80, blank=True)
    dwelling = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=20, blank=True)
    street_key = models.CharField(max_length=80)
    addition_key = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("book", "street_key", "number"), name="address_by_street"),
            models.Index(fields=("book", "postcode", "number"), name="address_by_postcode"),
        )

    def __str__(self) -> str:
        addition = self.addition if self.addition[:1].isalpha() else f"-{self.addition}".rstrip("-")
        return f"{self.street} {self.number}{addition}"


class CityVersion(models.Model):
    """One version: an immutable folder below the data folder, and what its check told.

    `base` is the key of the version on which what was brought in was laid; `job` that of the job that reads
    it; `files` are the names of what was brought in, and `digest` their checksum where nobody watched.
    `anew` is whether figures that were not brought in are left behind.
    """

    class State(models.TextChoices):
        """From upload to deletion."""

        WAITING = "waiting", N_("is being checked")
        CHECKED = "checked", N_("checked, not in use yet")
        REFUSED = "refused", N_("cannot be used")
        CURRENT = "current", N_("in use")
        RETIRED = "retired", N_("was in use before")
        DELETED = "deleted", N_("removed")

    class Way(models.TextChoices):
        """How it came."""

        MADE = "made", N_("made by the workbench")
        UPLOAD = "upload", N_("uploaded")
        FETCH = "fetch", N_("fetched from the owners of the data")
        DROP = "drop", N_("taken from the drop folder")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=20, blank=True)
    folder = models.CharField(max_length=80, unique=True)
    invented = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.MADE)
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    anew = models.BooleanField(default=False)
    base = models.UUIDField(null=True)
    job = models.UUIDField(null=True)
    report = models.JSONField(default=dict)
    addresses = models.ForeignKey(AddressBook, null=True, on_delete=models.PROTECT, related_name="versions")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state="current"), name="one_current_city_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.made_at:%Y-%m-%d %H:%M}"
