"""Invented lives, as they are given for learning."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import Any

from hypothesis import strategies as st

from ongedeeld.web.residents.giving.copy import DIFFICULT, DOMAINS, HOWS, SORTS

EFFECTS = (*HOWS, "nothing")
LENGTHS = ("moment", "months", "years")


def life(random: Random) -> dict[str, Any]:
    """A copy as a browser sends it: of a life in which housing, care and benefits come up most."""
    count = random.randint(2, 8)
    rows = [
        {
            "domain": random.choices(DOMAINS, (6, 4, 1, 3, 4, 1))[0],
            "sort": random.choice((*SORTS, "none", "unsaid")),
            "effect": random.choices(EFFECTS, (3, 4, 3, 1))[0],
            "order": "later",
            "length": random.choice(LENGTHS),
        }
        for _ in range(count)
    ]
    there = [row["domain"] for row in rows]
    return _whole(
        rows,
        [
            (random.choice(there), random.choice(there), random.choice(HOWS))
            for _ in range(random.randint(0, 4))
        ],
        [(random.choice(there), random.choice(SORTS)) for _ in range(random.randint(0, 3))],
    )


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    """Any copy that a browser can send."""
    row = st.fixed_dictionaries(
        {
            "domain": st.sampled_from(DOMAINS),
            "sort": st.sampled_from((*SORTS, "none", "unsaid")),
            "effect": st.sampled_from(EFFECTS),
            "order": st.just("later"),
            "length": st.sampled_from(LENGTHS),
        }
    )
    rows = draw(st.lists(row, min_size=1, max_size=6))
    there = st.sampled_from([one["domain"] for one in rows])
    influences = draw(st.lists(st.tuples(there, there, st.sampled_from(HOWS)), max_size=4))
    chances = draw(st.lists(st.tuples(there, st.sampled_from(SORTS)), max_size=4))
    return _whole(rows, influences, chances)


def token_and_digest(word: str) -> tuple[str, str]:
    """A token, and its digest as a browser makes it."""
    return word, sha256(word.encode()).hexdigest()


def _whole(
    rows: list[dict[str, Any]], influences: Sequence[tuple[str, str, str]], chances: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    difficult = [row for row in rows if row["effect"] in DIFFICULT]
    if difficult:
        difficult[0]["order"] = "first"
    where = {row["domain"] for row in difficult}
    return {
        "form": 1,
        "effects": rows,
        "influences": [{"from": origin, "to": to, "how": how} for origin, to, how in influences],
        "chances": [{"domain": domain, "sort": sort} for domain, sort in chances if domain in where],
    }
