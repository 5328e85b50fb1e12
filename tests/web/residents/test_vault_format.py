"""Format 1 of a vault, held against known answers: browsers are held against the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from tests.web.residents import vault_format as vaults

ANSWERS: dict[str, Any] = json.loads(Path(__file__).with_name("vault_format.json").read_text("utf-8"))
CODES = st.binary(min_size=16, max_size=16)


def test_there_are_1024_words_known_by_their_first_four_letters() -> None:
    assert len(vaults.WORDS) == len({word[:4] for word in vaults.WORDS}) == 1024
    assert sorted(vaults.WORDS) == vaults.WORDS


@pytest.mark.parametrize("answer", ANSWERS["codes"], ids=lambda answer: answer["code"])
def test_a_known_code_has_its_known_words_qr_text_and_keys(answer: dict[str, str]) -> None:
    code = bytes.fromhex(answer["code"])
    derived = vaults.derive(code)
    assert " ".join(vaults.words_of(code)) == answer["words"]
    assert vaults.code_of(answer["words"].split()) == code
    assert vaults.qr_text(code) == answer["qr"]
    assert (derived.locator, vaults.to_text(derived.proof)) == (answer["locator"], answer["proof"])


@pytest.mark.parametrize("answer", ANSWERS["locks"], ids=lambda answer: answer["kind"])
def test_a_known_lock_opens_and_is_made_the_same_again(answer: dict[str, Any]) -> None:
    code, key = bytes.fromhex(answer["code"]), bytes.fromhex(answer["key"])
    place = answer["vault"], answer["kind"]
    assert vaults.unwrap(answer["wrapped"], code, *place) == key
    assert vaults.wrap(key, code, *place, nonce=bytes.fromhex(answer["nonce"])) == answer["wrapped"]


@pytest.mark.parametrize("answer", ANSWERS["items"], ids=lambda answer: answer["ciphertext"][:6])
def test_a_known_item_opens_and_is_made_the_same_again(answer: dict[str, Any]) -> None:
    key = bytes.fromhex(answer["key"])
    place = answer["vault"], answer["id"], answer["version"]
    assert vaults.open_item(key, *place, answer["ciphertext"]) == answer["contents"]
    nonce = bytes.fromhex(answer["nonce"])
    assert vaults.seal_item(key, *place, answer["contents"], nonce) == answer["ciphertext"]


@given(CODES)
def test_every_code_comes_back_from_its_words(code: bytes) -> None:
    assert vaults.code_of(vaults.words_of(code)) == code


@given(CODES, CODES)
def test_nothing_that_the_workbench_gets_of_a_code_opens_a_lock(code: bytes, other: bytes) -> None:
    wrapped = vaults.wrap(bytes(32), code, "v", "card", bytes(12))
    derived = vaults.derive(code)
    assert derived.wrapping.hex() not in (derived.locator, derived.proof.hex())
    if other != code:
        with pytest.raises(InvalidTag):
            vaults.unwrap(wrapped, other, "v", "card")


@given(st.text(max_size=600))
def test_the_size_of_an_item_tells_no_more_than_its_blocks(words: str) -> None:
    text = vaults.seal_item(bytes(32), "v", "i", 1, {"words": words}, bytes(12))
    assert (len(vaults.from_text(text)) - vaults.NONCE - 16) % vaults.BLOCK == 0
    assert vaults.open_item(bytes(32), "v", "i", 1, text) == {"words": words}
