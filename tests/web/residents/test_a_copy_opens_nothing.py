"""Who has a copy of everything the workbench keeps has no word of a vault, no code and no key.

A device of this test encrypts as a browser does, with the twin of the format; then every table, file, line of
the log, letter and backup is searched for what it typed and for everything that opens it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.models import Item, Lock
from ongedeeld.web.residents.vault import openings
from ongedeeld.web.site.keeping import back_up
from tests.web.conftest import Hire, Visit
from tests.web.residents import vault_format as form
from tests.web.residents.device import Device, invitation
from tests.web.safeguards.traces import files, found, letters, log_lines, members, tables

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = {
    "kind": "event",
    "title": "Ontslagen bij de zandwinning",
    "lane": "work",
    "felt": "Alsof de vloer onder me wegzakte, café dicht",
    "mattered": "Kwartelstaart-Zonderland bleef bellen",
}
AGAIN = TOLD | {"felt": "Achteraf een opluchting en een nieuw begin"}
WORDS = (TOLD["title"], TOLD["felt"], TOLD["mattered"], AGAIN["felt"])
WRONG = "verkeerd-getypt-bewijs-van-een-kaartje-1234"


@dataclass
class Holder:
    """A resident's browser, with the codes of both cards and the key of the vault."""

    device: Device
    card: bytes = field(default_factory=lambda: os.urandom(16))
    second: bytes = field(default_factory=lambda: os.urandom(16))
    key: bytes = field(default_factory=lambda: os.urandom(32))

    def __post_init__(self) -> None:
        self.device.card = self.lock("card", self.card)
        self.device.second = self.lock("recovery", self.second)

    def lock(self, kind: form.Kind, code: bytes) -> dict[str, str]:
        """The lock of a code."""
        derived = form.derive(code)
        wrapped = form.wrap(self.key, code, self.device.vault, kind, os.urandom(form.NONCE))
        proof = form.to_text(derived.proof)
        return {"kind": kind, "locator": derived.locator, "proof": proof, "wrapped": wrapped}

    def write(self, key: str, version: int, contents: object) -> None:
        """Keep a version of something."""
        nonce = os.urandom(form.NONCE)
        sealed = form.seal_item(self.key, self.device.vault, key, version, contents, nonce)
        kept = self.device.put({"id": key, "version": version, "ciphertext": sealed})
        assert kept.json()["kept"] == [key]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything with which somebody could open it, as text."""
        codes = (self.card, self.second)
        proofs = [form.derive(code).proof for code in codes]
        keys = [self.key, *codes, *proofs, *(form.derive(code).wrapping for code in codes)]
        return (
            *(form.qr_text(code) for code in codes),
            *(" ".join(form.words_of(code)) for code in codes),
            *(text for one in keys for text in (one.hex(), form.to_text(one))),
        )


@pytest.fixture
def holder(db: None, visit: Visit, caplog: pytest.LogCaptureFixture) -> Holder:
    """A resident who began a vault, wrote in it, opened it elsewhere, and made the mistakes people make."""
    caplog.set_level(0)
    cache.clear()
    holder = Holder(Device(visit(None)))
    token, key = invitation("a" * 64), str(uuid4())
    assert holder.device.begin(token).status_code == 201
    holder.write(key, 1, TOLD)
    holder.write(key, 2, AGAIN)
    elsewhere = Device(visit(None), card=holder.device.card, second=holder.device.second)
    assert elsewhere.open().status_code == 200
    assert elsewhere.open(holder.device.card | {"proof": WRONG}).status_code == 404
    elsewhere.put({"id": key, "version": 3, "ciphertext": json.dumps(TOLD)})
    elsewhere.client.put("/mijn/kluis/items", json.dumps(TOLD), content_type="application/json")
    for page in ("own_map", "own_data", "own_download", "own_signals", "own_shares"):
        assert elsewhere.client.get(reverse(page)).status_code == 200, page
    return holder


def test_no_copy_holds_a_word_a_code_or_a_key(
    holder: Holder, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    copy = tmp_path / "kept.tar"
    back_up(copy, Path(settings.DATA_FOLDER))
    cookie = holder.device.client.cookies[openings.COOKIE].value
    words = (*WORDS, *holder.secrets, cookie, WRONG)
    for place in (tables(), files(), log_lines(caplog.records), letters(), members(copy)):
        assert found(words, place) == []
    assert found([openings.hash_of(cookie)], members(copy)) == [], "what is open stays behind"


def test_no_copy_holds_the_bytes_of_a_key_either(holder: Holder, tmp_path: Path) -> None:
    copy = tmp_path / "kept.tar"
    back_up(copy, Path(settings.DATA_FOLDER))
    keys = (holder.key, holder.card, holder.second, form.derive(holder.card).proof)
    for place, content in (*tables(), *files(), *members(copy)):
        assert not any(key in content for key in keys), place


def test_nothing_of_it_is_cached(holder: Holder) -> None:
    for name in caches:
        assert "ongedeeld_kaart" not in repr(getattr(caches[name], "_cache", ""))
    answers = [
        holder.device.client.get(reverse(page))
        for page in ("own_map", "own_data", "own_download", "vault_stand")
    ]
    assert {one.headers["Cache-Control"] for one in answers} == {"private, no-store"}


def test_what_is_kept_opens_with_the_card_and_with_nothing_else(holder: Holder) -> None:
    row = Item.objects.order_by("-version")[0]
    vault, key = holder.device.vault, str(row.key)
    for lock in Lock.objects.all():
        code = holder.card if lock.kind == "card" else holder.second
        opened = form.unwrap(lock.wrapped, code, vault, lock.kind)  # type: ignore[arg-type]
        assert form.open_item(opened, vault, key, row.version, row.ciphertext) == AGAIN


def test_the_search_would_find_them(holder: Holder, caplog: pytest.LogCaptureFixture) -> None:
    locator = form.derive(holder.card).locator
    assert found([locator], tables()) == [f"{locator} in residents_lock.locator"]


def test_no_colleague_opens_anything_of_it(holder: Holder, hire: Hire, visit: Visit) -> None:
    for role in Role:
        cache.clear()  # how often one may ask is counted for each address, and all of them have this one
        client: Client = visit(hire(role))
        for page in ("own_data", "own_download", "own_signals", "own_shares", "vault_items"):
            assert client.get(reverse(page)).status_code in (303, 401), (role, page)


def test_the_download_holds_ciphertext_and_opens_with_the_card(holder: Holder) -> None:
    copy = json.loads(holder.device.client.get(reverse("own_download")).content)
    assert copy["form"] == form.FORMAT
    [lock] = [one for one in copy["locks"] if one["kind"] == "card"]
    key = form.unwrap(lock["wrapped"], holder.card, copy["vault"], "card")
    told = [
        form.open_item(key, copy["vault"], one["id"], one["version"], one["ciphertext"])
        for one in copy["items"]
    ]
    assert told == [TOLD, AGAIN]
    assert copy["linked_with_a_home"]
    assert copy["opened_on"] == timezone.localdate().isoformat()
