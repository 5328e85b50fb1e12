"""Every text that a script of a resident's page asks for is there, with the fields that it fills in."""

from __future__ import annotations

import re
from pathlib import Path

from ongedeeld.vocabulary import translator
from ongedeeld.web.residents.wording import texts, words

SCRIPTS = Path(__file__).parents[3] / "assets" / "src" / "residents"
FIELD = re.compile(r"\{(\w+)\}")
# `say("a.b")`, "people.wishes.for": any key in a script; a part in ${} stands for whatever comes there.
KEY = re.compile(r"""["`]([a-z_]+(?:\.(?:[a-z_]+|\$\{[^}]+\}))+)["`]""")
PREFIXES = {key.split(".")[0] for key in words()}


def _asked() -> set[str]:
    """The keys that stand in the scripts, as patterns."""
    found = set()
    for script in SCRIPTS.rglob("*.ts"):
        for key in KEY.findall(script.read_text(encoding="utf-8")):
            if key.split(".")[0] in PREFIXES:
                found.add(re.sub(r"\\\$\\\{.*?\\\}", "[a-z_]+", re.escape(key)))
    return found


def test_every_text_that_is_asked_for_is_there() -> None:
    # A key without its last part is asked for with that part behind it: one or many, or a heading.
    there = {".".join(parts[:count]) for key in words() if (parts := key.split(".")) for count in range(2, 9)}
    lacking = {key for key in _asked() if not any(re.fullmatch(key, one) for one in there)}
    assert lacking == set()


def test_one_and_many_go_together_and_ask_for_the_same() -> None:
    for key, text in words().items():
        many = words().get(f"{key.removesuffix('.one')}.many")
        if key.endswith(".one") and many is not None:
            assert set(FIELD.findall(text)) <= set(FIELD.findall(many)), key


def test_a_translation_keeps_the_fields() -> None:
    dutch = texts(translator("nl").gettext)
    for key, text in words().items():
        assert set(FIELD.findall(dutch[key])) == set(FIELD.findall(text)), key
