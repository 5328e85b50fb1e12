"""Invented lives, given for learning by residents who never were: so there is something to learn from."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from random import Random
from typing import Any
from uuid import uuid4

from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.learning.groups import ledger, publish_what_is_due
from ongedeeld.web.residents.models import Donation, Vault
from ongedeeld.web.signals.counting.quarters import after, quarter_of

LIVES = 80
MOST_LIKELY = 0.75
# What happened in a domain, by an organisation of some sort, and how often.
EFFECTS = (
    ("housing", "housing", "helped", 0.6),
    ("housing", "housing", "hindered", 0.4),
    ("care", "care", "helped", 0.5),
    ("care", "care", "trapped", 0.35),
    ("work", "other", "hindered", 0.5),
    ("work", "work", "helped", 0.3),
    ("benefits", "municipality", "trapped", 0.6),
    ("benefits", "municipality", "hindered", 0.5),
    ("education", "education", "helped", 0.3),
    ("pension", "other", "nothing", 0.1),
)
INFLUENCES = (
    ("benefits", "housing", "hindered", 0.5),
    ("work", "benefits", "hindered", 0.4),
    ("benefits", "work", "trapped", 0.4),
    ("care", "work", "hindered", 0.3),
    ("housing", "care", "helped", 0.4),
    ("education", "work", "helped", 0.3),
)
CHANCES = (
    ("benefits", "debt_help", 0.5),
    ("benefits", "housing", 0.4),
    ("work", "work", 0.3),
    ("care", "welfare", 0.3),
)


def lives_given(today: date) -> None:
    """Give the lives in the quarter before this one, and publish what may be known of them."""
    if Donation.objects.exists():
        return
    random = Random(7)  # noqa: S311 - invented lives
    day = after(quarter_of(today), -1)
    for number in range(LIVES):
        digest = sha256(f"invented life {number}".encode()).hexdigest()
        gifts.give(Vault(key=uuid4()), digest, _life(random), today=day)
    publish_what_is_due(ledger(), today)


def _life(random: Random) -> dict[str, Any]:
    rows = [row for *row, share in EFFECTS if random.random() < share] or [list(EFFECTS[0][:3])]
    random.shuffle(rows)
    difficult = [row for row in rows if row[2] in ("hindered", "trapped")]
    there, hard = {row[0] for row in rows}, {row[0] for row in difficult}
    return {
        "form": 1,
        "effects": [
            {
                "domain": domain,
                "sort": sort,
                "effect": effect,
                "order": "first" if difficult and row is difficult[0] else "later",
                "length": random.choice(("moment", "months", "years")),
            }
            for row in rows
            for domain, sort, effect in (row,)
        ],
        "influences": [
            {"from": origin, "to": to, "how": how}
            for origin, to, how, share in INFLUENCES
            if {origin, to} <= there and random.random() < share / MOST_LIKELY
        ],
        "chances": [
            {"domain": domain, "sort": sort}
            for domain, sort, share in CHANCES
            if domain in hard and random.random() < share / MOST_LIKELY
        ],
    }
