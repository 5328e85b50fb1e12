"""How what residents share ends and is removed, and what of it is sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from ongedeeld.web.residents.breakthroughs import contents as breakthrough_contents
from ongedeeld.web.residents.models import Breakthrough, Reply, Share
from ongedeeld.web.residents.sharing import contents as sharing_contents
from ongedeeld.web.residents.sharing.copies import empty_past
from ongedeeld.web.residents.sharing.ended import shares_ended
from ongedeeld.web.residents.sharing.replies import bound_to as reply_bound_to
from ongedeeld.web.safeguards.removing import remove_past, removes
from ongedeeld.web.safeguards.resealing import sealed

sealed(Share, "sealed", lambda one: sharing_contents.bound_to(one.key))
sealed(Reply, "sealed", lambda one: reply_bound_to(one.key))
sealed(Breakthrough, "sealed", lambda one: breakthrough_contents.bound_to(one.key))


@removes("residents.share")
def remove_past_shares(today: date, most: int) -> int:
    """Copies whose last day is over, which nobody could read since; and what stayed of them past its term."""
    emptied = empty_past(today, most)
    return emptied + remove_past(Share, today, most - emptied)


@removes("residents.breakthrough")
def remove_past_breakthroughs(today: date, most: int) -> int:
    """Requests past their term."""
    return remove_past(Breakthrough, today, most)


@receiver(pre_delete, sender=Share, dispatch_uid="looks_go_with_an_emptied_share")
def empty_first(instance: Share, **_: Any) -> None:
    """The database lets looks go only with a share that is emptied (see `guarding`)."""
    Share.objects.filter(pk=instance.pk).update(sealed="")
    shares_ended.send(Share, keys=[instance.key])
