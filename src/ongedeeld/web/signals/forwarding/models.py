"""What was sent on to a municipality: that it was, and the number that it got there. Not what was told."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ongedeeld.errors import N_


class Forwarding(models.Model):
    """A signal of public space on its way to the municipality; while one is not refused, there is no second.

    `number` is what the municipality calls it, `reference` the key by which it tells how it stands.
    """

    class State(models.TextChoices):
        """How far it came."""

        SENDING = "sending", N_("being sent")
        SENT = "sent", N_("received by the municipality")
        UNKNOWN = "unknown", N_("perhaps received: no answer came")
        REFUSED = "refused", N_("not taken by the municipality")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="forwardings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENDING)
    category = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("signal",), condition=~models.Q(state="refused"), name="forwarded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.number}"
