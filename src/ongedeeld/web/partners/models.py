"""Organisations, what they offer and where, who works there, and what was agreed with them.

Nothing here tells of a resident but `SupportAgreement`, whose home is sealed: that there is support, from
whom and until when, never why.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self
from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS

DOMAINS = tuple((str(domain), label) for domain, label in LIFE_DOMAIN_LABELS.items())
FRESH = timedelta(days=183)
"""For so long what was known of a wait says something; a choice of this project."""


class Organisation(models.Model):
    """A partner to whom people can be pointed. `source_id` is its id in a directory it came from.

    `code_email` is where codes for a link go, where that is another mailbox than `email`.
    """

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        MUNICIPALITY = "municipality", N_("municipality")
        CARE = "care", N_("care")
        WELFARE = "welfare", N_("welfare")
        DEBT_HELP = "debt_help", N_("help with money and debts")
        EDUCATION = "education", N_("education")
        WORK = "work", N_("work and income")
        TENANTS = "tenants", N_("tenants and neighbours")
        HOUSING = "housing", N_("housing association")
        OTHER = "other", N_("another organisation")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    code_email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Who works, worked or will work at partners."""

    def on(self, day: date) -> Self:
        """Who works there on a day; the last day counts."""
        runs = models.Q(until_day__isnull=True) | models.Q(until_day__gte=day)
        return self.filter(runs, from_day__lte=day)


class Member(models.Model):
    """Somebody who signs in and works at a partner, by their key."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    person = models.UUIDField(db_index=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("from_day", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "person"), name="member_once"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_day}"


class Offer(models.Model):
    """Something a partner does for people: what, for whom, where, and how long the wait is.

    `wait_days` is empty when nobody told it; `wait_known_on` is the day on which it held. The address is
    where people go to, if anywhere.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    for_whom = models.TextField(blank=True)
    domain = models.CharField(max_length=20, choices=DOMAINS)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    everywhere = models.BooleanField(default=False)
    wait_days = models.PositiveIntegerField(null=True, blank=True)
    wait_known_on = models.DateField(null=True, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=("domain", "ended_on"), name="offer_by_domain"),)

    def __str__(self) -> str:
        return self.name

    def wait_is_old(self, today: date) -> bool:
        """Whether the wait was told so long ago that it says little."""
        return self.wait_known_on is not None and self.wait_known_on < today - FRESH


class OfferPlace(models.Model):
    """An area in which something is offered."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("offer", "code"), name="offer_place_once"),)

    def __str__(self) -> str:
        return self.code


class Agreement(models.Model):
    """What organisations agreed: for what, on which ground, where, until when, and which data may be shared.

    `data` are codes of `sharing.DATA`: what is not named may not be shared under it. `warned_on` is the day
    on which somebody was last warned that it is to be looked at again, or ends.
    """

    class Ground(models.TextChoices):
        """The legal ground of sharing under it; `article` names where it stands."""

        CONSENT = "consent", N_("agreement of the resident, each time")
        LAW = "law", N_("a legal duty")
        PUBLIC_TASK = "public_task", N_("a public task of the partner")
        CONTRACT = "contract", N_("a contract with the resident")
        NONE = "none", N_("no data of residents are shared")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(max_length=160)
    purpose = models.TextField()
    ground = models.CharField(max_length=20, choices=Ground.choices)
    article = models.CharField(max_length=160, blank=True)
    data = models.JSONField(default=list)
    parties = models.ManyToManyField(Organisation, related_name="agreements")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        """Whether it holds on a day; from the day on which somebody ended it, it does not."""
        lasts = self.until_day is None or day <= self.until_day
        return self.from_day <= day and lasts and (self.ended_on is None or day < self.ended_on)

    def may_tell(self, item: str) -> bool:
        """Whether an item of `sharing.DATA` may be shared under it."""
        return self.ground != self.Ground.NONE and item in self.data


class AgreementPlace(models.Model):
    """An area in which an agreement holds."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "code"), name="agreement_place_once"),)

    def __str__(self) -> str:
        return self.code


class SupportAgreement(models.Model):
    """Support that goes with a letting: from whom, for how long, how many hours, and who pays. Never why.

    `sealed` holds the address and the contact of who gives it; `home` is its blind key. `warned_on` is the
    day on which somebody was last warned that it ends.
    """

    class Payer(models.TextChoices):
        """Who pays."""

        MUNICIPALITY = "municipality", N_("the municipality")
        INSURER = "insurer", N_("the care office or insurer")
        ASSOCIATION = "association", N_("the association")
        PARTNER = "partner", N_("the partner itself")
        UNKNOWN = "unknown", N_("not known")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.CharField(max_length=64, db_index=True)
    complex = models.CharField(max_length=80, blank=True, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="supports")
    sealed = models.TextField()
    from_day = models.DateField()
    until_day = models.DateField()
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    payer = models.CharField(max_length=20, choices=Payer.choices)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("until_day", "id")

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_day}"

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes of all areas around it, and of its complex."""
        return frozenset(place.code for place in self.places.all())


class SupportPlace(models.Model):
    """An area around a home with support: lists are cut by it to who may see them."""

    support = models.ForeignKey(SupportAgreement, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=("code", "support"), name="support_by_place"),)

    def __str__(self) -> str:
        return self.code
