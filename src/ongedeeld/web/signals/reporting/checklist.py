"""The list of what can be seen, as `checklist.toml` tells it: observable facts in plain words."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ongedeeld.vocabulary import Language, LifeDomain
from ongedeeld.web.signals.models import Signal

FILE = Path(__file__).with_name("checklist.toml")


@dataclass(frozen=True)
class Fact:
    """Something that somebody can see.

    Parameters
    ----------
    code
        What is kept of it; it never changes.
    kinds
        The kinds of signal under which it is asked.
    domain
        Its life domain.
    nl, en
        What it is called.
    look
        The part of the list in which it stands, such as `clean`, `whole` or `safe`; empty where it has none.
    picture
        The name of its drawing.
    ended
        Whether it is no longer asked.
    """

    code: str
    kinds: tuple[Signal.Kind, ...]
    domain: LifeDomain
    nl: str
    en: str
    look: str = ""
    picture: str = ""
    ended: bool = False

    def words(self, language: Language) -> str:
        """What it is called in a language."""
        return self.nl if language == "nl" else self.en


def _read() -> Mapping[str, Fact]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["fact"]
    facts = (
        Fact(
            **row
            | {
                "kinds": tuple(Signal.Kind(kind) for kind in row["kinds"]),
                "domain": LifeDomain(row["domain"]),
            }
        )
        for row in rows
    )
    return {fact.code: fact for fact in facts}


CHECKLIST = _read()
"""Every fact by its code, in the order in which they are asked."""


def facts_of(kind: str) -> list[tuple[str, list[Fact]]]:
    """The facts that are asked of a kind of signal, by the part of the list in which they stand."""
    asked = [fact for fact in CHECKLIST.values() if kind in fact.kinds and not fact.ended]
    return [(look, list(facts)) for look, facts in groupby(asked, key=lambda fact: fact.look)]


def fact_words(codes: Iterable[str], language: Language) -> list[str]:
    """What facts are called; one that the list no longer has is called by its code.

    Examples
    --------
    >>> fact_words(["post_piles_up", "of_old"], "en")
    ['Post is piling up', 'of_old']
    """
    return [CHECKLIST[code].words(language) if code in CHECKLIST else code for code in codes]


def domain_of(codes: Iterable[str]) -> str:
    """The life domain of most of these facts, of the first where there are as many; empty without facts.

    Examples
    --------
    >>> domain_of(["post_piles_up", "bailiff", "power_off"]), domain_of([])
    ('benefits', '')
    """
    counted = Counter(str(CHECKLIST[code].domain) for code in codes if code in CHECKLIST)
    return counted.most_common(1)[0][0] if counted else ""
