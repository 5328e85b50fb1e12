"""Who reads a shared step tells how far it is: the resident sees it, and it goes with the copy."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.residents.models import Reply, Vault
from ongedeeld.web.residents.own.shares import all_told
from ongedeeld.web.residents.sharing import copies, replies
from tests.web.conftest import Visit
from tests.web.residents.sharing_cast import (  # noqa: F401 - fixtures
    Shares,
    SharingCast,
    cast,
    in_days,
    resident,
    shares,
    vault,
)

WORDS = "Donderdag bel ik de Belastingdienst."


def test_the_resident_sees_what_was_answered_and_takes_it_along(
    cast: SharingCast,  # noqa: F811 - fixtures
    shares: Shares,  # noqa: F811
    resident: Client,  # noqa: F811
    vault: Vault,  # noqa: F811
    visit: Visit,
) -> None:
    share = shares(cast.debt_help)
    page = reverse("shared_thing", args=[share.key])
    visit(cast.pia).get(page)
    sent = {"reply-state": "taken_up", "reply-words": WORDS}
    assert visit(cast.pia).post(reverse("reply_to_share", args=[share.key]), sent).status_code == 303
    assert WORDS in visit(cast.pia).get(page).text
    own = resident.get(reverse("own_shares")).text
    assert "1 time somebody looked" in own, "the page that follows an answer is no second look"
    assert "Pia: I take this up" in own
    assert WORDS in own
    (told,) = all_told(vault, timezone.localdate())["replies"]
    assert (told["name"], told["state"], told["words"]) == ("Pia", "I take this up", WORDS)
    assert WORDS not in Reply.objects.get().sealed
    copies.withdraw(vault, share.key, now=timezone.now(), today=timezone.localdate())
    assert Reply.objects.get().sealed == ""
    assert WORDS not in resident.get(reverse("own_shares")).text


def test_only_who_reads_a_step_that_asks_for_something_answers_it(
    cast: SharingCast,  # noqa: F811 - fixtures
    shares: Shares,  # noqa: F811
) -> None:
    asks, tells = shares(cast.debt_help), shares(cast.welfare, purpose="know")
    now, today = timezone.now(), timezone.localdate()

    def answer(person: object, share: object, state: str = "done", words: str = "") -> None:
        replies.reply(person, share.key, state, words, now=now, today=today)  # type: ignore[arg-type, attr-defined]

    with pytest.raises(Http404):
        answer(cast.petra, asks)
    with pytest.raises(InputError, match="so that you know of it"):
        answer(cast.petra, tells)
    with pytest.raises(InputError, match="so that you know of it"):
        answer(cast.pia, asks, "perhaps")
    with pytest.raises(InputError):
        answer(cast.pia, asks, words="Zij heeft een depressie.")
    with pytest.raises(Http404):
        replies.reply(cast.pia, asks.key, "done", "", now=now, today=in_days(400))
    assert not Reply.objects.exists()
