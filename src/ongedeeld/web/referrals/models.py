"""Referrals that get an answer, on whose word or which ground they are made, and meetings about them.

What is told of a resident is sealed, item by item, so that each party reads only what concerns it.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.partners.models import Agreement, Offer, Organisation

DOMAINS = tuple((str(domain), label) for domain, label in LIFE_DOMAIN_LABELS.items())


class Referral(models.Model):
    """Somebody was pointed to a partner, warmly: the partner says yes or no within a term.

    `home` is a blind key, and `address` is sealed, for colleagues: whether a partner is told it is an item
    like every other. `vault` is that in which the resident sees it, if they chose so, with a code of
    which `follow_hash` is kept. `sealed` holds what the partner wrote with its answer, `contact_on` the day
    on which it comes. What it was made of ends no later than `no_later`.
    """

    class State(models.TextChoices):
        """Where it stands."""

        SENT = "sent", N_("sent, waiting for an answer")
        ACCEPTED = "accepted", N_("accepted")
        REFUSED = "refused", N_("refused, with a reason")
        DONE = "done", N_("done")
        WITHDRAWN = "withdrawn", N_("taken back")

    class Refusal(models.TextChoices):
        """Why it was refused."""

        FULL = "full", N_("no room at present")
        NOT_OURS = "not_ours", N_("this is not what we offer")
        AREA = "area", N_("not in this area")
        CONDITION = "condition", N_("a condition of ours is not met")
        NOT_WANTED = "not_wanted", N_("the resident does not want it")
        OTHER = "other", N_("another reason")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.CharField(max_length=64, db_index=True)
    address = models.TextField(blank=True)
    complex = models.CharField(max_length=80, blank=True)
    vault = models.UUIDField(null=True, blank=True, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="referrals")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="referrals")
    from_signal = models.UUIDField(null=True, blank=True)
    from_share = models.UUIDField(null=True, blank=True)
    domain = models.CharField(max_length=20, choices=DOMAINS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    refusal = models.CharField(max_length=12, blank=True, choices=Refusal.choices)
    sealed = models.TextField(blank=True)
    contact_on = models.DateField(null=True, blank=True)
    follow_hash = models.CharField(max_length=64, blank=True, db_index=True)
    follow_until = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField()
    owner = models.UUIDField()
    sent_at = models.DateTimeField()
    respond_by = models.DateField(db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    escalated_on = models.DateField(null=True, blank=True)
    lead_told_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    no_later = models.DateField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("respond_by", "id")
        indexes = (models.Index(fields=("organisation", "state"), name="referral_by_partner"),)

    def __str__(self) -> str:
        return f"{self.state} {self.sent_at:%Y-%m-%d}"

    @property
    def area_codes(self) -> frozenset[str]:
        """The codes of all areas in which the home lies, and of its complex."""
        return frozenset(place.code for place in self.places.all())

    @property
    def is_running(self) -> bool:
        """Whether the partner still has something to do with it."""
        return self.state in RUNNING


RUNNING = (Referral.State.SENT, Referral.State.ACCEPTED)
"""The states in which a partner may read what it was told."""


class ReferralPlace(models.Model):
    """An area around a referral: lists are cut by it to who may see them."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="places")
    code = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=("code", "referral"), name="referral_by_place"),)

    def __str__(self) -> str:
        return self.code


class ReferralItem(models.Model):
    """One item that a referral tells, with the ground on which it may: consent, or an article of a law.

    It never changes but to be taken back: then `sealed` is emptied at once and nobody reads it any more (see
    `guarding`). `told_free`: the resident heard that a no changes nothing for their home. What was taken over
    from something that a resident shared (`share`) closes with it. It is emptied past `until_day` as well.
    """

    class Kind(models.TextChoices):
        """What it is."""

        NAME = "name", N_("name")
        ADDRESS = "address", N_("address")
        CONTACT = "contact", N_("telephone or e-mail")
        QUESTION = "question", N_("what is asked")
        TRIED = "tried", N_("what was tried already")
        WISH = "wish", N_("what the resident wants first")

    class Ground(models.TextChoices):
        """Why it may be told."""

        CONSENT = "consent", N_("the resident agreed")
        LAW = "law", N_("an article of a law")

    class Asked(models.TextChoices):
        """How the resident was asked."""

        IN_PERSON = "in_person", N_("in person")
        PHONE = "phone", N_("by telephone")
        IN_WRITING = "in_writing", N_("in writing")
        OWN_VAULT = "own_vault", N_("the resident shared it")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sealed = models.TextField(blank=True)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    article = models.CharField(max_length=160, blank=True)
    asked = models.CharField(max_length=12, blank=True, choices=Asked.choices)
    asked_on = models.DateField(null=True, blank=True)
    told_free = models.BooleanField(default=False)
    share = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    until_day = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ground="law", article__gt="", asked="")
                | models.Q(ground="consent", asked__gt="", asked_on__isnull=False, told_free=True),
                name="told_on_a_ground",
            ),
            models.UniqueConstraint(
                fields=("referral", "kind"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="told_once",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class AnswerLink(models.Model):
    """A link with which a partner without an account answers: 256 bits, a day on which it ends, revocable.

    A code by mail or telephone comes on top of it; after too many wrong codes the link ends. Who gave the
    code reads for a while in the one browser that holds the secret of `open_hash`. `code_to` is a blind
    key of where codes went when it was made: when that changes the link ends (see `receivers.reached_by`).
    """

    class Mailed(models.TextChoices):
        """What came of the letter with the link."""

        SENT = "sent", N_("the letter was sent")
        FAILED = "failed", N_("the letter could not be sent")
        NO_ADDRESS = "no_address", N_("no e-mail address of this partner is known")
        NO_MAIL = "no_mail", N_("this workbench sends no mail")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    wrong = models.PositiveIntegerField(default=0)
    codes = models.PositiveIntegerField(default=0)
    mailed = models.CharField(max_length=12, blank=True, choices=Mailed.choices)
    code_to = models.CharField(max_length=64, blank=True)
    open_hash = models.CharField(max_length=64, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class ReferralEvent(models.Model):
    """A step of a referral, written once and never changed; `about` is the kind of an item.

    `actor` is a colleague or who signed in for a partner; it is empty when the partner answered by link, the
    resident did it, or the workbench itself.
    """

    class Side(models.TextChoices):
        """Who did it."""

        ASSOCIATION = "association", N_("the association")
        PARTNER = "partner", N_("the partner")
        RESIDENT = "resident", N_("the resident")
        WORKBENCH = "workbench", N_("Ongedeeld, by itself")

    class Step(models.TextChoices):
        """What was done."""

        SENT = "sent", N_("sent")
        OPENED = "opened", N_("read by the partner")
        ACCEPTED = "accepted", N_("accepted")
        REFUSED = "refused", N_("refused")
        LINK_SENT = "link_sent", N_("the link for the answer was sent")
        LINK_FAILED = "link_failed", N_("the link for the answer could not be sent")
        LINK_ENDED = "link_ended", N_("the link for the answer was ended")
        CODE_SENT = "code_sent", N_("a code for the link was given")
        ESCALATED = "escalated", N_("not answered in time: the owner was told")
        LEAD_TOLD = "lead_told", N_("not answered still: who leads there, or a colleague, was told")
        REMINDED = "reminded", N_("the partner was reminded")
        NOT_REMINDED = "not_reminded", N_("a reminder could not be sent: the owner was told")
        CONTACT_DUE = "contact_due", N_("the day of contact passed: the owner was told")
        PARTNER_GONE = "partner_gone", N_("the partner is there no longer: the owner was told")
        AGREEMENT_OVER = "agreement_over", N_("the agreement holds no more: the owner was told")
        GOES_SOON = "goes_soon", N_("it will be removed soon: the owner was told")
        HANDED_OVER = "handed_over", N_("handed to another colleague")
        ITEM_TOLD = "item_told", N_("one thing more was told")
        ITEM_WITHDRAWN = "item_withdrawn", N_("an item was taken back")
        FOLLOWED = "followed", N_("the resident follows it")
        CONTACTED = "contacted", N_("the resident says that somebody came")
        DISCUSSED = "discussed", N_("discussed at a case meeting")
        WITHDRAWN = "withdrawn", N_("taken back")
        DONE = "done", N_("done")

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    side = models.CharField(max_length=12, choices=Side.choices)
    step = models.CharField(max_length=16, choices=Step.choices)
    about = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d %H:%M}"


class Meeting(models.Model):
    """A case meeting: each party sees only the items that concern it. No minutes: only what was agreed."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    on_day = models.DateField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    remove_after = models.DateField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-on_day", "id")

    def __str__(self) -> str:
        return f"{self.on_day}"


class MeetingItem(models.Model):
    """One referral at a meeting. `sealed` is what was agreed."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="meetings")
    sealed = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "referral"), name="meeting_item_once"),)

    def __str__(self) -> str:
        return f"{self.meeting} {self.referral}"


class MeetingParty(models.Model):
    """A partner whom an item of a meeting concerns, and how the resident agreed to that.

    The partner to which the referral is needs no asking: `asked` is then empty. It never changes but that the
    partner leaves, once; who joins again is asked about again (see `guarding`).
    """

    item = models.ForeignKey(MeetingItem, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meeting_parties")
    asked = models.CharField(max_length=12, blank=True, choices=ReferralItem.Asked.choices)
    asked_on = models.DateField(null=True, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("item", "organisation"),
                condition=models.Q(left_at__isnull=True),
                name="meeting_party_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.made_at:%Y-%m-%d}"
