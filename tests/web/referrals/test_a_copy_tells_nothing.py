"""What a referral tells is in no copy: no table, file, line of the log or letter holds a word of it."""

from __future__ import annotations

import logging
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from ongedeeld.web.cities.models import Address
from ongedeeld.web.referrals import following
from ongedeeld.web.referrals.answering import answers, links
from ongedeeld.web.referrals.letters import send_link
from ongedeeld.web.referrals.meetings import holding
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.site.keeping import back_up
from tests.web.conftest import Visit
from tests.web.posting import post_goes
from tests.web.referrals.conftest import Partners, Refers, agreed, code_in, link_in, today
from tests.web.safeguards.traces import files, found, log_lines, members, tables
from tests.web.safeguards.traces import letters as posted
from tests.web.signals.conftest import Cast

WORDS = ("Jozefien", "vuilniszakken", "zonnebloem", "tandarts", "donderdag")
"""One in the name, one in each of a question, a wish, an answer, and what was agreed."""


@pytest.mark.django_db(transaction=True)
def test_no_copy_holds_a_word_that_was_told_or_answered(
    cast: Cast,
    partners: Partners,
    refers: Refers,
    visit: Visit,
    vault: Vault,
    letters: list[mail.EmailMessage],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    name, question, wish, answer, agreed_words = WORDS
    one = refers(agreed("name", name), agreed("question", question), agreed("wish", wish))
    new = links.make_link(one, actor=cast.sanne, now=timezone.now())
    send_link(new, actor=cast.sanne, now=timezone.now())
    client, door = visit(None), link_in(letters[0])
    client.post(door, {"send": "1"})
    code = code_in(letters[-1])
    page = client.post(door, {"code": code}).headers["Location"]
    client.post(f"{page}ja/", {"ja-version": 1, "ja-words": answer})
    client.get("/antwoord/" + "x" * 43 + "/")
    meeting = holding.begin(today(), actor=cast.sanne, now=timezone.now(), today=today())
    item = holding.put_on(meeting, one.key, actor=cast.sanne, now=timezone.now(), today=today())
    holding.agree(item, agreed_words, version=1, actor=cast.sanne, now=timezone.now(), today=today())
    follow = following.follow_code(one, actor=cast.sanne, now=timezone.now())
    following.follow(vault, follow, now=timezone.now(), today=today())
    answers.look(answers.signed_in(partners.dirk, one.key, today=today()), now=timezone.now(), today=today())
    visit(cast.sanne).get(f"/doorverwijzingen/{one.key}/")
    post_goes()
    street = Address.objects.filter(complex=one.complex).first()
    assert street is not None
    kept = chain(tables(), files(), log_lines(caplog.records))
    hidden = (*WORDS, follow, follow.replace("-", ""), new.token)
    assert found(hidden, kept) == []
    assert found((*WORDS, str(street)), posted()) == []
    backup = tmp_path / "backup.tar.gz"
    back_up(backup, Path(settings.DATA_FOLDER))
    assert found((*hidden, code), members(backup)) == []
