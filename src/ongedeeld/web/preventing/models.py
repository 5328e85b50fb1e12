"""Arrears that may become an early debt signal, and what is tried before an eviction.

What tells of people is sealed (see `safeguards.sealing`); the home stands here as a blind key alone. Amounts
are sealed too: no list is ordered by them.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class Lying(models.Model):
    """The code of an area around something, or of its complex: lists are cut by it to who may see them."""

    code = models.CharField(max_length=40)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Placed(models.Model):
    """Something with `places`: a row for each area around it."""

    class Meta:
        abstract = True

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes of all areas around it, and of its complex."""
        return frozenset(place.code for place in self.places.all())  # type: ignore[attr-defined]


class Delivery(Placed):
    """What one municipality receives at once: early debt signals, or that signals of before have ended.

    Its files are made anew from what is held now and never kept; once it was sent they cannot be made any
    more. `filed` tells what the file that was saved last held (see `deliveries.fingerprint`). Its `places`
    are the codes that all that is in it have in common: who sees it, sees all of it.
    """

    class Kind(models.TextChoices):
        """What it tells."""

        SIGNALS = "signals", N_("early debt signals")
        STOPS = "stops", N_("signals that ended")

    class Way(models.TextChoices):
        """How it was brought to the municipality."""

        EXCHANGE = "exchange", N_("through the exchange that the municipality uses")
        SECURE_MAIL = "secure_mail", N_("by secure mail")
        LINK = "link", N_("through a protected connection")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    receiver = models.CharField(max_length=20)
    receiver_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    filed = models.CharField(max_length=64, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.UUIDField(null=True, blank=True)
    way = models.CharField(max_length=20, blank=True, choices=Way.choices)
    count = models.PositiveIntegerField(default=0)
    remove_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.receiver} {self.made_at:%Y-%m-%d}"


class DeliveryPlace(Lying):
    """An area around all that is in a delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="places")

    class Meta:
        indexes = (models.Index(fields=("code", "delivery"), name="delivery_by_place"),)


class Arrears(Placed):
    """Arrears of one tenancy, from the first reminder until they are paid or helped otherwise.

    `sealed` holds contact details and arrears and nothing else (see `contents.Debt`). A signal that was sent
    and has ended waits for the municipality to be told: then `stop` is the delivery in which that is done.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", N_("in preparation")
        LISTED = "listed", N_("in a delivery that was not sent yet")
        SENT = "sent", N_("sent to the municipality")
        ENDED = "ended", N_("ended")

    class Ending(models.TextChoices):
        """How it ended."""

        PAID = "paid", N_("the arrears were paid")
        ARRANGED = "arranged", N_("a payment arrangement was agreed")
        OBJECTED = "objected", N_("the tenant objected")
        OTHER = "other", N_("otherwise, such as arrears that were recorded wrongly")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.CharField(max_length=64, db_index=True)
    complex = models.CharField(max_length=80, blank=True)
    municipality = models.CharField(max_length=20, blank=True)
    sealed = models.TextField()
    counted_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ending = models.CharField(max_length=10, blank=True, choices=Ending.choices)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="arrears")
    sent_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    stop = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="stopped")
    stop_told_on = models.DateField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("made_at", "id")
        indexes = (models.Index(fields=("state", "made_at"), name="arrears_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("home",), condition=~models.Q(state="ended"), name="arrears_once_a_home"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.made_at:%Y-%m-%d}"

    @property
    def owes_stop(self) -> bool:
        """Whether the municipality still has to hear that it ended."""
        return self.state == self.State.ENDED and self.sent_on is not None and self.stop_told_on is None


class ArrearsPlace(Lying):
    """An area around arrears."""

    arrears = models.ForeignKey(Arrears, on_delete=models.CASCADE, related_name="places")

    class Meta:
        indexes = (models.Index(fields=("code", "arrears"), name="arrears_by_place"),)


class Condition(models.Model):
    """One of the four things that were done before a signal may be sent, with its day and how."""

    class Kind(models.TextChoices):
        """What was done."""

        REMINDER = "reminder", N_("a written reminder")
        CONTACT = "contact", N_("an attempt at personal contact")
        HELP = "help", N_("pointed to help with debts")
        TOLD = "told", N_("told of the signal, and no objection")

    class How(models.TextChoices):
        """How it was done."""

        LETTER = "letter", N_("letter")
        EMAIL = "email", N_("e-mail")
        PORTAL = "portal", N_("message in the tenant portal")
        PHONE = "phone", N_("by telephone")
        VISIT = "visit", N_("at the door")
        OFFICE = "office", N_("at the office")

    arrears = models.ForeignKey(Arrears, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    actor = models.UUIDField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("arrears", "kind"), name="condition_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class ArrearsEvent(models.Model):
    """Something that was done with arrears; written once, never changed. `about` is a code, never words."""

    class Step(models.TextChoices):
        """What was done."""

        BEGUN = "begun", N_("begun")
        CONDITION = "condition", N_("wrote down what was done")
        CHANGED = "changed", N_("changed the contact details or the arrears")
        LISTED = "listed", N_("put into a delivery")
        TAKEN_OUT = "taken_out", N_("taken out of a delivery")
        SENT = "sent", N_("sent to the municipality")
        ENDED = "ended", N_("ended")
        STOP_TOLD = "stop_told", N_("told the municipality that it ended")

    arrears = models.ForeignKey(Arrears, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.UUIDField()
    step = models.CharField(max_length=12, choices=Step.choices)
    about = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d %H:%M}"


class Case(Placed):
    """A tenancy that may end in an eviction, from the first sign until it is known how it ended.

    `owner` is who keeps it; another decides that an eviction is the last resort, with `reasons` (sealed).
    What it was copied from is removed after `no_later`, and so is the case.
    """

    class Occasion(models.TextChoices):
        """What it comes from."""

        ARREARS = "arrears", N_("rent arrears")
        NUISANCE = "nuisance", N_("nuisance")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", N_("help is being tried")
        LAST_RESORT = "last_resort", N_("decided: an eviction is the last resort")
        ENDED = "ended", N_("ended")

    class Outcome(models.TextChoices):
        """How it ended."""

        PREVENTED = "prevented", N_("prevented: the household stays")
        EVICTED = "evicted", N_("evicted")
        LEFT = "left", N_("the household left by itself")
        MISTAKEN = "mistaken", N_("there was no threat of eviction after all")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    home = models.CharField(max_length=64, db_index=True)
    complex = models.CharField(max_length=80, blank=True)
    sealed = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    owner = models.UUIDField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    opened_on = models.DateField()
    from_arrears = models.UUIDField(null=True, blank=True)
    from_signal = models.UUIDField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    ended_on = models.DateField(null=True, blank=True, db_index=True)
    no_later = models.DateField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("opened_on", "id")
        indexes = (models.Index(fields=("state", "opened_on"), name="case_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("home",), condition=~models.Q(state="ended"), name="case_once_a_home"
            ),
        )

    def __str__(self) -> str:
        return f"{self.occasion} {self.opened_on}"


class CasePlace(Lying):
    """An area around a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="places")

    class Meta:
        indexes = (models.Index(fields=("code", "case"), name="case_by_place"),)


class Tried(models.Model):
    """Something that was tried to let a household stay; written once and never changed.

    `sealed` holds a few words, which may be empty. What the arrears told from which the case was begun is
    `from_arrears` (see `carrying`), with `how` it was done where they tell it.
    """

    class What(models.TextChoices):
        """What was tried."""

        TALK = "talk", N_("talked with the household")
        VISIT = "visit", N_("went to the door")
        ARRANGEMENT = "arrangement", N_("offered a payment arrangement")
        DEBT_HELP = "debt_help", N_("pointed to help with debts, or went along to it")
        BUDGET = "budget", N_("help with money and papers")
        SUPPORT = "support", N_("support from a care or welfare organisation")
        MEDIATION = "mediation", N_("mediation between neighbours")
        OTHER_HOME = "other_home", N_("offered another home or a contract with conditions")
        REMINDER = "reminder", N_("written reminder")
        REACH = "reach", N_("tried to reach the household in person")
        SIGNAL = "signal", N_("early debt signal to the municipality")
        WARNING = "warning", N_("written warning")
        OTHER = "other", N_("something else")

    class By(models.TextChoices):
        """Who did it."""

        ASSOCIATION = "association", N_("the association")
        MUNICIPALITY = "municipality", N_("the municipality")
        PARTNER = "partner", N_("a care or welfare organisation")
        OWN_PEOPLE = "own_people", N_("family, friends or neighbours")

    class Result(models.TextChoices):
        """What came of it."""

        HELPED = "helped", N_("it helped")
        RUNNING = "running", N_("it is still going on")
        REFUSED = "refused", N_("the household did not want it")
        NO_CONTACT = "no_contact", N_("nobody was reached")
        UNREACHABLE = "unreachable", N_("nobody can be reached, for the reason written beside it")
        NO_HELP = "no_help", N_("it did not help")
        UNTOLD = "untold", N_("what came of it was not written down")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    actor = models.UUIDField()
    day = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices)
    by = models.CharField(max_length=12, choices=By.choices)
    result = models.CharField(max_length=12, choices=Result.choices)
    how = models.CharField(max_length=10, blank=True, choices=Condition.How.choices)
    from_arrears = models.BooleanField(default=False)
    sealed = models.TextField(blank=True)

    class Meta:
        ordering = ("day", "id")

    def __str__(self) -> str:
        return f"{self.what} {self.day}"


class Tally(models.Model):
    """How many cases ended in one way in a complex and quarter, of those that were removed since."""

    complex = models.CharField(max_length=80)
    period = models.DateField()
    outcome = models.CharField(max_length=10, choices=Case.Outcome.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("period", "complex", "outcome")
        constraints = (models.UniqueConstraint(fields=("complex", "period", "outcome"), name="tally_once"),)

    def __str__(self) -> str:
        return f"{self.complex} {self.period} {self.outcome}: {self.count}"


class TakenAlong(models.Model):
    """That counts were laid into a new version of the City, and of which quarters."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    actor = models.UUIDField()
    version = models.UUIDField()
    from_period = models.DateField()
    until_period = models.DateField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.from_period} - {self.until_period}"
