"""Vaults whose key the server never sees, and the copies that residents share from them.

A vault holds ciphertext alone (see `docs/reference/vault.md`): neither a name nor an address stands beside
it. `home` is the blind key of a home, and only where the resident chose to lay that link.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS

DOMAINS = tuple((str(domain), label) for domain, label in LIFE_DOMAIN_LABELS.items())


class Invitation(models.Model):
    """Leave to begin one vault, given by a colleague at the kitchen table; used once, or not at all."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    home = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Vault(models.Model):
    """A resident's vault. `sequence` counts its changes, so that a device asks only for what is new.

    `opened_on` is the last day on which it was opened: a vault that nobody opens is removed after its term.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.CharField(max_length=64, blank=True, db_index=True)
    sequence = models.PositiveIntegerField(default=0)
    made_on = models.DateField()
    opened_on = models.DateField()
    remove_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.key)


class Lock(models.Model):
    """The vault key, wrapped under one code: that of the card, or that of recovery.

    `locator` and `proof_hash` come from the code by another derivation than the key that wraps: with them a
    device finds the vault and shows that it knows the code, and neither opens it.
    """

    class Kind(models.TextChoices):
        """Which code it is."""

        CARD = "card", N_("the card")
        RECOVERY = "recovery", N_("the second code")

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="locks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    locator = models.CharField(max_length=64, unique=True)
    proof_hash = models.CharField(max_length=64)
    wrapped = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=("vault", "kind"), name="lock_once"),)

    def __str__(self) -> str:
        return self.kind


class Pending(models.Model):
    """A change that was asked for with the card, and waits some days in which it can be undone.

    With a lost card nobody can take the second code from its owner, or the map, before the owner can see it.
    Of a new second code its lock waits here; it opens nothing yet.
    """

    class Change(models.TextChoices):
        """What waits."""

        RECOVERY = "recovery", N_("a new second code")
        DELETE = "delete", N_("that the map is deleted")

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="pending")
    change = models.CharField(max_length=10, choices=Change.choices)
    locator = models.CharField(max_length=64, blank=True, db_index=True)
    proof_hash = models.CharField(max_length=64, blank=True)
    wrapped = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("takes_effect_at", "id")
        constraints = (models.UniqueConstraint(fields=("vault", "change"), name="pending_once"),)

    def __str__(self) -> str:
        return self.change


class Item(models.Model):
    """One version of one thing in a vault, as ciphertext. Without ciphertext it was removed.

    The newest version of a key is the one that counts.
    """

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="items")
    key = models.UUIDField()
    version = models.PositiveIntegerField()
    ciphertext = models.TextField(blank=True)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("vault", "key", "version"), name="item_version_once"),)
        indexes = (models.Index(fields=("vault", "sequence"), name="item_by_sequence"),)

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Opening(models.Model):
    """A device on which a vault is open. On somebody else's device it closes soon and by itself."""

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="openings")
    token_hash = models.CharField(max_length=64, unique=True)
    elsewhere = models.BooleanField(default=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("began_at", "id")

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class OwnRequest(models.Model):
    """That a request on data was sent from a map: with the key of it the resident reads the answer there.

    What they ask and who they are stands with the request, for whoever answers it; it does not name the map.
    """

    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="requests")
    request = models.UUIDField(unique=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.request)


class Share(models.Model):
    """A copy of one thing, that the resident lets one receiver read, for a purpose, until a day.

    `sealed` is that copy. What stands beside it of a shared step (domain, state, dates) is all that counts
    are made of. Withdrawn, it is emptied at once: `sealed` is then empty and `withdrawn_at` says when.
    """

    class Kind(models.TextChoices):
        """What was shared."""

        EVENT = "event", N_("something that happened")
        WISH = "wish", N_("a wish")
        VALUE = "value", N_("what makes living here worth it")
        ISSUE = "issue", N_("an issue")
        STEP = "step", N_("a step of the plan")

    class Receiver(models.TextChoices):
        """Who may read it."""

        PERSON = "person", N_("one colleague of the association")
        ORGANISATION = "organisation", N_("a partner")

    class Purpose(models.TextChoices):
        """For what they may use it."""

        KNOW = "know", N_("to know what matters")
        HELP = "help", N_("to help with this")
        COORDINATE = "coordinate", N_("to keep the plan together")
        BREAKTHROUGH = "breakthrough", N_("to ask whoever decides that a rule gives way")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="shares")
    item = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    receiver_kind = models.CharField(max_length=12, choices=Receiver.choices)
    receiver = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    sealed = models.TextField(blank=True)
    domain = models.CharField(max_length=20, blank=True, choices=DOMAINS)
    state = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    until_day = models.DateField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("made_at", "id")
        indexes = (models.Index(fields=("receiver_kind", "receiver", "until_day"), name="share_by_receiver"),)
        constraints = (
            models.UniqueConstraint(
                fields=("vault", "item", "receiver_kind", "receiver", "purpose"),
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(sealed=""),
                name="share_once_for_a_purpose",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class Look(models.Model):
    """That somebody read what was shared with them, and when: the resident sees it. Written once."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="looks")
    person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Reply(models.Model):
    """What who reads a shared step answers: that they take it up, that it was done, or that it cannot be.

    The resident sees it. It is written once; its words are sealed and go with the copy that it answers.
    """

    class State(models.TextChoices):
        """What is answered."""

        TAKEN_UP = "taken_up", N_("I take this up")
        DONE = "done", N_("it was done")
        CANNOT = "cannot", N_("I cannot do this")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="replies")
    person = models.UUIDField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    sealed = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"


class Breakthrough(models.Model):
    """A request to somebody who can decide that a rule gives way, and the answer. What it says is sealed.

    `asked_by` is empty where the resident asks. It is read only as long as the step that it is about is
    shared; with that it is emptied. Not answered in time, it goes to `asked_of` a director once.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", N_("asked")
        AGREED = "agreed", N_("agreed")
        REFUSED = "refused", N_("refused, with a reason")
        WITHDRAWN = "withdrawn", N_("taken back")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="breakthroughs")
    asked_of = models.UUIDField(db_index=True)
    asked_by = models.UUIDField(null=True)
    sealed = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    respond_by = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    escalated_on = models.DateField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("respond_by", "id")

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"


class Donation(models.Model):
    """What a resident gave for learning: effects and influences between systems, no words, days or names.

    Nothing links it to a vault, not even its number, which is drawn. Who holds the token of `token_hash` can
    take it back. `contents` is sealed; no day in it is finer than a quarter.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    contents = models.TextField()
    quarter = models.DateField(db_index=True)
    remove_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("quarter", "id")

    def __str__(self) -> str:
        return str(self.quarter)


class Given(models.Model):
    """That a vault gave, so that it gives once; which one, and what it gave, can't be read from it.

    `counted` when a group was published since: the same life is then in no later group.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    counted = models.BooleanField(default=False)
    remove_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("digest",)

    def __str__(self) -> str:
        return self.digest[:8]
