"""What goes with a person who is removed: what they followed. What they wrote stays, without their name."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.models import Followed


@receiver(post_delete, sender=Person)
def _forget_followed(instance: Person, **_: Any) -> None:
    Followed.objects.filter(person=instance.key).delete()
